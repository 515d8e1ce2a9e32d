"""Addresses, roles, relations and groups in the side panel, as their user sees and works them."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.lines import LinesList
from crm_desktop.services import Services
from tests.gui.pages.lists import Show, Shown, show

__all__ = ["show"]


@pytest.fixture
def ada(services: Services) -> int:
    """Somebody with two addresses at a company with a subsidiary."""
    services.records.add("company", {"name": "Works", "postcode": "BS1 4ST", "city": "Bristol", "customer": "yes"})
    services.records.add("company", {"name": "Works North", "parent": "Works", "postcode": "BS1 9ZZ"})
    services.records.add("company", {"name": "Far Away", "postcode": "EH1 1AA", "customer": "yes"})
    return services.records.add(
        "person", {"name": "Ada King", "company": "Works", "job_title": "Chef", "birthday": "20 Nov 1985",
                   "email": "ada@work.example, ada@home.example", "phone": "+44 20 7946 0182"},
    ).id  # fmt: skip


def opened(show: Show, kind: str, record: int) -> Shown:
    """The page of customers with a record in its panel."""
    shown = show(CustomersPage)
    turn_to(shown, kind, record)
    return shown


def turn_to(shown: Shown, kind: str, record: int) -> None:
    """Choose a record and show it in the panel."""
    shown.page.open_filter(RecordTarget(kind, record))
    shown.page.chosen.open()
    QApplication.processEvents()


def money(amount: str) -> str:
    """An amount as it is shown."""
    return format.money(Money.of(Decimal(amount), "EUR"))


def told(lines: LinesList) -> list[str]:
    """What a screen reader says of each line."""
    return [line.sentence for line in lines.lines]


def test_addresses_are_marked_put_first_and_taken_off(show: Show, ada: int, services: Services) -> None:
    shown = opened(show, "person", ada)
    points = shown.page.panel.body.contact.points
    assert told(points) == ["Email: ada@work.example, Primary", "Email: ada@home.example", "Phone: +44 20 7946 0182"]
    assert points.menu_of(1) == [
        "Edit", "Make primary", "Mark as invalid everywhere", "Mark as opted out everywhere", "Remove",
    ]  # fmt: skip
    points.do(1, "Make primary")
    assert told(points)[:2] == ["Email: ada@home.example, Primary", "Email: ada@work.example"]
    assert "Ada King" in shown.said
    points.do(0, "Mark as opted out everywhere")
    assert told(points)[0] == "Email: ada@home.example, Opted out, Primary"
    assert points.lines[0].struck
    points.do(0, "Take back the opt-out everywhere")
    points.do(1, "Remove")
    assert told(points) == ["Email: ada@home.example", "Phone: +44 20 7946 0182"]
    shown.undo()
    assert len(points.lines) == 3
    assert "email" not in shown.page.panel.body.details.shown_names


def test_an_address_is_added_and_edited_by_keys_alone(show: Show, ada: int, services: Services) -> None:
    shown = opened(show, "person", ada)
    points = shown.page.panel.body.contact.points
    points.add("email")
    dialog = points.dialog
    assert dialog is not None
    dialog.edits["email"].setText("nonsense")
    QTest.keyClick(dialog.edits["email"], Qt.Key.Key_Return)
    assert "needs an @" in dialog.problem.text()
    dialog.edits["email"].setText("ada@club.example")
    dialog.label_box.setCurrentText("Home")
    QTest.keyClick(dialog.edits["email"], Qt.Key.Key_Return)
    QApplication.processEvents()
    assert told(points)[2] == "Home: ada@club.example"
    assert services.contact_points.of("person", ada)[2].label == "home"
    button = points._rows[2].button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert points.dialog is not None
    points.dialog.label_box.setCurrentText("Rowing club")
    points.dialog.answer()
    assert told(points)[2] == "Rowing club: ada@club.example"
    points.add("address")
    points.dialog.edits["city"].setText("Bristol")
    points.dialog.answer()
    assert told(points)[-1] == "Address: Bristol"


def test_calls_go_to_numbers_that_may_be_used(
    show: Show, ada: int, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(QUrl(url).toString()))
    shown = opened(show, "person", ada)
    points = shown.page.panel.body.contact.points
    points.do(0, "Mark as invalid everywhere")
    shown.page.record_actions.write_email()
    assert asked == ["mailto:ada@home.example"]
    points.do(2, "Mark as opted out everywhere")
    shown.page.record_actions.call()
    assert shown.said == "Every phone number here is invalid or opted out."
    assert len(asked) == 1


def test_roles_lead_to_the_other_record_and_end(show: Show, ada: int, services: Services) -> None:
    shown = opened(show, "person", ada)
    gone: list[tuple[str, object]] = []
    shown.page.opened.connect(lambda page, target: gone.append((page, target)))
    roles = shown.page.panel.body.around.roles
    assert told(roles) == ["Works, Chef"]
    roles._rows[0].button.click()
    works = services.records.show("person", ada).values["company"].id
    assert [target for _, target in gone] == [RecordTarget("company", works)]
    services.records.add("employment", {"person": f"person:{ada}", "company": "Far Away", "job_title": "Buyer",
                                        "started_on": "2020-01-01", "ended_on": "2026-03-31"})  # fmt: skip
    shown.page.panel.show_record("person", ada)
    assert told(roles) == ["Works, Chef", "Far Away, Buyer · until Mar 2026"]
    roles.do(0, "End today")
    assert told(roles) == ["Works, Chef · until Nov 2026", "Far Away, Buyer · until Mar 2026"]
    roles.offer()
    dialog = roles.form.dialog
    assert dialog is not None
    assert set(dialog.editors) == {"company", "job_title", "department", "started_on", "ended_on"}
    dialog.ok_button.click()
    assert dialog.problem.text() == "A role needs a person and a company."
    dialog.reject()


def test_another_role_is_made_the_main_one(show: Show, ada: int, services: Services) -> None:
    services.records.add("employment", {"person": f"person:{ada}", "company": "Far Away", "job_title": "Buyer"})
    shown = opened(show, "person", ada)
    roles = shown.page.panel.body.around.roles
    assert told(roles) == ["Works, Chef", "Far Away, Buyer"]
    assert [("Make main" in roles.menu_of(at)) for at in (0, 1)] == [False, True]
    roles.do(1, "Make main")
    assert told(roles) == ["Far Away, Buyer", "Works, Chef"]
    shown.undo()
    assert told(roles) == ["Works, Chef", "Far Away, Buyer"]


def test_a_role_can_be_at_a_company_that_is_not_known_yet(show: Show, ada: int, services: Services) -> None:
    shown = opened(show, "person", ada)
    roles = shown.page.panel.body.around.roles
    roles.offer()
    dialog = roles.form.dialog
    assert dialog is not None
    editor = dialog.editors["company"]
    editor.setText("Fenwick Ltd")
    dialog.ok_button.click()
    assert dialog.isVisible() and "“Fenwick Ltd” is not known yet" in editor.complaint.text()
    assert editor._names.stringList()[-1] == "Add “Fenwick Ltd”"
    editor.completer().activated.emit("Add “Fenwick Ltd”")
    QApplication.processEvents()
    assert editor.text() == "Fenwick Ltd" and not editor.complaint.text()
    dialog.ok_button.click()
    assert any(line.startswith("Fenwick Ltd") for line in told(roles))
    fenwick = Filter("company", is_("name", "Fenwick Ltd"))
    assert services.lists.count(fenwick) == 1
    shown.undo()  # the company and the role were one step
    assert told(roles) == ["Works, Chef"] and services.lists.count(fenwick) == 0


def test_a_person_is_added_with_a_company_that_is_not_known_yet(show: Show, services: Services) -> None:
    shown = show(CustomersPage)
    dialog = shown.page.form.ask("person", ("name", "company"), shown.page.tell_written)
    dialog.editors["name"].setText("Bob Ray")
    dialog.editors["company"].setText("Fenwick Ltd")
    dialog.ok_button.click()
    dialog.editors["company"].setText("Add “Fenwick Ltd”")  # as the arrow and Tab leave it
    dialog.ok_button.click()
    bob = services.lists.ids(Filter("person", is_("name", "Bob Ray")))[0]
    assert services.records.show("person", bob).values["company"].name == "Fenwick Ltd"
    shown.undo()
    assert not services.lists.count(Filter("person")) and not services.lists.count(Filter("company"))


def test_a_role_that_the_persons_record_tells_is_edited(show: Show, ada: int, services: Services) -> None:
    shown = opened(show, "person", ada)
    roles = shown.page.panel.body.around.roles
    assert roles.menu_of(0) == ["Open", "Edit", "End today"]
    roles.do(0, "Edit")
    dialog = roles.form.dialog
    assert dialog is not None and dialog.editors["job_title"].text() == "Chef"
    dialog.editors["job_title"].setText("Head chef")
    dialog.editors["started_on"].setText("2020-03-01")
    dialog.ok_button.click()
    assert told(roles) == ["Works, Head chef · since Mar 2020"]
    assert services.records.show("person", ada).values["job_title"] == "Head chef"
    shown.undo()
    roles.do(0, "Edit")
    dialog = roles.form.dialog
    assert dialog is not None
    dialog.ok_button.click()
    assert not dialog.isVisible() and services.lists.count(Filter("employment")) == 0
    roles.do(0, "Edit")
    dialog = roles.form.dialog
    assert dialog is not None
    dialog.editors["ended_on"].setText("2026-03-31")
    dialog.ok_button.click()
    assert told(roles) == ["Works, Chef · until Mar 2026"]
    assert services.records.show("person", ada).values["company"] is None


def test_relations_and_days_are_added_with_a_form(show: Show, ada: int, services: Services) -> None:
    bob = services.records.add("person", {"name": "Bob Ray"}).id
    shown = opened(show, "person", ada)
    around = shown.page.panel.body.around
    around.relations.offer()
    dialog = around.relations.form.dialog
    assert dialog is not None
    dialog.editors["type"].setCurrentIndex(dialog.editors["type"].findData("reports_to"))
    dialog.editors["other_person"].offer(services.records.links("person", "Bob"))
    dialog.editors["other_person"].setText("Bob Ray")
    dialog.ok_button.click()
    QApplication.processEvents()
    assert told(around.relations) == ["Reports to: Bob Ray"]
    around.occasions.offer()
    dialog = around.occasions.form.dialog
    assert dialog is not None
    dialog.editors["name"].setText("Wedding")
    dialog.editors["day"].setText("15 Jun 2010")
    dialog.ok_button.click()
    QApplication.processEvents()
    assert told(around.occasions) == ["Wedding: 15 Jun 2010 (16)"]
    around.occasions.do(0, "Remove")
    assert told(around.occasions) == []
    shown.page.panel.show_record("person", bob)
    assert told(around.relations) == ["Manages: Ada King"]


def answer(form: Any, **texts: str) -> None:
    """Type into the form that is open, and keep it."""
    assert form.dialog is not None and form.dialog.ok_button.text() == "Keep"
    for name, text in texts.items():
        form.dialog.editors[name].setText(text)
    form.dialog.ok_button.click()
    QApplication.processEvents()


def test_roles_relations_and_days_are_edited_where_they_stand(show: Show, ada: int, services: Services) -> None:
    bob = services.records.add("person", {"name": "Bob Ray"}).id
    services.records.add("employment", {"person": f"person:{ada}", "company": "Far Away", "job_title": "Buyer"})
    services.relations.add("reports_to", ("person", ada), ("person", bob))
    services.records.add("occasion", {"person": f"person:{ada}", "name": "Wedding", "day": "15 Jun"})
    shown = opened(show, "person", ada)
    around = shown.page.panel.body.around
    around.roles.do(1, "Edit")
    assert set(around.roles.form.dialog.editors) == {"job_title", "department", "started_on", "ended_on"}
    answer(around.roles.form, job_title="Head buyer", started_on="2020-01-01")
    assert told(around.roles)[1] == "Far Away, Head buyer · since Jan 2020"
    shown.undo()
    assert told(around.roles)[1] == "Far Away, Buyer"
    around.occasions._rows[0].button.click()
    answer(around.occasions.form, day="31 Feb")
    assert around.occasions.form.dialog.isVisible()
    answer(around.occasions.form, day="16 Jun")
    assert told(around.occasions) == ["Wedding: 16 Jun"]
    around.relations.do(0, "Edit")
    answer(around.relations.form, note="since May")
    assert around.relations.lines[0].detail == "since May"
    turn_to(shown, "person", bob)
    around.relations.do(0, "Edit")
    type_ = around.relations.form.dialog.editors["type"]
    assert type_.currentText() == "Manages"
    type_.setCurrentIndex(type_.findData("assisted_by"))
    answer(around.relations.form)
    assert told(around.relations) == ["Assisted by: Ada King, since May"]
    assert services.relations.of("person", ada)[0].type == "assists"
    around.relations.do(0, "Edit")
    before = len(shown.notices)
    answer(around.relations.form)
    assert not isValid(around.relations.form.dialog) and len(shown.notices) == before


def test_the_group_of_a_company_opens_its_deals(show: Show, ada: int, services: Services) -> None:
    services.records.add("deal", {"name": "Fit-out", "company": "Works North", "amount": "500", "stage": "Negotiation"})
    works = services.records.show("person", ada).values["company"].id
    shown = opened(show, "company", works)
    gone: list[tuple[str, object]] = []
    shown.page.opened.connect(lambda page, target: gone.append((page, target)))
    group = shown.page.panel.body.around.group
    assert told(group)[:2] == ["Works", "Works North, 1 open"]
    assert told(group)[2] == f"Together: {money('500')}, 1 open, weighted {money('250')}"
    group._rows[2].button.click()
    page, wanted = gone[0]
    assert page == "pipeline" and isinstance(wanted, Filter)
    assert services.lists.count(wanted) == 1
    services.records.add("deal", {"name": "Bar", "company": f"company:{works}", "amount": "70", "stage": "Negotiation"})
    north = services.lists.search("Works North", ["company"])[0].id
    shown.page.panel.show_record("company", north)
    assert told(group)[2] == f"Here and below: {money('500')}, 1 open, weighted {money('250')}"
    shown.page.panel.show_record("person", ada)
    assert group.parentWidget().isHidden()


def test_the_panel_tells_all_that_happened_around_a_company(show: Show, ada: int, services: Services) -> None:
    works = services.records.show("person", ada).values["company"].id
    deal = services.records.add("deal", {"name": "Fit-out", "company": f"company:{works}", "amount": "500"}).id
    services.pipeline.won(deal)
    talk = {"type": "call", "subject": "Asked for a price", "person": f"person:{ada}", "happened_on": "2026-11-01"}
    services.records.add("activity", talk)
    services.records.add("task", {"title": "Call back", "company": f"company:{works}", "due_on": "2026-12-24"})
    timeline = opened(show, "company", works).page.panel.body.timeline
    assert [timeline.item(row).text() for row in range(timeline.count())] == [
        "Call back", f"New deal · Fit-out · {money('500')}", f"Deal won · Fit-out · {money('500')}",
        "Asked for a price · Ada King",
    ]  # fmt: skip


def test_a_large_group_is_shown_around_the_company_and_opened_whole(show: Show, services: Services) -> None:
    top = services.records.add("company", {"name": "Top"}).id
    for number in range(100):
        services.records.add("company", {"name": f"Branch {number:03}", "parent": "Top"})
    last = services.lists.ids(Filter("company"))[0]
    shown = opened(show, "company", last)
    gone: list[object] = []
    shown.page.opened.connect(lambda _page, target: gone.append(target))
    group = shown.page.panel.body.around.group
    assert told(group)[-3:] == ["Branch 099", "All 101 companies", "Here and below: 0 open"]
    assert len(told(group)) == 62
    group._rows[60].button.click()
    assert isinstance(gone[0], Filter) and services.lists.count(gone[0]) == 101
    shown.page.panel.show_record("company", top)
    assert told(group)[0] == "Top"


def test_customers_near_here_and_birthdays_are_a_command_away(show: Show, ada: int, services: Services) -> None:
    north = next(n for n, name in services.lists.values(Filter("company"), ("name",)) if name == "Works North")
    shown = opened(show, "company", north)
    shown.page.context.actions.trigger("customers.near")
    assert shown.names() == ["Works"]
    shown.page.context.actions.trigger("customers.birthdays")
    assert shown.names() == ["Ada King"]
    assert shown.cell(0, "birthday") == "20 Nov 1985 (40)"


def test_strength_is_a_bar_and_a_word(show: Show, ada: int, services: Services) -> None:
    services.records.add("activity", {"type": "visit", "subject": "x", "person": f"person:{ada}"})
    shown = opened(show, "person", ada)
    cell = shown.page.records.cell(0, shown.column("strength"))
    assert (cell.text, cell.detail, cell.share) == ("10", "weak", 0.1)
    assert "Strength 10 weak" in shown.page.records.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
