"""A list of lines of one height, painted by a delegate."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QListView, QWidget

from crm_desktop.gui.theme import ThemeManager


class PaintedList(QListView):
    """Shows a model; `delegate` makes what paints its lines."""

    def __init__(
        self,
        theme: ThemeManager,
        model: QAbstractListModel,
        delegate: Callable[[ThemeManager, QListView], QAbstractItemDelegate],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(delegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.doItemsLayout)

    @property
    def row(self) -> int:
        """The current row, -1 without one."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a row the current one, and the only one that is selected; the last where there is none so far down."""
        index = self.model().index(min(row, self.model().rowCount() - 1), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
