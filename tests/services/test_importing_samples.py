"""Files of other programs give exactly the figures that are known of them."""

from datetime import timedelta
from pathlib import Path
from statistics import mean, median

import pytest

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from tests.services.import_desk import Desk, columns, counts
from tests.storage.equality import assert_derived_is_true, snapshot

MAVEN = ("accounts", "products", "sales_pipeline")
HUBSPOT = ("companies", "contacts", "deals", "activities")


def maven(desk: Desk, data: Path) -> None:
    for name in MAVEN:
        desk.run("auto", data / "maven_crm" / f"{name}.csv")


def test_the_hardware_seller_has_its_figures(desk: Desk, shared_data: Path) -> None:
    maven(desk, shared_data)
    found = {
        status: (count, sums) for status, count, sums in desk.store.lists.groups(Filter("deal"), "status", "amount")
    }
    assert found["won"] == (4238, {"EUR": 1_000_553_400})
    assert found["lost"][0] == 2473
    assert found["open"][0] == 1589 + 500
    assert round(4238 / (4238 + 2473), 4) == 0.6315
    won = desk.store.lists.values(Filter("deal", is_("status", "won")), ["opened_on", "closed_on", "amount"])
    days = [(closed - opened) // timedelta(1) for _, opened, closed, _ in won]
    assert (round(mean(days), 2), median(days)) == (51.78, 57)
    assert median(amount.minor for *_, amount in won) == 111_700


def test_the_hardware_seller_has_its_traps(desk: Desk, shared_data: Path) -> None:
    maven(desk, shared_data)
    assert desk.store.lists.count(Filter("company")) == 85
    assert desk.store.lists.count(Filter("product")) == 7
    deals = desk.all("deal", "company", "opened_on", "stage", "product")
    assert sum(company is None for company, *_ in deals) == 1425
    assert sum(opened is None for _, opened, *_ in deals) == 500
    assert {stage for *_, stage, _ in deals} == {"Lead generation", "Qualification", "Won", "Lost"}
    assert sum(product == "GTX Pro" for *_, product in deals) == 1480
    assert sum(parent is not None for (parent,) in desk.all("company", "parent")) == 15
    assert_derived_is_true(desk.store)


def test_one_action_brings_all_files_of_an_export(desk: Desk, shared_data: Path) -> None:
    files = [shared_data / "maven_crm" / f"{name}.csv" for name in reversed(MAVEN)]
    result = desk.run("auto", *files)
    assert {kind: found.new for kind, found in result.outcome.kinds.items()} == {
        "product": 7, "company": 85, "deal": 8800,
    }  # fmt: skip
    assert result.change is not None
    assert result.change.subject == "products.csv, accounts.csv, sales_pipeline.csv"


def test_deals_alone_make_their_companies_and_products(desk: Desk, shared_data: Path) -> None:
    result = desk.run("deal", shared_data / "maven_crm" / "sales_pipeline.csv")
    assert counts(result) == (8800, 0, 0, 0, 0)
    assert {kind: found.new for kind, found in result.outcome.kinds.items()} == {
        "company": 85, "product": 7, "deal": 8800,
    }  # fmt: skip


def test_undo_takes_every_table_back(desk: Desk, shared_data: Path) -> None:
    for name in MAVEN:
        before = snapshot(desk.store)
        desk.run("auto", shared_data / "maven_crm" / f"{name}.csv")
        desk.store.undo()
        assert snapshot(desk.store) == before
        desk.store.redo()


def test_bank_customers_are_customers_of_whom_some_left(desk: Desk, shared_data: Path) -> None:
    result = desk.run("auto", shared_data / "churn_bank" / "Churn_Modelling.csv")
    assert counts(result) == (10_000, 0, 0, 0, 0)
    assert desk.store.lists.count(Filter("customer")) == 10_000
    assert desk.store.lists.count(Filter("customer", is_("lost", True))) == 2037
    countries = {country: count for country, count, _ in desk.store.lists.groups(Filter("customer"), "country")}
    assert countries == {"France": 5014, "Germany": 2509, "Spain": 2477}


def test_the_rest_of_the_columns_becomes_fields_of_the_users(desk: Desk, shared_data: Path) -> None:
    before = snapshot(desk.store)
    desk.run("customer", shared_data / "churn_bank" / "Churn_Modelling.csv", unmapped="custom")
    fields = desk.store.catalogue.kind("person").fields
    assert {fields[name].type for name in ("balance", "age")} == {"number", "integer"}
    assert desk.all("person", "gender", "age", "note")[0] == ("Female", 39, None)
    desk.store.undo()
    after = snapshot(desk.store)
    assert "balance" not in desk.store.catalogue.kind("person").fields
    assert {name: rows for name, rows in after.items() if not name.endswith("_custom")} == {
        name: rows for name, rows in before.items() if not name.endswith("_custom")
    }


def test_files_of_one_export_link_by_domain_and_address(desk: Desk, shared_data: Path) -> None:
    result = desk.run("auto", *[shared_data / "hubspot_demo" / f"hubspot_{name}.csv" for name in HUBSPOT])
    assert {kind: found.new for kind, found in result.outcome.kinds.items()} == {
        "company": 200, "person": 950, "deal": 500, "activity": 2000,
    }  # fmt: skip
    assert sum(company is not None for (company,) in desk.all("person", "company")) == 679
    assert all(company and person for company, person in desk.all("deal", "company", "person"))
    assert all(person for (person,) in desk.all("activity", "person"))
    found = {
        status: (count, sums) for status, count, sums in desk.store.lists.groups(Filter("deal"), "status", "amount")
    }
    assert found["won"] == (71, {"EUR": 893_436_148})
    assert found["lost"][0] == 69
    assert sum(sums["EUR"] for _, sums in found.values()) == 6_249_979_017
    assert all(email == () for (email,) in desk.all("company", "email")), "owners are no addresses"
    assert_derived_is_true(desk.store)


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("datablist/customers-100.csv", "customer", 100),
        ("datablist/leads-100.csv", "lead", 100),
        ("datablist/organizations-100.csv", "company", 100),
        ("datablist/people-1000.csv", "person", 1000),
        ("contacts/generic_custom_headers.csv", "person", 4),
        ("contacts/generic_rolodex.csv", "person", 4),
        ("contacts/google_contacts_current_headers.csv", "person", 5),
        ("contacts/google_contacts_legacy_headers.csv", "person", 1),
        ("contacts/outlook_thunderbird_all_fields.csv", "person", 1),
        ("contacts/thunderbird_address_book.csv", "person", 1),
        ("intl/people_by_locale.csv", "person", 140),
        ("dedupe_febrl/febrl1_input.csv", "person", 1000),
    ],
)
def test_a_file_is_known_for_what_it_is_and_comes_once(
    desk: Desk, shared_data: Path, path: str, kind: str, expected: int
) -> None:
    before = snapshot(desk.store)
    (draft,) = desk.propose("auto", shared_data / path)
    assert draft.kind == kind
    assert counts(desk.run("auto", shared_data / path)) == (expected, 0, 0, 0, 0)
    again = desk.run("auto", shared_data / path)
    assert counts(again) == (0, 0, expected, 0, 0)
    assert again.change is None
    desk.store.undo()
    assert snapshot(desk.store) == before


