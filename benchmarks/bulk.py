"""Many records written in one action, and taken back."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.bases import open_base
from benchmarks.measure import Pairs, Result, against, compared, timed
from crm_desktop.domain.filter import Filter
from crm_desktop.services import Services
from crm_desktop.storage.touch import Affected

RECORDS = 50_000
_RUNS = 5
ROWS = 1_000
FIELDS = (
    "first_name", "last_name", "company_name", "job_title", "department", "source", "segment", "score", "value", "note",
)  # fmt: skip
PASTED_MS = 1_000.0
_NOTE = "floor: one plain UPDATE of as many leads with the same refresh of list rows and search, nothing recorded"


def bulk(folder: Path, pairs: int) -> list[Result]:
    """A value set on leads all over the base: the company, which is searched, and the segment, which is not.

    What the plain UPDATE writes stays, so nothing that is older can be undone in this base afterwards.
    """
    services = open_base(folder)
    everybody = services.lists.ids(Filter("lead"))
    ids = sorted(everybody[:: max(1, len(everybody) // RECORDS)])[:RECORDS]
    results = []
    for field, cells, searched, bound in (
        ("company_name", ("name", "company_name"), True, 2.0), ("segment", ("segment",), False, None),
    ):  # fmt: skip
        floor = _floor(services, ids, field, cells, searched)
        edits, undos = _runs(services, ids, field, floor, min(pairs, _RUNS))
        name = f"bulk edit of {len(ids):,} leads" + ("" if searched else ", not searched")
        results += [compared(name, edits, bound, _NOTE), compared(f"undo of the {name}", undos, bound, _NOTE)]
    results.append(_paste(services, everybody[:ROWS].tolist(), pairs))
    services.close()
    return results


def _paste(services: Services, ids: list[int], pairs: int) -> Result:
    """A block of cells that are all different from those that were there."""
    times = []
    for number in range(pairs):
        texts = [[f"{field} {number} {row}" for field in FIELDS[:-3]] for row in range(len(ids))]
        block = [[*words, f"{number % 101}", f"{row}.50", f"note {row}"] for row, words in enumerate(texts)]
        times.append(timed(lambda block=block: services.cells.paste("lead", ids, FIELDS, block)).wall)  # type: ignore[misc]
    name = f"paste of {len(ids):,} x {len(FIELDS)} cells"
    return against(name, [seconds * 1000 for seconds in times], PASTED_MS, "ms", "the limit is 1 s")


def _runs(
    services: Services, ids: list[int], field: str, floor: Callable[[str], None], pairs: int
) -> tuple[Pairs, Pairs]:
    """Ours, its undo and the floor in turn, after one round that does not count."""
    edits, undos = [], []
    for number in range(pairs + 1):
        ours = timed(lambda text=f"Ours {number}": services.records.set("lead", ids, {field: text}))  # type: ignore[misc]
        undo = timed(services.history.undo)
        plain = timed(lambda text=f"Plain {number}": floor(text))  # type: ignore[misc]
        edits.append((ours, plain))
        undos.append((undo, plain))
    return edits[1:], undos[1:]


def _floor(
    services: Services, ids: list[int], field: str, cells: tuple[str, ...], searched: bool
) -> Callable[[str], None]:
    store = services._store
    found = Affected(cells={("lead", cells): set(ids)})
    if searched:
        found.searched.update("lead", ids)

    def write(text: str) -> None:
        with store.keeping():
            sql = f"UPDATE lead SET {field} = ? WHERE id IN (SELECT value FROM json_each(?))"
            store.database.execute_sql(sql, (text, str(ids)))
            store.rows.refresh(found)

    return write
