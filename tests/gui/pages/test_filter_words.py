"""Conditions in words: dates without ambiguity, what was typed in words, names that are looked up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.figures import in_currency
from crm_desktop.domain.filter import Compare, Days, Filter, Node, Op, Scalar, is_
from crm_desktop.domain.money import Money
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.jobs import JobRunner
from crm_desktop.gui.records.filter_editor import FilterEditor
from crm_desktop.gui.records.filter_items import ItemRow
from crm_desktop.gui.records.filter_words import FilterWords
from crm_desktop.gui.records.known_names import UNKNOWN, KnownNames
from crm_desktop.gui.records.value_boxes import LineBox
from tests.gui.conftest import destroy

Say = Callable[[str, Node], str]


@pytest.fixture
def say(served: AppContext) -> Iterator[Say]:
    """A condition as its chip says it."""
    owner = QObject()
    words = FilterWords(served, KnownNames(served, owner))
    yield words.begin
    destroy(owner)


@pytest.mark.parametrize(("typed", "chip"), [
    ("no visit in 60 days", "No visit in the last 60 days"),
    ("no call since 1 May", "No call since 1 May"),
    ("no call since 1 May 2025", "No call since 1 May 2025"),
    ("no call since 3 months ago", "No call since 3 months ago"),
    ("meeting this month", "Has meeting this month"),
    ("visit in 30 days", "Has visit in the last 30 days"),
    ("no task in 14 days", "No tasks in the next 14 days"),
    ("no activity in 30 days", "No activities in the last 30 days"),
    ("added>=3 weeks ago", "Added since 21 days ago"),
    ("return_on<=in 3 weeks", "Come back on until in 21 days"),
    ("activities(type:visit happened_on<2026-05-01)", "Has visit before 1 May"),
    ("added=2026-11-12", "Added: 12 Nov"),
    ("added>2026-11-11", "Added after 11 Nov"),
    ("added=today", "Added: today"),
    ("return_on=tomorrow", "Come back on: tomorrow"),
    ("added>=-1d", "Added since yesterday"),
    ("no contact for 9 days", "Last contact not since 9 days ago"),
    ("no visit last week", "No visit last week"),
    ("added:next_week", "Added: next week"),
    ("added:week-3", "Added: 3 weeks ago"),
    ("no visit today", "No visit today"),
    ("no visit on Monday", "No visit on 9 Nov"),
    ("no contact last month", "No contact last month"),
    ("no call in May", "No call from 1 May to 31 May"),
    ("no email", "Email: none"),
    ("added<2025-11-12", "Added before 12 Nov 2025"),
])  # fmt: skip
def test_chips_say_what_was_typed(served: AppContext, say: Say, typed: str, chip: str) -> None:
    assert say("lead", served.services.lists.parse("lead", typed).where) == chip


def test_what_is_in_a_currency_is_told_by_it_also_after_it_was_typed(served: AppContext, say: Say) -> None:
    told, asked = "Amount in EUR", Filter("deal", in_currency("amount", "EUR"))
    assert say("deal", asked.where) == told
    lists = served.services.lists
    assert say("deal", lists.parse("deal", lists.text(asked)).where) == told
    assert say("deal", Filter.from_json(asked.to_json()).where) == told
    assert say("deal", in_currency("amount", "EUR").parts[0]) == "Amount €0 or more"


@pytest.mark.parametrize("value", ["2026-05-01T23:30:00Z", datetime(2026, 5, 1, 23, 30, tzinfo=UTC)])
def test_instants_are_told_as_the_clock_on_the_wall_shows_them(say: Say, berlin: None, value: str | datetime) -> None:
    assert say("lead", Compare("created_at", Op.AT_LEAST, value)) == "Added since 2 May, 01:30"


def test_an_instant_without_a_zone_is_the_one_of_this_place(served: AppContext, say: Say, berlin: None) -> None:
    node = served.services.lists.parse("lead", "created>=2026-05-02T01:30").where
    assert served.services.lists.parse("lead", 'created>="2026-05-02 01:30"').where == node
    assert node == Compare("created_at", Op.AT_LEAST, datetime(2026, 5, 1, 23, 30, tzinfo=UTC))
    assert say("lead", node) == "Added since 2 May, 01:30"
    kept = Filter.from_json(Filter("lead", node).to_json()).where
    assert say("lead", kept) == "Added since 2 May, 01:30"


def test_an_instant_is_edited_as_the_clock_on_the_wall_shows_it(served: AppContext, berlin: None) -> None:
    parent = QWidget()
    for value in ("2026-05-01T23:30:00Z", datetime(2026, 5, 1, 23, 30, tzinfo=UTC)):
        editor = FilterEditor(served, "lead", Compare("created_at", Op.MORE, value), parent)
        row = editor.desk.rows[next(iter(editor.tree.walk()))]
        assert isinstance(row, ItemRow) and isinstance(row.box, LineBox)
        assert row.box.line.text() == "2026-05-02 01:30:00"
        row.box.line.textEdited.emit(row.box.line.text())
        assert editor.node == Compare("created_at", Op.MORE, datetime(2026, 5, 1, 23, 30, tzinfo=UTC))
    destroy(parent)


@pytest.fixture(params=["de_DE", "en_DE"])
def comma(request: pytest.FixtureRequest, served: AppContext) -> AppContext:
    """A window of a country that writes 10.000,50."""
    QLocale.setDefault(QLocale(request.param))
    services = served.services
    services.values.spelling = replace(services.values.spelling, decimal=",")
    return served


@pytest.mark.parametrize(("kind", "field", "value", "shown", "typed", "meant"), [
    ("deal", "amount", 2500, "2500", "10.000", 10_000),
    ("deal", "amount", Money.of("2500.5", "EUR"), "2500,50 EUR", "2.500 EUR", Money.of(2500, "EUR")),
    ("deal", "amount", "2.5", "2,5", "1.234,50", Decimal("1234.50")),
    ("deal", "amount", Decimal("1.125"), "1,1250", "5 $", Money.of(5, "USD")),
    ("lead", "score", 70, "70", "1.000", 1000),
    ("lead", "score", 70, "70", "many", ""),
])  # fmt: skip
def test_numbers_are_read_as_cells_read_them(
    comma: AppContext, kind: str, field: str, value: Scalar, shown: str, typed: str, meant: Scalar
) -> None:
    parent = QWidget()
    editor = FilterEditor(comma, kind, Compare(field, Op.MORE, value), parent)
    row = editor.desk.rows[next(iter(editor.tree.walk()))]
    assert isinstance(row, ItemRow) and isinstance(row.box, LineBox)
    assert row.box.line.text() == shown
    row.box.line.setText(typed)
    row.box.line.textEdited.emit(typed)
    assert (editor.node == Compare(field, Op.MORE, meant)) is (meant != "")
    destroy(parent)


@pytest.mark.parametrize("value", ["soon", "2026-13-45", "2026-05-01T99:99Z"])
def test_a_day_that_is_none_is_said_as_it_is(say: Say, value: str) -> None:
    assert say("lead", Compare("created_at", Op.IS, value)) == f"Added: {value}"


def test_a_day_and_the_day_that_moves_are_told_apart(say: Say) -> None:
    fixed, moving = (say("lead", Compare("mql_on", Op.IS, value)) for value in (date(2026, 11, 12), Days(0)))
    assert (fixed, moving) == ("MQL on: 12 Nov", "MQL on: today")


def test_names_come_a_moment_later(served: AppContext, qtbot: QtBot) -> None:
    """The window never waits for the base."""
    services = served.services
    firm = services.records.add("company", {"name": "Acme"}).id
    field = services.fields.add("lead", "Wants", "text").id
    services.fields.delete(field)
    jobs = JobRunner(ErrorReporter())
    owner = QObject()
    names = KnownNames(replace(served, jobs=jobs), owner)
    words = FilterWords(replace(served, jobs=jobs), names)
    try:
        with qtbot.waitSignal(names.learned):
            assert words.say("lead", is_("company", firm)) == f"Became company: {UNKNOWN}"
        assert words.say("lead", is_("company", firm)) == "Became company: Acme"
        with qtbot.waitSignal(names.learned):
            assert "wants" in words.say("lead", is_("wants", "tea"))
        assert words.say("lead", is_("wants", "tea")) == "The field “Wants” is gone"
        services.records.set("company", [firm], {"name": "Acme Ltd"})
        with qtbot.waitSignal(names.learned):
            names.forget()
            assert words.say("lead", is_("company", firm)) == "Became company: Acme"
        assert words.say("lead", is_("company", firm)) == "Became company: Acme Ltd"
    finally:
        jobs.stop()
        destroy(owner)
