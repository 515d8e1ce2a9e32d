"""Paints the table of columns: names, values, the box with the field, and the reason."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from crm_desktop.gui import icons, paint
from crm_desktop.gui.pages.importing.columns_model import REASON, ColumnsModel, Place
from crm_desktop.gui.theme import Theme, ThemeManager

PAD = 20
_ARROW = 48  # room at the end of the values for the arrow
_BOX = 30


class ColumnsDelegate(QStyledItemDelegate):
    """All rectangles pass through one helper, so that they mirror."""

    def __init__(self, theme: ThemeManager, view: QTableView, columns: ColumnsModel) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._columns = columns

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._theme.current.px(42))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme.current
        rect: QRect = option.rect
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.fillRect(rect, theme.color("selected" if current else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("divider"))
        place = Place(index.column())
        words = str(index.data())
        if place is Place.GOAL:
            self._draw_box(painter, rect, words, index.row())
        elif place is Place.WHY:
            self._draw_reason(painter, rect, index)
        else:
            self._draw_words(painter, rect, words, index)
        if current:
            self._mark(painter, rect, place, theme)
        painter.restore()

    def _draw_words(
        self, painter: QPainter, rect: QRect, words: str, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme.current
        nowhere = self._columns.goes_nowhere(index.row())
        if index.column() == Place.NAME:
            box = self._place(rect, PAD, rect.width() - PAD - 8, rect.height())
            paint.text(painter, box, words, theme.font("bodyStrong"), theme.color("textMuted" if nowhere else "text"))
            return
        room = rect.width() - 8 - theme.px(_ARROW)
        box = self._place(rect, 8, room, rect.height())
        paint.text(painter, box, words, theme.font("small"), theme.color("textMuted" if nowhere else "textSecondary"))
        arrow = self._place(rect, rect.width() - theme.px(_ARROW) + 8, theme.px(16), theme.px(16))
        icons.draw(painter, "arrow-right", theme.color("textMuted"), arrow)

    def _draw_box(self, painter: QPainter, rect: QRect, words: str, row: int) -> None:
        theme = self._theme.current
        nowhere = self._columns.goes_nowhere(row)
        box = self._place(rect, 8, rect.width() - 16, theme.px(_BOX))
        edge = theme.color("border" if nowhere else "borderControl")
        paint.panel(painter, box, theme.color("surface"), edge, theme.radius("control"))
        inside = box.toRect()
        room = self._place(inside, 10, inside.width() - theme.px(34), inside.height())
        paint.text(painter, room, words, theme.font("body"), theme.color("textMuted" if nowhere else "text"))
        glyph = self._place(inside, inside.width() - theme.px(22), theme.px(14), theme.px(14))
        icons.draw(painter, "chevron-down", theme.color("textSecondary"), glyph)

    def _draw_reason(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        theme = self._theme.current
        glyph, colour, words = index.data(REASON)
        side = theme.px(16)
        icons.draw(painter, glyph, theme.color(colour), self._place(rect, 8, side, side))
        asks = colour == "warn"
        box = self._place(rect, 8 + side + 7, rect.width() - side - 20, rect.height())
        font = theme.font("smallStrong" if asks else "small")
        paint.text(painter, box, words, font, theme.color("warn" if asks else "textSecondary"))

    def _mark(self, painter: QPainter, rect: QRect, place: Place, theme: Theme) -> None:
        """The ring of the current row while keys go here, else the edge in front of it."""
        if not self._view.hasFocus():
            if place is Place.NAME:
                painter.fillRect(self._place(rect, 0, 3, rect.height()), theme.color("accent"))
            return
        colour = theme.color("focus")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, colour)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colour)
        if place is Place.NAME:
            painter.fillRect(self._place(rect, 0, 2, rect.height()), colour)
        if place is Place.WHY:
            painter.fillRect(self._place(rect, rect.width() - 2, 2, rect.height()), colour)

    def _place(self, rect: QRect, left: float, width: float, height: float) -> QRectF:
        box = QRectF(rect.left() + left, rect.top() + (rect.height() - height) / 2, width, height)
        direction = Qt.LayoutDirection(self._view.layoutDirection())
        return paint.mirrored(box, rect, direction)
