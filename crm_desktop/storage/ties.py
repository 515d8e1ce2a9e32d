"""What the history of a record tells of its ties: roles at companies and in deals, relations, important dates."""

from collections.abc import Iterator, Mapping
from typing import Any

from crm_desktop.domain.terms import RelationType
from crm_desktop.storage.changesets import Fields
from crm_desktop.storage.touch import TOLD

Row = Mapping[str, Any]

FIRST = {"employment": ("company", "person"), "relation": ("type",), "occasion": ("day",), "contact_role": ("role",)}
"""The fields by which a tie is told to be there; of a role at a company the one that names its other end."""


def columns(table: str, kind: str) -> list[str]:
    """The columns of ties that may name a record of a kind."""
    found = TOLD[table] if table in FIRST else ()
    return [column for column in found if column.removeprefix("other_") == f"{kind}_id"]


def tables(kind: str) -> list[str]:
    """The tables of ties that may name a record of a kind, except those of its own kind."""
    return [table for table in FIRST if table != kind and columns(table, kind)]


def differences(
    fields: Fields, record: tuple[str, int], table: str, before: Row, after: Row
) -> Iterator[tuple[str, str, Any, Any]]:
    """What changed in a tie as its record (kind, id) sees it: the field, the other end, the old and new value."""
    old, new = _said(fields, record, table, before), _said(fields, record, table, after)
    for key in {**old, **new} if new else list(old)[:1]:
        if old.get(key) != new.get(key):
            yield *key, old.get(key), new.get(key)


def _said(fields: Fields, record: tuple[str, int], table: str, row: Row) -> dict[tuple[str, str], Any]:
    """The values of a tie by field and other end, first the one that it is told by; nothing of one that is gone."""
    kind, number = record
    side = next((column for column in columns(table, kind) if row.get(column) == number), None)
    if side is None or row.get("deleted_at") is not None:
        return {}
    sources = fields.of(table, table)
    values = {source.field.name: fields.value(source, column, row) for column, source in sources.items()}
    ends = {column.removesuffix("_id"): values.pop(column.removesuffix("_id")) for column in TOLD[table]}
    del values["created_at"]
    name, other = next(((n, end) for n, end in ends.items() if f"{n}_id" != side and end is not None), ("", None))
    if table == "relation" and side.startswith("other_"):
        values["type"] = RelationType(values["type"]).inverse.value
    of = other.name if other is not None else values.pop("name", "")
    if name in FIRST[table]:
        first = {(f"{table}.{name}", ""): other}
    else:
        [main] = FIRST[table]
        first = {(f"{table}.{main}", of): values.pop(main)}
    return first | {(f"{table}.{name}", of): value for name, value in values.items() if value is not None}
