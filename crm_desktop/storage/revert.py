"""Taking back one action that others followed: field by field, where a field still holds what the action set."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import peewee as pw

from crm_desktop.domain.change import Change
from crm_desktop.errors import UserError
from crm_desktop.storage.bin import LINKS, take_along
from crm_desktop.storage.changesets import Fields, RowChange, changes, owner_of
from crm_desktop.storage.database import AMONG, packed
from crm_desktop.storage.groups import above
from crm_desktop.storage.journal import Entry, Heard, unheard
from crm_desktop.storage.models import RECORDS
from crm_desktop.storage.recording import rows
from crm_desktop.storage.sources import foreign_keys, table
from crm_desktop.storage.store import Store

_TOLD_ALONG = ("stage_log", "conversion")
"""What is part of another record, and hangs on nothing by itself."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody changed since: what it holds now and what it would go back to. It was left as it is."""

    kind: str
    id: int
    field: str
    now: Any
    wanted: Any


Gone = Callable[[Mapping[str, Sequence[int]]], object]
"""Hears inside the action which records, by kind, go to the bin; an error of it ends all."""


def revert(
    store: Store, number: int, gone: Gone = lambda _gone: None, heard: Heard = unheard
) -> tuple[Change, list[Conflict]]:
    """Takes an action back as far as nobody touched its fields since; this is an action of its own and can be undone.

    Records that it made go to the bin as if they were deleted: with the work that concerns nothing else. UserError if
    there is no such action or it is undone already.
    """
    entry = standing(store, number)
    with store.action("revert", entry.kind, entry.subject) as action:
        back, segments = Back(store, new=_made(store, number)), store.journal.segments(number)
        for done, segment in enumerate(reversed(segments)):
            heard(done, len(segments))
            for change in reversed(list(changes(store.journal, number, segment))):
                back.take(change)
            action.checkpoint()
        for kind, ids in back.binned.items():
            for work, count in take_along(store, kind, ids, back.stamp).items():
                action.along[work] = action.along.get(work, 0) + count
        gone(back.gone)
        # What is left can be taken back once more.
        action.reverts = -number if back.conflicts else number
    return action.change, back.conflicts


def _made(store: Store, number: int) -> dict[str, set[int]]:
    """The records that an action made, by table."""
    columns, found = store.journal.columns_of(number), dict[str, set[int]]()
    for segment in store.journal.segments(number):
        for row in rows(store.journal.read(number, segment)):
            if row.op == "INSERT" and row.new and "deleted_at" in columns[row.name]:
                found.setdefault(row.name, set()).add(row.new[0])  # type: ignore[arg-type]
    return found


def hanging(store: Store, number: int) -> dict[str, int]:
    """How many living records of each kind name one that goes to the bin when an action is taken back.

    Those that the action made itself go along and do not count.
    """
    made = _made(store, number)
    users: dict[tuple[str, int], set[tuple[str, int]]] = {}
    for kind, name, key, column, target in _references():
        if target in made:
            sql = (
                f"SELECT DISTINCT n.{column}, w.id FROM {name} n JOIN {kind} w ON w.id = n.{key}"
                f" WHERE n.{column} {AMONG} AND w.deleted_at IS NULL"
            )
            own = made.get(kind, set())
            for record, user in store.database.execute_sql(sql, (packed(made[target]),)).fetchall():
                if user not in own:
                    users.setdefault((target, record), set()).add((kind, user))
    found = {user for record in _going(store, number, users.keys()) for user in users[record]}
    return dict(Counter(kind for kind, _ in found))


