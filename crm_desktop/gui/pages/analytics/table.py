"""The rows of a chart as a table: the same numbers for eyes, screen readers and files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.domain.figures import plain
from crm_desktop.domain.filter import Filter
from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.plain_table import plain as show_plain

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[str, Any]
"""What is read and the value behind it."""

_PAD = 8  # beside the text of a cell, as in its heading
_MEASURED = 64  # lines by which the width of a column is found


@dataclass(frozen=True)
class TableRow:
    """A line: its cells, the first being its name, and the filter of its records."""

    cells: tuple[Cell, ...]
    filter: Filter


class MadeRows(Sequence[TableRow]):
    """Lines that are made when they are asked for: a field may have as many values as there are records."""

    def __init__(self, count: int, make: Callable[[int], TableRow]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> TableRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[TableRow]: ...
    def __getitem__(self, at: int | slice) -> TableRow | Sequence[TableRow]:
        found = range(self._count)[at]
        return self._make(found) if isinstance(found, int) else [self._make(each) for each in found]


@dataclass(frozen=True)
class Table:
    """Headings and lines."""

    headings: tuple[str, ...]
    rows: Sequence[TableRow]

    def raw(self) -> list[list[object]]:
        """The lines for a file: values as other programs read them."""
        return [[_raw(*cell) for cell in row.cells] for row in self.rows]


def _raw(shown: str, value: Any) -> object:
    known = plain(value)
    return known["amount"] if isinstance(known, dict) and "amount" in known else shown if value is None else known


class TableModel(QAbstractTableModel):
    """Shows one table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table((), ())

    def show(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cells = self.table.rows[index.row()].cells
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()][0]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            pairs = zip(self.table.headings[1:], cells[1:], strict=True)
            return ", ".join([cells[0][0], *(f"{heading} {cell[0]}" for heading, cell in pairs)])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.table.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if section else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class RowsDelegate(QStyledItemDelegate):
    """Paints a cell with the air of its heading, and the chosen line in the colours of lists."""

    def __init__(self, theme: ThemeManager, parent: QTableView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._theme.current, QRectF(option.rect)
        focused = self._view.hasFocus()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selected" if focused else "selectedInactive"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("divider"))
        font, inner = theme.font("body", tabular=True), box.adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(font)
        painter.setPen(theme.color("text" if index.column() == 0 else "textSecondary"))
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        side = Qt.AlignmentFlag(alignment or int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter))
        painter.drawText(inner, side, paint.elided(index.data(), font, int(inner.width())))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme.current
        width = paint.width_of(index.data(), theme.font("body", tabular=True))
        return QSize(width + 2 * _PAD + 2, theme.row_height("compact"))


class RowsView(QTableView):
    """The table of a card. `opened` carries the filter of a line that was clicked twice or entered."""

    opened = Signal(object)

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = TableModel(self)
        self.setModel(self.rows)
        show_plain(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(RowsDelegate(theme, self))
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        theme.changed.connect(self._resize)
        self._resize()

    def show_table(self, table: Table) -> None:
        """Show another table, its first line chosen."""
        self.rows.show(table)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if table.headings:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if table.rows:
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the page and do not jump to rows."""

    def _open(self, row: int) -> None:
        self.opened.emit(self.rows.table.rows[row].filter)

    def _resize(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.current.row_height("compact"))
