"""Every field that can be set is walked: typed, read, filtered by, sorted by, taken back,
pasted, merged and taken along in files.
"""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Compare, Filter, Op, Ref, Scalar, Sort
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from crm_desktop.services.importing.drafts import ORDER
from crm_desktop.settings import Settings
from crm_desktop.storage.models import CUSTOMISED
from crm_desktop.storage.sources import builtin
from tests.storage.equality import assert_derived_is_true, snapshot

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
TYPED = {
    FieldType.TEXT: "Äpfel & Söhne", FieldType.LONG_TEXT: "two\nlines", FieldType.EMAIL: "anna@example.com",
    FieldType.PHONE: "+49 30 123456", FieldType.URL: "https://example.com/a?b=c", FieldType.INTEGER: "12",
    FieldType.NUMBER: "1,234.5", FieldType.MONEY: "€1,234.50", FieldType.DATE: "20 Nov 2026",
    FieldType.ANNIVERSARY: "15 Jun", FieldType.INSTANT: "2026-11-20 14:05", FieldType.YES_NO: "yes",
}  # fmt: skip
"""What is typed into a field of each type."""

SPECIAL = {
    ("deal", "stage"): "Proposal", ("deal", "pipeline"): None, ("deal", "closed_on"): None, ("task", "due_at"): "14:30",
    ("lead", "status"): "Contacted", ("company", "domain"): "example.com",
    ("lead_status", "type"): None,
}  # fmt: skip
"""Fields with a form or rules of their own; None is set by another field, or for good."""

MERGED = ("lead", "company", "person")
SURVIVES = {"source_system", "source_id", "created_at", "parent"}
"""What a record keeps when another becomes part of it."""

OWN = [
    *(Holds(type_) for type_ in FieldType if type_ not in (FieldType.CHOICE, FieldType.LINK)),
    Holds(FieldType.CHOICE, ("red", "blue", "fairs, events")),
    Holds(FieldType.CHOICE, ("red", "blue", "fairs, events"), several=True),
    Holds(FieldType.LINK, target="person"), Holds(FieldType.LINK, target="task"),
]  # fmt: skip
"""What the user's own fields can hold."""

NAMED = {
    "lead": {"name": "Ann Needed"}, "person": {"name": "Ann Needed"}, "deal": {"name": "Needed"},
    "activity": {"subject": "Needed"}, "task": {"title": "Needed"}, "occasion": {"day": "1 Feb"},
    "contact_role": {"role": "uses"},
}  # fmt: skip
"""What else gives a record its name."""

EITHER = {
    "purchase": [("company", "person")],
    "occasion": [("person", "company")],
    "relation": [("person", "company"), ("other_person", "other_company")],
}
"""Links of which a record has exactly one."""

BOUND = {"contact_role": ("deal", "person"), "employment": ("person", "company")}
"""Links that a record cannot be without."""

KINDS = [kind.name for kind in builtin().catalogue if kind.writable and kind.name != "conversion"]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = opened(tmp_path / "one")
    yield made
    made.close()


def opened(folder: Path) -> Services:
    return open_services(DataDir(folder), Settings(currency="EUR", language="en"), Clock.fixed(NOW))


def add_own(services: Services, kind: str) -> None:
    """One own field of each type."""
    for number, holds in enumerate(OWN if kind in CUSTOMISED else ()):
        services.fields.add(kind, f"Own {number}", holds)


def target(services: Services, kind: str) -> str:
    """A record to link to, as it is typed."""
    made = services.records.add(kind, needed(services, kind))
    return f"{kind}:{made.id}"


def needed(services: Services, kind: str) -> dict[str, str]:
    """What a record of a kind cannot be without."""
    fields = services.catalogue.kind(kind).fields
    values = {f.name: "Needed" for f in fields.values() if f.required and f.type.textual} | NAMED.get(kind, {})
    for first in (*BOUND.get(kind, ()), *(first for first, _ in EITHER.get(kind, ()))):
        values[first] = target(services, fields[first].target or "")
    return values


def typed(services: Services, kind: str, field: Field) -> str | None:
    """What is typed into a field; None where it is not set by itself."""
    if (kind, field.name) in SPECIAL:
        return SPECIAL[kind, field.name]
    if field.type is FieldType.LINK:
        return target(services, field.target or "")
    if field.type is FieldType.CHOICE:
        return "; ".join(field.choices[::-2]) if field.multi else field.choices[-1]
    return TYPED[field.type]


def asked(value: Any) -> Scalar:
    """A value as a condition holds it."""
    one: Any = value[0] if isinstance(value, tuple) else value
    if isinstance(one, Ref):
        return one.id
    if isinstance(one, Anniversary):
        return str(one)
    scalar: Scalar = one
    return scalar


