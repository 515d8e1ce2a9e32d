"""The toggle switch: on or off at once."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager


@promoted
class Switch(QAbstractButton):
    """Space or a click toggles it; set its accessibleName to what it switches."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(36), self._theme.current.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        track = QRectF(3, 3, self.width() - 6, self.height() - 6)
        half = track.height() / 2
        on = self.isChecked()
        fill = theme.color("accent" if on else "surface") if self.isEnabled() else theme.color("track")
        paint.panel(painter, track, fill, None if on else theme.color("borderControl"), half)
        knob = QRectF(track.adjusted(2, 2, -2, -2))
        knob.setWidth(knob.height())
        if on != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft):
            knob.moveRight(track.right() - 2)
        paint.panel(painter, knob, theme.color("onAccent" if on else "borderControl"), None, knob.height() / 2)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), theme, self.height() / 2)
