"""The page: the list of actions, and taking them back."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import describe
from crm_desktop.gui.delegates.deeds_delegate import DeedsDelegate
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.pages.history.commands import add_commands
from crm_desktop.gui.pages.history.model import PAGE, HistoryModel, Line
from crm_desktop.gui.pages.history.scope_bar import RECORD, ScopeBar
from crm_desktop.gui.pages.history.then import Record, ThenPanel, words_of
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.past_switch import PastSwitch
from crm_desktop.gui.records.places import LISTS, OPENED
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.taking_back import take_back
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.painted_list import PaintedList
from crm_desktop.services.history import Entry, FieldChange, Reverted
from crm_desktop.services.progress import Progress

_Found = tuple[list[Entry], list[FieldChange], str]
"""The actions, what they did to the fields of the one record, and its name."""


class HistoryPage(WritingPage):
    """Everything that was done, the newest first; of one record when asked for it.

    With a day nothing that came after it is listed, and the record is shown as it was at the end of that day.
    """

    header_line = False

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("History")
        labels = context.services.labels
        self.model = HistoryModel(lambda kind, many: labels.kind(kind, plural=many), context.clock.today)
        self.model.wanted = self._ask_older
        self.record: Record | None = None
        self.day: date | None = None
        # What the lines that are shown were read for.
        self._listed: tuple[Record | None, date | None] = (None, None)
        self._name = ""
        self._anew = True  # whether what comes is looked at from its newest line on
        self._asked = Latest(context.jobs, self)
        self.filter_bar = ScopeBar(context, self)
        self.filter_bar.removed.connect(lambda what: self._show_record(None) if what == RECORD else self.show_day(None))
        self.filter_bar.chosen.connect(self.show_day)
        self.day_edit = self.filter_bar.day_edit
        self.switch = PastSwitch(self, "history")
        self.then = ThenPanel(context, self)
        self.view = PaintedList(context.theme, self.model, DeedsDelegate, self)
        self.view.setAccessibleName(self.tr("What was done"))
        self.view.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.empty = EmptyState(context.theme, self)
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        self.both.addWidget(self.view)
        self.both.addWidget(self.then)
        self.both.setStretchFactor(0, 3)
        self.both.setStretchFactor(1, 2)
        self.both.setChildrenCollapsible(False)
        self.then.changed.connect(self.refresh_actions)
        self.then.hide()
        self._follow = QTimer(self, interval=120, singleShot=True)
        self._follow.timeout.connect(self._show_then)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.both)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filter_bar)
        layout.addLayout(self._stack, 1)
        add_commands(self)

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self.switch, "history.revert")

    def hints(self) -> Sequence[Hint | str]:
        move = Hint("↑↓", self.tr("Move"))
        return (move, "history.open", "history.revert", "history.as_of", "history.put_back", "edit.undo", "edit.redo")

    def panes(self) -> Sequence[QWidget]:
        return (self.view, self.then.view, self.day_edit)

    def on_shown(self) -> None:
        self.switch.stay()
        self._anew = True
        self._read()

    def on_change(self, change: Change) -> None:
        self._read()

    def on_called(self) -> None:
        self._show_record(None)

    def _read(self) -> None:
        services, record, day = self.context.services, self.record, self.day

        def look_up(_progress: Progress) -> _Found:
            entries = services.history.entries(PAGE, None, record, day)
            if record is None:
                return entries, [], ""
            return entries, services.history.words(*record), services.history.name(*record)

        self._asked.read(look_up, partial(self._show, (record, day)), self.tell_refused)

    def open_filter(self, target: Filter | object) -> None:
        """Show the history of one record, given as (kind, id)."""
        self._show_record(target if isinstance(target, tuple) else None)

    def on_escape(self) -> bool:
        if self.day is not None:
            self.show_day(None)
        elif self.record is not None:
            self._show_record(None)
        else:
            return False
        return True

    # the list

    def _show_record(self, record: Record | None) -> None:
        self.record = record
        self.then.forget()
        self.show_day(None)

    def show_day(self, day: date | None) -> None:
        """List nothing that came after the end of a day; everything again without one."""
        self.day = day
        self.filter_bar.show_day(day)
        self.on_shown()

    def _show(self, listed: tuple[Record | None, date | None], found: _Found) -> None:
        self._listed = listed
        entries, fields, self._name = found
        chosen = None if self._anew else self.current
        self._anew = False
        self.model.start(entries, self._words(fields))
        self.view.choose(self.model.row_of(chosen.entry.action) if chosen is not None else 0)
        self._tell_scope()
        self.then.setVisible(self.record is not None)
        self._show_then()
        self._stack.setCurrentWidget(self.both if entries else self.empty)
        if not entries:
            words = self.tr("Nothing was done until then.") if self.day else self.tr("Nothing was done yet.")
            self.empty.tell("history", words)
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
        """Beside the history of one record that record as it was after the chosen action, or at the end of the day."""
        line, (record, day) = self.current, self._listed
        if record is None or line is None or record != self.record:
            self.then.forget()
            return
        history, action = self.context.services.history, line.entry.action
        if day is not None and self.view.row == 0:
            when = self.tr("the end of %1").replace("%1", format.full_day(day))
            self.then.show_record(record, lambda: history.held_on(*record, day), when)
        else:
            when = format.moment_inside(datetime.fromisoformat(line.entry.at), self.context.clock.today())
            self.then.show_record(record, lambda: history.held(*record, action), when)

    def _tell_scope(self) -> None:
        whose = ""
        if self.record is not None:
            kind, number = self.record
            words = self.tr("%1: %2").replace("%1", self.context.services.labels.kind(kind))
            whose = words.replace("%2", self._name or str(number))
        self.filter_bar.tell(whose, self.day)

    def _ask_older(self, before: int) -> None:
        history, record = self.context.services.history, self.record
        older = partial(self.model.append, before)
        self.context.jobs.read(lambda _progress: history.entries(PAGE, before, record), older, owner=self)

    # taking back

    @property
    def current(self) -> Line | None:
        """The chosen line."""
        return self.model.line(self.view.row)

    def can_revert(self) -> bool:
        """Whether the chosen action can be taken back."""
        line = self.current
        return line is not None and line.entry.state == "done" and line.entry.verb not in ("undo", "redo")

    def revert(self) -> None:
        """Take the chosen action back: the last one exactly, an older one where nobody changed it since."""
        line = self.current
        if line is None:
            return
        # Of a merge of many groups, or a conversion of many leads, the history of one record means its own.
        many = line.entry.verb in ("merge", "convert") and not line.entry.subject
        record = self._listed[0]
        own = record[1] if many and record is not None and record[0] == line.entry.kind else None
        take_back(self, line.entry, partial(self._taken_back, line), own)

    def _taken_back(self, line: Line, result: Reverted | Change) -> None:
        if isinstance(result, Change):
            self.say(describe(line.deed.undone, self.context.services.labels.kind))
        else:
            self.tell_written("", result)

    def can_open(self) -> bool:
        """Whether the chosen action has records to show."""
        line = self.current
        return line is not None and line.entry.kind in OPENED and line.entry.verb not in ("undo", "redo", "revert")

    def open_records(self) -> None:
        """Show the records that the chosen action was about: those in the bin there, others in their list."""
        line = self.current
        if line is None:
            return
        kind, services = line.entry.kind, self.context.services

        def look_up(_progress: Progress) -> tuple[Filter, int]:
            written = services.history.records(line.entry.action, kind)
            return written, services.lists.count(written)

        def show(found: tuple[Filter, int]) -> None:
            wanted, living = found
            if living:
                self.go(LISTS[kind], wanted)
            else:
                self.go("bin")

        self.context.jobs.read(look_up, show, self.tell_refused, self)

    def put_back(self, fields: Sequence[str]) -> None:
        """Give the record that is shown as it was what it held in these fields then."""
        (record, was), records = (self.then.record, self.then.found), self.context.services.records
        if record is not None and fields:
            self.write(lambda: records.put_back(*record, was, fields))
