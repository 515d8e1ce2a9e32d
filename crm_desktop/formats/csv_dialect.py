"""How a CSV file is written: found from its beginning, so that the user only has to look and nod."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from crm_desktop.formats.csv_header import has_header
from crm_desktop.formats.csv_source import empty, refuse_binary, take_sample
from crm_desktop.formats.text_encoding import detect_encoding

DELIMITERS = (",", ";", "\t", "|", ":")
_ROWS_JUDGED = 200
_SINGLE_COLUMN = 0.2
_HEADER_CUT_OTHERWISE = 0.2
_COLON = 0.5  # times and web addresses hold colons; few tables are cut by them
_NOT_STRICT = 0.4
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?$", re.IGNORECASE)
_APOSTROPHES = re.compile(r"(?:^|(?<=[,;\t|:]))'[^'\n]*'(?=[,;\t|:\r\n]|$)", re.MULTILINE)
_QUOTES = re.compile(r'(?:^|(?<=[,;\t|:]))[ ]?"', re.MULTILINE)
_NUMBER = re.compile(r"[-+(]?[$€£]? ?\d[\d.,' ]*%?\)?")

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """All that is needed to read a file: `preamble` counts the records before the header or first row.

    `escape` is the quote character where quotes are doubled, or a backslash; `newline` is the line
    end as it stands in the file, or "mixed"; `skip_space` drops blanks after a delimiter.
    """

    encoding: str = "utf-8"
    bom: bool = False
    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    newline: str = "\n"
    preamble: int = 0
    header: bool = True
    skip_space: bool = False

    def reader_options(self) -> dict[str, Any]:
        """The keyword arguments `csv.reader` takes."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "escapechar": None if self.escape == self.quote else self.escape,
            "skipinitialspace": self.skip_space,
        }

    def to_json(self) -> dict[str, Any]:
        """The form the command line prints; `header` is the number of header rows."""
        return {
            "encoding": self.encoding,
            "bom": self.bom,
            "delimiter": self.delimiter,
            "quote": self.quote,
            "escape": self.escape,
            "line_end": self.newline,
            "preamble": self.preamble,
            "header": int(self.header),
        }


@dataclass(frozen=True, slots=True)
class _Trial:
    """The sample read with one set of signs; `perfect` when all rows are equally wide and well quoted."""

    score: float
    delimiter: str
    rows: Rows
    perfect: bool = False


def detect_dialect(path: Path) -> Dialect:
    """Find the dialect of `path`. Raises `UserError` if there is no text file to read."""
    sample = take_sample(path)
    encoding = detect_encoding(sample.evidence, complete=sample.complete)
    marked = detect_encoding(sample.data, complete=sample.complete)
    if marked.bom or marked.name.startswith("utf-16"):
        encoding = marked
    if not encoding.bom:
        refuse_binary(path, sample.data, one_byte=not encoding.name.startswith("utf-16"))
    text = sample.data.decode(encoding.name, errors="replace").lstrip("\ufeff").replace("\0", "")
    lines = io.StringIO(text, newline="").readlines()
    if not text.strip(" \r\n" + "".join(DELIMITERS)):
        raise empty(path)
    if not sample.complete and len(lines) > 1:
        lines.pop()
    return _structure(lines, encoding.name, encoding.bom)


def _structure(lines: list[str], encoding: str, bom: bool) -> Dialect:
    text = "".join(lines)
    quote = "'" if _apostrophes_quote(text) else '"'
    named = _SEPARATOR_LINE.match(lines[0])
    delimiters = (named[1],) if named else DELIMITERS
    body = lines[1:] if named else lines
    best = max((_trial(body, delimiter, quote) for delimiter in delimiters), key=lambda trial: trial.score)
    escape = quote
    if "\\" in text and (escaped := _escaped(body, best, quote)):
        best, escape = escaped, "\\"
    skip_space = _blanks_before_quotes(text, best.delimiter, quote)
    if skip_space:
        best = _trial(body, best.delimiter, quote, "" if escape == quote else escape, True)
    start, width = body_start(best.rows)
    return Dialect(
        encoding=encoding,
        bom=bom,
        delimiter=best.delimiter,
        quote=quote,
        escape=escape,
        newline=_line_end(lines),
        preamble=start + bool(named),
        header=has_header([row for row in best.rows[start:] if any(row)], width),
        skip_space=skip_space,
    )


