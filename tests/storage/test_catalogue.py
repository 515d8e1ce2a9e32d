"""The catalogue is walked field by field: written, read back, filtered by every fitting operator, sorted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType, UnknownName, Use
from crm_desktop.domain.filter import Compare, Filter, Op, Ref, Sort
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.storage import models
from crm_desktop.storage.own_fields import Definition
from crm_desktop.storage.sources import build
from crm_desktop.storage.store import Store
from tests.storage.equality import assert_derived_is_true

CATALOGUE = build({}).catalogue
LOW: dict[FieldType, Any] = {
    FieldType.TEXT: "Äpfel",
    FieldType.LONG_TEXT: "Äpfel\nund Birnen",
    FieldType.EMAIL: "anna@example.com",
    FieldType.PHONE: "+49 30 111",
    FieldType.URL: "https://a.example",
    FieldType.INTEGER: 10,
    FieldType.NUMBER: Decimal("1.5"),
    FieldType.MONEY: Money(100, "EUR"),
    FieldType.DATE: date(2026, 1, 2),
    FieldType.ANNIVERSARY: Anniversary(1, 31, 1985),
    FieldType.INSTANT: datetime(2026, 1, 2, 3, 4, 5, 600_000, UTC),
    FieldType.YES_NO: False,
}
HIGH: dict[FieldType, Any] = {
    FieldType.TEXT: "zebra",
    FieldType.LONG_TEXT: "Zebra",
    FieldType.EMAIL: "zoe@example.com",
    FieldType.PHONE: "+49 30 999",
    FieldType.URL: "https://z.example",
    FieldType.INTEGER: 20,
    FieldType.NUMBER: Decimal("2.25"),
    FieldType.MONEY: Money(250, "EUR"),
    FieldType.DATE: date(2026, 3, 4),
    FieldType.ANNIVERSARY: Anniversary(12, 1),
    FieldType.INSTANT: datetime(2026, 3, 4, 5, 6, 7, 800_000, UTC),
    FieldType.YES_NO: True,
}
SEVERAL = "several choices"


def written() -> Iterator[tuple[str, str]]:
    """Every field that somebody can set."""
    for kind in CATALOGUE:
        for field in kind.fields.values():
            if kind.writable and field.editable:
                yield kind.name, field.name


def sample(store: Store, field: Field, *, high: bool) -> Any:
    if field.type is FieldType.CHOICE:
        codes = sorted(field.choices)
        if field.multi:
            return ("rot", "grün") if high else ("blau",)
        return codes[-1] if high else codes[0]
    if field.type is FieldType.LINK:
        assert field.target
        name = {"name": "needed too" if high else "needed"} if field.custom else {}
        return store.records.insert(field.target, needed(store, field.target) | name)
    value = (HIGH if high else LOW)[field.type]
    return (value, f"other {value}") if field.multi else value


def needed(store: Store, kind: str) -> dict[str, Any]:
    """What a record of a kind cannot be without."""
    fields = CATALOGUE.kind(kind).fields.values()
    values: dict[str, Any] = {f.name: "needed" for f in fields if f.required and f.type.textual}
    for company, _ in EITHER.get(kind, ()):
        values[company] = store.records.insert("company", {"name": "needed"})
    return values


EITHER = {
    "purchase": [("company", "person")],
    "occasion": [("company", "person")],
    "relation": [("company", "person"), ("other_company", "other_person")],
}
"""Links of which a record has exactly one."""


def either(kind: str) -> set[str]:
    return {name for both in EITHER.get(kind, ()) for name in both}


def pair(store: Store, kind: str, field: Field) -> tuple[int, int, Any, Any]:
    """Two records of which one has the lower and one the higher value of a field."""
    with store.action("add", kind):
        low, high = sample(store, field, high=False), sample(store, field, high=True)
        ids = []
        for value in (low, high):
            values = needed(store, kind) | {field.name: value}
            for company, person in EITHER.get(kind, ()):
                if field.name == person:
                    del values[company]
            ids.append(store.records.insert(kind, values))
    return ids[0], ids[1], low, high


def read(store: Store, kind: str, record: int, name: str) -> Any:
    [(_, value)] = store.lists.rows(kind, [record], [name])
    return value.id if isinstance(value, Ref) else value


def matches(store: Store, kind: str, name: str, op: Op, value: Any) -> set[int]:
    meant = str(value) if isinstance(value, Anniversary) else value
    return set(store.lists.ids(Filter(kind, Compare(name, op, meant))))


@pytest.mark.parametrize(("kind", "name"), list(written()))
def test_a_field_is_written_read_filtered_and_sorted(store: Store, kind: str, name: str) -> None:
    check_field(store, kind, CATALOGUE.field(kind, name))


@pytest.mark.parametrize(
    ("kind", "type_"),
    [*(("lead", type_) for type_ in [*FieldType, SEVERAL]), *((kind, "text") for kind in models.CUSTOMISED[1:])],
)
def test_so_is_a_field_of_the_user(store: Store, kind: str, type_: str) -> None:
    several = type_ is SEVERAL
    make_own_field(store, kind, FieldType.CHOICE if several else FieldType(type_), several)
    check_field(store, kind, store.catalogue.field(kind, "eigenes_feld"))


def make_own_field(store: Store, kind: str, type_: FieldType, several: bool) -> None:
    choices = ("blau", "rot", "grün") if several else ("blau", "rot") if type_ is FieldType.CHOICE else ()
    target = "company" if type_ is FieldType.LINK else None
    with store.action("add_field", kind):
        store.own_fields.define(Definition(kind, "Eigenes Feld", type_, choices, several, target))
    store.reload()


def check_field(store: Store, kind: str, field: Field) -> None:
    low_id, high_id, low, high = pair(store, kind, field)
    both = {low_id, high_id}
    assert read(store, kind, low_id, field.name) == low
    assert read(store, kind, high_id, field.name) == high
    one = high[0] if field.multi else high
    assert matches(store, kind, field.name, Op.IS, one) & both == {high_id}
    assert matches(store, kind, field.name, Op.IS_NOT, one) & both == {low_id}
    assert matches(store, kind, field.name, Op.ANY_OF, (one,)) & both == {high_id}
    check_order(store, kind, field, (low_id, high_id), high)
    check_text(store, kind, field, (low_id, high_id), one)
    check_empty(store, kind, field, both)
    with store.action("set", kind):
        store.records.update(kind, [low_id], {field.name: high})
    assert read(store, kind, low_id, field.name) == high
    assert_derived_is_true(store)
    for _ in range(2):
        store.undo()
    assert both & set(store.lists.ids(Filter(kind))) == set()
    assert_derived_is_true(store)


def check_order(store: Store, kind: str, field: Field, ids: tuple[int, int], high: Any) -> None:
    low_id, high_id = ids
    if field.type.ordered:
        for op, found in ((Op.LESS, {low_id}), (Op.AT_MOST, set(ids)), (Op.MORE, set()), (Op.AT_LEAST, {high_id})):
            assert matches(store, kind, field.name, op, high) & set(ids) == found, op
    if not field.sortable:
        if not field.custom:
            with pytest.raises(UserError, match="cannot be ordered"):
                store.lists.ids(Filter(kind), Sort(field.name))
        return
    for descending in (False, True):
        order = [i for i in store.lists.ids(Filter(kind), Sort(field.name, descending)) if i in ids]
        if field.type is not FieldType.LINK or field.custom:
            assert order == ([high_id, low_id] if descending else [low_id, high_id])


def check_text(store: Store, kind: str, field: Field, ids: tuple[int, int], high: Any) -> None:
    if not field.type.textual:
        if field.type not in (FieldType.LINK, FieldType.ANNIVERSARY) and not field.multi:
            with pytest.raises(UserError, match="needs text"):
                matches(store, kind, field.name, Op.CONTAINS, high)
        return
    assert matches(store, kind, field.name, Op.CONTAINS, high[1:].upper()) & set(ids) == {ids[1]}
    assert matches(store, kind, field.name, Op.STARTS, high[:-1].upper()) & set(ids) == {ids[1]}
    if Use.SEARCH in field.uses:
        hits = store.lists.search(high[:3] if field.type is not FieldType.PHONE else high, [kind], 50)
        assert ids[1] in {hit.id for hit in hits}


def check_empty(store: Store, kind: str, field: Field, both: set[int]) -> None:
    assert matches(store, kind, field.name, Op.EMPTY, True) & both == set()
    assert matches(store, kind, field.name, Op.EMPTY, False) & both == both
    no_empty = field.required or field.type in (FieldType.YES_NO, FieldType.CHOICE)
    if no_empty or field.name in either(kind):
        return
    with store.action("set", kind):
        store.records.update(kind, sorted(both), {field.name: () if field.multi else None})
    assert matches(store, kind, field.name, Op.EMPTY, True) & both == both
    assert read(store, kind, min(both), field.name) == (() if field.multi else None)
    assert_derived_is_true(store)
    store.undo()


@pytest.mark.parametrize("kind", [kind.name for kind in CATALOGUE])
def test_every_field_can_be_read_of_no_record_and_sorted_by(store: Store, kind: str) -> None:
    known = CATALOGUE.kind(kind)
    assert store.lists.values(Filter(kind), list(known.fields)) == [] or kind in GIVEN
    for field in known.fields.values():
        if field.sortable and kind not in GIVEN:
            assert list(store.lists.ids(Filter(kind), Sort(field.name))) == []


GIVEN = ("pipeline", "stage", "lead_status")
"""Kinds of which a new base has records."""


@pytest.mark.parametrize("kind", [kind.name for kind in CATALOGUE])
def test_sorting_reads_the_index_and_sorts_nothing(store: Store, kind: str) -> None:
    for field in CATALOGUE.kind(kind).with_use(Use.SORT):
        for way in ("ASC", "DESC"):
            sql = f"SELECT r.id FROM {kind}_row r ORDER BY r.{field.name} {way} NULLS LAST, r.id {way}"
            plan = " ".join(str(row[3]) for row in store.database.raw.execute(f"EXPLAIN QUERY PLAN {sql}"))
            assert "TEMP B-TREE" not in plan.upper(), (field.name, way, plan)


@pytest.mark.parametrize("descending", [False, True])
def test_empty_values_come_last_and_equal_ones_by_id(store: Store, descending: bool) -> None:
    with store.action("add"):
        ids = [store.records.insert("lead", {"last_name": "x", "score": s}) for s in (5, None, 5, 9, None)]
    first, empty, second, top, last = ids
    found = list(store.lists.ids(Filter("lead"), Sort("score", descending)))
    assert found == ([top, second, first, last, empty] if descending else [first, second, top, empty, last])


@pytest.mark.parametrize("path", ["nothing", "company.nothing", "name.city", "company.parent.nothing"])
def test_unknown_names_are_said(store: Store, path: str) -> None:
    with pytest.raises(UnknownName):
        CATALOGUE.field("person", path)
    with pytest.raises(UnknownName):
        store.lists.count(Filter("person", Compare(path, Op.IS, "x")))
    with pytest.raises(UnknownName):
        store.lists.values(Filter("person"), [path])


def test_kinds_go_by_name_and_plural() -> None:
    for kind in CATALOGUE:
        assert CATALOGUE.kind(kind.name) is CATALOGUE.kind(kind.plural.upper()) is kind
    with pytest.raises(UnknownName, match="unicorn"):
        CATALOGUE.kind("unicorn")


def test_records_in_the_bin_are_in_no_list(store: Store) -> None:
    with store.action("add"):
        company = store.records.insert("company", {"name": "Acme"})
    with store.action("delete"):
        store.records.delete("company", [company], store.clock.stamp())
    assert store.lists.count(Filter("company")) == 0
    assert store.lists.search("acme", ["company"], 9) == []
    with store.action("restore"):
        store.records.restore("company", [company])
    assert list(store.lists.ids(Filter("company"))) == [company]
    assert [hit.id for hit in store.lists.search("acme", ["company"], 9)] == [company]


@pytest.mark.parametrize(("kind", "values"), [
    ("lead", {"score": 101}), ("deal", {"probability": -1}), ("lead_status", {"type": "unheard"}),
    ("company", {"name": None}), ("purchase", {}), ("person", {"company": 12345}),
])  # fmt: skip
def test_the_base_itself_refuses_what_cannot_be(store: Store, kind: str, values: dict[str, Any]) -> None:
    before = store.lists.count(Filter(kind))
    with pytest.raises(UserError), store.action("add", kind):
        store.records.insert(kind, needed(store, kind) | values if kind != "purchase" else values)
    assert store.lists.count(Filter(kind)) == before
