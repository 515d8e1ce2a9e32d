"""The page of customers, companies and people, as its user sees it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.page import Page, RecordTarget
from crm_desktop.services import Services
from tests.gui.pages.lists import Shown, show

__all__ = ["show"]

Show = Callable[[type[Page]], Shown]


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


def test_the_panel_of_a_customer_is_that_of_its_company(show: Show, astoria: int, services: Services) -> None:
    shown = show(CustomersPage)
    shown.page.chosen.open()
    panel = shown.page.panel
    assert panel.kind == "company"
    assert "revenue" in panel.sales.shown_names
    panel.details.edit("segment")
    panel.details.editor.setText("Key account")
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
    dialog.add_button.click()
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
    dialog.add_button.click()
    assert company.complaint.text() == "Choose one from the list."
    company.offer(services.records.links("company", "Astoria"))
    company.setText("Hotel Astoria")
    dialog.add_button.click()
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
