"""The list with its side panel: beside it where there is room, over it in narrow windows."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.gui.theme import ThemeManager

NARROW = 1200  # width of the window under which the panel lies over the list


class Body(QWidget):
    """`main` holds the list; `overlaid` tells how the panel lies."""

    uncovered = Signal()
    """The window has become wide enough for the panel, or the text small enough."""

    def __init__(self, theme: ThemeManager, content: QWidget, panel: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.main = QWidget(self)
        inner = QVBoxLayout(self.main)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(content)
        self.panel = panel
        panel.setParent(self)
        self._wanted = True  # beside the list
        self._opened = False  # over the list
        self._allowed = True
        theme.changed.connect(self._fit)

    @property
    def overlaid(self) -> bool:
        """Whether the panel lies over the list."""
        return self.window().width() < self._theme.current.px(NARROW)

    def show_panel(self, shown: bool) -> None:
        """Show or hide the panel."""
        if self.overlaid:
            self._opened = shown
        else:
            self._wanted = shown
        self.arrange()

    def allow_panel(self, allowed: bool) -> None:
        """Without records there is nothing for the panel to show."""
        if allowed != self._allowed:
            self._allowed = allowed
            self.arrange()

    def arrange(self) -> None:
        """Give list and panel their places."""
        overlaid = self.overlaid
        shown = self._allowed and (self._opened if overlaid else self._wanted)
        width = min(self._theme.current.px(self._theme.current.tokens["size"]["sidePanel"][1]), self.width())
        room = self.width() - (width if shown and not overlaid else 0)
        area = self.rect()
        direction = self.layoutDirection()
        self.main.setGeometry(_at_start(direction, area, room))
        self.panel.setGeometry(_at_end(direction, area, width))
        self.panel.raise_()  # what floats over both comes back to the front when it hears that the panel is shown
        self.panel.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Arrange both in another size, and tell if that uncovers the panel."""
        hidden = self.panel.isHidden()
        self.arrange()
        if hidden and not self.panel.isHidden():
            self.uncovered.emit()


def _at_start(direction: Qt.LayoutDirection, area: QRect, width: int) -> QRect:
    left = area.width() - width if direction == Qt.LayoutDirection.RightToLeft else 0
    return QRect(left, 0, width, area.height())


def _at_end(direction: Qt.LayoutDirection, area: QRect, width: int) -> QRect:
    left = 0 if direction == Qt.LayoutDirection.RightToLeft else area.width() - width
    return QRect(left, 0, width, area.height())
