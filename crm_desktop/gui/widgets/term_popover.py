"""The popover that explains a term: what it means and how it is counted here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.text import label

WIDTH = 368
_SUNKEN_PAD = 12


class _Numbers(QFrame):
    """The box of numbers."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        paint.panel(QPainter(self), QRectF(self.rect()), theme.color("sunken"), None, theme.radius("control"))


class TermPopover(QFrame):
    """Title, definition, numbers and the formula; goes with Esc or a click elsewhere."""

    def __init__(self, theme: ThemeManager, parent: QWidget, title: str, definition: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._theme = theme
        self.setAccessibleName(title)
        self.setAccessibleDescription(definition)
        self.setFixedWidth(theme.current.px(WIDTH))
        self._links = QHBoxLayout()
        self._links.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(title, "cardTitle"))
        head.addStretch(1)
        head.addWidget(KeyCap(theme, self, "Esc"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(10)
        self._column.addLayout(head)
        self._column.addWidget(label(definition, "body", "secondary", wrap=True))

    def show_numbers(self, heading: str, numbers: Sequence[tuple[str, str]], formula: str) -> None:
        """The numbers in a box and below it how they are counted."""
        box = _Numbers(self._theme, self)
        grid = QGridLayout(box)
        grid.setContentsMargins(_SUNKEN_PAD, 10, _SUNKEN_PAD, 10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(heading, "smallStrong"), 0, 0, 1, 2)
        for row, (words, value) in enumerate(numbers, 1):
            grid.addWidget(label(words, "small", "secondary", wrap=True), row, 0)
            grid.addWidget(label(value, "smallStrong"), row, 1, Qt.AlignmentFlag.AlignTrailing)
        self._column.addWidget(box)
        self._column.addWidget(label(formula, "small", "secondary", wrap=True))
        self._links.addStretch(1)
        self._column.addLayout(self._links)

    def add_link(self, text: str, run: Callable[[], object]) -> None:
        """A way on from here; the popover goes first."""
        button = Button(self._theme, self, text, kind="link")
        button.clicked.connect(self.close)
        button.clicked.connect(lambda: run())
        self._links.insertWidget(self._links.count() - 1, button)

    def show_at(self, mark: QWidget) -> None:
        """Show below the widget that asked, inside the screen."""
        self.adjustSize()
        place = mark.mapToGlobal(QPoint(0, mark.height() + 6))
        screen = mark.screen().availableGeometry()
        left = max(screen.left(), min(place.x(), screen.right() - self.width()))
        top = place.y() if place.y() + self.height() <= screen.bottom() else place.y() - self.height() - mark.height() - 12
        self.move(left, max(screen.top(), top))
        self.show()
        announce(self, f"{self.accessibleName()}. {self.accessibleDescription()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        edge = theme.color("borderControl" if theme.dark else "border")
        paint.panel(QPainter(self), QRectF(self.rect()), theme.color("raised"), edge, theme.radius("card"))
