"""Pills and tags: one word of state in a soft colour."""

from PySide6.QtCore import Property, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager


@promoted
class Pill(QWidget):
    """A word on a soft fill; `tone` is accent, ok, warn, bad, violet or neutral."""

    def __init__(
        self, theme: ThemeManager, parent: QWidget | None = None, text: str = "", tone: str = "neutral"
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set(text, tone)

    def set(self, text: str, tone: str) -> None:
        """Show another state; without a word it hides."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        if self.parentWidget() is not None:
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        self.set(text, self._tone)

    def _get_tone(self) -> str:
        return self._tone

    def _set_tone(self, tone: str) -> None:
        self.set(self._text, tone)

    text = Property(str, _get_text, _set_text)
    tone = Property(str, _get_tone, _set_tone)

    def sizeHint(self) -> QSize:
        theme = self._theme.current
        return QSize(paint.pill_width(self._text, theme), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.pill(QPainter(self), QRectF(self.rect()), self._text, self._theme.current, self._tone)
