"""The same deals as rows of a table."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.models.cells import CellMaker, Column, style_of
from crm_desktop.gui.models.records_model import RecordsModel
from crm_desktop.gui.records.finder import finder
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.record_table import RecordTable

COLUMNS = (
    "name", "stage", "amount", "probability", "weighted", "expected_close", "next_step", "stage_since", "last_touch",
)  # fmt: skip
_ORDER = Sort("expected_close")


class DealList(QWidget):
    """Table of deals; where there are none it says so."""

    chose = Signal()
    said = Signal(str, object, str)
    cleared = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = context.services
        hot = context.settings_store.current.score_hot
        maker = CellMaker("deal", self._choice, context.clock.today, hot)
        self.records = RecordsModel(context.services, context.jobs, maker, self)
        self.table = RecordTable(context.theme, self.records, self._parse, self._choice, self)
        self.table.finder = partial(finder, context)
        self.empty = EmptyState(context.theme, self)
        self._pile = QStackedWidget(self)
        self._pile.addWidget(self.table)
        self._pile.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pile)
        self.table.setAccessibleName(self.tr("Deals"))
        self.table.current_changed.connect(lambda _record: self.chose.emit())
        self.records.shown.connect(self._tell_state)
        self.records.renewed.connect(self._tell_state)
        self.records.failed.connect(lambda sentence: self.said.emit(sentence, None, "bad"))
        self.records.refused.connect(lambda _record, _name, sentence: self.said.emit(sentence, None, "bad"))

    @property
    def deal(self) -> int | None:
        """The deal in the current row."""
        return self.table.current_id if self.table.current_row >= 0 else None

    def show_deals(self, wanted: Filter) -> None:
        """Show the deals that a filter means."""
        if not self.records.columns:
            self._set_columns()
        self.records.show(wanted, self.records.sort_by or _ORDER)

    def refresh(self, change: Change | None = None) -> None:
        """Records have changed: ask again, unless a cell is open."""
        if not self.table.editing:
            self.records.refresh(change)

    def _set_columns(self) -> None:
        fields = self._services.catalogue.kind("deal").fields
        titles = partial(self._services.labels.field, "deal")
        self.records.set_columns([Column(fields[name], titles(name), style_of(fields[name])) for name in COLUMNS])
        self.table.hideColumn(0)  # nothing is done with several deals at once
        self.table.fit_columns()

    def _tell_state(self) -> None:
        empty = not self.records.rowCount() and not self.records.loading
        if empty:
            self.empty.tell("list-filter", self.tr("No deal matches."))
            self.empty.offer(self.tr("Show all open deals"), self.cleared.emit)
        self._pile.setCurrentWidget(self.empty if empty else self.table)
        self.table.show_order(self.records.sort_by)

    def _parse(self, name: str, text: str) -> Any:
        return self._services.records.parse("deal", name, text)

    def _choice(self, name: str, code: str) -> str:
        return str(self._services.labels.choice("deal", name, code))
