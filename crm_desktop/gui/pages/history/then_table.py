"""The fields of a record as a table: what they held then, and what they hold today."""

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.gui import icons, paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.plain_table import plain

Index = QModelIndex | QPersistentModelIndex
_NOBODY = QModelIndex()


class ThenLine(NamedTuple):
    """A field, and in words what it is called, what it held and what it holds."""

    field: str
    title: str
    then: str
    now: str
    differs: bool


class ThenModel(QAbstractTableModel):
    """The fields that the record held then or holds now, those that differ first."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: list[ThenLine] = []

    def show_lines(self, lines: list[ThenLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = sorted(lines, key=lambda line: not line.differs)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOBODY) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return [self.tr("Field"), self.tr("Then"), self.tr("Today")][section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        theme = self._theme.current
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return (line.title, line.then, line.now)[column]
            case Qt.ItemDataRole.AccessibleTextRole if column == 0:
                return self._sentence(line)
            case Qt.ItemDataRole.FontRole:
                return theme.font("bodyStrong" if line.differs and column == 1 else "body")
            case Qt.ItemDataRole.ForegroundRole:
                quiet = column == 0 or (column == 2 and not line.differs)
                return theme.color("accentText" if line.differs and column < 2 else "textMuted" if quiet else "text")
            case Qt.ItemDataRole.DecorationRole if column == 0 and line.differs:
                return icons.icon("pencil-line", theme, "accentText")
        return None

    def _sentence(self, line: ThenLine) -> str:
        text = self.tr("%1: %2").replace("%1", line.title).replace("%2", line.then)
        return self.tr("%1 (today: %2)").replace("%2", line.now).replace("%1", text) if line.differs else text


class _RowDelegate(QStyledItemDelegate):
    """The row has the focus, not one cell of it."""

    def __init__(self, theme: ThemeManager, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if not self._view.hasFocus():
            option.palette.setColor(QPalette.ColorRole.Highlight, self._theme.current.color("selectedInactive"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            model = self._view.model()
            ends = (self._view.visualRect(model.index(index.row(), column)) for column in (0, model.columnCount() - 1))
            painter.save()
            painter.setClipRect(option.rect)
            paint.focus_ring(painter, QRectF(next(ends).united(next(ends))), self._theme.current)
            painter.restore()


class ThenTable(QTableView):
    """Its lines; letters are keys of commands here."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines = ThenModel(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setAccessibleName(self.tr("The record as it was"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        plain(self)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        px = self._theme.current.px
        self.verticalHeader().setDefaultSectionSize(px(30))
        self.setIconSize(QSize(px(14), px(14)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Left and right have nowhere to go; the row is what is chosen.
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump."""
