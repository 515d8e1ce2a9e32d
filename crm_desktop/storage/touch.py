"""Which records an action touched: read off its changesets, and from there to what shows something of them.

What is shown is told by the words of its SQL: a column that they do not name cannot change it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import apsw

from crm_desktop.domain.catalogue import Use
from crm_desktop.domain.change import Touched
from crm_desktop.storage import models
from crm_desktop.storage.database import AMONG, Database, packed
from crm_desktop.storage.journal import Touch
from crm_desktop.storage.models.customers import CUSTOMERS
from crm_desktop.storage.recording import rows
from crm_desktop.storage.schema import kept_sql, row_columns
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
    "distinct_pair": (
        "lead_id",
        "company_id",
        "person_id",
        "other_lead_id",
        "other_company_id",
        "other_person_id",
    ),
}
"""Kinds whose records are told in the history of others, and the columns that name those."""

MERGED = "merged_into_id"
"""The column that names the record which another one became part of."""

WORK = ("activity", "task")
"""Kinds that a table of links ties to records, which are shown with all of them."""

_KINDS = {table(model): model for model in models.RECORDS}
_KEYS = {table(model): dict(foreign_keys(model)) for model in models.TABLES}
_COLUMNS = {table(m): [f.column_name for f in m._meta.sorted_fields] for m in models.TABLES}


@dataclass(slots=True)
class Affected:
    """`changed`: records that are different now; `stale`: whose list row may be; `searched`: whose words may.

    `cells`: by kind and columns, records of whose list row only these columns may be different. `shape`: whether the
    user's own fields are others, which are to be known before anything is made anew.
    """

    changed: Touch = field(default_factory=Touch)
    stale: Touch = field(default_factory=Touch)
    searched: Touch = field(default_factory=Touch)
    cells: dict[tuple[str, tuple[str, ...]], set[int]] = field(default_factory=dict)
    shape: bool = False

    def touched(self) -> tuple[Touched, ...]:
        """All that lists and pages should ask for again; only what changed counts."""
        both = Touch()
        both.merge(self.changed)
        both.merge(self.stale)
        counts = {each.kind: each.count for each in self.changed.touched()}
        return tuple(replace(each, count=counts.get(each.kind, 0)) for each in both.touched())


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from new values in some columns of a table.

    `cells`: columns of the record's own list row, None for the whole; `searched`: whether its words are others;
    `owners`: columns that name records which show something of it; `dependents`: kinds that show something of it, with
    the SQL that finds those records by its ids.
    """

    cells: tuple[str, ...] | None
    searched: bool
    owners: tuple[str, ...]
    dependents: tuple[tuple[str, str], ...]


