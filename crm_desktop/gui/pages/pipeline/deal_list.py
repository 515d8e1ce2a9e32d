"""The same deals as rows of a table, worked on as in any list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.filter import Sort
from crm_desktop.gui.records.list_page import Listing
from crm_desktop.gui.widgets.empty_state import EmptyState, TableOrEmpty

if TYPE_CHECKING:
    from crm_desktop.gui.pages.pipeline.page import PipelinePage

LISTING = Listing(
    "deal",
    ("name", "stage", "amount", "probability", "weighted", "expected_close", "next_step", "stage_since", "last_touch"),
    Sort("expected_close"),
)


class DealList(QWidget):
    """The table of the page; where there are no deals it says so."""

    chose = Signal()
    cleared = Signal()
    told = Signal()  # how many deals there are may be another number

    def __init__(self, page: "PipelinePage") -> None:
        super().__init__(page)
        self.records, self.table = page.records, page.table
        self.empty = EmptyState(page.theme, self)
        self._stale = False
        self.pile = TableOrEmpty(self.table, self.empty, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pile)
        self._layout = layout
        self.table.setAccessibleName(self.tr("Deals"))
        self.table.current_changed.connect(lambda _record: self.chose.emit())
        self.table.editing_ended.connect(self._catch_up)
        self.records.shown.connect(self._tell_state)
        self.records.renewed.connect(self._tell_state)
        self.records.failed.connect(lambda sentence: page.say(sentence, None, "bad"))
        self.records.refused.connect(lambda _record, _name, sentence: page.say(sentence, None, "bad"))

    def put_above(self, bar: QWidget) -> None:
        """Put a bar above the table."""
        self._layout.insertWidget(0, bar)

    @property
    def deal(self) -> int | None:
        """The deal in the current row."""
        return self.table.current_id if self.table.current_row >= 0 else None

    def refresh(self) -> None:
        """Records have changed: ask again, now or as soon as the open cell is left."""
        if self.table.editing:
            self._stale = True
        else:
            self.records.refresh()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self.records.refresh()

    def _tell_state(self) -> None:
        empty = not self.records.rowCount() and not self.records.loading
        if empty:
            self.empty.tell("list-filter", self.tr("No deal matches."))
            self.empty.offer(self.tr("Show all open deals"), self.cleared.emit)
        self.pile.show_empty(empty)
        self.told.emit()
