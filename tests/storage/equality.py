"""What two bases must have in common to be equal: every tracked and derived table, row by row."""

from collections.abc import Sequence
from typing import Any

from crm_desktop.storage import check
from crm_desktop.storage.store import Store

Table = Sequence[tuple[Any, ...]]
KEPT = {"meta", "counter", "layout", "action", "action_chunk", "journal_row"}
"""The journal, the counters and what the base notes of itself: no part of equality."""


def snapshot(store: Store) -> dict[str, Table]:
    """Every row of every table, in order of its id; of the search index every word with its record."""
    raw = store.database.raw
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    found: dict[str, Table] = {}
    for name in tables:
        if name.endswith("_search"):
            raw.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {name}, instance)")
            found[name] = raw.execute("SELECT term, doc FROM words").fetchall()
            raw.execute("DROP TABLE temp.words")
        elif "_search_" not in name and name not in KEPT:
            found[name] = raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall()
    return found


def assert_derived_is_true(store: Store) -> None:
    """Nothing derived differs from what it would be if it were made anew."""
    assert check.look(store) == check.Findings((), (), {})
