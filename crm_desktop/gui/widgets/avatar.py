"""A record shown by its initials."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.models.cells import initials
from crm_desktop.gui.theme import ThemeManager


class Avatar(QWidget):
    """A disc of `side` pixels with initials, or a square whose corners the theme has under the name `corner`."""

    def __init__(self, theme: ThemeManager, side: int, parent: QWidget, corner: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = side
        self._corner = corner
        self._letters = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_name(self, name: str) -> None:
        """Show the initials of a name."""
        self._letters = initials(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.current.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        radius = theme.radius(self._corner) if self._corner else None
        paint.avatar(QPainter(self), QRectF(self.rect()), self._letters, theme, radius)
