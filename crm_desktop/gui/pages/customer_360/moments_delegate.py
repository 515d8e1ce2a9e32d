"""How a line of the timeline looks: icon disc, title, when, two lines of text, and how it went."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.gui import icons, paint
from crm_desktop.gui.pages.customer_360.moments import ROW, Row
from crm_desktop.gui.theme import ThemeManager

DISC, LEFT = 28, 44
HEADING, TITLE, LINE, PILL = 28, 20, 17, 26


class MomentsDelegate(QStyledItemDelegate):
    """Rows are as tall as their text."""

    def __init__(self, theme: ThemeManager, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme, row = self._theme.current, index.data(ROW)
        if row.moment is None:
            return QSize(40, theme.px(HEADING))
        height = 8 + TITLE + LINE * len(self._text(row)) + (PILL if row.pill[0] else 0) + 8
        return QSize(40, max(theme.px(44), theme.px(height)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, row, inside = self._theme.current, index.data(ROW), option.rect
        if row.moment is None:
            place = QRectF(inside.adjusted(theme.px(16), theme.px(4), -theme.px(16), 0))
            paint.text(painter, place, row.title, theme.font("smallStrong"), theme.color("textSecondary"))
            return
        focused = self._view.hasFocus()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen and focused:
            painter.fillRect(inside, theme.color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(inside, theme.color("hover"))
        self._draw_sign(painter, row, inside, chosen=chosen and focused)
        self._draw_words(painter, row, inside)
        if chosen and focused:
            paint.focus_ring(painter, QRectF(inside), theme)

    def _draw_sign(self, painter: QPainter, row: Row, inside: QRect, *, chosen: bool) -> None:
        """The disc, and the thread that leads from one to the next."""
        theme = self._theme.current
        px = theme.px
        side, top = px(DISC), px(8)
        middle = px(16) + side / 2
        begin = top if row.first else 0
        end = top if row.last else inside.height()
        painter.fillRect(self._place(inside, middle, begin, 1, end - begin), theme.color("border"))
        disc = self._place(inside, px(16), top, side, side)
        paint.panel(painter, disc, theme.color("surface" if chosen else f"{row.tone}Soft"), None, side / 2)
        inset = px(7)
        glyph = disc.adjusted(inset, inset, -inset, -inset)
        icons.draw(painter, row.glyph, theme.color(paint.tone_text(row.tone)), glyph)
        if row.moment is not None and row.moment.pinned:
            pin = self._place(inside, px(16) + side - px(8), top - px(4), px(12), px(12))
            icons.draw(painter, "pin", theme.color("warn"), pin)

    def _draw_words(self, painter: QPainter, row: Row, inside: QRect) -> None:
        theme = self._theme.current
        px = theme.px
        left, top, right = px(16 + LEFT), px(7), inside.width() - px(16)
        width = paint.width_of(row.when, theme.font("small")) + 2
        when = self._place(inside, right - width, top, width, px(TITLE))
        paint.text(painter, when, row.when, theme.font("small"), theme.color("textMuted"))
        done = row.moment is not None and row.moment.kind == "task" and not row.moment.open
        title = QFont(theme.font("bodyStrong"))
        title.setStrikeOut(done)
        room = self._place(inside, left, top, right - width - px(10) - left, px(TITLE))
        paint.text(painter, room, row.title, title, theme.color("textMuted" if done else "text"))
        top += px(TITLE)
        for words in self._text(row):
            place = self._place(inside, left, top, right - left, px(LINE))
            paint.text(painter, place, words, theme.font("small"), theme.color("textSecondary"))
            top += px(LINE)
        if row.pill[0]:
            place = self._place(inside, left, top + px(4), paint.pill_width(row.pill[0], theme), px(20))
            paint.pill(painter, place, row.pill[0], theme, row.pill[1])

    def _text(self, row: Row) -> tuple[str, ...]:
        theme = self._theme.current
        room = self._view.viewport().width() - theme.px(32 + LEFT)
        return paint.wrapped(row.text, theme.font("small").key(), max(40, room)) if row.text else ()

    def _place(self, inside: QRect, left: float, top: float, width: float, height: float) -> QRectF:
        box = QRectF(inside.left() + left, inside.top() + top, max(0.0, width), height)
        return paint.mirrored(box, inside, self._view.layoutDirection())
