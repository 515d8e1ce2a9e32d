"""What is written comes back unchanged, and nothing half written is left behind."""

import csv
import errno
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import EnvironmentProblem, Trouble, UserError
from crm_desktop.formats.csv_reader import open_table
from crm_desktop.formats.csv_writer import CsvWriter
from crm_desktop.formats.formulas import is_formula, neutralise, unneutralise

_COLUMNS = ("name", "note", "city", "size", "remark")
# A zero byte is removed on reading; a lone surrogate is refused on writing.
_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
_SIGNS = st.text("ab,;|:\t\"'\\\r\n =+-@#1\ufeff", max_size=30)


def _not_blank(row: list[str]) -> bool:
    return any(map(str.strip, row))  # blank rows are left out on reading


_TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(_ANY_TEXT | _SIGNS, min_size=width, max_size=width).filter(_not_blank), min_size=1, max_size=12
    )
)


def _write(path: Path, rows: list[list[str]], raw: bool) -> CsvWriter:
    with CsvWriter(path, _COLUMNS[: len(rows[0])], raw=raw) as writer:
        for row in rows:
            writer.write(row)
    return writer


@settings(max_examples=300, deadline=None)
@given(_TABLES, st.booleans())
def test_any_table_comes_back(rows: list[list[str]], raw: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        writer = _write(path, rows, raw)
        table = open_table(path)
        found = [cells for _, cells in table.rows()]
    assert table.columns == _COLUMNS[: len(rows[0])]
    assert found == ([[neutralise(cell) for cell in row] for row in rows] if not raw else rows)
    restored = found if raw else [[unneutralise(cell) for cell in row] for row in found]
    assert restored == rows
    assert writer.neutralised == (0 if raw else sum(is_formula(cell) for row in rows for cell in row))


@given(_ANY_TEXT | _SIGNS)
def test_neutralising_has_an_exact_inverse(text: str) -> None:
    assert unneutralise(neutralise(text)) == text
    bare = neutralise(text)
    assert not bare.startswith(("=", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", "-", "- call", "'=1", "''@x"],
)
def test_formulas(text: str) -> None:
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    ["", "-5", "+5", "-1,234.50", "- 7", "-3 %", "-1e5", "+49 30 12345", "+1 (201) 555-0123 x12", "a=b", "'s", "''"],
)
def test_harmless_text(text: str) -> None:
    assert neutralise(text) == text


def test_published_injections_are_neutralised(shared_data: Path, tmp_path: Path) -> None:
    lines = (shared_data / "csv_injection" / "csv-payload.txt").read_text(encoding="utf-8").splitlines()
    payloads = [line for line in lines if line.strip()]
    _write(tmp_path / "out.csv", [[line] for line in payloads], raw=False)
    cells = [cells[0] for _, cells in open_table(tmp_path / "out.csv").rows()]
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    assert [unneutralise(cell) for cell in cells] == payloads


def test_the_file_is_rfc_4180_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    _write(path, [["Ann", 'says "hi"\nthere']], raw=True)
    assert path.read_bytes() == b'\xef\xbb\xbf"name","note"\r\n"Ann","says ""hi""\nthere"\r\n'
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["name", "note"], ["Ann", 'says "hi"\nthere']]


def test_headers_are_neutralised_too(tmp_path: Path) -> None:
    with CsvWriter(tmp_path / "out.csv", ["=evil()", "name"], raw=False) as writer:
        writer.write(["1", "x"])
    assert writer.neutralised == 1
    assert open_table(tmp_path / "out.csv").columns[0] == "'=evil()"


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(UserError, match="half a character"):
        _write(path, [["Ann"], ["\ud800"]], raw=True)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), CsvWriter(path, ["a"], raw=True) as writer:
        writer.write(["new"])
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    with CsvWriter(path, ["a"], raw=True) as writer:
        writer.write(["new"])
        assert path.read_text(encoding="utf-8") == "old"
    assert "new" in path.read_text(encoding="utf-8-sig")


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem), CsvWriter(tmp_path / "none" / "out.csv", ["a"], raw=True):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(EnvironmentProblem), CsvWriter(tmp_path / "folder", ["a"], raw=True):
        pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


class _FullDisk:
    """A csv writer whose disk is full."""

    def writerow(self, row: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_cleaned_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EnvironmentProblem) as caught, CsvWriter(tmp_path / "out.csv", ["a"], raw=True) as writer:
        monkeypatch.setattr(writer, "_writer", _FullDisk())
        writer.write(["x"])
    assert caught.value.trouble is Trouble.FULL
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_at_the_end(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught, CsvWriter(tmp_path / "out.csv", ["a"], raw=True) as writer:
        writer.write(["x"])
        writer._file.close()
        writer._file = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - the writer closes it
        writer._file.write("x")
    assert caught.value.trouble is Trouble.FULL


def test_rows_must_fit(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 cells for 1"), CsvWriter(tmp_path / "out.csv", ["a"], raw=True) as writer:
        writer.write(["x", "y"])