class Reading:
    """Reads the changesets of an action and finds what they affect. `bulk`: new records are told as spans instead."""

    def __init__(self, database: Database, *, bulk: bool = False) -> None:
        self._database = database
        self._bulk = bulk
        self._updated: dict[tuple[str, tuple[int, ...]], set[int]] = {}
        self._fields: set[int] = set()
        self._found = Affected()

    def span(self, kind: str, first: int, last: int) -> None:
        """Adds a whole range of records, without looking at each."""
        for touch in (self._found.changed, self._found.stale, self._found.searched):
            touch.span(kind, first, last)
        for column in _KEYS[kind]:
            self._name(kind, [column], "id BETWEEN ? AND ?", (first, last))
        if kind in WORK:
            self._name(f"{kind}_link", _ends(kind), f"{kind}_id BETWEEN ? AND ?", (first, last))

    def read(self, changeset: bytes) -> None:
        """Adds the rows of a changeset; of bulk work no new ones, except tags, which are made on the way."""
        last = ""
        shape: tuple[int, ...] = ()
        for row in rows(changeset):
            name, before, after = row.name, row.old or (), row.new or ()
            if name == "custom_field":
                self._fields.add((before or after)[0])  # type: ignore[arg-type]
            if before and after:
                last, shape = name, _shape(after, shape if name == last else ())
                self._updated.setdefault((name, shape), set()).add(before[0])  # type: ignore[arg-type]
                if not _links(name).keys().isdisjoint(shape):
                    self._note_links(name, before)
                    self._note_links(name, after)
            elif before or not self._bulk or name == "tag":
                self._note(name, before or after)

    def resolve(self) -> Affected:
        """All that is affected; what shows something of updated records is asked of the base as it is now."""
        self._found.shape = bool(self._fields)
        for number in self._fields:
            self._follow_field(number)
        for (name, shape), ids in self._updated.items():
            kind = name.removesuffix("_custom")
            if kind in _KINDS:
                self._found.changed.update(kind, ids)
            if kind != name:
                self._found.searched.update(kind, ids)
            else:
                self._follow(name, effect(name, shape), ids)
        return self._found

    def _follow_field(self, number: int) -> None:
        """The words of records that have a value in a field of the user's are others once the field is."""
        found = self._database.execute_sql("SELECT kind FROM custom_field WHERE id = ?", (number,)).fetchone()
        if found is not None:
            sql = f"SELECT id FROM {found[0]}_custom WHERE f{number} IS NOT NULL"
            self._found.searched.update(found[0], {row[0] for row in self._database.execute_sql(sql).fetchall()})

    def _note(self, name: str, values: Sequence[object]) -> None:
        """A row that is new or gone."""
        record: int = values[0]  # type: ignore[assignment]
        kind = name.removesuffix("_custom")
        if kind in _KINDS:
            for touch in (self._found.changed, self._found.stale, self._found.searched):
                touch.add(kind, record)
        if name in WORK:
            self._updated.setdefault((name, ()), set()).add(record)
        self._note_links(name, values)

    def _note_links(self, name: str, values: Sequence[object]) -> None:
        for n, column in _links(name).items():
            if n < len(values) and isinstance(record := values[n], int):
                self._add(name, column, record)

    def _add(self, name: str, column: str, record: int) -> None:
        """A record that a row names."""
        target, owned = _KEYS[name][column], column in OWN.get(name, ())
        self._found.stale.add(target, record)
        # That another one became part of it belongs to the history of a record, whatever came of its own values.
        if owned or column == MERGED or column in TOLD.get(name, ()):
            self._found.changed.add(target, record)
        if owned:
            self._found.searched.add(target, record)

    def _follow(self, name: str, effect: Effect, ids: set[int]) -> None:
        """What follows from rows that were updated."""
        found = self._found
        if effect.cells is None:
            found.stale.update(name, ids)
        elif effect.cells:
            found.cells.setdefault((name, effect.cells), set()).update(ids)
        if effect.searched:
            found.searched.update(name, ids)
        if effect.owners or effect.dependents or name in WORK:
            self._follow_links(name, effect, (packed(sorted(ids)),))

    def _follow_links(self, name: str, effect: Effect, listed: tuple[str]) -> None:
        """What shows something of rows that were updated."""
        if effect.owners:
            self._name(name, effect.owners, f"id {AMONG}", listed)
        if name in WORK:
            self._name(f"{name}_link", _ends(name), f"{name}_id {AMONG}", listed)
        for kind, sql in effect.dependents:
            showing = [row[0] for row in self._database.execute_sql(sql, listed).fetchall()]
            self._found.stale.update(kind, showing)
            self._found.searched.update(kind, showing)

    def _name(self, name: str, columns: Sequence[str], where: str, values: tuple[object, ...]) -> None:
        """The records that rows of a table name."""
        sql = f"SELECT DISTINCT {', '.join(columns)} FROM {name} WHERE {where}"
        for row in self._database.execute_sql(sql, values).fetchall():
            for column, record in zip(columns, row, strict=True):
                if record is not None:
                    self._add(name, column, record)