def _apostrophes_quote(text: str) -> bool:
    """Cells between apostrophes, and none between quotes: names like 't Hooft do not count."""
    return len(_APOSTROPHES.findall(text)) >= 2 and not _QUOTES.search(text)


def _blanks_before_quotes(text: str, delimiter: str, quote: str) -> bool:
    """`a, "b"`: a quote after delimiter and blanks that neither closes a cell nor is doubled."""
    if delimiter == "\t":
        return False
    sign = re.escape(delimiter)
    return re.search(rf"{sign} +{quote}(?![{quote}{sign}\r\n]|$)", text) is not None


def _escaped(lines: list[str], plain: _Trial, quote: str) -> _Trial | None:
    """The sample read with backslash escapes, if the file was written so.

    A backslash before a quote that neither closes its cell nor is doubled tells it, and so do
    widths that become more even.
    """
    trial = _trial(lines, plain.delimiter, quote, "\\")
    inside = re.compile(rf"\\{quote}(?![{quote}{re.escape(plain.delimiter)}\r\n]|$)")
    better = trial.score > plain.score and not plain.perfect
    return trial if better or inside.search("".join(lines)) else None


def _trial(lines: list[str], delimiter: str, quote: str, escape: str = "", skip_space: bool = False) -> _Trial:
    """Read the first rows and score how evenly wide they are."""
    options: dict[str, Any] = {
        "delimiter": delimiter,
        "quotechar": quote,
        "escapechar": escape or None,
        "skipinitialspace": skip_space,
    }
    rows, clean = _parse(lines, options)
    start, width = body_start(rows)
    body = [row for row in rows[start:] if any(row)]
    if not body:
        return _Trial(0.0, delimiter, rows)
    even = sum(len(row) == width for row in body) / len(body)
    if width < 2:
        cut_otherwise = any(sign in body[0][0] for sign in ",;\t|")
        score = _SINGLE_COLUMN * even * (_HEADER_CUT_OTHERWISE if cut_otherwise else 1.0)
        return _Trial(score, delimiter, rows, clean and even == 1)
    score = even**2 * (1 - 1 / width) + 0.05 * _numeric(body)
    if len(body[0]) < width:
        score *= 0.5
    score *= (1.0 if clean else _NOT_STRICT) * (_COLON if delimiter == ":" else 1.0)
    return _Trial(score, delimiter, rows, clean and even == 1)


def _parse(lines: list[str], options: dict[str, Any]) -> tuple[Rows, bool]:
    """The first rows, and whether no quote stood in a wrong place. A cut-off last record is no fault."""
    rows: Rows = []
    try:
        rows.extend(islice(csv.reader(lines, strict=True, **options), _ROWS_JUDGED))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return rows or list(islice(csv.reader(lines, **options), 1)), True
        try:
            return list(islice(csv.reader(lines, **options), _ROWS_JUDGED)), False
        except csv.Error:  # a cell longer than the module's limit
            return rows, False
    return rows, True


def _numeric(rows: Rows) -> float:
    cells = [cell.strip() for row in rows for cell in row if cell]
    return sum(_NUMBER.fullmatch(cell) is not None for cell in cells) / max(1, len(cells))


def body_start(rows: Rows) -> tuple[int, int]:
    """How many rows stand before the table (a title, notes, blank lines) and how wide the table is."""
    widths = Counter(len(row) for row in rows if any(row))
    if not widths:
        return 0, 1
    width = max(widths, key=lambda size: (widths[size], size))
    start = next((at for at, row in enumerate(rows) if any(row) and not _is_thin(rows, at, width)), None)
    if start is None:
        start = next(at for at, row in enumerate(rows) if any(row))
    return start, width


def _is_thin(rows: Rows, at: int, width: int) -> bool:
    """A row that is too narrow to head the table, as titles, notes and comments are."""
    row = rows[at]
    if len(row) == 1 and row[0].startswith("#") and width > 1:
        return True
    filled = sum(bool(cell) for cell in row)
    if width == 2:
        return filled == 1 and at + 1 < len(rows) and not any(rows[at + 1])
    return width > 2 and (len(row) <= width // 2 or filled == 1)


def _line_end(lines: list[str]) -> str:
    ends = {line[len(line.rstrip("\r\n")) :] for line in lines} - {""}
    # Blank lines were cut by the same ends, so each line holds one end only.
    return ends.pop() if len(ends) == 1 else ("mixed" if ends else "\n")