def test_a_google_contact_keeps_all_it_had(desk: Desk, shared_data: Path) -> None:
    desk.run("auto", shared_data / "contacts" / "google_contacts_current_headers.csv")
    names = ("first_name", "last_name", "company", "job_title", "email", "phone", "street", "postcode", "tags")
    assert desk.all("person", *names)[0] == (
        "Ada", "Lovelace", "Analytical Engines Inc", "Engineer", ("ada@example.com", "ada.l@example.org"),
        ("+44 20 7946 0018", "+44 7700 900018", "07700 900123"), "12 St James Square", "SW1Y 4JH",
        ("Customers", "myContacts"),
    )  # fmt: skip
    note, source = desk.all("person", "note", "source_system")[0]
    assert note.startswith('Met in London\nPrefers e-mail; "no calls"\n')
    assert source == "google"
    assert desk.all("company", "name", "phone")[0] == ("Company Without Person Ltd", ("020 7946 0999",))


def test_the_work_address_is_taken_before_the_one_at_home(desk: Desk, shared_data: Path) -> None:
    desk.run("auto", shared_data / "contacts" / "outlook_thunderbird_all_fields.csv")
    assert desk.one("person", "street", "city", "email", "salutation", "birthday") == (
        "Work Street", "Work City", ("work@example.com", "home@example.com", "other@example.com"), "Prefix",
        Anniversary(1, 20, 1991),
    )  # fmt: skip
    assert "Home City: Home City" in desk.one("person", "note")


def test_stages_of_leads_are_their_status(desk: Desk, shared_data: Path) -> None:
    (draft,) = desk.propose("auto", shared_data / "datablist" / "leads-100.csv")
    assert columns(draft)["Deal Stage"] == "status"
    desk.run("auto", shared_data / "datablist" / "leads-100.csv")
    found = {status: count for status, count, _ in desk.store.lists.groups(Filter("lead"), "status_type")}
    assert found == {"open": 9, "working": 34, "qualified": 18, "recycled": 18, "disqualified": 21}


def test_customers_with_orders_are_told_from_orders(desk: Desk, shared_data: Path) -> None:
    desk.run("auto", shared_data / "maven_crm" / "accounts.csv")
    assert desk.all("company", "name", "revenue", "employees", "founded", "industry", "country")[-1] == (
        "Zumgoity", Money(44_108, "EUR"), 1210, 1984, "medical", "United States",
    )  # fmt: skip
