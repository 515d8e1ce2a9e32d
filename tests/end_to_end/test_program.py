"""The program as a user starts it: its own process, its own folder, its own exit codes and documents."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"read", "new", "updated", "unchanged", "duplicate", "refused"}


class Program:
    """Starts the program on one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}

    def start(self, *words: object) -> "subprocess.CompletedProcess[str]":
        """Run a command in a process of its own, in a folder that is not ours."""
        command = [sys.executable, "-m", "crm_desktop", "--data-dir", self.folder / "data", *words]
        return subprocess.run(
            [str(word) for word in command],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def json(self, *words: object) -> Any:
        """The document that a command answers; nothing else is on either stream."""
        done = self.start(*words, "--json")
        assert (done.returncode, done.stderr) == (0, ""), done
        return json.loads(done.stdout)

    def count(self, kind: str) -> int:
        """How many records of a kind there are."""
        return int(self.json("list", kind, "--count")["count"])


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with an empty folder."""
    return Program(tmp_path)


@pytest.mark.slow
def test_a_day_at_the_command_line(program: Program, tmp_path: Path) -> None:
    made = program.json("demo")
    assert (made["verb"], made["counts"]["lead"]) == ("demo", 248)
    listed = program.json("list", "leads", "--filter", "score>70", "--sort", "score:desc", "--limit", "3")
    assert set(listed) == {"kind", "count", "rows"}
    assert listed["count"] >= len(listed["rows"]) == 3
    assert program.json("list", "lead", "--count") == {"kind": "lead", "count": 248}

    people = tmp_path / "people.csv"
    people.write_text("Name,E-mail,Company\nAda Byron,ada@byron.example,Byron Ltd\nBob,nobody,\n", "utf-8")
    document = program.json("import", "lead", people, "--refused", tmp_path / "refused.csv")
    assert {*COUNTS, "action", "questions", "kinds"} <= set(document)
    assert [document[name] for name in ("read", "new", "refused")] == [2, 1, 1]
    assert document["read"] == sum(document[name] for name in COUNTS - {"read"})
    assert set(document["kinds"]["lead"]) == COUNTS
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Name"] for row in csv.DictReader(file)] == ["Bob"]

    report = program.json("report", "sales")
    assert set(report) == {"report", "period", "figures", "rows"}
    won = report["figures"]["won_count"]
    assert {"value", "unit", "formula", "parameters", "n", "filter"} <= set(won)
    assert program.json("list", "deal", "--count", "--filter", json.dumps(won["filter"]))["count"] == won["value"]
    assert {"amount", "currency"} == set(report["figures"]["won_value"]["value"])

    undone = program.json("undo")
    assert (undone["verb"], undone["undone"]) == ("import", True)
    assert program.count("lead") == 248


@pytest.mark.slow
def test_a_week_of_safety(program: Program, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse\n", "utf-8")
    program.json("add", "lead", "name=Ada Byron")
    backup = program.json("backup")["backup"]
    assert [row["path"] for row in program.json("backups")["rows"]] == [backup]
    program.json("add", "lead", "name=Bob")
    assert program.json("restore-backup", backup, "--dry-run")["then"]["lead"] == 1
    assert program.count("lead") == 2
    assert program.json("restore-backup", backup)["now"]["lead"] == 2
    assert program.count("lead") == 1
    assert program.json("check") == {"sound": True, "problems": [], "repaired": False}
    assert program.json("encrypt", "--passphrase-file", phrase) == {"encrypted": True}
    shut = program.start("list", "lead", "--json")
    assert (shut.returncode, shut.stdout) == (1, "")
    assert program.json("list", "lead", "--count", "--passphrase-file", phrase)["count"] == 1
    picture = program.json("shot", "leads", tmp_path / "leads.png", "--passphrase-file", phrase, "--size", "1100x700")
    assert Path(picture["picture"]).read_bytes().startswith(b"\x89PNG")
    assert program.json("decrypt", "--passphrase-file", phrase) == {"encrypted": False}
    assert program.count("lead") == 1


@pytest.mark.slow
def test_the_program_tests_itself(program: Program) -> None:
    done = program.json("self-test")["done"]
    assert done[0] == "open" and done[-1] == "undo"
    assert {"leads", "pipeline", "analytics"} <= set(done)


def test_words_that_are_wrong(program: Program) -> None:
    assert program.start("--version").stdout == f"CRM Desktop {__version__}\n"
    wrong = program.start("dance")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    missing = program.start("show", "lead:7")
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (1, "", 1)


def test_answers_are_utf_8_whatever_the_console_thinks(program: Program) -> None:
    program.environment |= {"PYTHONIOENCODING": "cp1252:strict"}
    assert program.json("add", "lead", "name=Şükrü 日本")["subject"] == "Şükrü 日本"
    assert "“日本”" in program.start("list", "lead", "--filter", "日本:1").stderr
