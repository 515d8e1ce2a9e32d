"""Whether the base is sound: SQLite's own check, every link, each derived table held against its sources."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from crm_desktop.storage.database import open_connection, register_functions, translated
from crm_desktop.storage.rows import EVERY, rows_sql, search_sql
from crm_desktop.storage.schema import SEARCH_OPTIONS, row_columns
from crm_desktop.storage.sources import KindSources
from crm_desktop.storage.store import Store

Row = tuple[Any, ...]
Step = Callable[[int, int], None]
_WHERE = "id BETWEEN ? AND ?"


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong: `faults` of the file, `broken` links (table, id), and `stale` rows by derived table."""

    faults: tuple[str, ...]
    broken: tuple[tuple[str, int], ...]
    stale: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.faults or self.broken or self.stale)


def integrity(path: Path, key: str | None) -> list[str]:
    """What SQLite finds wrong with a file; nothing where it is sound."""
    try:
        with contextlib.closing(open_connection(path, key, apsw.SQLITE_OPEN_READONLY)) as connection:
            return _faults(connection)
    except apsw.CorruptError as error:
        return [str(error)]


def look(store: Store, step: Step | None = None) -> Findings:
    """Checks everything and changes nothing; `step` hears how many of all parts are done."""
    with translated(store.path), contextlib.closing(_connection(store)) as connection:
        faults = _faults(connection)
        if faults:
            return Findings(tuple(faults), (), {})
        broken = tuple((str(row[0]), int(row[1])) for row in connection.execute("PRAGMA foreign_key_check"))
        stale: dict[str, int] = {}
        kinds = list(store.sources.kinds.values())
        for done, kind in enumerate(kinds):
            stale |= {name: number for name, number in _stale(store, connection, kind) if number}
            if step is not None:
                step(done + 1, len(kinds))
        return Findings((), broken, stale)


def differences(kept: Iterator[Row], wanted: Iterator[Row], parts: int) -> int:
    """How many rows of two streams are not the same; both are in the order of their first `parts` values."""
    found = 0
    a, b = next(kept, None), next(wanted, None)
    while a is not None or b is not None:
        before = b is None or (a is not None and a[:parts] < b[:parts])
        after = a is None or (b is not None and b[:parts] < a[:parts])
        found += a != b
        if not after:
            a = next(kept, None)
        if not before:
            b = next(wanted, None)
    return found


def _stale(store: Store, connection: apsw.Connection, kind: KindSources) -> Iterator[tuple[str, int]]:
    """Each derived table of a kind with the number of its rows that are not as they should be."""
    if kind.table == "loss":
        names = "id, customer_id, lost_on, returned_on, reason"
        losses = connection.execute(f"SELECT {names} FROM loss ORDER BY id")
        yield "loss", differences(losses, store.rows.found_losses(_WHERE, EVERY), 1)
    names = ", ".join(["id", *(name for name, _ in row_columns(kind))])
    kept = connection.execute(f"SELECT {names} FROM {kind.table}_row ORDER BY id")
    yield (
        f"{kind.table}_row",
        differences(kept, connection.execute(f"{rows_sql(kind, _WHERE)} ORDER BY b.id", EVERY), 1),
    )
    yield f"{kind.table}_search", differences(*_words(connection, kind), 2)


def _words(connection: apsw.Connection, kind: KindSources) -> tuple[Iterator[Row], Iterator[Row]]:
    """The words of the search index as it is, and of one made anew; the index itself tells words only."""
    for name in ("again", "kept_words", "wanted_words"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    connection.execute(f"CREATE VIRTUAL TABLE temp.again USING fts5(text, {SEARCH_OPTIONS})")
    connection.execute(f"INSERT INTO again (rowid, text) {search_sql(kind, _WHERE)}", EVERY)
    connection.execute(f"CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab(main, {kind.table}_search, instance)")
    connection.execute("CREATE VIRTUAL TABLE temp.wanted_words USING fts5vocab(temp, again, instance)")
    kept, wanted = (connection.execute(f"SELECT term, doc FROM {name}_words") for name in ("kept", "wanted"))
    return kept, wanted


def _connection(store: Store) -> apsw.Connection:
    """A connection of its own, whose temporary tables may be larger than the memory."""
    connection = open_connection(store.path, store.database.key)
    connection.pragma("temp_store", "file")
    register_functions(connection, store.clock)
    return connection


def _faults(connection: apsw.Connection) -> list[str]:
    lines = [line for row in connection.execute("PRAGMA integrity_check(20)") for line in str(row[0]).splitlines()]
    found = [line for line in lines if not line.startswith("***")]
    return [] if found == ["ok"] else found
