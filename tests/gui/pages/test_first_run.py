"""The first page: how to start, and the few settings that act at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from crm_desktop.app import first_page
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.first_run import FirstRunPage
from crm_desktop.gui.pages.page import PageSpec
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.services import Services
from tests.gui.conftest import PlainPage, destroy

SPECS = (
    PageSpec("leads", "Leads", "user-plus", lambda c: PlainPage(c, "Leads"), "Sell", "Ctrl+2"),
    PageSpec("importing", "Import & export", "arrow-down-up", lambda c: PlainPage(c, "Import"), "foot", "Ctrl+I"),
    PageSpec("first_run", "Welcome", "handshake", FirstRunPage, "hidden"),
)


@pytest.fixture
def window(served: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on its first page over an empty base."""
    made = MainWindow(served, SPECS)
    made.open(first_page(made, served))
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()
    destroy(made)


@pytest.fixture
def page(window: MainWindow) -> FirstRunPage:
    """The first page."""
    current = window.pages.current
    assert isinstance(current, FirstRunPage)
    return current


def choose(box: QComboBox, code: str) -> None:
    """Choose as the mouse does."""
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_an_empty_base_begins_with_the_first_page_alone(window: MainWindow, page: FirstRunPage) -> None:
    assert page.isVisible()
    assert not window.sidebar.isVisible()
    assert not window.header.isVisible()
    assert not window.hint_bar.isVisible()
    assert page.view.bring_card.button.hasFocus()
    window.open("leads")
    assert window.sidebar.isVisible() and window.header.isVisible() and window.hint_bar.isVisible()


def test_it_does_not_stand_in_the_sidebar(window: MainWindow) -> None:
    shown = [str(view.model().index(row, 0).data()) for view in (window.nav_list, window.foot_list)
             for row in range(view.model().rowCount())]  # fmt: skip
    assert not any("Welcome" in text for text in shown)


@pytest.mark.parametrize(("key", "opened"), [(Qt.Key.Key_1, "importing"), (Qt.Key.Key_3, "leads")])
def test_keys_choose(key: Qt.Key, opened: str, window: MainWindow, page: FirstRunPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view.bring_card.button, key)
    assert window.pages.current_id == opened


def test_sample_data_fills_the_base_and_can_be_taken_back(
    window: MainWindow, page: FirstRunPage, services: Services, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.view.bring_card.button, Qt.Key.Key_2)
    assert window.pages.current_id == "leads"
    counts = services.base.counts()
    assert f"{counts['customer']} customers and {counts['lead']} leads" in page.view.sample_card.words.text()
    services.history.undo()
    assert services.base.is_empty()


def test_starting_empty_is_remembered(window: MainWindow, page: FirstRunPage, served: AppContext) -> None:
    page.view.empty_card.button.click()
    assert served.settings_store.current.welcomed
    assert first_page(window, served) == "leads"


def test_a_base_with_records_begins_with_the_sidebar(window: MainWindow, served: AppContext) -> None:
    served.services.records.add("lead", {"last_name": "Noor"})
    assert first_page(window, served) == "leads"


def test_settings_act_at_once(page: FirstRunPage, served: AppContext, qtbot: QtBot) -> None:
    view, store = page.view, served.settings_store
    choose(view.appearance_box, "dark")
    choose(view.currency_box, "GBP")
    choose(view.week_box, "sunday")
    view.name_edit.setFocus()
    qtbot.keyClicks(view.name_edit, "Maya 1")
    view.quota_edit.setFocus()
    qtbot.keyClicks(view.quota_edit, "£120,000")
    qtbot.keyClick(view.quota_edit, Qt.Key.Key_Return)
    now = store.current
    assert (now.theme, now.currency, now.week_start) == ("dark", "GBP", "sunday")
    assert (now.user_name, now.monthly_quota) == ("Maya 1", 12_000_000)


def test_a_quota_that_is_no_amount_is_told_and_holds_back(
    window: MainWindow, page: FirstRunPage, served: AppContext, qtbot: QtBot
) -> None:
    edit = page.view.quota_edit
    qtbot.keyClicks(edit, "much")
    page.view.empty_card.button.click()
    assert window.pages.current_id == "first_run"
    assert edit.accessibleDescription()
    edit.clear()
    page.view.empty_card.button.click()
    assert window.pages.current_id == "leads"


def test_another_language_makes_the_words_anew(page: FirstRunPage, served: AppContext) -> None:
    before = page.view
    choose(before.language_box, "en_DE")
    assert served.settings_store.current.language == "en_DE"
    assert page.view is not before
    assert page.view.language_box.currentData() == "en_DE"


@pytest.mark.parametrize("scale", [90, 160])
def test_it_fits_the_smallest_window(scale: int, window: MainWindow, page: FirstRunPage, qtbot: QtBot) -> None:
    window.context.theme.apply("light", scale)
    window.resize(1024, 680)
    QApplication.processEvents()
    scroller = page.view.scroller
    qtbot.waitUntil(lambda: scroller.horizontalScrollBar().maximum() == 0)
    for card in (page.view.bring_card, page.view.sample_card, page.view.empty_card):
        assert card.button.width() >= card.button.sizeHint().width()
