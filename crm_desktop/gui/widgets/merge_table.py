"""Records beside each other, field by field: in each line one value is kept, and a press chooses another."""

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.plain_table import plain

Index = QModelIndex | QPersistentModelIndex
_NOBODY = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole)
_TITLE = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
_PAD = 8  # as the titles of all tables have


class MergeLine(NamedTuple):
    """A field: its name and words, the text of each record, which of them is kept (-1 for all), what results."""

    field: str
    title: str
    texts: tuple[str, ...]
    kept: int
    result: str


class MergeModel(QAbstractTableModel):
    """The lines of a merge; the first column names the field, the last one says what results."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: list[MergeLine] = []
        self.records: list[str] = []

    def show_lines(self, records: list[str], lines: list[MergeLine]) -> None:
        """Show other lines; `records` are the names over the columns."""
        self.beginResetModel()
        self.records, self.lines = records, lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NOBODY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOBODY) -> int:
        return 0 if parent.isValid() or not self.records else len(self.records) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in _TITLE or not self.records:
            return None
        return [self.tr("Field"), *self.records, self.tr("Result")][section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        kept = 0 < column <= len(line.texts) and line.kept in (-1, column - 1) and bool(line.texts[column - 1])
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(line, column)
            case Qt.ItemDataRole.FontRole:
                font = QFont(self._theme.current.font("bodyStrong" if kept else "body"))
                return font
            case Qt.ItemDataRole.ForegroundRole:
                muted = column == 0 or (0 < column <= len(line.texts) and not kept)
                return self._theme.current.color("textSecondary" if muted else "text")
            case Qt.ItemDataRole.AccessibleTextRole:
                words = f"{line.title}, {self._text(line, column)}"
                return self.tr("%1, kept").replace("%1", words) if kept else words
        return None

    def _text(self, line: MergeLine, column: int) -> str:
        if column == 0:
            return line.title
        return line.texts[column - 1] if column <= len(line.texts) else line.result


class _Values(QStyledItemDelegate):
    """Texts that begin where the titles above them do."""

    def __init__(self, theme: ThemeManager, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._theme.current, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selected" if self._view.hasFocus() else "selectedInactive"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, box, theme)
        words, font, colour = (index.data(role) for role in _SHOWN)
        room = box.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        paint.text(painter, room, " · ".join(str(words or "").split("\n")), font, colour)


class MergeTable(QTableView):
    """Arrows walk the values, Space, Enter or a click keeps one. `kept` tells the field and the place of its record."""

    kept = Signal(str, int)

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = MergeModel(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(_Values(theme, self))
        self.setAccessibleName(self.tr("Values of the records"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        plain(self)
        self.verticalHeader().setDefaultSectionSize(theme.current.px(32))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(lambda index: self._keep(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of commands here; they do not jump."""

    def _keep(self, index: Index) -> None:
        if not index.isValid() or not 0 < index.column() <= len(self.lines.records):
            return
        line = self.lines.lines[index.row()]
        if line.kept >= 0 and line.texts[index.column() - 1]:
            self.kept.emit(line.field, index.column() - 1)
