"""Taking a merge back, whatever was merged or taken apart since and in whichever order.

Each row that merging touched is a stack: what it was at first, and what each merge made of it. A merge taken out of
the stack leaves the others: the row goes to what the first value and the merges that still hold make of it. A link
goes to the record that has become of the one it named at first. What a person changed since is left as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import peewee as pw

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.merging import EARLIEST, FURTHEST, STRICTEST, combined
from crm_desktop.errors import UserError
from crm_desktop.storage.changesets import Fields, RowChange, changes
from crm_desktop.storage.joining import VALUES, WORK_LINKS, Joiner, namings, same_value
from crm_desktop.storage.merge_units import Cell, Stack, Unit, family_of, stacks_of
from crm_desktop.storage.revert import Conflict, conflicts_of
from crm_desktop.storage.store import Store
from crm_desktop.storage.touch import MERGED

_RULED = EARLIEST | FURTHEST | STRICTEST
_NOT_CONTENT = frozenset({"id", "position"})


def unmerge(store: Store, kind: str, units: list[Unit], record: int | None = None) -> "Back":
    """Takes merges back, of which `units_of` told; only that of one record if asked. Belongs inside an action.

    UserError where they are taken back already.
    """
    mine = [unit for unit in units if record is None or record in unit.records]
    back = Back(store, kind, mine)
    if not back.freed:
        raise UserError("This merge was taken back already.")
    back.write()
    return back


class Back:
    """One taking back. `freed` are the records that are on their own again, `survivors` those they were part of."""

    def __init__(self, store: Store, kind: str, mine: list[Unit]) -> None:
        self._store = store
        self._kind = kind
        self._joiner = Joiner(store)
        self._fields = Fields(store)
        self._links = {(naming.table, naming.column) for naming in namings(store, kind)}
        family = family_of(store, kind, mine)
        asked = {(unit.entry.action, unit.segment) for unit in mine}
        self._mine = [unit for unit in family if (unit.entry.action, unit.segment) in asked]
        effect = self._in_effect(family)
        self.freed = [record for record, unit in effect.items() if unit in self._mine]
        self.survivors = sorted({unit.pairs[record] for record, unit in effect.items() if unit in self._mine})
        self._live = {
            record: unit for record, unit in effect.items()
            if unit not in self._mine and self._fields.row(kind, record).get(MERGED) == unit.pairs[record]
        }  # fmt: skip
        self._holding = set(self._live.values())
        self._into: dict[int, list[int]] = {}
        for record, unit in self._live.items():
            self._into.setdefault(unit.pairs[record], []).append(record)
        self._stacks = stacks_of(family)
        self._places = {unit: place for place, unit in enumerate(family)}
        self._kept: set[int] = set()
        self.conflicts: list[Conflict] = []

    def _in_effect(self, family: list[Unit]) -> dict[int, Unit]:
        """For each record that is part of another the merge that made it so."""
        found: dict[int, Unit] = {}
        for unit in family:
            for record in unit.pairs:
                found.pop(record, None)
                if unit.merges:
                    found[record] = unit
        return found

    def write(self) -> None:
        """Writes every row back, first the records themselves, so that links find out who is on their own."""
        self._store.records.set_columns(self._kind, self.freed, {MERGED: None})
        self._store.records.restore(self._kind, self._store.records.in_bin(self._kind, self.freed))
        stacks = [stack for stack in self._stacks.values() if any(not self._holds(unit) for unit in stack.units)]
        for stack in stacks:
            if stack.table == "activity" and not stack.existed and not self._untouched(stack):
                self._kept.add(stack.id)
        for stack in sorted(stacks, key=lambda each: each.table == "activity"):  # after the links that name it
            now = self._fields.row(stack.table, stack.id)
            if now:
                self._there(stack, now)
            elif stack.existed and not stack.there:
                self._put_back(stack)
        self._tell_unlinked([stack for stack in stacks if stack.table in WORK_LINKS and stack.existed and stack.there])

    def left(self, units: Iterable[Unit]) -> bool:
        """Whether any record is still part of the one that these merges made it part of."""
        pairs = (pair for unit in units for pair in unit.pairs.items())
        return any(self._fields.row(self._kind, record).get(MERGED) == into for record, into in pairs)

    def _holds(self, unit: Unit) -> bool:
        return unit in self._holding

    def _there(self, stack: Stack, now: Mapping[str, Any]) -> None:
        """A row that is there goes back to what it was, or goes if only a merge made it."""
        if not stack.existed and not stack.table.endswith("_custom"):
            if not self._wanted_still(stack, now):
                self._remove(stack, now)
            else:
                self._set(stack, now, self._flags(stack, now) | self._linked(stack))
            return
        wanted = self._wanted(stack, now)
        self._set(stack, now, wanted)
        if stack.table.endswith("_custom") and not stack.existed:
            left = self._fields.row(stack.table, stack.id)
            if all(value is None for column, value in left.items() if column != "id"):
                self._execute(f"DELETE FROM {stack.table} WHERE id = ?", stack.id)

    def _wanted(self, stack: Stack, now: Mapping[str, Any]) -> dict[str, Any]:
        found = {column: self._value(stack, column, cell) for column, cell in stack.cells.items() if column != "id"}
        if stack.table in VALUES and stack.table != "address":
            found |= self._flags(stack, now)
        said = {**now, **found}
        if found.get("deleted_at") and stack.table != self._kind and not self._joiner.says_again(stack.table, said):
            found["deleted_at"] = stack.cells["deleted_at"].base
        return found

    def _value(self, stack: Stack, column: str, cell: Cell) -> Any:
        """What the first value and the merges that hold make of a column."""
        link = (stack.table, column) in self._links
        own = stack.table in (self._kind, f"{self._kind}_custom")
        value, steps = cell.base, dict(cell.steps)
        into = {self._live[record] for record in self._into.get(stack.id, ())} if own else set()
        for unit in sorted({*stack.units, *into} & self._holding, key=self._places.__getitem__):
            if unit in steps and (not link or unit in into):
                value = steps[unit]
            elif column in _RULED and unit in into:
                value = self._ruled(unit, stack.id, column, value)
        if link and value is not None:
            value = self._present(int(value))
            return None if stack.table == self._kind and value == stack.id else value
        return value

    def _ruled(self, unit: Unit, survivor: int, column: str, value: Any) -> Any:
        """What a merge that changed nothing of a field says of it now: a do-not-contact still counts."""
        for record in self._into[survivor]:
            if self._live[record] is unit:
                other = self._fields.row(self._kind, record)[column]
                value = max(value or 0, other or 0) if column in STRICTEST else combined(column, value, other)
        return value

    def _present(self, record: int) -> int:
        """The record that has become of one."""
        while (row := self._fields.row(self._kind, record)) and row[MERGED] is not None:
            record = int(row[MERGED])
        return record

    def _flags(self, stack: Stack, now: Mapping[str, Any]) -> dict[str, Any]:
        """The flags of an address or number: its own, and those of the records that are still part of its record."""
        found = {name: cell.base for name, cell in stack.cells.items() if name in ("invalid", "opt_out", "label")}
        for row in self._same_of_others(stack, now):
            for name in found:
                found[name] = found[name] or row[name]
        return found

    def _same_of_others(self, stack: Stack, now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The rows of records that are still part of the owner which hold the same value."""
        column = VALUES.get(stack.table)
        if column is None or stack.table == "address":
            return
        for record in self._into.get(now[f"{self._kind}_id"], ()):
            for row in self._joiner.rows(stack.table, f"{self._kind}_id = ? ORDER BY id", record):
                if same_value(stack.table, row[column]) == same_value(stack.table, now[column]):
                    yield row

    def _wanted_still(self, stack: Stack, now: Mapping[str, Any]) -> bool:
        """Whether a row that a merge made stays: the merge holds, or another record gives the same value."""
        if stack.units and self._holds(stack.units[0]):
            return True
        return any(True for _ in self._same_of_others(stack, now))

    def _untouched(self, stack: Stack) -> bool:
        """Whether nobody wrote on the note of a merge or linked it to anything else."""
        now = self._fields.row(stack.table, stack.id)
        links = self._joiner.rows("activity_link", "activity_id = ?", stack.id)
        return all(("activity_link", row["id"]) in self._stacks for row in links) and not self._changed(stack, now)

    def _changed(self, stack: Stack, now: Mapping[str, Any]) -> list[str]:
        return [
            column for column, cell in stack.cells.items()
            if now and now[column] != cell.now and column not in _NOT_CONTENT
            and (stack.table, column) not in self._links
        ]  # fmt: skip

    def _remove(self, stack: Stack, now: Mapping[str, Any]) -> None:
        note = {"activity": now["id"], "activity_link": now.get("activity_id")}.get(stack.table)
        if note in self._kept:
            if stack.table == "activity":
                self._conflict(stack, now, {}, self._changed(stack, now))
            else:
                self._set(stack, now, self._linked(stack))
            return
        changed = self._changed(stack, now)
        if changed:
            self._conflict(stack, now, {}, changed)
        else:
            self._execute(f"DELETE FROM {stack.table} WHERE id = ?", stack.id)

    def _linked(self, stack: Stack) -> dict[str, Any]:
        return {c: self._value(stack, c, cell) for c, cell in stack.cells.items() if (stack.table, c) in self._links}

    def _set(self, stack: Stack, now: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        """Each field is one: an amount never goes back without its currency."""
        together: dict[str, list[str]] = {}
        for column in wanted:
            together.setdefault(column.removesuffix("_currency"), []).append(column)
        for columns in together.values():
            if all(now[column] == wanted[column] for column in columns):
                continue
            if any(now[column] != stack.cells[column].now for column in columns):
                if self._touched(stack, columns):
                    self._conflict(stack, now, {**now, **wanted}, columns)
                continue
            try:
                self._store.records.set_columns(stack.table, [stack.id], {c: wanted[c] for c in columns})
            except pw.IntegrityError:
                self._conflict(stack, now, {**now, **wanted}, columns)

    def _touched(self, stack: Stack, columns: list[str]) -> bool:
        return any(unit in self._mine for column in columns for unit, _ in stack.cells[column].steps)

    def _put_back(self, stack: Stack) -> None:
        """A link that a merge took away comes back, unless its record has the same one again."""
        row = {column: cell.base for column, cell in stack.cells.items()} | self._linked(stack) | {"id": stack.id}
        moved = any(row[c] != cell.base for c, cell in stack.cells.items() if (stack.table, c) in self._links)
        if self._joiner.says_again(stack.table, row) or (stack.table == "distinct_pair" and moved):
            return
        marks = ", ".join("?" for _ in row)
        try:
            self._execute(f"INSERT INTO {stack.table} ({', '.join(row)}) VALUES ({marks})", *row.values())
        except pw.IntegrityError:  # what it linked is gone for good
            return

    def _tell_unlinked(self, moved: list[Stack]) -> None:
        """Tells of activities and tasks that came along and that somebody linked to others since."""
        gone = {(s.table, s.id): s for s in moved if not self._fields.row(s.table, s.id)}
        if not gone:
            return
        first = min(unit.entry.action for unit in self._mine)
        for entry in self._store.journal.since(first):
            if not any(t.kind == self._kind and any(map(t.covers, self.survivors)) for t in entry.touched):
                continue
            for segment in self._store.journal.segments(entry.action):
                for change in changes(self._store.journal, entry.action, segment):
                    if change.op == "DELETE" and (change.table, change.id) in gone:
                        self._unlinked(gone[change.table, change.id], change)

    def _unlinked(self, stack: Stack, change: RowChange) -> None:
        owner = change.table.removesuffix("_link")
        record = int(change.before[f"{owner}_id"])
        [(_, now)] = self._store.lists.whole(owner, [record], [self._kind]) or [(record, None)]
        wanted = stack.cells[f"{self._kind}_id"].base
        [(_, name)] = self._store.lists.whole(self._kind, [wanted], ["name"]) or [(wanted, "")]
        if now is None or now.id != wanted:
            self.conflicts.append(Conflict(owner, record, self._kind, now, Ref(wanted, str(name or ""))))

    def _conflict(self, stack: Stack, now: Mapping[str, Any], wanted: Mapping[str, Any], columns: list[str]) -> None:
        self.conflicts += conflicts_of(self._fields, (stack.table, stack.id), now, (now, wanted), columns)

    def _execute(self, sql: str, *values: Any) -> None:
        self._store.database.execute_sql(sql, values)
