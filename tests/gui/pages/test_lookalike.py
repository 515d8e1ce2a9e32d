"""The line that says, while a new record is typed, who is already there."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from crm_desktop.domain.duplicates import Likeness, Reason
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records import lookalike_line
from crm_desktop.gui.records.likeness_words import reason_words, reasons_words
from crm_desktop.gui.records.record_form import RecordDialog
from crm_desktop.services import Services
from tests.gui.pages.lists import Shown, show

__all__ = ["show"]


@pytest.fixture
def joanna(services: Services) -> int:
    """A lead who is there already."""
    return services.records.add(
        "lead",
        {"first_name": "Joanna", "last_name": "Whitlock", "company_name": "Fenwick Schools Trust",
         "email": "j.whitlock@fenwick.example", "phone": "+44 20 7946 0018"},
    ).id  # fmt: skip


@pytest.fixture
def page(show: Any) -> Iterator[Shown]:
    yield show(LeadsPage)


def new_lead(page: Shown) -> RecordDialog:
    page.page.context.actions.trigger("leads.new")
    dialog = page.page.form.dialog
    assert isinstance(dialog, RecordDialog)
    return dialog


def typed(dialog: RecordDialog, field: str, text: str) -> str:
    """What the line says a moment after something was typed; empty while it is hidden."""
    editor = dialog.editors[field]
    editor.setFocus()
    editor.selectAll()  # type: ignore[union-attr]
    QTest.keyClicks(editor, text)
    dialog.lookalike.look()
    return dialog.lookalike.sentence.text() if dialog.lookalike.isVisible() else ""


def test_who_is_already_there_is_told(page: Shown, joanna: int) -> None:
    dialog = new_lead(page)
    assert not dialog.lookalike.isVisible()
    assert typed(dialog, "email", "j.whit") == ""
    said = typed(dialog, "email", "j.whitlock@fenwick.example")
    assert said == "Looks like Joanna Whitlock, Fenwick Schools Trust (same email)"
    assert typed(dialog, "name", "Joanna Whitlock").endswith("(same email, same name)")
    assert typed(dialog, "email", "other@fenwick.example").endswith("(same name)")
    assert typed(dialog, "name", "Somebody Else") == ""
    dialog.reject()


def test_it_looks_by_itself_once_nothing_is_typed_for_a_moment(
    page: Shown, joanna: int, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookalike_line, "PAUSE", 1)
    dialog = new_lead(page)
    dialog.editors["name"].setFocus()
    QTest.keyClicks(dialog.editors["name"], "joanna whitlock")
    qtbot.waitUntil(dialog.lookalike.isVisible)
    dialog.reject()


def test_it_holds_nothing_up(page: Shown, joanna: int) -> None:
    dialog = new_lead(page)
    assert typed(dialog, "name", "Joanna Whitlock")
    dialog.ok_button.click()
    assert page.names().count("Joanna Whitlock") == 2


def test_the_record_is_opened_instead(page: Shown, joanna: int) -> None:
    opened: list[tuple[str, object]] = []
    page.page.opened.connect(lambda place, target: opened.append((place, target)))
    dialog = new_lead(page)
    typed(dialog, "name", "Joanna Whitlock")
    assert "Joanna Whitlock" in dialog.lookalike.open_button.accessibleDescription()
    dialog.lookalike.open_button.click()
    assert opened == [("leads", RecordTarget("lead", joanna))]
    assert not dialog.isVisible()


def test_a_text_about_somebody_who_is_there_says_so(page: Shown, joanna: int) -> None:
    opened: list[tuple[str, object]] = []
    page.page.opened.connect(lambda place, target: opened.append((place, target)))
    page.page.deeds.paste()
    dialog = page.page.deeds.dialog
    dialog.text_edit.setPlainText("Ada King")
    dialog.read()
    assert not dialog.lookalike.isVisible()
    dialog.text_edit.setPlainText("Joanna Whitlock\nFenwick Schools Trust\nTel. +44 20 7946 0018")
    dialog.read()
    assert dialog.lookalike.sentence.text().startswith("Looks like Joanna Whitlock, Fenwick Schools Trust (same phone")
    dialog.lookalike.open_button.click()
    assert opened == [("leads", RecordTarget("lead", joanna))] and not dialog.isVisible()


def test_a_text_that_was_left_is_taken_up_again(page: Shown) -> None:
    QGuiApplication.clipboard().setText("Ada King")
    page.page.deeds.paste()
    page.page.deeds.dialog.reject()
    assert page.notices == []  # it is still in the clipboard
    page.page.deeds.paste()
    page.page.deeds.dialog.text_edit.setPlainText("Ada King, King Ltd")
    page.page.deeds.dialog.reject()
    assert page.said == "Nothing was added." and page.notices[-1].more is not None
    page.notices[-1].more[1]()
    dialog = page.page.deeds.dialog
    assert dialog.text_edit.toPlainText() == "Ada King, King Ltd" and dialog.ok_button.isEnabled()
    dialog.reject()


def test_a_new_person_may_be_a_lead(show: Any, joanna: int) -> None:
    shown = show(CustomersPage)
    shown.page.context.actions.trigger("customers.new_person")
    dialog = shown.page.form.dialog
    assert typed(dialog, "email", "J.WHITLOCK@fenwick.example").startswith("Looks like Joanna Whitlock")
    dialog.reject()


def test_reasons_are_words(served: AppContext) -> None:
    services = served.services
    reasons = (Reason("first_name", Likeness.SWAPPED), Reason("last_name", Likeness.SWAPPED),
               Reason("street", Likeness.SIMILAR), Reason("member", Likeness.SAME))  # fmt: skip
    assert reasons_words(services, "person", reasons) == "first and last name swapped, similar street, same member"
    assert reason_words(services, "company", Reason("domain", Likeness.SAME)) == "same website"
