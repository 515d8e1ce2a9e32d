"""The mark of the program."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager


@promoted
class Brand(QWidget):
    """Two hands on the accent colour, as high as the widget."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._theme.current.px(24)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.panel(painter, box, theme.color("accent"), None, box.height() / 4)
        gap = box.height() / 6
        icons.draw(painter, "handshake", theme.color("onAccent"), box.adjusted(gap, gap, -gap, -gap))
