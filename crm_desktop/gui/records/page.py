"""A page that lists records of one kind at a time: what leads and customers have in common."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import EVERYTHING, Filter, Ordered, Sort
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import inside
from crm_desktop.gui.pages.page import Hint, RecordTarget
from crm_desktop.gui.records.body import Body
from crm_desktop.gui.records.bulk import BulkActions
from crm_desktop.gui.records.chosen import ChosenRecord
from crm_desktop.gui.records.commands import add_list_commands
from crm_desktop.gui.records.filter_row import FilterRow
from crm_desktop.gui.records.list_page import Listing, ListPage
from crm_desktop.gui.records.panel import RecordPanel
from crm_desktop.gui.records.places import place_of
from crm_desktop.gui.records.record_actions import RecordActions
from crm_desktop.gui.records.toolbar import Toolbar
from crm_desktop.gui.records.views_bar import Usual, ViewsBar
from crm_desktop.gui.widgets.buttons import Button, KeyButton
from crm_desktop.gui.widgets.chips import FilterBar
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.tabs import TabsBar
from crm_desktop.gui.widgets.value_edit import NoteEdit

if TYPE_CHECKING:
    from crm_desktop.gui.records.panel_body import PanelBody


class RecordsPage(ListPage):
    """Tabs of views, filter bar, table, side panel and bulk bar. Subclasses say which kinds and words."""

    header_line = False

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.tabs = TabsBar(context.theme, self)
        self.filter_bar = FilterBar(context.theme, self)
        self.make_table()
        self.empty = EmptyState(context.theme, self)
        self.panel = RecordPanel(context, self)
        self.views = ViewsBar(context, self.tabs, self.all_words)
        self.filters = FilterRow(context, self.filter_bar)
        self._sought: RecordTarget | None = None
        self._refresh_later = False
        self._arrange()
        self.bulk = BulkActions(self)
        self.toolbar = Toolbar(self)
        self.chosen = ChosenRecord(self)
        add_list_commands(self)
        self.add_cell_commands()
        self.record_actions = RecordActions(self)
        self._connect()

    # what subclasses say

    def all_words(self) -> str:
        """The name of the view of everything."""
        raise NotImplementedError

    def tell_nothing(self) -> None:
        """Fill the empty state where there are no records at all."""
        raise NotImplementedError

    # what the list asks

    @property
    def area(self) -> QWidget:
        return self.body

    @property
    def main(self) -> QWidget:
        return self.body.main

    def anchor(self, name: str) -> QWidget:
        return self.toolbar.columns_button if name == "columns" else self.filter_bar.add_chip

    def view_changed(self) -> None:
        self.toolbar.refresh()

    # building

    def _arrange(self) -> None:
        self.pile = QStackedWidget(self)
        self.pile.addWidget(self.table)
        self.pile.addWidget(self.empty)
        self.body = Body(self.context.theme, self.pile, self.panel, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.filter_bar)
        layout.addWidget(self.body, 1)

    def _fill_panel(self, body: "PanelBody") -> None:
        buttons = {}
        for name in ("call", "email", "log", "follow_up"):
            entry = self.context.actions.find(self.command_id(name))
            assert entry is not None
            buttons[name] = KeyButton(self.context.theme, body, entry.command.text, entry.command.icon, "small")
            buttons[name].follow(entry.action)
        body.set_actions(buttons, self.qualify_button())
        for part in (body.contact, body.around):
            part.wanted.connect(self.write)
            part.told.connect(self.tell_written)
            part.opened.connect(self.go_to)

    def go_to(self, target: Filter | RecordTarget) -> None:
        """Open a record or a list of records where they are shown."""
        self.go(place_of(target), target)

    def open_current(self) -> None:
        """Open the current record: in the panel, where there is no page for it."""
        self.chosen.open()

    def qualify_button(self) -> Button | None:
        """The button under the lifecycle of the panel."""
        return None

    def _connect(self) -> None:
        self.views.chosen.connect(self._show_view)
        self.views.counted.connect(self._tell_count)
        self.views.said.connect(self.tell_change)
        self.views.told.connect(self.toolbar.refresh)
        self.views.told.connect(self.refresh_actions)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left.connect(self.table.setFocus)
        self.filters.gone_removed.connect(self._forget_column)
        self.records.shown.connect(self._list_shown)
        self.records.renewed.connect(self._list_known)
        self.records.failed.connect(self._list_failed)
        self.records.refused.connect(self._edit_refused)
        self.records.dataChanged.connect(self._rows_known)
        self.table.editing_ended.connect(self._catch_up)
        self.panel.built.connect(self._fill_panel)
        self.panel.refused.connect(self.tell_refused)

    # Page

    def hints(self) -> Sequence[Hint | str]:
        if self.panel.open_editor is not None:
            from crm_desktop.gui.records.editing_hints import editing_hints

            return editing_hints(long=isinstance(self.panel.open_editor, NoteEdit))
        own = self.cell_hints()
        if own:
            return own
        ids = ("open", "tick", *self.own_hints(), "filter")
        return [
            Hint("↑↓", self.tr("Move")), self.command_id("edit"), *self.cells.taking_hints(),
            *(self.command_id(name) for name in ids),
        ]  # fmt: skip

    def own_hints(self) -> Sequence[str]:
        """Commands of the page that belong into the hint bar."""
        return ()

    def panes(self) -> Sequence[QWidget]:
        return (self.table, self.panel, self.tabs, self.filter_bar)

    def on_shown(self) -> None:
        if self.views.now is None:
            self.show_listing(self.listing)
        else:
            self._refresh()

    def on_change(self, change: Change) -> None:
        self._refresh()
        self.panel.refresh(change)

    def open_filter(self, target: Filter | object) -> None:
        """Show the records behind a figure, or go to one record."""
        if isinstance(target, RecordTarget):
            self._sought = target
            if not self._go_to_sought():
                self.show_listing(self._listing_of(target.kind))
                if self.filters.filter.where != EVERYTHING:
                    self._sought = target
                    self._look_at(Filter(self.listing.kind))
        elif isinstance(target, Filter):
            self.show_listing(self._listing_of(target.kind))
            self._look_at(target)

    def on_called(self) -> None:
        self.views.leave_passing()

    def _look_at(self, wanted: Filter) -> None:
        """Show a list in passing: what was changed of the view and not saved comes back with its tab."""
        if wanted.where != self.filters.filter.where:
            self.filters.show(wanted)
            self.views.show(keep=False, filter=wanted)
            self._ask_filtered()

    def _listing_of(self, kind: str) -> Listing:
        return next((known for known in self.listings if known.kind == kind), self.listing)

    def seek(self, record: int) -> None:
        """Make a listed record the current one; what was just added comes with the list that is read next."""
        self._sought = RecordTarget(self.listing.kind, record)
        self._go_to_sought()

    def _go_to_sought(self) -> bool:
        """Make the record that was asked for the current one, as soon as it is in the list."""
        found = self._sought is not None and self.table.go_to(self._sought.id)
        if found:
            self._sought = None
        return found

    def on_escape(self) -> bool:
        if self.table.editing:
            return False
        if self.body.overlaid and self.panel.isVisible():
            self.body.show_panel(False)
        elif self.leave_cells():
            return True
        elif self.filters.filter.where != self.views.saved.filter.where:
            self._leave_filter()
        else:
            return False
        self.table.setFocus()
        return True

    # the list

    def show_listing(self, listing: Listing) -> None:
        """List records of this kind, with the views of it."""
        self.listing = listing
        self.records.set_maker(self.make_cells())
        self.views.load(listing.kind, Usual(listing.columns, listing.sort))
        self.bulk.allow(self.services.catalogue.kind(listing.kind).writable)
        self.refresh_actions()

    def _show_view(self, view: Any) -> None:
        self.filters.show(view.filter)
        self.set_columns(view.columns, dict(view.widths))
        self.table.set_density(view.density)
        self.filters.show_gone(self.views.gone_columns)
        self._ask(self.filters.usable, self.views.sort)

    def _leave_filter(self) -> None:
        """Back to the filter of the view; what it was can be had again."""
        before = self.filters.filter
        self._put_filter(self.views.saved.filter)
        self.say(self.tr("The filter of the view is back"), partial(self._put_filter, before), "ok")

    def _put_filter(self, wanted: Filter) -> None:
        self.filters.show(wanted)
        self._filter_changed(wanted)

    def _ask(self, wanted: Filter, sort: Sort | None) -> None:
        self.records.show(wanted, sort)

    def _filter_changed(self, wanted: Filter) -> None:
        self.views.show(filter=wanted)
        self._ask_filtered()

    def _ask_filtered(self) -> None:
        self._ask(self.filters.usable, self.records.sort_by)
        self.refresh_actions()

    @property
    def shown_list(self) -> Ordered:
        """The records that are shown, in their order."""
        return Ordered(self.filters.usable, self.records.sort_by)

    def _forget_column(self, name: str) -> None:
        self.views.forget_column(name)
        self.filters.show_gone(self.views.gone_columns)
        self.toolbar.refresh()

    def _refresh(self) -> None:
        if self.table.editing:
            # An answer would close the open cell; it is asked for when the cell is left.
            self._refresh_later = True
            return
        self.views.refresh()
        self.filters.refresh()
        self.records.refresh()

    def _catch_up(self) -> None:
        if self._refresh_later:
            self._refresh_later = False
            self._refresh()

    def _list_shown(self) -> None:
        order = self.records.sort_by
        self.table.show_order(order)
        if order is not None and order != self.views.sort:
            self.views.show(sort=order)
        self._go_to_sought()
        self._tell_state()

    def _list_known(self) -> None:
        self._go_to_sought()
        self._sought = None
        self._tell_state()
        self.refresh_actions()

    def _rows_known(self, first: QModelIndex, last: QModelIndex) -> None:
        """A row may become the current one before it is read; what can be done with it is known only then."""
        if first.row() <= self.table.current_row <= last.row():
            self.refresh_actions()

    def _list_failed(self, sentence: str) -> None:
        self.empty.tell("circle-alert", sentence)
        self.empty.offer(self.tr("Try again"), self.records.refresh)
        self.pile.setCurrentWidget(self.empty)

    def _tell_state(self) -> None:
        self._tell_count()
        empty = not self.records.rowCount() and not self.records.loading
        if empty and self.filters.filter.where == EVERYTHING:
            self.tell_nothing()
        elif empty:
            self.empty.tell("list-filter", self.no_match_words())
            self.empty.offer(self.tr("Clear filters"), self.filters.clear)
        held = self.window().focusWidget() in self.empty.findChildren(QWidget)
        self.pile.setCurrentWidget(self.empty if empty else self.table)
        if held and not empty:
            self.table.setFocus()
        self.body.allow_panel(not empty)

    def no_match_words(self) -> str:
        """What stands where a filter finds nothing."""
        return self.tr("Nothing matches.")

    def _tell_count(self) -> None:
        count = format.count_text(self.records.rowCount())
        order = self.records.sort_by
        total = self.views.total
        words = count if total is None else self.tr("%1 of %2").replace("%2", format.count_text(total))
        short = words = words.replace("%1", count)
        if order is not None:
            title = inside(self.services.labels.field(self.listing.kind, order.field))
            words = self.tr("%1 · sorted by %2").replace("%1", words).replace("%2", title)
        self.filter_bar.set_summary(words, short)
        self.toolbar.refresh()

    def _edit_refused(self, record: int, name: str, sentence: str) -> None:
        self.say(sentence, kind="bad")
        if self.table.go_to(record):
            self.table.setFocus()

    # commands

    def sort(self, order: Sort) -> None:
        """Order the list that is shown."""
        self._ask(self.filters.usable, order)

    def add_record(self) -> None:
        """Ask for a new record of the listed kind."""
        self.form.ask(self.listing.kind, self.listing.form, self.added)

    def added(self, words: str, added: Any) -> None:
        """Tell of a new record and go to it."""
        self.tell_change(words, added.change)
        self.table.setFocus()
        self.seek(added.id)
