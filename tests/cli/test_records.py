"""Single records, lists and the journal on the command line."""

from pathlib import Path

import pytest

from crm_desktop.paths import DataDir
from crm_desktop.services.lock import writing
from tests.cli.conftest import Run


def test_a_record_is_added_shown_changed_deleted_and_taken_back(run: Run) -> None:
    made = run("add", "lead", "name=Joanna Whitlock", "email=joanna@fenwick.example", "value=1,200.50", "score=72")
    assert made.code == 0
    lead = f"lead:{made.json['id']}"
    shown = run("show", lead).json
    assert (shown["first_name"], shown["last_name"], shown["email"]) == (
        "Joanna",
        "Whitlock",
        ["joanna@fenwick.example"],
    )
    assert shown["value"] == {"amount": "1200.50", "currency": "EUR"}
    assert run("set", lead, "score=80", "tags=hot, fair").code == 0
    assert run("list", "leads", "--filter", "score>75 tags:hot", "--count").json == {"kind": "lead", "count": 1}
    assert run("delete", lead).code == 0
    assert run("list", "lead", "--count").json["count"] == 0
    assert run("show", lead).json["deleted"] is True
    assert run("restore", lead).code == 0
    for _ in range(4):
        assert run("undo").code == 0
    assert run("list", "lead", "--count").json["count"] == 0
    assert run("redo").code == 0
    assert run("show", lead).json["score"] == 72
    assert [row["verb"] for row in run("history").json["rows"]][-4:] == ["restore", "delete", "set", "add"]


def test_lists_are_sorted_cut_and_filtered_by_json(run: Run) -> None:
    for name, score in (("A", 10), ("B", 30), ("C", 20)):
        run("add", "lead", f"name={name}", f"score={score}")
    found = run("list", "lead", "--sort", "score:desc", "--limit", "2").json
    assert ([row["name"] for row in found["rows"]], found["count"]) == (["B", "C"], 3)
    wanted = '{"kind": "lead", "where": {"field": "score", "op": "at_least", "value": 20}}'
    assert run("list", "lead", "--filter", wanted, "--count").json["count"] == 2


