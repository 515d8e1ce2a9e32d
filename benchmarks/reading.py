"""Reading a large base: order, groups, search; and writing one field."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import apsw

from benchmarks.bases import KEY, open_base
from benchmarks.leads import leads
from benchmarks.measure import Result, against, compared, paired
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.storage.database import open_connection

SEARCHED_MS = 20.0


def sort(folder: Path, pairs: int) -> list[Result]:
    """Ids in the order of an indexed column, against the plain query for the ids."""
    services = open_base(folder)
    floor = open_connection(folder / "customers.crm", KEY, apsw.SQLITE_OPEN_READONLY)
    found = []
    for name in ("name", "score"):
        plain = f"SELECT id FROM lead_row ORDER BY {name}"
        ours = partial(services.lists.ids, Filter("lead"), Sort(name))
        samples = paired(ours, partial(_fetched, floor, plain), pairs)
        found.append(compared(f"sort by {name}", samples, 1.5, "floor: the plain SQL query for the ids"))
    floor.close()
    services.close()
    return found


def groups(folder: Path, pairs: int) -> list[Result]:
    """A list grouped by a column: its ids and the numbers of its groups, against the plain queries for the same."""
    services = open_base(folder)
    floor = open_connection(folder / "customers.crm", KEY, apsw.SQLITE_OPEN_READONLY)
    leads, lists, by = Filter("lead"), services.lists, "source"
    steps: dict[str, tuple[Callable[[], object], str]] = {
        f"ids grouped by {by}": (
            partial(lists.ids, leads, Sort("score", descending=True, group=by)),
            f"SELECT id FROM lead_row ORDER BY {by}, score DESC",
        ),
        f"groups by {by} with their numbers": (
            partial(lists.parts, leads, by),
            f"SELECT {by}, count(*) FROM lead_row GROUP BY {by}",
        ),
    }
    found = []
    for name, (ours, plain) in steps.items():
        samples = paired(ours, partial(_fetched, floor, plain), pairs)
        found.append(compared(name, samples, 1.5, "floor: the plain SQL query for the same"))
    floor.close()
    services.close()
    return found


def _fetched(connection: apsw.Connection, sql: str) -> object:
    return connection.execute(sql).get


def search(folder: Path, pairs: int) -> list[Result]:
    """The first 50 hits for every beginning, of two letters and more, of words of the base; newest first."""
    services = open_base(folder)
    words = {word for lead in leads(40) for cell in lead for word in cell.lower().split() if word.isalnum()}
    starts = sorted({word[:length] for word in words for length in range(2, len(word) + 1)})
    slow = []
    for _ in range(pairs):
        times = []
        for text in starts:
            start = time.perf_counter()
            services.lists.search(text, ["lead"], 50)
            times.append((time.perf_counter() - start) * 1000)
        slow.append(sorted(times)[int(len(times) * 0.95)])
    services.close()
    note = f"of {len(starts)} beginnings of words each; the limit is {SEARCHED_MS:.0f} ms"
    return [against("search, 95th percentile", slow, SEARCHED_MS, "ms", note)]


def edit(folder: Path, pairs: int) -> list[Result]:
    """One field set with its undo record, against a bare commit of one row in a base of its own."""
    services = open_base(folder)
    ids = services.lists.ids(Filter("lead"), limit=4 * pairs + 8)
    bare = open_connection(folder / "bare.db", KEY)
    bare.pragma("journal_mode", "wal")
    bare.pragma("synchronous", "full")
    bare.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, score INTEGER)")
    with bare:  # in one commit: a log that was full once is written over in place, which is cheaper than one that grows
        bare.executemany("INSERT OR REPLACE INTO t VALUES (?, 0)", ((n,) for n in range(1000)))
    steps = iter(range(1 << 30))

    def ours() -> None:
        step = next(steps)
        services.records.set("lead", [ids[step % len(ids)]], {"score": step % 100})

    def floor() -> None:
        step = next(steps)
        bare.execute("UPDATE t SET score = ? WHERE id = ?", (step, step % 1000))

    samples = paired(ours, floor, max(pairs, 40))
    bare.close()
    services.close()
    note = "floor: a bare commit of one row, same synchronous; the logs of both grow, as after every start"
    return [compared("one edit with its undo record", samples, 3.0, note)]
