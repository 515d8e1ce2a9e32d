"""The page: a search through all records of a kind, its groups, and what merging each would do."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import picked
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.duplicates.commands import add_commands
from crm_desktop.gui.pages.duplicates.groups import SURE, GroupLine, GroupsDelegate, GroupsModel
from crm_desktop.gui.pages.duplicates.search import Search
from crm_desktop.gui.pages.duplicates.settling import Settling, gives_back, is_own
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.merge_box import MergeBox
from crm_desktop.gui.records.places import place_of
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.painted_list import PaintedList
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.services.merge_plan import Merged
from crm_desktop.services.progress import Progress


class DuplicatesPage(WritingPage):
    """Groups on the left, the surest first; on the right the records of the chosen one, field by field.

    A group leaves the list when its key is pressed, so that one can go on to the next; it comes back where what was
    asked is refused or undone.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.title = self.tr("Duplicates")
        self._kinds = context.services.catalogue.mergeable
        self.kinds = frozenset(self._kinds)
        self.kind = self._kinds[0]
        self._searched = self._called = self._waits = False
        self._search = Search(context, self)
        self._search.found.connect(lambda lines: self.show_lines(lines, 0))
        self._search.fewer.connect(self._leave_out)
        self._search.progressed.connect(self._tell_progress)
        self._search.failed.connect(lambda error: self._not_found(str(error)))
        self._settling = Settling(self)
        self._switch = Segmented(context.theme)
        self._switch.setAccessibleName(self.tr("What is searched"))
        self._switch.chosen.connect(self.search)
        self.groups = GroupsModel(self)
        self.view = PaintedList(context.theme, self.groups, GroupsDelegate, self)
        self.view.setAccessibleName(self.tr("Groups of records that may be one"))
        self.view.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.box = MergeBox(context, self)
        self.box.failed.connect(self.tell_refused)
        self.empty = EmptyState(context.theme, self)
        self._follow = QTimer(self, interval=120, singleShot=True)
        self._follow.timeout.connect(self._show_group)
        self._arrange()
        self._add_buttons(add_commands(self))
        self._show_switch()

    def _arrange(self) -> None:
        right = QWidget(self)
        layout = QVBoxLayout(right)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(self.box, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        self.both.addWidget(self.view)
        self.both.addWidget(right)
        self.both.setStretchFactor(0, 2)
        self.both.setStretchFactor(1, 3)
        self.both.setChildrenCollapsible(False)
        self._pile = QStackedLayout(self)
        self._pile.setContentsMargins(0, 0, 0, 0)
        self._pile.addWidget(self.both)
        self._pile.addWidget(self.empty)

    def _add_buttons(self, actions: dict[str, QAction]) -> None:
        for name, kind in (("distinct", "secondary"), ("merge", "primary")):
            action = actions[name]
            action.setAutoRepeat(False)  # a key that is held down settles one group
            button = Button(self.theme, self, action.text(), kind=kind)
            button.follow(action)
            self._buttons.addWidget(button)

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self._switch, "duplicates.search", "duplicates.merge_sure")

    def hints(self) -> Sequence[Hint | str]:
        if self.searching:
            return (Hint("Esc", self.tr("Cancel")), Hint("F6", self.tr("Next part")))
        own = ("merge", "distinct", "skip", "keep_other", "open")
        return (*(f"duplicates.{name}" for name in own), Hint("F6", self.tr("Next part")))

    def panes(self) -> Sequence[QWidget]:
        if self._pile.currentWidget() is self.empty:
            return (self.empty if self.empty.way_out is not None else self._switch,)
        return (self.view, self.box.table, self.box.survivor)

    def on_escape(self) -> bool:
        if not self.searching:
            return False
        self.cancel()
        return True

    def on_shown(self) -> None:
        if not self._searched:
            self.search(self.kind)
        else:
            self.look()

    def look(self) -> None:
        """See whether the records of all groups are still there."""
        if not self.searching and self.groups.lines:
            self._search.look_again(self.kind, self.groups.lines)

    def _leave_out(self, fewer: Mapping[tuple[int, ...], GroupLine | None]) -> None:
        lines = [fewer.get(line.group.ids, line) for line in self.groups.lines]
        self.show_lines([line for line in lines if line is not None], self.view.row)

    def open_filter(self, target: object) -> None:
        """Search the records of a kind; on the way back everything stands as it was left."""
        if isinstance(target, str) and target in self._kinds and (self._called or not self._searched):
            self.search(target)
        self._called = False

    def on_called(self) -> None:
        self._called = True

    def _hear(self, change: Change) -> None:
        """Groups that are settled, or are there again, are followed also while another page is shown."""
        if self._settling.follow(change):
            return
        if self.kind in change.kinds and (gives_back(change) or self._may_bring(change)):
            self._searched = False  # nobody knows which groups those are
        super()._hear(change)

    def _may_bring(self, change: Change) -> bool:
        """Whether there may be groups now that no search has seen: a file came, or there were none to be decided."""
        none = not (self.groups.lines or self.searching or self._waits or is_own(change))
        return none or change.verb == "import"

    def on_change(self, change: Change) -> None:
        """A search takes its time: what is shown stays, as far as its records are there."""
        if not self._searched:
            self.search(self.kind)
        elif not is_own(change):
            self.look()
        self.refresh_actions()

    # the search

    def _show_switch(self) -> None:
        labels = self.context.services.labels
        self._switch.set_parts([(kind, labels.kind(kind, plural=True), "") for kind in self._kinds], self.kind)

    def search(self, kind: str) -> None:
        """Look through all records of a kind; a search under way is given up."""
        self.kind, self._searched, self._waits = kind, True, False
        self._show_switch()
        self.box.clear()
        self.groups.show_lines([])
        self._show_empty("hourglass", self.tr("Searching for duplicates"), (self.tr("Cancel"), self.cancel))
        self._search.begin(kind)
        self.set_header(sub_line="")
        self.refresh_actions()

    @property
    def searching(self) -> bool:
        """Whether a search is under way."""
        return self._search.under_way

    def _tell_progress(self, share: float) -> None:
        words = self.tr("Searching for duplicates: %1").replace("%1", format.percent(share))
        self.empty.sentence.setText(words)

    def cancel(self) -> None:
        """Give the search up."""
        self._search.give_up()
        self._not_found(self.tr("The search was stopped. Nothing was changed."))

    def _not_found(self, words: str) -> None:
        self._show_empty("search", words, (self.tr("Search again"), lambda: self.search(self.kind)))
        self.refresh_actions()

    def _show_empty(self, glyph: str, words: str, way_out: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say why there are no groups; who was on this page by keys goes to the way out, else to the kinds."""
        now = QApplication.focusWidget()
        here = self.isVisible() and (now is None or self.isAncestorOf(now))
        self.empty.tell(glyph, words)
        button = self.empty.offer(*way_out) if way_out is not None else None
        self._pile.setCurrentWidget(self.empty)
        if here and button is not None:
            button.setFocus()
        elif here:
            self._switch.focus_chosen()

    def show_lines(self, lines: Sequence[GroupLine], row: int) -> None:
        """Show these groups, the one in a row being chosen."""
        self.groups.show_lines(lines)
        self._tell_state()
        self._go_to(row)

    def tell_settled(self) -> None:
        """Something was written: where that was waited for, say how it stands now."""
        if self._waits:
            self._tell_state()

    def _tell_state(self) -> None:
        count = len(self.groups.lines)
        self.set_header(sub_line=self.tr("%Ln groups may be one record each", "", count) if count else "")
        self._waits = not count and self._settling.busy
        if count:
            self._pile.setCurrentWidget(self.both)
        elif self._waits:
            self._show_empty("hourglass", self.tr("Merging"))
        else:
            self._show_empty("circle-check", self.tr("No duplicates."))
        self.refresh_actions()

    def _go_to(self, row: int) -> None:
        """Make a group the chosen one and show it at once."""
        self.view.choose(row)
        if self.current is not None:
            # Nobody is taken away from another page, nor from typing.
            if self.isVisible() and not isinstance(QApplication.focusWidget(), QLineEdit):
                self.view.setFocus()
            self._show_group()

    # the chosen group

    @property
    def current(self) -> GroupLine | None:
        """The chosen group."""
        return self.groups.lines[self.view.row] if 0 <= self.view.row < len(self.groups.lines) else None

    def _chosen(self) -> None:
        self._follow.start()
        self.refresh_actions()

    def _show_group(self) -> None:
        self._follow.stop()
        line = self.current
        if line is not None:
            self.box.show_records(self.kind, lambda: line.group.ids)

    def merge(self) -> None:
        """Make one record of the chosen group, as was asked for, else as it is proposed."""
        line = self.current
        if line is None:
            return
        merging, kind, ids = self.context.services.merging, self.kind, line.group.ids
        asked = set(self.box.wanted) == set(ids)
        wanted, choices = (self.box.wanted, self.box.choices) if asked else ((), {})

        def work(_progress: Progress) -> Merged:
            survivor = wanted[0] if wanted else merging.survivor(kind, ids)
            return merging.merge(kind, survivor, [each for each in wanted or ids if each != survivor], choices)

        self._settling.write(work, "", [line])

    def set_apart(self) -> None:
        """Keep that these are different; no search tells of them again."""
        line = self.current
        if line is not None:
            duplicates, kind, ids = self.context.services.duplicates, self.kind, line.group.ids
            self._settling.write(lambda _p: duplicates.mark_distinct(kind, ids), "", [line])

    def skip(self) -> None:
        """Leave the chosen group as it is and go to the next one, after the last one to the first."""
        self._go_to((self.view.row + 1) % len(self.groups.lines))

    def merge_sure(self) -> None:
        """Merge every group that is sure, as one step."""
        lines, merging, kind = self.sure, self.context.services.merging, self.kind
        groups = [line.group.ids for line in lines]
        words = self.tr("%Ln groups merged", "", len(groups))
        self._settling.write(lambda progress: merging.merge_groups(kind, groups, progress), words, lines)

    def open_records(self) -> None:
        """List the records of the group."""
        line = self.current
        if line is not None:
            wanted = picked(self.kind, line.group.ids)
            self.go(place_of(wanted), wanted)

    @property
    def sure(self) -> list[GroupLine]:
        """The groups that can be merged unseen."""
        return [line for line in self.groups.lines if line.group.confidence >= SURE]
