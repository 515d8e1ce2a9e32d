"""Relations of people and companies, groups of companies, roles in deals, days that come back."""


import pytest

from crm_desktop.domain.filter import Days, Filter, between
from crm_desktop.domain.terms import RelationType
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from tests.services.people_desk import add
from tests.services.statements import asked


def read(services: Services, kind: str, record: int) -> list[tuple[str, str]]:
    return [(tie.type.value, tie.other.name) for tie in services.relations.of(kind, record)]


@pytest.mark.parametrize("type_", list(RelationType))
def test_a_relation_reads_inverse_from_the_other_side(services: Services, type_: RelationType) -> None:
    ada, firm = add(services, "person", name="Ada King"), add(services, "company", name="Works")
    made = services.relations.add(type_.value, ("person", ada), ("company", firm), "met at a fair")
    assert read(services, "person", ada) == [(type_.value, "Works")]
    assert read(services, "company", firm) == [(type_.inverse.value, "Ada King")]
    assert services.history.entries(record=("company", firm))[0].verb == "add"
    for again in ((type_, ("person", ada), ("company", firm)), (type_.inverse, ("company", firm), ("person", ada))):
        with pytest.raises(UserError, match="there already"):
            services.relations.add(again[0].value, *again[1:])
    services.relations.remove(made.id)
    assert read(services, "company", firm) == []
    services.history.undo()
    assert read(services, "company", firm) == [(type_.inverse.value, "Ada King")]


def test_what_is_no_relation_is_said(services: Services) -> None:
    ada, bob = add(services, "person", name="Ada King"), add(services, "person", name="Bob Ray")
    with pytest.raises(UserError, match="themselves"):
        services.relations.add("knows", ("person", ada), ("person", ada))
    with pytest.raises(UserError, match="no relation “loves”"):
        services.relations.add("loves", ("person", ada), ("person", bob))
    with pytest.raises(UserError, match="either a person or a company"):
        services.records.add("relation", {"type": "knows", "other_person": f"person:{bob}"})
    with pytest.raises(UserError, match="either another person or another company"):
        services.records.add("relation", {"type": "knows", "person": f"person:{bob}"})
    services.records.add("relation", {"type": "reports to", "person": f"person:{ada}", "other_person": f"person:{bob}"})
    assert read(services, "person", bob) == [("manages", "Ada King")]
    services.records.delete("person", [ada])
    assert read(services, "person", bob) == []


def test_a_relation_that_is_not_there_cannot_be_removed(services: Services) -> None:
    ada, quay = add(services, "person", name="Ada King"), add(services, "company", name="Quay")
    made = services.relations.add("advises", ("person", ada), ("company", quay))
    services.relations.remove(made.id)
    for number in (made.id, 7):
        with pytest.raises(UserError, match=f"There is no relation with the number {number}"):
            services.relations.remove(number)


def test_no_company_stands_above_itself(services: Services) -> None:
    top, mid, low = (add(services, "company", name=name) for name in ("Top", "Mid", "Low"))
    services.records.set("company", [mid], {"parent": "Top"})
    services.records.set("company", [low], {"parent": "Mid"})
    with pytest.raises(UserError, match="“Low” belongs to “Top” already"):
        services.records.set("company", [top], {"parent": "Low"})
    with pytest.raises(UserError, match="cannot belong to itself"):
        services.records.set("company", [top], {"parent": f"company:{top}"})
    side = add(services, "company", name="Élan", parent="Top")
    tree = services.hierarchy.tree(low)
    assert [(each.name, each.depth) for each in tree] == [("Top", 0), ("Élan", 1), ("Mid", 1), ("Low", 2)]
    assert services.hierarchy.tree(add(services, "company", name="Alone")) == []
    services.records.delete("company", [mid])
    with pytest.raises(UserError, match="belongs to “Top” already"):  # for Mid may come out of the bin again
        services.records.set("company", [side, top], {"parent": f"company:{low}"})
    assert (services.hierarchy.above(low), services.hierarchy.tree(low)) == ([], [])


def test_a_group_may_be_very_deep(services: Services) -> None:
    levels = 3_000
    store = services._store
    with store.action("add", "company"):
        first, last = store.records.insert_columns("company", {"name": [f"L{n}" for n in range(levels)]}, levels)
        store.records.update_each("company", {n: {"parent": n - 1} for n in range(first + 1, last + 1)})
    add(services, "deal", name="One", company=f"company:{last}", amount="500 EUR")
    with asked(services._store) as questions:
        tree = services.hierarchy.tree(first + 7)
        found = services.hierarchy.rollup(first)
    assert [each.depth for each in tree] == list(range(levels)) and tree[-1].open_deals == 1
    assert found.count.value == 1 and services.hierarchy.above(last)[-1] == first
    assert len(questions) < 12
    with asked(services._store) as questions, pytest.raises(UserError, match="belongs to “L0” already"):
        services.records.set("company", [first], {"parent": f"company:{last}"})
    assert len(questions) < 12


