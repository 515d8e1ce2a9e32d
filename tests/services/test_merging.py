"""Records become one and come apart again, whatever was done in between and in whichever order."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from crm_desktop.services.labels import Labels
from crm_desktop.services.merge_plan import Rule
from crm_desktop.services.merging import Merging
from tests.services.import_desk import Desk, counts
from tests.services.people_desk import Adder, titles, values
from tests.storage.equality import assert_derived_is_true, snapshot

NOW = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)


def state(services: Services) -> dict[str, Any]:
    return snapshot(services._store)


def test_the_one_that_stays_keeps_its_values_and_its_blanks_are_filled(services: Services, add: Adder) -> None:
    ann = add("person", name="Ann Beck", job_title="CEO", email="a@x.de", tags="vip", customer_since="2024-05-01")
    other = add("person", name="Anna Beck", job_title="CTO", department="R&D", email="A@x.de, b@x.de", tags="VIP, fair",
                opt_out="yes", customer_since="2023-01-01", city="Bonn")  # fmt: skip
    plan = services.merging.preview("person", ann, [other])
    rules = {field.field: (field.value, field.rule) for field in plan.fields}
    assert rules["job_title"] == ("CEO", Rule.SURVIVOR)
    assert rules["department"] == ("R&D", Rule.FILLED)
    assert rules["email"] == (("a@x.de", "b@x.de"), Rule.UNITED)
    assert rules["opt_out"] == (True, Rule.STRICTEST)
    assert rules["customer_since"] == (date(2023, 1, 1), Rule.EARLIEST)
    assert rules["first_name"] == ("Ann", Rule.SURVIVOR)
    merged = services.merging.merge("person", ann, [other])
    after = values(services, "person", ann)
    assert (after["name"], after["job_title"], after["department"], after["city"]) == ("Ann Beck", "CEO", "R&D", "Bonn")
    assert (after["email"], after["tags"], after["opt_out"]) == (("a@x.de", "b@x.de"), ("vip", "fair"), True)
    gone = services.records.show("person", other)
    assert gone.deleted and gone.values["merged_into"].id == ann and gone.values["job_title"] == "CTO"
    [note] = services.timeline.moments("person", ann)
    assert note.title == "Merged with Anna Beck"
    assert "Job title “CTO”" in note.text and "Customer since “2024-05-01”" in note.text
    assert merged.change.verb == "merge" and merged.records == 1
    assert_derived_is_true(services._store)


def test_a_choice_decides_and_what_loses_is_kept(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann Beck", job_title="CEO"), add("person", name="Anna Beck", job_title="CTO")
    services.merging.merge("person", ann, [other], {"job_title": other, "first_name": other})
    assert values(services, "person", ann)["job_title"] == "CTO"
    assert values(services, "person", ann)["name"] == "Anna Beck"
    assert "Ann Beck: First name “Ann”, Job title “CEO”" in services.timeline.moments("person", ann)[0].text


def test_nought_is_a_value_to_choose(services: Services, add: Adder) -> None:
    one, other = add("lead", name="Ann Beck", score=0), add("lead", name="Ann Beck", score=55)
    fields = {field.field: field for field in services.merging.preview("lead", one, [other]).fields}
    assert (fields["score"].differs, fields["score"].value) == (True, 0)
    assert not fields["last_name"].telling


def test_flags_and_labels_of_addresses_are_kept(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann", email="a@x.de"), add("person", name="Ann", email="a@x.de, b@x.de")
    execute = services._store.database.execute_sql
    execute("UPDATE email SET invalid = 1 WHERE person_id = ? AND address = 'a@x.de'", (other,))
    execute("UPDATE email SET label = 'home', opt_out = 1 WHERE person_id = ? AND address = 'b@x.de'", (other,))
    services.merging.merge("person", ann, [other])
    sql = "SELECT address, label, invalid, opt_out FROM email WHERE person_id = ? ORDER BY position"
    assert execute(sql, (ann,)).fetchall() == [("a@x.de", None, 1, 0), ("b@x.de", "home", 0, 1)]


def test_an_address_written_twice_comes_once_with_the_flags_of_both(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann"), add("person", name="Ann", email="b@x.de, B@x.de")
    execute = services._store.database.execute_sql
    execute("UPDATE email SET invalid = 1, label = 'home' WHERE person_id = ? AND address = 'B@x.de'", (other,))
    sql = "SELECT address, label, invalid FROM email WHERE person_id = ? ORDER BY position"
    before = execute(sql, (other,)).fetchall()
    services.merging.merge("person", ann, [other])
    assert execute(sql, (ann,)).fetchall() == [("b@x.de", "home", 1)]
    assert execute(sql, (other,)).fetchall() == before


def test_everything_that_names_a_record_comes_along(services: Services, add: Adder) -> None:
    acme, other, third = (add("company", name=name) for name in ("Acme", "ACME Ltd", "Third"))
    person = add("person", name="Ann", company=f"company:{other}")
    deal = add("deal", name="Big", company=f"company:{other}")
    purchase = add("purchase", company=f"company:{other}", amount="5")
    child = add("company", name="Child", parent=f"company:{other}")
    both = add("activity", subject="call", company=f"company:{acme}")
    services.records.set("activity", [both], {"company": f"company:{acme}"})
    with services._store.action("link", "activity"):
        services._store.database.execute_sql(
            "INSERT INTO activity_link (id, activity_id, company_id) VALUES (?, ?, ?)",
            (services._store.take_part(), both, other),
        )
    services.records.add("relation", {"type": "partner", "company": other, "other_company": acme})
    services.records.add("relation", {"type": "partner", "company": other, "other_company": third})
    services.merging.merge("company", acme, [other])
    assert values(services, "person", person)["company"].id == acme
    assert values(services, "deal", deal)["company"].id == acme
    assert values(services, "purchase", purchase)["company"].id == acme
    assert values(services, "company", child)["parent"].id == acme
    assert titles(services, "company", acme) == {"call", "Merged with ACME Ltd"}
    left = services.lists.values(Filter("relation"), ["company", "other_company"])
    assert [(row[1].id, row[2].id) for row in left] == [(acme, third)]
    assert services.lists.count(Filter("customer")) == 1
    assert_derived_is_true(services._store)


def test_no_company_comes_to_stand_above_itself(services: Services, add: Adder) -> None:
    top = add("company", name="Top")
    middle = add("company", name="Middle", parent=f"company:{top}")
    low = add("company", name="Low", parent=f"company:{middle}")
    before = state(services)
    merged = services.merging.merge("company", low, [top])
    assert values(services, "company", middle)["parent"].id == low
    assert values(services, "company", low)["parent"] is None
    services.merging.unmerge(merged.change.action)
    assert state(services) == before


def test_own_fields_are_merged_and_own_links_follow(services: Services, add: Adder) -> None:
    services.fields.add("person", "Mood", "text")
    services.fields.add("person", "Likes", Holds(FieldType.CHOICE, ("tea", "coffee"), True))
    services.fields.add("deal", "Advisor", Holds(FieldType.LINK, target="person"))
    ann, other = add("person", name="Ann", likes="tea"), add("person", name="Ann", mood="good", likes="coffee")
    deal = add("deal", name="Big", advisor=f"person:{other}")
    before = state(services)
    merged = services.merging.merge("person", ann, [other])
    after = values(services, "person", ann)
    assert (after["mood"], after["likes"]) == ("good", ("tea", "coffee"))
    assert values(services, "deal", deal)["advisor"].id == ann
    services.merging.unmerge(merged.change.action)
    assert state(services) == before


def test_a_converted_lead_stays_converted(services: Services, add: Adder) -> None:
    first, other = add("lead", name="Ann Beck", lifecycle="sql"), add("lead", name="Ann Beck", company_name="Acme")
    person = services.conversion.convert([other]).person
    assert services.merging.survivor("lead", [first, other]) == other
    services.merging.merge("lead", first, [other])
    after = values(services, "lead", first)
    assert (after["status_type"], after["lifecycle"]) == ("converted", "opportunity")
    assert after["person"].id == person
    with pytest.raises(UserError, match="converted"):
        services.records.set("lead", [first], {"source": "fair"})


def test_what_cannot_be_merged_is_said(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann"), add("person", name="Bo", opt_out="yes")
    deal = add("deal", name="Big")
    before = state(services)
    for kind, survivor, losers, choices, said in (
        ("person", ann, [ann], {}, "two different"), ("person", ann, [], {}, "two different"),
        ("person", ann, [999], {}, "no person with the number 999"), ("deal", deal, [deal], {}, "Only leads"),
        ("person", ann, [other], {"tags": other}, "all records"), ("person", ann, [other], {"nme": other}, "no field"),
        ("person", ann, [other], {"opt_out": ann}, "do-not-contact"),
        ("person", ann, [other], {"note": deal}, "not merged"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=said):
            services.merging.merge(kind, survivor, losers, choices)
    with pytest.raises(UserError, match="no merge"):
        services.merging.unmerge(1)
    assert state(services) == before


def test_a_merge_is_one_step_back_and_forth(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann"), add("person", name="Bo", email="b@x.de")
    add("task", title="call", person=f"person:{other}")
    before = state(services)
    services.merging.merge("person", ann, [other])
    after = state(services)
    services.history.undo()
    assert state(services) == before
    services.history.redo()
    assert state(services) == after


def test_later_work_stays_and_is_told(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann", job_title="CEO"), add("person", name="Bo", department="R&D", email="b@x.de")
    old = add("task", title="old", person=f"person:{other}")
    moved = add("task", title="moved", person=f"person:{other}")
    third = add("person", name="Cy")
    action = services.merging.merge("person", ann, [other]).change.action
    new = add("task", title="new", person=f"person:{ann}")
    brought = add("task", title="imported", person=f"person:{ann}", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    services.records.set("person", [ann], {"department": "Sales", "job_title": "Chair", "email": "b@x.de, c@x.de"})
    services.records.set("task", [moved], {"person": f"person:{third}"})
    back = services.merging.unmerge(action)
    assert back.restored == (other,)
    assert [(later.kind, later.id, later.of_id) for later in back.later] == [
        ("task", new, ann), ("task", brought, ann)
    ]  # fmt: skip
    assert {(c.kind, c.id, c.field, c.now) for c in back.conflicts if c.field != "person"} == {
        ("person", ann, "department", "Sales")
    }
    assert [c.id for c in back.conflicts if c.field == "person"] == [moved]
    after, again = values(services, "person", ann), values(services, "person", other)
    assert (after["department"], after["job_title"], after["email"]) == ("Sales", "Chair", ("c@x.de",))
    assert (again["department"], again["email"]) == ("R&D", ("b@x.de",))
    assert values(services, "task", old)["person"].id == other
    assert values(services, "task", new)["person"].id == ann
    assert values(services, "task", moved)["person"].id == third
    with pytest.raises(UserError, match="taken back already"):
        services.merging.unmerge(action)
    assert_derived_is_true(services._store)


def test_a_note_of_a_merge_that_somebody_wrote_on_stays(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann", job_title="CEO"), add("person", name="Bo", job_title="CTO")
    action = services.merging.merge("person", ann, [other]).change.action
    [note] = services.timeline.moments("person", ann)
    services.records.set("activity", [note.id], {"note": "Asked her: CEO is right"})
    back = services.merging.unmerge(action)
    assert [(c.kind, c.id) for c in back.conflicts] == [("activity", note.id)]
    assert [moment.text for moment in services.timeline.moments("person", ann)] == ["Asked her: CEO is right"]


def test_a_do_not_contact_counts_as_long_as_one_of_them_says_so(services: Services, add: Adder) -> None:
    ann, first, second = add("person", name="Ann"), add("person", name="B", opt_out="yes"), add("person", name="C")
    services.records.set("person", [second], {"opt_out": "yes"})
    before = state(services)
    actions = [services.merging.merge("person", ann, [other]).change.action for other in (first, second)]
    services.merging.unmerge(actions[0])
    assert values(services, "person", ann)["opt_out"] is True
    services.merging.unmerge(actions[1])
    assert state(services) == before


def test_all_that_a_scan_found_is_one_step_and_comes_apart_one_by_one(services: Services, add: Adder) -> None:
    groups = []
    for number in range(30):
        name = f"P{number}"
        groups.append([add("person", name=name, email=f"{name}@x.de"), add("person", name=name, job_title="CTO")])
        add("task", title=name, person=f"person:{groups[-1][0]}")
    before = state(services)
    merged = services.merging.merge_groups("person", [*groups, [groups[0][0], groups[1][0]]])
    assert (merged.groups, merged.records) == (30, 30)
    assert services.lists.count(Filter("person")) == 30
    services.history.undo()
    assert state(services) == before
    services.history.redo()
    back = services.merging.unmerge(merged.change.action, groups[3][0])
    assert set(back.restored) < set(groups[3]) and services.lists.count(Filter("person")) == 31
    services.merging.unmerge(merged.change.action)
    assert state(services) == before


def test_a_merged_record_out_of_the_bin_is_on_its_own(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann"), add("person", name="Bo", email="b@x.de")
    task = add("task", title="call", person=f"person:{other}")
    action = services.merging.merge("person", ann, [other]).change.action
    services.records.restore("person", [other])
    assert values(services, "person", other)["merged_into"] is None
    services.merging.unmerge(action)
    assert values(services, "task", task)["person"].id == other
    assert values(services, "person", ann)["email"] == ()


def test_the_history_takes_a_merge_apart_too(services: Services, add: Adder) -> None:
    ann, other = add("person", name="Ann"), add("person", name="Bo", job_title="CTO")
    before = state(services)
    merged = services.merging.merge("person", ann, [other])
    assert services.history.revert(merged.change.action).change.verb == "unmerge"
    assert state(services) == before
    with pytest.raises(UserError, match="taken back already"):
        services.history.revert(merged.change.action)


def test_a_merge_is_told_in_the_history_of_both(services: Services, add: Adder) -> None:
    """Also where the one that stays keeps all its values, so that it can be taken apart from there."""
    ann, other = add("person", name="Ann Beck"), add("person", name="Ann Beck")
    merge = services.merging.merge("person", ann, [other]).change
    services.records.set("person", [ann], {"job_title": "CEO"})
    apart = services.merging.unmerge(merge.action).change
    assert merge.count("person") == apart.count("person") == 2
    for record in (ann, other):
        told = {entry.action: entry.state for entry in services.history.entries(record=("person", record))}
        assert (told[merge.action], told[apart.action]) == ("reverted", "done")
    services.history.undo()
    assert services.history.entries(record=("person", other))[-2].state == "done"


def test_the_history_takes_the_merge_of_one_record_out_of_many(services: Services, add: Adder) -> None:
    groups = [[add("person", name=name), add("person", name=name)] for name in ("Ann", "Bo")]
    merged = services.merging.merge_groups("person", groups).change.action
    services.history.revert(merged, groups[1][0])
    assert set(services.lists.ids(Filter("person"))) == {groups[0][0], *groups[1]}


def test_a_row_of_a_source_that_was_merged_is_the_record_that_stays(desk: Desk) -> None:
    header = "Person - ID,Person - First name,Person - Last name,Person - Email - Work,Person - Job title\n"
    desk.load("person", header + "1,Ann,Beck,a@x.de,CEO\n2,Anna,Beck,b@x.de,\n")
    first, second = sorted(desk.store.lists.ids(Filter("person")))
    Merging(desk.store, Labels()).merge("person", first, [second])
    result = desk.load("person", header + "1,Ann,Beck,a@x.de,CEO\n2,Anna,Beck,c@x.de,Chair\n")
    assert (counts(result)[0], list(desk.store.lists.ids(Filter("person")))) == (0, [first])
    assert "c@x.de" in desk.one("person", "email")


def test_the_address_of_a_deleted_record_is_free(desk: Desk) -> None:
    desk.load("person", "First name,Last name,Email\nAnn,Beck,a@x.de\n")
    with desk.store.action("delete", "person"):
        desk.store.records.delete("person", list(desk.store.lists.ids(Filter("person"))), desk.store.clock.stamp())
    assert counts(desk.load("person", "First name,Last name,Email\nAnn,Beck,a@x.de\n"))[0] == 1
