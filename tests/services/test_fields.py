"""Fields of the user's own are made, filled, undone and deleted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, Ref, Sort
from crm_desktop.domain.filter_text import parse
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.services.fields import Fields, Holds
from crm_desktop.storage.as_of import as_of
from crm_desktop.storage.history import field_changes
from crm_desktop.storage.store import Store
from tests.storage.equality import assert_derived_is_true, snapshot


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "base.crm")
    yield opened
    opened.close()


def test_a_field_is_part_of_the_catalogue_at_once(store: Store) -> None:
    added = Fields(store).add("lead", "Favourite colour", "text")
    field = store.catalogue.field("lead", "favourite_colour")
    assert (field.definition, field.label, field.type) == (added.id, "Favourite colour", FieldType.TEXT)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("text", "red"),
        ("integer", 7),
        ("number", Decimal("1.5")),
        ("money", Money(250, "USD")),
        ("yes_no", True),
        ("choice", "b"),
    ],
)
def test_values_of_every_type_come_back(store: Store, type_: str, value: object) -> None:
    Fields(store).add("company", "Own", type_, ["a", "b"] if type_ == "choice" else [])
    with store.action("add", "company"):
        record = store.records.insert("company", {"name": "Acme", "own": value})
    assert store.lists.rows("company", [record], ["name", "own"]) == [(record, "Acme", value)]


@pytest.mark.parametrize("kind", ["company", "person"])
def test_a_customer_has_the_fields_of_companies_and_people(store: Store, kind: str) -> None:
    fields = Fields(store)
    fields.add(kind, "Motto", "text")
    budget = fields.add(kind, "Budget", "money")
    number = fields.add(kind, "Purchases", "text").id  # which customers have already: it gets a number
    fields.add("company" if kind == "person" else "person", "Motto", "yes_no")
    named = {"name": "Acme"} if kind == "company" else {"last_name": "Acme"}
    with store.action("add", kind):
        rest = [store.records.insert(kind, {**named, "customer": True}) for _ in range(2)]
        own = {"motto": "More beans", "budget": Money(250, "USD")}
        record = store.records.insert(kind, {**named, "customer": True, **own})
    held = store.lists.rows("customer", [record], ["motto", "budget", f"purchases_{number}"])
    assert held == [(record, "More beans", Money(250, "USD"), None)]
    labels = [own.label for own in store.catalogue.kind("customer").fields.values() if own.custom]
    other = "person" if kind == "company" else "company"
    assert labels == ["Motto", "Budget", f"Purchases ({kind})", f"Motto ({other})"]
    for text in ("motto:more", "budget>2", "more"):
        assert list(store.lists.ids(parse(store.catalogue, "customer", text))) == [record], text
    assert store.lists.ids(Filter("customer"), Sort("budget", descending=True))[0] == record
    fields.delete(budget.id)
    assert "budget" not in store.catalogue.kind("customer").fields
    assert store.own_fields.gone("customer")["budget"] == "Budget"
    assert not store.catalogue.field("customer", "motto").editable and len(rest) == 2
    assert_derived_is_true(store)


def test_a_field_that_companies_and_people_have_is_one_of_customers(store: Store) -> None:
    fields = Fields(store)
    made = [fields.add(kind, "Budget", "money").id for kind in ("company", "person")]
    with store.action("add", "company"):
        firm = store.records.insert("company", {"name": "Acme", "customer": True, "budget": Money(250, "USD")})
        ann = store.records.insert("person", {"last_name": "Beck", "customer": True, "budget": Money(900, "EUR")})
    asked = Filter("customer"), ["budget"], Sort("budget")
    assert store.lists.values(*asked) == [(firm, Money(250, "USD")), (ann, Money(900, "EUR"))]
    assert [name for name, own in store.catalogue.kind("customer").fields.items() if own.custom] == ["budget"]
    fields.delete(made[0])
    assert store.lists.values(*asked) == [(ann, Money(900, "EUR")), (firm, None)]
    assert_derived_is_true(store)


def test_a_field_of_customers_never_comes_to_mean_another(store: Store) -> None:
    fields = Fields(store)

    def own() -> dict[str, str | None]:
        return {name: own.label for name, own in store.catalogue.kind("customer").fields.items() if own.custom}

    firm = fields.add("company", "Tier", "text").id
    other = fields.add("person", "Tier", "integer").id
    both = {"tier": "Tier", f"tier_{other}": "Tier (person)"}
    assert own() == both
    fields.delete(firm)
    assert own() == {f"tier_{other}": "Tier"}
    store.undo()
    assert own() == both
    fields.delete(firm)
    fields.add("company", "Tier", "text")
    assert own() == both
    fields.delete(other)
    assert own() == {"tier": "Tier"}


def test_a_field_is_there_for_readers_once_it_is_kept(store: Store) -> None:
    fields = Fields(store)
    with store.action("add", "lead"):
        lead = store.records.insert("lead", {"last_name": "King"})

    def seen() -> list[tuple[Any, ...]]:
        known = store.catalogue.kind("lead").fields
        return store.lists.rows("lead", [lead], [name for name in known if name.startswith("mood")])

    with ThreadPoolExecutor(1) as reader:
        for kept in (False, True):
            with suppress(KeyError), store.action("import", "lead"):
                fields.define(fields.definition("lead", "Mood", Holds("text")))
                store.records.update("lead", [lead], {"mood": "good"})
                assert reader.submit(seen).result() == [(lead,)]
                if not kept:
                    raise KeyError
            assert reader.submit(seen).result() == seen() == ([(lead, "good")] if kept else [(lead,)])
        reader.submit(store.database.close).result()


def test_a_field_and_its_values_are_undone_and_done_again(store: Store) -> None:
    fields = Fields(store)
    with store.action("add", "lead"):
        record = store.records.insert("lead", {"last_name": "King"})
    fields.add("lead", "Colour", "text")
    with store.action("set", "lead"):
        store.records.update("lead", [record], {"colour": "red"})
    store.undo()
    store.undo()
    assert "colour" not in store.catalogue.kind("lead").fields
    store.redo()
    store.redo()
    assert store.lists.values(Filter("lead"), ["colour"]) == [(record, "red")]


def test_a_field_made_and_filled_in_one_action_is_undone_and_done_again(store: Store) -> None:
    fields = Fields(store)
    with store.action("import", "lead"):
        name = fields.define(fields.definition("lead", "Colour", Holds("text")))
        record = store.records.insert("lead", {"last_name": "King", name: "red"})
    store.undo()
    assert store.lists.count(Filter("lead")) == 0
    assert "colour" not in store.catalogue.kind("lead").fields
    store.redo()
    assert store.lists.values(Filter("lead"), ["colour"]) == [(record, "red")]


def test_a_deleted_field_is_gone_until_undone(store: Store) -> None:
    fields = Fields(store)
    added = fields.add("person", "Colour", "text")
    fields.delete(added.id)
    assert "colour" not in store.catalogue.kind("person").fields
    store.undo()
    assert "colour" in store.catalogue.kind("person").fields


@pytest.mark.parametrize(
    ("kind", "label", "type_", "choices"),
    [
        ("lead", "  ", "text", ()),
        ("lead", "First name", "text", ()),
        ("lead", "Link", "link", ()),
        ("lead", "Colour", "choice", ()),
        ("pipeline", "Colour", "text", ()),
        ("nothing", "Colour", "text", ()),
    ],
)
def test_what_cannot_be_is_refused(store: Store, kind: str, label: str, type_: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(UserError):
        Fields(store).add(kind, label, type_, choices)


def test_deleting_what_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UserError):
        Fields(store).delete(5)


def test_a_second_field_of_a_name_gets_a_number(store: Store) -> None:
    fields = Fields(store)
    with store.action("import", "person"):
        assert fields.define(fields.definition("person", "Segment", Holds("text"))) == "segment_2"


def test_a_renamed_field_keeps_its_name_and_goes_by_its_label(store: Store) -> None:
    fields = Fields(store)
    number = fields.add("lead", "Colour", "text").id
    fields.rename(number, "  Tint ")
    field = store.catalogue.field("lead", "colour")
    assert (field.label, fields.find("lead", "Tint"), fields.find("lead", "colour")) == ("Tint", field, field)
    assert parse(store.catalogue, "lead", "tint:red").where == parse(store.catalogue, "lead", "colour:red").where
    again = fields.add("lead", "Colour", "text").id
    assert [f.name for f in fields.own("lead")] == ["colour", f"colour_{again}"]
    with pytest.raises(UserError, match="already has a field “TINT”"):
        fields.rename(again, "TINT")
    store.undo()
    store.undo()
    assert store.catalogue.field("lead", "colour").label == "Colour"


def test_fields_are_put_in_order(store: Store) -> None:
    fields = Fields(store)
    first, second, third = (fields.add("deal", label, "text").id for label in ("A", "B", "C"))
    fields.order("deal", [third, first])
    assert [field.definition for field in fields.own("deal")] == [third, first, second]
    store.undo()
    assert [field.definition for field in fields.own("deal")] == [first, second, third]


@pytest.mark.parametrize("several", [False, True])
def test_choices_are_renamed_swapped_and_taken_away_with_what_holds_them(store: Store, several: bool) -> None:
    fields = Fields(store)
    number = fields.add("lead", "Size", Holds("choice", ("S", "M", "L"), several)).id
    with store.action("add", "lead"):
        for held in (("S",), ("M", "L"), ()):
            value = held if several else (held[0] if held else None)
            store.records.insert("lead", {"last_name": "x", "size": value})
    before = snapshot(store)
    with pytest.raises(UserError, match="“XL” is none of its choices: S, M, L"):
        fields.set_choices(number, ["S", "M", "L"], {"XL": "L"})
    with pytest.raises(UserError, match="One record holds “S”; say what stands there"):
        fields.set_choices(number, ["M", "L"])
    change = fields.set_choices(number, ["M", "S", "Large"], {"S": "M", "M": "S", "L": "Large"})
    assert change.count("lead") == 2
    assert fields.used(number) == ({"M": 1, "S": 1, "Large": 1} if several else {"M": 1, "S": 1})
    assert store.catalogue.field("lead", "size").choices == ("M", "S", "Large")
    fields.set_choices(number, ["M"], {"S": "M", "Large": ""})
    assert fields.used(number) == {"M": 2}
    store.undo()
    store.undo()
    assert snapshot(store) == before
    assert_derived_is_true(store)


@pytest.mark.parametrize("choice", ["a; b", "a | b", "a ::: b", "a\nb"])
def test_a_choice_has_no_sign_that_stands_between_choices(store: Store, choice: str) -> None:
    with pytest.raises(UserError, match="stand between choices"):
        Fields(store).add("lead", "Size", "choice", [choice])


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        (Holds("link"), "needs the kind"),
        (Holds("link", target="stage"), "leads to one of"),
        (Holds("link", target="ghost"), "no kind of record"),
        (Holds("text", several=True), "Only a field with choices can hold several"),
        (Holds("text", ("a", "b")), "Only a field of the type choice has choices"),
        (Holds("choice", ("a",), target="company"), "Only a link leads to another kind"),
        (Holds("choice", (" ",)), "at least one choice"),
        (Holds("colour"), "holds one of"),
    ],
)
def test_a_field_says_what_it_lacks(store: Store, holds: Holds, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Fields(store).add("lead", "Own", holds)


def test_only_a_choice_is_given_choices(store: Store) -> None:
    fields = Fields(store)
    with pytest.raises(UserError, match="Only a field of the type choice has choices"):
        fields.set_choices(fields.add("lead", "Memo", "text").id, ["S"])


def test_the_history_tells_own_values(store: Store) -> None:
    fields = Fields(store)
    fields.add("lead", "Wants", Holds("choice", ("Roof", "PV"), several=True))
    fields.add("lead", "Referrer", Holds("link", target="person"))
    fields.add("lead", "Met", "anniversary")
    with store.action("add", "lead"):
        person = store.records.insert("person", {"last_name": "Ann"})
        lead = store.records.insert("lead", {"last_name": "King", "wants": ("PV",)})
    with store.action("set", "lead"):
        values = {"wants": ("PV", "Roof"), "referrer": Ref(person, "Ann"), "met": Anniversary(6, 15)}
        store.records.update("lead", [lead], values)
    told = {change.field: (change.old, change.new) for change in field_changes(store, "lead", lead)[:3]}
    assert told == {
        "wants": (("PV",), ("PV", "Roof")), "referrer": (None, Ref(person, "Ann")), "met": (None, Anniversary(6, 15)),
    }  # fmt: skip


def test_a_field_made_since_is_empty_as_of_then(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 10, 9, tzinfo=UTC)]
    store = Store.open(tmp_path / "base.crm", clock=Clock(lambda: now[0]))
    with store.action("add", "lead"):
        record = store.records.insert("lead", {"last_name": "King"})
    now[0] += timedelta(days=5)
    number = Fields(store).add("lead", "Colour", "text").id
    with store.action("set", "lead"):
        store.records.update("lead", [record], {"colour": "red"})
    now[0] += timedelta(days=5)
    Fields(store).rename(number, "Tint")
    with store.action("set", "lead"):
        store.records.update("lead", [record], {"colour": "blue"})
    for day, held in ((12, None), (17, "red"), (25, "blue")):
        with as_of(store, date(2026, 1, day)) as then:
            assert then.lists.values(Filter("lead"), ["colour"]) == [(record, held)]
    store.close()
