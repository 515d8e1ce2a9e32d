"""Things that float above a page, with a shadow: base of toasts and of the bulk bar."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager


class Floating(QWidget):
    """A rounded bar over its parent. Its content lies in `row`; the shadow needs the margin around it."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, inverted: bool = False) -> None:
        super().__init__(parent)
        self.theme = theme
        self.inverted = inverted  # dark in the light theme, to stand out over white rows
        self.row = QHBoxLayout(self)
        margin = paint.SHADOW
        self.row.setContentsMargins(margin + 14, margin + 5, margin + 14, margin + 5)
        self.row.setSpacing(3)
        self.setProperty("floating", "dark" if inverted else "plain")

    def float_at_foot(self, width: int, height: int, gap: int) -> None:
        """Stand centred above the foot of an area of that size."""
        self.adjustSize()
        room = min(self.sizeHint().width(), width + 2 * paint.SHADOW)
        self.resize(room, self.sizeHint().height())
        self.move((width - self.width()) // 2, height - self.height() - gap + paint.SHADOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme.current
        painter = QPainter(self)
        margin = paint.SHADOW
        box = self.rect().adjusted(margin, margin, -margin, -margin)
        paint.shadow(painter, box, theme, theme.radius("card"))
        fill = theme.color("floatFill" if self.inverted else "raised")
        plain = theme.dark or not self.inverted
        edge = theme.color("borderControl" if theme.dark else "border") if plain else None
        paint.panel(painter, QRectF(box), fill, edge, theme.radius("card"))
