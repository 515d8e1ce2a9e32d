"""One of a few answers: a radio button with a line below its words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager


class OptionRow(QAbstractButton):
    """Checkable; put several into one QButtonGroup."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_words(self, text: str, detail: str) -> None:
        """What the answer is, and what it means."""
        self._detail = detail
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme.current
        return QSize(theme.px(200), theme.px(37))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = theme.radius("control")
        chosen = self.isChecked()
        fill = theme.color("surface" if chosen and not theme.dark else "warnTint" if theme.dark else "surface")
        paint.panel(painter, box, fill, theme.color("border"), radius)
        if chosen or self.hasFocus():
            paint.focus_ring(painter, box, theme, radius)
        self._draw_disc(painter, self._place(12, theme.px(16), theme.px(16)))
        left = 12 + theme.px(16) + 10
        room = self.width() - left - 8
        middle = self.height() / 2
        lines = ((self.text(), "bodyMedium", "text", -theme.px(15)), (self._detail, "small", "textSecondary", 0))
        for words, role, colour, up in lines:
            line = QRectF(left, middle + up, room, theme.px(15))
            line = paint.mirrored(line, self.rect(), self.layoutDirection())
            paint.text(painter, line, words, theme.font(role), theme.color(colour))

    def _draw_disc(self, painter: QPainter, disc: QRectF) -> None:
        theme = self._theme.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thick = disc.width() * 0.3 if self.isChecked() else 1.5
        painter.setPen(QPen(theme.color("accent" if self.isChecked() else "borderControl"), thick))
        inset = thick / 2
        painter.drawEllipse(disc.adjusted(inset, inset, -inset, -inset))

    def _place(self, left: float, width: float, height: float) -> QRectF:
        box = QRectF(left, (self.height() - height) / 2, width, height)
        return paint.mirrored(box, self.rect(), self.layoutDirection())
