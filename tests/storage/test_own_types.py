"""Days that come back each year, several choices and links to any record: how they are found and put in order."""

from datetime import date

import pytest

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Compare, Days, Filter, Node, Op, Ref, Sort, between, both, is_
from crm_desktop.domain.filter_text import parse
from crm_desktop.errors import UserError
from crm_desktop.storage.own_fields import Definition
from crm_desktop.storage.store import Store

BIRTHDAYS = {
    "Ann": Anniversary(12, 30, 1970), "Bob": Anniversary(1, 4), "Cleo": Anniversary(6, 15, 1985),
    "Dan": Anniversary(6, 15), "Eve": None,
}  # fmt: skip


@pytest.fixture
def people(store: Store) -> Store:
    with store.action("add", "person"):
        for name, day in BIRTHDAYS.items():
            store.records.insert("person", {"last_name": name, "birthday": day})
    return store


def found(store: Store, node: Node, kind: str = "person", name: str = "name") -> set[str]:
    return {row[1] for row in store.lists.values(Filter(kind, node), [name])}


@pytest.mark.parametrize(
    ("node", "names"),
    [
        (is_("birthday", "--06-15"), {"Cleo", "Dan"}),
        (is_("birthday", "1985-06-15"), {"Cleo"}),
        (is_("birthday", date(2026, 6, 15)), {"Cleo", "Dan"}),
        (Compare("birthday", Op.IS_NOT, "--06-15"), {"Ann", "Bob", "Eve"}),
        (Compare("birthday", Op.ANY_OF, ("--01-04", "1970-12-30")), {"Ann", "Bob"}),
        (Compare("birthday", Op.EMPTY, True), {"Eve"}),
        (Compare("birthday", Op.STARTS, "1985"), {"Cleo"}),
        (Compare("birthday", Op.LESS, "--06-15"), {"Bob"}),
        (Compare("birthday", Op.AT_LEAST, date(1990, 6, 15)), {"Ann", "Cleo", "Dan"}),
        (between("birthday", "--06-01", "--06-30"), {"Cleo", "Dan"}),
        (between("birthday", "--12-25", "--01-08"), {"Ann", "Bob"}),
        (between("birthday", date(2026, 12, 25), date(2027, 1, 8)), {"Ann", "Bob"}),
        (between("birthday", "2026-12-25", "2027-01-08"), {"Ann", "Bob"}),
        (between("birthday", date(2026, 1, 1), date(2026, 12, 31)), {"Ann", "Bob", "Cleo", "Dan"}),
        (between("birthday", date(2026, 6, 20), date(2027, 6, 30)), {"Ann", "Bob", "Cleo", "Dan"}),
        (between("birthday", date(2026, 6, 20), date(2026, 6, 1)), set()),
        (both(between("birthday", "--12-25", "--01-08"), is_("name", "Bob")), {"Bob"}),
    ],
)
def test_birthdays_are_found(people: Store, node: Node, names: set[str]) -> None:
    assert found(people, node) == names


def test_the_next_fourteen_days_go_over_new_year(people: Store) -> None:
    wanted = parse(people.catalogue, "person", "birthday>=today birthday<=+14d")
    assert wanted.where == between("birthday", Days(0), Days(14))
    assert found(people, wanted.absolute(date(2026, 12, 28)).where) == {"Ann", "Bob"}


def test_birthdays_stand_in_the_order_of_the_year(people: Store) -> None:
    order = [row[1] for row in people.lists.values(Filter("person"), ["name"], Sort("birthday"))]
    assert order == ["Bob", "Cleo", "Dan", "Ann", "Eve"]


@pytest.mark.parametrize("value", ["15 Jun", "--02-31", "soon"])
def test_what_is_no_day_is_refused(people: Store, value: str) -> None:
    with pytest.raises(UserError, match="compared with a day"):
        found(people, is_("birthday", value))


def test_each_of_several_choices_is_found_whole(store: Store) -> None:
    with store.action("add_field", "lead"):
        choices = ("red", "red wine", "blue")
        store.own_fields.define(Definition("lead", "Colours", FieldType.CHOICE, choices, multi=True))
    store.reload()
    with store.action("add", "lead"):
        for name, colours in (("Ann", ("red wine",)), ("Bob", ("blue", "red")), ("Cleo", ())):
            store.records.insert("lead", {"last_name": name, "colours": colours})
    assert found(store, is_("colours", "Red"), "lead") == {"Bob"}
    assert found(store, Compare("colours", Op.ANY_OF, ("red wine", "blue")), "lead") == {"Ann", "Bob"}
    assert found(store, Compare("colours", Op.CONTAINS, "red"), "lead") == {"Ann", "Bob"}
    assert found(store, Compare("colours", Op.IS_NOT, "red"), "lead") == {"Ann", "Cleo"}
    assert dict(row[1:] for row in store.lists.values(Filter("lead"), ["name", "colours"]))["Bob"] == ("blue", "red")


def test_a_link_shows_the_name_of_what_is_in_the_bin_and_nothing_of_what_is_gone(store: Store) -> None:
    with store.action("add_field", "deal"):
        store.own_fields.define(Definition("deal", "Advisor", FieldType.LINK, target="person"))
    store.reload()
    with store.action("add", "deal"):
        person = store.records.insert("person", {"last_name": "Ann", "birthday": BIRTHDAYS["Ann"]})
        deal = store.records.insert("deal", {"name": "Roof", "advisor": Ref(person, "Ann")})
    assert found(store, is_("advisor.birthday", "--12-30"), "deal") == {"Roof"}
    with store.action("delete", "person"):
        store.records.delete("person", [person], store.clock.stamp())
    assert store.lists.rows("deal", [deal], ["advisor", "advisor.birthday"]) == [(deal, Ref(person, "Ann"), None)]
    assert found(store, is_("advisor", "ann"), "deal") == {"Roof"}
    with store.action("set", "deal"):
        store.records.update("deal", [deal], {"advisor": 12345})
    assert store.lists.rows("deal", [deal], ["advisor"]) == [(deal, Ref(12345, ""))]
