"""Terms are explained where they stand, with the numbers of this base and ways on that exist."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop import paths
from crm_desktop.domain.money import Money
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.format import money
from crm_desktop.gui.pages.analytics import AnalyticsPage
from crm_desktop.gui.pages.glossary import KEYS, GlossaryPage
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.shell.term_help import TermHelp
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.term_numbers import SOURCES, look, told
from crm_desktop.gui.term_teller import CHANGEABLE
from crm_desktop.gui.terms import glossary
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.term_popover import TermPopover
from crm_desktop.services import Services
from crm_desktop.settings import Settings

from .conftest import NOW, destroy

TERMS = glossary(Settings())


@pytest.fixture
def window(context: AppContext, filled: Services) -> Iterator[MainWindow]:
    """The window with its real pages and its help."""
    made = MainWindow(replace(context, services=filled), page_specs())
    TermHelp(made)
    made.open("pipeline")
    made.show()
    yield made
    made.close()
    destroy(made)


def words(widget: QWidget) -> set[str]:
    """Every text in a widget."""
    return {found.text() for found in widget.findChildren(QLabel)}


def links(widget: QWidget) -> dict[str, Button]:
    """The ways on."""
    return {button.text(): button for button in widget.findChildren(Button) if button.property("kind") == "link"}


def popover(window: MainWindow) -> TermPopover:
    """The popover that is open."""
    return window.findChildren(TermPopover)[-1]


def test_every_term_says_what_it_is_and_how_it_is_counted() -> None:
    assert TERMS
    for term in TERMS.values():
        assert term.text.endswith(".") and term.counted.endswith("."), term
        assert not re.search(r"[{}!]", term.counted + term.text), term


def test_rules_are_told_as_they_are_set() -> None:
    found = glossary(replace(Settings(), gap_factor=2.5, gap_days_min=60, at_risk_days=9))
    assert "2.5 times" in found["churn"].counted and "60 days" in found["churn"].counted
    assert "9 days" in found["at_risk"].counted


@pytest.mark.parametrize(("typed", "found"), [("opportunity", "deal"), ("win rate", "close_rate"), ("FUNN", "funnel")])
def test_terms_are_found_by_any_of_their_names(typed: str, found: str) -> None:
    assert found in [term.id for term in TERMS.values() if term.fits(typed)]


def test_marks_and_numbers_name_terms_that_exist(window: MainWindow) -> None:
    assert set(SOURCES) <= set(TERMS)
    for spec in window.pages.specs.values():
        window.open(spec.id)
        page = window.pages.current
        assert page is not None and (not page.help_term or page.help_term in TERMS)
        if isinstance(page, AnalyticsPage):
            assert set(page.cards) <= set(TERMS)


@pytest.mark.parametrize("name", SOURCES)
def test_numbers_of_every_term_lead_to_a_page(name: str, filled: Services) -> None:
    numbers = told(name, look(name, filled, NOW.date()))
    assert not numbers.page or numbers.page in {spec.id for spec in page_specs()}
    assert all(line[0] and line[1] for line in numbers.lines)


@pytest.mark.parametrize("scale", [90, 160])
def test_no_way_on_is_cut(window: MainWindow, scale: int) -> None:
    window.theme.apply("light", scale)
    assert window.helper is not None
    for name in CHANGEABLE:
        window.helper(name)
        shown = popover(window)
        QApplication.processEvents()
        assert "Change the formula" in links(shown)
        assert all(link.width() >= link.sizeHint().width() for link in links(shown).values()), name
        shown.close()


def test_the_mark_opens_the_numbers_of_now(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.header.help_mark, Qt.MouseButton.LeftButton)
    assert {"Sales pipeline", money(Money.of("303000", "EUR")), "How it is counted here"} <= words(popover(window))
    assert set(links(popover(window))) == {"All terms"}
    popover(window).close()


def test_numbers_open_their_records(window: MainWindow, qtbot: QtBot) -> None:
    assert window.helper is not None
    window.helper("mql")
    opened = popover(window)
    assert set(links(opened)) == {"See the numbers", "All terms"}
    links(opened)["See the numbers"].click()
    assert window.pages.current_id == "leads"
    assert not opened.isVisible()
    page = window.pages.current
    assert page is not None and {"71"} <= words(opened)


def test_a_rule_that_can_be_set_says_where(window: MainWindow) -> None:
    assert window.helper is not None
    window.helper("churn")
    links(popover(window))["Change the formula"].click()
    assert window.pages.current_id == "settings"


def test_shift_f1_explains_the_page(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert popover(window).accessibleName() == "Sales pipeline"
    popover(window).close()
    window.open("history")
    assert not window.context.actions.trigger("help.term")


def test_the_palette_explains_terms(window: MainWindow) -> None:
    window.palette_box.open("? close")
    shown = [item for item in window.palette_box.items if not item.heading]
    assert shown[0].title == "Close rate"
    assert window.palette_box._count.text() == f"{len(shown)} of {len(TERMS)} terms"
    window.palette_box.close_box()
    shown[0].run()
    assert popover(window).accessibleName() == "Close rate"
    popover(window).close()


def test_the_glossary_shows_a_term_and_finds_others(window: MainWindow, qtbot: QtBot) -> None:
    window.open("glossary", "churn")
    page = window.pages.current
    assert isinstance(page, GlossaryPage) and page.term is not None and page.term.id == "churn"
    assert {"Churn rate", "28 %"} <= words(page.about)
    assert set(links(page.about)) == {"See the numbers", "Change the formula"}
    page.search.setText("opportunity")
    assert "deal" in [term.id for term in page.shown]
    page.search.setText("qqq")
    assert page.pile.currentWidget() is page.empty
    assert page.on_escape() and not page.on_escape()
    assert len(page.shown) == len(TERMS)


def test_the_glossary_lists_keys(window: MainWindow) -> None:
    window.open("glossary")
    page = window.pages.current
    assert isinstance(page, GlossaryPage)
    page.switch.choose(KEYS)
    assert {"Search or run", "Move to a stage"} <= words(page.keys)
    page.search.setText("undo nothing")
    assert page.pile.currentWidget() is page.empty


@pytest.mark.parametrize("path", sorted(paths.resource("translations").glob("terms.*.json")), ids=lambda p: p.name)
def test_every_language_explains_the_same_terms(path: Path) -> None:
    found = json.loads(path.read_text("utf-8"))
    assert set(found) == set(TERMS)
    assert all(set(entry) == {"title", "text", "counted", "also"} for entry in found.values())
