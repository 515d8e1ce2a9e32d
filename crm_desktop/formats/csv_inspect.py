"""What is in a CSV file, told before anything is imported."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_desktop.formats.csv_dialect import Dialect
from crm_desktop.formats.csv_reader import CsvTable, Repair, open_table
from crm_desktop.formats.value_types import ColumnGuess, ColumnWatch

_SAMPLE_ROWS = 5


@dataclass(frozen=True, slots=True)
class Inspection:
    """The dialect of a file, its columns, how many rows it has, what was mended, and the first rows."""

    dialect: Dialect
    columns: tuple[ColumnGuess, ...]
    rows: int
    repairs: tuple[Repair, ...]
    samples: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows, and how often each kind of fault was met."""
        met = {repair.kind: repair.count for repair in self.repairs}
        faults = {kind: met.get(kind, 0) for kind in ("blank", "short", "wide", "long", "footer")}
        return {"rows": self.rows, **faults, "repaired": sum(met.values()) - faults["blank"]}

    def to_json(self) -> dict[str, Any]:
        """The document the command line prints."""
        return {
            **self.dialect.to_json(),
            "columns": [column.to_json() for column in self.columns],
            "counts": self.counts,
            "repairs": [repair.to_json() for repair in self.repairs],
            "samples": [list(cells) for _, cells in self.samples],
        }


def inspect(path: Path, dialect: Dialect | None = None) -> Inspection:
    """Read all of `path` and say what it holds. Raises `UserError` as `open_table` does."""
    return inspect_table(open_table(path, dialect))


def inspect_table(table: CsvTable) -> Inspection:
    """Read an open table and say what it holds."""
    watches = [ColumnWatch(name) for name in table.columns]
    asking = list(enumerate(watches))
    samples: list[tuple[int, tuple[str, ...]]] = []
    rows = 0
    for number, cells in table.rows():
        rows += 1
        if rows <= _SAMPLE_ROWS:
            samples.append((number, tuple(cells)))
        if asking:
            sated = [at for at, watch in asking if (text := cells[at].strip()) and not watch.take(number, text)]
            if sated:
                asking = [(at, watch) for at, watch in asking if at not in sated]
    columns = tuple(watch.guess() for watch in watches)
    return Inspection(table.dialect, columns, rows, table.repairs, tuple(samples))