def walked(services: Services, kind: str) -> list[Field]:
    alternatives = {name for pair in EITHER.get(kind, ()) for name in pair}
    return [f for f in services.catalogue.kind(kind).fields.values() if f.editable and f.name not in alternatives]


def check(services: Services, kind: str, record: int, field: Field, text: str) -> None:
    """One field: set, read, found, sorted by, taken back, done again."""
    store, name = services._store, field.name
    if services.records.show(kind, record).values[name] == services.records.parse(kind, name, text):
        text = "no" if field.type is FieldType.YES_NO else field.choices[0]
    before = snapshot(store)
    expected = services.records.parse(kind, name, text)
    services.records.set(kind, [record], {name: text})
    assert services.records.show(kind, record).values[name] == expected
    wanted = Filter(kind, Compare(name, Op.IS, asked(expected)))
    for found in (wanted, Filter.from_json(wanted.to_json()), services.lists.parse(kind, services.lists.text(wanted))):
        assert record in services.lists.ids(found), found
    assert record not in services.lists.ids(Filter(kind, Compare(name, Op.EMPTY, True)))
    for descending in (False, True) if field.sortable else ():
        assert record in services.lists.ids(Filter(kind), Sort(name, descending))
    services.history.undo()
    assert snapshot(store) == before
    services.history.redo()
    assert services.records.show(kind, record).values[name] == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_set_found_and_taken_back(services: Services, kind: str) -> None:
    add_own(services, kind)
    record = services.records.add(kind, needed(services, kind)).id
    told = []
    for field in walked(services, kind):
        text = typed(services, kind, field)
        if text is None:
            continue
        try:
            check(services, kind, record, field, text)
        except Exception as error:
            told.append(f"{kind}.{field.name} ({field.type}): {type(error).__name__}: {error}"[:400])
    assert told == []
    assert_derived_is_true(services._store)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_pasted(services: Services, kind: str) -> None:
    add_own(services, kind)
    record = services.records.add(kind, needed(services, kind)).id
    told = []
    for field in walked(services, kind):
        text = typed(services, kind, field)
        before = services.records.show(kind, record).values[field.name]
        if text is None or before == (expected := services.records.parse(kind, field.name, text)):
            continue
        pasted = services.cells.paste(kind, [record], [field.name], [[text]])
        if pasted.refused or services.records.show(kind, record).values[field.name] != expected:
            told.append(f"{kind}.{field.name}: {pasted.refused}")
            continue
        services.history.undo()
        if services.records.show(kind, record).values[field.name] != before:
            told.append(f"{kind}.{field.name}: not taken back")
    assert told == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in ORDER])
def test_every_field_goes_along_into_another_base(services: Services, kind: str, tmp_path: Path) -> None:
    add_own(services, kind)
    fields = walked(services, kind)
    values = {f.name: typed(services, kind, f) for f in fields}
    made = services.records.add(kind, {**needed(services, kind), **{n: v for n, v in values.items() if v}}).id
    services.exporting.export_all(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extractall(tmp_path / "all")
    other = opened(tmp_path / "other")
    other.importing.run(other.importing.propose(sorted((tmp_path / "all").iterdir())))
    names = [field.name for field in fields]
    [here] = seen(services, kind, names, [made])
    told = [
        {name: (here[name], value) for name, value in there.items() if value != here[name]}
        for there in seen(other, kind, names, other.lists.ids(Filter(kind)))
    ]
    assert {} in told, min(told, key=len)
    assert_derived_is_true(other._store)
    other.close()


@pytest.mark.parametrize("kind", MERGED)
def test_every_field_of_a_merged_record_is_kept(services: Services, kind: str) -> None:
    add_own(services, kind)
    fields = [field for field in walked(services, kind) if field.name not in SURVIVES]
    values = {field.name: typed(services, kind, field) for field in fields}
    survivor = services.records.add(kind, needed(services, kind)).id
    loser = services.records.add(kind, {**needed(services, kind), **{n: v for n, v in values.items() if v}}).id
    names = [field.name for field in fields]
    [wanted] = seen(services, kind, names, [loser])
    before = snapshot(services._store)
    chosen = {field.name: loser for field in fields if not field.multi}
    services.merging.merge(kind, survivor, [loser], chosen)
    assert seen(services, kind, names, [survivor]) == [wanted]
    assert list(services.lists.ids(Filter(kind, Compare("id", Op.ANY_OF, (survivor, loser))))) == [survivor]
    services.history.undo()
    assert snapshot(services._store) == before
    services.history.redo()
    assert seen(services, kind, names, [survivor]) == [wanted]


def seen(services: Services, kind: str, names: list[str], ids: Any) -> list[dict[str, Any]]:
    """What people see of records, whatever their ids."""
    rows = services.lists.rows(kind, ids, names)
    return [{n: v.name if isinstance(v, Ref) else v for n, v in zip(names, row[1:], strict=True)} for row in rows]