def _shape(after: Sequence[object], last: tuple[int, ...]) -> tuple[int, ...]:
    """Where an updated row has new values; most rows have them in the same columns as the one before."""
    if len(after) - after.count(apsw.no_change) == len(last) and apsw.no_change not in [after[n] for n in last]:
        return last
    return tuple(n for n, value in enumerate(after) if value is not apsw.no_change)


@cache
def _links(name: str) -> dict[int, str]:
    """The columns of a table that name records, by their position in a row of a changeset."""
    return {n: column for n, column in enumerate(_COLUMNS.get(name, ())) if column in _KEYS[name]}


def _ends(kind: str) -> list[str]:
    """The columns that tell which records an activity or task is linked to."""
    return [column for column, target in _KEYS[f"{kind}_link"].items() if target != kind]


@cache
def effect(name: str, shape: tuple[int, ...]) -> Effect:
    """What follows from new values in the columns of a tracked table that are at these positions."""
    changed = {_COLUMNS[name][n] for n in shape if n < len(_COLUMNS[name])}
    keys = _KEYS[name]
    if name not in _KINDS:
        return Effect((), False, tuple(keys), ())
    told = (*OWN.get(name, ()), *TOLD.get(name, ()))
    owners = tuple(column for column, target in keys.items() if column in told or _shows(target, name, changed))
    return Effect(_cells(name, changed), bool(changed & _searched(name)), owners, tuple(_dependents(name, changed)))


def _cells(name: str, changed: set[str]) -> tuple[str, ...] | None:
    if "deleted_at" in changed or name in CUSTOMERS:
        return None
    known = builtin().kinds[name]
    return tuple(n for n, _ in row_columns(known) if not changed.isdisjoint(_words(kept_sql(known.sources[n]))))


@cache
def _searched(name: str) -> frozenset[str]:
    """The columns of a kind that its search index is made of."""
    sources = builtin().kinds[name].sources.values()
    own = {s.column for s in sources if Use.SEARCH in s.field.uses and s.column}
    return frozenset(own | {"deleted_at"} | {column for column, _ in foreign_keys(_KINDS[name])})


def _dependents(name: str, changed: set[str]) -> Iterator[tuple[str, str]]:
    """The deals of a renamed company, what bears a renamed tag, who has deals in a stage that means something else."""
    if name == "tag":
        for column, target in _KEYS["tag_link"].items():
            if target != name:
                yield target, f"SELECT {column} FROM tag_link WHERE tag_id {AMONG} AND {column} IS NOT NULL"
    for other in _KINDS:
        for column, target in _KEYS[other].items():
            if target == name and other != "stage_log" and _shows(other, name, changed):
                yield other, f"SELECT id FROM {other} WHERE {column} {AMONG}"
    if name == "stage":
        for kind in CUSTOMERS:
            if _shows(kind, name, changed):
                sql = f"SELECT DISTINCT {kind}_id FROM deal WHERE stage_id {AMONG} AND {kind}_id IS NOT NULL"
                yield kind, sql


def _shows(kind: str, name: str, changed: set[str]) -> bool:
    """Whether a kind shows these columns of other rows of a table; at least, whether its SQL has the words for it."""
    words = _shown(kind)
    return name in words and not changed.isdisjoint(words)


@cache
def _shown(kind: str) -> frozenset[str]:
    """Every word in the SQL of what a kind shows of other records, and of the views that it is read from."""
    known = builtin().kinds[kind]
    texts = [known.searched]
    for source in known.sources.values():
        texts += [source.sql, source.kept, source.currency or "", source.name or "", source.place or ""]
    words = _words(re.sub(r"\b[brx]\.\w+", "", " ".join(texts)))
    if kind in CUSTOMERS:
        words |= _words(" ".join(models.VIEWS.values())) | _shown("customer")
    return frozenset(words)


def _words(sql: str) -> set[str]:
    return set(re.findall(r"\w+", sql))
