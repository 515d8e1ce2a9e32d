"""A page that lists records of one kind at a time: what leads and customers have in common."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.change import Added
from crm_desktop.domain.filter import EVERYTHING, Filter, Sort
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Hint, RecordTarget
from crm_desktop.gui.records.body import Body
from crm_desktop.gui.records.bulk import BulkActions
from crm_desktop.gui.records.chosen import ChosenRecord
from crm_desktop.gui.records.commands import add_list_commands
from crm_desktop.gui.records.filter_row import FilterRow
from crm_desktop.gui.records.list_page import Listing, ListPage
from crm_desktop.gui.records.panel import RecordPanel
from crm_desktop.gui.records.record_actions import RecordActions
from crm_desktop.gui.records.toolbar import Toolbar
from crm_desktop.gui.records.views_bar import ViewsBar
from crm_desktop.gui.widgets.buttons import Button, KeyButton
from crm_desktop.gui.widgets.empty_state import EmptyState, TableOrEmpty
from crm_desktop.gui.widgets.filter_bar import FilterBar
from crm_desktop.gui.widgets.tabs import TabsBar

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
        self._newcomer: Added | None = None
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

    @property
    def kind_here(self) -> str:
        return self.record_kind(self.table.current_id)

    # what the list asks

    @property
    def area(self) -> QWidget:
        return self.body

    @property
    def main(self) -> QWidget:
        return self.body.main

    @property
    def beside(self) -> QWidget | None:
        return self.panel

    # building

    def _arrange(self) -> None:
        self.pile = TableOrEmpty(self.table, self.empty, self)
        self.body = Body(self.context.theme, self.pile, self.panel, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.filter_bar)
        layout.addWidget(self.body, 1)

    def place_groups(self, bar: QWidget) -> None:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.body), bar)

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
        from crm_desktop.gui.records.places import place_of

        self.go(place_of(target), target)

    def open_current(self) -> None:
        """Open the current record: in the panel, where there is no page for it."""
        self.chosen.open()

    def qualify_button(self) -> Button | None:
        """The button under the lifecycle of the panel."""
        return None

    def _connect(self) -> None:
        self.connect_views()
        self.filters.left.connect(self.pile.enter)
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
            from crm_desktop.gui.widgets.value_edit import DayEdit, NoteEdit

            editor = self.panel.open_editor
            return editing_hints(long=isinstance(editor, NoteEdit), day=isinstance(editor, DayEdit))
        own = self.filters.hints() or self.cell_hints()
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
        groups = (self.groups.bar,) if self.grouped else ()
        return (self.pile.pane, self.panel, self.tabs, self.filter_bar, *groups)

    def on_shown(self) -> None:
        if self.views.now is None:
            self.show_listing(self.listing)
        else:
            self._refresh()
            self.panel.refresh()

    def open_filter(self, target: Filter | object) -> None:
        """Show the records behind a figure, or go to one record."""
        if isinstance(target, RecordTarget):
            self._sought = target
            if not self._go_to_sought():
                self.show_listing(self._listing_of(target.kind))
                if self.filters.filter.where != EVERYTHING:
                    self._sought = target
                    self.look_at(Filter(self.listing.kind))
        elif isinstance(target, Filter):
            self.show_listing(self._listing_of(target.kind))
            self.look_at(target)

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
        elif not self.leave_filter():
            return False
        self.pile.enter()
        return True

    # the list

    def show_listing(self, listing: Listing) -> None:
        """List records of this kind, with the views of it."""
        self.listing = listing
        self.records.set_maker(self.make_cells())
        self.load_views()
        self.bulk.allow(self.services.catalogue.kind(listing.kind).writable)
        self.refresh_actions()

    def sort(self, order: Sort | None) -> None:
        self.records.show(self.filters.usable, order)

    def _refresh(self) -> None:
        if self.table.editing:
            # Another list would close the open cell; it is asked for when the cell is left.
            self._refresh_later = True
            self.records.reread()
            return
        self.views.refresh()
        self.filters.refresh()
        if not self.renew_columns():
            self.records.refresh()

    def _catch_up(self) -> None:
        if self._refresh_later:
            self._refresh_later = False
            self._refresh()

    def _list_shown(self) -> None:
        self._go_to_sought()
        self._tell_state()

    def _list_known(self) -> None:
        self._go_to_sought()
        if self._sought is not None and self._newcomer is not None:
            self._tell_unlisted(self._newcomer)
        self._sought = self._newcomer = None
        self._tell_state()
        self.refresh_actions()

    def _rows_known(self, first: QModelIndex, last: QModelIndex) -> None:
        """A row may become the current one before it is read; what can be done with it is known only then."""
        if first.row() <= self.table.current_row <= last.row():
            self.refresh_actions()

    def _list_failed(self, sentence: str) -> None:
        self.empty.tell("circle-alert", sentence)
        self.empty.offer(self.tr("Try again"), self.records.refresh)
        self.pile.show_empty(True)

    def _tell_state(self) -> None:
        self.tell_count()
        empty = not self.records.rowCount() and not self.records.loading
        if empty and self.filters.filter.where == EVERYTHING:
            self.tell_nothing()
        elif empty:
            self.empty.tell("list-filter", self.no_match_words())
            self.empty.offer(self.tr("Clear filters"), self.filters.clear)
        self.pile.show_empty(empty)
        self.body.allow_panel(not empty)

    def no_match_words(self) -> str:
        """What stands where a filter finds nothing."""
        return self.tr("Nothing matches.")

    def _edit_refused(self, record: int, name: str, sentence: str) -> None:
        self.say(sentence, kind="bad")
        if self.table.go_to(record):
            self.table.setFocus()

    # commands

    def add_record(self) -> None:
        """Ask for a new record of the listed kind."""
        self.ask_new(self.listing)

    def ask_new(self, listing: Listing) -> None:
        """Ask for a new record: the fields of its form, then those of the user's own."""
        fields = self.services.catalogue.kind(listing.kind).fields.values()
        own = [field.name for field in fields if field.custom and field.editable]
        self.form.ask(listing.kind, (*listing.form, *own), self.added)

    def added(self, words: str, added: Added) -> None:
        """Tell of a new record and go to it."""
        self.tell_change(words, added.change)
        self.go_to_new(added)

    def go_to_new(self, added: Added) -> None:
        """Go to a new record, or tell that the list is without it: keys would be meant for it and hit another."""
        self.table.setFocus()
        self._newcomer = added
        self.seek(added.id)

    def _tell_unlisted(self, added: Added) -> None:
        show = partial(self.go_to, RecordTarget(added.change.kind, added.id))
        self.tell_change(self.tr("Added, but not listed in this view"), added.change, (self.tr("Show it"), show))
