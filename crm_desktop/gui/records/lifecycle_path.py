"""How far a lead has come: the steps side by side, each a button that sets it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.domain.terms import Lifecycle
from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager

STEPS = (Lifecycle.LEAD, Lifecycle.MQL, Lifecycle.SQL, Lifecycle.OPPORTUNITY, Lifecycle.CUSTOMER)
_ORDER = list(Lifecycle)


class _Step(QAbstractButton):
    def __init__(self, theme: ThemeManager, step: Lifecycle, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.step = step
        self.reached = self.here = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.current.px(40), self._theme.current.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        bar = QRectF(1, 2, self.width() - 2, theme.px(5))
        paint.panel(painter, bar, theme.color("accent" if self.reached else "track"), None, bar.height() / 2)
        font = theme.font("tagStrong" if self.here else "micro")
        colour = theme.color("accentText" if self.here else "textSecondary")
        words = QRectF(1, bar.bottom() + 3, self.width() - 2, self.height() - bar.bottom() - 3)
        paint.text(painter, words, self.text(), font, colour)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), theme, 4)


class LifecyclePath(QWidget):
    """`chosen` carries the code of the step that was pressed."""

    chosen = Signal(str)

    def __init__(self, theme: ThemeManager, words: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._steps = [_Step(theme, step, self) for step in STEPS]
        for button in self._steps:
            button.setText(words(button.step.value))
            button.setToolTip(button.text())
            button.clicked.connect(lambda _=False, step=button.step: self.chosen.emit(step.value))
            # Long words get more room, so that none is cut.
            row.addWidget(button, paint.width_of(button.text(), theme.current.font("tagStrong")) + 8)

    def show_reached(self, code: str | None) -> None:
        """Mark the step that is reached and those before it."""
        at = _ORDER.index(Lifecycle(code)) if code else -1
        for button in self._steps:
            button.reached = _ORDER.index(button.step) <= at
            button.here = button.step.value == code
            state = self.tr("now") if button.here else self.tr("done") if button.reached else ""
            button.setAccessibleName(f"{button.text()} {state}".strip())
            button.update()
