"""The range of cells of a record table: from where it was begun to the current cell, by keys and by mouse."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.record_table import RecordTable

FIRST = 1  # the column after the tick box
_UPRIGHT = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_FAR = 1 << 30


class CellRange(NamedTuple):
    """Cells between two corners, both included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is one of them."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """Its columns."""
        return range(self.left, self.right + 1)


class RangeSelection:
    """Grows a range over the cells of a table; the current cell is always one end of it."""

    def __init__(self, table: "RecordTable") -> None:
        self._table = table
        self._anchor: tuple[int, int] | None = None
        self._growing = False
        self._dragging = False

    @property
    def spans(self) -> CellRange | None:
        """The range where it has more than one cell."""
        return self.cells if self._anchor is not None else None

    @property
    def cells(self) -> CellRange | None:
        """The range, or the current cell alone; None without a current cell."""
        row, column = self._table.current_row, max(FIRST, self._table.current_column)
        if row < 0:
            return None
        from_row, from_column = self._anchor or (row, column)
        rows, columns = sorted((from_row, row)), sorted((from_column, column))
        return CellRange(rows[0], columns[0], rows[1], columns[1])

    def clear(self) -> None:
        """Back to the current cell alone."""
        if self._anchor is not None:
            self._anchor = None
            self._table.viewport().update()
            self._table.range_changed.emit()

    def current_moved(self) -> None:
        """The current cell is another one: the range ends, unless it grew to there."""
        if not self._growing:
            self.clear()

    def extend_to(self, row: int, column: int) -> None:
        """Let it reach from where it was begun to a cell, as far as there are cells."""
        table = self._table
        if table.current_row < 0:
            return
        row = min(max(0, row), table.records.rowCount() - 1)
        column = min(max(FIRST, column), table.records.columnCount() - 1)
        anchor = self._anchor or (table.current_row, max(FIRST, table.current_column))
        self._anchor = None if anchor == (row, column) else anchor
        self._growing = True
        table.setCurrentIndex(table.records.index(row, column))
        self._growing = False
        table.viewport().update()
        table.range_changed.emit()

    # keys

    def key(self, event: QKeyEvent) -> bool:
        """Grow by an arrow, Home, End or Page key with Shift, and with Ctrl up to the edge; False for other keys."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        far = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if modifiers & ~Qt.KeyboardModifier.ControlModifier != Qt.KeyboardModifier.ShiftModifier:
            return False
        step = self._step(Qt.Key(event.key()), far)
        if step is not None:
            self.extend_to(self._table.current_row + step[0], max(FIRST, self._table.current_column) + step[1])
        return step is not None

    def _step(self, key: Qt.Key, far: bool) -> tuple[int, int] | None:
        size = _FAR if far else 1
        if key in _UPRIGHT:
            return _UPRIGHT[key] * size, 0
        if key in _SIDEWAYS:
            return 0, _SIDEWAYS[key] * size * (-1 if self._table.mirrored else 1)
        if key in _ENDS:
            return _ENDS[key] * (_FAR if far else 0), _ENDS[key] * _FAR
        if key in _PAGES:
            height = max(1, self._table.verticalHeader().defaultSectionSize())
            return _PAGES[key] * max(1, self._table.viewport().height() // height - 1), 0
        return None

    # mouse

    def press(self) -> None:
        """The button went down on the current cell: moving it from now on draws a range."""
        self._dragging = True

    def release(self) -> None:
        """The button went up."""
        self._dragging = False

    def drag(self, at: QPoint) -> bool:
        """The mouse is moved with the button down; beyond the edge it goes on a row or a column at a time."""
        if not self._dragging:
            return False
        table, face = self._table, self._table.viewport().rect()
        inside = QPoint(min(max(at.x(), 0), face.right()), min(max(at.y(), 0), face.bottom()))
        index = table.indexAt(inside)
        row = index.row() if index.isValid() else table.records.rowCount() - 1
        column = index.column() if index.isValid() else table.current_column
        row += (at.y() > face.bottom()) - (at.y() < 0)
        if (row, max(FIRST, column)) != (table.current_row, table.current_column):
            self.extend_to(row, column)
        return True
