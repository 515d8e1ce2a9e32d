"""What happened with a record and what is to do, newest first, as painted lines."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.gui import format, icons, paint
from crm_desktop.gui.context import AppContext

ICONS = {
    "call": "phone", "visit": "map-pin", "meeting": "handshake", "email_in": "mail", "email_out": "mail",
    "email": "mail", "letter": "file-text", "voicemail": "phone-missed", "chat": "message-circle",
    "note": "sticky-note", "quote": "file-text",
}  # fmt: skip
_EVENT = Qt.ItemDataRole.UserRole


class _Lines(QStyledItemDelegate):
    def __init__(self, context: AppContext, view: QListWidget) -> None:
        super().__init__(view)
        self._context = context
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        event = index.data(_EVENT)
        return QSize(40, self._context.theme.current.px(46 if event.text else 28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, event = self._context.theme.current, index.data(_EVENT)
        area = option.rect
        px = theme.px

        def place(left: float, top: float, width: float, height: float) -> QRectF:
            box = QRectF(area.left() + left, area.top() + top, width, height)
            return paint.mirrored(box, area, self._view.layoutDirection())

        line = px(28)
        side = px(14)
        name = ICONS.get(event.type, "bell" if event.kind == "task" else "sticky-note")
        icons.draw(painter, name, theme.color("textMuted"), place(0, (line - side) / 2, side, side))
        when = format.day(event.when, self._context.clock.today())
        small = theme.font("small")
        width = paint.width_of(when, small) + 2
        left = side + px(9)
        title = place(left, 0, area.width() - left - width - 8, line)
        paint.text(painter, title, event.title, theme.font("body"), theme.color("text"))
        paint.text(painter, place(area.width() - width, 0, width, line), when, small, theme.color("textMuted"))
        if event.text:
            words = " · ".join(event.text.split("\n"))
            paint.text(painter, place(left, px(23), area.width() - left, px(18)), words, small,
                       theme.color("textSecondary"))
        if self._view.hasFocus() and index.row() == self._view.currentRow():
            paint.focus_ring(painter, QRectF(area), theme, 4)


class TimelineList(QListWidget):
    """All lines at once: the panel around it scrolls."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = context.clock.today
        self.setItemDelegate(_Lines(context, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Activity"))
        context.theme.changed.connect(self._fit)

    def show_events(self, events: Sequence[Any]) -> None:
        """Show these events."""
        self.clear()
        for event in events:
            item = QListWidgetItem(_sentence(event, self._today()), self)
            item.setData(_EVENT, event)
            item.setToolTip(event.text)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self.count())) + 2)


def _sentence(event: Any, today: date) -> str:
    return ", ".join(part for part in (event.title, event.text, format.day(event.when, today)) if part)
