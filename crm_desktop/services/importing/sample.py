"""A first look at a file: its table, what its columns seem to hold, and some rows to judge by."""

from dataclasses import dataclass
from pathlib import Path

from crm_desktop.formats.csv_dialect import Dialect
from crm_desktop.formats.csv_reader import CsvTable, open_table
from crm_desktop.formats.value_types import ColumnGuess, ColumnWatch, ValueType

JUDGED_ROWS = 300
_LOOKED_AT = 20_000
_NEED_PROOF = (ValueType.DATE, ValueType.DATETIME, ValueType.DECIMAL, ValueType.MONEY)


@dataclass(frozen=True, slots=True)
class Sample:
    """The open table, a guess for each column, the first rows, and about how many rows there are."""

    table: CsvTable
    guesses: tuple[ColumnGuess, ...]
    rows: tuple[tuple[str, ...], ...]
    estimate: int

    def values(self, at: int) -> list[str]:
        """The first values of a column that are not blank."""
        return [text for row in self.rows if (text := row[at].strip())]


def look(path: Path, dialect: Dialect | None = None) -> Sample:
    """Reads as much of a file as it takes to know its columns. Raises `UserError` if it holds no table.

    Only a column whose dates or numbers could be read in two ways is followed to the end of the file.
    """
    table = open_table(path, dialect)
    watches = [ColumnWatch(name) for name in table.columns]
    asking = dict(enumerate(watches))
    rows: list[tuple[str, ...]] = []
    seen = 0
    for number, cells in table.rows():
        seen += 1
        if seen <= JUDGED_ROWS:
            rows.append(tuple(cells))
        sated = [at for at, watch in asking.items() if (text := cells[at].strip()) and not watch.take(number, text)]
        for at in sated:
            del asking[at]
        if seen == _LOOKED_AT:
            asking = {at: watch for at, watch in asking.items() if _doubtful(watch.guess())}
        if seen >= JUDGED_ROWS and not asking:
            break
    guesses = tuple(watch.guess() for watch in watches)
    return Sample(table, guesses, tuple(rows), _estimate(path, rows, seen))


def _doubtful(guess: ColumnGuess) -> bool:
    return guess.type in _NEED_PROOF and guess.ambiguous


def _estimate(path: Path, rows: list[tuple[str, ...]], seen: int) -> int:
    if seen <= JUDGED_ROWS:
        return seen
    size = sum(len(cell.encode()) + 1 for row in rows for cell in row) / len(rows)
    return max(seen, int(path.stat().st_size / size))
