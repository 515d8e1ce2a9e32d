"""The words of the user's own fields are found while the field is there, and only then."""

import pytest

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.storage.own_fields import Definition
from crm_desktop.storage.store import Store
from tests.storage.equality import assert_derived_is_true


@pytest.fixture
def hobby(store: Store) -> int:
    """A field with a value in one deal, whose record has the returned number."""
    with store.action("add_field", "deal"):
        number = store.own_fields.define(Definition("deal", "Hobby", FieldType.TEXT))
    store.reload()
    with store.action("add", "deal"):
        store.records.insert("deal", {"name": "Grinders", "hobby": "Sailing"})
    return number


def found(store: Store) -> int:
    return len(store.lists.search("sailing", ["deal"], 9))


def test_a_deleted_field_is_not_searched_and_comes_back_with_undo(store: Store, hobby: int) -> None:
    assert found(store) == 1
    with store.action("delete_field", "deal"):
        store.own_fields.drop(hobby, store.clock.stamp())
    assert found(store) == 0
    assert_derived_is_true(store)
    store.undo()
    assert found(store) == 1
    assert_derived_is_true(store)
    store.redo()
    assert found(store) == 0
    assert_derived_is_true(store)


def test_what_fails_half_way_leaves_the_fields_as_they_were(store: Store, hobby: int) -> None:
    with pytest.raises(ZeroDivisionError), store.action("delete_field", "deal"):
        store.own_fields.drop(hobby, store.clock.stamp())
        raise ZeroDivisionError
    assert "hobby" in store.catalogue.kind("deal").fields
    assert found(store) == 1
