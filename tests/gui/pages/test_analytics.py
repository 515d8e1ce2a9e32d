"""The analytics page over the sample data: every figure opens the records it was counted from."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period
from crm_desktop.gui.charts.canvas import ChartCanvas
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.analytics import AnalyticsPage
from crm_desktop.gui.pages.analytics.answers import usual_shares, weakest_step
from crm_desktop.gui.pages.analytics.body import TABS
from crm_desktop.gui.pages.analytics.card import ChartCard
from crm_desktop.gui.pages.analytics.span import ALL, THIS_YEAR, YEAR, Span
from crm_desktop.gui.pages.page import Notice
from crm_desktop.services import Services

from ..charts.conftest import funnel_rows
from ..conftest import destroy, press_ready

TODAY = date(2026, 11, 12)


def shown(context: AppContext) -> AnalyticsPage:
    page = AnalyticsPage(context)
    page.resize(1232, 800)
    page.show()
    page.on_shown()
    settle(page)
    return page


def settle(page: AnalyticsPage) -> None:
    """Let every chart have its turn."""
    for _ in range(20):
        QApplication.processEvents()


@pytest.fixture
def page(served: AppContext, sample: Services) -> Iterator[AnalyticsPage]:
    made = shown(served)
    yield made
    made.close()
    destroy(made)


@pytest.fixture
def bare(served: AppContext) -> Iterator[AnalyticsPage]:
    """The page over an empty base."""
    made = shown(served)
    yield made
    made.close()
    destroy(made)


def opened_by(page: AnalyticsPage) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    page.opened.connect(lambda page_id, target: found.append((page_id, target)))
    return found


def canvas(card: ChartCard) -> ChartCanvas:
    assert card._canvas is not None
    return card._canvas


@pytest.mark.parametrize("name", ["funnel", "churn", "sales", "pipeline"])
def test_every_mark_shows_exactly_the_records_it_opens(page: AnalyticsPage, sample: Services, name: str) -> None:
    marks = canvas(page.cards[name]).marks
    assert len(marks) >= 5
    for mark in marks:
        if isinstance(mark.value, Money):
            assert sample.lists.sum(mark.filter, mark.measure).get(mark.value.currency, 0) == mark.value.minor
        else:
            assert sample.lists.count(mark.filter) == mark.value


@pytest.mark.parametrize("name", ["funnel", "churn", "sales", "pipeline"])
def test_a_table_has_the_same_rows_as_the_chart(page: AnalyticsPage, name: str) -> None:
    card = page.cards[name]
    assert card.content is not None
    assert len(card.content.table.rows) == len(canvas(card).marks)
    assert all(len(row.cells) == len(card.content.table.headings) for row in card.content.table.rows)


def test_every_figure_of_the_strip_opens_its_records(page: AnalyticsPage, sample: Services) -> None:
    found = opened_by(page)
    for button in page.body.kpi_strip.buttons:
        button.click()
    names = [button.kpi.name for button in page.body.kpi_strip.buttons]
    assert names == ["Won value", "Close rate", "Sales cycle", "Lead to customer", "Churn rate", "Open pipeline",
                     "Weighted"]  # fmt: skip
    counts = [sample.lists.count(target) for _, target in found if isinstance(target, Filter)]
    assert counts == [27, 65, 27, 248, 25, 25, 25]
    assert [page_id for page_id, _ in found] == ["pipeline"] * 3 + ["leads", "customers", "pipeline", "pipeline"]


def test_a_mark_opens_the_list_of_its_kind(page: AnalyticsPage) -> None:
    found = opened_by(page)
    for name in ("funnel", "churn", "sales"):
        chart = canvas(page.cards[name])
        press_ready(chart)
        chart.walk(1)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert [page_id for page_id, _ in found] == ["leads", "customers", "pipeline"]


def test_cards_say_a_computed_sentence_that_screen_readers_hear(page: AnalyticsPage) -> None:
    sentences = {name: card.sentence.text() for name, card in page.cards.items()}
    assert sentences["funnel"].startswith("8 in 100 leads become customers.")
    assert sentences["churn"] == "Back within target since September 2026."
    assert sentences["sales"].startswith("27 deals won for") and sentences["sales"].endswith("42 % of those decided.")
    for name, card in page.cards.items():
        assert canvas(card).accessibleDescription() == sentences[name]
        assert canvas(card).accessibleName()


def test_an_empty_base_says_what_each_chart_needs(bare: AnalyticsPage) -> None:
    missing = {name: card.content.missing for name, card in bare.cards.items() if card.content is not None}
    assert missing == {
        "funnel": "Needs 5 leads, has 0.",
        "churn": "Needs 5 customers, has 0.",
        "sales": "Needs 5 closed deals, has 0.",
        "pipeline": "There are no open deals.",
    }
    assert all(card._empty.isVisible() for card in bare.cards.values())
    assert [button.kpi.value for button in bare.body.kpi_strip.buttons][1] == "–"


def test_letters_switch_the_chart_under_the_focus_to_its_table_and_back(page: AnalyticsPage) -> None:
    card = page.cards["churn"]
    press_ready(canvas(card))
    QTest.keyClick(canvas(card), Qt.Key.Key_V)
    assert card.as_table and not page.cards["funnel"].as_table
    model = card._rows.model()
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("December 2025, Churn rate 3.4 %, Left 3")
    found = opened_by(page)
    QTest.keyClick(card._rows, Qt.Key.Key_Return)
    assert found[0][0] == "customers"
    QTest.keyClick(card._rows, Qt.Key.Key_V)
    assert not card.as_table


def test_a_table_stays_a_table_when_records_change(page: AnalyticsPage) -> None:
    page.cards["sales"].show_table(True)
    page.on_shown()
    settle(page)
    assert page.cards["sales"].as_table


def test_tabs_show_their_cards_and_one_can_fill_the_page(page: AnalyticsPage) -> None:
    for name, cards in TABS.items():
        page.body.tabs_bar.choose(name)
        assert [card.name for card in page.cards.values() if card.isVisible()] == [c for c in page.cards if c in cards]
    page.body.tabs_bar.choose("overview")
    page.body.last_card = page.cards["sales"]
    assert page.context.actions.trigger("analytics.enlarge")
    assert [card.name for card in page.cards.values() if card.isVisible()] == ["sales"]
    assert page.on_escape()
    assert all(card.isVisible() for card in page.cards.values())
    assert not page.on_escape()


def test_cards_stand_below_each_other_where_room_is_short(page: AnalyticsPage) -> None:
    def left_edges() -> set[int]:
        QApplication.processEvents()
        return {card.x() for card in page.cards.values()}

    assert len(left_edges()) == 2
    page.resize(816, 600)
    assert len(left_edges()) == 1
    page.resize(1232, 800)
    page.theme.apply("light", 160)
    assert len(left_edges()) == 1


def test_a_period_is_chosen_by_menu_and_moved_by_keys(page: AnalyticsPage) -> None:
    chip = page.period_chip
    actions = {action.text(): action for action in chip.make_menu().actions()}
    assert [text for text, action in actions.items() if action.isChecked()] == ["Last 12 months"]
    actions["This year"].trigger()
    assert (chip.text(), chip.span.period) == ("This year", Period(date(2026, 1, 1), date(2026, 11, 30)))
    page.context.actions.trigger("analytics.earlier")
    assert chip.span.period == Period(date(2025, 2, 1), date(2025, 12, 31))
    assert chip.text() == "1 Feb 2025 – 31 Dec 2025"
    assert page.answers["sales"].now.period == chip.span.period
    actions = {action.text(): action for action in chip.make_menu().actions()}
    actions["Everything"].trigger()
    assert chip.span.period is None and not page.context.actions.trigger("analytics.earlier")


def test_a_choice_follows_the_day_where_the_window_stays_open(served: AppContext) -> None:
    now = [datetime(2026, 11, 30, 12, tzinfo=UTC)]
    page = shown(replace(served, clock=Clock(lambda: now[0])))
    now[0] += timedelta(days=2)
    page.on_shown()
    assert page.period_chip.span == Span.chosen(YEAR, date(2026, 12, 2))
    page.step(-1)
    kept = page.period_chip.span
    page.on_shown()
    assert page.period_chip.span == kept
    destroy(page)


def test_a_span_knows_the_same_days_a_year_before() -> None:
    assert Span.chosen(YEAR, TODAY).year_before == Period(date(2024, 12, 1), date(2025, 11, 30))
    assert Span.chosen(THIS_YEAR, TODAY).year_before == Period(date(2025, 1, 1), date(2025, 11, 30))
    assert Span.chosen(ALL, TODAY).year_before is None
    week = Span("custom", Period(date(2026, 11, 2), date(2026, 11, 8)))
    assert week.moved(-1).period == Period(date(2026, 10, 26), date(2026, 11, 1))
    leap = Span("custom", Period(date(2024, 2, 1), date(2024, 2, 29)))
    assert leap.year_before == Period(date(2023, 2, 1), date(2023, 2, 28))


def test_the_weakest_step_is_furthest_below_what_is_usual() -> None:
    rows = funnel_rows()
    assert weakest_step(rows, {}) == "opportunity"
    assert weakest_step(rows, {"lead": 0.8, "opportunity": 0.45}) == "lead"
    assert weakest_step(rows, {"lead": 0.58, "opportunity": 0.44}) is None
    assert weakest_step(funnel_rows((0, 0, 0, 0, 0)), {}) is None
    assert usual_shares(None) == {}


def test_terms_are_explained_with_the_numbers_of_now(page: AnalyticsPage) -> None:
    found = []
    for name, card in page.cards.items():
        card.help_mark.click()
        popover = QApplication.activePopupWidget()
        assert popover is not None
        found.append((name, popover.accessibleName()))
        words = {label.text() for label in popover.findChildren(QLabel)}
        assert "How it is counted here" in words
        if name == "churn":
            assert {"88", "25", "28 %"} <= words
        popover.close()
    assert len(found) == 4


def test_charts_and_rows_are_written_where_asked(
    page: AnalyticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Notice] = []
    page.noticed.connect(said.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    assert page.context.actions.trigger("analytics.export_all")
    assert len([*tmp_path.glob("*.png")]) == 4 and len([*tmp_path.glob("*.csv")]) == 4
    assert [notice.kind for notice in said] == ["ok"]
    rows = list(csv.reader((tmp_path / "won-value.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Period", "Won value", "Won", "Lost", "Close rate"]
    assert rows[1] == ["2025-12-01", "10300.00", "1", "3", "0.25"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "x.csv"), ""))
    offers = {action.text(): action for action in page.exporter.make_menu(page.cards["sales"]).actions()}
    offers["Rows (CSV)"].trigger()
    assert said[-1].kind == "bad"


def test_a_report_that_fails_says_so_in_its_card(served: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    from crm_desktop.errors import EnvironmentProblem

    def fail(*_: object) -> None:
        raise EnvironmentProblem("The file is open in another program.")

    monkeypatch.setattr(served.services.reports, "funnel", fail)
    page = shown(served)
    assert page.cards["funnel"]._empty.sentence.text() == "The file is open in another program."
    destroy(page)
