"""Several addresses of a record: labels, the primary one, and flags that hold wherever an address is used."""


import pytest

from crm_desktop.domain.filter import Compare, Filter, Op
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from tests.services.import_desk import Desk
from tests.services.people_desk import add, values


def seen(services: Services, kind: str, record: int) -> list[str]:
    """Each address in short: `work ada@x.example* !invalid`."""
    found = []
    for point in services.contact_points.of(kind, record):
        star = "*" if point.primary else ""
        flags = "".join(f" !{flag}" for flag in ("invalid", "opt_out") if getattr(point, flag))
        found.append(f"{point.label or '-'} {point.value}{star}{flags}")
    return found


def test_addresses_are_added_changed_put_first_and_removed(services: Services) -> None:
    person = add(services, "person", name="Ada King", email="ada@work.example")
    points = services.contact_points
    home = points.add("person", person, "email", "ada@home.example", "home").id
    points.add("person", person, "phone", "+49 30 123456", "mobile")
    points.add("person", person, "address", {"street": "12 Quay", "postcode": "BS1 4ST", "city": "Bristol"}, "work")
    assert seen(services, "person", person) == [
        "- ada@work.example*", "home ada@home.example", "mobile +49 30 123456*", "work 12 Quay, BS1 4ST Bristol*",
    ]  # fmt: skip
    points.make_primary("email", home)
    points.change("email", home, "king@home.example", "private")
    assert values(services, "person", person)["email"] == ("king@home.example", "ada@work.example")
    assert seen(services, "person", person)[0] == "private king@home.example*"
    points.remove("email", home)
    assert values(services, "person", person)["email"] == ("ada@work.example",)
    for _ in range(3):
        services.history.undo()
    assert seen(services, "person", person)[:2] == ["- ada@work.example*", "home ada@home.example"]


