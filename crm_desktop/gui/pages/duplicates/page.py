"""The page: a search through all records of a kind, its groups, and what merging each would do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.change import Change
from crm_desktop.domain.duplicates import Group
from crm_desktop.domain.filter import picked
from crm_desktop.gui import format
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job, Latest
from crm_desktop.gui.pages.duplicates.groups import SURE, GroupLine, GroupsDelegate, GroupsModel, lines_of
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.merge_box import MergeBox
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.services.lists import ListService
from crm_desktop.services.merge_plan import Merged
from crm_desktop.services.progress import Progress

_OWN = frozenset({"merge", "distinct"})
_SETTLING = _OWN | {"unmerge"}
_PAGES = {"lead": "leads", "company": "customers", "person": "customers"}
_Found = tuple[list[Group], dict[int, str]]


def _with_names(lists: ListService, kind: str, groups: list[Group]) -> _Found:
    """Groups with the names of those of their records that are there."""
    ids = [number for group in groups for number in group.ids]
    return groups, {number: str(name or "") for number, name in lists.rows(kind, ids, ["name"])}


def _gives_back(change: Change) -> bool:
    """Whether records may be apart again that were one, or be alike that were told apart."""
    again = change.of is not None or change.reverts is not None
    return again and not _SETTLING.isdisjoint((change.verb, change.again))


class _Taken(NamedTuple):
    """Groups that an action `settles`, or gives back: of which kind, and at which rows they stood."""

    kind: str
    lines: list[tuple[int, GroupLine]]
    settles: bool = True

    @property
    def turned(self) -> "_Taken":
        """The same, the other way round."""
        return self._replace(settles=not self.settles)


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
        self._job: Job | None = None
        self._searching = self._asked = self._called = self._waits = False
        self._writing = 0  # merges that are not done yet
        self._names = Latest(context.jobs, self)
        self._settled: dict[int, _Taken] = {}
        self._switch = Segmented(context.theme)
        self._switch.setAccessibleName(self.tr("What is searched"))
        self._switch.chosen.connect(self.search)
        self.groups = GroupsModel(self)
        self.view = self._make_view()
        self.box = MergeBox(context, self)
        self.box.failed.connect(self.tell_refused)
        self.empty = EmptyState(context.theme, self)
        self._follow = QTimer(self, interval=120, singleShot=True)
        self._follow.timeout.connect(self._show_group)
        context.jobs.progressed.connect(self._show_progress)
        self._arrange()
        self._add_commands()
        self._show_switch()

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setAccessibleName(self.tr("Groups of records that may be one"))
        view.setModel(self.groups)
        view.setItemDelegate(GroupsDelegate(self.theme, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        return view

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

    def _add_commands(self) -> None:
        group, chosen = self.title, self._has_group
        add = self.add_command
        view = Scope.VIEW
        apart = add(Command("duplicates.distinct", self.tr("Not the same"), self.set_apart, "N", "git-compare", chosen,
                            view, group), self.both)  # fmt: skip
        merge = add(Command("duplicates.merge", self.tr("Merge"), self.merge, "M", "merge", chosen, view, group),
                    self.both)  # fmt: skip
        add(Command("duplicates.open", self.tr("Open these records"), self.open_records, "O", "external-link", chosen,
                    view, group), self.both)  # fmt: skip
        add(Command("duplicates.merge_sure", self.tr("Merge the sure ones"), self.merge_sure, "", "merge",
                    lambda: bool(self._sure()), Scope.PAGE, group))  # fmt: skip
        add(Command("duplicates.search", self.tr("Search again"), lambda: self.search(self.kind), "F5", "rotate-ccw",
                    scope=Scope.PAGE, group=group))  # fmt: skip
        add(Command("duplicates.skip", self.tr("Skip"), self.skip, "S", "chevron-down", chosen, view, group), self.both)
        add(Command("duplicates.keep_other", self.tr("Keep the other one"), self.box.keep_other, "K", "repeat", chosen,
                    view, group), self.both)  # fmt: skip
        for action, kind in ((apart, "secondary"), (merge, "primary")):
            action.setAutoRepeat(False)  # a key that is held down settles one group
            button = Button(self.theme, self, action.text(), kind=kind)
            button.follow(action)
            self._buttons.addWidget(button)

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self._switch, "duplicates.search", "duplicates.merge_sure")

    def hints(self) -> Sequence[Hint | str]:
        if self._searching:
            return (Hint("Esc", self.tr("Cancel")), Hint("F6", self.tr("Next part")))
        own = ("merge", "distinct", "skip", "keep_other", "open")
        return (*(f"duplicates.{name}" for name in own), Hint("F6", self.tr("Next part")))

    def panes(self) -> Sequence[QWidget]:
        if self._pile.currentWidget() is self.empty:
            return (self.empty,)
        return (self.view, self.box.table, self.box.survivor)

    def on_escape(self) -> bool:
        searching = self._searching
        if searching:
            self.cancel()
        return searching

    def on_shown(self) -> None:
        if not self._asked:
            self.search(self.kind)
        else:
            self._look()

    def _look(self) -> None:
        """See whether the records of all groups are still there."""
        if not self._searching and self.groups.lines:
            kind, lists, groups = self.kind, self.context.services.lists, [line.group for line in self.groups.lines]
            self._names.read(lambda _progress: _with_names(lists, kind, groups), partial(self._look_again, kind))

    def _look_again(self, kind: str, found: _Found) -> None:
        """Leave out who was deleted or merged elsewhere meanwhile."""
        groups, names = found
        left = {group.ids: replace(group, ids=tuple(each for each in group.ids if each in names)) for group in groups}
        fewer = {ids: group for ids, group in left.items() if ids != group.ids}
        if kind == self.kind and not self._searching and fewer:
            known = dict(zip(fewer, lines_of(self.context.services, kind, list(fewer.values()), names), strict=True))
            lines = [known.get(line.group.ids, line) for line in self.groups.lines]
            row = self.view.currentIndex().row()
            self.groups.show_lines([line for line in lines if len(line.group.ids) > 1])
            self._tell_state()
            self._go_to(row)

    def open_filter(self, target: object) -> None:
        """Search the records of a kind; on the way back everything stands as it was left."""
        if isinstance(target, str) and target in self._kinds and (self._called or not self._asked):
            self.search(target)
        self._called = False

    def on_called(self) -> None:
        self._called = True

    def _hear(self, change: Change) -> None:
        """Groups that are settled, or are there again, are followed also while another page is shown."""
        taken = self._turned(change)
        if taken is not None:
            self._turn(taken)
        elif self.kind in change.kinds and _gives_back(change):
            self._asked = False  # nobody knows which groups those are
            super()._hear(change)
        else:
            super()._hear(change)

    def _turned(self, change: Change) -> _Taken | None:
        """What a change does with groups that were settled here."""
        about = change.of if change.reverts is None else abs(change.reverts)
        taken = self._settled.get(about) if about is not None else None
        if taken is not None and change.reverts is not None:
            taken = self._settled[change.action] = taken.turned
        return taken.turned if taken is not None and change.undone else taken

    def _turn(self, taken: _Taken) -> None:
        if taken.kind != self.kind or self._searches_anew(taken):
            return
        if taken.settles:
            self._take([line for _, line in taken.lines])
        else:
            self._give_back(taken)
            self._look()

    def on_change(self, change: Change) -> None:
        """A search takes its time: what is shown stays, as far as its records are there."""
        if not self._asked:
            self.search(self.kind)
        # What this page does itself takes its groups off the list.
        elif change.of is not None or change.verb not in _OWN:
            self._look()
        self.refresh_actions()

    # the search

    def _show_switch(self) -> None:
        labels = self.context.services.labels
        self._switch.set_parts([(kind, labels.kind(kind, plural=True), "") for kind in self._kinds], self.kind)

    def search(self, kind: str) -> None:
        """Look through all records of a kind; a search under way is given up."""
        if self._job is not None:
            self._job.cancel()
        self.kind, self._searching, self._asked, self._waits = kind, True, True, False
        self._show_switch()
        self.box.clear()
        self.groups.show_lines([])
        self._show_empty("hourglass", self.tr("Searching for duplicates"), (self.tr("Cancel"), self.cancel))
        duplicates, lists = self.context.services.duplicates, self.context.services.lists

        def work(progress: Progress) -> _Found:
            return _with_names(lists, kind, duplicates.scan(kind, progress))

        self._job = self.context.jobs.read(work, self._found, self._search_failed, self)

    def _show_progress(self, job: Job) -> None:
        if job is self._job and self._searching and job.progress.total:
            share = format.percent(job.progress.step / job.progress.total)
            self.empty.sentence.setText(self.tr("Searching for duplicates: %1").replace("%1", share))

    def cancel(self) -> None:
        """Give the search up."""
        if self._job is not None:
            self._job.cancel()
        self._not_found(self.tr("The search was stopped. Nothing was changed."))

    def _search_failed(self, error: Exception) -> None:
        self._not_found(str(error))

    def _not_found(self, words: str) -> None:
        self._searching = False
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

    def _found(self, found: _Found) -> None:
        self._searching = False
        groups, names = found
        self.groups.show_lines(lines_of(self.context.services, self.kind, groups, names))
        self._tell_state()
        self._go_to(0)

    def _tell_state(self) -> None:
        count = len(self.groups.lines)
        self.set_header(sub_line=self.tr("%Ln groups may be one record each", "", count) if count else "")
        self._waits = not count and self._writing > 0
        if count:
            self._pile.setCurrentWidget(self.both)
        elif self._waits:
            self._show_empty("hourglass", self.tr("Merging"))
        else:
            self._show_empty("circle-check", self.tr("No duplicates."))
        self.refresh_actions()

    def _go_to(self, row: int) -> None:
        """Make a group the chosen one and show it at once."""
        index = self.groups.index(min(row, len(self.groups.lines) - 1), 0)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            # Nobody is taken away from another page, nor from typing.
            if self.isVisible() and not isinstance(QApplication.focusWidget(), QLineEdit):
                self.view.setFocus()
            self._show_group()

    # the chosen group

    @property
    def current(self) -> GroupLine | None:
        """The chosen group."""
        row = self.view.currentIndex().row()
        return self.groups.lines[row] if 0 <= row < len(self.groups.lines) else None

    def _has_group(self) -> bool:
        return self.current is not None

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

        self._write(work, "", [line])

    def set_apart(self) -> None:
        """Keep that these are different; no search tells of them again."""
        line = self.current
        if line is not None:
            duplicates, kind, ids = self.context.services.duplicates, self.kind, line.group.ids
            self._write(lambda _p: duplicates.mark_distinct(kind, ids), "", [line])

    def skip(self) -> None:
        """Leave the chosen group as it is and go to the next one, after the last one to the first."""
        self._go_to((self.view.currentIndex().row() + 1) % len(self.groups.lines))

    def merge_sure(self) -> None:
        """Merge every group that is sure, as one step."""
        lines, merging, kind = self._sure(), self.context.services.merging, self.kind
        groups = [line.group.ids for line in lines]
        words = self.tr("%Ln groups merged", "", len(groups))
        self._write(lambda progress: merging.merge_groups(kind, groups, progress), words, lines)

    def open_records(self) -> None:
        """List the records of the group."""
        line = self.current
        if line is not None:
            self.go(_PAGES[self.kind], picked(self.kind, line.group.ids))

    def _sure(self) -> list[GroupLine]:
        return [line for line in self.groups.lines if line.group.confidence >= SURE]

    def _write(self, work: Any, words: str, lines: list[GroupLine]) -> None:
        self._writing += 1
        taken = self._take(lines)
        done, failed = partial(self._written, words, taken), partial(self._not_written, taken)
        self.context.jobs.write(work, done, failed, self.tr("Merging"))

    def _take(self, lines: list[GroupLine]) -> _Taken:
        """Take groups off the list and go on to the next one."""
        row, gone = self.view.currentIndex().row(), {line.group.ids for line in lines}
        taken = [(at, line) for at, line in enumerate(self.groups.lines) if line.group.ids in gone]
        self.groups.show_lines([line for line in self.groups.lines if line.group.ids not in gone])
        self._tell_state()
        self._go_to(row)
        return _Taken(self.kind, taken)

    def _give_back(self, taken: _Taken) -> None:
        """Put groups back where they stood."""
        if taken.kind != self.kind:
            return
        lines = list(self.groups.lines)
        for row, line in taken.lines:
            if line not in lines:
                lines.insert(row, line)
        self.groups.show_lines(lines)
        self._tell_state()
        self._go_to(taken.lines[0][0])

    def _written(self, words: str, taken: _Taken, result: Any) -> None:
        change: Change = getattr(result, "change", result)
        if change.action:
            self._settled[change.action] = taken
        self._writing -= 1
        if not self._searches_anew(taken) and self._waits:
            self._tell_state()
        self.tell_written(words, change)

    def _not_written(self, taken: _Taken, error: Exception) -> None:
        self._writing -= 1
        if not self._searches_anew(taken):
            self._give_back(taken)
        self.tell_refused(error)

    def _searches_anew(self, taken: _Taken) -> bool:
        """Begin a search under way anew, for it may have looked at the records as they were before."""
        if not self._searching or taken.kind != self.kind:
            return False
        self.search(self.kind)
        return True
