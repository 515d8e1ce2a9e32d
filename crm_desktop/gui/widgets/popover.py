"""A small panel that opens beside a button and closes with Esc or a click elsewhere."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.value_line import keeps_key

_GAP, _EDGE = 5, 8
"""Pixels between it and what it belongs to, and to the edges of the screen."""


class Popover(QFrame):
    """Fill `body`, then `open_at` a widget; the focus goes back to that widget when it closes."""

    def __init__(self, theme: ThemeManager, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.theme = theme
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)

    def open_at(self, anchor: QWidget, part: QRect | None = None) -> None:
        """Show below the anchor, or below a part of it, on the same screen; above it where there is no room."""
        self.fit()
        beside = part or anchor.rect()
        start = beside.bottomLeft() + QPoint(0, _GAP)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start.setX(beside.right() + 1 - self.width())
        screen = anchor.screen().availableGeometry().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        place = QRect(anchor.mapToGlobal(start), self.size())
        place.moveRight(min(place.right(), screen.right()))
        place.moveLeft(max(place.left(), screen.left()))
        above = place.top() - beside.height() - 2 * _GAP
        if place.bottom() > screen.bottom() and above - place.height() >= screen.top():
            place.moveBottom(above)
        place.moveBottom(min(place.bottom(), screen.bottom()))
        self.move(place.topLeft())
        self.show()

    def event(self, event: QEvent) -> bool:
        # While it is open, single keys are no commands of what lies behind it.
        return keeps_key(event) or super().event(event)

    def fit(self) -> None:
        """Be as large as what it holds."""
        for part_of_it in self.findChildren(QWidget):
            # What was just put in has no font yet, and so no size.
            part_of_it.ensurePolished()
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme.current
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("raised"))
        painter.setPen(theme.color("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
