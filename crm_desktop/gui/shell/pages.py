"""The pages that were opened, and the way back through them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Page, PageSpec


class PageStack(QObject):
    """Builds each page on its first visit. `shown` carries the page that came to the front."""

    shown = Signal(object)
    built = Signal(object)

    def __init__(self, context: AppContext, specs: Sequence[PageSpec], stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._context = context
        self._stack = stack
        self.specs = {spec.id: spec for spec in specs}
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, object]] = []
        self._at = -1

    @property
    def current(self) -> Page | None:
        """The page in front; None before the first one was opened."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    @property
    def current_id(self) -> str:
        """Id of the page in front; empty before the first one was opened."""
        return self._trail[self._at][0] if self._trail else ""

    @property
    def came_from(self) -> str:
        """Title of the page whose figure opened the records now shown; empty where none did."""
        if self._at < 1 or not isinstance(self._trail[self._at][1], Filter):
            return ""
        before = self._trail[self._at - 1][0]
        return self._pages.get(before, self.specs[before]).title if before != self.current_id else ""

    def open(self, page_id: str, target: object = None) -> bool:
        """Bring a page to the front, with a filter or record to show; False if there is no such page."""
        if page_id not in self.specs:
            return False
        if target is not None or page_id != self.current_id:
            del self._trail[self._at + 1 :]
            self._trail.append((page_id, target))
            self._at = len(self._trail) - 1
        else:
            self._trail[self._at] = (page_id, None)  # what was looked at in passing is left
        if page_id in self._pages:
            self._pages[page_id].on_called()
        self._show(page_id, target)
        return True

    def step(self, by: int) -> bool:
        """Go back (-1) or forward (1), where the focus is as it was left; False at the end of the trail."""
        if not 0 <= self._at + by < len(self._trail):
            return False
        self._at += by
        page_id, target = self._trail[self._at]
        page = self._pages.get(page_id)
        left = page.focusWidget() if page is not None else None
        self._show(page_id, target)
        if left is not None and left.isVisible() and left.isEnabled():
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show(self, page_id: str, target: object) -> None:
        page = self._pages.get(page_id)
        fresh = page is None
        if page is None:
            page = self.specs[page_id].factory(self._context)
            page.title = page.title or self.specs[page_id].title
            self._pages[page_id] = page
            self._stack.addWidget(page)
            self.built.emit(page)
        self._stack.setCurrentWidget(page)
        if target is not None:
            page.open_filter(target)
        elif fresh:
            page.on_shown()
        self.shown.emit(page)
