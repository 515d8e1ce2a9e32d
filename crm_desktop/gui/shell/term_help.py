"""Answers the "?" marks with the popover of a term, and knows the terms for the palette."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.gui.actions import Command
from crm_desktop.gui.format import count_text
from crm_desktop.gui.language import tr
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.widgets.buttons import HelpMark

if TYPE_CHECKING:
    from crm_desktop.gui.shell.palette import PaletteItem
    from crm_desktop.gui.term_teller import TermTeller
    from crm_desktop.gui.terms import Term
    from crm_desktop.gui.widgets.term_popover import TermPopover


class TermHelp(QObject):
    """Explains terms in a window: at their marks, by Shift+F1 and from the palette; loaded when first asked."""

    prefixes = "?"
    background = False

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._popover: TermPopover | None = None
        window.set_helper(self.explain)
        window.let_find(lambda: self)
        window.context.actions.add(
            Command("help.term", self.tr("What is this?"), lambda: self.explain(self._page_term()), "Shift+F1",
                    "circle-question-mark", lambda: bool(self._page_term()), group=self.tr("Help"))
        )  # fmt: skip

    @cached_property
    def _teller(self) -> "TermTeller":
        from crm_desktop.gui.term_teller import TermTeller

        return TermTeller(self._window.context, self._go, lambda: self._window.pages.current_id, self)

    def explain(self, name: str) -> None:
        """Open the popover of a term at its mark; its numbers follow as soon as they are counted."""
        from crm_desktop.gui.widgets.term_popover import TermPopover

        term = self._teller.terms.get(name)
        if term is None:
            return
        popover = self._popover = TermPopover(self._window.theme, self._window, term.title, term.text)
        popover.destroyed.connect(self._forget)
        place = partial(popover.open_at, self._mark(name))
        place()
        self._teller.fill(popover.about, term, place)

    def search(self, text: str, prefix: str) -> "list[PaletteItem]":
        """Terms whose names fit; without a prefix only for typed words."""
        from crm_desktop.gui.shell.palette import match_score

        if not text and not prefix:
            return []
        terms = self._teller.terms.values()
        scores = {term: max(match_score(name, text) for name in (term.title, *term.also)) for term in terms}
        # Letters that merely follow each other are worth showing only when nothing fits better.
        found = [term for term in terms if scores[term] > 1] or [term for term in terms if prefix and scores[term]]
        return [self._item(term) for term in sorted(found, key=lambda term: -scores[term])]

    def note(self, found: int) -> str:
        """How many of the terms were found."""
        words = tr("%1 of %2 terms")
        return words.replace("%1", count_text(found)).replace("%2", count_text(len(self._teller.terms)))

    def _item(self, term: "Term") -> "PaletteItem":
        from crm_desktop.gui.shell.palette import PaletteItem

        group = tr("Terms")
        return PaletteItem(term.title, partial(self.explain, term.id), "circle-question-mark", group, term.text)

    def _go(self, page: str, target: object) -> None:
        if self._popover is not None:
            self._popover.close()
        self._window.open(page, target)

    def _forget(self) -> None:
        self._popover = None

    def _page_term(self) -> str:
        page = self._window.pages.current
        return page.help_term if page is not None else ""

    def _mark(self, name: str) -> QWidget:
        """The visible mark of the term, else the title of the page."""
        marks = [mark for mark in self._window.findChildren(HelpMark) if mark.term == name and mark.isVisible()]
        return marks[0] if marks else self._window.header.title
