"""The history of a record, and the record as it was, on the command line."""

from pathlib import Path

import pytest

from crm_desktop.cli import main
from tests.cli.conftest import Run


def test_a_record_tells_its_history_in_words_and_how_it_was(run: Run) -> None:
    lead = f"lead:{run('add', 'lead', 'name=Ann Beck', 'source=Fair').json['id']}"
    run("set", lead, "source=Web")
    told = [row["words"] for row in run("history", "--record", lead).json["fields"]]
    assert told[0] == "Source: Fair → Web" and "Last name: Beck" in told
    today = run("show", lead, "--as-of", "2030-01-01").json
    assert today["source"] == "Web" and today["changed_since"] == []
    early = run("show", lead, "--as-of", "2020-01-01")
    assert early.code == 2 or "did not exist" in str(early)
    nobody = run("history", "--record", "lead:5")
    assert nobody.code == 1 and "no lead with the number 5" in nobody.err


def test_actions_are_told_in_sentences(run: Run) -> None:
    number = run("add", "lead", "name=Ada King", "company_name=King Ltd").json["id"]
    done = run("convert", number).json["action"]
    run("set", f"lead:{run('add', 'lead', 'name=Bo').json['id']}", "source=Fair")
    assert run("undo", done).json["what"] == "Undone: Ada King converted"
    assert run("undo").json["what"] == "Redone: Ada King converted"
    assert run("redo").json["what"] == "Undone: Ada King converted"
    told = [row["what"] for row in run("history").json["rows"]]
    assert told[-2:] == ["Ada King converted", "Ada King added"] and "Bo changed" in told
    assert {"verb", "kind", "subject", "count", "state"} <= set(run("history").json["rows"][0])


def test_people_read_what_was_undone_and_every_word_of_it(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> list[str]:
        capfd.readouterr()
        assert main(["--data-dir", str(tmp_path / "data"), "history", *words]) == 0
        return capfd.readouterr().out.splitlines()

    lead = f"lead:{run('add', 'lead', 'name=Ada King', 'company_name=Hotel Adler Betriebs GmbH').json['id']}"
    run("set", lead, "company_name=Hotel Adler Gastronomie GmbH")
    run("undo")
    first, second, third = told()[1:]
    assert first.endswith("Undone: Ada King changed") and "abandoned" not in first
    assert " undone  Ada King changed" in second and third.endswith("Ada King added")
    run("redo")
    words = "Company: Hotel Adler Betriebs GmbH → Hotel Adler Gastronomie GmbH"
    assert any(line.endswith(words) for line in told("--record", lead))


def test_a_record_is_put_back_as_it_was_on_a_day(run: Run) -> None:
    day = ("--now", "2026-11-12T10:05")
    lead = f"lead:{run('add', 'lead', 'name=Ada King', 'source=Fair', 'city=Ulm', *day).json['id']}"
    later = ("--now", "2026-11-14T10:05")
    run("set", lead, "source=Web", "city=Bonn", *later)
    back = ("restore", lead, "--as-of", "2026-11-13")
    assert run(*back, "--fields", "city", *later).json["fields"] == ["city"]
    assert run("show", lead).json["source"] == "Web"
    assert run(*back, *later).json["fields"] == ["source"]
    for words, said in (
        (back, "Of this lead nothing can be put back to 2026-11-13."),
        ((*back, "--fields", "city"), "Of “city” nothing can be put back"),
        (("restore", lead, "--as-of", "2026-11-01"), "did not exist on 2026-11-01"),
        (("restore", lead, "--fields", "city"), "Say of which day"),
        (("restore", lead), "not in the bin"),
    ):
        refused = run(*words, *later)
        assert refused.code == 1 and said in refused.err


def test_an_older_action_and_its_undo_are_told_by_what_was_done(run: Run) -> None:
    first = run("add", "lead", "name=Ada King").json["action"]
    run("add", "lead", "name=Ben Long")
    steps = [("undo", first), ("undo",), ("redo",)]
    told = [run(*map(str, step)).json["what"] for step in steps]
    run("add", "lead", "name=Cy Moss")
    told.append(run("undo", "3").json["what"])
    undone, redone = "Undone: Ada King added", "Redone: Ada King added"
    assert told == [undone, redone, undone, redone]
    listed = [row["what"] for row in run("history").json["rows"]]
    assert listed == [redone, "Cy Moss added", undone, redone, undone, "Ben Long added", "Ada King added"]
