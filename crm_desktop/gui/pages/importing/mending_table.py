"""The cells that a problem is about, to be mended where they stand."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crm_desktop.gui import format
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.text_table import TextModel, TextTable
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.services.importing import Problem

Index = QModelIndex | QPersistentModelIndex
_TEXT, _STATE = 1, 2
_TALLEST = 6  # rows that are seen at once


class MendingModel(TextModel):
    """Row, what stands there, and whether the row comes in now; the text can be changed."""

    def __init__(self, task: Import, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        self._task = task
        self._problem = problem
        self._said = dict(problem.cells)
        task.planned.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Tell of each row what becomes of it: another column may still keep it out."""
        plan = self._task.plan
        open_ = plan.outcome.left_out if plan else set()
        head = (self.tr("Row"), self._problem.column or "", self.tr("State"))
        lines = [(format.count_text(row), text, self.tr("Left out") if row in open_ else self.tr("Comes in"))
                 for row, text in self._said.items()]  # fmt: skip
        if self.rowCount() != len(lines):
            self.show(head, lines)
        else:
            self._rows = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, _STATE))

    def flags(self, index: Index) -> Qt.ItemFlag:
        more = Qt.ItemFlag.ItemIsEditable if index.column() == _TEXT else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | more

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.EditRole else role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, held = list(self._said.items())[index.row()]
        if role != Qt.ItemDataRole.EditRole or index.column() != _TEXT or value == held:
            return False
        self._said[row] = str(value)
        self._task.mend(row, self._problem.column or "", str(value))
        return True


class MendingTable(TextTable):
    """Enter, F2 or a double click open a cell; each change is checked at once."""

    def __init__(self, theme: ThemeManager, task: Import, problem: Problem, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self.setAccessibleName(self.tr("Rows to mend"))
        self.mending = MendingModel(task, problem, self)
        self.texts = self.mending
        self.setModel(self.mending)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self._fit()
        self.setColumnWidth(_TEXT, theme.current.px(280))
        self.horizontalHeader().setStretchLastSection(True)  # the state changes, and with it how wide it is
        shown = min(_TALLEST, self.mending.rowCount()) + 1
        self.setFixedHeight(shown * theme.current.px(34) + 4)
        self.setCurrentIndex(self.mending.index(0, _TEXT))
