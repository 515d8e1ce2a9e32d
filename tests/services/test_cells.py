"""Blocks of cells: what is taken, what is told, what follows, and that one undo takes it all back."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.cells import MOST
from tests.services.people_desk import at
from tests.storage.equality import assert_derived_is_true, snapshot

TODAY = date(2026, 11, 12)


@pytest.fixture
def leads(services: Services) -> list[int]:
    return [services.records.add("lead", {"name": f"Ada {n}", "source": "Fair", "score": str(n)}).id for n in range(4)]


def held(services: Services, kind: str, record: int) -> dict[str, object]:
    return dict(services.records.show(kind, record).values)


def test_a_block_goes_in_as_one_step(services: Services, leads: list[int]) -> None:
    texts = [["Web", "70", "mql", "1,200.50"], ["Expo", "71", "MQL", "300 USD"]]
    pasted = services.cells.paste("lead", leads[:2], ["source", "score", "lifecycle", "value"], texts)
    assert (pasted.taken, pasted.refused, pasted.skipped) == (8, (), ())
    first, second = held(services, "lead", leads[0]), held(services, "lead", leads[1])
    assert (first["source"], first["score"], first["mql_on"]) == ("Web", 70, TODAY)
    assert (str(first["value"]), str(second["value"])) == ("1200.50 EUR", "300.00 USD")
    assert pasted.change.count("lead") == 2
    services.history.undo()
    assert held(services, "lead", leads[0])["source"] == "Fair"
    assert held(services, "lead", leads[0])["mql_on"] is None


def test_cells_that_do_not_fit_keep_what_was_there_and_are_told(services: Services, leads: list[int]) -> None:
    texts = [["much", "Web"], ["50", "Web"], ["101", "Web"]]
    pasted = services.cells.paste("lead", leads[:3], ["score", "source"], texts)
    assert [(each.row, each.column, each.text) for each in pasted.refused] == [(0, 0, "much"), (2, 0, "101")]
    assert "0 to 100" in pasted.refused[1].reason
    assert [held(services, "lead", lead)["score"] for lead in leads[:3]] == [0, 50, 2]
    assert {held(services, "lead", lead)["source"] for lead in leads[:3]} == {"Web"}
    assert pasted.taken == 4


def test_what_is_worked_out_is_skipped_and_named(services: Services, leads: list[int]) -> None:
    pasted = services.cells.paste("lead", leads[:1], ["next_step", "source"], [["Call", "Web"]])
    assert pasted.skipped == ("next_step",)
    assert pasted.taken == 1
    with pytest.raises(UserError, match="Next step"):
        services.cells.paste("lead", leads[:1], ["next_step"], [["Call"]])
    with pytest.raises(UserError, match="company or a person"):
        services.cells.paste("customer", leads[:1], ["name"], [["X"]])


def test_a_choice_goes_by_what_it_is_called(services: Services, leads: list[int]) -> None:
    services.cells.paste("lead", leads[:2], ["lifecycle"], [["Kunde"], ["Marketing qualified"]])
    assert held(services, "lead", leads[0])["lifecycle"] == "customer"


def test_a_name_is_taken_apart_and_never_emptied(services: Services, leads: list[int]) -> None:
    pasted = services.cells.paste("lead", leads[:2], ["name"], [["Grace Brewster Hopper"], [" "]])
    values = held(services, "lead", leads[0])
    assert (values["first_name"], values["last_name"]) == ("Grace Brewster", "Hopper")
    assert [each.reason for each in pasted.refused] == ["This cannot be empty."]


def test_short_rows_leave_the_other_cells_alone(services: Services, leads: list[int]) -> None:
    pasted = services.cells.paste("lead", leads, ["source", "score"], [["Web"], ["Expo", "9"]])
    assert pasted.taken == 3
    assert held(services, "lead", leads[0])["score"] == 0


def test_stages_and_likelihoods_follow_their_rules(services: Services) -> None:
    deals = [services.records.add("deal", {"name": f"Fit-out {n}"}).id for n in range(3)]
    pasted = services.cells.paste("deal", deals, ["stage"], [["Won"], ["Lost"], ["Negotiation"]])
    assert [(each.row, each.reason) for each in pasted.refused] == [
        (1, "Say why the deal is lost: give it a reason.")
    ]
    assert held(services, "deal", deals[0])["closed_on"] == TODAY
    assert held(services, "deal", deals[2])["probability"] == 50
    pasted = services.cells.paste("deal", deals, ["probability", "source"], [["40", "Web"]] * 3)
    assert [(each.row, each.field) for each in pasted.refused] == [(0, "probability")]
    assert held(services, "deal", deals[0])["source"] == "Web"
    lost = services.cells.paste("deal", deals[1:2], ["lost_reason", "stage"], [["price", "Lost"]])
    assert not lost.refused
    assert held(services, "deal", deals[1])["status"] == "lost"
    assert_derived_is_true(services.records._store)


def test_what_is_gone_is_told(services: Services, leads: list[int]) -> None:
    services.records.delete("lead", [leads[1]])
    pasted = services.cells.paste("lead", leads[:2], ["source"], [["Web"], ["Web"]])
    assert [(each.row, each.reason) for each in pasted.refused] == [(1, "This record is no longer there.")]


def test_the_base_refuses_only_what_clashes(services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads, {"source_system": "old"})
    pasted = services.cells.paste("lead", leads, ["source_id"], [["1"], ["2"], ["1"], ["4"]])
    assert [(each.row, each.text) for each in pasted.refused] == [(2, "1")]
    assert "number of its source" in pasted.refused[0].reason
    assert held(services, "lead", leads[3])["source_id"] == "4"


def test_what_is_refused_half_way_leaves_nothing_behind(services: Services) -> None:
    for name in ("Old", "New"):
        services.records.add("company", {"name": name})
    people = [services.records.add("person", {"name": name, "company": "Old"}).id for name in ("Ada", "Bob")]
    role = {"person": f"person:{people[1]}", "company": "Old", "started_on": "2026-12-01"}
    services.records.add("employment", role)
    pasted = services.cells.paste("person", people, ["company"], [["New"], ["New"]])
    assert [(cell.name, cell.reason) for cell in pasted.refused] == [("Bob", "A role cannot end before it starts.")]
    roles = services.employments.of_person(people[0])
    assert [(each.company.name, each.ended_on) for each in roles] == [("New", None), ("Old", TODAY)]
    assert_derived_is_true(services._store)
    services.history.undo()
    assert services.lists.count(Filter("employment")) == 1


def test_filling_down_gives_the_values_of_the_first(services: Services, leads: list[int]) -> None:
    services.records.set("lead", [leads[0]], {"email": "a@example.org, b@example.org", "value": "12 USD", "tags": "A"})
    filled = services.cells.fill("lead", leads[0], leads[1:], ["email", "value", "tags", "name"])
    assert filled.taken == 12
    for name in ("email", "value", "tags", "first_name", "last_name"):
        assert held(services, "lead", leads[2])[name] == held(services, "lead", leads[0])[name]
    assert filled.change.verb == "fill"
    services.history.undo()
    assert held(services, "lead", leads[2])["email"] == ()


def test_emptying_leaves_what_must_be(services: Services, leads: list[int]) -> None:
    kind = services.catalogue.kind("lead")
    emptied = services.cells.clear("lead", leads[:1], list(kind.fields))
    assert {"lifecycle", "status"} <= {each.field for each in emptied.refused}
    one = services.cells.clear("lead", leads[1:2], ["source"])
    assert (emptied.change.verb, one.change.verb) == ("clear", "clear_cell")
    assert held(services, "lead", leads[0])["source"] is None
    assert held(services, "lead", leads[0])["lifecycle"] == "lead"


@pytest.mark.parametrize("kind", ["lead", "company", "person", "deal", "product", "task", "activity"])
def test_every_field_of_every_kind_takes_emptiness_or_says_why(services: Services, kind: str) -> None:
    name = {"activity": "subject", "task": "title"}.get(kind, "name")
    record = services.records.add(kind, {name: "X"})
    for name in services.catalogue.kind(kind).fields:
        if services.catalogue.kind(kind).fields[name].editable:
            emptied = services.cells.clear(kind, [record.id], [name])
            assert emptied.taken or emptied.refused[0].reason
    assert_derived_is_true(services.records._store)


def test_too_many_cells_are_refused_whole(services: Services, leads: list[int]) -> None:
    with pytest.raises(UserError, match="100,000"):
        services.cells.paste("lead", leads, ["source"] * MOST, [["x"] * MOST] * 2)


def test_a_converted_lead_stays_and_the_others_change(services: Services, leads: list[int]) -> None:
    services.conversion.convert(leads[:1])
    pasted = services.cells.paste("lead", leads[:2], ["source"], [["Web"], ["Web"]])
    assert [each.row for each in pasted.refused] == [0]
    assert "converted" in pasted.refused[0].reason
    assert held(services, "lead", leads[1])["source"] == "Web"


def test_dates_move_by_days_and_weeks(services: Services) -> None:
    days = ["2026-11-12", "2026-11-12", "2026-12-31", ""]
    deals = [services.records.add("deal", {"name": f"D{n}", "expected_close": day}).id for n, day in enumerate(days)]
    change = services.records.shift("deal", deals, "expected_close", 14)
    found = [held(services, "deal", deal)["expected_close"] for deal in deals]
    assert found == [date(2026, 11, 26), date(2026, 11, 26), date(2027, 1, 14), None]
    assert (change.verb, change.count("deal")) == ("shift", 3)
    services.history.undo()
    services.records.shift("deal", deals, "expected_close", -7)
    assert held(services, "deal", deals[0])["expected_close"] == date(2026, 11, 5)
    with pytest.raises(UserError, match="no calendar"):
        services.records.shift("deal", deals, "expected_close", 10**7)
    with pytest.raises(UserError, match="no date"):
        services.records.shift("deal", deals, "amount", 1)


def test_a_tag_is_taken_off_whatever_its_case(services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads[:2], {"tags": "Key account, Fair"})
    change = services.records.untag("lead", leads, "key ACCOUNT")
    assert held(services, "lead", leads[0])["tags"] == ("Fair",)
    assert change.count("lead") == 2
    services.history.undo()
    assert services.lists.count(services.lists.parse("lead", "tags:key")) == 2


FIELDS = ("name", "source", "score", "value", "lifecycle", "email", "phone", "tags", "city", "mql_on", "note",
          "opt_out", "status", "status_reason", "return_on", "next_step", "own")  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(["", "50", "mql", "Customer", "a@b.example", "+49 30 123456", "1.5.2026", "Recycled", "A, B"]),
    st.text(max_size=8),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.lists(st.sampled_from(FIELDS), min_size=1, max_size=6, unique=True),
    rows=st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=5),
)
def test_any_block_is_taken_or_told_and_undone(
    worn: Services, fields: list[str], rows: list[list[str]]
) -> None:
    store = worn.records._store
    own = next(name for name in worn.catalogue.kind("lead").fields if worn.catalogue.field("lead", name).custom)
    fields = [own if name == "own" else name for name in fields]
    ids = list(worn.lists.ids(Filter("lead")))
    before = snapshot(store)
    try:
        pasted = worn.cells.paste("lead", ids, fields, rows)
    except UserError:
        assert snapshot(store) == before
        return
    given_cells = sum(min(len(row), len(fields)) for row in rows[: len(ids)])
    skipped = sum(1 for row in rows[: len(ids)] for name, _ in zip(fields, row, strict=False) if name in pasted.skipped)
    assert pasted.cells == given_cells - skipped
    assert_derived_is_true(store)
    if pasted.change.action:
        worn.history.undo(pasted.change.action)
    assert snapshot(store) == before


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A base that every example finds as the one before left it."""
    made = at(tmp_path_factory.mktemp("worn"))
    made.fields.add("lead", "Own", "text")
    for n in range(4):
        made.records.add("lead", {"name": f"Ada {n}", "email": f"a{n}@example.org", "tags": "Fair", "city": "Graz"})
    yield made
    made.close()
