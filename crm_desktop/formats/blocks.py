"""Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, a line for each row; and as HTML."""

import re
from collections.abc import Iterable, Sequence
from html import escape

_CELL = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*+)')
_END = re.compile(r"\r\n|\r|\n|\Z")
_SPECIAL = re.compile(r'[\t\r\n"]')


def read_block(text: str) -> list[list[str]]:
    """The cells of a block, row by row; a line end at its foot begins no row.

    A cell in quotes may hold tabs, line ends and doubled quotes; other quotes stand for themselves.
    """
    rows: list[list[str]] = []
    at = 0
    while at < len(text):
        row: list[str] = []
        while True:
            found = _CELL.match(text, at)
            assert found is not None
            row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
            at = found.end()
            if text[at : at + 1] != "\t":
                break
            at += 1
        rows.append(row)
        end = _END.match(text, at)
        assert end is not None
        at = end.end()
    return rows


def write_block(rows: Iterable[Sequence[str]]) -> str:
    """The inverse of `read_block`: what holds a tab, a line end or a quote is put in quotes."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def html_block(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    """The same as an HTML table, with a row of heads where there are such."""
    lines = [_html_row(head, "th")] if head else []
    lines += [_html_row(row, "td") for row in rows]
    return f"<table>{''.join(lines)}</table>"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def _html_row(row: Sequence[str], tag: str) -> str:
    cells = (escape(cell).replace("\n", "<br>") for cell in row)
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"
