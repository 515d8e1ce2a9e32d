"""A page with a table of records of one kind: its columns, its cells and what is done with ticked rows."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Sort
from crm_desktop.errors import UserError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.models.cells import CellMaker, Column, style_of
from crm_desktop.gui.models.records_model import RecordsModel
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.bulk import BulkActions
from crm_desktop.gui.records.cell_commands import CellCommands
from crm_desktop.gui.records.column_menu import ColumnMenu
from crm_desktop.gui.records.commands import add_row_commands
from crm_desktop.gui.records.finder import finder
from crm_desktop.gui.records.views_bar import ViewsBar
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.widgets.record_table import RecordTable


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
    views: ViewsBar
    bulk: BulkActions

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.services = context.services
        self.listing = self.listings[0]

    def make_table(self) -> None:
        """Make the table and its model."""
        self.records = RecordsModel(self.services, self.context.jobs, self.make_cells(), self)
        self.table = RecordTable(self.theme, self.records, self._parse, self._choice, self)
        self.table.finder = partial(finder, self.context)
        self.table.currency = self.services.settings.currency
        self.table.widths_changed.connect(self._keep_columns)
        self.records.ticked.connect(self._ticks_changed)

    def make_cells(self) -> CellMaker:
        """What makes the cells of the listed kind."""
        hot = self.context.settings_store.current.score_hot
        return CellMaker(self.listing.kind, self._choice, self.context.clock.today, hot)

    def add_cell_commands(self) -> None:
        """Register what is done with rows, cells and columns."""
        add_row_commands(self)
        self.cells = CellCommands(self)
        self.column_menu = ColumnMenu(self)

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

    def anchor(self, name: str) -> QWidget:
        """Where the popover of a command opens."""
        return self.table.header

    def offer_statuses(self, ids: Callable[[], Sequence[int]], popup: Callable[[QMenu], None]) -> None:
        """Show a menu of the statuses that records can have."""

    def sort(self, order: Sort) -> None:
        """Order the list that is shown."""
        raise NotImplementedError

    def seek(self, record: int) -> None:
        """Make a listed record the current one, as soon as it is in the list."""
        self.table.go_to(record)

    def view_changed(self) -> None:
        """The view is shown otherwise than before."""

    def record_kind(self, record: int) -> str:
        """The kind under which a record of the list is written."""
        return self.listing.kind

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
            return editing_hints(long=column.field.type is FieldType.LONG_TEXT, beside=True)
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
        columns = [Column(f, self._title(f.name), style_of(f), derived=not kind.writable) for f in fields]
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
        self.view_changed()

    def _title(self, name: str) -> str:
        labels, kind = self.services.labels, self.listing.kind
        return str(labels.kind(kind) if name == "name" else labels.field(kind, name))

    # values

    def _parse(self, name: str, text: str) -> Any:
        if name == "name":
            # Made of the first and the last name where there are such; the services take it apart again.
            if not text.strip():
                raise UserError(self.tr("This cannot be empty."))
            return text.strip()
        return self.services.records.parse(self.record_kind(self.table.current_id), name, text)

    def _choice(self, name: str, code: str) -> str:
        return str(self.services.labels.choice(self.listing.kind, name, code))
