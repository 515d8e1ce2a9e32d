"""The same deals as rows of a table, worked on as in any list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.gui.records.list_page import Listing
from crm_desktop.gui.records.views_bar import Usual, ViewsBar
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.tabs import TabsBar
from crm_desktop.services.views import View

if TYPE_CHECKING:
    from crm_desktop.gui.pages.pipeline.page import PipelinePage

LISTING = Listing(
    "deal",
    ("name", "stage", "amount", "probability", "weighted", "expected_close", "next_step", "stage_since", "last_touch"),
    Sort("expected_close"),
)


class DealList(QWidget):
    """The table of the page; where there are no deals it says so. Columns, widths and order are kept as in a view."""

    chose = Signal()
    cleared = Signal()

    def __init__(self, page: "PipelinePage") -> None:
        super().__init__(page)
        self.records, self.table = page.records, page.table
        self.empty = EmptyState(page.theme, self)
        tabs = TabsBar(page.theme, self)
        tabs.hide()
        self.views = ViewsBar(page.context, tabs, lambda: page.title)
        self.views.chosen.connect(self._show_view)
        self._page = page
        self._wanted: Filter | None = None
        self._changed: Change | None = None
        self._pile = QStackedWidget(self)
        self._pile.addWidget(self.table)
        self._pile.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pile)
        self.table.setAccessibleName(self.tr("Deals"))
        self.table.current_changed.connect(lambda _record: self.chose.emit())
        self.table.editing_ended.connect(self._catch_up)
        self.records.shown.connect(self._tell_state)
        self.records.renewed.connect(self._tell_state)
        self.records.failed.connect(lambda sentence: page.say(sentence, None, "bad"))
        self.records.refused.connect(lambda _record, _name, sentence: page.say(sentence, None, "bad"))

    @property
    def deal(self) -> int | None:
        """The deal in the current row."""
        return self.table.current_id if self.table.current_row >= 0 else None

    def show_deals(self, page: "PipelinePage", wanted: Filter) -> None:
        """Show the deals that a filter means."""
        self._wanted = None
        if not self.records.columns:
            self.views.load(LISTING.kind, Usual(LISTING.columns, LISTING.sort))
        self._wanted = wanted
        self.records.show(wanted, self.records.sort_by or self.views.sort)

    def _show_view(self, view: View) -> None:
        """Its columns and order, as they were left."""
        self._page.set_columns(view.columns, dict(view.widths))
        if self._wanted is not None:
            self.records.show(self._wanted, self.views.sort)

    def refresh(self, change: Change) -> None:
        """Records have changed: ask again, now or as soon as the open cell is left."""
        if self.table.editing:
            self._changed = change
        else:
            self.records.refresh(change)

    def _catch_up(self) -> None:
        if self._changed is not None:
            self._changed = None
            self.records.refresh()

    def _tell_state(self) -> None:
        empty = not self.records.rowCount() and not self.records.loading
        if empty:
            self.empty.tell("list-filter", self.tr("No deal matches."))
            self.empty.offer(self.tr("Show all open deals"), self.cleared.emit)
        self._pile.setCurrentWidget(self.empty if empty else self.table)
        order = self.records.sort_by
        self.table.show_order(order)
        if order is not None and order != self.views.sort:
            self.views.show(sort=order)
