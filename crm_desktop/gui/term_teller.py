"""Tells all there is to a term: its numbers of now as soon as they are counted, and the ways on that exist."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from crm_desktop.domain.figures import Report
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.term_numbers import look, told
from crm_desktop.gui.terms import Term, glossary
from crm_desktop.gui.widgets.term_body import TermBody
from crm_desktop.services.progress import Progress

CHANGEABLE = frozenset({"at_risk", "churn", "retention", "lead_score"})
"""Terms whose rule can be set."""


class TermTeller(QObject):
    """`go` opens a page with a target; `here` names the page in front, to which no link leads."""

    def __init__(
        self, context: AppContext, go: Callable[[str, object], object], here: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._go = go
        self._here = here

    @property
    def terms(self) -> dict[str, Term]:
        """The glossary in the language and by the rules that are set."""
        return glossary(self._context.settings_store.current)

    def fill(self, about: TermBody, term: Term, grown: Callable[[], object]) -> None:
        """Tell of a term; `grown` is called once its numbers are there."""
        context, services, today = self._context, self._context.services, self._context.clock.today()
        if term.id in CHANGEABLE and self._exists("settings"):
            about.add_link(self.tr("Change the formula"), partial(self._go, "settings", "terms"))
        if self._here() != "glossary" and self._exists("glossary"):
            about.add_link(self.tr("All terms"), partial(self._go, "glossary", term.id))

        def count(_progress: Progress) -> Report | list[int] | None:
            return look(term.id, services, today)

        def show(found: Report | list[int] | None) -> None:
            if isValid(about):
                self._show_numbers(about, term, found)
                grown()

        context.jobs.read(count, show, owner=self)

    def _show_numbers(self, about: TermBody, term: Term, found: Report | list[int] | None) -> None:
        numbers = told(term.id, found)
        about.show_numbers(numbers.lines, term.counted)
        elsewhere = numbers.page != self._here() or numbers.target is not None
        if numbers.page and elsewhere and self._exists(numbers.page):
            about.add_link(self.tr("See the numbers"), partial(self._go, numbers.page, numbers.target), first=True)

    def _exists(self, page: str) -> bool:
        return self._context.actions.find(f"go.{page}") is not None
