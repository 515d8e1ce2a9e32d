"""Roles of people at companies, now and before."""

from datetime import date

import pytest

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.employments import Role
from tests.services.people_desk import add, values
from tests.services.statements import asked

TODAY = date(2026, 11, 12)


def told(roles: list[Role]) -> list[tuple[str, str, str, date | None, date | None]]:
    return [(r.person.name, r.company.name, r.job_title, r.started_on, r.ended_on) for r in roles]


def test_a_change_of_company_ends_a_role_and_begins_another(services: Services) -> None:
    old, new = add(services, "company", name="Old"), add(services, "company", name="New")
    person = add(services, "person", name="Ada King", company=f"company:{old}", job_title="Chef")
    assert told(services.employments.of_person(person)) == [("Ada King", "Old", "Chef", None, None)]
    services.records.set("person", [person], {"company": "New", "job_title": "Director"})
    assert told(services.employments.of_person(person)) == [
        ("Ada King", "New", "Director", TODAY, None), ("Ada King", "Old", "Chef", None, TODAY),
    ]  # fmt: skip
    assert told(services.employments.of_company(old)) == [("Ada King", "Old", "Chef", None, TODAY)]
    assert told(services.employments.of_company(new)) == [("Ada King", "New", "Director", TODAY, None)]
    services.records.set("person", [person], {"company": "New"})
    services.records.set("person", [person], {"company": ""})
    assert [role.ended_on for role in services.employments.of_person(person)] == [TODAY, TODAY]
    for _ in range(2):  # the company was set to the same once, which is no action
        services.history.undo()
    assert told(services.employments.of_person(person)) == [("Ada King", "Old", "Chef", None, None)]
    assert services.history.entries(record=("company", old))


def test_a_person_may_work_at_several_companies(services: Services) -> None:
    first, second = add(services, "company", name="First"), add(services, "company", name="Second")
    person = add(services, "person", name="Ada King", company="First", job_title="Chef")
    board = add(services, "employment", person=f"person:{person}", company="Second", job_title="Board",
                started_on="2024-03-01")  # fmt: skip
    assert [(role.company.name, role.current, role.main) for role in services.employments.of_person(person)] == [
        ("First", True, True), ("Second", True, False),
    ]  # fmt: skip
    services.records.set("person", [person], {"company": "Second"})
    roles = services.employments.of_person(person)
    assert [(role.company.name, role.current, role.main) for role in roles] == [
        ("Second", True, True), ("First", False, False),
    ]  # fmt: skip
    services.employments.end(board, date(2026, 10, 31))
    assert values(services, "person", person)["company"] is None
    assert [role.ended_on for role in services.employments.of_company(second)] == [date(2026, 10, 31)]
    assert len(services.employments.of_company(first)) == 1


@pytest.mark.parametrize("way", ["end", "edit", "remove", "leave"])
def test_when_the_main_role_ends_the_newest_that_lasts_is_it(services: Services, way: str) -> None:
    alpha = add(services, "company", name="Alpha")
    add(services, "company", name="Beta"), add(services, "company", name="Gamma")
    person = add(services, "person", name="Petra Berg", company="Alpha", job_title="CTO")
    role = add(services, "employment", person=f"person:{person}", company="Alpha", started_on="2020-01-01")
    for company, title, since in (("Beta", "Board member", "2024-03-01"), ("Gamma", "Adviser", "2022-03-01")):
        add(services, "employment", person=f"person:{person}", company=company, job_title=title, started_on=since)
    match way:
        case "end":
            services.employments.end(role)
        case "edit":
            services.records.set("employment", [role], {"ended_on": TODAY})
        case "remove":
            services.records.delete("employment", [role])
        case "leave":
            services.employments.leave(person)
    now = values(services, "person", person)
    assert (now["company"].name, now["job_title"]) == ("Beta", "Board member")
    ended = [] if way == "remove" else [("Petra Berg", "Alpha", "CTO", date(2020, 1, 1), TODAY)]
    assert told(services.employments.of_company(alpha)) == ended
    services.history.undo()
    now = values(services, "person", person)
    assert (now["company"].name, now["job_title"]) == ("Alpha", "CTO")


