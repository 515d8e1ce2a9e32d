"""Leads are converted, records merged, and both taken back, on the command line."""

from tests.cli.conftest import Run


def added(run: Run, kind: str, *values: str) -> int:
    return int(run("add", kind, *values).json["id"])


def test_a_lead_is_converted_and_becomes_a_lead_again(run: Run) -> None:
    lead = added(run, "lead", "name=Ann Beck", "company_name=Acme", "email=a@acme.example", "value=1000")
    firm = added(run, "company", "name=ACME", "industry=Steel")
    plan = run("convert", lead, "--dry-run").json["plans"][0]
    assert (plan["person"]["take"], plan["company"]["take"], plan["deal"]["take"]) == ("new", firm, "new")
    assert plan["company"]["offers"] == [{"id": firm, "name": "ACME", "why": "name"}]
    assert run("list", "person", "--count").json["count"] == 0
    done = run("convert", f"lead:{lead}", "--company", firm, "--set", "name=Big", "amount=500 EUR").json
    [row] = done["rows"]
    assert done["verb"] == "convert" and row["company"] == firm
    deal = run("show", f"deal:{row['deal']}").json
    assert (deal["name"], deal["amount"]) == ("Big", {"amount": "500.00", "currency": "EUR"})
    refused = run("set", f"lead:{lead}", "source=fair")
    assert refused.code == 1 and "take its conversion back" in refused.err
    task = added(run, "task", "title=later", f"person=person:{row['person']}")
    looked = run("unconvert", lead, "--dry-run").json
    assert run("show", f"lead:{lead}").json["status_type"] == "converted"
    assert [gone["record"] for gone in looked["gone"]] == [f"deal:{row['deal']}"]
    back = run("unconvert", lead).json
    assert {name: back[name] for name in looked} == looked
    assert [kept["record"] for kept in back["kept"]] == [f"person:{row['person']}"]
    assert [later["record"] for later in back["later"]] == [f"task:{task}"]
    assert run("show", f"lead:{lead}").json["status_type"] == "open"
    assert run("show", f"deal:{row['deal']}").json["deleted"] is True


def test_the_deal_may_be_left_out(run: Run) -> None:
    lead = added(run, "lead", "name=Ann Beck")
    [row] = run("convert", lead, "--deal", "none").json["rows"]
    assert row["deal"] is None and row["company"] is None
    assert run("convert", lead).code == 1
    assert run("convert", added(run, "lead", "name=Bo"), "--person", "company:5").code == 1


def test_records_are_merged_and_come_apart(run: Run) -> None:
    first = added(run, "person", "name=Ann Beck", "job_title=CEO")
    second = added(run, "person", "name=Anna Beck", "job_title=CTO", "email=a@x.de")
    task = added(run, "task", "title=call", f"person=person:{second}")
    plan = run("merge", f"person:{first}", f"person:{second}", "--dry-run").json
    told = {row["field"]: (row["kept"], row["rule"]) for row in plan["rows"]}
    assert (told["job_title"], told["email"]) == (("CEO", "survivor"), (["a@x.de"], "united"))
    assert plan["children"] == {"task": 1}
    done = run("merge", f"person:{first}", f"person:{second}", "--keep", f"job_title={second}").json
    shown = run("show", f"person:{first}").json
    assert (shown["job_title"], shown["email"]) == ("CTO", ["a@x.de"])
    assert run("show", f"person:{second}").json["deleted"] is True
    refused = run("restore", f"person:{second}")
    assert refused.code == 1 and "merged into “Ann Beck”; take the merge apart instead" in refused.err
    back = run("unmerge", done["action"]).json
    assert (back["restored"], back["conflicts"]) == ([second], [])
    assert run("show", f"person:{first}").json["job_title"] == "CEO"
    assert run("show", f"task:{task}").json["person"] == "Anna Beck"
    assert run("unmerge", done["action"]).code == 1
    assert run("merge", f"person:{first}", "company:5").code == 1


def test_everything_that_was_found_is_merged_at_once(run: Run) -> None:
    for name in ("Ann Beck", "Zoltan Fürst", "Mia Okafor"):
        for _ in range(2):
            added(run, "person", f"name={name}", f"email={name.split()[0].lower()}@{name[-3:]}.example")
    merged = run("duplicates", "person", "--merge").json
    assert (merged["groups"], merged["records"]) == (3, 3)
    assert run("list", "person", "--count").json["count"] == 3
    assert len(run("unmerge", merged["action"]).json["restored"]) == 3
    assert run("list", "person", "--count").json["count"] == 6
