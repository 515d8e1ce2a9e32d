"""Making several records one: their parts united, everything that names them re-linked, found from the models."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from crm_desktop.domain.contact import FLAGS
from crm_desktop.domain.folding import dialled, fold, number_digits
from crm_desktop.storage import models
from crm_desktop.storage.models.contacts import OWNERS
from crm_desktop.storage.sources import foreign_keys, table
from crm_desktop.storage.store import Store
from crm_desktop.storage.touch import MERGED

VALUES = {"email": "address", "phone": "number", "tag_link": "tag_id", "address": "street"}
"""Tables whose rows are values of a record: they are copied, not moved, so that each record keeps its own."""

WORK_LINKS = {"activity_link": "activity_id", "task_link": "task_id"}
"""Tables that link activities and tasks to records, with the column that names the work."""
_STANDINGS = ("employment", "relation", "occasion", "contact_role")
"""Kinds that only say how records stand to one another: two that say the same are one too many."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A column that names a record of some kind; of fields of the user's own, `kind` is the kind that has the field."""

    table: str
    column: str
    kind: str


@cache
def _declared(kind: str) -> tuple[Naming, ...]:
    found = []
    for model in models.TABLES:
        for column, target in foreign_keys(model):
            if target == kind and column != MERGED and table(model) not in VALUES:
                found.append(Naming(table(model), column, table(model)))
    return tuple(found)


def namings(store: Store, kind: str) -> list[Naming]:
    """Every column that names a record of a kind, but for its own values and for what was merged."""
    found = list(_declared(kind))
    for other in filter(attrgetter("writable"), store.catalogue):
        for own in other.fields.values():
            if own.custom and own.target == kind:
                found.append(Naming(f"{other.name}_custom", f"f{own.definition}", other.name))
    return found


def same_value(name: str, value: Any) -> Any:
    """What tells whether two rows of a table of values hold the same."""
    if name == "email":
        return fold(value)
    return dialled(value) or number_digits(value) or fold(value) if name == "phone" else value


def merged_sources(store: Store, kind: str) -> dict[tuple[str | None, str], int]:
    """The numbers of other programs (system, number) whose records became part of another, with that one."""
    if not store.catalogue.kind(kind).mergeable:
        return {}
    sql = (
        f"WITH RECURSIVE gone(system, number, id) AS (SELECT source_system, source_id, {MERGED} FROM {kind}"
        f" WHERE {MERGED} IS NOT NULL AND source_id IS NOT NULL AND deleted_at IS NOT NULL"
        f" UNION SELECT g.system, g.number, r.{MERGED} FROM gone g JOIN {kind} r ON r.id = g.id"
        f" WHERE r.{MERGED} IS NOT NULL)"
        f" SELECT system, number, g.id FROM gone g JOIN {kind} r ON r.id = g.id AND r.deleted_at IS NULL"
    )
    return {(system, number): record for system, number, record in store.database.execute_sql(sql).fetchall()}


