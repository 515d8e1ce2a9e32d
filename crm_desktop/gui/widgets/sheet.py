"""A card that is filled by one view up to its edge."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager


class Sheet(QFrame):
    """Draws the edge; the view lies inside, with so much room around it."""

    def __init__(self, theme: ThemeManager, view: QWidget, room: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        layout = QVBoxLayout(self)
        layout.setContentsMargins(room, room, room, room)
        layout.addWidget(view)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        box = QRectF(self.rect())
        paint.panel(QPainter(self), box, theme.color("surface"), theme.color("border"), theme.radius("card"))
