"""Charts are split by any field that groups: from the menu, as chart, as table and in files."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from crm_desktop.domain.figures import plain
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.analytics import AnalyticsPage
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds

from ..conftest import destroy, press_ready
from .test_analytics import canvas, opened_by, settle, shown

FIELDS = {"sales": "product", "pipeline": "company.segment", "funnel": "source", "churn": "segment"}
TITLES = {
    "sales": "Won value by product", "pipeline": "Pipeline by company › segment", "funnel": "Sales funnel by source",
    "churn": "Churn rate by segment",
}  # fmt: skip


@pytest.fixture
def page(served: AppContext, sample: Services) -> Iterator[AnalyticsPage]:
    made = shown(served)
    yield made
    made.close()
    destroy(made)


def offered(page: AnalyticsPage, name: str) -> dict[str, QAction]:
    """What the menu of a card offers, by its words; submenus before their fields."""
    page.body.last_card = page.cards[name]
    assert page.context.actions.trigger("analytics.split")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = {action.text(): action for action in menu.actions()}
    for inner in menu.findChildren(QMenu):
        found |= {f"{inner.title()} {action.text()}": action for action in inner.actions()}
    return found


def split(page: AnalyticsPage, name: str, words: str | None) -> None:
    """Choose from the menu of a card."""
    offers = offered(page, name)
    menu = QApplication.activePopupWidget()
    offers[words or "Not split"].trigger()
    assert menu is not None
    menu.close()
    settle(page)


def rows(page: AnalyticsPage, name: str) -> list[tuple[str, ...]]:
    content = page.cards[name].content
    assert content is not None
    return [tuple(words for words, _ in row.cells) for row in content.table.rows]


def exact(sample: Services, marks: list[Any]) -> None:
    """Every mark shows what its records have."""
    for mark in marks:
        if isinstance(mark.value, Money):
            assert sample.lists.sum(mark.filter, mark.measure).get("EUR", 0) == mark.value.minor
        else:
            assert sample.lists.count(mark.filter) == mark.value


@pytest.mark.parametrize("name", FIELDS)
def test_a_chart_is_split_and_whole_again(page: AnalyticsPage, sample: Services, name: str) -> None:
    card = page.cards[name]
    before = card.title_label.text(), card.sentence.text(), rows(page, name)
    card.split_wanted.emit(FIELDS[name])
    settle(page)
    assert card.title_label.text() == card.accessibleName() == canvas(card).accessibleName() == TITLES[name]
    assert card.sentence.text() != before[1] and canvas(card).accessibleDescription() == card.sentence.text()
    assert card.content is not None and len(canvas(card).marks) == len(card.content.table.rows) > 3
    exact(sample, canvas(card).marks)
    page.step(-1)
    settle(page)
    assert card.title_label.text() == TITLES[name]
    page.step(1)
    split(page, name, None)
    assert (card.title_label.text(), card.sentence.text(), rows(page, name)) == before


@pytest.mark.parametrize("name", FIELDS)
def test_the_table_has_the_rows_of_the_report(page: AnalyticsPage, sample: Services, name: str) -> None:
    page.split_by(page.cards[name], FIELDS[name])
    period, by = page.period_chip.span.period, FIELDS[name]
    reports = sample.reports
    report = reports.pipeline(by=by) if name == "pipeline" else getattr(reports, name)(period, by=by)
    content = page.cards[name].content
    assert content is not None
    told = {row[0]: row[1:] for row in content.table.raw()}
    named = {
        "sales": ("won_value", "won", "lost", "win_rate"), "pipeline": ("count", "value", "weighted"),
        "funnel": ("count",), "churn": ("churn_rate", "lost", "active_at_start"),
    }  # fmt: skip
    for row in report.rows:
        numbers = [plain(row.values[value]) for value in named[name]]
        cells = told[row.values[by] or "None"]
        assert all((number["amount"] if isinstance(number, dict) else number) in cells for number in numbers)
    assert len(told) == len({row.values[by] for row in report.rows})


def test_the_sentence_tells_the_largest(page: AnalyticsPage) -> None:
    for name, by in FIELDS.items():
        page.split_by(page.cards[name], by)
    assert {name: card.sentence.text() for name, card in page.cards.items()} == {
        "sales": "Most from “Barista Duo”: €51,100, 21 % of the won value.",
        "pipeline": "Most in “Hospitality”: €160,800 in 13 open deals, 53 % of the value.",
        "funnel": "Most from “Website”: 54 of 248 leads, 22 %, with 6 customers.",
        "churn": "Highest in “Education”: 44.4 %, 4 of 9 customers left.",
    }


def test_fields_come_from_the_catalogue(page: AnalyticsPage, sample: Services) -> None:
    sample.fields.add("deal", "Region of sales", "choice", ("North", "South"))
    sample.fields.add("company", "Big", "yes_no")
    sample.fields.add("deal", "Story", "long_text")
    offers = offered(page, "sales")
    assert offers["Not split"].isChecked() and not offers["Source"].isChecked()
    assert {"Region of sales", "Company", "Company Industry", "Company Big", "Another field Tags"} <= set(offers)
    assert not any(words.endswith(("Name", "Note", "Story")) for words in offers)
    offers["Company Big"].trigger()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert rows(page, "sales")[0][0] == "No"
    assert offered(page, "sales")["Company Big"].isChecked()


def test_a_field_of_ones_own_splits_until_it_is_deleted(page: AnalyticsPage, sample: Services) -> None:
    number = sample.fields.add("deal", "Region/Area", "choice", ("North", "South")).id
    won = list(sample.lists.ids(Filter("deal", is_("status", "won"))))
    sample.records.set("deal", won[:9], {"region_area": "North"})
    card = page.cards["sales"]
    split(page, "sales", "Region/Area")
    assert card.title_label.text() == "Won value by region/Area"
    assert {row[0] for row in rows(page, "sales")} == {"North", "None"}
    page.on_change(sample.fields.delete(number))
    page.on_shown()
    assert card.title_label.text() == "Won value"
    page.on_change(sample.history.undo())
    page.on_shown()
    assert card.title_label.text() == "Won value by region/Area"


def test_of_several_choices_a_record_is_in_each(page: AnalyticsPage, sample: Services) -> None:
    sample.fields.add("deal", "Wants", Holds("choice", ("Beans", "Service", "Rent"), several=True))
    deals = list(sample.lists.ids(Filter("deal", is_("status", "open"))))
    sample.records.set("deal", deals[:6], {"wants": ("Beans", "Service")})
    sample.records.set("deal", deals[6:8], {"wants": ("Service",)})
    split(page, "pipeline", "Wants")
    assert {row[0]: row[1] for row in rows(page, "pipeline")} == {"Beans": "6", "Service": "8", "None": "17"}
    settle(page)
    exact(sample, canvas(page.cards["pipeline"]).marks)


def test_bars_and_lines_open_their_records(page: AnalyticsPage, sample: Services) -> None:
    card = page.cards["funnel"]
    split(page, "funnel", "Source")
    chart, found = canvas(card), opened_by(page)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(chart._boxes[1].center()).toPoint())
    press_ready(chart)
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.marks[1].words == "Campaign: 4 of 53 leads became customers, 8 %"
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.keyClick(chart, Qt.Key.Key_V)
    card._rows.selectRow(1)
    QTest.keyClick(card._rows, Qt.Key.Key_Return)
    assert len(found) == 3
    for page_id, target in found:
        assert page_id == "leads" and isinstance(target, Filter)
        assert set(sample.lists.ids(target)) == set(sample.lists.ids(Filter("lead", is_("source", "Campaign"))))


def test_where_customers_are_few_their_rate_is_not_drawn(page: AnalyticsPage) -> None:
    split(page, "churn", "Segment")
    *others, last = canvas(page.cards["churn"]).marks
    assert last.words == "Leisure: needs 5, 1 of 4 customers left" and last.patch.get_width() == 0
    widths = [mark.patch.get_width() for mark in others]
    assert widths == sorted(widths, reverse=True)
    assert rows(page, "churn")[-1] == ("Leisure", "25.0 %", "1", "4")


def test_an_empty_base_still_says_what_is_missing(served: AppContext) -> None:
    page = shown(served)
    for name, by in FIELDS.items():
        page.split_by(page.cards[name], by)
    assert all(card.content is not None and card.content.missing for card in page.cards.values())
    assert {name: card.title_label.text() for name, card in page.cards.items()} == TITLES
    destroy(page)


def test_files_take_the_split(page: AnalyticsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, by in FIELDS.items():
        page.split_by(page.cards[name], by)
    settle(page)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    assert page.context.actions.trigger("analytics.export_all")
    names = ("churn-rate-by-segment", "pipeline-by-company-segment", "sales-funnel-by-source", "won-value-by-product")
    assert sorted(path.stem for path in tmp_path.glob("*.png")) == list(names)
    read = {name: list(csv.reader((tmp_path / f"{name}.csv").read_text("utf-8-sig").splitlines())) for name in names}
    assert read["sales-funnel-by-source"][:2] == [
        ["Source", "Lead", "MQL", "SQL", "Opportunity", "Customer", "Rate"],
        ["Website", "54", "32", "18", "14", "6", str(6 / 54)],
    ]
    assert read["pipeline-by-company-segment"][1][:4] == ["Hospitality", "13", "160800.00", "71885.00"]
    assert page.exporter.save(page.cards["churn"], tmp_path / "one.svg")
    assert "Churn rate by segment" in (tmp_path / "one.svg").read_text("utf-8")
