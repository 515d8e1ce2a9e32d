"""Fields of the user's own are made, filled, undone and deleted."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.services.fields import Fields, Holds
from crm_desktop.storage.store import Store


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
    Fields(store).add("company", "Own", type_, ["a", "b"])
    with store.action("add", "company"):
        record = store.records.insert("company", {"name": "Acme", "own": value})
    assert store.lists.rows("company", [record], ["name", "own"]) == [(record, "Acme", value)]


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
