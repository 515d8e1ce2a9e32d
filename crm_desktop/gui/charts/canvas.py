"""A chart in the window: drawn anew for theme and size, its marks reached by mouse and keys."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.charts.drawing import Chart, Mark
from crm_desktop.gui.charts.style import DPI, Style
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce

RESIZE_PAUSE = 120  # milliseconds: while the window is being dragged, the old picture stays
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ChartCanvas(QWidget):
    """Shows one chart. `opened` carries the filter of the records behind a mark that was clicked or entered.

    Matplotlib only draws the picture; what it brings for windows of Qt would be loaded and never used.
    """

    opened = Signal(object)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figure = Figure(dpi=DPI)
        self._drawn = FigureCanvasAgg(self._figure)
        self._chart: Chart | None = None
        self._picture = QImage()
        self.marks: list[Mark] = []
        self._boxes: list[QRectF] = []
        self.current: int | None = None
        self._by_keys = False
        self._pause = QTimer(self, interval=RESIZE_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.redraw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self.redraw)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart."""
        self._chart = chart
        self.current = None
        self.redraw()

    def redraw(self) -> None:
        """Draw the chart in the theme and size of now."""
        if self._chart is None or self.width() < DPI or self.height() < DPI:
            return
        self._pause.stop()
        ratio = self.devicePixelRatioF()
        style = Style(self._theme.current, self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        with style.worn():
            self._figure.clear()
            self._figure.set_dpi(DPI * ratio)
            self._figure.set_facecolor(style.hex("card"))
            self._figure.set_size_inches(self.width() / DPI, self.height() / DPI, forward=False)
            self.marks = self._chart.draw(self._figure, style)
            self._drawn.draw()  # type: ignore[no-untyped-call]
        self._boxes = [self._box(mark) for mark in self.marks]
        if self.current is not None and self.current >= len(self.marks):
            self.current = None
        width, height = self._drawn.get_width_height(physical=True)
        pixels = self._drawn.buffer_rgba()  # type: ignore[no-untyped-call]
        # The buffer is drawn over next time, so the picture needs its own copy.
        self._picture = QImage(pixels, width, height, QImage.Format.Format_RGBA8888).copy()
        self._picture.setDevicePixelRatio(ratio)
        self.update()

    def walk(self, index: int) -> None:
        """Go to a mark by keys and let a screen reader say it."""
        if self.marks:
            self.current = max(0, min(len(self.marks) - 1, index))
            self._by_keys = True
            announce(self, self.marks[self.current].words)
            self.update()

    def _box(self, mark: Mark) -> QRectF:
        extent, ratio = mark.patch.get_window_extent(), self._figure.dpi / DPI
        return QRectF(
            extent.x0 / ratio, self.height() - extent.y1 / ratio, extent.width / ratio, extent.height / ratio
        )  # fmt: skip

    def _at(self, point: QPointF) -> int | None:
        """The mark in whose column or row the pointer is: bars of no size must be reached too."""
        if not self._boxes or self._chart is None:
            return None
        across = self._chart.across
        centres = [box.center().x() if across else box.center().y() for box in self._boxes]
        here = point.x() if across else point.y()
        nearest = min(range(len(centres)), key=lambda index: abs(centres[index] - here))
        reach = abs(centres[1] - centres[0]) / 2 if len(centres) > 1 else max(self.width(), self.height())
        return nearest if abs(centres[nearest] - here) <= reach else None

    # what the user does

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found != self.current:
            self.current, self._by_keys = found, False
            self.setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if not self._by_keys:
            self.current = None
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.marks[found].filter)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click has opened the rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain:
            event.ignore()
        elif key in _STEPS:
            self.walk(0 if self.current is None else self.current + _STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.walk(0 if key == Qt.Key.Key_Home else len(self.marks))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.marks[self.current].filter)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.current is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.walk(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.current = None
        self.update()

    # how it is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pause.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme.current
        painter.fillRect(self.rect(), theme.color("card"))
        painter.drawImage(0, 0, self._picture)
        if self.current is not None and self.current < len(self._boxes):
            self._draw_readout(painter, self._boxes[self.current])

    def _draw_readout(self, painter: QPainter, box: QRectF) -> None:
        """What the mark says, over the picture: moving it costs no drawing of the chart."""
        theme = self._theme.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2) if self._by_keys else QPen(theme.color("text"), 1))
        painter.setBrush(QColor(Qt.GlobalColor.transparent))
        painter.drawRect(box.adjusted(-2, -2, 2, 2))
        words, font = self.marks[self.current or 0].words, theme.font("small")
        pad = theme.px(8)
        width = min(paint.width_of(words, font) + 2 * pad + 2, self.width())
        height = theme.px(26)
        left = max(0.0, min(box.center().x() - width / 2, self.width() - width))
        above = box.top() - height - theme.px(6)
        top = above if above >= 0 else min(box.bottom() + theme.px(6), self.height() - height)
        bubble = QRectF(left, top, width, height)
        paint.panel(painter, bubble, theme.color("raised"), theme.color("borderControl"), theme.radius("control"))
        paint.text(painter, bubble.adjusted(pad, 0, -pad, 0), words, font, theme.color("text"))
