"""The head of a page: title, "?", a line about it, its actions."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.gui.actions import ActionRegistry, native_key
from crm_desktop.gui.forms import promoted
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.shell.commands import focus_pane
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button, HelpMark
from crm_desktop.gui.widgets.text import ElidedLabel, label


@promoted
class PageHeader(QWidget):
    """Shows what the page says of itself; its buttons are made once per page."""

    helped = Signal(str)
    back_wanted = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: Page | None = None
        self._boxes: dict[Page, QWidget] = {}
        self._ghosts: dict[Button, str] = {}  # buttons that can do without their words
        self.title = label(role="page")
        self.help_mark = HelpMark(theme, self)
        self.help_mark.clicked.connect(lambda: self.helped.emit(self.help_mark.term))
        self.sub_line = ElidedLabel(theme, self)
        self.sub_line.setProperty("tone", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 16, 0)
        self._row.setSpacing(3)
        self._row.addWidget(self.title)
        self._row.addWidget(self.help_mark)
        self._row.addSpacing(6)
        self._row.addWidget(self.sub_line, 1)
        self.back_button = Button(theme, self, glyph="arrow-left", kind="link")
        self._back = ""
        self.back_button.clicked.connect(self.back_wanted)
        self.back_button.hide()
        self._row.addWidget(self.back_button)
        theme.changed.connect(self._resize)
        self._resize()

    def show_page(self, page: Page, actions: ActionRegistry) -> None:
        """Show the head of this page."""
        for box in self._boxes.values():
            box.hide()
        self._page = page
        if page not in self._boxes:
            self._boxes[page] = self._make_box(page, actions)
            page.header_changed.connect(lambda: self._retell(page))
            page.destroyed.connect(lambda: self._forget(page))
        self._boxes[page].show()
        self._retell(page)
        self._resize()

    def offer_back(self, title: str) -> None:
        """Offer the way back to the page of that title; without one to none."""
        self.back_button.setVisible(bool(title))
        self._back = self.tr("Back to %1").replace("%1", title)
        self.back_button.setAccessibleName(self._back)
        self.back_button.setToolTip(f"{self._back}  {native_key('Alt+Left')}")
        self._fit()

    def _forget(self, page: Page) -> None:
        self._boxes.pop(page, None)
        self._ghosts = {button: words for button, words in self._ghosts.items() if isValid(button)}

    def _make_box(self, page: Page, actions: ActionRegistry) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        wanted = page.header_actions()
        for index, item in enumerate(wanted):
            if isinstance(item, QWidget):
                row.addWidget(item)
                continue
            entry = actions.find(item)
            if entry is not None:
                kind = "primary" if index == len(wanted) - 1 else "ghost"
                button = Button(self._theme, box, entry.command.text, entry.command.icon, kind)
                button.follow(entry.action)
                button.stopped.connect(lambda: focus_pane(page.panes()[0]))
                if kind == "ghost" and entry.command.icon:
                    self._ghosts[button] = entry.command.text
                row.addWidget(button)
        self._row.addWidget(box)
        return box

    def _retell(self, page: Page) -> None:
        if page is not self._page or not isValid(page):
            return
        self.title.setText(page.title)
        self.sub_line.setText(page.sub_line)
        self.help_mark.set_term(page.help_term)
        self.setAccessibleName(page.title)
        self.update()

    def _resize(self) -> None:
        line = self._page is not None and self._page.header_line
        # With a line below, the head has the air that tabs would give it.
        self.setFixedHeight(self._theme.current.size("pageHeader") + (5 if line else 0))
        self._fit()

    def _fit(self) -> None:
        """Where room is short, buttons beside the main one, then the way back, show their icon alone.

        The tool tip has their words.
        """
        box = self._boxes.get(self._page) if self._page is not None else None
        ghosts = [button for button in self._ghosts if box is not None and box.isAncestorOf(button)]
        for button in ghosts:
            button.setText(self._ghosts[button])
        self.back_button.setText(self._back.replace("&", "&&"))
        inner = box.layout() if box is not None else None
        for buttons in (ghosts, [self.back_button]):
            if inner is not None:
                inner.activate()
            self._row.activate()
            if self._row.minimumSize().width() > self.width():
                for button in buttons:
                    button.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page is not None and self._page.header_line:
            painter = QPainter(self)
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.current.color("border"))
