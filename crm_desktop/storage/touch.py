"""Which records an action touched: read off its changesets, and from there to what shows something of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import apsw

from crm_desktop.domain.catalogue import Use
from crm_desktop.storage import models
from crm_desktop.storage.database import Database
from crm_desktop.storage.journal import Touch, rows
from crm_desktop.storage.sources import builtin, foreign_keys, table

OWN = {
    "email": ("lead_id", "company_id", "person_id"),
    "phone": ("lead_id", "company_id", "person_id"),
    "address": ("lead_id", "company_id", "person_id"),
    "tag_link": ("lead_id", "company_id", "person_id", "deal_id"),
    "activity_link": ("activity_id",),
    "task_link": ("task_id",),
    "stage_log": ("deal_id",),
}
"""Tables whose rows are a part of a record, and the columns that name it."""

TOLD = {
    "employment": ("person_id", "company_id"),
    "relation": ("person_id", "company_id", "other_person_id", "other_company_id"),
    "occasion": ("person_id", "company_id"),
    "contact_role": ("deal_id", "person_id"),
}
"""Kinds whose records are told in the history of others, and the columns that name those."""

_KINDS = {table(model): model for model in models.RECORDS}
_KEYS = {table(model): dict(foreign_keys(model)) for model in models.TABLES}
_COLUMNS = {table(m): [f.column_name for f in m._meta.sorted_fields] for m in models.TABLES}


@dataclass(slots=True)
class Affected:
    """`changed`: records that are different now; `stale`: whose list row may be; `searched`: whose words may."""

    changed: Touch = field(default_factory=Touch)
    stale: Touch = field(default_factory=Touch)
    searched: Touch = field(default_factory=Touch)

    def everything(self) -> Touch:
        """All that lists and pages should ask for again."""
        both = Touch()
        both.merge(self.changed)
        both.merge(self.stale)
        return both


def read(database: Database, changeset: bytes, found: Affected, *, bulk: bool = False) -> None:
    """Adds what one changeset touched; of bulk work without its new records, whose ranges are told by `by_span`.

    Tags are made on the way, so no range tells of them.
    """
    unread: dict[str, set[int]] = {}
    edited: dict[str, set[int]] = {}
    for row in rows(changeset):
        if not bulk or row.op != "INSERT" or row.name == "tag":
            _note(row, found, unread, edited)
    for name, ids in unread.items():
        _owners(database, name, ids, found)
    _dependents(database, edited, found)


def by_span(database: Database, kind: str, first: int, last: int, found: Affected) -> None:
    """Adds a whole range of records, without looking at each."""
    for touch in (found.changed, found.stale, found.searched):
        touch.span(kind, first, last)
    for column, target in _KEYS[kind].items():
        sql = f"SELECT DISTINCT {column} FROM {kind} WHERE id BETWEEN ? AND ? AND {column} IS NOT NULL"
        for (record,) in database.execute_sql(sql, (first, last)).fetchall():
            found.stale.add(target, record)
    if kind in ("activity", "task"):
        sql = f"SELECT lead_id, company_id, person_id, deal_id FROM {kind}_link WHERE {kind}_id BETWEEN ? AND ?"
        for linked in database.execute_sql(sql, (first, last)).fetchall():
            _stale_links(linked, found)


def _note(row: apsw.TableChange, found: Affected, unread: dict[str, set[int]], edited: dict[str, set[int]]) -> None:
    name = row.name
    before, after = row.old, row.new
    record = int((before or after)[0])  # type: ignore[index, arg-type]
    updated = row.op == "UPDATE"
    if name.endswith("_custom"):
        kind = name.removesuffix("_custom")
        for touch in (found.changed, found.stale, found.searched):
            touch.add(kind, record)
        return
    if name in _KINDS:
        found.changed.add(name, record)
        found.stale.add(name, record)
        if not updated or _words_changed(name, row):
            found.searched.add(name, record)
        if updated:
            edited.setdefault(name, set()).add(record)
    if updated or name in ("activity", "task"):
        unread.setdefault(name, set()).add(record)
    for values in (before, after):
        if values is not None:
            _keys(name, dict(zip(_COLUMNS[name], values, strict=False)), found)


def _words_changed(name: str, row: apsw.TableChange) -> bool:
    columns = _COLUMNS[name]
    different = {
        columns[n] for n, value in enumerate(row.new or ()) if value is not apsw.no_change and n < len(columns)
    }
    return bool(different & _searched(name))


@cache
def _searched(name: str) -> frozenset[str]:
    """The columns of a kind that its search index is made of."""
    sources = builtin().kinds[name].sources.values()
    own = {s.column for s in sources if Use.SEARCH in s.field.uses and s.column}
    return frozenset(own | {"deleted_at"} | {column for column, _ in foreign_keys(_KINDS[name])})


def _keys(name: str, values: dict[str, object], found: Affected) -> None:
    owned, told = OWN.get(name, ()), TOLD.get(name, ())
    for column, target in _KEYS[name].items():
        record = values.get(column)
        if not isinstance(record, int):
            continue
        found.stale.add(target, record)
        if column in owned or column in told:
            found.changed.add(target, record)
        if column in owned:
            found.searched.add(target, record)


def _owners(database: Database, name: str, ids: Iterable[int], found: Affected) -> None:
    """Records named by rows whose changeset does not say which (a column that did not change)."""
    keys = _KEYS[name]
    listed = json.dumps(sorted(ids))
    if keys:
        sql = f"SELECT {', '.join(keys)} FROM {name} WHERE id IN (SELECT value FROM json_each(?))"
        for values in database.execute_sql(sql, (listed,)).fetchall():
            _keys(name, dict(zip(keys, values, strict=True)), found)
    if name in ("activity", "task"):
        sql = (
            f"SELECT lead_id, company_id, person_id, deal_id FROM {name}_link"
            f" WHERE {name}_id IN (SELECT value FROM json_each(?))"
        )
        for linked in database.execute_sql(sql, (listed,)).fetchall():
            _stale_links(linked, found)


def _stale_links(linked: tuple[int | None, ...], found: Affected, *, searched: bool = False) -> None:
    for kind, record in zip(("lead", "company", "person", "deal"), linked, strict=True):
        if record is not None:
            found.stale.add(kind, record)
            if searched:
                found.searched.add(kind, record)


def _dependents(database: Database, edited: dict[str, set[int]], found: Affected) -> None:
    """Records that show something of an edited one: the deals of a renamed company, what bears a renamed tag."""
    for name, ids in edited.items():
        listed = json.dumps(sorted(ids))
        if name == "tag":
            columns = "lead_id, company_id, person_id, deal_id"
            sql = f"SELECT {columns} FROM tag_link WHERE tag_id IN (SELECT value FROM json_each(?))"
            for bearers in database.execute_sql(sql, (listed,)).fetchall():
                _stale_links(bearers, found, searched=True)
        for other, keys in _KEYS.items():
            for column, target in keys.items():
                if target != name or other not in _KINDS or other == "stage_log":
                    continue
                sql = f"SELECT id FROM {other} WHERE {column} IN (SELECT value FROM json_each(?))"
                for (record,) in database.execute_sql(sql, (listed,)).fetchall():
                    found.stale.add(other, record)
                    found.searched.add(other, record)
