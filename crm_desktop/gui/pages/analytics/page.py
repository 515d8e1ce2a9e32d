"""The page: what is asked over which period, and what its figures and charts open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.figure_help import explain, explain_figure
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.language import filled
from crm_desktop.gui.pages.analytics.answers import QUESTIONS, Answer
from crm_desktop.gui.pages.analytics.body import TABS, AnalyticsBody
from crm_desktop.gui.pages.analytics.breakdown import split_content
from crm_desktop.gui.pages.analytics.card import ChartCard
from crm_desktop.gui.pages.analytics.commands import add_commands
from crm_desktop.gui.pages.analytics.content import content_of
from crm_desktop.gui.pages.analytics.figures import kpis
from crm_desktop.gui.pages.analytics.files import Exporter
from crm_desktop.gui.pages.analytics.period import PeriodChip
from crm_desktop.gui.pages.analytics.shown import Content
from crm_desktop.gui.pages.analytics.span import Span
from crm_desktop.gui.pages.analytics.split import Split, find_split, split_menu
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.records.places import place_of
from crm_desktop.gui.term_numbers import report_lines
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services.progress import Progress
from crm_desktop.services.reports import Reports
from crm_desktop.settings import Settings

SETTLE = 300  # milliseconds: several changes in a row are counted once
_COUNTED_BY = frozenset({"churn_target", "currency", "gap_factor", "gap_days_min", "gap_days_single", "at_risk_days"})


@dataclass(frozen=True)
class _Question:
    """What one card asks; answered in a reader thread, words and all, since a split can have very many values."""

    name: str
    span: Span
    split: Split | None
    settings: Settings

    def __call__(self, reports: Reports, _progress: Progress) -> tuple[Answer, Content]:
        by = self.split.path if self.split is not None else None
        answer = QUESTIONS[self.name](reports, self.span, by)
        content = content_of(self.name, answer, self.settings)
        if self.split is not None and answer.split is not None:
            content = split_content(content, answer.split, self.split)
        return answer, content


class AnalyticsPage(Page):
    """Figures and charts over a period."""

    header_line = False
    kinds = frozenset({"lead", "deal", "company", "person", "customer", "purchase", "loss", "stage"})

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.answers: dict[str, Answer] = {}
        self._asked = {name: Latest(context.jobs, self) for name in QUESTIONS}
        self.body = AnalyticsBody(context.theme, self)
        self.cards = self.body.cards
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.exporter = Exporter(self)
        self.period_chip = PeriodChip(context, self)
        self.period_chip.chosen.connect(self._show_span)
        self.body.tabs_bar.add_widget(self.period_chip)
        self.body.kpi_strip.opened.connect(self.open_records)
        self.body.kpi_strip.helped.connect(partial(explain_figure, self))
        for card in self.cards.values():
            card.opened.connect(self.open_records)
            card.helped.connect(lambda _term, card=card: self.explain(card))
            card.export_wanted.connect(partial(self.exporter.open_menu, card))
            card.split_offered.connect(partial(self.offer_split, card))
            card.split_wanted.connect(partial(self.split_by, card))
        self._settle = QTimer(self, interval=SETTLE, singleShot=True)
        self._settle.timeout.connect(self.on_shown)
        context.settings_store.changed.connect(self._settings_changed)
        add_commands(self)

    # what the shell asks

    def header_actions(self) -> Sequence[str | QWidget]:
        entry = self.context.actions.find("analytics.export_all")
        assert entry is not None
        button = Button(self.theme, self, entry.command.text, entry.command.icon)
        button.follow(entry.action)
        return (button,)

    def hints(self) -> Sequence[Hint | str]:
        return (
            Hint("Tab", self.tr("Next chart")),
            Hint("Enter", self.tr("Open the records behind it")),
            "analytics.table",
            "analytics.split",
            "analytics.export",
            Hint("Shift+←→", self.tr("Earlier, later")),
        )

    def panes(self) -> Sequence[QWidget]:
        return (self.body.tabs_bar, self.body.kpi_strip, *(card.shown for card in self.body.shown_cards))

    def on_shown(self) -> None:
        self.period_chip.renew()
        now = self.context.clock.now()
        words = filled(self.tr("As of %1, %2"), format.full_day(self.context.clock.today()), format.clock_time(now))
        self.set_header(self.tr("Analytics"), words)
        for name in QUESTIONS:
            self._ask(name)

    def on_change(self, change: Change) -> None:
        self._settle.start()

    def open_filter(self, target: Filter | object) -> None:
        """A tab can be asked for by its name."""
        if isinstance(target, str) and target in TABS:
            self.body.tabs_bar.choose(target)
        self.on_shown()

    def on_escape(self) -> bool:
        return self.body.shrink()

    # answers

    def _ask(self, name: str) -> None:
        services, path = self.context.services, self.cards[name].split
        split = find_split(services, name, path, self.context.clock.today()) if path is not None else None
        question = _Question(name, self.period_chip.span, split, self.context.settings_store.current)
        ask = partial(question, services.reports)
        self._asked[name].read(ask, partial(self._show_answer, name), partial(self._show_failure, name))

    def _show_answer(self, name: str, told: tuple[Answer, Content]) -> None:
        self.answers[name], content = told
        self.body.kpi_strip.show_figures(kpis(self.answers))
        self.body.fill(name, content)

    def _show_failure(self, name: str, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.cards[name].fail(error.sentence)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & _COUNTED_BY:
            self._settle.start()

    # what the user does

    def open_records(self, filter: Filter) -> None:
        """Show the records behind a figure in their list."""
        self.go(place_of(filter), filter)

    def explain(self, card: ChartCard) -> None:
        """Say what a card shows and how it is counted here."""
        answer = self.answers.get(card.name)
        if answer is not None:
            numbers = report_lines(card.name, answer.now)
            explain(self, card.name, card.help_mark, numbers, partial(card.show_table, True))

    def offer_split(self, card: ChartCard) -> None:
        """Offer what a card can be split by."""
        button = card.split_button
        split_menu(self.context.services, card).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def split_by(self, card: ChartCard, path: str | None) -> None:
        """Split a card by a field from now on, or no more."""
        card.split = path
        self._ask(card.name)

    def can_step(self) -> bool:
        """Whether there is an earlier and a later period."""
        return self.period_chip.span.period is not None

    def step(self, by: int) -> None:
        """Go to the period before or after."""
        self._show_span(self.period_chip.span.moved(by))

    def _show_span(self, span: Span) -> None:
        self.period_chip.show_span(span)
        self.on_shown()
