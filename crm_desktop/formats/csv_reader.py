"""A CSV file as a table: named columns and rows of text, streamed, with a note of each mended fault."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crm_desktop.formats.csv_dialect import Dialect, detect_dialect
from crm_desktop.formats.csv_header import unique_names
from crm_desktop.formats.csv_source import LONGEST_LINE, LineSource, empty, too_long

_ROWS_MEASURED = 200
_MOST_FOOTERS = 20
_MOST_OPEN_QUOTES = 20
_SENTENCES = {
    "blank": "blank rows were left out",
    "short": "rows had too few cells and were filled with empty ones",
    "wide": "rows had more cells than the first row; the surplus is in columns of its own",
    "long": "rows had more cells than there are columns; the surplus was left out",
    "zero": "zero bytes were removed",
    "unreadable": "characters could not be read in this encoding and are shown as \ufffd",
    "unclosed": "quotes were never closed and were closed at the end of their line",
    "footer": "lines below the table were left out",
}


@dataclass(slots=True)
class Repair:
    """One kind of fault: how often it was mended, and where and with what it first happened."""

    kind: str
    count: int = 0
    first_row: int | None = None
    example: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form the command line prints."""
        return {
            "kind": self.kind,
            "count": self.count,
            "first_row": self.first_row,
            "example": self.example,
            "note": f"{self.count:,} {_SENTENCES[self.kind]}",
        }


class CsvTable:
    """The table in a file. Row numbers count records from the top of the file, as a spreadsheet does."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self.path = path
        self.dialect = dialect
        self._repairs: dict[str, Repair] = {}
        beginning = list(islice(self._records(), dialect.preamble + 1 + _ROWS_MEASURED))[dialect.preamble :]
        while beginning and not any(beginning[0][1]):  # blank rows may stand above the header
            del beginning[0]
        if not beginning:
            raise empty(path)
        first = beginning[0][0]
        self._first_row = first + 1 if dialect.header else first
        rows = [row for _, row in beginning]
        self._usual_width = len(rows[0])
        self.columns = unique_names(rows[0] if dialect.header else [], _width(rows))

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What had to be mended in the rows read last."""
        return tuple(self._repairs.values())

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number and cells, as many as there are columns; may be called again.

        Raises `UserError` for a line or cell that is too long to be one.
        """
        self._repairs = {}
        width = len(self.columns)
        quick = width if width == self._usual_width else -1
        held: list[tuple[int, list[str]]] = []
        most_held = _MOST_FOOTERS if width > 2 else 0
        for number, row in islice(self._records(), self._first_row - 1, None):
            if len(row) == quick and (row[0].strip() or any(map(str.strip, row))):
                if held:
                    yield from self._fitted(held, width)
                    held = []
                yield number, row
            elif not any(map(str.strip, row)):
                self._note("blank", number)
            else:
                held.append((number, row))
                if len(row) > 1 or len(held) > most_held or not _may_be_footer(row[0]):
                    most_held = most_held if len(held) <= most_held else 0  # so many are no footer
                    yield from self._fitted(held, width)
                    held = []
        for number, row in held:
            self._note("footer", number, row[0])

    def _fitted(self, rows: list[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
        for number, row in rows:
            if len(row) < self._usual_width:
                self._note("short", number)
            elif any(map(str.strip, row[width:])):
                self._note("long", number, self.dialect.delimiter.join(row[width:]))
            elif any(map(str.strip, row[self._usual_width :])):
                self._note("wide", number)
            yield number, (row + [""] * (width - len(row)))[:width]

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """All records, numbered; a quote that is never closed ends with its line.

        An open quote swallows what follows, so the file is then read again from the next line on.
        Where that happens over and over, quotes are no quotes and the rest is taken literally.
        """
        csv.field_size_limit(LONGEST_LINE)
        options = self.dialect.reader_options()
        number = passed = mended = 0
        while True:
            source = LineSource(self.path, self.dialect.encoding, self.dialect.bom)
            lines = islice(chain.from_iterable(source.batches()), passed, None)
            if mended:
                number += 1
                passed += 1
                yield number, _closed(next(lines), options)
            if mended == _MOST_OPEN_QUOTES:
                options = {"delimiter": self.dialect.delimiter, "quoting": csv.QUOTE_NONE}
            reader = csv.reader(lines, **options)
            done = 0
            try:
                for row in reader:
                    if source.ended:
                        break
                    done = reader.line_num
                    number += 1
                    yield number, row
                else:
                    self._note_characters(source)
                    return
            except csv.Error as error:
                if reader.line_num - done < 2:
                    raise too_long(self.path, passed + done + 1) from error
            passed += done
            mended += 1
            self._note("unclosed", number + 1)

    def _note(self, kind: str, row: int | None, example: str = "") -> None:
        repair = self._repairs.setdefault(kind, Repair(kind, 0, row, example[:200]))
        repair.count += 1

    def _note_characters(self, source: LineSource) -> None:
        for kind, count in (("zero", source.zeros), ("unreadable", source.unreadable)):
            if count:
                self._repairs[kind] = Repair(kind, count)


def open_table(path: Path, dialect: Dialect | None = None) -> CsvTable:
    """Open the table in `path`, finding its dialect unless given.

    Raises `UserError` when there is no readable table: no such file, a folder, no permission,
    empty, not text, or a line longer than a table has.
    """
    found = detect_dialect(path) if dialect is None else dialect
    return CsvTable(path, found)


def _may_be_footer(text: str) -> bool:
    """A total, a copyright, a "generated by"; a lone number is the start of a row that broke off."""
    return any(map(str.isalpha, text))


def _closed(line: str, options: dict[str, Any]) -> list[str]:
    """The cells of one line whose last quote is missing."""
    return next(csv.reader([line.rstrip("\r\n")], **options))


def _width(rows: list[list[str]]) -> int:
    """As wide as the first row, or as the widest row after it that fills its surplus."""
    widest = len(rows[0])
    for row in rows:
        while len(row) > widest and not row[-1].strip():
            row = row[:-1]
        widest = max(widest, len(row))
    return widest
