"""The bar of a list with its conditions and how much of it they show."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.gui.forms import promoted
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.chips import Chip, ChipStrip
from crm_desktop.gui.widgets.text import label


class Condition(NamedTuple):
    """One chip: `id` is what the page knows it by; `bad` if it cannot work any more."""

    id: str
    text: str
    bad: bool = False


@promoted
class FilterBar(QWidget):
    """Chips at the left, "64 of 248" and buttons at the right, a line below."""

    add_wanted = Signal()
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.conditions: tuple[Condition, ...] = ()
        self.add_chip = Chip(theme, self.tr("Filter"), "add", self)
        self.add_chip.setAccessibleName(self.tr("Add a filter"))
        self.add_chip.clicked.connect(self.add_wanted)
        self.after: QWidget = self.add_chip  # what has the focus once the last chip was taken away
        self.strip = ChipStrip(theme, self.add_chip, self)
        self.strip.wanted.connect(lambda number: self.opened.emit(self.conditions[number].id))
        self.summary = label(role="small", tone="muted")
        self._summary = ("", "")
        self._right = QHBoxLayout()
        self._right.setSpacing(6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 16, 2)
        layout.setSpacing(6)
        layout.addWidget(self.strip)
        layout.addStretch(1)
        layout.addWidget(self.summary)
        layout.addSpacing(10)
        layout.addLayout(self._right)
        theme.changed.connect(self._resize)
        self._resize()

    def set_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show these chips."""
        if tuple(conditions) == self.conditions:
            return
        # Of the window, not hasFocus(): the dialog that edits the chip is in front.
        holder = self.window().focusWidget()
        focused = next((number for number, chip in enumerate(self.strip.chips) if chip is holder), None)
        self.conditions = tuple(conditions)
        self.strip.set_chips([self._chip(condition) for condition in conditions])
        self._fit()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        if focused is not None:
            # Who takes one away with a key goes on at the next.
            self.strip.chips[focused].setFocus() if focused < self.strip.shown else self.after.setFocus()

    def focus_on(self, condition: str) -> None:
        """Go to the chip of a condition, or to where it is folded away."""
        number = next(number for number, known in enumerate(self.conditions) if known.id == condition)
        (self.strip.chips[number] if number < self.strip.shown else self.strip.more).setFocus()

    def _chip(self, condition: Condition) -> Chip:
        chip = Chip(self._theme, condition.text, parent=self.strip)
        chip.bad = condition.bad
        chip.clicked.connect(lambda: self.opened.emit(condition.id))
        chip.removed.connect(lambda: self.removed.emit(condition.id))
        return chip

    def set_summary(self, text: str, short: str = "") -> None:
        """What is shown: "64 of 248 · sorted by score"; the `short` one where chips need the room."""
        self._summary = text, short or text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Let the summary give way before the first chip is cut."""
        layout = self.layout()
        assert layout is not None
        long, short = self._summary
        parts = layout.sizeHint().width() - self.strip.sizeHint().width() - self.summary.sizeHint().width()
        needed = parts + self.strip.least + self.summary.fontMetrics().horizontalAdvance(long)
        self.summary.setText(long if needed <= self.width() else short)
        self.summary.setToolTip("" if self.summary.text() == long else long)

    def add_widget(self, widget: QWidget) -> None:
        """Put a button of the page at the right."""
        self._right.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.current.color("border"))

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.current.size("filterBar") - 1)
