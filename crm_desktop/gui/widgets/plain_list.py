"""A list of one-line texts in the colours of our own views."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.plain_table import Padded

VALUE = Qt.ItemDataRole.UserRole + 1


class PlainList(QListView):
    """Texts with a value behind each."""

    def __init__(self, theme: ThemeManager, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(Padded(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)

    @property
    def row_height(self) -> int:
        """Height of a row."""
        return self._theme.current.px(28)

    def show_texts(self, texts: Sequence[tuple[str, object]], chosen: object = None) -> None:
        """Show these, as (words, value), with one of them chosen."""
        self._items.clear()
        at = 0
        for row, (words, value) in enumerate(texts):
            item = QStandardItem(words)
            item.setData(value, VALUE)
            item.setSizeHint(QSize(0, self.row_height))
            self._items.appendRow(item)
            at = row if value == chosen else at
        # An empty list would have the focus without showing it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if texts else Qt.FocusPolicy.NoFocus)
        self.go_to(at)

    def go_to(self, row: int) -> None:
        """Make a row the current one; rows beyond either end mean the last before it."""
        self.setCurrentIndex(self._items.index(max(0, min(row, self._items.rowCount() - 1)), 0))
