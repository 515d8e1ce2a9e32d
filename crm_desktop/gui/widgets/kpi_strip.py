"""The strip of figures above the charts: each a button to the records behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QSizePolicy, QWidget

from crm_desktop.domain.filter import Filter
from crm_desktop.gui import paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import HelpMark

MIN_WIDTH = 138  # of one figure; where there is less room the strip takes two lines
SPARK_FROM = 158  # width from which there is room for the small line
HEIGHT = 82
MARK = 24  # side of the "?"


@dataclass(frozen=True)
class Kpi:
    """One figure: its name, value, the line below with its tone, its course, and the filter of its records.

    `term` is explained at its "?", with further `numbers` in words and values.
    """

    name: str
    value: str
    line: str
    filter: Filter
    tone: str = "textSecondary"
    course: tuple[float, ...] = ()
    help: str = ""
    term: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


class KpiButton(QAbstractButton):
    """One figure of the strip."""

    def __init__(self, theme: ThemeManager, kpi: Kpi, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.first = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.help_mark = HelpMark(theme, self)
        self.show_kpi(kpi)

    def show_kpi(self, kpi: Kpi) -> None:
        """Show another figure."""
        self.kpi = kpi
        self.setAccessibleName(f"{kpi.name}: {kpi.value}, {kpi.line}")
        self.setToolTip(kpi.help or kpi.line)
        self.help_mark.set_term(kpi.term)
        self.help_mark.set_name(self.tr("What is %1?").replace("%1", kpi.name))
        self._place_mark()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(MIN_WIDTH), self._theme.current.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_mark()

    def _place_mark(self) -> None:
        """Just behind the name, however wide that is."""
        theme = self._theme.current
        side = theme.px(MARK)
        left = min(theme.px(16) + paint.width_of(self.kpi.name, theme.font("small")) + 2, self.width() - side - 4)
        self.help_mark.setGeometry(self._place(QRectF(left, theme.px(10 + 17 / 2) - side / 2, side, side)).toRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        px = theme.px
        if self.underMouse():
            paint.panel(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.color("hover"), None, 6)
        if not self.first:
            painter.fillRect(self._place(QRectF(0, px(13), 1, self.height() - px(26))), theme.color("divider"))
        room = self.width() - px(24)
        lines = (
            (self.kpi.name, "small", "textSecondary", 10),
            (self.kpi.value, "figure", "text", 30),
            (self.kpi.line, "small", self.kpi.tone, 55),
        )
        for words, role, colour, top in lines:
            height = px(24 if role == "figure" else 17)
            beside = px(MARK) - px(4) if words is self.kpi.name and self.kpi.term else 0
            box = self._place(QRectF(px(16), px(top), room - beside, height))
            paint.text(painter, box, words, theme.font(role, tabular=role == "figure"), theme.color(colour))
        if len(self.kpi.course) > 1 and self.width() >= px(SPARK_FROM):
            self._draw_course(painter)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), theme, 6)

    def _draw_course(self, painter: QPainter) -> None:
        """The small line of the figure over the period; time runs from the left in every language."""
        theme = self._theme.current
        used = theme.px(28) + paint.width_of(self.kpi.value, theme.font("figure", tabular=True))
        width = min(theme.px(48), self.width() - used - theme.px(12))
        if width < theme.px(24):
            return
        box = self._place(QRectF(self.width() - theme.px(14) - width, theme.px(32), width, theme.px(20)))
        course = self.kpi.course
        low = min(course)
        across, up = box.width() / (len(course) - 1), box.height() / ((max(course) - low) or 1)
        points = [QPointF(box.left() + i * across, box.bottom() - (v - low) * up) for i, v in enumerate(course)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("chart1"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("chart1"))
        painter.drawEllipse(points[-1], 2.5, 2.5)

    def _place(self, box: QRectF) -> QRectF:
        return paint.mirrored(box, self.rect(), self.layoutDirection())


@promoted
class KpiStrip(QFrame):
    """Figures beside each other, in two lines where room is short.

    `opened` carries the filter and the name of one, `helped` the button whose figure is to be explained.
    """

    opened = Signal(object, str)
    helped = Signal(object)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: list[KpiButton] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        theme.changed.connect(self._arrange)

    def show_figures(self, kpis: Sequence[Kpi]) -> None:
        """Show these figures in their order."""
        for index, kpi in enumerate(kpis):
            if index < len(self.buttons):
                self.buttons[index].show_kpi(kpi)
            else:
                self._append(kpi)
        for button in self.buttons[len(kpis) :]:
            button.deleteLater()
        del self.buttons[len(kpis) :]
        self._arrange()

    def _append(self, kpi: Kpi) -> None:
        button = KpiButton(self._theme, kpi, self)
        button.clicked.connect(lambda: self.opened.emit(button.kpi.filter, button.kpi.name))
        button.help_mark.clicked.connect(lambda: self.helped.emit(button))
        self.buttons.append(button)

    def _arrange(self) -> None:
        fitting = max(1, self.width() // self._theme.current.px(MIN_WIDTH))
        lines = -(-len(self.buttons) // fitting) if self.buttons else 1
        columns = -(-len(self.buttons) // lines) if self.buttons else 1
        for index, button in enumerate(self.buttons):
            button.first = index % columns == 0
            button.updateGeometry()
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        box, fill, edge = QRectF(self.rect()), theme.color("card"), theme.color("border")
        paint.panel(QPainter(self), box, fill, edge, theme.radius("card"))
