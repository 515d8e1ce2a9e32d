"""Fields of the user's own on the command line."""

from tests.cli.conftest import Run


def test_a_field_is_made_filled_renamed_and_deleted(run: Run) -> None:
    made = run("add-field", "lead", "Interested in", "choice", "--choices", "Roof, Solar, Heat pump", "--several").json
    assert (made["verb"], made["kind"], made["name"]) == ("add_field", "lead", "interested_in")
    lead = run("add", "lead", "name=Ann Beck", "interested_in=solar; roof").json["id"]
    assert run("show", f"lead:{lead}").json["interested_in"] == ["Solar", "Roof"]
    assert run("list", "lead", "--filter", "interested_in=roof", "--count").json["count"] == 1
    assert run("rename-field", "lead", "Interested in", "Wants").code == 0
    assert run("list", "lead", "--filter", "wants:roof", "--count").json["count"] == 1
    refused = run("set-choices", "lead", "wants", "Roof,PV")
    assert (refused.code, refused.err.strip()) == (1, "One record holds “Solar”; say what stands there instead.")
    assert run("set-choices", "lead", "wants", "Roof,PV", "--instead", "Solar=PV").code == 0
    assert run("show", f"lead:{lead}").json["interested_in"] == ["PV", "Roof"]
    assert run("delete-field", "lead", "Wants").code == 0
    assert run("fields").json["rows"] == []
    run("undo")
    assert run("fields").json["rows"] == [{
        "kind": "lead", "name": "interested_in", "label": "Wants", "type": "choice", "choices": ["Roof", "PV"],
        "several": True, "target": None, "own": True, "editable": True,
    }]  # fmt: skip


def test_links_and_birthdays_are_typed(run: Run) -> None:
    run("add-field", "deal", "Advisor", "link", "--target", "person")
    run("add-field", "deal", "Fair", "anniversary")
    run("add", "person", "name=Ann Beck", "birthday=15.06.60")
    deal = run("add", "deal", "name=Roof", "advisor=Ann Beck", "fair=4 Jan").json["id"]
    shown = run("show", f"deal:{deal}").json
    assert (shown["advisor"], shown["fair"]) == ("Ann Beck", "--01-04")
    assert run("list", "deal", "--filter", "advisor.birthday:--06 fair:--01-04", "--count").json["count"] == 1
    for told in ("=15.6.60", '="15 Jun 1960"', ":15 June 1960", ">=15 jun birthday<16 jun"):
        assert run("list", "person", "--filter", f"birthday{told}", "--count").json["count"] == 1, told
    assert run("list", "person", "--filter", 'birthday="29 feb"', "--count").json["count"] == 0
    assert run("list", "person", "--sort", "birthday").json["rows"][0]["birthday"] == "1960-06-15"
    assert run("set", f"deal:{deal}", "advisor=Nobody").err.strip() == "There is no person called “Nobody”."


def test_the_order_of_own_fields_is_chosen(run: Run) -> None:
    for label in ("A", "B"):
        run("add-field", "task", label, "text")
    assert run("order-fields", "task", "B", "A").code == 0
    assert [row["name"] for row in run("fields", "tasks").json["rows"]][-2:] == ["b", "a"]
    assert run("add-field", "task", "C", "colour").code == 2
    refused = run("add-field", "task", "C", "text", "--choices", "a,b")
    assert (refused.code, refused.err.strip()) == (1, "Only a field of the type choice has choices.")
    assert run("order-fields", "task", "Z").err.strip() == "A task has no field “Z” of your own."
