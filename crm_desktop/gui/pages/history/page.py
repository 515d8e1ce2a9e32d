"""The page: the list of actions, and taking them back."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QListView, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from crm_desktop.domain.filter import Compare, Filter, Op, parts
from crm_desktop.errors import CrmError
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import describe
from crm_desktop.gui.delegates.deeds_delegate import DeedsDelegate
from crm_desktop.gui.pages.history.model import PAGE, HistoryModel, Line
from crm_desktop.gui.pages.history.then import ThenPanel, words_of
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.widgets.chips import Condition, FilterBar
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.services.history import Entry, FieldChange
from crm_desktop.services.progress import Progress

_NAMED = 3  # fields that a sentence about conflicts lists


class HistoryPage(Page):
    """Everything that was done, the newest first; of one record when asked by a filter of its id."""

    header_line = False

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("History")
        labels = context.services.labels
        self.model = HistoryModel(lambda kind, many: labels.kind(kind, plural=many), context.clock.today)
        self.model.wanted = self._ask_older
        self.record: tuple[str, int] | None = None
        self.bar = FilterBar(context.theme, self)
        self.bar.add_chip.hide()
        self.bar.removed.connect(lambda _id: self._show_record(None))
        self.switch = Segmented(context.theme)
        self.switch.setAccessibleName(self.tr("History or bin"))
        self.switch.chosen.connect(self._go_bin)
        self.then = ThenPanel(context, self)
        self.view = self._make_view()
        self.empty = EmptyState(context.theme, self)
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        self.both.addWidget(self.view)
        self.both.addWidget(self.then)
        self.both.setStretchFactor(0, 3)
        self.both.setStretchFactor(1, 2)
        self.both.setChildrenCollapsible(False)
        self.then.hide()
        self._follow = QTimer(self, interval=120, singleShot=True)
        self._follow.timeout.connect(self._show_then)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.both)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(self._stack, 1)
        self._add_commands()

    def _make_view(self) -> QListView:
        view = QListView(self)
        view.setAccessibleName(self.tr("What was done"))
        view.setModel(self.model)
        view.setItemDelegate(DeedsDelegate(self.theme, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.theme.changed.connect(view.doItemsLayout)
        return view

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self.switch, "history.revert")

    def hints(self) -> Sequence[Hint | str]:
        return (Hint("↑↓", self.tr("Move")), "history.revert", "edit.undo", "edit.redo")

    def panes(self) -> Sequence[QWidget]:
        return (self.view, self.then.view, self.bar)

    def on_shown(self) -> None:
        parts = [("history", self.tr("History"), "history"), ("bin", self.tr("Bin"), "trash-2")]
        self.switch.set_parts(parts, "history")
        history, record = self.context.services.history, self.record

        def look_up(_progress: Progress) -> tuple[list[Entry], list[FieldChange]]:
            return history.entries(PAGE, None, record), history.words(*record) if record else []

        self.context.jobs.read(look_up, self._show, owner=self)

    def _go_bin(self, part: str) -> None:
        if part == "bin":
            self.go("bin")

    def open_filter(self, target: Filter | object) -> None:
        """Show the history of one record, given by a filter of its id or as (kind, id)."""
        if isinstance(target, Filter):
            target = _record_of(target)
        self._show_record(target if isinstance(target, tuple) else None)

    def on_escape(self) -> bool:
        if self.record is None:
            return False
        self._show_record(None)
        return True

    # the list

    def _show_record(self, record: tuple[str, int] | None) -> None:
        self.record = record
        self.on_shown()

    def _show(self, found: tuple[list[Entry], list[FieldChange]]) -> None:
        entries, fields = found
        chosen = self.current
        self.model.start(entries, self._words(fields))
        row = self.model.row_of(chosen.entry.action) if chosen is not None else 0
        index = self.model.index(row, 0)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._tell_filter(entries)
        self.then.setVisible(self.record is not None)
        self._show_then()
        self._stack.setCurrentWidget(self.both if entries else self.empty)
        if not entries:
            self.empty.tell("history", self.tr("Nothing was done yet."))
        self.refresh_actions()

    def _words(self, fields: list[FieldChange]) -> dict[int, list[str]]:
        """What each action did to the fields of the one record."""
        found: dict[int, list[str]] = {}
        if self.record is not None and fields:
            words = words_of(self.context)
            for change in fields:
                found.setdefault(change.action, []).append(words.line(self.record[0], change))
        return found

    def _chosen(self) -> None:
        self.refresh_actions()
        self._follow.start()

    def _show_then(self) -> None:
        """Beside the history of one record that record as it was after the chosen action."""
        line = self.current
        if self.record is not None and line is not None:
            self.then.show_record(*self.record, line.entry.action, line.when)

    def _tell_filter(self, entries: list[Entry]) -> None:
        """A chip says whose history it is."""
        if self.record is None:
            self.bar.set_conditions([])
            self.bar.set_summary(self.tr("Everything, the newest first"))
            return
        kind, number = self.record
        names = [entry.subject for entry in entries if entry.kind == kind and entry.count == 1 and entry.subject]
        label = self.context.services.labels.kind(kind)
        words = self.tr("%1: %2").replace("%1", label).replace("%2", names[0] if names else str(number))
        self.bar.set_conditions([Condition("record", words)])
        self.bar.set_summary("")

    def _ask_older(self, before: int) -> None:
        history, record = self.context.services.history, self.record
        self.context.jobs.read(lambda _progress: history.entries(PAGE, before, record), self.model.append, owner=self)

    # taking back

    @property
    def current(self) -> Line | None:
        """The chosen line."""
        return self.model.line(self.view.currentIndex().row())

    def _can_revert(self) -> bool:
        line = self.current
        return line is not None and line.entry.state == "done" and line.entry.verb not in ("undo", "redo")

    def revert(self) -> None:
        """Take the chosen action back: the last one exactly, an older one where nobody changed it since."""
        line = self.current
        if line is None:
            return
        jobs, history, action = self.context.jobs, self.context.services.history, line.entry.action
        if line.entry.next:
            jobs.write(lambda _progress: history.undo(action), lambda _change: self._undone(line), self._refused)
        else:
            jobs.write(lambda _progress: history.revert(action), partial(self._reverted, line), self._refused)

    def _undone(self, line: Line) -> None:
        self.say(self._words_undone(line))

    def _words_undone(self, line: Line) -> str:
        return describe(line.deed.undone, self.context.services.labels.kind)

    def _reverted(self, line: Line, result: Any) -> None:
        conflicts = result.conflicts
        if result.kept:
            listed = ", ".join(result.kept[:_NAMED]) + (" ..." if len(result.kept) > _NAMED else "")
            words = self.tr("%1. These stay, for somebody worked on them since: %2")
            self.say(words.replace("%2", listed).replace("%1", self._words_undone(line)), kind="warn")
            return
        if not conflicts:
            self._undone(line)
            return
        labels = self.context.services.labels
        names = [labels.field(conflict.kind, conflict.field) for conflict in conflicts]
        listed = ", ".join(dict.fromkeys(names[:_NAMED])) + (" ..." if len(names) > _NAMED else "")
        words = self.tr("Undone, but for %n values that were changed since: %1", None, len(conflicts))
        self.say(words.replace("%1", listed), kind="warn")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.say(error.sentence, kind="bad")

    def _add_commands(self) -> None:
        self.add_command(
            Command("history.revert", self.tr("Undo this"), self.revert, "Del", "undo-2", self._can_revert, Scope.PAGE,
                    self.tr("History"))
        )  # fmt: skip


def _record_of(target: Filter) -> tuple[str, int] | None:
    for node in parts(target.where):
        if isinstance(node, Compare) and node.path == "id" and node.op is Op.IS and isinstance(node.value, int):
            return target.kind, node.value
    return None
