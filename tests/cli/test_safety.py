"""Backups, checks and encryption on the command line."""

import gzip
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    path = tmp_path / "phrase.txt"
    path.write_text("correct horse\n", "utf-8")
    return path


def test_a_backup_is_made_listed_and_gone_back_to(run: Run, tmp_path: Path) -> None:
    run("add", "lead", "name=A")
    made = run("backup").json["backup"]
    assert [row["path"] for row in run("backups").json["rows"]] == [made]
    run("add", "lead", "name=B")
    would = run("restore-backup", made, "--dry-run").json
    assert (would["now"]["lead"], would["then"]["lead"], would["saved"]) == (2, 1, None)
    assert run("list", "lead", "--count").json["count"] == 2
    done = run("restore-backup", made).json
    assert Path(done["saved"]).exists()
    assert run("list", "lead", "--count").json["count"] == 1
    assert run("add", "lead", "name=C").code == 0


def test_what_was_kept_before_an_update_is_listed_as_that(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    old = gzip.decompress((Path(__file__).parents[1] / "data" / "schema7.crm.gz").read_bytes())
    (tmp_path / "data" / "customers.crm").write_bytes(old)
    assert run("backup").code == 0
    rows = run("backups").json["rows"]
    assert sorted(row["what"] for row in rows) == ["backup", "before the update from schema 7"]
    kept = next(row["path"] for row in rows if row["what"] != "backup")
    assert run("restore-backup", kept).code == 0


def test_a_backup_goes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    run("add", "lead", "name=A")
    out = tmp_path / "copy.crm"
    assert run("backup", out).code == 0
    assert out.stat().st_size > 0


def test_a_sound_base_passes_its_check(run: Run) -> None:
    run("demo")
    assert run("check").json == {"sound": True, "problems": [], "repaired": False}
    assert run("check", "--repair").json["sound"] is True


def test_an_encrypted_base_needs_its_passphrase(run: Run, tmp_path: Path, phrase: Path) -> None:
    run("add", "lead", "name=Secret Person")
    assert run("encrypt", "--passphrase-file", phrase).json == {"encrypted": True}
    assert b"Secret" not in (tmp_path / "data" / "customers.crm").read_bytes()
    shut = run("list", "lead")
    assert (shut.code, "passphrase" in shut.err) == (1, True)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("battery staple", "utf-8")
    assert run("list", "lead", "--passphrase-file", wrong).code == 1
    assert run("list", "lead", "--count", "--passphrase-file", phrase).json["count"] == 1
    assert run("undo", "--passphrase-file", phrase).code == 0
    assert run("decrypt", "--passphrase-file", phrase).json == {"encrypted": False}
    assert run("list", "lead", "--count").json["count"] == 0


def test_encrypting_asks_for_a_passphrase(run: Run) -> None:
    answer = run("encrypt")
    assert (answer.code, "passphrase" in answer.err) == (1, True)


def test_what_is_no_backup_is_refused(run: Run, tmp_path: Path) -> None:
    run("add", "lead", "name=A")
    for name, content in (("text.crm", b"hello world, not a database"), ("missing.crm", None)):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        answer = run("restore-backup", path)
        assert (answer.code, len(answer.err.strip().splitlines())) == (1, 1)
    assert run("list", "lead", "--count").json["count"] == 1
