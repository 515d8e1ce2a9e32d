"""A page with a table of records of one kind: its columns, its cells and what is done with ticked rows."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Filter, Ordered, Sort
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import inside
from crm_desktop.gui.models.cells import CellMaker, Column, style_of
from crm_desktop.gui.models.records_model import RecordsModel
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.bulk import BulkActions
from crm_desktop.gui.records.cell_commands import CellCommands
from crm_desktop.gui.records.column_menu import ColumnMenu
from crm_desktop.gui.records.commands import add_row_commands
from crm_desktop.gui.records.filter_row import FilterRow
from crm_desktop.gui.records.toolbar import Toolbar
from crm_desktop.gui.records.views_bar import Usual, ViewsBar
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.widgets.filter_bar import FilterBar
from crm_desktop.gui.widgets.record_table import RecordTable
from crm_desktop.gui.widgets.tabs import TabsBar
from crm_desktop.services.views import View

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_groups import ListGroups
    from crm_desktop.gui.widgets.value_edit import Editor


class Listing(NamedTuple):
    """How records of a kind are listed: the columns shown without being asked for, and their order."""

    kind: str
    columns: tuple[str, ...]
    sort: Sort
    form: tuple[str, ...] = ()  # fields asked for in a new record; without any, none can be added


class ListPage(WritingPage):
    """What the pages of records and the list of deals have in common. Subclasses arrange the parts."""

    page_id = "records"
    listings: tuple[Listing, ...] = ()
    has_statuses = False  # whether its records go through statuses, which `offer_statuses` then shows
    tabs: TabsBar
    filter_bar: FilterBar
    filters: FilterRow
    views: ViewsBar
    toolbar: Toolbar
    bulk: BulkActions

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.services = context.services
        self.listing = self.listings[0]
        self._gone: tuple[str, ...] = ()

    def make_table(self) -> None:
        """Make the table and its model."""
        self.records = RecordsModel(self.services, self.context.jobs, self.make_cells(), self)
        self.table = RecordTable(self.theme, self.records, self._make_editor, self)
        self.table.widths_changed.connect(self._keep_columns)
        self.records.ticked.connect(self._ticks_changed)

    def make_cells(self) -> CellMaker:
        """What makes the cells of the listed kind."""
        hot = self.context.settings_store.current.score_hot
        return CellMaker(self.listing.kind, self.choice_words, self.context.clock.today, hot)

    def add_cell_commands(self) -> None:
        """Register what is done with rows, cells and columns."""
        add_row_commands(self)
        self.cells = CellCommands(self)
        self.column_menu = ColumnMenu(self)
        self.table.menu_wanted.connect(self._show_row_menu)

    def _show_row_menu(self, at: QPoint) -> None:
        from crm_desktop.gui.records.row_menu import show_row_menu

        show_row_menu(self, at)

    # what subclasses say

    @property
    def group(self) -> str:
        """The heading of its commands in menus and lists of keys."""
        return self.services.labels.kind(self.listings[0].kind, plural=True)

    @property
    def area(self) -> QWidget:
        """Where the keys of its rows work."""
        raise NotImplementedError

    @property
    def main(self) -> QWidget:
        """Over which the bar of the ticked rows floats."""
        raise NotImplementedError

    @property
    def beside(self) -> QWidget | None:
        """What may lie over its end in narrow windows."""
        return None

    def anchor(self, name: str) -> QWidget:
        """Where the popover of a command opens."""
        return self.toolbar.columns_button if name == "columns" else self.filter_bar.add_chip

    def offer_statuses(self, ids: Callable[[], Sequence[int]], popup: Callable[[QMenu], None]) -> None:
        """Show a menu of the statuses that records can have."""

    def shows_list(self) -> bool:
        """Whether the list is what the page shows now."""
        return True

    @property
    def shown_list(self) -> Ordered:
        """The records that are shown, in their order."""
        return Ordered(self.filters.usable, self.records.sort_by)

    def seek(self, record: int) -> None:
        """Make a listed record the current one, as soon as it is in the list."""
        self.table.go_to(record)

    def sort(self, order: Sort | None) -> None:
        """List what the filter finds, in this order."""
        raise NotImplementedError

    def record_kind(self, record: int) -> str:
        """The kind under which a record of the list is written."""
        return self.listing.kind

    # views

    def connect_views(self) -> None:
        """Let views, filter and table hear of one another."""
        self.views.chosen.connect(self._show_view)
        self.views.counted.connect(self.tell_count)
        self.views.said.connect(self.tell_written)
        self.views.told.connect(self.toolbar.refresh)
        self.views.told.connect(self.refresh_actions)
        self.filters.changed.connect(self._filter_changed)
        self.filters.doubled.connect(self._tell_doubled)
        self.filters.gone_removed.connect(self._forget_column)
        self.records.shown.connect(self._order_shown)

    def load_views(self) -> None:
        """Show the list with the views of its kind."""
        self.views.load(self.listing.kind, Usual(self.listing.columns, self.listing.sort))

    def _show_view(self, view: View) -> None:
        self.filters.show(view.filter)
        self.set_columns(view.columns, dict(view.widths))
        self.table.set_density(view.density)
        self._gone = self.views.gone
        self.filters.show_gone(self.views.gone_columns)
        self.sort(self.views.sort)

    def renew_columns(self) -> bool:
        """Show the view anew where a field of it has gone or come back; False where none has."""
        renewed = self.views.gone != self._gone
        if renewed:
            self._show_view(self.views.now)
        return renewed

    def on_called(self) -> None:
        self.views.leave_passing()

    def look_at(self, wanted: Filter) -> None:
        """Show a list in passing: what was changed of the view and not saved comes back with its tab."""
        if wanted.where != self.filters.filter.where:
            self.filters.show(wanted)
            self.views.show(keep=False, filter=wanted)
            self._ask_filtered()

    def leave_filter(self) -> bool:
        """Back to the filter of the view, False where it is the one; what it was can be had again."""
        before, saved = self.filters.filter, self.views.saved.filter
        if before.where == saved.where:
            return False
        self._put_filter(saved)
        self.say(self.tr("The filter of the view is back"), partial(self._put_filter, before), "ok")
        return True

    def _put_filter(self, wanted: Filter) -> None:
        self.filters.show(wanted)
        self._filter_changed(wanted)

    def _filter_changed(self, wanted: Filter) -> None:
        self.views.show(filter=wanted)
        self._ask_filtered()

    def _ask_filtered(self) -> None:
        self.sort(self.records.sort_by)
        self.refresh_actions()

    def _tell_doubled(self, words: str) -> None:
        self.say(self.tr("Is among the filters already: %1").replace("%1", words), kind="info")

    def _forget_column(self, name: str) -> None:
        self.views.forget_column(name)
        self._gone = self.views.gone
        self.filters.show_gone(self.views.gone_columns)
        self.toolbar.refresh()

    def _order_shown(self) -> None:
        order = self.records.sort_by
        self.table.show_order(order)
        if self.grouped:
            self.groups.refresh()
        if order is not None and order != self.views.sort:
            self.views.show(sort=order)

    @cached_property
    def groups(self) -> "ListGroups":
        """The groups of the list; loaded when it is grouped first."""
        from crm_desktop.gui.records.list_groups import ListGroups

        return ListGroups(self)

    def place_groups(self, bar: QWidget) -> None:
        """Put the bar of the groups above the table."""
        raise NotImplementedError

    @property
    def grouped(self) -> bool:
        """Whether the list is grouped."""
        order = self.records.sort_by
        return order is not None and order.group is not None

    @property
    def whole(self) -> int | None:
        """How many there are of which some are shown; None where that is not known."""
        return self.views.total

    def tell_count(self) -> None:
        """Say how many records are shown of how many, and in which order."""
        count = format.count_text(self.records.rowCount())
        order = self.records.sort_by
        total = self.whole
        words = count if total is None else self.tr("%1 of %2").replace("%2", format.count_text(total))
        short = words = words.replace("%1", count)
        if order is not None:
            title = inside(self.services.labels.field(self.listing.kind, order.field))
            words = self.tr("%1 · sorted by %2").replace("%1", words).replace("%2", title)
            if order.group is not None:
                by = inside(self.services.labels.field(self.listing.kind, order.group))
                words = self.tr("%1 · grouped by %2").replace("%1", words).replace("%2", by)
        self.filter_bar.set_summary(words, short)
        self.toolbar.refresh()

    # the list

    def command_id(self, name: str) -> str:
        """The full id of a command of this page."""
        return f"{self.page_id}.{name}"

    def has_row(self) -> bool:
        """Whether there is a current row."""
        return self.table.current_row >= 0

    def cell_hints(self) -> Sequence[Hint | str]:
        """The keys of an open cell or of a range; empty without either."""
        if self.table.editing:
            from crm_desktop.gui.records.editing_hints import editing_hints

            column = self.records.columns[self.table.current_column - 1]
            type_ = column.field.type
            return editing_hints(long=type_ is FieldType.LONG_TEXT, day=type_ is FieldType.DATE, beside=True)
        return self.cells.hints() if self.cells.spanning else ()

    def leave_cells(self) -> bool:
        """Give up the range, else the ticks; False where there are neither."""
        if self.table.ranges.spans is not None:
            self.table.ranges.clear()
        elif self.records.ticked_count:
            self.records.tick_all(False)
        else:
            return False
        self.table.setFocus()
        return True

    def sort_current_column(self) -> None:
        """Order by the column of the current cell."""
        if self.table.current_column > 0:
            self.table.sort_by_column(self.table.current_column)

    def _ticks_changed(self) -> None:
        self.bulk.show_count(self.records.ticked_count)
        self.refresh_actions()

    # columns

    def set_columns(self, names: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show these fields, or the usual ones where none are named, each as wide as it was made by hand."""
        kind = self.services.catalogue.kind(self.listing.kind)
        fields = [kind.fields[name] for name in (names or self.listing.columns) if name in kind.fields]
        columns = [Column(f, self.title_of(f.name), style_of(f), derived=not kind.writable) for f in fields]
        self.records.set_columns(columns)
        self.table.column_widths.set(widths)

    @property
    def shown_fields(self) -> tuple[str, ...]:
        """The fields that are shown, in order."""
        return tuple(column.name for column in self.records.columns)

    def choose_columns(self) -> None:
        """Open the column picker."""
        from crm_desktop.gui.records.columns_popover import ColumnsPopover

        popover = ColumnsPopover(self.context, self.listing.kind, self.shown_fields, self)
        popover.chosen.connect(self.show_columns)
        popover.open_at(self.anchor("columns"))

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these fields in this order from now on; the name leads, for it stays when the others are scrolled."""
        names = tuple(sorted(names, key=lambda name: name != "name"))
        self.set_columns(names, {name: width for name, width in self.table.column_widths.by_hand if name in names})
        self._keep_columns()

    def _keep_columns(self) -> None:
        names, widths = self.shown_fields, self.table.column_widths.by_hand
        usual = names == self.listing.columns and not widths
        self.views.show(columns=() if usual else names, widths=widths)
        self.toolbar.refresh()

    def title_of(self, name: str) -> str:
        """What a column of a field is called."""
        labels, kind = self.services.labels, self.listing.kind
        return str(labels.kind(kind) if name == "name" else labels.field(kind, name))

    # values

    def _make_editor(self, field: Field, held: Any, parent: QWidget) -> "Editor":
        from crm_desktop.gui.records.record_form import value_editor
        from crm_desktop.gui.widgets.value_edit import Wording, make_editor

        if field.name == "name":
            # Made of the first and the last name where there are such; the services take it apart again.
            return make_editor(self.theme, field, held, Wording(self._read_name), parent)
        return value_editor(self.context, self.record_kind(self.table.current_id), field, held, parent)

    def _read_name(self, text: str) -> str:
        if not text.strip():
            raise UserError(self.tr("This cannot be empty."))
        return text.strip()

    def choice_words(self, name: str, code: str) -> str:
        """The words for a choice of a field."""
        return str(self.services.labels.choice(self.listing.kind, name, code))
