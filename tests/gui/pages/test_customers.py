"""The page of customers, companies and people, as its user sees it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.shell.header import PageHeader
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services import Services
from tests.gui.pages.lists import Show, show

__all__ = ["show"]


def test_columns_stand_in_the_order_of_the_design(show: Show, astoria: int) -> None:
    shown = show(CustomersPage)
    assert shown.page.shown_fields == (
        "name", "segment", "revenue", "open_deals", "last_purchase", "last_touch", "next_step",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values", "field", "expected"),
    [
        ("company", {"name": "Hotel Astoria Park"}, "name", "Hotel Astoria Park"),
        ("purchase", {"amount": "3000", "bought_on": "2026-11-10"}, "revenue", "3000"),
    ],
)
def test_the_list_hears_of_all_it_is_made_of(
    show: Show, astoria: int, services: Services, kind: str, values: dict[str, str], field: str, expected: str
) -> None:
    shown = show(CustomersPage)
    record = astoria if kind == "company" else services.lists.ids(Filter(kind))[0]
    shown.page.write(lambda: services.records.set(kind, [record], values))
    assert expected in shown.cell(0, field).replace(",", "")


def test_who_has_no_status_is_not_offered_one(show: Show, astoria: int) -> None:
    page = show(CustomersPage).page
    assert page.context.actions.find("customers.set_status") is None
    assert page.context.actions.find("customers.tag") is not None


def test_a_new_deal_of_a_customer_is_counted_at_once(show: Show, astoria: int, services: Services) -> None:
    shown = show(CustomersPage)
    assert shown.cell(0, "open_deals") == "0"
    deal = {"name": "Grinders", "company": "Hotel Astoria"}
    shown.page.write(lambda: services.records.add("deal", deal))
    assert shown.cell(0, "open_deals") == "1"


@pytest.mark.parametrize("width", [640, 740, 1300])
def test_buttons_of_the_header_show_their_icon_alone_where_room_is_short(show: Show, astoria: int, width: int) -> None:
    page = show(CustomersPage).page
    host = QWidget()
    header = PageHeader(page.theme, host)
    header.resize(width, 52)
    header.show_page(page, page.context.actions)
    header.offer_back("Analytics")
    host.show()
    QApplication.processEvents()
    button = next(b for b in header.findChildren(Button) if b.accessibleName() == "Import CSV")
    assert (button.text() == "Import CSV") is (width > 1000)
    assert (header.back_button.text() == "Back to Analytics") is (width > 700)
    assert header.back_button.accessibleName() == "Back to Analytics"
    for part in header.findChildren(Button):
        assert part.isHidden() or part.width() >= part.minimumSizeHint().width()
    host.close()


@pytest.fixture
def astoria(services: Services) -> int:
    """A company that bought, beside one that did not and somebody who works there."""
    bought: int = services.records.add("company", {"name": "Hotel Astoria", "segment": "Hospitality"}).id
    services.records.add("company", {"name": "Linden Clinic", "segment": "Healthcare"})
    services.records.add("person", {"name": "Ingrid Solberg", "company": "Hotel Astoria"})
    services.records.add("purchase", {"company": "Hotel Astoria", "amount": "2140", "bought_on": "2026-11-01"})
    return bought


def test_customers_are_those_who_bought(show: Show, astoria: int) -> None:
    shown = show(CustomersPage)
    assert shown.names() == ["Hotel Astoria"]
    assert "2140" in shown.cell(0, "revenue").replace(",", "")


def test_companies_and_people_are_a_switch_away(show: Show, astoria: int) -> None:
    shown = show(CustomersPage)
    switch = shown.page.header_actions()[0]
    switch.choose("company")
    assert shown.names() == ["Hotel Astoria", "Linden Clinic"]
    switch.choose("person")
    assert shown.names() == ["Ingrid Solberg"]
    assert shown.page.records.cell(0, 1).detail == "Hotel Astoria"


@pytest.mark.parametrize(("kind", "words"), [("company", "Companies"), ("person", "People"), ("customer", "Customers")])
def test_each_list_is_a_command_away(show: Show, astoria: int, kind: str, words: str) -> None:
    page = show(CustomersPage).page
    page.show_listing(page.listings[1])
    found = page.context.actions.find(f"customers.list_{kind}")
    assert found is not None and found.command.text == words and found.command.in_palette
    found.action.trigger()
    assert page.listing.kind == kind


@pytest.mark.parametrize(("kind", "asked"), [("customer", "auto"), ("company", "company"), ("person", "person")])
def test_a_file_is_imported_as_what_is_listed(show: Show, astoria: int, kind: str, asked: str) -> None:
    page = show(CustomersPage).page
    gone: list[tuple[str, object]] = []
    page.opened.connect(lambda page_id, target: gone.append((page_id, target)))
    page._switch.choose(kind)
    page.context.actions.trigger("customers.import")
    assert gone == [("importing", asked)]


def test_the_panel_of_a_customer_is_that_of_its_company(show: Show, astoria: int, services: Services) -> None:
    shown = show(CustomersPage)
    shown.page.chosen.open()
    panel = shown.page.panel
    assert panel.kind == "company"
    assert "revenue" in panel.body.sales.shown_names
    panel.body.details.edit("segment")
    panel.body.details.editor.setText("Key account")
    shown.press(Qt.Key.Key_Return)
    assert services.records.show("company", astoria).values["segment"] == "Key account"
    assert shown.cell(0, "segment") == "Key account"


def test_customers_are_not_written_in_the_list(show: Show, astoria: int) -> None:
    shown = show(CustomersPage)
    index = shown.page.records.index(0, shown.column("segment"))
    assert not shown.page.records.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not shown.page.context.actions.action("customers.delete").isEnabled()


def test_a_new_company_is_listed(show: Show, astoria: int) -> None:
    shown = show(CustomersPage)
    shown.page.header_actions()[0].choose("company")
    shown.page.context.actions.trigger("customers.new")
    dialog = shown.page.form.dialog
    assert dialog is not None
    dialog.editors["name"].setText("Quayside Café")
    dialog.ok_button.click()
    QApplication.processEvents()
    assert "Quayside Café" in shown.names()


def test_a_person_is_linked_to_a_company_by_name(show: Show, astoria: int, services: Services) -> None:
    shown = show(CustomersPage)
    shown.page.header_actions()[0].choose("person")
    shown.page.context.actions.trigger("customers.new")
    dialog = shown.page.form.dialog
    assert dialog is not None
    dialog.editors["name"].setText("Paul Reiter")
    company = dialog.editors["company"]
    company.setText("Nowhere")
    dialog.ok_button.click()
    assert company.complaint.text() == "“Nowhere” is not known yet: choose it from the list to add it."
    company.offer(services.records.links("company", "Astoria"))
    company.setText("Hotel Astoria")
    dialog.ok_button.click()
    assert shown.names() == ["Ingrid Solberg", "Paul Reiter"]
    assert shown.page.records.cell(1, 1).detail == "Hotel Astoria"


def test_rows_behind_a_figure_choose_their_list(show: Show, astoria: int) -> None:
    shown = show(CustomersPage)
    shown.page.open_filter(Filter("company", is_("segment", "Healthcare")))
    assert shown.names() == ["Linden Clinic"]
    assert shown.page.header_actions()[0].current == "company"


def test_without_records_each_list_says_so(show: Show, services: Services) -> None:
    shown = show(CustomersPage)
    assert shown.page.empty.accessibleName().startswith("No customers yet.")
    shown.page.header_actions()[0].choose("person")
    assert shown.page.empty.accessibleName() == "No people yet."


def test_a_record_from_elsewhere_becomes_the_current_one(show: Show, astoria: int, services: Services) -> None:
    shown = show(CustomersPage)
    page = shown.page
    page.open_filter(RecordTarget("company", astoria))
    assert page.listing.kind == "customer" and page.table.current_id == astoria
    for kind in ("company", "person"):
        wanted = services.lists.ids(Filter(kind))[-1 if kind == "person" else 0]
        page.open_filter(RecordTarget(kind, wanted))
        assert page.listing.kind == kind and page.table.current_id == wanted
