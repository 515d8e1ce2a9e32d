"""Leads on the command line: read from a text, put aside, come back."""

from tests.cli.conftest import Run


def test_a_signature_becomes_a_lead(run: Run) -> None:
    text = "Ada King\nHead of buying\nKing Ltd\nada@king.example\n020 7946 0182"
    made = run("add", "lead", "source=Card", "--from-text", text).json
    shown = run("show", f"lead:{made['id']}").json
    assert (shown["name"], shown["job_title"], shown["company_name"], shown["source"]) == (
        "Ada King", "Head of buying", "King Ltd", "Card",
    )  # fmt: skip


def test_a_text_of_two_becomes_two_leads_in_one_action(run: Run) -> None:
    made = run("add", "lead", "source=Card", "--from-text", "Ada King\nada@king.example\n\nBo Lee\nbo@lee.example").json
    assert made["touched"]["lead"] == 2 and run("list", "lead", "--filter", "source:card", "--count").json["count"] == 2


def test_a_text_that_says_nothing_is_said(run: Run) -> None:
    for words in (["lead", "--from-text", "see you on friday"], ["person", "--from-text", "Ada King"], ["lead"]):
        assert run("add", *words).code == 1


def test_a_lead_is_put_aside_for_a_reason_and_comes_back_on_a_day(run: Run) -> None:
    lead = f"lead:{run('add', 'lead', 'name=Ada King').json['id']}"
    assert "reason" in run("set", lead, "status=Disqualified").err
    assert run("set", lead, "status=Disqualified", "status_reason=No budget").code == 0
    assert "come back" in run("set", lead, "status=Recycled").err
    assert run("set", lead, "status=Recycled", "return_on=2027-01-10").code == 0
    assert run("list", "lead", "--filter", "status_type:recycled", "--count").json["count"] == 1


def test_leads_are_taken_a_step_on_together(run: Run) -> None:
    one, other = (run("add", "lead", f"name={name}").json["id"] for name in ("Ada King", "Bo Lee"))
    assert run("qualify", one).json["steps"] == {"mql": [one]}
    plan = run("qualify", one, f"lead:{other}", "--dry-run").json
    assert plan == {"steps": {"sql": [one], "mql": [other]}, "need_note": [one], "ready": []}
    assert "qualification note" in run("qualify", one, other).err
    done = run("qualify", one, other, "--note", "Has budget").json
    assert (done["verb"], done["touched"]["lead"]) == ("qualify", 2)
    assert run("list", "lead", "--filter", "lifecycle:sql status_type:qualified", "--count").json["count"] == 1
    assert run("qualify", other, "--step", "lead").code == 1
    run("undo")
    assert run("list", "lead", "--filter", "lifecycle:mql", "--count").json["count"] == 1


def test_statuses_are_records_like_others(run: Run) -> None:
    made = run("add", "lead_status", "name=On hold", "type=working").json["id"]
    lead = f"lead:{run('add', 'lead', 'name=Ada King', 'status=on hold').json['id']}"
    assert run("set", f"lead_status:{made}", "name=Parked").code == 0
    shown = run("show", lead).json
    assert (shown["status"]["name"] if isinstance(shown["status"], dict) else shown["status"]) == "Parked"
    assert shown["status_type"] == "working"
