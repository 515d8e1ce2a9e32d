"""The table in which columns of the file are given to fields, by mouse or by keys."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crm_desktop.gui.pages.importing.columns_delegate import ColumnsDelegate
from crm_desktop.gui.pages.importing.columns_model import ColumnsModel, Place
from crm_desktop.gui.theme import ThemeManager

_SHARES = {Place.NAME: 0.19, Place.VALUES: 0.335, Place.WHY: 0.265}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)


class ColumnsTable(QTableView):
    """Shows the columns. `choose_wanted` asks for a field for a row, `row_changed` tells which row is current."""

    choose_wanted = Signal(int)
    row_changed = Signal(int)

    def __init__(self, theme: ThemeManager, columns: ColumnsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(columns)
        self.setItemDelegate(ColumnsDelegate(theme, self, columns))
        self.setProperty("kind", "columns")
        self.setAccessibleName(self.tr("Columns of the file and where they go"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        columns.modelReset.connect(self.start)
        columns.dataChanged.connect(lambda *_: self.viewport().update())
        theme.changed.connect(self._fit)
        self._fit()

    def start(self) -> None:
        """The first column is the current one."""
        self.setCurrentIndex(self.model().index(0, 0))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.viewport().update()
        self.row_changed.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if row >= 0 and (event.key() in _ENTER or down):
            self.choose_wanted.emit(row)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of commands, not a search."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == Place.GOAL:
            self.choose_wanted.emit(index.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme.current
        self.verticalHeader().setDefaultSectionSize(theme.px(42))
        self.horizontalHeader().setFixedHeight(theme.px(34))
        room = self.viewport().width()
        widths = {place: round(room * share) for place, share in _SHARES.items()}
        widths[Place.GOAL] = room - sum(widths.values())
        for place, width in widths.items():
            self.setColumnWidth(place, width)
