"""The columns of the file as rows of a table: what they hold, where they go, and why."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.gui.pages.importing import words
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.services.importing import ColumnMatch
from crm_desktop.services.labels import Labels

Index = QModelIndex | QPersistentModelIndex
REASON = Qt.ItemDataRole.UserRole + 1


class Place(IntEnum):
    """The columns of the table."""

    NAME = 0
    VALUES = 1
    GOAL = 2
    WHY = 3


class ColumnsModel(QAbstractTableModel):
    """One row for each column of the file."""

    def __init__(self, task: Import, labels: Labels, parent: QObject) -> None:
        super().__init__(parent)
        self._task = task
        self._labels = labels
        self._titles = (self.tr("Column in file"), self.tr("First values"), self.tr("Goes to"), self.tr("Why"))
        task.looked.connect(self.renew)
        task.matched.connect(self._changed)

    def renew(self) -> None:
        """Another file: everything is new."""
        self.beginResetModel()
        self.endResetModel()

    def _changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Place) - 1))

    def column_at(self, row: int) -> ColumnMatch:
        """The column of the file in a row."""
        return self._task.draft.columns[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._task.looked_at is None else len(self._task.draft.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Place)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.column_at(index.row())
        if role == REASON:
            return words.reason(column, self._task.open_question(column))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(column, Place(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == Place.NAME:
                return self.tr("%1 goes to %2").replace("%1", column.column).replace("%2", self._goal(column))
            return self.text(column, Place(index.column()))
        return None

    def text(self, column: ColumnMatch, place: Place) -> str:
        """What stands in a cell."""
        if place is Place.NAME:
            return column.column
        if place is Place.VALUES:
            # Isolated, so that numbers and dates keep their order in languages written from the right.
            return " · ".join(f"\u2068{text}\u2069" for text in column.samples)
        if place is Place.GOAL:
            return self._goal(column)
        return words.reason(column, self._task.open_question(column))[2]

    def goes_nowhere(self, row: int) -> bool:
        """Whether the column is not imported at all."""
        column = self.column_at(row)
        return column.field is None and not column.noted

    def _goal(self, column: ColumnMatch) -> str:
        return words.goal(self._labels, self._task.draft.kind, column)
