"""Work that came to a record after an action, found from every column that names it."""

from collections.abc import Iterator
from dataclasses import dataclass

from crm_desktop.storage.joining import WORK_LINKS, namings
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.store import DEVICE_BITS, Store


@dataclass(frozen=True, slots=True)
class Later:
    """A record that was added to another one (`of_kind`, `of_id`) after the action that is taken back; it stays."""

    of_kind: str
    of_id: int
    kind: str
    id: int
    name: str


def naming_records(store: Store, kind: str, record: int) -> Iterator[tuple[str, list[int]]]:
    """The records that are there and name one, by kind; each pair of kind and column apart."""
    for naming in namings(store, kind):
        if naming.table == "distinct_pair":
            continue
        if naming.table in WORK_LINKS:
            owner = naming.table.removesuffix("_link")
            through = f"SELECT {owner}_id FROM {naming.table} WHERE {naming.column} = ?"
        else:
            owner, through = naming.kind, f"SELECT id FROM {naming.table} WHERE {naming.column} = ?"
        sql = f"SELECT id FROM {owner} WHERE id IN ({through}) AND deleted_at IS NULL ORDER BY id"
        yield owner, [row[0] for row in store.database.execute_sql(sql, (record,)).fetchall()]


def later(store: Store, owner: tuple[str, int], since: Entry) -> list[Later]:
    """The records that were made after an action and name one, but for the notes of merges."""
    newest = max(last for touched in since.touched for _, last in touched.ranges)
    found: list[tuple[str, int]] = []
    for kind, ids in naming_records(store, *owner):
        for number in ids:
            # One device counts up, so that the journal is asked only of what may be newer; an import tells any day.
            if number > newest or number >> DEVICE_BITS != newest >> DEVICE_BITS:
                first = store.journal.entry(first_action(store, kind, number))
                if first is not None and first.action > since.action and first.verb != "merge":
                    found.append((kind, number))
    return named(store, owner, list(dict.fromkeys(found)))


def named(store: Store, owner: tuple[str, int], records: list[tuple[str, int]]) -> list[Later]:
    """Records with their names."""
    names: dict[tuple[str, int], str] = {}
    for kind in dict.fromkeys(kind for kind, _ in records):
        ids = [number for each, number in records if each == kind]
        names |= {(kind, row[0]): str(row[1] or "") for row in store.lists.rows(kind, ids, ["name"])}
    return [Later(*owner, kind, number, names.get((kind, number), "")) for kind, number in records]


def first_action(store: Store, kind: str, record: int) -> int:
    """The action that made a record; 0 where the history does not reach so far."""
    sql = "SELECT min(action) FROM journal_row WHERE kind = ? AND first <= ? AND last >= ?"
    row = store.database.execute_sql(sql, (kind, record, record)).fetchone()
    return int(row[0] or 0)
