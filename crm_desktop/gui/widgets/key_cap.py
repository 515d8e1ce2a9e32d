"""Keys drawn as the caps of a keyboard."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import Theme, ThemeManager

HEIGHT = 18
_CAPS = (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"), ("Return", "Enter"))


def spaced(key: str) -> str:
    """A native key as the caps show it: "Ctrl K", arrows as arrows."""
    for name, cap in _CAPS:
        key = key.replace(name, cap)
    parts = key[:-1].split("+") if key.endswith("+") else key.split("+")
    # The plus key itself also ends in "+".
    return " ".join(part for part in [*parts, "+" if key.endswith("+") else ""] if part)


def cap_width(key: str, theme: Theme) -> int:
    """Width of a cap with this text."""
    return max(theme.px(HEIGHT), paint.width_of(key, theme.font("micro")) + theme.px(11))


def draw_cap(painter: QPainter, box: QRectF, key: str, theme: Theme) -> None:
    """One key cap."""
    paint.panel(painter, box, theme.color("neutralSoft" if theme.dark else "sunken"), theme.color("border"), 4)
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("textSecondary"))
    # Keys are read as they stand on the keyboard: mirrored, > would be another one.
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


@promoted
class KeyCap(QWidget):
    """A key cap as a widget."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, key: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """Show this key, written as the system writes it."""
        self._key = spaced(key)
        self.setAccessibleName(key)
        if self.parentWidget() is not None:
            self.setVisible(bool(key))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(cap_width(self._key, self._theme.current), self._theme.current.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_cap(QPainter(self), QRectF(self.rect()), self._key, self._theme.current)
