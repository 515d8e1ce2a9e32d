"""Names of the user's own fields: made of labels, never shadowing another name, always fit to be typed."""


import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Compare, Filter, Op, Sort
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.storage.own_fields import plain_name


def own(services: Services, kind: str = "lead") -> dict[str, str | None]:
    return {f.name: f.label for f in services.catalogue.kind(kind).fields.values() if f.custom}


@pytest.mark.parametrize(("label", "name"), [
    ("Favourite colour", "favourite_colour"), ("Größe (cm)", "grosse_cm"), ("2024 revenue", "field_2024_revenue"),
    ("№!?", "no"), ("!?", "field_"), ("颜色", "颜色"), ("a'; DROP TABLE lead; --", "a_drop_table_lead"),
])  # fmt: skip
def test_a_label_gives_a_name_that_can_be_typed(label: str, name: str) -> None:
    assert plain_name(label) == name


@pytest.mark.parametrize("label", ["Id", "kind", "Deleted"])
def test_what_an_answer_says_of_every_record_is_never_shadowed(services: Services, label: str) -> None:
    number = services.fields.add("lead", label, "text").id
    assert own(services) == {f"{label.lower()}_{number}": label}


@pytest.mark.parametrize("label", ["E-Mail ", "email", "Last name", "TAGS"])
def test_a_name_that_is_taken_is_refused(services: Services, label: str) -> None:
    if plain_name(label) == "e_mail":
        services.fields.add("lead", label, "text")
    with pytest.raises(UserError, match="already has a field"):
        services.fields.add("lead", label, "text")


def test_two_fields_of_one_name_stand_beside_each_other(services: Services) -> None:
    first = services.fields.add("lead", "Nick", "text").id
    lead = services.records.add("lead", {"name": "Ann Beck", "nick": "Zed"}).id
    deleted = services.fields.delete(first)
    second = services.fields.add("lead", "Nick", "text").id
    services.records.set("lead", [lead], {"nick": "Abe"})
    services.fields.rename(second, "Pet name")
    services.history.revert(deleted.action)
    assert own(services) == {"nick": "Nick", f"nick_{second}": "Pet name"}
    values = services.records.show("lead", lead).values
    assert (values["nick"], values[f"nick_{second}"]) == ("Zed", "Abe")


def test_undo_and_redo_go_over_the_making_and_filling_of_fields(services: Services) -> None:
    services.fields.add("lead", "Nick", "text")
    lead = services.records.add("lead", {"name": "Ann Beck", "nick": "Zed"}).id
    services.records.set("lead", [lead], {"nick": "Abe"})
    for _ in range(3):
        services.history.undo()
    assert own(services) == {}
    services.fields.add("company", "Other", "money")
    services.history.undo()
    assert services.history.peek_redo() is not None
    with pytest.raises(UserError, match="no field"):
        services.lists.parse("lead", "nick:abe")


def test_redo_brings_fields_and_values_back(services: Services) -> None:
    services.fields.add("lead", "Budget", "money")
    lead = services.records.add("lead", {"name": "Ann Beck", "budget": "12.50"}).id
    services.history.undo()
    services.history.undo()
    services.history.redo()
    services.history.redo()
    assert str(services.records.show("lead", lead).values["budget"]) == "12.50 EUR"


def test_no_is_what_nobody_said(services: Services) -> None:
    services.fields.add("lead", "Vip", "yes_no")
    services.records.add("lead", {"name": "Ann Beck", "vip": "yes"})
    silent = services.records.add("lead", {"name": "Bo Cole"}).id
    assert list(services.lists.ids(services.lists.parse("lead", "vip:no"))) == [silent]
    assert list(services.lists.ids(services.lists.parse("lead", "vip:none"))) == []


def test_own_choices_are_written_as_people_do(services: Services) -> None:
    services.fields.add("lead", "Size", "choice", ["Very big", "Small"])
    lead = services.records.add("lead", {"name": "Ann Beck", "size": "VERY BIG"}).id
    assert services.records.show("lead", lead).values["size"] == "Very big"
    for text in ('size:"very big"', "size=small,very_big"):
        assert list(services.lists.ids(services.lists.parse("lead", text))) == [lead]
    for text in ("size:huge", "size=huge"):
        with pytest.raises(UserError, match="is one of Very big, Small"):
            services.lists.parse("lead", text)


def test_lists_are_ordered_by_own_values_without_case(services: Services) -> None:
    services.fields.add("lead", "Nick", "text")
    services.fields.add("lead", "Size", "integer")
    made = [
        services.records.add("lead", {"name": name, "nick": nick, "size": size}).id
        for name, nick, size in (("A", "Zed", "10"), ("B", "äpfel", "9"), ("C", "", ""), ("D", "bob", "-1"))
    ]
    a, b, c, d = made
    assert list(services.lists.ids(Filter("lead"), Sort("nick"))) == [b, d, a, c]
    assert list(services.lists.ids(Filter("lead"), Sort("nick", True))) == [a, d, b, c]
    assert list(services.lists.ids(Filter("lead"), Sort("size"))) == [d, b, a, c]


def test_words_of_own_fields_are_found(services: Services) -> None:
    services.fields.add("company", "Slogan", "text")
    acme = services.records.add("company", {"name": "Acme", "slogan": "Über alles"}).id
    assert [hit.id for hit in services.lists.search("uber")] == [acme]
    services.records.set("company", [acme], {"slogan": ""})
    assert services.lists.search("uber") == []


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_label_gives_a_field_that_can_be_set_typed_and_found(services: Services, labels: list[str]) -> None:
    before = own(services)
    for label in labels:
        try:
            number = services.fields.add("task", label, "text").id
        except UserError:
            continue
        name = next(f.name for f in services.catalogue.kind("task").fields.values() if f.definition == number)
        task = services.records.add("task", {"title": "Call", name: "hello there"}).id
        wanted = Filter("task", Compare(name, Op.IS, "Hello There"))
        assert services.lists.parse("task", services.lists.text(wanted)) == wanted
        assert list(services.lists.ids(wanted)) == [task]
        assert services.records.show("task", task).values["title"] == "Call"
    assert own(services) == before