@pytest.mark.parametrize("noted", [False, True])
def test_another_role_is_made_the_main_one(services: Services, noted: bool) -> None:
    add(services, "company", name="Alpha"), add(services, "company", name="Beta")
    person = add(services, "person", name="Petra Berg", company="Alpha", job_title="CTO")
    if noted:
        add(services, "employment", person=f"person:{person}", company="Alpha", started_on="2020-01-01")
    board = add(services, "employment", person=f"person:{person}", company="Beta", job_title="Board member")
    before = services.employments.of_person(person)
    services.employments.make_main(board)
    roles = services.employments.of_person(person)
    assert [(role.company.name, role.job_title, role.current, role.main) for role in roles] == [
        ("Beta", "Board member", True, True), ("Alpha", "CTO", True, False),
    ]  # fmt: skip
    services.history.undo()
    assert services.employments.of_person(person) == before
    services.employments.end(board)
    with pytest.raises(UserError, match="has ended"):
        services.employments.make_main(board)


def test_leaving_needs_no_noted_role(services: Services) -> None:
    add(services, "company", name="Old")
    person = add(services, "person", name="Ada King", company="Old", job_title="Chef")
    services.employments.leave(person)
    assert told(services.employments.of_person(person)) == [("Ada King", "Old", "Chef", None, TODAY)]
    services.history.undo()
    assert [role.current for role in services.employments.of_person(person)] == [True]