def test_open_deals_roll_up_by_currency_and_open_their_records(services: Services) -> None:
    top, low = add(services, "company", name="Top"), add(services, "company", name="Low")
    services.records.set("company", [low], {"parent": "Top"})
    add(services, "deal", name="One", company="Top", amount="1000 EUR", stage="Proposal")
    add(services, "deal", name="Two", company="Low", amount="500 EUR", stage="Negotiation")
    add(services, "deal", name="Three", company="Low", amount="70 CHF", stage="Negotiation")
    add(services, "deal", name="Gone", company="Low", amount="9000 EUR", stage="Won")
    add(services, "deal", name="Other", amount="9000 EUR")
    found = services.hierarchy.rollup(top)
    assert found.count.value == 3 == services.lists.count(found.count.filter)
    assert {c: str(f.value.amount) for c, f in found.value.items()} == {"CHF": "70.00", "EUR": "1500.00"}  # type: ignore[union-attr]
    assert {c: str(f.value.amount) for c, f in found.weighted.items()} == {"CHF": "35.00", "EUR": "550.00"}  # type: ignore[union-attr]
    for figures, field in ((found.value, "amount"), (found.weighted, "weighted")):
        for currency, figure in figures.items():
            assert {currency: figure.value.minor} == services.lists.sum(figure.filter, field)  # type: ignore[union-attr]
            assert figure.n == services.lists.count(figure.filter) == {"EUR": 2, "CHF": 1}[currency]
    assert services.hierarchy.rollup(low).count.value == 2


def test_people_have_roles_in_deals(services: Services) -> None:
    deal, ada = add(services, "deal", name="Fit-out"), add(services, "person", name="Ada King")
    bob = add(services, "person", name="Bob Ray")
    services.buyers.set(deal, ada, "uses")
    services.buyers.set(deal, bob, "decides")
    services.buyers.set(deal, ada, "approves")
    assert [(b.person.name, b.role.value) for b in services.buyers.of_deal(deal)] == [
        ("Bob Ray", "decides"), ("Ada King", "approves"),
    ]  # fmt: skip
    assert [(b.deal.name, b.role.value) for b in services.buyers.of_person(ada)] == [("Fit-out", "approves")]
    services.buyers.set(deal, ada, None)
    assert [b.person.name for b in services.buyers.of_deal(deal)] == ["Bob Ray"]
    services.history.undo()
    assert len(services.buyers.of_deal(deal)) == 2
    with pytest.raises(UserError, match="already"):
        services.records.add(
            "contact_role", {"deal": f"deal:{deal}", "person": f"person:{ada}", "role": "uses"}
        )
    with pytest.raises(UserError, match="no role"):
        services.buyers.set(deal, ada, "pays")


def test_days_that_come_back_are_listed_and_found(services: Services) -> None:
    ada = add(services, "person", name="Ada King", birthday="20 Nov 1985")
    add(services, "person", name="Bob Ray", birthday="--12-25")
    day = services.records.add("occasion", {"name": "Wedding", "person": f"person:{ada}", "day": "15 Jun"}).id
    assert [(o.id, o.name, str(o.day)) for o in services.relations.occasions("person", ada)] == [
        (day, "Wedding", "--06-15"), (None, "", "1985-11-20"),
    ]  # fmt: skip
    soon = Filter("person", between("birthday", Days(0), Days(14)))
    assert list(services.lists.ids(soon)) == [ada]
    with pytest.raises(UserError, match="Needs a day"):
        services.records.add("occasion", {"name": "Wedding", "person": f"person:{ada}"})


def test_a_record_that_breaks_a_rule_can_still_be_edited_elsewhere(services: Services) -> None:
    ada = add(services, "person", name="Ada King")
    with services._store.action("import", "occasion"):
        day = services._store.records.insert("occasion", {"name": "Wedding", "person": ada})
    services.records.set("occasion", [day], {"note": "ask for the day"})
    assert services.records.show("occasion", day).values["note"] == "ask for the day"
    with pytest.raises(UserError, match="day like"):
        services.records.set("occasion", [day], {"day": ""})
