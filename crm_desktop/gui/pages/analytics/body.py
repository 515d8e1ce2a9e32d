"""Tabs, figures and cards: which cards stand where, and when each is drawn."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.analytics.answers import CHURN, FUNNEL, PIPELINE, SALES
from crm_desktop.gui.pages.analytics.card import ChartCard
from crm_desktop.gui.pages.analytics.shown import Content
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.kpi_strip import KpiStrip
from crm_desktop.gui.widgets.tabs import Tab, TabsBar

TABS = {
    "overview": (FUNNEL, CHURN, SALES, PIPELINE),
    "sales": (SALES, PIPELINE),
    "funnel": (FUNNEL,),
    "churn": (CHURN,),
}
"""The cards of each tab; a card is named as the report it shows."""

TWO_COLUMNS = 990  # width at normal text size from which cards stand beside each other


class AnalyticsBody(Form, QWidget):
    """What lies below the header. One card can be enlarged, then it is the only one that is shown."""

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
        self._tab = "overview"
        self._enlarged: ChartCard | None = None
        self._wide = True
        self.kpi_strip.setAccessibleName(self.tr("Figures"))
        self.cards = self._make_cards()
        self.last_card = self.cards[FUNNEL]  # in which one was last
        self.tab_words = {
            "overview": self.tr("Overview"), "sales": self.tr("Sales"), "funnel": self.tr("Funnel"),
            "churn": self.tr("Churn"),
        }  # fmt: skip
        self.tabs_bar.allow_add(False)
        self.tabs_bar.set_tabs([Tab(name, words) for name, words in self.tab_words.items()], self._tab)
        self.tabs_bar.chosen.connect(self._show_tab)
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._draw_next)
        theme.changed.connect(self._fit)
        self._arrange()

    def _make_cards(self) -> dict[str, ChartCard]:
        titles = {
            FUNNEL: self.tr("Sales funnel"), CHURN: self.tr("Churn rate"), SALES: self.tr("Won value"),
            PIPELINE: self.tr("Pipeline by stage"),
        }  # fmt: skip
        cards = {name: ChartCard(self.theme, self.content, name, title) for name, title in titles.items()}
        for card in cards.values():
            card.enlarge_wanted.connect(partial(self.enlarge, card))
            card.reached.connect(partial(setattr, self, "last_card", card))
        return cards

    @property
    def shown_cards(self) -> list[ChartCard]:
        """The cards in front, in their order."""
        return [self._enlarged] if self._enlarged is not None else [self.cards[name] for name in TABS[self._tab]]

    def fill(self, name: str, content: Content) -> None:
        """Let a card show something else; its chart is drawn when it is its turn."""
        self.cards[name].fill(content)
        self._turn.start()

    def enlarge(self, card: ChartCard) -> None:
        """Show this card alone, or with the others again."""
        self._enlarged = None if self._enlarged is card else card
        self._arrange()
        card.take_focus()

    def shrink(self) -> bool:
        """Show all cards of the tab again; False where they are."""
        if self._enlarged is None:
            return False
        self.enlarge(self._enlarged)
        return True

    def _show_tab(self, name: str) -> None:
        self._tab, self._enlarged = name, None
        self._arrange()

    def _arrange(self) -> None:
        grid, shown = self.cards_grid, self.shown_cards
        for card in self.cards.values():
            grid.removeWidget(card)
            card.setVisible(card in shown)
            card.show_enlarged(card is self._enlarged)
        columns = 2 if self._wide and len(shown) > 1 else 1
        for index, card in enumerate(shown):
            grid.addWidget(card, index // columns, index % columns)
        for column in range(2):
            grid.setColumnStretch(column, int(column < columns))
        if self.last_card not in shown:
            self.last_card = shown[0]
        self._turn.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the cards beside or below each other as the room for their text demands."""
        wide = self.width() >= self.theme.current.px(TWO_COLUMNS)
        if wide != self._wide:
            self._wide = wide
            self._arrange()

    def _draw_next(self) -> None:
        """One chart in each turn of the event loop, so that the window stays awake."""
        waiting = [card for card in self.shown_cards if card.undrawn and card.isVisible()]
        if waiting:
            waiting[0].draw()
            self._turn.start()
