"""The history of one record in fields and values, read off the journal from the newest action back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_desktop.domain.contact import CONTACTS, FLAGS, written
from crm_desktop.storage.changesets import Fields, RowChange, changes, owner_of
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.sources import Source
from crm_desktop.storage.store import Store

_ALL = 1 << 31


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that an action changed. `at` is its instant as stored; a field with several values changes by one.

    `of` says which of several: the label of an address, and of a label or flag itself the address it is about.
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
    for entry in store.journal.entries(_ALL, record=(kind, record)):
        if entry.state == "done" and entry.target is None:
            found += walk.back_over(entry)
    return found


class _Walk:
    """Goes back in time over the rows of one record, knowing at each step what they held."""

    def __init__(self, store: Store, kind: str, record: int) -> None:
        self._journal = store.journal
        self._fields = Fields(store)
        self._kind = kind
        self._record = record
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}
        for table in {s.part.table: s.part for s in store.sources.kinds[kind].sources.values() if s.part}.values():
            sql = f"SELECT id FROM {table.table} WHERE {table.owner} = ?"
            for (part,) in store.database.execute_sql(sql, (record,)).fetchall():
                self._rows[table.table, part] = self._fields.row(table.table, part)

    def back_over(self, entry: Entry) -> Iterator[FieldChange]:
        """The changes of an action, undone one by one in what is known of the rows."""
        for change in reversed(list(self._own_changes(entry))):
            after = self._now(change)
            before = {} if change.op == "INSERT" else after | dict(change.before)
            self._rows[change.table, change.id] = before
            yield from self._differences(entry, change.table, before, after)

    def _own_changes(self, entry: Entry) -> Iterator[RowChange]:
        for segment in self._journal.segments(entry.action):
            found = [change for change in changes(self._journal, entry.action, segment) if self._is_own(change)]
            yield from found
            if entry.bulk and found:
                # A record of bulk work is written whole, with its parts, before the next segment begins.
                return

    def _is_own(self, change: RowChange) -> bool:
        if change.table in (self._kind, f"{self._kind}_custom"):
            return change.id == self._record
        if (change.table, change.id) in self._rows:
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

    def _notes(
        self, entry: Entry, table: str, before: dict[str, Any], after: dict[str, Any]
    ) -> Iterator[FieldChange]:
        """What was noted of an address: its label, and what is wrong with it."""
        about = after.get("address") or after.get("number") or written(after)
        for name in ("label", *FLAGS):
            old, new = before.get(name) or None, after.get(name) or None
            if old != new:
                if name != "label":
                    old, new = bool(old) or None, bool(new) or None
                yield FieldChange(entry.action, entry.at, f"{table}_{name}", old, new, about)

    def _value(self, source: Source, column: str, row: dict[str, Any]) -> Any:
        """No is how an empty yes-or-no begins, so it is no change of a new record."""
        return self._fields.value(source, column, row) or None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
