"""What lines of one height have in common: their ground, the divider below and the ring of the focus."""

from abc import abstractmethod

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 52


class LineDelegate(QStyledItemDelegate):
    """Subclasses draw what stands in a line."""

    def __init__(self, theme: ThemeManager, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @abstractmethod
    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw what stands in a line."""

    def place(self, option: QStyleOptionViewItem, left: float, top: float, width: float, height: float) -> QRectF:
        """A rectangle of a line as it lies where one reads from."""
        box = QRectF(option.rect.left() + left, option.rect.top() + top, width, height)
        return paint.mirrored(box, option.rect, option.direction)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, self._theme.current.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box, focused = self._theme.current, QRectF(option.rect), self._view.hasFocus()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, theme.color("selected" if focused else "selectedInactive"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("hover"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("divider"))
        self.draw(painter, option, index)
        if chosen and focused:
            paint.focus_ring(painter, box, theme)
