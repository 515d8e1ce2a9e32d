"""A list of records of any length as a table: the ids in order, and rows read when they are looked at."""

import sys
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.jobs import Latest, Runner
from crm_desktop.gui.models.cells import Cell, CellMaker, Column, Style
from crm_desktop.gui.models.row_pages import SIZE, Loaded, Row, RowPages, Values, numbers
from crm_desktop.gui.models.ticks import Ticks
from crm_desktop.services.progress import Progress

Index = QModelIndex | QPersistentModelIndex
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EMPTY, _TICKED = Cell(Style.TICK, ""), Cell(Style.TICK, "", share=1.0)


class _Answer(NamedTuple):
    ids: "array[int]"
    loaded: Loaded
    same: bool = False
    place: tuple[int, int] = (-1, -1)  # the current record and its row, found where there is time to look
    ticks: Ticks = Ticks()
    ticked: Ticks = Ticks()  # what was ticked when it was asked for


class _Known(NamedTuple):
    """What is shown while another answer is asked for."""

    ids: "array[int]"
    ticks: Ticks
    pages: range


class RecordsModel(QAbstractTableModel):
    """Column 0 is the tick box, then come the `columns`. Sorting and filtering are asked of the services."""

    shown = Signal()  # the first rows of another list are there
    renewed = Signal()  # all ids of the list are known, or known anew
    failed = Signal(str)  # the list could not be read
    refused = Signal(object, str, str)  # an edit was taken back: id, field, why
    ticked = Signal()

    def __init__(self, services: Any, jobs: Runner, maker: CellMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._maker = maker
        self._ids: array[int] = array("q")
        self._wanted: Filter | None = None
        self._asked, self._reread = Latest(jobs, self), Latest(jobs, self)
        self._beginning = False  # whether another list was asked for and nothing of it is there yet
        self.sort_by: Sort | None = None
        self.columns: tuple[Column, ...] = ()
        self._flags = [_FLAGS]
        self.ticks = Ticks()
        self.instead: Callable[[int, str, Any], bool] = lambda _record, _name, _value: False
        """Does more than store a value of a record that was edited, where it answers that it does."""
        self.current = -1  # the id of the current record, told by the view
        self._place = (-1, -1)
        self.visible = (0, 0)  # first and last row on screen, told by the view
        self._pages = RowPages(jobs, self._read_rows, self)
        self._pages.arrived.connect(self._arrived)
        self._pages.failed.connect(self._failed)

    # what is shown

    def set_maker(self, maker: CellMaker) -> None:
        """Rows of another kind from now on; `set_columns` and `show` follow."""
        self.beginResetModel()
        self._asked.forget()
        self._maker = maker
        self._wanted = None
        self._ids = array("q")
        self._pages.renew(self._ids, {})
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same list."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._flags = [_FLAGS | Qt.ItemFlag.ItemIsUserCheckable]
        self._flags += [_FLAGS | Qt.ItemFlag.ItemIsEditable if c.editable else _FLAGS for c in columns]
        self._pages.renew(self._ids, {})
        self.endResetModel()

    def show(self, wanted: Filter, sort: Sort | None) -> None:
        """Show another list: its first page at once, the others as soon as they are known."""
        self._wanted, self.sort_by, self._beginning = wanted, sort, True
        self._asked.read(partial(self._begin, wanted, sort), self._show_first, self._failed)

    def refresh(self) -> None:
        """Records have changed: ask again, with what is on screen kept until the answer is there."""
        if self._wanted is None:
            return
        if self._beginning:
            self.show(self._wanted, self.sort_by)
            return
        known = _Known(self._ids, self.ticks, numbers(*self.visible))
        work = partial(self._again, self._wanted, self.sort_by, known)
        self._asked.read(work, self._show_again, self._failed)

    def reread(self) -> None:
        """Read the rows in sight anew, each where it stands and also beside an open cell; all else is for `refresh`."""
        ids, seen = self._ids, numbers(*self.visible)
        self._reread.read(lambda _progress: self._pages.load(ids, seen), partial(self._show_reread, ids), self._failed)

    def _show_reread(self, ids: "array[int]", loaded: Loaded) -> None:
        if ids is self._ids:  # else another list was shown meanwhile
            self._pages.extend(ids, loaded)
            self._tell_rows(0, len(ids) - 1)

    def _begin(self, wanted: Filter, sort: Sort | None, progress: Progress) -> _Answer:
        ids = self._services.lists.ids(wanted, sort, SIZE, progress)
        return _Answer(ids, self._pages.load(ids, [0]))

    def _again(self, wanted: Filter, sort: Sort | None, known: _Known, progress: Progress) -> _Answer:
        ids = self._services.lists.ids(wanted, sort, None, progress)
        progress.check_cancelled()
        same = ids == known.ids
        ticks = known.ticks if same else known.ticks.carried(known.ids, ids)
        loaded = self._pages.load(ids, known.pages)
        return _Answer(ids, loaded, same, (self.current, _row_of(ids, self.current)), ticks, known.ticks)

    def _show_first(self, answer: _Answer) -> None:
        self.ticks, self._beginning = Ticks(), False
        self._reset(answer)
        self.shown.emit()
        self.ticked.emit()
        if len(answer.ids) < SIZE:
            self.renewed.emit()
        else:
            assert self._wanted is not None
            work = partial(self._again, self._wanted, self.sort_by, _Known(self._ids, self.ticks, range(0)))
            self._asked.read(work, self._show_rest, self._failed, patient=True)

    def _show_rest(self, answer: _Answer) -> None:
        known = len(self._ids)
        if answer.ids[:known] != self._ids:
            self._show_again(answer)
            return
        if len(answer.ids) > known:
            self.beginInsertRows(QModelIndex(), known, len(answer.ids) - 1)
            self._ids = answer.ids
            self._pages.extend(answer.ids, {})
            self.endInsertRows()
        self.renewed.emit()

    def _show_again(self, answer: _Answer) -> None:
        if not answer.same and answer.ticked is not self.ticks:
            # Ticks were set meanwhile in the rows of the old list.
            self.refresh()
            return
        if answer.same:
            self._pages.drop_others(answer.loaded)
            self._pages.extend(self._ids, answer.loaded)
            self._tell_rows(0, len(self._ids) - 1)
        else:
            self.ticks = answer.ticks
            self._reset(answer)
        self.renewed.emit()
        self.ticked.emit()

    def _reset(self, answer: _Answer) -> None:
        self.beginResetModel()
        self._ids, self._place = answer.ids, answer.place
        self._pages.renew(answer.ids, answer.loaded)
        self.endResetModel()

    def _failed(self, error: Exception) -> None:
        self.failed.emit(error.sentence if isinstance(error, CrmError) else self.tr("The list could not be read."))

    # rows

    @property
    def wanted(self) -> Filter | None:
        """What is listed."""
        return self._wanted

    @property
    def ids(self) -> "array[int]":
        """The ids in order, as far as they are known."""
        return self._ids

    @property
    def loading(self) -> bool:
        """Whether the list is being asked for."""
        return self._asked.waiting

    def id_at(self, row: int) -> int:
        """The id of the record in a row; -1 where there is no such row."""
        return self._ids[row] if 0 <= row < len(self._ids) else -1

    def row_of(self, record: int) -> int:
        """The row in which a record stands; -1 where it is not in the list."""
        known, row = self._place
        return row if record == known and self.id_at(row) == record else _row_of(self._ids, record)

    def values_at(self, row: int) -> Values | None:
        """What is known of the record in a row; None while it is being read."""
        found = self._pages.row(row) if 0 <= row < len(self._ids) else None
        return found.values if found is not None else None

    def cell(self, row: int, column: int) -> Cell | None:
        """What to paint; None while the row is being read. The delegate asks this once per cell."""
        if column == 0:
            return _TICKED if row in self.ticks else _EMPTY
        found = self._pages.row(row)
        if found is None:
            return None
        cell: Cell | None = found.cells.get(column)
        if cell is None:
            cell = found.cells[column] = self._maker.cell(self.columns[column - 1], found.values)
        return cell

    def beginning(self, column: int, most: int) -> list[Cell]:
        """A column of the first rows, as far as they are known: none is read for it."""
        return [cell for row in range(len(self._pages.beginning(most))) if (cell := self.cell(row, column)) is not None]

    def _read_rows(self, ids: Sequence[int]) -> list[Values]:
        names = list(dict.fromkeys([*(column.name for column in self.columns), *self._maker.needs]))
        kind = self._wanted.kind if self._wanted is not None else ""
        return [dict(zip(["id", *names], row, strict=True)) for row in self._services.lists.rows(kind, ids, names)]

    def _arrived(self, first: int, last: int) -> None:
        self._tell_rows(first, last)

    def _tell_rows(self, first: int, last: int) -> None:
        if last >= first >= 0:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns)))

    # ticks

    def tick(self, first: int, last: int, on: bool) -> None:
        """Tick or untick rows from one to another, in either order."""
        low, high = min(first, last), max(first, last)
        self.ticks = self.ticks.with_rows(low, high, on)
        self._tell_rows(low, high)
        self.ticked.emit()

    def is_ticked(self, row: int) -> bool:
        """Whether a row is ticked."""
        return row in self.ticks

    def tick_all(self, on: bool) -> None:
        """Tick every row of the list, or none."""
        self.ticks = Ticks.everything() if on else Ticks()
        self._tell_rows(0, len(self._ids) - 1)
        self.ticked.emit()

    @property
    def ticked_count(self) -> int:
        """How many rows are ticked."""
        return self.ticks.count(len(self._ids))

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked twice for each cell that is painted, so it is worked out once for each column.
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = self._flags[index.column()]
        return _FLAGS if flags & Qt.ItemFlag.ItemIsEditable and self.settled(index.row()) else flags

    def settled(self, row: int) -> bool:
        """Whether nothing of a record can be edited: a converted lead stays as it is."""
        values = self.values_at(row)
        return values is not None and values.get("status_type") == LeadStatus.CONVERTED.value

    def column(self, index: Index) -> Column:
        """The column in which a cell stands; not for the tick boxes."""
        return self.columns[index.column() - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.column() == 0:
            return self._tick_data(index.row(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(index.row(), index.column())
            return "" if cell is None else " ".join(part for part in (cell.text, cell.detail) if part)
        if role == Qt.ItemDataRole.EditRole:
            values = self.values_at(index.row())
            column = self.column(index)
            return "" if values is None else format.typed(column.field, values[column.name])
        if role == Qt.ItemDataRole.TextAlignmentRole and self.column(index).style is Style.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _tick_data(self, row: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            values = self.values_at(row)
            return self._maker.sentence(self.columns, values) if values is not None else self.tr("Loading")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section - 1].title if 0 < section <= len(self.columns) else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Show a checked value at once and store it; what the services refuse is taken back."""
        if not index.isValid():
            return False
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            self.tick(index.row(), index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        row = self._pages.row(index.row())
        if role != Qt.ItemDataRole.EditRole or row is None or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        name = self.column(index).name
        before, record = row.values[name], self._ids[index.row()]
        if value == before or self.instead(record, name, value):
            return True
        self._put(row, index.row(), name, value)
        self.store(record, name, value, partial(self._take_back, row, record, name, before))
        return True

    def store(self, record: int, name: str, value: Any, failed: Any) -> None:
        """Keep one value of a record."""
        assert self._wanted is not None
        kind = self._wanted.kind
        self._jobs.write(
            lambda _progress: self._services.records.set(kind, [record], {name: value}), lambda _change: None, failed
        )

    def _put(self, row: Row, at: int, name: str, value: Any) -> None:
        row.values[name] = value
        row.cells.clear()
        self._tell_rows(at, at)

    def _take_back(self, row: Row, record: int, name: str, before: Any, error: Exception) -> None:
        self._put(row, self.row_of(record), name, before)
        self.refused.emit(record, name, error.sentence if isinstance(error, CrmError) else str(error))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, if lists can be ordered by its field."""
        if self._wanted is None or not 0 < column <= len(self.columns) or not self.columns[column - 1].field.sortable:
            return
        group = self.sort_by.group if self.sort_by is not None else None
        self.show(self._wanted, Sort(self.columns[column - 1].name, order == Qt.SortOrder.DescendingOrder, group))


def _row_of(ids: "array[int]", record: int) -> int:
    # Sought among bytes, which is ten times as fast as making a number of each to compare it.
    held, sought = ids.tobytes(), record.to_bytes(ids.itemsize, sys.byteorder, signed=True)
    at = held.find(sought)
    while at >= 0 and at % ids.itemsize:
        at = held.find(sought, at + 1)
    return at // ids.itemsize
