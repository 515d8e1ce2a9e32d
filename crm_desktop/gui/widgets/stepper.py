"""The steps of a wizard."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from crm_desktop.gui import icons, paint
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager


class _Step(QAbstractButton):
    def __init__(self, theme: ThemeManager, number: int, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self.state = "coming"  # done, current, coming
        self.short = False  # only the number, for want of room
        self.setText(text)
        self.setToolTip(text)

    def set_state(self, state: str) -> None:
        self.state = state
        self.setEnabled(state == "done")
        words = {
            "done": self.tr("Step %1, %2, done"),
            "current": self.tr("Step %1, %2, current"),
            "coming": self.tr("Step %1, %2"),
        }[state]
        self.setAccessibleName(words.replace("%1", str(self._number)).replace("%2", self.text()))
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme.current
        if self.short:
            return QSize(theme.px(22), theme.px(28))
        return QSize(theme.px(22) + 10 + paint.width_of(self.text(), theme.font("bodyStrong")), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        side = theme.px(22)
        disc = self._place(0, side, side)
        self._draw_disc(painter, disc)
        if not self.short:
            self._draw_words(painter, side)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), theme, theme.radius("control"))

    def _draw_words(self, painter: QPainter, side: int) -> None:
        theme = self._theme.current
        coming = self.state == "coming"
        font = theme.font("bodyMedium" if coming else "bodyStrong")
        words = self._place(side + 8, self.width() - side - 8, self.height())
        paint.text(painter, words, self.text(), font, theme.color("textSecondary" if coming else "text"))

    def _draw_disc(self, painter: QPainter, disc: QRectF) -> None:
        theme = self._theme.current
        half = disc.width() / 2
        if self.state == "done":
            paint.panel(painter, disc, theme.color("okFill"), None, half)
            icons.draw(painter, "check", theme.color("surface"), disc.adjusted(4, 4, -4, -4), bold=True)
            return
        current = self.state == "current"
        if current:
            paint.panel(painter, disc, theme.color("accent"), None, half)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("borderControl"), 1.5))
            painter.drawEllipse(disc.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setFont(theme.font("smallStrong"))
        painter.setPen(theme.color("onAccent" if current else "textSecondary"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _place(self, left: float, width: float, height: float) -> QRectF:
        box = QRectF(left, (self.height() - height) / 2, width, height)
        return paint.mirrored(box, self.rect(), self.layoutDirection())


class _Link(QWidget):
    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.done = False
        self.setFixedSize(34, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.current.color("borderControl" if self.done else "border")
        QPainter(self).fillRect(0, self.height() // 2, self.width(), 1, colour)


@promoted
class Stepper(QWidget):
    """Numbered steps; those done can be clicked to go back. `chosen` carries the index from 0."""

    chosen = Signal(int)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: list[_Step] = []
        self._links: list[_Link] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 20, 0)
        self._row.setSpacing(14)
        self.setFixedHeight(52)
        self.setAccessibleName(self.tr("Steps"))

    def set_steps(self, titles: Sequence[str]) -> None:
        """Name the steps; called once."""
        for index, title in enumerate(titles):
            if index:
                link = _Link(self._theme, self)
                self._links.append(link)
                self._row.addWidget(link)
            step = _Step(self._theme, index + 1, title, self)
            step.clicked.connect(lambda _=False, i=index: self.chosen.emit(i))
            self._steps.append(step)
            self._row.addWidget(step)
        self._row.addStretch(1)
        self.set_current(0)

    def set_current(self, current: int) -> None:
        """Which step is shown; all before it are done."""
        for index, step in enumerate(self._steps):
            step.set_state("done" if index < current else "current" if index == current else "coming")
        for index, link in enumerate(self._links):
            link.done = index < current
            link.update()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where not all words have room, only the step that is shown keeps them; the others have their tool tip."""
        for step in self._steps:
            step.short = False
        gaps = (len(self._steps) + len(self._links)) * self._row.spacing()
        needed = sum(part.sizeHint().width() for part in self._steps) + sum(part.width() for part in self._links) + gaps
        margins = self._row.contentsMargins()
        for step in self._steps:
            step.short = needed + margins.left() + margins.right() > self.width() and step.state != "current"
            step.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.current.color("border")
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, colour)
