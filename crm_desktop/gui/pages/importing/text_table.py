"""A few rows of a file as they stand there."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.plain_table import Padded, plain

Index = QModelIndex | QPersistentModelIndex
_WIDEST = 220


class TextModel(QAbstractTableModel):
    """Names of columns and rows of text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._columns: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()

    def show(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        return None


class TextTable(QTableView):
    """Shows them; nothing can be changed here."""

    def __init__(self, theme: ThemeManager, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setItemDelegate(Padded(self))
        self.setAccessibleName(name)
        self.texts = TextModel(self)
        self.setModel(self.texts)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        plain(self)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.texts.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        theme = self._theme.current
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.horizontalHeader().setFixedHeight(theme.px(34))
        self.resizeColumnsToContents()
        for column in range(self.texts.columnCount()):
            self.setColumnWidth(column, min(theme.px(_WIDEST), self.columnWidth(column) + 16))