def test_a_deal_moves_and_is_lost_with_a_reason(run: Run) -> None:
    deal = run("add", "deal", "name=Fit-out", "amount=42000").json["id"]
    assert run("move", deal, "Proposal").json["stage"] == "Proposal"
    assert run("show", f"deal:{deal}").json["probability"] == 30
    refused = run("move", deal, "Lost")
    assert refused.code == 1
    assert "reason" in refused.err.lower()
    assert run("move", deal, "lost", "--reason", "price").code == 0
    assert run("show", f"deal:{deal}").json["status"] == "lost"
    assert run("undo").code == 0
    assert run("show", f"deal:{deal}").json["stage"] == "Proposal"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("list", "robots"), 1, "no kind of record called “robots”"),
        (("list", "lead", "--filter", "colour:red"), 1, "no field “colour”"),
        (("list", "lead", "--filter", "{not json"), 1, "not a filter"),
        (("list", "lead", "--sort", "note"), 1, "cannot be ordered by"),
        (("show", "lead:7"), 1, "no lead with the number 7"),
        (("show", "seven"), 1, "not a record"),
        (("show", "lead:²"), 1, "not a record"),
        (("history", "--record", f"lead:{2**63}"), 1, "not a record"),
        (("history", "--limit", "-3"), 2, "not a number"),
        (("undo", str(2**63)), 2, "not a number"),
        (("unmerge", "²"), 2, "not a number"),
        (("list", "lead", "--sort", "score:down"), 1, "write score or score:desc"),
        (("add", "lead", "score=5"), 1, "needs a name"),
        (("add", "lead", "Joanna"), 1, "not FIELD=VALUE"),
        (("add", "lead", "name=J", "score=high"), 1, "Needs a whole number"),
        (("add", "lead", "name=J", "score=101"), 1, "from 0 to 100"),
        (("add", "lead", "name=J", "email=nobody"), 1, "needs an @"),
        (("add", "lead", "name=J", "last_touch=2026-01-01"), 1, "worked out by the program"),
        (("add", "customer", "name=J"), 1, "a company or a person"),
        (("set", "lead:7", "score=5"), 1, "no lead with the number 7"),
        (("delete", "lead:7"), 1, "no lead with the number 7"),
        (("undo",), 1, "nothing to undo"),
        (("redo",), 1, "nothing to redo"),
        (("report", "sales", "--from", "soon"), 1, "not a date"),
        (("report", "weather"), 2, "invalid choice"),
        (("list",), 2, "required"),
        (("--now", "noon", "list", "lead"), 2, "not a date or time"),
    ],
)
def test_bad_words_get_one_sentence(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    answer = run(*words)
    assert answer.code == code
    assert said in answer.err
    assert "Traceback" not in answer.err
    if code == 1:
        assert len(answer.err.strip().splitlines()) == 1


def test_a_writer_beside_an_open_window_is_told_so(run: Run, tmp_path: Path) -> None:
    run("add", "lead", "name=A")
    with writing(DataDir(tmp_path / "data")):
        answer = run("add", "lead", "name=B")
        assert answer.code == 1
        assert answer.err.startswith("CRM Desktop is open with this data already.")
        assert run("list", "lead", "--count").json["count"] == 1
    assert run("add", "lead", "name=B").code == 0


def test_a_bug_is_reported_in_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", "lead", "name=A")
    monkeypatch.setattr("crm_desktop.services.lists.ListService.count", lambda *_: 1 // 0)
    answer = run("list", "lead", "--count")
    assert answer.code == 3
    report = next((tmp_path / "data" / "logs").glob("crash-*.txt"))
    assert str(report) in answer.err
    assert "ZeroDivisionError" in (text := report.read_text("utf-8"))
    assert "by zero" not in text  # what an error says may quote a record


def test_an_older_action_is_reverted_field_by_field(run: Run) -> None:
    made = run("add", "lead", "name=Ada Byron", "score=10").json["id"]
    changed = run("set", f"lead:{made}", "score=20", "source=Fair").json["action"]
    run("set", f"lead:{made}", "score=30")
    answer = run("undo", changed).json
    assert [(c["field"], c["now"], c["wanted"]) for c in answer["conflicts"]] == [("score", 30, 10)]
    shown = run("show", f"lead:{made}").json
    assert (shown["source"], shown["score"]) == (None, 30)
    assert run("undo").code == 0
    assert run("show", f"lead:{made}").json["source"] == "Fair"


def test_what_later_records_use_is_taken_back_only_when_said(run: Run) -> None:
    made = run("add", "company", "name=Acme").json
    run("add", "deal", "name=A", "company=Acme")
    refused = run("undo", made["action"])
    assert refused.code == 1 and "1 deal" in refused.err and "--anyway" in refused.err
    assert run("list", "company", "--count").json["count"] == 1
    assert run("undo", made["action"], "--anyway").code == 0
    assert run("list", "company", "--count").json["count"] == 0
    assert "already" in run("undo", made["action"]).err


def test_the_history_of_a_record_names_its_fields(run: Run) -> None:
    made = run("add", "lead", "name=Ada Byron", "score=10").json["id"]
    run("set", f"lead:{made}", "score=20")
    fields = run("history", "--record", f"lead:{made}").json["fields"]
    assert (fields[0]["field"], fields[0]["old"], fields[0]["new"]) == ("score", 10, 20)


def test_a_list_as_of_a_day_shows_what_was(run: Run) -> None:
    made = run("--now", "2026-11-01T09:00", "add", "lead", "name=Ada", "score=10").json["id"]
    run("--now", "2026-11-05T09:00", "set", f"lead:{made}", "score=50")
    then = run("list", "lead", "--as-of", "2026-11-03").json
    assert [row["score"] for row in then["rows"]] == [10]
    assert run("list", "lead", "--as-of", "2026-10-01", "--count").json["count"] == 0
    assert run("list", "lead").json["rows"][0]["score"] == 50


@pytest.mark.parametrize(("words", "said"), [
    (("add", "company", "name=A", "employees=1e300"), "at most 18 digits"),
    (("add", "lead", "name=A", "value=1e30"), "at most"), (("add", "purchase", "amount=5"), "exactly one"),
    (("add", "lead", "name=A", "lifecycle="), "cannot be empty"), (("add", "lead", "note=x"), "needs a name"),
    (("add", "lead", "name"), "FIELD=VALUE"), (("list", "lead", "--filter", "score>inf"), "too large"),
    (("list", "lead", "--filter", "((((("), "is not closed"), (("list", "lead", "--sort", "ghost"), "be ordered"),
    (("list", "lead", "--filter", '{"kind": "lead", "where": {"field": "created_at", "op": "is", "value": "T"}}'),
     "an instant"),
    (("list", "lead", "--filter", '{"kind": "deal"}'), "of the kind “deal”"), (("list", "ghost"), "no kind"),
    (("restore", "lead:5"), "not in the bin"), (("show", "lead:5"), "no lead with"), (("show", "5"), "write it"),
    (("undo",), "nothing to undo"), (("undo", "7"), "none that can be taken back"), (("redo",), "nothing to redo"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_days_of_a_filter_are_those_of_the_place(run: Run) -> None:
    """At one in the morning in Helsinki a lead of this night is one of today, though it is yesterday in UTC."""
    now = ("--now", "2026-11-12T01:00+02:00")
    assert run(*now, "add", "lead", "name=Ann Beck").code == 0
    for text, count in (
        ("created:today", 1),
        ("created:2026-11-12", 1),
        ("created:2026-11-11", 0),
        ("created<today", 0),
    ):
        assert run(*now, "list", "lead", "--filter", text, "--count").json["count"] == count
    assert run(*now, "report", "funnel", "--from", "2026-11-12").json["rows"][0]["count"] == 1
    later = ("--now", "2026-11-13T01:00+02:00")
    assert (
        run(*later, "list", "lead", "--as-of", "2026-11-12", "--filter", "created:today", "--count").json["count"] == 1
    )
    assert run(*later, "list", "lead", "--as-of", "2026-11-11", "--count").json["count"] == 0


def test_a_filter_may_begin_with_a_minus(run: Run) -> None:
    run("add", "lead", "name=Ada", "tags=hot")
    run("add", "lead", "name=Bea")
    assert [row["name"] for row in run("list", "lead", "--filter", "-tags:hot").json["rows"]] == ["Bea"]
    assert run("list", "lead", "--filter=-tags:hot", "--count").json["count"] == 1
    assert run("list", "lead", "--filter").code == 2


def test_many_records_are_set_by_a_filter_and_counted_before(run: Run) -> None:
    for score in (10, 80, 90):
        run("add", "lead", f"name=Lead {score}", f"score={score}")
    assert run("set", "leads", "source=Web", "--filter", "score>70", "--dry-run").json == {"kind": "lead", "count": 2}
    assert run("list", "lead", "--filter", "source:web", "--count").json["count"] == 0
    done = run("set", "leads", "source=Web", "--filter", "score>70")
    assert (done.json["count"], done.json["touched"]["lead"]) == (2, 2)
    assert run("list", "lead", "--filter", "source:web", "--count").json["count"] == 2
    assert run("set", "leads", "score=much", "--filter", "score>70", "--dry-run").code == 1
    run("undo")
    assert run("list", "lead", "--filter", "source:web", "--count").json["count"] == 0


@pytest.mark.parametrize(
    ("kind", "word", "back", "found", "then"),
    [
        ("lead", "tags+=vip", "tags-=vip", "tags:vip", 3),
        ("deal", "expected_close+=2w", "expected_close-=14d", "expected_close:2026-12-15", 2),
    ],
)
def test_many_records_are_tagged_or_moved_in_time(
    run: Run, kind: str, word: str, back: str, found: str, then: int
) -> None:
    for day in ("2026-12-01", "2026-12-01", ""):
        run("add", kind, f"name={day}x", *([f"expected_close={day}"] if kind == "deal" else ["score=80"]))
    foreseen = run("set", kind, word, "--filter", "name:x", "--dry-run").json
    assert foreseen == {"kind": kind, "count": 3, "changed": then}
    assert run("list", kind, "--filter", found, "--count").json["count"] == 0
    assert run("set", kind, word, "--filter", "name:x").json["count"] == 3
    assert run("list", kind, "--filter", found, "--count").json["count"] == then
    assert run("set", kind, back, "--filter", "name:x").code == 0
    assert run("list", kind, "--filter", found, "--count").json["count"] == 0
    run("undo")
    run("undo")
    assert run("list", kind, "--filter", found, "--count").json["count"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["name+=7d"], "cannot be changed like this"),
        (["expected_close+=soon"], "no span of days"),
        (["expected_close+=1d", "name=X"], "changed alone"),
    ],
)
def test_what_cannot_be_moved_says_why(run: Run, words: list[str], said: str) -> None:
    deal = run("add", "deal", "name=A").json["id"]
    refused = run("set", f"deal:{deal}", *words)
    assert refused.code == 1 and said in refused.err


def test_many_records_are_deleted_after_a_count(run: Run) -> None:
    for score in (10, 80, 90):
        run("add", "lead", f"name=Lead {score}", f"score={score}")
    assert run("delete", "leads", "--filter", "score>70", "--dry-run").json == {"kind": "lead", "count": 2}
    refused = run("delete", "customers", "--filter", "revenue>0", "--dry-run")
    assert refused.code == 1 and "company or a person" in refused.err
    for command in (["delete", "leads"], ["set", "leads", "score=0"]):
        refused = run(*command, "--filter", " ")
        assert refused.code == 1 and "every record" in refused.err
    assert run("list", "lead", "--count").json["count"] == 3
    assert run("delete", "leads", "--filter", "score>70").json["touched"] == {"lead": 2}
    assert run("list", "lead", "--count").json["count"] == 1
    run("undo")
    assert run("list", "lead", "--count").json["count"] == 3


def test_the_bin_is_listed_and_searched(run: Run) -> None:
    lead = f"lead:{run('add', 'lead', 'name=Ann Fenwick').json['id']}"
    run("add", "task", "title=Call", f"lead={lead.removeprefix('lead:')}")
    assert run("delete", lead).code == 0
    [row] = run("bin", "fenwick", "--kind", "lead").json["rows"]
    assert (row["record"], row["name"], row["verb"], row["merged_into"]) == (lead, "Ann Fenwick", "delete", None)
    assert run("bin", "nobody").json["rows"] == []
    assert run("restore", lead).code == 0 and run("bin").json["rows"] == []


def test_sample_data_goes_and_leaves_what_was_changed(run: Run) -> None:
    run("demo")
    lead = run("list", "lead", "--limit", "1").json["rows"][0]["id"]
    run("set", f"lead:{lead}", "job_title=Owner")
    done = run("demo", "--remove", "--keep-changed").json
    assert (done["verb"], done["changed"]) == ("demo_remove", {"lead": 1})
    assert run("list", "lead", "--count").json["count"] == 1 and run("demo", "--remove").code == 1
