"""Leads are put aside, converted, taken back and made from a text, by keys and forms."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.terms import Lifecycle
from crm_desktop.gui import format
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.leads.asking import LeadValuesDialog, PasteDialog
from crm_desktop.gui.pages.leads.convert_dialog import ConvertDialog
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.value_edit import LineEdit
from crm_desktop.services import Services
from crm_desktop.services.conversion_plan import Choices
from tests.gui.pages.lists import Show, Shown, held, show
from tests.gui.test_records_model import Held

__all__ = ["held", "show"]


@pytest.fixture
def leads(services: Services) -> list[int]:
    """Three leads, the hottest first."""
    return [
        services.records.add("lead", {"name": name, "company_name": company, "score": score, "email": email}).id
        for name, company, score, email in (
            ("Noor Haddad", "Brightwater Offices", 86, "noor@brightwater.example"),
            ("Joanna Whitlock", "Fenwick Schools Trust", 72, "j.whitlock@fenwick.example"),
            ("Amara Diallo", "Lumen Dental Group", 41, "amara@lumen.example"),
        )
    ]


def told(services: Services, lead: int, *names: str) -> tuple[Any, ...]:
    values = services.records.show("lead", lead).values
    return tuple(getattr(values[name], "name", values[name]) for name in names)


def first(shown: Shown) -> int:
    shown.page.table.setFocus()
    number: int = shown.page.table.current_id
    return number


def test_disqualifying_asks_why(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    lead = first(shown)
    shown.press(Qt.Key.Key_X)
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, LeadValuesDialog)
    dialog.answer()
    assert "reason" in dialog.problem.text() and dialog.isVisible()
    edit = dialog.editors["status_reason"]
    assert isinstance(edit, LineEdit)
    edit.setText("No budget")
    dialog.answer()
    assert told(services, lead, "status_type", "status_reason") == ("disqualified", "No budget")
    assert "disqualified" in shown.said
    shown.undo()
    assert told(services, lead, "status_type") == ("open",)


def test_reasons_given_before_are_offered_as_far_as_they_find_room(
    show: Show, leads: list[int], services: Services
) -> None:
    services.leads.recycle(leads[2:], date(2027, 1, 10), "Bound by a contract")
    services.leads.disqualify(leads[:1], "No budget")
    services.leads.disqualify(leads[1:2], "Wants " + "so many things at once " * 4)
    shown = show(LeadsPage)
    shown.page.deeds.disqualify(lambda: leads[2:])
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, LeadValuesDialog)
    own = (dialog.cancel_button, dialog.ok_button)
    [chip] = [b for b in dialog.findChildren(Button) if b.isVisible() and b not in own]
    chip.click()
    dialog.answer()
    assert chip.text() == "No budget"
    assert told(services, leads[2], "status_type", "status_reason") == ("disqualified", "No budget")


def test_a_form_is_typed_into_at_once_and_answered_by_keys(
    show: Show, leads: list[int], services: Services, qtbot: QtBot
) -> None:
    services.leads.qualify(leads[:1], Lifecycle.MQL)
    shown = show(LeadsPage)
    lead = first(shown)
    shown.press(Qt.Key.Key_Q)
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, LeadValuesDialog)
    note = dialog.focusWidget()
    assert note is dialog.editors["qualification"]
    qtbot.keyClicks(note, "Has budget")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    qtbot.keyClicks(note, "and need")
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cancel_button
    [send] = [each for each in dialog.findChildren(QShortcut) if each.key().toString() == "Ctrl+Return"]
    send.activated.emit()  # without a screen the dialog is not the active window, which keys need
    assert told(services, lead, "lifecycle", "qualification") == ("sql", "Has budget\nand need")


@pytest.mark.parametrize("way", ["path", "menu", "cell"])
def test_a_step_that_is_chosen_is_taken_as_by_the_key(
    show: Show, leads: list[int], services: Services, way: str
) -> None:
    shown = show(LeadsPage)
    page, lead = shown.page, first(shown)
    page.panel.show_record("lead", lead)

    def choose(step: Lifecycle) -> None:
        if way == "path":
            next(each for each in page.panel.body.path.findChildren(QAbstractButton) if each.step is step).click()
            return
        if way == "cell":
            row = page.records.row_of(lead)
            page.records.setData(page.records.index(row, shown.column("lifecycle")), step.value)
            return
        menus = list[QMenu]()
        page.deeds.offer_statuses(lambda: [lead], menus.append)
        steps = menus[0].actions()[-1].menu()
        assert isinstance(steps, QMenu)
        steps.actions()[list(Lifecycle).index(step)].trigger()

    choose(Lifecycle.MQL)
    assert shown.said == "Noor Haddad qualified" and told(services, lead, "lifecycle") == ("mql",)
    choose(Lifecycle.SQL)
    dialog = page.deeds.dialog
    dialog.editors["qualification"].setPlainText("Has budget")
    dialog.answer()
    assert told(services, lead, "lifecycle", "status_type") == ("sql", "qualified")
    assert shown.said == "Noor Haddad qualified"
    assert [each.verb for each in services.history.entries(2)] == ["qualify", "qualify"]
    choose(Lifecycle.LEAD)
    assert told(services, lead, "lifecycle") == ("lead",) and shown.said == "Noor Haddad changed"
    shown.undo()
    assert told(services, lead, "lifecycle") == ("sql",)


def test_all_that_is_ticked_goes_a_step_on_after_a_look(show: Show, leads: list[int], services: Services) -> None:
    noted = services.records.add("lead", {"name": "Bo Lee", "qualification": "Called", "score": 1}).id
    services.leads.qualify([leads[1], noted], Lifecycle.MQL)
    services.leads.qualify(leads[2:], Lifecycle.SQL, "Ready")
    shown = show(LeadsPage)
    first(shown)
    shown.page.records.tick(0, 3, True)
    shown.press(Qt.Key.Key_Q)
    dialog = shown.page.deeds.dialog
    assert dialog.windowTitle() == "Qualify 3 leads"
    [said] = [each.text() for each in dialog.findChildren(QLabel) if "become" in each.text()]
    assert said.splitlines() == [
        "1 lead becomes MQL", "2 leads become SQL", "1 lead stays as it is", "The note goes to 1 lead that has none",
    ]  # fmt: skip
    dialog.answer()
    assert "qualification note" in dialog.problem.text()
    dialog.editors["qualification"].setPlainText("Has budget")
    dialog.answer()
    assert [told(services, each, "lifecycle")[0] for each in leads] == ["mql", "sql", "sql"]
    assert shown.said == "3 leads qualified" and told(services, noted, "qualification") == ("Called",)
    shown.undo()
    assert [told(services, each, "lifecycle")[0] for each in leads] == ["lead", "mql", "sql"]


def test_the_one_that_is_ticked_is_meant_not_the_current_one(show: Show, leads: list[int], services: Services) -> None:
    services.leads.qualify(leads[2:], Lifecycle.SQL, "Ready")
    shown = show(LeadsPage)
    first(shown)
    shown.page.records.tick(1, 1, True)
    shown.press(Qt.Key.Key_Q)
    assert [told(services, each, "lifecycle")[0] for each in leads] == ["lead", "mql", "sql"]
    shown.page.records.tick(1, 1, False)
    shown.page.records.tick(2, 2, True)
    shown.press(Qt.Key.Key_Q)
    assert isinstance(shown.page.deeds.dialog, ConvertDialog) and shown.page.deeds.dialog.leads == leads[2:]


def test_a_lead_comes_back_on_a_day(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    lead = first(shown)
    shown.press(Qt.Key.Key_Z)
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, LeadValuesDialog)
    day = dialog.focusWidget()
    assert isinstance(day, LineEdit) and day is dialog.editors["return_on"]
    assert day.selectedText() == day.text() == "10 Feb 2027"
    dialog.answer()
    assert told(services, lead, "status_type", "next_step") == ("recycled", "Contact again")


def test_who_is_put_back_already_is_asked_with_what_was_said(show: Show, leads: list[int], services: Services) -> None:
    services.leads.recycle(leads[:1], date(2026, 12, 3), "After the fair")
    shown = show(LeadsPage)
    shown.page.deeds.recycle(lambda: leads[:1])
    editors = shown.page.deeds.dialog.editors
    assert (editors["return_on"].text(), editors["status_reason"].text()) == ("3 Dec 2026", "After the fair")


def test_statuses_go_by_their_names(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    lead = first(shown)
    shown.press(Qt.Key.Key_S)
    [menu] = [each for each in shown.page.findChildren(QMenu) if each.actions()[0].text() == "New"]
    names = [action.text() for action in menu.actions()]
    assert names[:4] == ["New", "Contacted", "Nurturing", "Qualified"]
    assert marked(menu) == (["New"], ["New"])
    menu.actions()[2].trigger()
    menu.close()
    assert told(services, lead, "status", "status_type") == ("Nurturing", "working")


def marked(menu: QMenu) -> tuple[list[str], list[str]]:
    """What a menu marks, and what of it cannot be chosen."""
    entries = menu.actions()
    return [each.text() for each in entries if each.isChecked()], [e.text() for e in entries if not e.isEnabled()]


def test_a_form_says_of_how_many_leads_it_is(show: Show, leads: list[int]) -> None:
    shown, titles = show(LeadsPage), []
    first(shown)
    for count in (1, 3):
        shown.page.records.tick(0, count - 1, True)
        for ask in (shown.page.deeds.disqualify, shown.page.deeds.recycle):
            ask()
            titles.append(shown.page.deeds.dialog.windowTitle())
    assert titles[0] == "Why is it put aside?" and titles[1] == "When does the lead come back?"
    assert titles[2:] == ["Why are 3 leads put aside?", "When do 3 leads come back?"]


def test_the_menu_of_statuses_marks_what_a_lead_has(show: Show, leads: list[int], services: Services) -> None:
    services.leads.recycle(leads[:1], date(2027, 1, 10))
    services.leads.qualify(leads[:1], Lifecycle.MQL)
    shown, menus = show(LeadsPage), list[QMenu]()
    first(shown)
    shown.page.deeds.offer_statuses(lambda: leads[:1], menus.append)
    steps = menus[0].actions()[-1].menu()
    assert isinstance(steps, QMenu)
    assert (marked(menus[0]), marked(steps)) == ((["Recycled"], []), (["MQL"], ["MQL"]))
    shown.page.records.tick(0, 1, True)
    shown.page.deeds.offer_statuses(lambda: leads[:2], menus.append)
    assert marked(menus[1]) == ([], [])


def test_a_pasted_signature_becomes_a_lead(show: Show, leads: list[int], services: Services) -> None:
    QGuiApplication.clipboard().setText("Ada King\nKing Ltd\nada@king.example\n020 7946 0182")
    shown = show(LeadsPage)
    next(button for button in shown.page.findChildren(Button) if button.isVisible()).setFocus()
    shown.page.context.actions.trigger("leads.from_text")
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, PasteDialog)
    assert dialog.people[0]["name"] == "Ada King" and dialog.ok_button.isEnabled()
    dialog.text_edit.setPlainText("see you on friday")
    dialog.read()
    assert "No name" in dialog.problem.text() and not dialog.ok_button.isEnabled()
    dialog.text_edit.setPlainText("Ada King, King Ltd, ada@king.example")
    dialog.answer()
    [lead] = services.lists.ids(Filter("lead", is_("email", "ada@king.example")))
    assert told(services, lead, "name", "company_name") == ("Ada King", "King Ltd")
    assert shown.page.table.current_id == lead and QApplication.focusWidget() is shown.page.table


def test_two_signatures_become_two_leads_as_one_step(show: Show, leads: list[int], services: Services) -> None:
    QGuiApplication.clipboard().setText(
        "Ada King\nKing Ltd\nada@king.example\n\n\nAmara Diallo\nLumen Dental Group\namara@lumen.example"
    )
    shown = show(LeadsPage)
    shown.page.deeds.paste()
    dialog = shown.page.deeds.dialog
    QApplication.processEvents()
    said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert {"1 of 2", "Ada King", "2 of 2", "Amara Diallo"} <= set(said)
    assert [each for each in said if each.startswith("Looks like Amara Diallo")]
    assert dialog.ok_button.text() == "Add 2 leads" and not dialog.several.isVisible()
    dialog.answer()
    assert shown.said == "2 leads added" and len(shown.names()) == 5
    shown.undo()
    assert len(shown.names()) == 3


def test_enter_takes_what_was_copied(show: Show, leads: list[int], services: Services, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("Ada King\nada@king.example")
    shown = show(LeadsPage)
    shown.page.deeds.paste()
    text = shown.page.deeds.dialog.text_edit
    qtbot.keyClick(text, Qt.Key.Key_Right)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "Ada King\nada@king.example\n"
    text.selectAll()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert services.lists.count(Filter("lead", is_("email", "ada@king.example"))) == 1


@pytest.mark.parametrize(("other", "told"), [("bo@lee.example", True), ("ada@gmail.com", False), ("", False)])
def test_a_text_about_two_people_says_so(show: Show, leads: list[int], other: str, told: bool) -> None:
    QGuiApplication.clipboard().setText(f"Ada King\nada@king.example\n\n{other}")
    shown = show(LeadsPage)
    shown.page.deeds.paste()
    assert shown.page.deeds.dialog.several.isVisible() is told


def test_what_a_text_says_is_shown_whole(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    shown.page.context.actions.trigger("leads.from_text")
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, PasteDialog)
    firm = "Hotel Adler Betriebs GmbH & Co. KG Gastronomie und Veranstaltungen"
    dialog.text_edit.setPlainText(
        f"Dr. Anna-Lena Großmann\n{firm}\n79098 Freiburg im Breisgau\nGermany\nMobil: 0171 / 234 56 78\n"
        "anna-lena.grossmann@hotel-adler.example\ninfo@hotel-adler.example"
    )
    dialog.read()
    for _ in range(4):
        QApplication.processEvents()
    said = [part for part in dialog.findChildren(QLabel) if part.wordWrap() and part.isVisible()]
    assert {firm, "Germany", "0171 / 234 56 78 (Mobile)"} <= {part.text() for part in said}
    assert [part.text() for part in said if part.height() < part.heightForWidth(part.width())] == []
    dialog.answer()
    [lead] = services.lists.ids(Filter("lead", is_("email", "info@hotel-adler.example")))
    assert told(services, lead, "country", "note") == ("Germany", "Dr. Anna-Lena Großmann")
    assert [point.label for point in services.contact_points.of("lead", lead) if point.way == "phone"] == ["mobile"]


def test_a_new_lead_is_gone_to_when_the_list_has_it(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    lead = services.records.add("lead", {"name": "Ada King"})
    shown.page.added("Ada King added", lead)
    assert shown.page.table.current_id != lead.id
    shown.page.context.changes.announce(lead.change)
    QApplication.processEvents()
    assert shown.page.table.current_id == lead.id


def test_a_new_lead_that_the_view_does_not_list_can_be_shown(
    show: Show, leads: list[int], services: Services
) -> None:
    shown = show(LeadsPage)
    shown.page.look_at(Filter("lead", is_("source", "Fair")))
    opened: list[object] = []
    shown.page.opened.connect(lambda _page, target: opened.append(target))
    lead = services.records.add("lead", {"name": "Ada King"})
    shown.page.added("Ada King added", lead)
    shown.page.context.changes.announce(lead.change)
    QApplication.processEvents()
    assert shown.said == "Added, but not listed in this view"
    more = shown.notices[-1].more
    assert more is not None and more[0] == "Show it"
    more[1]()
    assert opened == [RecordTarget("lead", lead.id)]
    shown.undo()
    assert services.lists.count(Filter("lead", is_("name", "Ada King"))) == 0


def test_a_text_too_long_for_a_lead_is_not_taken_in(show: Show, leads: list[int]) -> None:
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    shown = show(LeadsPage)
    shown.page.deeds.paste()
    dialog = shown.page.deeds.dialog
    assert dialog.text_edit.toPlainText() == ""
    dialog.text_edit.paste()
    assert dialog.text_edit.toPlainText() == ""
    assert "too long" in dialog.problem.text() and dialog.problem.isVisible()


def test_a_name_that_is_none_of_the_list_converts_nothing(show: Show, leads: list[int], services: Services) -> None:
    services.records.set("lead", leads, {"value": Money(1_050_000, "EUR")})
    shown = show(LeadsPage)
    lead = first(shown)
    shown.page.deeds.convert()
    dialog = shown.page.deeds.dialog
    row = dialog.rows["person"]
    row.choice.setCurrentIndex(row.choice.findText("Another one…"))
    row.choice.activated.emit(row.choice.currentIndex())
    for name in ("", "Nobody at all"):
        row.other.setText(name)
        dialog.answer()
        assert dialog.isVisible() and "from the list" in row.other.complaint.text()
    assert told(services, lead, "status_type") == ("open",)
    assert format.money(Money(1_050_000, "EUR")) in dialog.rows["deal"].words.text()


def test_a_lead_becomes_person_company_and_deal_and_a_lead_again(
    show: Show, leads: list[int], services: Services
) -> None:
    shown = show(LeadsPage)
    lead = first(shown)
    counts = {kind: services.lists.count(Filter(kind)) for kind in ("person", "company", "deal")}
    shown.page.deeds.convert()
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, ConvertDialog)
    assert dialog.rows["person"].choice.currentText() == "New person"
    dialog.answer()
    assert told(services, lead, "status_type", "lifecycle") == ("converted", "opportunity")
    assert {kind: services.lists.count(Filter(kind)) for kind in counts} == {k: n + 1 for k, n in counts.items()}
    shown.page.table.go_to(lead)
    shown.page.deeds.unconvert()
    assert told(services, lead, "status_type") == ("open",)
    assert {kind: services.lists.count(Filter(kind)) for kind in counts} == counts


def test_many_leads_are_converted_and_their_numbers_read_where_the_work_is_done(
    show: Show, leads: list[int], services: Services
) -> None:
    for lead, count in zip(leads, (1, 2, 0), strict=True):
        for _ in range(count):
            services.records.add("task", {"title": "ring", "lead": f"lead:{lead}"})
    shown = show(LeadsPage)
    asked: list[int] = []

    def ids() -> list[int]:
        asked.append(len(shown.page.context.jobs.running))
        return leads

    shown.page.deeds.convert(ids)
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, ConvertDialog)
    assert asked == [1] and dialog.windowTitle() == "Convert 3 leads" and dialog.several.isVisible()
    assert [row.choice.isEnabled() for row in dialog.rows.values()] == [False, False, True]
    assert dialog.focusWidget() is dialog.ok_button
    said = dialog.several.text().splitlines()
    assert "Noor Haddad: new person, new company, new deal" in said and len(said) == 4
    assert dialog.carried.text() == "Comes along: 3 tasks"
    steps: list[tuple[int, int]] = []
    shown.page.context.jobs.progressed.connect(lambda job: steps.append((job.progress.step, job.progress.total)))
    dialog.answer()
    assert steps == [(1, 3), (2, 3), (3, 3)] and asked == [1]
    assert services.lists.count(Filter("lead", is_("status_type", "converted"))) == 3


def test_the_form_of_many_leads_opens_as_high_as_what_it_holds(show: Show, leads: list[int], held: Held) -> None:
    shown = show(LeadsPage, held)
    held.holding = True
    shown.page.deeds.convert(lambda: leads)
    dialog = shown.page.deeds.dialog
    assert not dialog.isVisible()
    held.go_on()
    opened = dialog.height()
    QApplication.processEvents()
    assert dialog.isVisible() and dialog.height() == opened == dialog.heightForWidth(dialog.width())
    held.holding = False
    dialog.reject()
    dialog.plan()
    assert not dialog.isVisible()


def test_what_is_converted_is_not_converted_twice(show: Show, leads: list[int], held: Held) -> None:
    shown = show(LeadsPage, held)
    first(shown)
    shown.page.deeds.convert()
    dialog = shown.page.deeds.dialog
    held.holding = True
    dialog.answer()
    [writing] = held.waiting
    dialog.plan()
    held.waiting.remove(writing)
    held.go_on()
    assert not dialog.ok_button.isEnabled()
    held.waiting.append(writing)
    held.go_on()


def test_what_comes_of_a_lead_is_told_of_the_last_choice(show: Show, leads: list[int], held: Held) -> None:
    shown = show(LeadsPage, held)
    first(shown)
    shown.page.deeds.convert()
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, ConvertDialog)
    row = dialog.rows["deal"]
    held.holding = True
    for text in ("No deal", "New deal"):
        row.choice.setCurrentText(text)
        row.choice.activated.emit(row.choice.currentIndex())
    held.waiting.reverse()
    held.go_on()
    assert row.words.isVisible() and row.words.text().startswith("New with")


def test_many_leads_do_not_share_the_deal_of_the_first(show: Show, leads: list[int], services: Services) -> None:
    person = services.records.add("person", {"name": "Noor Haddad", "email": "noor@brightwater.example"}).id
    services.records.add("deal", {"name": "Known deal", "person": f"person:{person}"})
    shown = show(LeadsPage)
    shown.page.deeds.convert(lambda: leads)
    dialog = shown.page.deeds.dialog
    assert isinstance(dialog, ConvertDialog)
    deal = dialog.rows["deal"].choice
    assert [deal.itemText(row) for row in range(deal.count())] == [
        "Its deal if there is one, else a new one", "New deal", "No deal",
    ]  # fmt: skip
    dialog.answer()
    assert [services.lists.count(Filter("deal", is_("lead", lead))) for lead in leads] == [1, 1, 1]


def test_no_deal_may_come_of_it(show: Show, leads: list[int], services: Services, qtbot: QtBot) -> None:
    shown = show(LeadsPage)
    lead = first(shown)
    shown.page.deeds.convert()
    dialog = shown.page.deeds.dialog
    qtbot.keyClick(dialog.rows["deal"].choice, Qt.Key.Key_Down)
    assert dialog.rows["deal"].choice.currentText() == "No deal"
    dialog.answer()
    assert told(services, lead, "status_type") == ("converted",)
    assert services.lists.count(Filter("deal", is_("lead", lead))) == 0


def test_q_goes_on_step_by_step_to_customer_and_deal(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    lead = first(shown)
    shown.press(Qt.Key.Key_Q)
    assert told(services, lead, "lifecycle") == ("mql",)
    shown.press(Qt.Key.Key_Q)
    dialog = shown.page.deeds.dialog
    dialog.answer()
    assert "note" in dialog.problem.text()
    dialog.editors["qualification"].setPlainText("Budget 30,000, decides in March")
    dialog.answer()
    assert told(services, lead, "lifecycle", "qualification") == ("sql", "Budget 30,000, decides in March")
    shown.page.table.setFocus()
    shown.press(Qt.Key.Key_Q)
    assert isinstance(shown.page.deeds.dialog, ConvertDialog)


@pytest.mark.parametrize("open_it", ["paste", "convert", "recycle"])
def test_every_part_of_a_form_has_a_name(show: Show, leads: list[int], open_it: str) -> None:
    shown = show(LeadsPage)
    first(shown)
    getattr(shown.page.deeds, open_it)()
    dialog = shown.page.deeds.dialog
    parts = [p for p in dialog.findChildren(QWidget) if p.focusPolicy() & Qt.FocusPolicy.TabFocus and p.isVisible()]
    assert parts and [part for part in parts if not (part.accessibleName() or getattr(part, "text", str)())] == []


def test_the_panel_says_the_status_beside_the_lifecycle(show: Show, leads: list[int], services: Services) -> None:
    services.leads.recycle(leads[:1], date(2026, 12, 3), "After the fair")
    shown = show(LeadsPage)
    shown.page.panel.show_record("lead", first(shown))
    line = shown.page.panel.body.status_line
    assert line.text() == "Recycled · Comes back 3 Dec · After the fair"
    services.leads.disqualify(leads[:1], "No budget")
    shown.page.panel.show_record("lead", leads[0])
    assert line.text() == "Disqualified · No budget"
    services.records.set("lead", leads[:1], {"lifecycle": "evangelist"})
    shown.page.panel.show_record("lead", leads[0])
    assert line.text() == "Evangelist · Disqualified · No budget"


def test_a_converted_lead_is_not_opened_and_names_the_way_back(
    show: Show, leads: list[int], services: Services
) -> None:
    services.conversion.convert(leads[:1], Choices())
    shown = show(LeadsPage)
    first(shown)
    page = shown.page
    page.table.setCurrentIndex(page.records.index(0, shown.column("source")))
    page.table.edit_current()
    assert not page.table.editing and "“Make it a lead again”" in shown.said
    page.panel.show_record("lead", leads[0])
    body, actions = page.panel.body, page.context.actions
    actions.refresh()
    buttons = [button.text() for button in body.findChildren(Button) if button.isVisible()]
    assert buttons[-1] == "Make it a lead again" and not {"Add", "Add a detail"} & set(buttons)
    assert not body.details.isEnabled() and body.status_line.text() == "Converted · stays as it is"
    assert [(line.run, line.choices) for line in body.contact.points.lines] == [(None, ())]
    usable = {name: actions.action(f"leads.{name}").isEnabled() for name in ("convert", "disqualify", "unconvert")}
    assert usable == {"convert": False, "disqualify": False, "unconvert": True}


def test_a_converted_lead_leads_to_what_it_became(
    show: Show, leads: list[int], services: Services, qtbot: QtBot
) -> None:
    made = services.conversion.convert(leads[:1], Choices())
    shown = show(LeadsPage)
    body = shown.page.panel.body
    shown.page.panel.show_record("lead", first(shown))
    lines = body.contact.became.lines
    assert [(line.lead, line.text) for line in lines] == [
        ("Person", "Noor Haddad"), ("Company", "Brightwater Offices"), ("Deal", "Brightwater Offices"),
    ]  # fmt: skip
    assert not {"person", "company"} & set(body.details.shown_names)
    with qtbot.waitSignal(shown.page.opened) as opened:
        lines[2].run()
    assert opened.args == ["pipeline", RecordTarget("deal", made.deal or 0)]
    shown.page.panel.show_record("lead", leads[1])
    assert not body.contact.became.isVisible() and body.contact.points.add_button.isVisible()


def test_the_panel_tells_what_was_changed_while_nobody_saw_it(show: Show, leads: list[int], services: Services) -> None:
    services.conversion.convert(leads[:1], Choices())
    shown = show(LeadsPage)
    page = shown.page
    page.panel.show_record("lead", first(shown))
    page.hide()
    page.context.changes.announce(services.history.undo())
    page.show()
    assert page.panel.body.status_line.text() == "New"


def test_the_keys_stay_with_the_list_when_a_button_goes(show: Show, leads: list[int], services: Services) -> None:
    services.conversion.convert(leads[:1], Choices())
    shown = show(LeadsPage)
    first(shown)
    shown.page.context.actions.refresh()
    [back] = [b for b in shown.page.panel.body.findChildren(Button) if b.text() == "Make it a lead again"]
    back.setFocus()
    back.click()
    shown.page.context.actions.refresh()
    QApplication.processEvents()
    assert not back.isVisible() and shown.page.window().focusWidget() is shown.page.table


def test_what_the_panel_offers_is_of_the_lead_that_it_shows(show: Show, leads: list[int], services: Services) -> None:
    services.leads.qualify(leads, Lifecycle.SQL, "Ready")
    shown = show(LeadsPage)
    page, shows = shown.page, first(shown)
    page.records.tick(1, 2, True)
    page.panel.show_record("lead", shows)

    def press(words: str) -> None:
        next(b for b in page.panel.body.findChildren(Button) if b.text() == words and b.isVisible()).click()
        page.context.actions.refresh()

    press("Customer and deal")
    page.deeds.dialog.answer()
    converted = Filter("lead", is_("status_type", "converted"))
    assert list(services.lists.ids(converted)) == [shows]
    press("Make it a lead again")
    assert list(services.lists.ids(converted)) == []


def test_what_stays_of_a_conversion_is_named(show: Show, leads: list[int], services: Services) -> None:
    made = services.conversion.convert(leads[:1], Choices())
    services.records.add("task", {"title": "Send the quote", "deal": made.deal, "type": "call"})
    shown = show(LeadsPage)
    first(shown)
    shown.page.deeds.unconvert()
    assert "deal" in shown.said and "Send the quote" in shown.said and "stays" in shown.said
