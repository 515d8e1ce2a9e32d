"""Finding records that may be one, keeping that they are not, and the look while somebody types."""


import pytest

from crm_desktop.domain.duplicates import Group, Lookalike
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.progress import Cancelled, Progress


def add(services: Services, kind: str, **values: object) -> int:
    return services.records.add(kind, values).id


def joanna(services: Services, kind: str = "person", **values: object) -> int:
    return add(services, kind, **{"first_name": "Joanna", "last_name": "Whitlock", **values})


def ids(groups: list[Group]) -> list[tuple[int, ...]]:
    return [group.ids for group in groups]


def told(found: list[Lookalike]) -> list[tuple[int, int, list[str]]]:
    return [(each.id, each.confidence, [reason.code for reason in each.reasons]) for each in found]


@pytest.mark.parametrize("kind", ["person", "lead"])
def test_people_with_one_address_are_found(services: Services, kind: str) -> None:
    one = joanna(services, kind, email="j.whitlock@fenwick.example")
    two = joanna(services, kind, first_name="Jo", last_name="Whitlok", email="J.Whitlock@Fenwick.example")
    add(services, kind, first_name="Bert", last_name="Ohm", email="bert@ohm.example")
    found = services.duplicates.scan(kind)
    assert ids(found) == [(one, two)]
    assert found[0].confidence >= 80
    assert "same_email" in [reason.code for reason in found[0].reasons]


def test_companies_with_one_place_in_the_net_are_found(services: Services) -> None:
    one = add(services, "company", name="Fenwick Schools Trust Ltd", domain="fenwick.example")
    two = add(services, "company", name="FENWICK SCHOOLS TRUST", website="https://www.fenwick.example/about")
    add(services, "company", name="Brightwater Offices", domain="brightwater.example")
    found = services.duplicates.scan("companies")
    assert ids(found) == [(one, two)]
    assert found[0].confidence >= 80


def test_a_lead_without_a_person_is_a_company(services: Services) -> None:
    one = add(services, "lead", company_name="Fenwick Schools Trust Ltd", website="fenwick.example")
    two = add(services, "lead", company_name="Fenwick Schools Trust", email="office@fenwick.example")
    joanna(services, "lead", company_name="Fenwick Schools Trust", email="joanna@fenwick.example")
    assert ids(services.duplicates.scan("lead")) == [(one, two)]


def test_leads_are_found_among_people(services: Services) -> None:
    lead = joanna(services, "lead", email="j.whitlock@fenwick.example", company_name="Fenwick")
    person = joanna(services, email="j.whitlock@fenwick.example")
    assert services.duplicates.scan("lead") == []
    assert ids(services.duplicates.scan("lead", beside="person")) == [(lead, person)]


def test_own_fields_and_what_an_import_noted_tell_who_somebody_is(services: Services) -> None:
    services.fields.add("person", "Passport", "text")
    rest = {"birthday": "1961-03-05", "city": "Bern"}
    one = joanna(services, passport="K4471902", note="member: 8812-0034", **rest)
    two = joanna(services, last_name="Oberhauser", passport="K4471902", note="member: 8812-0034", **rest)
    for number in range(12):
        add(services, "person", first_name=f"Q{'abcdefghijkl'[number] * 5}", passport=f"Z{number}55{number}31",
            note=f"member: {number}771-20{number}9")  # fmt: skip
    found = services.duplicates.scan("person")
    assert ids(found) == [(one, two)]
    assert {"same_passport", "same_member", "same_birthday"} <= {reason.code for reason in found[0].reasons}


def test_what_is_in_the_bin_has_no_double(services: Services) -> None:
    joanna(services, email="j@fenwick.example")
    services.records.delete("person", [joanna(services, email="j@fenwick.example")])
    assert services.duplicates.scan("person") == []


def test_pairs_set_apart_are_told_no_more_until_it_is_undone(services: Services) -> None:
    pair = [joanna(services, email="j@fenwick.example") for _ in range(2)]
    change = services.duplicates.mark_distinct("person", pair)
    assert (change.verb, change.kind, change.subject) == ("distinct", "person", "Joanna Whitlock")
    assert change.count("person") == 2
    assert services.duplicates.scan("person") == []
    assert services.duplicates.mark_distinct("person", pair).action == 0
    assert services.history.entries(record=("person", pair[0]))[0].verb == "distinct"
    services.history.undo()
    assert ids(services.duplicates.scan("person")) == [tuple(pair)]
    services.history.redo()
    assert services.duplicates.scan("person") == []


def test_one_record_cannot_be_set_apart(services: Services) -> None:
    with pytest.raises(UserError, match="two records"):
        services.duplicates.mark_distinct("person", [joanna(services)])


