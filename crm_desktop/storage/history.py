"""The history of one record in fields and values, read off the journal from the newest action back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crm_desktop.domain.contact import CONTACTS, FLAGS, Reach, written
from crm_desktop.errors import UserError
from crm_desktop.storage import ties
from crm_desktop.storage.changesets import Fields, RowChange, changes, owner_of
from crm_desktop.storage.contact_rows import BY_TEXT, COLUMN
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.models import CUSTOMISED
from crm_desktop.storage.sources import Source
from crm_desktop.storage.store import Store
from crm_desktop.storage.touch import MERGED


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that an action changed. `at` is its instant as stored; a field with several values changes by one.

    `of` says which of several: the label of an address, of a label or flag itself the address it is about, and of a
    tie such as a role who is at its other end. The field of a tie is `kind.field`, that of the first of several
    addresses `email_primary`, that of a record that became part of this one `merged`.
    """

    action: int
    at: str
    field: str
    old: Any
    new: Any
    of: str = ""


def field_changes(store: Store, kind: str, record: int) -> list[FieldChange]:
    """What was done to a record and still holds, the newest first; what was undone is left out."""
    walk = _Walk(store, kind, record)
    found: list[FieldChange] = []
    for entry in store.journal.entries(record=(kind, record)):
        if entry.state == "done" and entry.target is None:
            # What a merge did to the fields follows from it.
            found += sorted(walk.back_over(entry), key=lambda change: change.field != "merged")
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """What a record held at one time: `values` by field, and whether it was `there` at all, or in the bin."""

    values: Mapping[str, Any]
    there: bool
    deleted: bool = False


def held(store: Store, kind: str, record: int, action: int) -> tuple[Held, Held]:
    """What a record held right after an action, and what it holds now; values that are worked out are left out.

    Goes back over the lines of this record only. UserError if the history before that action was compacted.
    """
    barrier = store.journal.barrier()
    lines = store.journal.lines((kind, record), action)
    if any(line.action <= barrier for line in lines):
        raise UserError(f"The history before action {barrier} was compacted and cannot be shown any more.")
    walk = _Walk(store, kind, record)
    now = walk.held()
    for line in lines:
        walk.undo(line)
    return walk.held(), now


def roles_along(store: Store, person: int, action: int) -> dict[int, Held]:
    """The roles that changed since an action, and only with the company of their person, as they were right after it.

    A role that was also noted or edited by itself is what somebody says of it, and left out.
    """
    found = {}
    moved: dict[int, bool] = {}
    for role in store.records.naming("employment", "person", person):
        lines = store.journal.lines(("employment", role), action)
        for line in lines:
            number = line.target or line.action
            if number not in moved:
                moved[number] = _moves(store, number, person)
        if lines and all(moved[line.target or line.action] for line in lines):
            found[role] = held(store, "employment", role, action)[0]
    return found


def _moves(store: Store, action: int, person: int) -> bool:
    """Whether an action gave a person another company, and not a role of which the company followed."""
    entry = store.journal.entry(action)
    return (entry is None or entry.kind != "employment") and any(
        change.key == ("person", person) and "company_id" in change.after
        for segment in store.journal.segments(action)
        for change in changes(store.journal, action, segment)
    )


