"""Filters, views and the search on the command line."""

import json

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def base(run: Run) -> Run:
    """Three leads with what happened to them."""
    firm = run("add", "company", "name=Astoria", "industry=Hotel").json["id"]
    person = run("add", "person", "name=Ida Berg", f"company=company:{firm}").json["id"]
    numbers = {}
    for name, score, source in (("Noor Müller", 86, "Website"), ("Luca O'Brien", 76, "Fair"), ("Amara", 38, "Fair")):
        words = (f"name={name}", f"score={score}", f"source={source}", "value=900 EUR")
        numbers[name] = run("add", "lead", *words).json["id"]
    run("set", f"lead:{numbers['Amara']}", "tags=hot")
    for name, day in (("Noor Müller", "2026-11-01"), ("Luca O'Brien", "2026-07-01")):
        run("add", "activity", "type=visit", f"happened_on={day}", "subject=Talk", f"lead=lead:{numbers[name]}")
    for amount, day in (("4000 EUR", "2026-05-01"), ("3000 EUR", "2026-06-01"), ("9000 EUR", "2024-06-01")):
        run("add", "purchase", f"person=person:{person}", f"amount={amount}", f"bought_on={day}")
    return run


FILTERS = [
    ("lead", "score>70 source:fair", ["Luca O'Brien"]),
    ("lead", "(source:web OR tags:hot) -score<50", ["Noor Müller"]),
    ("lead", "-(source:web OR tags:hot)", ["Luca O'Brien"]),
    ("lead", "-activities(type:visit happened_on>=-60d)", ["Amara", "Luca O'Brien"]),
    ("lead", "activities:none", ["Amara"]),
    ("lead", "activities>=1 score>80", ["Noor Müller"]),
    ("lead", "activities(happened_on:this_month)", ["Noor Müller"]),
    ("lead", "activities(happened_on<this_quarter)", ["Luca O'Brien"]),
    ("lead", "source=fair,website score>=76", ["Luca O'Brien", "Noor Müller"]),
    ("lead", "created_at:today next:none value>800EUR tags:any", ["Amara"]),
    ("person", "company.industry:hotel", ["Ida Berg"]),
    ("person", "sum(purchases.amount)(bought_on>=-12m)>5000EUR", ["Ida Berg"]),
    ("person", "sum(purchases.amount)(bought_on>=-12m)>8000EUR", []),
]


@pytest.mark.parametrize(("kind", "typed", "names"), FILTERS)
def test_filters_mean_the_same_typed_and_in_json(base: Run, kind: str, typed: str, names: list[str]) -> None:
    found = base("list", kind, "--filter", typed)
    assert sorted(row["name"] for row in found.json["rows"]) == names
    assert base("save-view", kind, "It", "--filter", typed).code == 0
    (view,) = base("views", kind).json["rows"]
    assert view["count"] == len(names)
    again = base("list", kind, "--filter", json.dumps(view["filter"]))
    assert again.json["rows"] == found.json["rows"]


def test_views_are_saved_shown_renamed_and_deleted(base: Run) -> None:
    assert base("save-view", "lead", "Fair", "--filter", "source:fair", "--sort", "score").code == 0
    assert base("save-view", "lead", "Fair", "--filter", "source:fair", "--sort", "score:desc").code == 0
    rows = base("list", "lead", "--view", "fair").json["rows"]
    assert [row["name"] for row in rows] == ["Luca O'Brien", "Amara"]
    assert base("list", "lead", "--view", "fair", "--filter", "score<50", "--count").json["count"] == 1
    assert base("rename-view", "lead", "Fair", "Trade fair").json["verb"] == "rename_view"
    assert [row["name"] for row in base("views", "lead").json["rows"]] == ["Trade fair"]
    refused = base("list", "lead", "--view", "Fair")
    assert "Trade fair" in refused.err
    assert base("delete-view", "lead", "Trade fair").code == 0
    assert base("undo").code == 0
    assert len(base("views", "lead").json["rows"]) == 1


