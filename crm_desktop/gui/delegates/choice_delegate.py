"""A list of choices beside what they show: an icon, a word, the chosen one on a soft ground."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.gui import icons, paint
from crm_desktop.gui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """Choices at the left of a page as the sidebar shows pages. `glyph` names the icon of one, empty for none."""

    def __init__(self, theme: ThemeManager, view: QListView, glyph: Callable[[Index], str]) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._glyph = glyph

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._theme.current.size("navItem"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._theme.current, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            fill = theme.color("selectedInactive" if chosen else "hover")
            paint.panel(painter, box, fill, None, theme.radius("control"))
        left = 10.0
        glyph = self._glyph(index)
        if glyph:
            side = theme.px(16)
            icon = QRectF(box.left() + left, box.center().y() - side / 2, side, side)
            colour = theme.color("accentText" if chosen else "textSecondary")
            icons.draw(painter, glyph, colour, paint.mirrored(icon, option.rect, option.direction))
            left += side + 8
        words = box.adjusted(left, 0, -8, 0)
        font = theme.font("bodyStrong" if chosen else "bodyMedium")
        place = paint.mirrored(words, option.rect, option.direction)
        paint.text(painter, place, index.data(), font, theme.color("text" if chosen else "textSecondary"))
        if chosen and self._view.hasFocus():
            paint.focus_ring(painter, box, theme, theme.radius("control"))
