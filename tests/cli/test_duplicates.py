"""The command `duplicates`."""

import csv
import itertools
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def people(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "Number,First name,Last name,Email\n1,Joanna,Whitlock,j.whitlock@fenwick.example\n"
        "2,Bert,Ohm,bert@ohm.example\n3,Jo,Whitlock,J.Whitlock@fenwick.example\n",
        "utf-8",
    )
    assert run("import", "person", path, "--map", "source_id=Number").json["new"] == 3


def test_groups_are_told_with_confidence_and_reasons(run: Run, tmp_path: Path) -> None:
    people(run, tmp_path)
    done = run("duplicates", "people")
    assert done.code == 0
    assert done.json["kind"] == "person"
    (group,) = done.json["groups"]
    assert group["confidence"] == 100
    assert group["reasons"][0] == "same_email"
    assert [(each["source_id"], each["name"]) for each in group["records"]] == [
        ("1", "Joanna Whitlock"), ("3", "Jo Whitlock"),
    ]  # fmt: skip
    assert set(group["records"][0]) == {"id", "source_id", "name"}
    assert "pairs compared (100 %)" in done.err


def test_people_read_it_as_a_table(run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from crm_desktop.cli import main

    people(run, tmp_path)
    capfd.readouterr()
    assert main(["--data-dir", str(tmp_path / "data"), "duplicates", "person"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].split() == ["group", "confidence", "id", "source_id", "name", "reasons"]
    assert "Joanna Whitlock" in lines[1]
    assert "same email" in lines[1]
    assert lines[-1] == "groups: 1"


def test_nothing_is_told_below_a_confidence(run: Run, tmp_path: Path) -> None:
    run("add", "person", "last_name=Ohm", "phone=+44 20 7946 0018")
    run("add", "person", "last_name=Whitlock", "phone=+44 20 7946 0018")
    assert [group["confidence"] for group in run("duplicates", "person").json["groups"]] == [40]
    assert run("duplicates", "person", "--min-confidence", 41).json["groups"] == []
    assert run("duplicates", "person", "--min-confidence", 101).code == 1


def test_leads_beside_people_say_which_they_are(run: Run) -> None:
    run("add", "person", "last_name=Ohm", "email=ohm@ohm.example")
    run("add", "lead", "last_name=Ohm", "email=ohm@ohm.example")
    (group,) = run("duplicates", "leads", "--beside", "people").json["groups"]
    assert {each["kind"] for each in group["records"]} == {"lead", "person"}


def test_a_kind_without_duplicates_is_refused_in_a_sentence(run: Run) -> None:
    done = run("duplicates", "deals")
    assert done.code == 1
    assert done.err.strip() == "Duplicates are looked for among lead, company and person, not deal."
    assert run("duplicates").code == 2


@pytest.mark.parametrize(("kind", "unmapped"), [("person", "custom"), ("person", "note"), ("lead", "custom")])
def test_distorted_people_are_found_again(run: Run, shared_data: Path, kind: str, unmapped: str) -> None:
    folder = shared_data / "dedupe_febrl"
    file = folder / "febrl1_input.csv"
    assert run("import", kind, file, "--map", "source_id=Row", "--unmapped", unmapped).code == 0
    entities: dict[str, list[str]] = {}
    with (folder / "febrl1_truth.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            entities.setdefault(row["entity"], []).append(row["Row"])
    right = {frozenset(pair) for rows_ in entities.values() for pair in itertools.combinations(rows_, 2)}
    found = {
        frozenset(pair)
        for group in run("duplicates", kind).json["groups"]
        for pair in itertools.combinations([each["source_id"] for each in group["records"]], 2)
    }
    assert 2 * len(found & right) / (len(found) + len(right)) >= 0.98