def test_what_is_no_address_or_there_already_is_said(services: Services) -> None:
    person = add(services, "person", name="Ada King", email="ada@work.example")
    for way, text, words in (
        ("email", "ada", "needs an @"), ("email", "", "Needs an email"),
        ("email", "a@x.example, b@x.example", "one by"), ("email", "ada@work.example", "already"),
        ("address", "", "street or a town"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words):
            services.contact_points.add("person", person, way, text)
    with pytest.raises(UserError, match="no addresses"):
        services.contact_points.of("deal", add(services, "deal", name="Fit-out"))
    with pytest.raises(UserError, match="There is no person"):
        services.contact_points.add("person", 7, "email", "a@x.example")


def test_a_converted_lead_keeps_its_addresses_as_they_are(services: Services) -> None:
    lead, points = add(services, "lead", name="Ada King", email="a@x.example, b@x.example"), services.contact_points
    services.conversion.convert([lead])
    second = points.of("lead", lead)[1].id
    for change in (
        lambda: points.make_primary("email", second), lambda: points.remove("email", second),
        lambda: points.change("email", second, label="home"), lambda: points.add("lead", lead, "phone", "030 1234"),
    ):  # fmt: skip
        with pytest.raises(UserError, match="converted"):
            change()
    points.flag("email", second, "invalid")  # which is of the address, wherever it is used
    assert seen(services, "lead", lead) == ["- a@x.example*", "- b@x.example !invalid"]


def test_a_flag_holds_wherever_the_address_is_used(services: Services) -> None:
    lead = add(services, "lead", name="A. King", email="Ada@work.example")
    company = add(services, "company", name="Works", phone="+49 30 123456")
    person = add(services, "person", name="Ada King", email="ada@work.example", phone="0049 (30) 123456")
    email, phone = services.contact_points.of("person", person)
    services.contact_points.flag("email", email.id, "opt_out")
    change = services.contact_points.flag("phone", phone.id, "invalid")
    assert seen(services, "lead", lead) == ["- Ada@work.example* !opt_out"]
    assert seen(services, "company", company) == ["- +49 30 123456* !invalid"]
    assert {touched.kind for touched in change.touched} >= {"company", "person"}
    later = add(services, "lead", name="New", email="ada@work.example")
    assert seen(services, "lead", later) == ["- ada@work.example* !opt_out"]
    services.records.set("lead", [lead], {"email": "other@work.example"})
    assert seen(services, "lead", lead) == ["- other@work.example*"]
    services.records.set("lead", [lead], {"email": "ada@work.example"})
    assert seen(services, "lead", lead) == ["- ada@work.example* !opt_out"]
    services.contact_points.flag("email", email.id, "opt_out", False)
    assert seen(services, "lead", later) == ["- ada@work.example*"]


def test_records_are_found_by_the_addresses_that_bear_a_flag(services: Services) -> None:
    ada = add(services, "person", name="Ada King", email="both@work.example", phone="+49 30 123456")
    bob = add(services, "person", name="Bob Ray", email="Both@work.example")
    add(services, "person", name="Cy Fox", email="cy@work.example")
    points = {point.way: point.id for point in services.contact_points.of("person", ada)}
    services.contact_points.flag("email", points["email"], "opt_out")
    services.contact_points.flag("phone", points["phone"], "invalid")
    for name, wanted in (("opted_out_addresses", {ada, bob}), ("invalid_addresses", {ada})):
        assert {*services.lists.ids(Filter("person", Compare(name, Op.EMPTY, False)))} == wanted
    assert values(services, "person", bob)["opted_out_addresses"] == ("Both@work.example",)
    assert values(services, "person", ada)["invalid_addresses"] == ("+49 30 123456",)
    services.history.undo()
    assert values(services, "person", ada)["invalid_addresses"] == ()


def test_the_first_usable_address_is_used(services: Services) -> None:
    person = add(services, "person", name="Ada King", email="ada@work.example, ada@home.example")
    work, home = services.contact_points.of("person", person)
    services.contact_points.flag("email", work.id, "invalid")
    found, barred = services.contact_points.usable("person", person, "email")
    assert (found.value if found else "", barred) == ("ada@home.example", 1)
    services.contact_points.flag("email", home.id, "opt_out")
    assert services.contact_points.usable("person", person, "email") == (None, 2)
    assert services.contact_points.usable("person", person, "phone") == (None, 0)


def test_an_address_typed_over_another_keeps_its_label(services: Services) -> None:
    person = add(services, "person", name="Ada King")
    services.contact_points.add("person", person, "email", "a@b.example", "work")
    services.records.set("person", [person], {"email": "c@d.example"})
    assert seen(services, "person", person) == ["work c@d.example*"]
    change = next(c for c in services.history.words("person", person) if c.field == "email")
    assert (change.of, change.old, change.new) == ("work", "a@b.example", "c@d.example")
    services.contact_points.flag("email", services.contact_points.of("person", person)[0].id, "opt_out")
    last = services.history.words("person", person)[0]
    assert (last.field, last.of, last.old, last.new) == ("email_opt_out", "c@d.example", None, True)


def test_the_same_address_twice_becomes_one_with_what_was_known_of_both(desk: Desk) -> None:
    store, contacts = desk.store, desk.store.contacts
    with store.action("add", "person"):
        person = store.records.insert("person", {"last_name": "King", "email": ("ada@work.example",)})
        contacts.add("email", "person", person, {"value": "ada@work.example", "label": "work", "opt_out": True})
        contacts.add("email", "person", person, {"value": "ada@work.example", "label": "old"})
    with store.action("set", "person"):
        store.records.update("person", [person], {"email": ("ada@work.example", "ada@home.example")})
    rows = [(point.value, point.label, point.opt_out, point.primary) for point in contacts.of("person", person)]
    assert rows == [("ada@work.example", "work", True, True), ("ada@home.example", "", False, False)]
    store.undo()
    assert len(contacts.of("person", person)) == 3


def test_near_means_the_same_beginning_of_the_postcode(services: Services) -> None:
    here = add(services, "company", name="Quay", postcode="BS1 4ST", city="Bristol")
    add(services, "company", name="Far", postcode="EH1 1AA", city="Edinburgh")
    assert list(services.lists.ids(Filter("company", Compare("postcode", Op.STARTS, "BS1")))) == [here]


@pytest.mark.parametrize("city", ["L'Aquila", "100% _Süd_", 'Sankt "Veit"'])
def test_without_a_postcode_near_is_the_same_town(services: Services, city: str) -> None:
    here, there = (add(services, "company", name=name, city=city) for name in ("Quay", "Pier"))
    add(services, "company", name="Far", city="Edinburgh")
    found = services.contact_points.near("company", here, "company")
    assert sorted(services.lists.ids(found)) == [here, there]
    nowhere = add(services, "company", name="Nowhere")
    for kind, record in (("company", nowhere), ("person", add(services, "person", name="Ada", company=nowhere))):
        with pytest.raises(UserError, match="no postcode and no town"):
            services.contact_points.near(kind, record)


def test_a_person_without_an_address_is_near_their_company(services: Services) -> None:
    quay = add(services, "company", name="Quay", postcode="BS1 4ST", city="Bristol")
    person = add(services, "person", name="Ada King", company=quay)
    assert services.contact_points.near("person", person, "company") == Filter(
        "company", Compare("postcode", Op.STARTS, "BS1")
    )