def test_what_is_no_role_is_said(services: Services) -> None:
    company = add(services, "company", name="Works")
    person = add(services, "person", name="Ada King")
    for given, words in (
        ({"company": "Works"}, "a person and a company"), ({"person": f"person:{person}"}, "a person and a company"),
        ({"person": f"person:{person}", "company": "Works", "started_on": "2026-03-01", "ended_on": "2026-02-01"},
         "before it starts"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words):
            add(services, "employment", **given)
    role = add(services, "employment", person=f"person:{person}", company="Works", started_on="2026-03-01")
    with pytest.raises(UserError, match="before it starts"):
        services.employments.end(role, date(2026, 1, 1))
    services.records.delete("person", [person])
    assert services.employments.of_company(company) == []


def test_many_people_move_as_one_action(services: Services) -> None:
    add(services, "company", name="Old")
    new = add(services, "company", name="New")
    people = [add(services, "person", name=f"P {n}", company="Old") for n in range(5)]
    services.records.set("person", people, {"company": "New"})
    assert sum(role.current for role in services.employments.of_company(new)) == 5
    services.history.undo()
    assert services.employments.of_company(new) == []


def test_nobody_leaves_before_they_began(services: Services) -> None:
    add(services, "company", name="First")
    person = add(services, "person", name="Ada King", company="First")
    add(services, "employment", person=f"person:{person}", company="First", started_on="2026-11-01")
    with pytest.raises(UserError, match="before it starts"):
        services.employments.leave(person, date(2026, 10, 31))
    assert values(services, "person", person)["company"].name == "First"
    services.employments.leave(person, date(2026, 11, 1))
    assert [role.ended_on for role in services.employments.of_person(person)] == [date(2026, 11, 1)]


def test_many_people_change_their_company_at_once(services: Services) -> None:
    add(services, "company", name="Old"), add(services, "company", name="New")
    people = [add(services, "person", name=f"Ada King {n}", company="Old", job_title=f"Chef {n}") for n in range(40)]
    add(services, "employment", person=f"person:{people[1]}", company="Old", job_title="Cook", started_on="2024-03-01")
    add(services, "employment", person=f"person:{people[2]}", company="New", started_on="2024-03-01")
    with asked(services._store) as few:
        services.records.set("person", people[:4], {"company": "New"})
    assert told(services.employments.of_person(people[0])) == [
        ("Ada King 0", "New", "Chef 0", TODAY, None), ("Ada King 0", "Old", "Chef 0", None, TODAY),
    ]  # fmt: skip
    assert told(services.employments.of_person(people[1]))[1] == (
        "Ada King 1", "Old", "Cook", date(2024, 3, 1), TODAY,
    )  # fmt: skip
    assert told(services.employments.of_person(people[2]))[0][3:] == (date(2024, 3, 1), None)
    with asked(services._store) as many:
        services.records.set("person", people[4:], {"company": "New"})
    assert len(many) <= len(few)


def test_a_first_role_says_where_somebody_works(services: Services) -> None:
    add(services, "company", name="Works")
    person = add(services, "person", name="Ada King")
    role = add(services, "employment", person=f"person:{person}", company="Works", job_title="Chef")
    held = values(services, "person", person)
    assert (held["company"].name, held["job_title"]) == ("Works", "Chef")
    assert services.history.entries()[0].subject == "Ada King, Chef"
    removed = services.records.delete("employment", [role])  # it was never so
    assert removed.subject == "Ada King, Chef"
    assert values(services, "person", person)["company"] is None
    services.records.restore("employment", [role])
    assert values(services, "person", person)["company"].name == "Works"
    services.history.undo(), services.history.undo(), services.history.undo()
    assert values(services, "person", person)["company"] is None
    gone = {"person": f"person:{person}", "company": "Works", "ended_on": "2020-01-01"}
    add(services, "employment", **gone)
    assert values(services, "person", person)["company"] is None


def test_a_role_that_is_edited_is_told_as_it_was_written(services: Services) -> None:
    company = add(services, "company", name="Works")
    person = add(services, "person", name="Ada King", company="Works", job_title="Chef")
    role = add(services, "employment", person=f"person:{person}", company="Works", started_on="2020-01-01")
    before = add(services, "employment", person=f"person:{person}", company="Works", ended_on="2019-12-31")
    services.records.set("employment", [role], {"job_title": "Director"})
    assert services.employments.of_company(company)[0].job_title == "Director"
    assert values(services, "person", person)["job_title"] == "Director"
    services.records.set("employment", [role], {"ended_on": "2026-10-31"})
    assert [each.ended_on for each in services.employments.of_company(company)] == [
        date(2026, 10, 31), date(2019, 12, 31),
    ]  # fmt: skip
    assert values(services, "person", person)["company"] is None
    services.records.set("employment", [role], {"ended_on": ""})
    assert values(services, "person", person)["company"].name == "Works"
    services.records.delete("employment", [before])
    assert values(services, "person", person)["company"].name == "Works"


def test_a_role_may_bring_the_person_or_company_it_names(services: Services) -> None:
    person = add(services, "person", name="Ada King")
    added = services.records.add(
        "employment", {"person": f"person:{person}", "job_title": "Chef"}, {"company": "Works"}
    )
    assert told(services.employments.of_person(person)) == [("Ada King", "Works", "Chef", None, None)]
    assert services.history.undo().of == added.change.action
    assert (services.employments.of_person(person), services.lists.count(Filter("company"))) == ([], 0)
    with pytest.raises(UserError, match="before it starts"):
        services.records.add("employment", {"person": f"person:{person}", "started_on": "2026-03-01",
                                            "ended_on": "2026-02-01"}, {"company": "Works"})  # fmt: skip
    assert services.lists.count(Filter("company")) == 0


def test_a_role_that_is_no_more_is_neither_told_of_nor_ended(services: Services) -> None:
    person = add(services, "person", name="Ada King", company=f"company:{add(services, 'company', name='Old')}")
    services.employments.leave(person)
    before = told(services.employments.of_person(person))
    for nowhere in (person, add(services, "person", name="Bo Lee")):
        with pytest.raises(UserError, match="works nowhere now"):
            services.employments.note(nowhere, {"job_title": "Chef"})
        with pytest.raises(UserError, match="works nowhere now"):
            services.employments.leave(nowhere)
    assert told(services.employments.of_person(person)) == before
