"""Faulty files: mended where that is safe and said so, refused in one sentence where it is not."""

import os
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import UserError
from crm_desktop.formats.csv_dialect import Dialect
from crm_desktop.formats.csv_inspect import inspect
from crm_desktop.formats.csv_reader import CsvTable, open_table
from crm_desktop.formats.csv_source import LONGEST_LINE


def _write(folder: Path, data: bytes | str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def _faults(table: CsvTable) -> dict[str, tuple[int, int | None]]:
    return {repair.kind: (repair.count, repair.first_row) for repair in table.repairs}


def test_short_long_and_blank_rows(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "a,b,c\n1,2,3\n4,5\n\n6,7,8,extra\n,,\n9,9,9,\n"))
    assert table.columns == ("a", "b", "c", "Column 4")
    assert list(table.rows()) == [
        (2, ["1", "2", "3", ""]),
        (3, ["4", "5", "", ""]),
        (5, ["6", "7", "8", "extra"]),
        (7, ["9", "9", "9", ""]),
    ]
    assert _faults(table) == {"short": (1, 3), "blank": (2, 4), "wide": (1, 5)}


def test_surplus_far_down_is_left_out_and_told(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "a,b\n" + "1,2\n" * 500 + "3,4,lost,cells\n"))
    *_, last = table.rows()
    assert last == (502, ["3", "4"])
    (repair,) = table.repairs
    assert (repair.kind, repair.count, repair.first_row, repair.example) == ("long", 1, 502, "lost,cells")
    assert repair.to_json()["note"].startswith("1 rows had more cells")


def test_rows_can_be_read_again(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "a,b\n1\n2,3\n"))
    assert list(table.rows()) == list(table.rows())
    assert _faults(table) == {"short": (1, 2)}


def test_zero_bytes_and_unreadable_bytes(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, b"\xef\xbb\xbfname,city\nA\0nn,Rome\nB\xffb,Bonn\n"))
    assert [cells for _, cells in table.rows()] == [["Ann", "Rome"], ["B\ufffdb", "Bonn"]]
    assert _faults(table) == {"zero": (1, None), "unreadable": (1, None)}


def test_an_open_quote_is_closed_alone(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, 'a,b\n1,x\n2,"open\n3,y\n4,z\n'))
    assert list(table.rows()) == [(2, ["1", "x"]), (3, ["2", "open"]), (4, ["3", "y"]), (5, ["4", "z"])]
    assert _faults(table) == {"unclosed": (1, 3)}


def test_an_open_quote_in_a_huge_file_is_found_by_the_length_of_its_cell(tmp_path: Path) -> None:
    lines = "7,some longer text that fills the file\n" * 300_000
    table = open_table(_write(tmp_path, 'a,b\n1,"open\n' + lines))
    assert sum(1 for _ in table.rows()) == 300_001
    assert _faults(table) == {"unclosed": (1, 2)}


def test_quotes_that_are_open_again_and_again_are_taken_literally(tmp_path: Path) -> None:
    path = _write(tmp_path, "a,b\n" + "1,x\\\n" * 1000)
    table = open_table(path, Dialect(escape="\\"))
    rows = [cells for _, cells in table.rows()]
    assert len(rows) == 1000
    assert rows[-1] == ["1", "x\\"]
    assert _faults(table) == {"unclosed": (20, 2)}


def test_footers_are_left_out_but_rows_that_broke_off_are_kept(tmp_path: Path) -> None:
    body = "name,city,sum\nAnn,Rome,3\nBob,Bonn,4\n"
    report = open_table(_write(tmp_path, body + '\n"Grand Total (2 records)"\n"Copyright 2026 Example Inc."\n'))
    assert len(list(report.rows())) == 2
    assert _faults(report) == {"blank": (1, 4), "footer": (2, 5)}
    assert report.repairs[1].example == "Grand Total (2 records)"
    broken = open_table(_write(tmp_path, body + "5\n"))
    assert [cells for _, cells in broken.rows()][-1] == ["5", "", ""]
    inside = open_table(_write(tmp_path, body + "Eve\nFay,Lyon,6\n"))
    assert [cells for _, cells in inside.rows()][2:] == [["Eve", "", ""], ["Fay", "Lyon", "6"]]


def test_many_narrow_rows_are_no_footer(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "a,b,c\n" + "1,2,3\n" * 150 + "x\n" * 100))
    assert sum(1 for _ in table.rows()) == 250
    assert _faults(table) == {"short": (100, 152)}


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"PK\x03\x04....[Content_Types].xml xl/workbook.xml", "spreadsheet"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
        (b"PK\x03\x04....holiday/photo.jpg", "ZIP"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"SQLite format 3\0\x10\0\x01\x01", "database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"\x1f\x8b\x08\0", "archive"),
        (bytes(range(256)) * 20, "not a text file"),
    ],
)
def test_other_kinds_of_file_are_named(tmp_path: Path, start: bytes, word: str) -> None:
    with pytest.raises(UserError) as caught:
        open_table(_write(tmp_path, start, "contacts.csv"))
    assert word in caught.value.sentence
    assert "contacts.csv" in caught.value.sentence


def test_nothing_to_read(tmp_path: Path) -> None:
    for content in (b"", b"\n\r\n  \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b",,,\n,,\n"):
        with pytest.raises(UserError):
            open_table(_write(tmp_path, content))
    with pytest.raises(UserError, match="not found"):
        open_table(tmp_path / "missing.csv")
    with pytest.raises(UserError, match="folder"):
        open_table(tmp_path)
    with pytest.raises(UserError, match="name of a file"):
        open_table(tmp_path / "nul\0name.csv")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user with limits")
def test_no_permission(tmp_path: Path) -> None:
    path = _write(tmp_path, "a,b\n1,2\n")
    path.chmod(0)
    with pytest.raises(UserError, match="account"):
        open_table(path)


@pytest.mark.parametrize("cell", ["x" * 50_000_000, "x," * 25_000_000, '"' + "x" * 50_000_000 + '"'])
def test_an_endless_line_is_refused_in_bounded_memory(tmp_path: Path, cell: str) -> None:
    path = _write(tmp_path, f"a,b\n1,2\n3,{cell}\n")
    del cell
    tracemalloc.start()
    with pytest.raises(UserError, match="Line 3 "):
        for _ in open_table(path).rows():
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * LONGEST_LINE


def test_reading_stops_without_holding_the_file(tmp_path: Path) -> None:
    path = _write(tmp_path, "a,b\n" + "1,2\n" * 1000)
    rows = open_table(path).rows()
    assert next(rows) == (2, ["1", "2"])
    del rows
    path.unlink()


def test_a_short_table_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = _write(tmp_path, "a,b,c\n" + "1,some text,2\n" * 400_000)
    tracemalloc.start()
    assert sum(1 for _ in open_table(path).rows()) == 400_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text("a1;,\t|:'\"\\\n\r =é\0", max_size=200).map(str.encode))
def test_no_file_is_beyond_words(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _write(Path(folder), data)
        try:
            seen = inspect(path)
        except UserError as error:
            assert error.sentence.endswith(".")
        else:
            names = [column.name for column in seen.columns]
            assert len(set(names)) == len(names)
            assert all(len(cells) == len(names) for _, cells in seen.samples)