def test_lists_are_grouped_and_views_keep_it(base: Run) -> None:
    listed = base("list", "lead", "--group", "source", "--sort", "score:desc").json
    assert sum(group["count"] for group in listed["groups"]) == listed["count"] == len(listed["rows"])
    assert [row["source"] for row in listed["rows"]] == [
        group["value"] for group in listed["groups"] for _ in range(group["count"])
    ]
    assert base("save-view", "lead", "Sources", "--group", "source", "--sort", "score:desc").code == 0
    assert base("list", "lead", "--view", "sources").json == listed
    assert base("views", "lead").json["rows"][0]["group"] == "source"
    assert "cannot be grouped" in base("list", "lead", "--group", "tags").err


def test_views_are_put_in_order(base: Run) -> None:
    for name in "ABC":
        base("save-view", "lead", name)
    assert base("order-views", "lead", "C", "a").code == 0
    assert [row["name"] for row in base("views", "lead").json["rows"]] == ["C", "A", "B"]
    assert base("undo").code == 0
    assert [row["name"] for row in base("views", "lead").json["rows"]] == ["A", "B", "C"]
    assert base("order-views", "lead", "D").code == 1


def test_a_view_says_which_of_its_fields_are_gone(base: Run) -> None:
    assert base("add-field", "lead", "Hobby", "text").code == 0
    assert base("save-view", "lead", "Golf", "--filter", "hobby:golf source:fair").code == 0
    assert base("delete-field", "lead", "hobby").code == 0
    (view,) = base("views", "lead").json["rows"]
    assert (view["gone"], view["count"]) == (["lead.hobby"], 2)
    assert base("list", "lead", "--view", "Golf", "--count").json["count"] == 2
    assert "hobby" in base("list", "lead", "--filter", "hobby:golf").err


def test_the_search_finds_every_spelling(base: Run) -> None:
    for words, kind, title in (
        ("muller", "lead", "Noor Müller"), ("obrien", "lead", "Luca O'Brien"), ("astor", "company", "Astoria"),
    ):  # fmt: skip
        rows = base("search", words).json["rows"]
        assert (kind, title) in [(row["kind"], row["title"]) for row in rows]
    (row, *_) = base("search", "talk", "--kind", "activity").json["rows"]
    assert row["about"].startswith("lead:")


def test_an_activity_without_a_subject_is_called_by_its_type(base: Run) -> None:
    lead = base("list", "lead").json["rows"][0]["id"]
    base("add", "activity", "type=email_out", f"lead={lead}", "note=Zirbenholz")
    assert [row["title"] for row in base("search", "zirbenholz").json["rows"]] == ["Email sent"]


@pytest.mark.parametrize("stored", ["+49 451 2334", "0451 2334-17", "+49 (0)451 23 34", "0049451 2334", "0451/2334"])
@pytest.mark.parametrize(
    "typed",
    ["0451 2334", "451-2334", "4512334", "+49 451 2334", "+494512334", "0049 451 2334", "(0451) 23", "451/2334",
     "Beck 0451 2334"],
)  # fmt: skip
def test_a_phone_number_is_found_however_it_is_typed(run: Run, stored: str, typed: str) -> None:
    run("add", "lead", "name=Ann Beck", f"phone={stored}")
    run("add", "lead", "name=Bo Carl", "phone=+49 30 123456")
    assert [row["title"] for row in run("search", "--", typed).json["rows"]] == ["Ann Beck"]


@pytest.mark.parametrize("stored", ["+1 (212) 451-2334", "2124512334"])
@pytest.mark.parametrize("typed", ["451-2334", "(212) 451", "2334", "12334"])
def test_a_part_of_a_number_is_found(run: Run, stored: str, typed: str) -> None:
    run("add", "person", "name=Ann Beck", f"phone={stored}")
    assert [row["title"] for row in run("search", typed).json["rows"]] == ["Ann Beck"]
