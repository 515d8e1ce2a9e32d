"""A picture in a small rounded square, in front of a few words."""

from PySide6.QtCore import Property, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager

# Fill, edge, icon.
_TONES = {
    "accent": ("accentSoft", None, "accentText"),
    "sunken": ("sunken", None, "textSecondary"),
    "card": ("card", "border", "accentText"),
}


@promoted
class Tile(QWidget):
    """An icon on a fill; `tone` is accent, sunken or card, `side` its size before scaling."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._glyph = ""
        self._tone = "card"
        self._side = 34
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set(self, glyph: str, tone: str, side: int) -> None:
        """Show an icon."""
        self._glyph, self._tone, self._side = glyph, tone, side
        self.updateGeometry()
        self.update()

    def _get_glyph(self) -> str:
        return self._glyph

    def _set_glyph(self, glyph: str) -> None:
        self.set(glyph, self._tone, self._side)

    glyph = Property(str, _get_glyph, _set_glyph)

    def sizeHint(self) -> QSize:
        side = self._theme.current.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        fill, edge, colour = _TONES[self._tone]
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.panel(painter, box, theme.color(fill), theme.color(edge) if edge else None, theme.radius("card"))
        gap = (box.width() - theme.px(20 if self._side > 40 else 16)) / 2
        icons.draw(painter, self._glyph, theme.color(colour), box.adjusted(gap, gap, -gap, -gap))
