"""What is told of a term: its meaning, its numbers in a box, how they are counted, and ways on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label


class _Box(QFrame):
    """The sunken box of numbers."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        paint.panel(QPainter(self), QRectF(self.rect()), theme.color("sunken"), None, theme.radius("control"))


class TermBody(QWidget):
    """Stands in the popover and in the glossary. The numbers come later, as soon as they are counted."""

    def __init__(self, theme: ThemeManager, parent: QWidget, definition: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self._links = QHBoxLayout()
        self._links.setSpacing(8)
        self._links.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addWidget(label(definition, "body", "secondary", wrap=True))
        self._layout.addLayout(self._links)

    def show_numbers(self, numbers: Sequence[tuple[str, str]], formula: str) -> None:
        """The numbers in a box, below it how they are counted. Without numbers the words stand in the box."""
        box = _Box(self._theme, self)
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(self.tr("How it is counted here"), "smallStrong"), 0, 0, 1, 2)
        for row, (words, value) in enumerate(numbers, 1):
            grid.addWidget(label(words, "small", "secondary", wrap=True), row, 0)
            grid.addWidget(label(value, "smallStrong"), row, 1, Qt.AlignmentFlag.AlignTrailing)
        words_below = label(formula, "small", "secondary", wrap=True)
        at = self._layout.indexOf(self._links)
        self._layout.insertWidget(at, box)
        if numbers:
            self._layout.insertWidget(at + 1, words_below)
        else:
            grid.addWidget(words_below, 1, 0, 1, 2)
        # At once, so that whoever measures next counts them in.
        for part in (box, words_below):
            part.show()

    def add_link(self, text: str, run: Callable[[], object], first: bool = False) -> Button:
        """A way on from here."""
        button = Button(self._theme, self, text, kind="link")
        button.clicked.connect(lambda: run())
        self._links.insertWidget(0 if first else self._links.count() - 1, button)
        button.show()  # at once, like the box
        return button