class _Walk:
    """Goes back in time over the rows of one record, knowing at each step what they held."""

    def __init__(self, store: Store, kind: str, record: int) -> None:
        self._journal = store.journal
        self._fields = Fields(store)
        self._kind = kind
        self._record = record
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}
        self._flags: dict[tuple[str, str], dict[str, bool]] = {}
        for table in {s.part.table: s.part for s in store.sources.kinds[kind].sources.values() if s.part}.values():
            sql = f"SELECT id FROM {table.table} WHERE {table.owner} = ?"
            for (part,) in store.database.execute_sql(sql, (record,)).fetchall():
                self._rows[table.table, part] = self._fields.row(table.table, part)
        self._sources = store.sources.kinds[kind].sources
        self._ties: set[tuple[str, int]] = set()
        self._ends = {name: ties.columns(name, kind) for name in ties.tables(kind)}
        for name, columns in self._ends.items():
            where = " OR ".join(f"{column} = ?1" for column in columns)
            sql = f"SELECT id FROM {name} WHERE {where}"
            self._ties |= {(name, tie) for (tie,) in store.database.execute_sql(sql, (record,)).fetchall()}

    def undo(self, line: Entry) -> None:
        """Takes back what a line of the journal did to the rows, be it an action, an undo or a redo."""
        if line.target is None:
            changed = reversed(list(self._own_changes(line)))
        else:
            about = replace(line, action=line.target)
            found = list(self._own_changes(about))
            changed = map(_inverse, found) if line.verb == "undo" else reversed(found)
        for change in changed:
            known = self._now(change)
            self._note(change.table, known)
            before = {} if change.op == "INSERT" else known | dict(change.before)
            self._rows[change.table, change.id] = before
            self._note(change.table, before)

    def _note(self, table: str, row: Mapping[str, Any]) -> None:
        """Nobody who opted out since is written to again: of an address the flags it last had are known."""
        if table in BY_TEXT and row:
            flags = {flag: bool(row[flag]) for flag in FLAGS}
            self._flags.setdefault((table, row[COLUMN[table]]), flags)

    def held(self) -> Held:
        """What the record holds in the rows as they are known."""
        own, custom = (self._row(name) for name in (self._kind, f"{self._kind}_custom"))
        values: dict[str, Any] = {}
        for name, source in self._sources.items():
            if source.part is not None:
                values[name] = self._of_parts(source)
            elif source.custom is not None:
                values[name] = self._value(source, source.custom, custom)
            elif source.column is not None:
                values[name] = self._value(source, source.column, own)
        return Held(values, bool(own), own.get("deleted_at") is not None)

    def _row(self, table: str) -> dict[str, Any]:
        key = (table, self._record)
        if key not in self._rows:
            known = table == self._kind or self._kind in CUSTOMISED
            self._rows[key] = self._fields.row(*key) if known else {}
        return self._rows[key]

    def _of_parts(self, source: Source) -> Any:
        part = source.part
        assert part is not None
        rows = [r for (name, _), r in self._rows.items() if name == part.table and r.get(part.owner) == self._record]
        rows.sort(key=lambda row: (row.get("position") or 0, row["id"]))
        rows = [row for row in rows if row.get(part.column) is not None]
        if part.table in BY_TEXT:
            return tuple(self._reach(part.table, row[part.column], row) for row in rows)
        found = [self._fields.value(source, part.column, row) for row in rows]
        if source.field.multi:
            return tuple(found)
        return found[0] if found else None

    def _reach(self, table: str, text: str, row: Mapping[str, Any]) -> Reach:
        flags = self._flags.get((table, text)) or {flag: bool(row[flag]) for flag in FLAGS}
        return Reach(text, row["label"] or "", **flags)

    def back_over(self, entry: Entry) -> Iterator[FieldChange]:
        """The changes of an action, undone one by one in what is known of the rows."""
        first = {way: self._first(way) for way in CONTACTS}
        for change in reversed(list(self._own_changes(entry))):
            after = self._now(change)
            before = {} if change.op == "INSERT" else after | dict(change.before)
            self._rows[change.key] = before
            if change.table == self._kind and change.id != self._record:
                yield from self._merged(entry, before, after)
            elif change.key in self._ties:
                record = (self._kind, self._record)
                for field, of, old, new in ties.differences(self._fields, record, change.table, before, after):
                    yield FieldChange(entry.action, entry.at, field, old, new, of)
            else:
                yield from self._differences(entry, change.table, before, after)
        for way, new in first.items():
            old = self._first(way)
            if old and new and old["id"] != new["id"]:
                yield FieldChange(entry.action, entry.at, f"{way}_primary", _address(old), _address(new))

    def _first(self, way: str) -> dict[str, Any]:
        """The row of the address that is used first; empty where there is none."""
        owner = f"{self._kind}_id"
        rows = [row for (table, _), row in self._rows.items() if table == way and row.get(owner) == self._record]
        return min(rows, key=lambda row: (row["position"], row["id"]), default={})

    def _merged(self, entry: Entry, before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
        """Another record that became part of this one, or came out of it again."""
        name = self._fields.name(self._kind, (after or before)["id"])
        old, new = (name if row.get(MERGED) == self._record else None for row in (before, after))
        if old != new:
            yield FieldChange(entry.action, entry.at, "merged", old, new)

    def _own_changes(self, entry: Entry) -> Iterator[RowChange]:
        for segment in self._journal.segments(entry.action):
            found = [change for change in changes(self._journal, entry.action, segment) if self._is_own(change)]
            yield from found
            if entry.bulk and found:
                # A record of bulk work is written whole, with its parts, before the next segment begins.
                return

    def _is_own(self, change: RowChange) -> bool:
        if change.table in (self._kind, f"{self._kind}_custom"):
            return change.id == self._record or self._record in (change.before.get(MERGED), change.after.get(MERGED))
        if change.key in self._rows or change.key in self._ties:
            return True
        sides = (change.before, change.after)
        ends = self._ends.get(change.table, ())
        if ends and any(side.get(column) == self._record for side in sides for column in ends):
            self._ties.add(change.key)
            return True
        return owner_of(change.table, {**change.before, **change.after}) == (self._kind, self._record)

    def _now(self, change: RowChange) -> dict[str, Any]:
        if change.op == "DELETE":
            return {}
        key = (change.table, change.id)
        if key not in self._rows:
            self._rows[key] = self._fields.row(*key)
        return self._rows[key]

    def _differences(
        self, entry: Entry, table: str, before: dict[str, Any], after: dict[str, Any]
    ) -> Iterator[FieldChange]:
        of = (after or before).get("label") or ""
        for column, source in self._fields.of(table, self._kind).items():
            old, new = self._value(source, column, before), self._value(source, column, after)
            if old != new:
                yield FieldChange(entry.action, entry.at, source.field.name, old, new, of)
        if table in CONTACTS and before and after:
            yield from self._notes(entry, table, before, after)
        old, new = _instant(before.get("deleted_at")), _instant(after.get("deleted_at"))
        if old != new:
            yield FieldChange(entry.action, entry.at, "deleted_at", old, new)

    def _notes(self, entry: Entry, table: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
        """What was noted of an address: its label, and what is wrong with it."""
        about = _address(after)
        for name in ("label", *FLAGS):
            old, new = before.get(name) or None, after.get(name) or None
            if old != new:
                if name != "label":
                    old, new = bool(old) or None, bool(new) or None
                yield FieldChange(entry.action, entry.at, f"{table}_{name}", old, new, about)

    def _value(self, source: Source, column: str, row: dict[str, Any]) -> Any:
        """No is how an empty yes-or-no begins, so it is no change of a new record."""
        return self._fields.value(source, column, row) or None


def _address(row: Mapping[str, Any]) -> str:
    """An address of any way in one line."""
    return row.get("address") or row.get("number") or written(row)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _inverse(change: RowChange) -> RowChange:
    """What an undo does with a row, as a change of its own."""
    op = {"INSERT": "DELETE", "DELETE": "INSERT"}.get(change.op, change.op)
    before = {"id": change.id, **change.after} if change.op == "UPDATE" else change.after
    return RowChange(change.table, change.id, op, before, change.before)
