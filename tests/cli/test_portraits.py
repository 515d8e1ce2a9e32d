"""The timeline of a record and the portrait of a customer, on the command line."""

import json

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def hotel(run: Run) -> str:
    """A company with a person, a deal, talk, a task and a purchase."""
    hotel = f"company:{run('add', 'company', 'name=Hotel Astoria').json['id']}"
    ada = f"person:{run('add', 'person', 'name=Ada King', f'company={hotel}').json['id']}"
    run("add", "deal", "name=Fit-out", f"company={hotel}", "amount=500 EUR")
    run("add", "activity", "type=visit", "subject=Tasting", f"person={ada}", "happened_on=2026-11-10", "minutes=30")
    run("add", "activity", "type=call", "subject=Asked", f"company={hotel}", "happened_on=2026-11-09")
    run("add", "task", "title=Send quote", f"company={hotel}", "due_on=2026-11-01")
    run("add", "purchase", f"company={hotel}", "amount=20 EUR", "bought_on=2026-11-02")
    return hotel


def test_a_timeline_tells_what_is_to_do_and_what_happened(run: Run, hotel: str) -> None:
    told = run("show", hotel, "--timeline").json
    assert (told["kind"], told["count"]) == ("company", 5)
    assert [(row["type"], row.get("title")) for row in told["rows"]] == [
        ("task", "Send quote"), ("opened", "Fit-out"), ("visit", "Tasting"), ("call", "Asked"), ("purchase", None),
    ]  # fmt: skip
    assert told["rows"][2]["record"].startswith("activity:")
    assert {name: told["rows"][2][name] for name in ("when", "who", "minutes")} == {
        "when": "2026-11-10", "who": "Ada King", "minutes": 30,
    }  # fmt: skip
    assert told["rows"][1]["amount"] == {"amount": "500.00", "currency": "EUR"}
    assert [row["type"] for row in run("show", hotel, "--timeline", "--limit", 2).json["rows"]] == ["task", "opened"]


@pytest.mark.parametrize(("type_", "count"), [("visit", 1), ("Visits", 1), ("notes", 0), ("deal", 1), ("tasks", 1)])
def test_a_timeline_is_narrowed(run: Run, hotel: str, type_: str, count: int) -> None:
    told = run("show", hotel, "--timeline", "--type", type_).json
    assert told["count"] == len(told["rows"]) == count


def test_a_portrait_tells_figures_with_their_filters_and_what_to_know(run: Run, hotel: str) -> None:
    told = run("show", hotel, "--portrait").json
    figure = told["figures"]["revenue"]
    assert figure["value"] == {"amount": "20.00", "currency": "EUR"} and figure["filter"]["kind"] == "customer"
    assert [each["kind"] for each in told["filter_sales"]] == ["purchase", "deal"]
    [warning] = told["warnings"]
    assert (warning["warning"], warning["subject"], warning["days"]) == ("overdue", "Send quote", 11)
    assert [step["title"] for step in told["steps"]] == ["Send quote"]
    assert [person["name"] for person in told["people"]] == ["Ada King"]
    assert told["deals"][0]["amount"] == told["figures"]["open_deals"]["value"]
    assert told["purchases"][0]["bought_on"] == "2026-11-02"
    assert [month["n"] for month in told["months"]] == [*[0] * 11, 1]
    late = run("list", "task", "--filter", json.dumps(warning["filter"]), "--count").json
    assert late["count"] == 1


def test_what_cannot_be_told_is_said(run: Run, hotel: str) -> None:
    lead = f"lead:{run('add', 'lead', 'name=Bob').json['id']}"
    assert run("show", lead, "--timeline").json["rows"] == []
    for words, said in (
        ((lead, "--portrait"), "not of a lead"), ((hotel, "--timeline", "--type", "shoes"), "no “shoes”"),
        (("company:7", "--timeline"), "no company with the number 7"), (("person:7", "--portrait"), "no person"),
    ):  # fmt: skip
        answer = run("show", *words)
        assert answer.code == 1 and said in answer.err
    assert run("show", hotel, "--timeline", "--portrait").code == 2
    assert run("show", hotel, "--timeline", "--as-of", "2026-11-01").code == 2