class Joiner:
    """Writes what makes records of one kind one; always inside an action."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.database

    def unite(self, kind: str, survivor: int, other: int) -> None:
        """Gives a record the addresses, numbers and tags of another of its kind that it has not."""
        self.copy_values((kind, other), (kind, survivor), tuple(VALUES))

    def copy_values(self, source: tuple[str, int], target: tuple[str, int], tables: Sequence[str]) -> None:
        """Copies rows with labels and flags; what is there has the flags of both. One postal address is enough."""
        for name in tables:
            theirs, own = self._values(name, *source), self._values(name, *target)
            if name == "address" and own:
                continue
            known = {same_value(name, row[VALUES[name]]): row for row in own}
            place = max((row.get("position") or 0 for row in own), default=-1)
            for row in theirs:
                key = same_value(name, row[VALUES[name]])
                if name != "address" and key in known:
                    self._raise_flags(name, known[key], row)
                    continue
                place += 1
                owned = row | {f"{source[0]}_id": None, f"{target[0]}_id": target[1]}
                known[key] = owned | {"id": self._insert(name, owned, place)}

    def become(self, kind: str, others: Sequence[int], survivor: int, stamp: str) -> None:
        """Puts records into the bin as part of another one."""
        self._store.records.set_columns(kind, others, {"deleted_at": stamp, MERGED: survivor})

    def move(self, kind: str, survivor: int, others: Sequence[int], stamp: str) -> None:
        """Re-links everything that names the others; a row that would say what another says is taken away."""
        for naming in namings(self._store, kind):
            for other in others:
                if naming.table in WORK_LINKS:
                    self._move_work(naming, other, survivor)
                elif naming.table == "distinct_pair":
                    self._move_pairs(kind, other, survivor)
                elif naming.table in _STANDINGS:
                    self._move_standings(naming, other, survivor, stamp)
                else:
                    self._execute(
                        f"UPDATE {naming.table} SET {naming.column} = ? WHERE {naming.column} = ?", survivor, other
                    )
        if kind == "company":
            self._break_circle(survivor)

    def also(self, source: tuple[str, int], targets: Mapping[str, int]) -> dict[str, int]:
        """Links the activities and tasks of a record to others as well; answers how many there are of each."""
        found = {}
        for name, part in WORK_LINKS.items():
            work = self._execute(f"SELECT {part} FROM {name} WHERE {source[0]}_id = ? ORDER BY id", source[1])
            found[part.removesuffix("_id")] = len(work)
            for kind, record in targets.items():
                sql = f"SELECT {part} FROM {name} WHERE {kind}_id = ?"
                known = {row[0] for row in self._execute(sql, record)}
                for (each,) in work:
                    if each not in known:
                        known.add(each)
                        self._insert(name, {part: each, f"{kind}_id": record})
        return found

    def children(self, kind: str, records: Sequence[int]) -> dict[int, dict[str, int]]:
        """How many records of each kind that are there name each of the records."""
        found: dict[int, dict[str, set[int]]] = {record: {} for record in records}
        marks = ", ".join("?" for _ in records)
        for naming in namings(self._store, kind):
            owner = naming.table.removesuffix("_link")
            if naming.table == "distinct_pair":
                continue
            record = f"m.{owner}_id" if naming.table in WORK_LINKS else "m.id"
            counted = owner if naming.table in WORK_LINKS else naming.kind
            sql = (
                f"SELECT m.{naming.column}, {record} FROM {naming.table} m JOIN {counted} b ON b.id = {record}"
                f" WHERE m.{naming.column} IN ({marks}) AND b.deleted_at IS NULL"
            )
            for named, child in self._execute(sql, *records):
                found[named].setdefault(counted, set()).add(child)
        return {record: {name: len(ids) for name, ids in each.items()} for record, each in found.items()}

    def says_again(self, name: str, row: Mapping[str, Any]) -> bool:
        """Whether another row of a table of links says what this one says, or it would link a record to itself."""
        unsaid = {"id", "created_at", "deleted_at"} | (set() if row.get("note") else {"note"})
        said = {column: value for column, value in row.items() if column not in unsaid}
        if name in ("relation", "distinct_pair") and any(
            said.get(f"{kind}_id") is not None and said.get(f"{kind}_id") == said.get(f"other_{kind}_id")
            for kind in OWNERS
        ):
            return True
        living = " AND deleted_at IS NULL" if "deleted_at" in row else ""
        # An index of the rows that name a record is used for “=” alone.
        where = " AND ".join(f"{column} {'IS NULL' if value is None else '= ?'}" for column, value in said.items())
        sql = f"SELECT 1 FROM {name} WHERE id <> ? AND {where}{living} LIMIT 1"
        return bool(self._execute(sql, row["id"], *(value for value in said.values() if value is not None)))

    def works_at(self, person: int, company: int) -> bool:
        """Whether a person has a role at a company."""
        sql = "SELECT 1 FROM employment WHERE person_id = ? AND company_id = ? AND deleted_at IS NULL"
        return bool(self._execute(sql, person, company))

    def _values(self, name: str, kind: str, record: int) -> list[dict[str, Any]]:
        order = "id" if name == "tag_link" else "position, id"
        return list(self.rows(name, f"{kind}_id = ? ORDER BY {order}", record))

    def rows(self, name: str, where: str, *values: Any) -> Iterator[dict[str, Any]]:
        """Rows of a table by column."""
        columns = self._store.journal.columns(name)
        for row in self._execute(f"SELECT {', '.join(columns)} FROM {name} WHERE {where}", *values):
            yield dict(zip(columns, row, strict=True))

    def _raise_flags(self, name: str, own: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        raised = {flag: 1 for flag in FLAGS if other.get(flag) and not own[flag]}
        if not own.get("label") and other.get("label"):
            raised["label"] = other["label"]
        self._store.records.set_columns(name, [own["id"]], raised)

    def _insert(self, name: str, row: Mapping[str, Any], position: int | None = None) -> int:
        number = self._store.take_part()
        values = {**row, "id": number}
        if position is not None and "position" in row:
            values["position"] = position
        marks = ", ".join("?" for _ in values)
        self._execute(f"INSERT INTO {name} ({', '.join(values)}) VALUES ({marks})", *values.values())
        return number

    def _move_work(self, naming: Naming, other: int, survivor: int) -> None:
        name, column, part = naming.table, naming.column, WORK_LINKS[naming.table]
        self._execute(
            f"DELETE FROM {name} WHERE {column} = ? AND {part} IN (SELECT {part} FROM {name} WHERE {column} = ?)",
            other, survivor,
        )  # fmt: skip
        self._execute(f"UPDATE {name} SET {column} = ? WHERE {column} = ?", survivor, other)

    def _move_pairs(self, kind: str, other: int, survivor: int) -> None:
        """A pair that is not the same is a statement on two records: it is made anew, the lower id first."""
        first, second = f"{kind}_id", f"other_{kind}_id"
        for row in list(self.rows("distinct_pair", f"{first} = ?1 OR {second} = ?1", other)):
            partner = row[second] if row[first] == other else row[first]
            self._execute("DELETE FROM distinct_pair WHERE id = ?", row["id"])
            pair = sorted((partner, survivor))
            known = f"SELECT 1 FROM distinct_pair WHERE {first} = ? AND {second} = ?"
            if partner != survivor and not self._execute(known, *pair):
                self._insert("distinct_pair", {first: pair[0], second: pair[1]})

    def _move_standings(self, naming: Naming, other: int, survivor: int, stamp: str) -> None:
        for row in list(self.rows(naming.table, f"{naming.column} = ?", other)):
            moved = row | {naming.column: survivor}
            if row["deleted_at"] is None and self.says_again(naming.table, moved):
                self._store.records.set_columns(naming.table, [row["id"]], {"deleted_at": stamp})
            else:
                self._store.records.set_columns(naming.table, [row["id"]], {naming.column: survivor})

    def _break_circle(self, company: int) -> None:
        """A company that would come to stand above itself stands at the top."""
        sql = (
            "WITH RECURSIVE up(id) AS (SELECT parent_id FROM company WHERE id = ?"
            " UNION SELECT c.parent_id FROM company c JOIN up ON c.id = up.id) SELECT 1 FROM up WHERE id = ?"
        )
        if self._execute(sql, company, company):
            self._store.records.set_columns("company", [company], {"parent_id": None})

    def _execute(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._database.execute_sql(sql, values).fetchall()
        return found