def _going(store: Store, number: int, among: Collection[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Those of the records (table, id) that go to the bin when the action which made them is taken back."""
    back = Back(store)
    for segment in store.journal.segments(number) if among else ():
        for change in changes(store.journal, number, segment):
            if change.op == "INSERT" and change.key in among and back.goes(change, back.fields.row(*change.key)):
                yield change.key


@cache
def _references() -> tuple[tuple[str, str, str, str, str], ...]:
    """Where records name others: their kind, the table and its column of their id, the column that names, the kind."""
    found = []
    models: tuple[type[pw.Model], ...] = (*RECORDS, *LINKS.values())
    for model in models:
        name = table(model)
        kind = name.removesuffix("_link")
        key = "id" if kind == name else f"{kind}_id"
        if kind not in _TOLD_ALONG:
            found += [(kind, name, key, column, target) for column, target in foreign_keys(model) if column != key]
    return tuple(found)


def standing(store: Store, number: int) -> Entry:
    """The entry of an action that still holds and is in reach; UserError where there is no such."""
    entry = store.journal.entry(number)
    if entry is not None and entry.reverted:
        raise UserError(f"Action {number} was taken back already.")
    if entry is None or entry.target is not None or entry.state != "done":
        raise UserError(f"Action {number} is none that can be taken back.")
    if not store.journal.reaches(entry):
        raise UserError(f"Action {number} lies before the history was compacted and cannot be taken back.")
    return entry


@dataclass(slots=True)
class Back:
    """Writes rows back, one by one. `new` are the records, by table, whose parts stay with them in the bin.

    `binned` are those records that went there, `gone` also those that went back there.
    """

    store: Store
    conflicts: list[Conflict] = field(default_factory=list)
    new: dict[str, set[int]] = field(default_factory=dict)
    binned: dict[str, list[int]] = field(default_factory=dict)
    gone: dict[str, list[int]] = field(default_factory=dict)
    fields: Fields = field(init=False)
    stamp: str = field(init=False)

    def __post_init__(self) -> None:
        self.fields = Fields(self.store)
        self.stamp = self.store.clock.stamp()

    def note_new(self, found: Iterator[RowChange]) -> None:
        """Notes the records that the action made, whose parts stay with them in the bin."""
        for change in found:
            if change.op == "INSERT" and "deleted_at" in change.after:
                self.new.setdefault(change.table, set()).add(change.id)

    def take(self, change: RowChange) -> None:
        """Takes the change of one row back."""
        if self._goes_along(change):
            return
        now = self.fields.row(change.table, change.id)
        if change.op == "DELETE":
            self._insert(change, now)
        elif change.op == "INSERT" and now:
            self._remove(change, now)
        elif change.op == "UPDATE":
            self._set(change, now)

    def _goes_along(self, change: RowChange) -> bool:
        owner = owner_of(change.table, change.after)
        if change.table.endswith("_custom"):
            owner = change.table.removesuffix("_custom"), change.id
        return change.op == "INSERT" and owner is not None and owner[1] in self.new.get(owner[0], ())

    def _insert(self, change: RowChange, now: Mapping[str, Any]) -> None:
        if not now:
            names = ", ".join(change.before)
            marks = ", ".join("?" for _ in change.before)
            self._write(f"INSERT INTO {change.table} ({names}) VALUES ({marks})", tuple(change.before.values()))

    def _remove(self, change: RowChange, now: Mapping[str, Any]) -> None:
        different = [column for column, value in change.after.items() if now[column] != value]
        if change.table.endswith("_custom"):
            self._set(RowChange(change.table, change.id, "UPDATE", dict.fromkeys(change.after), change.after), now)
        elif "deleted_at" not in change.after:
            if different:
                self._conflict(change, now, {}, different)
            else:
                self._write(f"DELETE FROM {change.table} WHERE id = ?", (change.id,))
        elif self.goes(change, now):
            self._write(f"UPDATE {change.table} SET deleted_at = ? WHERE id = ?", (self.stamp, change.id))
            self.binned.setdefault(change.table, []).append(change.id)
            self.gone.setdefault(change.table, []).append(change.id)
        elif now["deleted_at"] is None:
            self._conflict(change, now, {}, different)

    def goes(self, change: RowChange, now: Mapping[str, Any]) -> bool:
        """Whether a record that the action made is there as it made it, and so goes to the bin."""
        return bool(now) and all(now[column] == value for column, value in change.after.items())

    def _set(self, change: RowChange, now: Mapping[str, Any]) -> None:
        """Each field is one: an amount never goes back without its currency."""
        together: dict[str, list[str]] = {}
        for column in change.after:
            if column != "id":
                together.setdefault(column.removesuffix("_currency"), []).append(column)
        for columns in together.values():
            wanted = {column: change.before[column] for column in columns}
            since = not now or any(now[c] not in (change.after[c], wanted[c]) for c in columns)
            if since or self._circles(change, wanted.get("parent_id")):
                self._conflict(change, now, {**now, **wanted}, columns)
            elif any(now[c] != wanted[c] for c in columns):
                sets = ", ".join(f"{column} = ?" for column in columns)
                if not self._write(f"UPDATE {change.table} SET {sets} WHERE id = ?", (*wanted.values(), change.id)):
                    self._conflict(change, now, {**now, **wanted}, columns)
                elif wanted.get("deleted_at") is not None:
                    self.gone.setdefault(change.table, []).append(change.id)

    def _circles(self, change: RowChange, parent: int | None) -> bool:
        """Whether a company would come to stand below one that stands below it."""
        return change.table == "company" and parent is not None and change.id in above(self.store, parent)

    def _write(self, sql: str, values: tuple[Any, ...]) -> bool:
        """Whether it could be written; another record may have taken a place of which there is one only."""
        try:
            self.store.database.execute_sql(sql, values)
        except pw.IntegrityError:
            return False
        return True

    def _conflict(
        self, change: RowChange, now: Mapping[str, Any], wanted: Mapping[str, Any], columns: list[str]
    ) -> None:
        known = {**change.before, **change.after, **now}
        self.conflicts += conflicts_of(self.fields, (change.table, change.id), known, (now, wanted), columns)


def conflicts_of(
    known: Fields,
    row: tuple[str, int],
    values: Mapping[str, Any],
    differ: tuple[Mapping[str, Any], Mapping[str, Any]],
    columns: list[str],
) -> list[Conflict]:
    """Columns of a row (table, id) as fields of its record; `differ` are the row as it is now and as it was wanted."""
    table, number = row
    owner = owner_of(table, values)
    kind, record = owner or (table.removesuffix("_custom"), number)
    fields, (now, wanted) = known.of(table, kind), differ
    found = []
    for name in dict.fromkeys(column.removesuffix("_currency") for column in columns):
        source = fields.get(name)
        if source is None:
            found.append(Conflict(kind, record, name, now.get(name), wanted.get(name)))
        else:
            old, new = known.value(source, name, now), known.value(source, name, wanted)
            found.append(Conflict(kind, record, source.field.name, old, new))
    return found
