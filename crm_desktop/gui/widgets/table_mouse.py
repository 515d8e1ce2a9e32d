"""What the mouse does to the cells of a record table: it chooses, ticks, extends a range and opens cells."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QMouseEvent

from crm_desktop.gui.delegates.records_delegate import pencil_box

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.record_table import RecordTable


class TableMouse:
    """Knows the cell that the mouse is `over`, as (row, column) from 0; -1 is beside them."""

    def __init__(self, table: "RecordTable") -> None:
        self._table = table
        self.over = (-1, -1)

    def move_over(self, row: int, column: int) -> None:
        """The mouse is over another cell."""
        if (row, column) != self.over:
            before, self.over = self.over[0], (row, column)
            self._table.update_row(before)
            self._table.update_row(row)

    def pencil_in(self, row: int, column: int) -> bool:
        """Whether a cell shows that it can be edited, because the mouse is over it."""
        if (row, column) != self.over or self._table.editing:
            return False
        records = self._table.records
        return bool(records.flags(records.index(row, column)) & Qt.ItemFlag.ItemIsEditable)

    def press(self, event: QMouseEvent, usual: Callable[[QMouseEvent], None]) -> None:
        """A button went down; `usual` is what it does in any table."""
        table = self._table
        index = table.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.RightButton:
            self._choose_for_menu(index)
        elif not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            usual(event)
        else:
            on_pencil = self._on_pencil(event, index)
            table.setFocus(Qt.FocusReason.MouseFocusReason)
            if not self._ticks_or_extends(index, event.modifiers()):
                self._choose(event, index, usual)
                if on_pencil:
                    table.edit(index)

    def _on_pencil(self, event: QMouseEvent, index: QModelIndex) -> bool:
        row, column = index.row(), index.column()
        if event.modifiers() or not self.pencil_in(row, column):
            return False
        box = pencil_box(self._table, self._table.visualRect(index), row, column)
        return bool(box.contains(event.position().toPoint()))

    def _choose(self, event: QMouseEvent, index: QModelIndex, usual: Callable[[QMouseEvent], None]) -> None:
        if not event.modifiers():
            usual(event)
        self._table.ranges.clear()
        self._table.setCurrentIndex(index)
        self._table.ranges.press()

    def _ticks_or_extends(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> bool:
        """What a click does beside choosing a cell: boxes and Ctrl tick, with Shift all rows up to there or a range."""
        table, row, shift = self._table, index.row(), bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if not index.column() and shift and table.current_row >= 0:
            table.records.tick(table.current_row, row, True)
        elif not index.column() or modifiers & Qt.KeyboardModifier.ControlModifier:
            table.records.tick(row, row, not table.records.is_ticked(row))
        elif shift and table.current_row >= 0:
            table.ranges.extend_to(row, index.column())
            return True
        else:
            return False
        table.setCurrentIndex(in_row(index))
        return True

    def _choose_for_menu(self, index: QModelIndex) -> None:
        """A range stays where the button went down inside it, for the menu is about it."""
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        spans = self._table.ranges.spans
        if spans is None or not spans.holds(index.row(), index.column()):
            self._table.setCurrentIndex(in_row(index))


def in_row(index: QModelIndex) -> QModelIndex:
    """A cell, or beside the tick box, which is no place to be: Space ticks from anywhere in the row."""
    return index if index.column() else index.siblingAtColumn(1)
