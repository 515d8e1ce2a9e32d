"""The columns of a record table that stay when it is scrolled sideways: the tick box and the name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crm_desktop.gui.models.cells import Style

if TYPE_CHECKING:
    from crm_desktop.gui.widgets.record_table import RecordTable

Index = QModelIndex | QPersistentModelIndex
_MOST = 0.67  # of the width of the table; where they would take more, they scroll with the others


class FrozenColumns:
    """Painted over the others at the edge where reading begins. The table asks it where cells are."""

    def __init__(self, table: "RecordTable") -> None:
        self._table = table

    @property
    def last(self) -> int:
        """The last section that stays: the name where it stands first, else the tick box."""
        columns = self._table.records.columns
        return 1 if columns and columns[0].style is Style.NAME else 0

    @property
    def width(self) -> int:
        """How much of the table they take; 0 where they would leave too little to the others."""
        width = sum(self._table.columnWidth(section) for section in range(self.last + 1))
        return width if width <= self._table.viewport().width() * _MOST else 0

    @property
    def on(self) -> bool:
        """Whether anything is scrolled away beneath them."""
        return self._table.horizontalScrollBar().value() > 0 and self.width > 0

    def left(self, section: int) -> int:
        """Where a section that stays begins on screen."""
        table = self._table
        before = sum(table.columnWidth(each) for each in range(section))
        return table.viewport().width() - before - table.columnWidth(section) if table.mirrored else before

    def section_at(self, x: int) -> int:
        """The section that stays at a place of the table; -1 beside them."""
        if self.on:
            for section in range(self.last + 1):
                if 0 <= x - self.left(section) < self._table.columnWidth(section):
                    return section
        return -1

    def index_at(self, at: QPoint) -> QModelIndex | None:
        """The cell that stays at a place; None beside them."""
        section = self.section_at(at.x())
        return self._table.records.index(self._table.rowAt(at.y()), section) if section >= 0 else None

    def rect(self, index: Index, usual: QRect) -> QRect:
        """Where a cell is on screen; `usual` is where it would be if nothing stayed."""
        if not index.isValid() or index.column() > self.last or not self.on:
            return usual
        return QRect(self.left(index.column()), usual.top(), usual.width(), usual.height())

    def free(self) -> tuple[int, int]:
        """The first and the last pixel of a row that they leave to the others."""
        end = self._table.viewport().width() - 1
        width = self.width if self.on else 0
        return (0, end - width) if self._table.mirrored else (width, end)

    def hidden(self, section: int) -> int:
        """How far another section lies beneath them, in pixels."""
        table = self._table
        left = table.columnViewportPosition(section)
        if table.mirrored:
            return max(0, left + table.columnWidth(section) - (table.viewport().width() - self.width))
        return max(0, self.width - left)

    def paint(self, area: QRect) -> None:
        """Paint their cells in an area, over what is scrolled there."""
        table, theme = self._table, self._table.theme.current
        option = QStyleOptionViewItem()
        painter = QPainter(table.viewport())
        first, last = table.rowAt(area.top()), table.rowAt(area.bottom())
        last = last if last >= 0 else table.records.rowCount() - 1
        for section in range(self.last + 1):
            width = table.columnWidth(section)
            for row in range(first, last + 1) if first >= 0 and width else ():
                index = table.records.index(row, section)
                option.rect = QRect(self.left(section), table.rowViewportPosition(row), width, table.rowHeight(row))
                painter.fillRect(option.rect, theme.color("surface"))
                painter.save()
                painter.setClipRect(option.rect)
                table.itemDelegate().paint(painter, option, index)
                painter.restore()
        self._edge(painter, table.viewport().height())
        painter.end()

    def _edge(self, painter: QPainter, height: int) -> None:
        first, last = self.free()
        x = last if self._table.mirrored else first
        painter.fillRect(x, 0, 1, height, self._table.theme.current.color("borderControl"))

    def paint_titles(self, painter: QPainter, height: int) -> None:
        """Paint their titles over those that are scrolled there."""
        header = self._table.header
        for section in range(self.last + 1):
            if width := self._table.columnWidth(section):
                header.paintSection(painter, QRect(self.left(section), 0, width, height), section)
        self._edge(painter, height)
