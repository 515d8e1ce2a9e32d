"""The inbox folder on the command line."""

import errno
from pathlib import Path

import pytest

from crm_desktop.settings import Settings, save
from tests.cli.conftest import Run

CARD = "BEGIN:VCARD\nFN:Ada King\nEMAIL:ada@king.example\nEND:VCARD\n"


def test_files_and_folders_are_taken_in(run: Run, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "card.vcf").write_text(CARD)
    (box / "table.csv").write_text("Name\nBo\n")
    waits = run("inbox", box, "--dry-run").json
    assert (waits["files"], waits["tables"]) == ([str(box / "card.vcf")], [str(box / "table.csv")])
    made = run("inbox", box).json
    assert (len(made["leads"]), made["known"], made["refused"]) == (1, 0, [])
    assert run("show", f"lead:{made['leads'][0]}").json["name"] == "Ada King"
    assert run("inbox", box / "Taken in" / "card.vcf").json["known"] == 1
    named = run("inbox", box / "table.csv").json
    assert (named["tables"], named["refused"]) == ([str(box / "table.csv")], [])


def test_a_folder_that_cannot_be_read_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "may not be opened" in run("inbox", tmp_path, "--dry-run").err


def test_the_folder_that_is_set_is_meant(run: Run, tmp_path: Path) -> None:
    assert "No inbox folder is set" in run("inbox").err
    (tmp_path / "card.vcf").write_text(CARD)
    run("fields", "lead")
    save(tmp_path / "data" / "settings.json", Settings(inbox_folder=str(tmp_path)))
    assert len(run("inbox").json["leads"]) == 1
    assert "There is no" in run("inbox", tmp_path / "nowhere").err
