"""The history of a record, and the record as it was, on the command line."""

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


def test_actions_are_told_in_sentences(run: Run) -> None:
    number = run("add", "lead", "name=Ada King", "company_name=King Ltd").json["id"]
    done = run("convert", number).json["action"]
    run("set", f"lead:{run('add', 'lead', 'name=Bo').json['id']}", "source=Fair")
    assert run("undo", done).json["what"] == "Conversion of Ada King undone"
    assert run("undo").json["what"] == "Conversion of Ada King redone"
    assert run("redo").json["what"] == "Conversion of Ada King undone"
    told = [row["what"] for row in run("history").json["rows"]]
    assert told[-2:] == ["Ada King converted", "Ada King added"] and "Bo changed" in told
    assert {"verb", "kind", "subject", "count", "state"} <= set(run("history").json["rows"][0])
