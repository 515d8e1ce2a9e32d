"""What merging did to rows, read off the journal: merges and unmerges as units, and each row as a stack of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.storage.changesets import RowChange, changes
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.store import Store
from crm_desktop.storage.touch import MERGED

MERGE, UNMERGE = "merge", "unmerge"


@dataclass(slots=True, eq=False)
class Unit:
    """One merge or unmerge: a segment of an action. `pairs` are the records that became part of another, or left it."""

    entry: Entry
    segment: int
    changes: list[RowChange]
    pairs: dict[int, int]

    @property
    def merges(self) -> bool:
        """Whether it is a merge."""
        return self.entry.verb == MERGE

    @property
    def records(self) -> set[int]:
        """The records that became part of another or left it, and these others."""
        return {*self.pairs, *self.pairs.values()}

    def shares(self, rows: set[tuple[str, int]]) -> bool:
        """Whether it touched one of some rows (table, id)."""
        return any(change.key in rows for change in self.changes)


@dataclass(slots=True)
class Cell:
    """One column of a row: what it was `base`, and what merging made of it step by step, the last being `now`."""

    base: Any
    now: Any
    steps: list[tuple[Unit, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Stack:
    """One row that merging touched. `existed` before any of it, is `there` after all of it; `makers` inserted it."""

    table: str
    id: int
    existed: bool
    there: bool = True
    cells: dict[str, Cell] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)

    def add(self, unit: Unit, change: RowChange) -> None:
        """Follows one change of the row."""
        if unit.merges:
            self.units.append(unit)
        self.there = change.op != "DELETE"
        if change.op == "INSERT":
            self._inserted(unit, change)
            return
        for column, before in change.before.items():
            cell = self.cells.setdefault(column, Cell(before, before))
            if before != cell.now:  # a person changed it in between: what was before is theirs
                self.cells[column] = cell = Cell(before, before)
            if change.op == "UPDATE" and column != "id":
                cell.now = change.after[column]
                if unit.merges:
                    cell.steps.append((unit, cell.now))

    def _inserted(self, unit: Unit, change: RowChange) -> None:
        for column, value in change.after.items():
            cell = self.cells.setdefault(column, Cell(None if self._own(column) else value, value))
            cell.now = value
            if self._own(column) and unit.merges:
                cell.steps.append((unit, value))

    def _own(self, column: str) -> bool:
        return self.table.endswith("_custom") and column != "id"


def units_of(store: Store, entry: Entry) -> list[Unit]:
    """The merges that one action made, one for each record that stayed."""
    found = []
    for segment in store.journal.segments(entry.action):
        rows = list(changes(store.journal, entry.action, segment))
        found.append(Unit(entry, segment, rows, dict(_pairs(entry, rows))))
    return found


def _pairs(entry: Entry, rows: Iterable[RowChange]) -> Iterator[tuple[int, int]]:
    for row in rows:
        if row.table == entry.kind and row.op == "UPDATE" and MERGED in row.after:
            other = row.after[MERGED] if entry.verb == MERGE else row.before[MERGED]
            if other is not None:
                yield row.id, other


def family_of(store: Store, kind: str, mine: list[Unit]) -> list[Unit]:
    """Every merge and unmerge that has to do with the same records or rows, in order."""
    known = {record for unit in mine for record in unit.records}
    rows = {change.key for unit in mine for change in unit.changes}
    pending = store.journal.of_verbs(kind, (MERGE, UNMERGE))
    far: list[Unit] = []
    near: list[Unit] = []
    while True:
        entries = [e for e in pending if any(t.kind == kind and any(map(t.covers, known)) for t in e.touched)]
        pending = [entry for entry in pending if entry not in entries]
        far += [unit for entry in entries for unit in units_of(store, entry)]
        found = [unit for unit in far if known & unit.records or unit.shares(rows)]
        if not found:
            return sorted(near, key=lambda unit: (unit.entry.action, unit.segment))
        far = [unit for unit in far if unit not in found]
        near += found
        known |= {record for unit in found for record in unit.records}
        rows |= {change.key for unit in found for change in unit.changes}


def stacks_of(family: list[Unit]) -> dict[tuple[str, int], Stack]:
    found: dict[tuple[str, int], Stack] = {}
    for unit in family:
        for change in unit.changes:
            key = change.table, change.id
            if key not in found:
                found[key] = Stack(*key, existed=change.op != "INSERT")
            found[key].add(unit, change)
    return found
