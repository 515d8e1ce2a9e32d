"""The form for something new, as its user fills it in and leaves it."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.pipeline import PipelinePage
from crm_desktop.services import Services
from tests.gui.pages.lists import Show, Shown, held, show
from tests.gui.pages.test_leads import leads
from tests.gui.test_records_model import Held

__all__ = ["held", "leads", "show"]


@pytest.fixture
def shown(show: Show, leads: list[int]) -> Shown:
    """The list of leads."""
    return show(LeadsPage)


def ask(shown: Shown, command: str) -> Any:
    shown.page.context.actions.trigger(command)
    dialog = shown.page.form.dialog
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def test_what_was_typed_before_esc_is_taken_up_again(shown: Shown, services: Services) -> None:
    dialog = ask(shown, "leads.new")
    shown.type("Noor Haddad")
    shown.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible() and shown.said == "Nothing was added."
    more = shown.notices[-1].more
    assert more is not None and more[0] == "Take it up again"
    more[1]()
    again = shown.page.form.dialog
    assert again.editors["name"].text() == "Noor Haddad"
    again.ok_button.click()
    assert "Noor Haddad" in shown.names()


def test_a_form_left_empty_says_nothing(shown: Shown) -> None:
    ask(shown, "leads.new")
    shown.press(Qt.Key.Key_Escape)
    assert not shown.notices


def test_an_entry_needs_a_word_of_what_happened(shown: Shown, services: Services) -> None:
    dialog = ask(shown, "leads.log")
    assert dialog.windowTitle() == f"Log: {shown.names()[0]}"
    shown.press(Qt.Key.Key_Return)
    assert dialog.problem.text() == "Say in a few words what happened."
    assert services.lists.count(Filter("activity")) == 0
    shown.type("Wants a quote")
    shown.press(Qt.Key.Key_Return)
    (entry,) = services.lists.ids(Filter("activity"))
    values = services.records.show("activity", entry).values
    assert (values["subject"], values["type"]) == ("Wants a quote", "call")


def test_an_entry_that_is_taken_up_again_is_the_same_form(shown: Shown) -> None:
    ask(shown, "leads.log")
    shown.type("Wants a quote")
    shown.press(Qt.Key.Key_Escape)
    more = shown.notices[-1].more
    assert more is not None
    more[1]()
    again = shown.page.form.dialog
    assert again.windowTitle() == f"Log: {shown.names()[0]}" and again.editors["subject"].text() == "Wants a quote"
    assert again.words


def test_esc_while_it_is_written_does_not_say_that_nothing_was(show: Show, held: Held, leads: list[int]) -> None:
    shown = show(LeadsPage, held)
    dialog = ask(shown, "leads.new")
    dialog.editors["name"].setText("Noor Haddad")
    held.holding = True
    dialog.ok_button.click()
    shown.press(Qt.Key.Key_Escape)
    held.holding = False
    held.go_on()
    assert "Nothing was added." not in [notice.text for notice in shown.notices]
    assert not dialog.isVisible()


@pytest.mark.parametrize("command", ["leads.new", "leads.log", "leads.follow_up"])
def test_a_form_does_not_complain_before_anybody_typed(shown: Shown, command: str) -> None:
    dialog = ask(shown, command)
    assert not [name for name, editor in dialog.editors.items() if getattr(editor, "complaint", None)
                and editor.complaint.text()]  # fmt: skip


def test_a_follow_up_asks_what_is_to_be_done_first(shown: Shown) -> None:
    dialog = ask(shown, "leads.follow_up")
    assert dialog.windowTitle() == f"Follow-up: {shown.names()[0]}"
    assert dialog.focusWidget() is dialog.editors["title"]


def test_what_is_wrong_stands_below_its_field_and_covers_nothing(shown: Shown) -> None:
    dialog = ask(shown, "leads.new")
    dialog.editors["email"].setText("not-an-email")
    dialog.answer()
    QApplication.processEvents()
    said = dialog.editors["email"].complaint
    assert said.isVisible() and "@" in said.text()
    place = QRect(said.mapTo(dialog, QPoint(0, 0)), said.size())
    others = [each for each in dialog.findChildren(QLineEdit) if each.isVisible()]
    assert not any(place.intersects(QRect(each.mapTo(dialog, QPoint(0, 0)), each.size())) for each in others)
    assert place.top() >= dialog.editors["email"].mapTo(dialog, dialog.editors["email"].rect().bottomLeft()).y()


def test_the_form_of_a_deal_says_it_in_the_same_way(show: Show) -> None:
    deals = show(PipelinePage).page.deals
    deals.new(None, None)
    dialog = deals.asking
    dialog.name_edit.setText("Grinders")
    dialog.amount_edit.setText("a lot")
    dialog.answer()
    QApplication.processEvents()
    below = [each for each in dialog.findChildren(QLabel) if each.isVisible() and "1,234.50" in each.text()]
    assert len(below) == 1 and dialog.isVisible()
    top = below[0].mapTo(dialog, QPoint(0, 0)).y()
    assert dialog.amount_edit.mapTo(dialog, dialog.amount_edit.rect().bottomLeft()).y() < top
    assert top < dialog.stage_box.mapTo(dialog, QPoint(0, 0)).y()


@pytest.mark.parametrize("command", ["leads.log", "leads.follow_up", "leads.new"])
def test_a_form_that_nobody_typed_into_is_left_without_a_word(shown: Shown, command: str) -> None:
    dialog = ask(shown, command)
    assert dialog.given() == dialog.values, (dialog.given(), dialog.values)
    shown.press(Qt.Key.Key_Escape)
    assert not shown.notices


@pytest.mark.parametrize(
    ("typed", "keys", "source"),
    [("bsit", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Return], "Website"), ("Web", [Qt.Key.Key_Return], "Web")],
)
def test_sources_in_use_are_offered_and_others_can_be_typed(
    shown: Shown, services: Services, typed: str, keys: list[Qt.Key], source: str
) -> None:
    dialog = ask(shown, "leads.new")
    QTest.keyClicks(dialog.editors["name"], "Ada King")
    line = dialog.editors["source"]
    line.setFocus()
    QTest.keyClicks(line, typed)
    popup = line.completer().popup()
    assert popup.isVisible() and popup.model().index(0, 0).data() == "Website"
    for key in keys:
        QTest.keyClick(popup if popup.isVisible() else line, key)
    [added] = services.lists.ids(Filter("lead", is_("name", "Ada King")))
    assert services.records.show("lead", added).values["source"] == source
