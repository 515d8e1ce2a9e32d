"""Files of other people: each gives rows or one clear sentence."""

import json
from pathlib import Path

import pytest

from crm_desktop.errors import UserError
from crm_desktop.formats.csv_inspect import inspect
from crm_desktop.formats.csv_reader import open_table

# The expectation of this one names a phone number that its file does not hold.
_WRONG_EXPECTATIONS = {"location_coordinates"}


def test_the_spectrum_reads_as_its_authors_expect(shared_data: Path, subtests: pytest.Subtests) -> None:
    paths = sorted((shared_data / "csv_spectrum" / "csvs").glob("*.csv"))
    assert len(paths) > len(_WRONG_EXPECTATIONS)
    for path in paths:
        if path.stem in _WRONG_EXPECTATIONS:
            continue
        with subtests.test(path.name):
            table = open_table(path)
            rows = [dict(zip(table.columns, cells, strict=True)) for _, cells in table.rows()]
            text = (shared_data / "csv_spectrum" / "json" / f"{path.stem}.json").read_text(encoding="utf-8")
            if b"\r" not in path.read_bytes():  # line ends may have been changed on the way here
                text = text.replace("\\r\\n", "\\n")
            assert rows == json.loads(text)


def test_awkward_files_give_rows_or_one_sentence(shared_data: Path, subtests: pytest.Subtests) -> None:
    paths = sorted((shared_data / "frictionless_csv").iterdir())
    assert paths
    for path in paths:
        with subtests.test(path.name):
            try:
                seen = inspect(path)
            except UserError as error:
                assert path.name in error.sentence
                assert path.stat().st_size == 0
            else:
                assert seen.columns
                assert len(seen.samples) == min(5, seen.rows)
                json.dumps(seen.to_json())


@pytest.mark.parametrize(
    ("name", "delimiter", "columns", "rows", "preamble"),
    [
        ("country-2", ";", 4, 5, 1),
        ("dialect", "|", 3, 2, 0),
        ("defective-rows", ",", 4, 2, 0),
        ("skip-rows-before-headers", ",", 2, 2, 1),
        ("issue-1009-semicolon", ";", 2, 1, 0),
        ("issue-1109", ",", 3, 3, 0),
        ("table-with-accents", ";", 8, 638, 0),
        ("without-headers", ",", 2, 3, 0),
        ("without-rows", ",", 2, 0, 0),
        ("structure-errors", ",", 6, 3, 0),
    ],
)
def test_known_shapes(shared_data: Path, name: str, delimiter: str, columns: int, rows: int, preamble: int) -> None:
    table = open_table(shared_data / "frictionless_csv" / f"{name}.csv")
    found = sum(1 for _ in table.rows())
    assert (table.dialect.delimiter, len(table.columns), found) == (delimiter, columns, rows)
    assert table.dialect.preamble == preamble


def test_other_encodings(shared_data: Path) -> None:
    folder = shared_data / "frictionless_csv"
    greek = [cells[2] for _, cells in open_table(folder / "table-infer-iso-8859-7.csv").rows()]
    assert greek[1] == "Αλεξανδρος"
    assert open_table(folder / "table-with-accents.csv").columns[3] == "Année"
    assert next(cells for _, cells in list(open_table(folder / "latin1.csv").rows())[1:]) == ["2", "©"]


def test_larger_exports_are_read_whole(shared_data: Path) -> None:
    expected = {
        "maven_crm/sales_pipeline.csv": (8, 8800),
        "maven_crm/accounts.csv": (7, 85),
        "datablist/customers-10000.csv": (12, 10000),
        "intl/people_by_locale.csv": (12, 140),
        "bank_marketing/bank-full.csv": (17, 45211),
    }
    for name, size in expected.items():
        table = open_table(shared_data / name)
        assert (len(table.columns), sum(1 for _ in table.rows())) == size, name
        assert table.repairs == (), name
