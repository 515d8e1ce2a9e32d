"""The popover that explains a term: what it means and how it is counted here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import label

WIDTH = 368


class _Numbers(QFrame):
    """The box of numbers."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        paint.panel(QPainter(self), QRectF(self.rect()), theme.color("sunken"), None, theme.radius("control"))


class TermPopover(Popover):
    """Title, definition, numbers, formula and ways on."""

    def __init__(self, theme: ThemeManager, parent: QWidget, title: str, definition: str) -> None:
        super().__init__(theme, parent, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(definition)
        self.setFixedWidth(theme.current.px(WIDTH))
        self.body.setContentsMargins(20, 16, 20, 14)
        self.body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(title, "cardTitle"))
        head.addStretch(1)
        head.addWidget(KeyCap(theme, self, "Esc"))
        self.body.addLayout(head)
        self.body.addWidget(label(definition, "body", "secondary", wrap=True))
        self._links = QHBoxLayout()
        self._links.setContentsMargins(0, 0, 0, 0)
        self._links.setSpacing(8)
        self._links.addStretch(1)

    def show_numbers(self, heading: str, numbers: Sequence[tuple[str, str]], formula: str) -> None:
        """The numbers in a box, below it how they are counted, below that the ways on."""
        box = _Numbers(self.theme, self)
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(heading, "smallStrong"), 0, 0, 1, 2)
        for row, (words, value) in enumerate(numbers, 1):
            grid.addWidget(label(words, "small", "secondary", wrap=True), row, 0)
            grid.addWidget(label(value, "smallStrong"), row, 1, Qt.AlignmentFlag.AlignTrailing)
        self.body.addWidget(box)
        self.body.addWidget(label(formula, "small", "secondary", wrap=True))
        self.body.addLayout(self._links)

    def add_link(self, text: str, run: Callable[[], object]) -> None:
        """A way on from here; the popover closes first."""
        button = Button(self.theme, self, text, kind="link")
        button.clicked.connect(self.close)
        button.clicked.connect(lambda: run())
        self._links.insertWidget(self._links.count() - 1, button)
