"""The cells of a pasted block that were not taken: where, what was to go in, and why; all of it can be copied."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.gui import format
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.content_area import room_of
from crm_desktop.gui.widgets.plain_table import Padded, plain
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.cells import write_block


class RefusedLine(NamedTuple):
    """One cell: its row in the block, from 1, the record that stands there, the column, the text and the reason.

    Beyond the table there is neither record nor column.
    """

    row: int
    name: str
    column: str
    text: str
    reason: str


class RefusedCells(QDialog):
    """A list of them. Copy takes the chosen lines, or all."""

    def __init__(self, theme: ThemeManager, lines: Sequence[RefusedLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines = lines
        self.setWindowTitle(self.tr("Cells that were not taken"))
        self._heads = [self.tr("Row"), self.tr("Record"), self.tr("Column"), self.tr("Text"), self.tr("Why")]
        self.view = QTableWidget(len(lines), len(self._heads), self)
        self._fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        layout.addWidget(label(self.tr("What was there before stays. Copy them to mend them elsewhere."),
                               tone="secondary", wrap=True))  # fmt: skip
        layout.addWidget(self.view, 1)
        layout.addLayout(self._buttons(theme))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        self.resize(QSize(theme.current.px(760), theme.current.px(440)).boundedTo(room_of(self)))
        self.view.setFocus()

    def _fill(self) -> None:
        view = self.view
        view.setAccessibleName(self.windowTitle())
        view.setHorizontalHeaderLabels(self._heads)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        plain(view)
        view.setItemDelegate(Padded(view))
        for row, line in enumerate(self._lines):
            for column, text in enumerate(self._cells(line)):
                item = QTableWidgetItem(text[:500])
                item.setToolTip(text[:2000])
                view.setItem(row, column, item)
        view.resizeColumnsToContents()
        for column in range(4):
            view.setColumnWidth(column, view.columnWidth(column) + 16)
        view.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        if self._lines:
            view.setCurrentCell(0, 0)

    def _buttons(self, theme: ThemeManager) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy_button = Button(theme, self, self.tr("Copy"), "copy")
        self.copy_button.clicked.connect(self.copy)
        close = Button(theme, self, self.tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        row.addWidget(self.copy_button)
        row.addWidget(close)
        return row

    def copy(self) -> None:
        """Put the chosen lines, or all where only one is, on the clipboard, with heads."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        chosen = [self._lines[row] for row in rows] if len(rows) > 1 else self._lines
        QGuiApplication.clipboard().setText(write_block([self._heads, *map(self._cells, chosen)]))

    def _cells(self, line: RefusedLine) -> list[str]:
        return [format.count_text(line.row), line.name, line.column, line.text, line.reason]
