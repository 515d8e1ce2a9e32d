"""The page: the list of what was deleted, its search, and taking records out of the bin."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.delegates.deeds_delegate import DeedsDelegate
from crm_desktop.gui.format import count_text
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.pages.bin.model import BinModel
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.past_switch import PastSwitch
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.widgets.empty_state import EmptyState, TableOrEmpty
from crm_desktop.gui.widgets.painted_list import PaintedList
from crm_desktop.services.bin import KINDS, MOST, BinEntry


class BinPage(WritingPage):
    """What was deleted, the last first."""

    under = "history"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Bin")
        self._asked = Latest(context.jobs, self)
        labels = context.services.labels
        self.model = BinModel(lambda kind, many: labels.kind(kind, plural=many), context.clock.today)
        self.switch = PastSwitch(self, "bin")
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search the bin"))
        self.search.setAccessibleName(self.tr("Search the bin"))
        self.search.setClearButtonEnabled(True)
        self.kind_box = QComboBox(self)
        self.kind_box.setAccessibleName(self.tr("Kind of record"))
        self.kind_box.addItem(self.tr("Everything"), None)
        for kind in KINDS:
            self.kind_box.addItem(labels.kind(kind, plural=True), kind)
        self._typing = QTimer(self, interval=120, singleShot=True)
        self._typing.timeout.connect(self.on_shown)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.kind_box.currentIndexChanged.connect(lambda _index: self.on_shown())
        self.view = PaintedList(context.theme, self.model, DeedsDelegate, self)
        self.view.setAccessibleName(self.tr("Deleted records"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self.refresh_actions())
        self.empty = EmptyState(context.theme, self)
        self._arrange()
        self._add_commands()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.kind_box)
        self._stack = TableOrEmpty(self.view, self.empty, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._stack, 1)

    def _add_commands(self) -> None:
        group, view, shown = self.title, Scope.VIEW, Scope.PAGE
        for command in (
            Command("bin.restore", self.tr("Restore"), self.restore, "R; Return; Enter", "archive-restore",
                    self._can_restore, view, group),
            Command("bin.unmerge", self.tr("Take the merge apart"), self.unmerge, "U", "git-compare", self._can_unmerge,
                    view, group, hint=self.tr("Unmerge")),
            Command("bin.history", self.tr("History of this record"), self.show_history, "H", "history",
                    lambda: len(self.selected) == 1, view, group, hint=self.tr("History")),
            Command("bin.search", self.tr("Search the bin"), self.search.setFocus, "Ctrl+F", "search", scope=shown,
                    group=group, hint=self.tr("Search")),
        ):  # fmt: skip
            self.add_command(command, self.view)

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self.switch, "bin.unmerge", "bin.restore")

    def hints(self) -> Sequence[Hint | str]:
        return (Hint("↑↓", self.tr("Move")), "bin.restore", "bin.unmerge", "bin.history", "bin.search", "edit.undo")

    def panes(self) -> Sequence[QWidget]:
        return (self._stack.pane, self.search, self.kind_box)

    def on_shown(self) -> None:
        self.switch.stay()
        bin, text, kind = self.context.services.bin, self.search.text(), self.kind_box.currentData()
        self._asked.read(lambda _progress: bin.entries(text, kind), self._show, self.tell_refused)

    def on_escape(self) -> bool:
        if not self.search.text() and not self.kind_box.currentIndex():
            return False
        self.search.clear()
        self.kind_box.setCurrentIndex(0)
        self._stack.pane.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typing.stop()
        self.on_shown()
        return True

    # the list

    def _show(self, entries: list[BinEntry]) -> None:
        row = max(0, self.view.row)
        self.model.show_entries(entries)
        self.view.choose(row)
        if not entries:
            self._tell_empty()
        self._stack.show_empty(not entries)
        more = self.tr("The last %1; words find older ones").replace("%1", count_text(MOST))
        self.set_header(sub_line=more if len(entries) == MOST else "")
        self.refresh_actions()

    def _tell_empty(self) -> None:
        if self.search.text() or self.kind_box.currentIndex():
            self.empty.tell("trash-2", self.tr("Nothing in the bin matches."))
            self.empty.offer(self.tr("Show everything"), self.on_escape)
        else:
            self.empty.tell("trash-2", self.tr("The bin is empty."))
            self.empty.offer(self.tr("Go to the history"), lambda: self.go("history"), "link")

    @property
    def selected(self) -> list[BinEntry]:
        """The selected records."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [entry for row in rows if (entry := self.model.entry(row)) is not None]

    def _can_restore(self) -> bool:
        return any(entry.merged_into is None for entry in self.selected)

    def _can_unmerge(self) -> bool:
        found = self.selected
        return len(found) == 1 and found[0].merged_into is not None and found[0].action is not None

    def restore(self) -> None:
        """Take the selected records out of the bin, with what went along; merged ones stay."""
        records = [(entry.kind, entry.id) for entry in self.selected if entry.merged_into is None]
        self.write(lambda: self.context.services.bin.restore_several(records), "")

    def show_history(self) -> None:
        """Tell what was done to the chosen record."""
        [entry] = self.selected
        self.go("history", (entry.kind, entry.id))

    def unmerge(self) -> None:
        """Make the chosen record one of its own again."""
        [entry] = self.selected
        if entry.action is not None:
            action = entry.action
            self.write(lambda: self.context.services.merging.unmerge(action, entry.id), "")
