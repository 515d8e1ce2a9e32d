"""Figures above the board: each says what it counts and narrows the board to it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import EnterButton

_SIDE = 8


class FigureButton(EnterButton):
    """A number over its words; pressed, it shows the deals behind it."""

    def __init__(self, theme: ThemeManager, colour: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        self._figure = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_figure(self, figure: str, words: str, tip: str) -> None:
        """Show another number."""
        self._figure = figure
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleName(f"{words}: {figure}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme.current
        width = max(
            paint.width_of(self._figure, theme.font("heading", tabular=True)),
            paint.width_of(self.text(), theme.font("small")),
        )
        return QSize(width + 2 * _SIDE + 2, theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            fill = theme.color("selectedInactive" if self.isChecked() else "hover")
            paint.panel(painter, box, fill, None, theme.radius("control"))
        inner = box.adjusted(_SIDE, 0, -_SIDE, 0)
        figure = QRectF(inner.left(), theme.px(4), inner.width(), theme.px(20))
        words = QRectF(inner.left(), theme.px(23), inner.width(), theme.px(17))
        paint.text(painter, figure, self._figure, theme.font("heading", tabular=True), theme.color(self._colour))
        paint.text(painter, words, self.text(), theme.font("small"), theme.color("textSecondary"))
        if self.hasFocus():
            paint.focus_ring(painter, box, theme, theme.radius("control"))
