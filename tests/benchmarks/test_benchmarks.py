"""Every benchmark runs, at a size that takes seconds; how long things take is no matter here."""

import shutil
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from benchmarks import __main__ as benchmarks
from benchmarks import report
from benchmarks.board import board
from benchmarks.doubles import search
from benchmarks.measure import Result, Sample, compared

NAMES = (
    "import of 300 rows", "undo of the import", "memory of the import, peak", "start to the first painted page",
    "unlocking the vault, on top", "a page of the table painted", "slowest frame of a scroll",
    "search, 95th percentile", "sort by name",
    "sort by score", "ids grouped by source", "groups by source with their numbers",
    "first page with no visit in 60 days", "all ids with no visit in 60 days",
    "number with no visit in 60 days", "cost of a shown page as the base grows", "one edit with its undo record",
    "a look for duplicates while typing", "memory with the table open",
    "memory with the charts loaded too", "bulk edit of 300 leads", "undo of the bulk edit of 300 leads",
    "bulk edit of 300 leads, not searched", "undo of the bulk edit of 300 leads, not searched",
    "paste of 300 x 10 cells",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or shutil.which("sqlite3") is None, reason="needs Linux and sqlite3")
def test_every_benchmark_gives_its_results(tmp_path: Path, qtbot: QtBot) -> None:
    names = ["import", *(name for name in benchmarks.READERS if name not in ("board", "doubles"))]
    found = benchmarks.measure(tmp_path, names, 300, 1)
    assert [result.name for result in found] == list(NAMES)
    assert all(result.ours > 0 and result.floor > 0 for result in found)


@pytest.mark.slow
def test_the_board_is_painted_with_few_deals(tmp_path: Path, qtbot: QtBot) -> None:
    found = board(tmp_path, 1, 20)
    assert [result.name for result in found] == ["board of 20 deals painted"]


@pytest.mark.slow
def test_the_search_for_duplicates_among_few_people(tmp_path: Path) -> None:
    found = search(tmp_path, 1, 300)
    assert [result.name for result in found] == ["search for duplicates among 300 people"]


@pytest.mark.parametrize(
    ("ratios", "verdict"),
    [((1.0, 1.4, 9.0), "met"), ((1.4, 1.8, 2.0), "within the spread"), ((1.6, 1.8, 2.0), "missed")],
)
def test_only_a_whole_spread_above_the_bound_misses_it(ratios: tuple[float, ...], verdict: str) -> None:
    samples = [(Sample(ratio, ratio), Sample(1, 1)) for ratio in ratios]
    assert compared("x", samples, 1.5).verdict == verdict


def test_the_page_says_by_how_much_a_bound_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "FILE", tmp_path / "RESULTS.md")
    report.write([Result("x", 4, 1, 4.0, 3.0, 5.0, 2.0), Result("y", 1, 1, 1.0, 1.0, 1.0, None)], 1000)
    page = report.FILE.read_text("utf-8")
    assert "1,000 leads" in page and "| missed " in page and "- x: 4.00 is 100% above 2.00 (missed)." in page


def test_without_the_shell_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert benchmarks.main(["edit"]) == 1
    assert "package sqlite3" in capsys.readouterr().err


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        benchmarks.main(["nonsense"])
    assert "there are import, start" in capsys.readouterr().err
