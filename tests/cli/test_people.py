"""Addresses, roles, relations and groups on the command line."""

from tests.cli.conftest import Run


def test_addresses_are_added_marked_and_shown(run: Run) -> None:
    person = f"person:{run('add', 'person', 'name=Ada King', 'email=ada@work.example').json['id']}"
    lead = f"lead:{run('add', 'lead', 'name=A King', 'email=ada@home.example').json['id']}"
    made = run("contact", person, "email", "ada@home.example", "--label", "home").json["record"]
    assert run("contact", person, "address", "street=12 Quay", "postcode=BS1 4ST", "city=Bristol").code == 0
    assert run("contact", made, "--opt-out", "yes", "--primary").code == 0
    points = run("show", person).json["contact_points"]
    assert [(p["label"], p["value"], p["primary"], p["opt_out"]) for p in points] == [
        ("home", "ada@home.example", True, True), (None, "ada@work.example", False, False),
        (None, "12 Quay, BS1 4ST Bristol", True, False),
    ]  # fmt: skip
    assert run("show", lead).json["contact_points"][0]["opt_out"] is True
    assert run("contact", made, "king@home.example", "--label", "private").code == 0
    told = run("history", "--record", person).json["fields"]
    assert {"field": "email", "of": "private", "old": "ada@home.example", "new": "king@home.example"}.items() <= told[
        [row["field"] for row in told].index("email")
    ].items()
    assert run("contact", made, "--remove").code == 0
    assert len(run("show", person).json["contact_points"]) == 2
    made = run("contact", person, "email", "ada@new.example", "--primary", "--invalid", "yes").json["record"]
    assert run("contact", made, "email", "king@new.example").code == 0  # the word may stand there too
    first = run("show", person).json["contact_points"][0]
    assert first["value"] == "king@new.example" and first["primary"]
    run("contact", person, "phone", "+44 113 496 0028", "--opt-out", "yes")
    points = run("show", person).json["contact_points"]
    assert [point["opt_out"] for point in points if point["record"].startswith("phone")] == [True]


def test_all_that_is_said_of_an_address_at_once_is_one_action(run: Run) -> None:
    person = f"person:{run('add', 'person', 'name=Ada King', 'email=ada@work.example').json['id']}"
    made = run("contact", person, "email", "ada@home.example", "--label", "home", "--primary", "--invalid", "yes")
    email = made.json["record"]
    all_ = ("--label", "old", "--primary", "--invalid", "no", "--opt-out", "yes")
    before = run("show", person).json
    changed = run("contact", email, "king@home.example", *all_)
    assert changed.json["action"] == made.json["action"] + 1
    first = {"record": email, "label": "old", "value": "king@home.example", "primary": True}
    assert run("show", person).json["contact_points"][0] == first | {"invalid": False, "opt_out": True}
    assert run("undo").code == 0
    assert run("show", person).json == before
    assert run("undo").code == 0
    assert len(run("show", person).json["contact_points"]) == 1


def test_what_an_address_cannot_be_is_said(run: Run) -> None:
    person = f"person:{run('add', 'person', 'name=Ada King', 'email=ada@work.example').json['id']}"
    made = run("show", person).json["contact_points"][0]["record"]
    for words, said in (
        ((person, "email", "ada"), "needs an @"), ((person,), "Say what to add"), ((made,), "Say what to change"),
        ((person, "address", "planet=Earth"), "has no “planet”"), (("email:77", "--remove"), "no longer there"),
        ((made, "--remove", "--primary"), "nothing else"), ((made, "a@b.example", "--remove"), "nothing else"),
        ((person, "email", "a@b.example", "--remove"), "like email:7"),
    ):  # fmt: skip
        refused = run("contact", *words)
        assert refused.code == 1
        assert said in refused.err


def test_roles_and_relations_are_added_read_and_ended(run: Run) -> None:
    old = run("add", "company", "name=Old").json["id"]
    run("add", "company", "name=New", f"parent=company:{old}")
    person = run("add", "person", "name=Ada King", "company=Old", "job_title=Chef").json["id"]
    boss = run("add", "person", "name=Bob Ray").json["id"]
    board = (f"person=person:{person}", "company=New", "job_title=Board", "started_on=2024-03-01")
    role = run("add", "employment", *board)
    for main, words in (("New", ("make-main", f"employment:{role.json['id']}")), ("Old", ("undo",))):
        assert run(*words).code == 0
        assert run("show", f"person:{person}").json["roles"][0]["company"] == main
    assert run("end", f"employment:{role.json['id']}", "--on", "2026-03-31").code == 0
    assert run("end", f"person:{person}").code == 0
    shown = run("show", f"person:{person}").json["roles"]
    assert [(r["company"], r["to"]) for r in shown] == [("Old", "2026-11-12"), ("New", "2026-03-31")]
    assert run("add", "relation", "type=reports to", f"person={person}", f"other_person=person:{boss}").code == 0
    assert run("show", f"person:{boss}").json["relations"][0]["type"] == "Manages"
    assert run("add", "relation", "type=spouse of", f"person={person}", f"other_person=person:{boss}").code == 0
    assert run("history", "--limit", "1").json["rows"][0]["what"] == "Relation added"
    refused = run("add", "relation", f"person=person:{boss}", f"other_person=person:{boss}")
    assert refused.code == 1
    assert "themselves" in refused.err
    assert run("add", "employment", "company=New").code == 1
    cycle = run("set", f"company:{old}", "parent=New")
    assert "so it cannot stand above it" in cycle.err


def test_a_group_tells_its_companies_and_what_is_open(run: Run) -> None:
    top = run("add", "company", "name=Top").json["id"]
    run("add", "company", "name=Low", f"parent=company:{top}")
    run("add", "deal", "name=Fit-out", "company=Low", "amount=500", "stage=Negotiation")
    told = run("group", f"company:{top}").json
    assert [(row["company"], row["depth"]) for row in told["rows"]] == [("Top", 0), ("Low", 1)]
    assert told["figures"]["open_deals"]["value"] == 1
    assert told["figures"]["weighted_EUR"]["value"] == {"amount": "250.00", "currency": "EUR"}