def test_other_kinds_have_no_duplicates(services: Services) -> None:
    with pytest.raises(UserError, match="Duplicates are looked for among lead, company and person, not deal"):
        services.duplicates.scan("deal")


def test_the_search_tells_how_far_it_is_and_can_be_stopped(services: Services) -> None:
    for _ in range(3):
        joanna(services, email="j@fenwick.example")
    heard: list[tuple[int, int, str]] = []
    services.duplicates.scan("person", Progress(lambda p: heard.append((p.step, p.total, p.message))))
    assert heard[0] == (0, 0, "read")
    assert heard[-1][0] == heard[-1][1] > 0
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        services.duplicates.scan("person", stopped)


def test_an_empty_base_has_no_duplicates(services: Services) -> None:
    assert [services.duplicates.scan(kind) for kind in ("lead", "company", "person")] == [[], [], []]
    assert services.duplicates.scan("lead", beside="person") == []


@pytest.mark.parametrize(
    ("values", "confidence", "reasons"),
    [
        ({"email": "J.Whitlock@FENWICK.example"}, 80, ["same_email"]),
        ({"email": "j.whitlock@fenwick.example", "first_name": "Joanna", "last_name": "Whitlock"}, 100,
         ["same_email", "same_name"]),
        ({"phone": "+44 20 7946 0018"}, 40, ["same_phone"]),
        ({"phone": "0044 20 7946-0018", "first_name": "whitlock", "last_name": "JOANNA"}, 100,
         ["same_phone", "same_name"]),
        ({"first_name": "Joanna", "last_name": "Whitlock"}, 50, ["same_name"]),
        ({"first_name": "Joanna", "last_name": "Whitlock", "city": "Bristol"}, 60, ["same_name", "same_city"]),
    ],
)  # fmt: skip
def test_what_is_typed_is_looked_for(
    services: Services, values: dict[str, str], confidence: int, reasons: list[str]
) -> None:
    record = joanna(services, email="j.whitlock@fenwick.example", phone="+442079460018", city="Bristol")
    assert told(services.duplicates.like("person", values)) == [(record, confidence, reasons)]
    assert told(services.duplicates.like("lead", values))[0][0] == record


@pytest.mark.parametrize(
    "values",
    [
        {}, {"first_name": "Jo"}, {"email": "j"}, {"email": "@"}, {"phone": "12"}, {"phone": "?"}, {"city": "Bristol"},
        {"first_name": "Nobody", "last_name": "Known"},
    ],
)  # fmt: skip
def test_little_or_nothing_typed_finds_nobody(services: Services, values: dict[str, str]) -> None:
    joanna(services, email="j.whitlock@fenwick.example", phone="+442079460018", city="Bristol")
    assert services.duplicates.like("person", values) == []


def test_a_company_is_found_by_name_and_by_its_place_in_the_net(services: Services) -> None:
    company = add(services, "company", name="Fenwick Schools Trust Ltd", domain="fenwick.example")
    by_name = services.duplicates.like("company", {"name": "Fenwick schools trust"})
    assert told(by_name) == [(company, 50, ["same_name"])]
    assert told(services.duplicates.like("company", {"website": "https://www.fenwick.example"})) == [
        (company, 40, ["same_domain"])
    ]
    both = {"name": "Fenwick Schools Trust, Inc.", "email": "office@fenwick.example"}
    assert told(services.duplicates.like("company", both)) == [(company, 80, ["same_name", "same_domain"])]
    assert services.duplicates.like("company", both, exclude=company) == []
    assert services.duplicates.like("deal", {"name": "Fenwick Schools Trust"}) == []


def test_a_lead_that_names_nobody_is_found_by_its_company(services: Services) -> None:
    lead = add(services, "lead", company_name="Fenwick Schools Trust Ltd")
    joanna(services, "lead", company_name="Fenwick Schools Trust Ltd")
    found = services.duplicates.like("lead", {"company_name": "Fenwick Schools Trust"})
    assert told(found) == [(lead, 50, ["same_name"])]


def test_free_mail_is_no_place_of_a_company(services: Services) -> None:
    add(services, "company", name="Fenwick", email="fenwick@gmail.com", website="gmail.com")
    assert services.duplicates.like("company", {"email": "other@gmail.com"}) == []


def test_what_twenty_one_have_is_ignored(services: Services) -> None:
    for number in range(20):
        add(services, "person", first_name=f"Nr {number}", email="office@fenwick.example")
    assert len(services.duplicates.like("person", {"email": "office@fenwick.example"})) == 5
    add(services, "person", first_name="Last", email="office@fenwick.example")
    assert services.duplicates.like("person", {"email": "office@fenwick.example"}) == []
