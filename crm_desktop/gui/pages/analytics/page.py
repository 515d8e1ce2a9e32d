"""The page: which cards stand on which tab, and what is asked, drawn and opened."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.figure_help import explain, explain_figure
from crm_desktop.gui.forms import Form
from crm_desktop.gui.language import filled
from crm_desktop.gui.pages.analytics import content
from crm_desktop.gui.pages.analytics.answers import CHURN, FUNNEL, PIPELINE, QUESTIONS, SALES, Answer, Ask
from crm_desktop.gui.pages.analytics.card import ChartCard
from crm_desktop.gui.pages.analytics.figures import kpis
from crm_desktop.gui.pages.analytics.files import Exporter
from crm_desktop.gui.pages.analytics.period import PeriodChip
from crm_desktop.gui.pages.analytics.span import Span
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.term_numbers import report_lines
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.kpi_strip import KpiStrip
from crm_desktop.gui.widgets.tabs import Tab, TabsBar
from crm_desktop.services.progress import Progress

TABS = {
    "overview": (FUNNEL, CHURN, SALES, PIPELINE),
    "sales": (SALES, PIPELINE),
    "funnel": (FUNNEL,),
    "churn": (CHURN,),
}
"""The cards of each tab; a card is named as the report it shows."""

PAGES = {"lead": "leads", "deal": "pipeline", "customer": "customers"}
"""Where the records of a kind are listed."""

TWO_COLUMNS = 990  # width of the page, at normal text size, from which cards stand beside each other
SETTLE = 300  # milliseconds: several changes in a row are counted once


def _asked(ask: Ask, reports: Any, span: Span, _progress: Progress) -> Answer:
    return ask(reports, span)


class AnalyticsBody(Form, QWidget):
    """What lies below the header."""

    ui = "page_analytics"
    tabs_bar: TabsBar
    tabs_line: QFrame
    scroll_area: QScrollArea
    content: QWidget
    content_layout: QVBoxLayout
    kpi_strip: KpiStrip
    cards_grid: QGridLayout

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.tabs_bar.allow_add(False)
        self.kpi_strip.setAccessibleName(self.tr("Figures"))


class AnalyticsPage(Page):
    """Figures and charts over a period."""

    header_line = False
    kinds = frozenset({"lead", "deal", "company", "person", "customer", "purchase", "loss", "stage"})

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.body = AnalyticsBody(context.theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.answers: dict[str, Answer] = {}
        self._jobs: list[Any] = []
        self._tab = "overview"
        self._enlarged: ChartCard | None = None
        self._wide = True
        self.cards = self._make_cards()
        self._last_card = self.cards[FUNNEL]
        self._exporter = Exporter(self)
        self.period_chip = PeriodChip(context, self)
        self.period_chip.chosen.connect(self._show_span)
        self.body.tabs_bar.add_widget(self.period_chip)
        self.body.tabs_bar.set_tabs([Tab(name, words) for name, words in self._tab_words().items()], self._tab)
        self.body.tabs_bar.chosen.connect(self.show_tab)
        self.body.kpi_strip.opened.connect(self.open_records)
        self.body.kpi_strip.helped.connect(partial(explain_figure, self))
        self._settle = QTimer(self, interval=SETTLE, singleShot=True)
        self._settle.timeout.connect(self.on_shown)
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._draw_next)
        context.settings_store.changed.connect(self._settings_changed)
        context.theme.changed.connect(self._fit)
        self._add_commands()
        self._arrange()

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
            "analytics.export",
            Hint("Shift+←→", self.tr("Earlier, later")),
        )

    def panes(self) -> Sequence[QWidget]:
        return (self.body.tabs_bar, self.body.kpi_strip, *(card.shown for card in self.shown_cards))

    def on_shown(self) -> None:
        now = self.context.clock.now()
        words = filled(self.tr("As of %1, %2"), format.full_day(self.context.clock.today()), format.clock_time(now))
        self.set_header(self.tr("Analytics"), words)
        for job in self._jobs:
            job.cancel()
        reports, span = self.context.services.reports, self.period_chip.span
        self._jobs = [
            self.context.jobs.read(
                partial(_asked, ask, reports, span),
                partial(self._show_answer, name),
                partial(self._show_failure, name),
                owner=self,
            )
            for name, ask in QUESTIONS.items()
        ]

    def on_change(self, change: Change) -> None:
        self._settle.start()

    def open_filter(self, target: Filter | object) -> None:
        """A tab can be asked for by its name."""
        if isinstance(target, str) and target in TABS:
            self.body.tabs_bar.choose(target)
        self.on_shown()

    def on_escape(self) -> bool:
        if self._enlarged is None:
            return False
        self._enlarge(self._enlarged)
        return True

    # cards and tabs

    def _make_cards(self) -> dict[str, ChartCard]:
        titles = {
            FUNNEL: self.tr("Sales funnel"),
            CHURN: self.tr("Churn rate"),
            SALES: self.tr("Won value"),
            PIPELINE: self.tr("Pipeline by stage"),
        }
        return {name: self._make_card(name, title) for name, title in titles.items()}

    def _make_card(self, name: str, title: str) -> ChartCard:
        card = ChartCard(self.theme, self.body.content, name, title)
        card.opened.connect(self.open_records)
        card.helped.connect(lambda _term: self.explain(card))
        card.table_wanted.connect(lambda: self._switch_table(card))
        card.export_wanted.connect(lambda: self._exporter.open_menu(card))
        card.enlarge_wanted.connect(lambda: self._enlarge(card))
        card.reached.connect(lambda: self._remember(card))
        return card

    def _tab_words(self) -> dict[str, str]:
        return {
            "overview": self.tr("Overview"),
            "sales": self.tr("Sales"),
            "funnel": self.tr("Funnel"),
            "churn": self.tr("Churn"),
        }

    def show_tab(self, name: str) -> None:
        """Show the cards of a tab."""
        self._tab = name
        self._enlarged = None
        self._arrange()

    @property
    def shown_cards(self) -> list[ChartCard]:
        """The cards in front, in their order."""
        if self._enlarged is not None:
            return [self._enlarged]
        return [self.cards[name] for name in TABS[self._tab]]

    def _arrange(self) -> None:
        grid, shown = self.body.cards_grid, self.shown_cards
        for card in self.cards.values():
            grid.removeWidget(card)
            card.setVisible(card in shown)
            card.show_enlarged(card is self._enlarged)
        columns = 2 if self._wide and len(shown) > 1 else 1
        for index, card in enumerate(shown):
            grid.addWidget(card, index // columns, index % columns)
        for column in range(2):
            grid.setColumnStretch(column, int(column < columns))
        if self._last_card not in shown:
            self._last_card = shown[0]
        self._turn.start()

    def _enlarge(self, card: ChartCard) -> None:
        self._enlarged = None if self._enlarged is card else card
        self._arrange()
        card.take_focus()

    def _remember(self, card: ChartCard) -> None:
        self._last_card = card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the cards beside or below each other as the room for their text demands."""
        wide = self.width() >= self.theme.current.px(TWO_COLUMNS)
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    # answers

    def _show_answer(self, name: str, answer: Answer) -> None:
        self.answers[name] = answer
        self.body.kpi_strip.show_figures(kpis(self.answers))
        self.cards[name].fill(self._content(name, answer))
        self._turn.start()

    def _show_failure(self, name: str, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.cards[name].fail(error.sentence)

    def _content(self, name: str, answer: Answer) -> content.Content:
        settings = self.context.settings_store.current
        if name == FUNNEL:
            return content.funnel_content(answer)
        if name == CHURN:
            return content.churn_content(answer, settings.churn_target)
        if name == SALES:
            return content.sales_content(answer, settings.currency)
        return content.pipeline_content(answer)

    def _draw_next(self) -> None:
        """One chart in each turn of the event loop, so that the window stays awake."""
        waiting = [card for card in self.shown_cards if card.undrawn and card.isVisible()]
        if waiting:
            waiting[0].draw()
            self._turn.start()

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & {"churn_target", "currency", "gap_factor", "gap_days_min", "gap_days_single", "at_risk_days"}:
            self._settle.start()

    # what the user does

    def open_records(self, filter: Filter) -> None:
        """Show the records behind a figure in their list."""
        self.go(PAGES[filter.kind], filter)

    def explain(self, card: ChartCard) -> None:
        """Say what a card shows and how it is counted here."""
        answer = self.answers.get(card.name)
        if answer is None:
            return
        numbers = report_lines(card.name, answer.now)
        explain(self, card.name, card.help_mark, numbers, partial(self._switch_table, card, on=True))

    def _switch_table(self, card: ChartCard, on: bool | None = None) -> None:
        card.show_table(not card.as_table if on is None else on)

    def _show_span(self, span: Span) -> None:
        self.period_chip.show_span(span)
        self.on_shown()

    def _step(self, by: int) -> None:
        self._show_span(self.period_chip.span.moved(by))

    def _can_step(self) -> bool:
        return self.period_chip.span.period is not None

    def _add_commands(self) -> None:
        page, group = Scope.PAGE, self.tr("Analytics")
        chip = self.period_chip
        for command in (
            Command("analytics.export", self.tr("Export chart"), lambda: self._exporter.open_menu(self._last_card),
                    "Ctrl+E", "download", scope=page, group=group, hint=self.tr("Export")),
            Command("analytics.export_all", self.tr("Export all"), lambda: self._exporter.save_all(self.shown_cards),
                    icon="download", scope=page, group=group),
            Command("analytics.enlarge", self.tr("Enlarge chart"), lambda: self._enlarge(self._last_card),
                    icon="maximize-2", scope=page, group=group),
            Command("analytics.explain", self.tr("Explain this chart"), lambda: self.explain(self._last_card),
                    "Shift+F1", "circle-question-mark", scope=page, group=group),
            Command("analytics.period", self.tr("Change period"), chip.open_menu,
                    icon="calendar-range", scope=page, group=group),
            Command("analytics.earlier", self.tr("Earlier period"), lambda: self._step(-1), "Shift+Left",
                    "chevron-left", self._can_step, page, group),
            Command("analytics.later", self.tr("Later period"), lambda: self._step(1), "Shift+Right",
                    "chevron-right", self._can_step, page, group),
        ):  # fmt: skip
            self.add_command(command)
        table = Command(
            "analytics.table", self.tr("Show chart as table"), lambda: self._switch_table(self._last_card), "V",
            "table-2", scope=Scope.VIEW, group=group, hint=self.tr("Show as table"),
        )  # fmt: skip
        self.add_command(table, self.body)
        for name, words in self._tab_words().items():
            text, run = filled(self.tr("Analytics: %1"), words), partial(self.body.tabs_bar.choose, name)
            self.add_command(Command(f"analytics.tab.{name}", text, run, scope=page, group=group))
