"""What the base refuses is said in a sentence, and what is in the bin is left alone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from tests.services.people_desk import Adder, values
from tests.storage.equality import assert_derived_is_true

TODAY = date(2026, 11, 12)


def counts(services: Services) -> int:
    return len(services.history.entries())


def test_a_deal_noted_after_it_was_won_was_opened_no_later(services: Services, add: Adder) -> None:
    deal = add("deal", name="Grinders", stage="Won", closed_on="2026-10-01")
    assert values(services, "deal", deal)["opened_on"] == date(2026, 10, 1)
    said = add("deal", name="Beds", stage="Won", closed_on="2026-10-01", opened_on="2026-09-01")
    assert values(services, "deal", said)["cycle_days"] == 30


def test_what_happened_at_a_time_happened_on_its_day(services: Services, add: Adder) -> None:
    call = add("activity", type="call", happened_at="2026-11-01 10:00")
    assert values(services, "activity", call)["happened_on"] == date(2026, 11, 1)
    assert values(services, "activity", add("activity", type="call"))["happened_on"] == TODAY


@pytest.mark.parametrize("way", ["person", "deal"])
def test_work_with_a_person_or_on_a_deal_counts_for_the_company(services: Services, add: Adder, way: str) -> None:
    hotel, other = add("company", name="Hotel"), add("company", name="Other")
    about = add(way, name="Ingrid", company=f"company:{hotel}")
    add("activity", type="call", **{way: f"{way}:{about}"})
    add("task", title="Send quote", due_on="2026-11-20", **{way: f"{way}:{about}"})
    [(_, touch, step)] = services.lists.rows("company", [hotel], ["last_touch", "next_step"])
    assert (touch, step) == (TODAY, "Send quote")
    said = add("activity", type="call", company=f"company:{other}", **{way: f"{way}:{about}"})
    assert values(services, "activity", said)["company"].id == other


@pytest.mark.parametrize("kind", ["activity", "task"])
def test_work_that_turns_out_to_be_with_another_counts_for_their_company(
    services: Services, add: Adder, kind: str
) -> None:
    hotel, other, third = (add("company", name=name) for name in ("Hotel", "Other", "Third"))
    people = [add("person", name=f"P {at}", company=f"company:{each}") for at, each in enumerate((hotel, other))]
    alone = add("person", name="Zed")
    said = {"type": "call"} if kind == "activity" else {"title": "ring", "type": "call"}
    work = add(kind, **said)
    steps = ((people[0], hotel), (people[1], other), (alone, None), (people[1], other), (None, other), (alone, other))
    for person, company in (*steps, (people[0], other)):
        services.records.set(kind, [work], {"person": person})
        assert getattr(values(services, kind, work)["company"], "id", None) == company
    services.records.set(kind, [work], {"company": third})
    services.records.set(kind, [work], {"person": people[1]})
    assert values(services, kind, work)["company"].id == third
    both = add(kind, **said)
    services.records.set(kind, [both], {"person": people[0], "company": third})
    assert values(services, kind, both)["company"].id == third
    for _ in range(2):
        services.history.undo()
    assert_derived_is_true(services._store)


@pytest.mark.parametrize(("kind", "given", "said"), [
    ("lead", {"source": "fair"}, "A lead needs a name"), ("person", {"email": "a@b.com"}, "A person needs a name"),
    ("company", {"city": "Bonn"}, "A company needs a name"), ("task", {"due_on": "2026-12-01"}, "A task needs a title"),
    ("company", {"name": "  "}, "cannot be empty"), ("lead", {"name": "Ann", "lifecycle": ""}, "cannot be empty"),
    ("lead", {"name": "Ann", "status": None}, "cannot be empty"), ("lead", {"name": "Ann", "score": "101"}, "0 to 100"),
    ("deal", {"name": "X", "probability": "-1"}, "0 to 100"), ("lead", {"name": "Ann", "score": -5}, "0 to 100"),
    ("purchase", {"amount": "5"}, "exactly one company or person"), ("lead", {"nme": "Ann"}, "no field “nme”"),
    ("customer", {"name": "Acme"}, "company or a person"), ("lead", {"name": "A", "last_touch": "1"}, "worked out"),
    ("deal", {"name": "X", "stage": "Lost"}, "Say why"), ("person", {"name": "A", "company": "Ghost"}, "no company"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(
    services: Services, kind: str, given: dict[str, Any], said: str
) -> None:
    before = counts(services)
    with pytest.raises(UserError, match=said):
        services.records.add(kind, given)
    assert counts(services) == before
    assert services.lists.count(Filter(kind)) == 0


@pytest.mark.parametrize(("kind", "field", "value"), [
    ("lead", "lifecycle", ""), ("lead", "status", None), ("activity", "type", ""), ("task", "title", ""),
    ("deal", "stage", None), ("deal", "name", " "), ("deal", "probability_source", ""),
])  # fmt: skip
def test_what_a_record_must_have_cannot_be_taken_from_it(
    services: Services, add: Adder, kind: str, field: str, value: str | None
) -> None:
    record = add(kind, **({"title": "Call"} if kind == "task" else {} if kind == "activity" else {"name": "Ann"}))
    before = values(services, kind, record)
    with pytest.raises(UserError):
        services.records.set(kind, [record], {field: value})
    assert values(services, kind, record) == before


def test_one_number_of_a_source_is_one_record(services: Services, add: Adder) -> None:
    add("lead", name="Ann", source_system="x", source_id="1")
    other = add("lead", name="Bo")
    with pytest.raises(UserError, match="number of its source"):
        services.records.add("lead", {"name": "Cy", "source_system": "x", "source_id": "1"})
    with pytest.raises(UserError, match="number of its source"):
        services.records.set("lead", [other], {"source_system": "x", "source_id": "1"})
    assert services.lists.count(Filter("lead")) == 2


def test_a_purchase_keeps_exactly_one_owner(services: Services, add: Adder) -> None:
    company, person = add("company", name="Acme"), add("person", name="Ann Beck")
    purchase = add("purchase", company=company, amount="5")
    for change in ({"person": person}, {"company": None}):
        with pytest.raises(UserError, match="exactly one"):
            services.records.set("purchase", [purchase], change)
    services.records.set("purchase", [purchase], {"company": None, "person": person})
    assert values(services, "purchase", purchase)["person"].name == "Ann Beck"


def test_a_link_needs_a_record_and_one_that_is_meant(services: Services, add: Adder) -> None:
    first, _second = add("company", name="Acme"), add("company", name="ACME")
    with pytest.raises(UserError, match=r"Several records are called “acme”.*company:"):
        services.records.add("person", {"name": "Ann", "company": "acme"})
    ann = add("person", name="Ann", company=f"company:{first}")
    assert values(services, "person", ann)["company"].id == first
    with pytest.raises(UserError, match="not there"):
        services.records.set("person", [ann], {"company": 1 << 50})


def test_work_on_several_records_leaves_the_bin_alone(services: Services, add: Adder) -> None:
    gone, here = add("lead", name="Ann"), add("lead", name="Bo")
    services.records.delete("lead", [gone])
    at = services._store.lists.whole("lead", [gone], ["source"])
    services.records.set("lead", [gone, here], {"source": "fair"})
    services.records.tag("lead", [gone, here], "vip")
    services.records.delete("lead", [gone, here])
    assert services._store.lists.whole("lead", [gone], ["source"]) == at
    assert values(services, "lead", here)["source"] == "fair"
    assert values(services, "lead", gone)["tags"] == ()
    assert [entry.verb for entry in services.history.entries(1, record=("lead", gone))] == ["delete"]
    with pytest.raises(UserError, match="There is no lead"):
        services.records.set("lead", [gone], {"source": "x"})
    with pytest.raises(UserError, match="There is no lead"):
        services.records.tag("lead", [gone], "x")
    with pytest.raises(UserError, match="There is no lead"):
        services.records.delete("lead", [gone, here])


def test_no_records_are_nothing_to_do(services: Services) -> None:
    for change in (services.records.set("lead", [], {"source": "x"}), services.records.delete("lead", []),
                   services.records.restore("lead", []), services.records.tag("lead", [], "x")):  # fmt: skip
        assert (change.action, change.touched) == (0, ())
    assert counts(services) == 0


def test_only_what_is_in_the_bin_comes_back(services: Services, add: Adder) -> None:
    ann, bo = add("lead", name="Ann", source_id="1"), add("lead", name="Bo")
    for record in (ann, 4711):
        with pytest.raises(UserError, match="not in the bin"):
            services.records.restore("lead", [record])
    services.records.delete("lead", [ann])
    change = services.records.restore("lead", [ann, bo])
    assert (change.subject, change.count("lead")) == ("Ann", 1)
    assert not services.records.show("lead", ann).deleted


def test_two_of_one_source_do_not_come_back_together(services: Services, add: Adder) -> None:
    twins = []
    for name in ("Ann", "Bo"):
        twins.append(add("lead", name=name, source_id="1"))
        services.records.delete("lead", twins[-1:])
    with pytest.raises(UserError, match="came in anew"):
        services.records.restore("lead", twins)
    services.records.restore("lead", twins[:1])
    with pytest.raises(UserError, match="came in anew"):
        services.records.restore("lead", twins[1:])


def test_what_a_field_cannot_hold_is_named_with_what_it_can(services: Services, add: Adder) -> None:
    """In words: neither a column nor a code of the base is spelled there."""
    lead, deal = add("lead", name="Ada King"), add("deal", name="Fit-out")
    activity = add("activity", type="note", subject="Hello")
    for kind, record, field, value, said in (
        ("lead", lead, "score", 3.5e9, "“Score” takes a number from 0 to 100."),
        ("lead", lead, "lifecycle", "guest", "“Lifecycle” takes one of these: subscriber, lead, mql, sql,"),
        ("deal", deal, "probability_source", "x", "“Probability source” takes one of these: stage, manual"),
        ("lead", lead, "lifecycle", None, "“Lifecycle” cannot be empty."),
        ("activity", activity, "type", "x", "“Type” takes one of these: .*email in"),
    ):
        with services._store.action("set", kind), pytest.raises(UserError, match=said):
            services._store.records.update(kind, [record], {field: value})


def test_a_kind_without_a_name_goes_and_comes_back(services: Services, add: Adder) -> None:
    add("deal", name="Fit-out")
    [entry] = services.lists.ids(Filter("stage_log"))
    services.records.delete("stage_log", [entry])
    services.records.restore("stage_log", [entry])
    assert services.records.show("stage_log", entry).title == ""


def test_a_stage_that_deals_are_in_stays(services: Services, add: Adder) -> None:
    deal = values(services, "deal", add("deal", name="Fit-out"))
    for kind in ("stage", "pipeline"):
        with pytest.raises(UserError, match=rf"^1 deal is in this {kind}\. Move it first\.$"):
            services.records.delete(kind, [deal[kind].id])
    add("deal", name="Lease")
    with pytest.raises(UserError, match=r"^2 deals are in this stage\. Move them first\.$"):
        services.records.delete("stage", [deal["stage"].id])
    free = next(stage for stage in services.pipeline.stages() if stage.name == "Proposal")
    services.records.delete("stage", [free.id])
    assert "Proposal" not in [stage.name for stage in services.pipeline.stages()]


def test_stages_and_pipelines_without_a_place_come_last(services: Services) -> None:
    first = services.pipeline.pipelines()[0]
    renewals = services.records.add("pipeline", {"name": "Renewals"}).id
    assert [each.id for each in services.pipeline.pipelines()] == [first.id, renewals]
    services.records.add("stage", {"name": "Pilot", "pipeline": first.id, "category": "open"})
    assert services.pipeline.stages()[-1].name == "Pilot"
    assert services.reports.pipeline().rows[-1].values["stage"] == "Pilot"
    stage = values(services, "deal", services.records.add("deal", {"name": "Fit-out"}).id)["stage"]
    assert stage.name == "Lead generation"


def test_the_stages_of_a_deleted_pipeline_are_no_more(services: Services) -> None:
    renewals = services.records.add("pipeline", {"name": "Renewals"}).id
    services.records.add("stage", {"name": "Due", "pipeline": renewals, "category": "open"})
    assert services.reports.pipeline().rows[-1].values["stage"] == "Due"
    services.records.delete("pipeline", [renewals])
    assert services.reports.pipeline().rows[-1].values["stage"] == "Closing"


@pytest.mark.parametrize(("stage", "given", "likely", "source"), [
    ("Proposal", None, 30, "stage"), ("Proposal", 35, 35, "manual"), ("Won", 40, 100, "stage"),
    ("Won", None, 100, "stage"), ("Lost", 40, 0, "stage"),
])  # fmt: skip
@pytest.mark.parametrize("new", [True, False])
def test_a_likelihood_is_by_hand_where_it_is_open_and_sure_where_it_is_closed(
    services: Services, add: Adder, stage: str, given: int | None, likely: int, source: str, new: bool
) -> None:
    more: dict[str, Any] = {"stage": stage, "lost_reason": "price"} | ({} if given is None else {"probability": given})
    if new:
        deal = add("deal", name="Fit-out", **more)
    else:
        deal = add("deal", name="Fit-out")
        services.records.set("deal", [deal], more)
    found = values(services, "deal", deal)
    assert (found["probability"], found["probability_source"]) == (likely, source)


def test_the_likelihood_of_a_closed_deal_cannot_be_set(services: Services, add: Adder) -> None:
    won, opened = add("deal", name="A", stage="Won"), add("deal", name="B")
    with pytest.raises(UserError, match="reopen it"):
        services.records.set("deal", [won, opened], {"probability": "40"})
    assert values(services, "deal", opened)["probability"] == 5
    services.records.set("deal", [opened], {"probability": "40"})
    assert values(services, "deal", opened)["probability_source"] == "manual"


@pytest.mark.parametrize(("stage", "given", "said"), [
    ("Won", {"closed_on": ""}, "has the day of its close"), ("Lost", {"closed_on": ""}, "has the day of its close"),
    ("Lost", {"lost_reason": " "}, "Say why the deal is lost"), ("Proposal", {"closed_on": "2026-10-01"}, "not closed"),
    ("Won", {"stage": "Proposal", "closed_on": "2026-10-01"}, "not closed"),
])  # fmt: skip
def test_a_deal_has_the_day_and_the_reason_of_its_close_as_long_as_it_is_closed(
    services: Services, add: Adder, stage: str, given: dict[str, str], said: str
) -> None:
    deal = add("deal", name="Fit-out", stage=stage, lost_reason="price" if stage == "Lost" else "")
    before = values(services, "deal", deal)
    with pytest.raises(UserError, match=said):
        services.records.set("deal", [deal], given)
    if "stage" not in given:
        [refused] = services.cells.paste("deal", [deal], list(given), [list(given.values())]).refused
        assert said in refused.reason
    assert values(services, "deal", deal) == before
    with pytest.raises(UserError, match="not closed"):
        services.records.add("deal", {"name": "New", "closed_on": "2026-10-01"})


def test_what_is_not_said_of_a_close_stays(services: Services, add: Adder) -> None:
    deal = add("deal", name="Fit-out", stage="Lost", lost_reason="price", closed_on="2026-10-01")
    services.records.set("deal", [deal], {"stage": "Lost", "closed_on": "", "lost_reason": ""})
    found = values(services, "deal", deal)
    assert (found["closed_on"], found["lost_reason"]) == (date(2026, 10, 1), "price")
    services.records.set("deal", [deal], {"stage": "Won", "closed_on": ""})
    found = values(services, "deal", deal)
    assert (found["status"], found["closed_on"], found["lost_reason"]) == ("won", date(2026, 11, 12), None)


def test_a_step_of_the_lifecycle_is_dated_once(services: Services, add: Adder) -> None:
    lead = add("lead", name="Ann", lifecycle="mql", mql_on="2026-03-01")
    services.records.set("lead", [lead], {"lifecycle": "sql"})
    services.records.set("lead", [lead], {"lifecycle": "mql"})
    found = values(services, "lead", lead)
    assert (found["mql_on"], found["sql_on"], found["customer_on"]) == (date(2026, 3, 1), TODAY, None)


def test_a_tag_is_one_however_it_is_written_and_leaves_with_its_name(services: Services, add: Adder) -> None:
    ann, bo = add("lead", name="Ann", tags=("VIP",)), add("lead", name="Bo")
    services.records.tag("lead", [ann, bo], " vip ")
    assert values(services, "lead", ann)["tags"] == values(services, "lead", bo)["tags"] == ("VIP",)
    [tag] = services.lists.ids(Filter("tag"))
    services.records.set("tag", [tag], {"name": "Friend"})
    assert [hit.id for hit in services.lists.search("friend")] == [bo, ann]
    assert services.lists.search("vip") == []
    services.records.delete("tag", [tag])
    assert values(services, "lead", ann)["tags"] == ()
    assert services.lists.search("friend") == []
    services.history.undo()
    assert list(services.lists.ids(Filter("lead", is_("tags", "friend")))) == [bo, ann]
    with pytest.raises(UserError, match="A tag needs a name"):
        services.records.tag("lead", [ann], "  ")


def test_values_in_use_are_single_ones_the_most_frequent_first(services: Services, add: Adder) -> None:
    add("lead", name="Ann", tags=("blue", "red"), email=("a@x.com", "b@x.com"), source="fair", city="Bonn")
    gone = add("lead", name="Bo", tags=("blue", "old"), city="Ulm")
    add("lead", name="Cy", tags=("red",), source="fair")
    add("lead", name="Di", tags=("red",), source="web")
    services.records.delete("lead", [gone])
    for field, found in (("tags", ["red", "blue"]), ("email", ["a@x.com", "b@x.com"]), ("source", ["fair", "web"]),
                         ("city", ["Bonn"])):  # fmt: skip
        assert services.lists.values_in_use("lead", field) == found
    assert services.lists.values_in_use("lead", "tags", 1) == ["red"]


def test_customers_are_found_by_their_number_as_companies_are(services: Services, add: Adder) -> None:
    acme = add("company", name="Acme", customer="yes", phone="+49 (30) 123-456")
    for kind in ("company", "customer"):
        assert [hit.id for hit in services.lists.search("49 30 123", [kind])] == [acme]


def test_work_that_concerns_several_is_in_the_timeline_of_each(services: Services, add: Adder) -> None:
    acme, bolt = add("company", name="Acme"), add("company", name="Bolt")
    visit = add("activity", type="visit", subject="Fair", company=acme)
    with services._store.action("link"):
        services._store.database.execute_sql(
            "INSERT INTO activity_link (id, activity_id, company_id) VALUES (1, ?, ?)", (visit, bolt)
        )
    for company in (acme, bolt):
        assert [moment.title for moment in services.timeline.moments("company", company)] == ["Fair"]


def test_a_record_is_named_in_the_history_by_what_it_is_called(services: Services, add: Adder) -> None:
    company = add("company", name="Acme")
    add("person", first_name="Ann", last_name="Beck")
    add("lead", company_name="Bolt Ltd")
    add("activity", type="visit", company=company)
    add("purchase", company=company, bought_on="2026-11-01")
    assert [entry.subject for entry in services.history.entries()] == [
        "2026-11-01", "Visit", "Bolt Ltd", "Ann Beck", "Acme",
    ]  # fmt: skip


def test_a_hundred_thousand_ids_are_asked_for_at_once(services: Services, add: Adder) -> None:
    lead = add("lead", name="Ann")
    many = [*range(1, 100_000), lead]
    assert services.lists.rows("lead", many, ["name"]) == [(lead, "Ann")]
    services.records.set("lead", many, {"lifecycle": "mql"})
    assert values(services, "lead", lead)["mql_on"] == TODAY


def test_very_long_texts_are_kept_whole_or_refused(services: Services, add: Adder) -> None:
    lead = add("lead", name="Ann", note="x" * 100_000)
    assert len(values(services, "lead", lead)["note"]) == 100_000
    with pytest.raises(UserError, match="longer than"):
        services.records.set("lead", [lead], {"note": "x" * 100_001})


CHANGES = st.fixed_dictionaries({}, optional={
    "source": st.sampled_from(["", "fair", "Web"]), "score": st.none() | st.integers(0, 100),
    "value": st.none() | st.builds(Money, st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "JPY", "KWD"])),
    "tags": st.lists(st.sampled_from(["a", "B", "ç"]), max_size=3).map(tuple),
    "email": st.lists(st.sampled_from(["a@x.com", "b@x.com"]), max_size=2, unique=True).map(tuple),
    "city": st.sampled_from(["", "Bonn"]), "lifecycle": st.sampled_from(["lead", "mql", "customer"]),
    "opt_out": st.booleans(), "created_at": st.datetimes(datetime(1990, 1, 1), timezones=st.just(UTC)),
})  # fmt: skip


@given(CHANGES, CHANGES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_change_goes_back_and_forth(services: Services, first: dict[str, Any], second: dict[str, Any]) -> None:
    lead = services.records.add("lead", {"name": "Ann", **first}).id
    before = values(services, "lead", lead)
    change = services.records.set("lead", [lead], second)
    after = values(services, "lead", lead)
    if change.action:
        services.history.undo()
        assert values(services, "lead", lead) == before
        services.history.redo()
        assert values(services, "lead", lead) == after
    else:
        assert after == before


def test_stages_passed_on_one_day_count_in_the_order_they_were_passed(services: Services, add: Adder) -> None:
    stages = {stage.name: stage.id for stage in services.pipeline.stages()}
    deal = add("deal", name="Fit-out", opened_on="2026-11-01")
    log = services._store.records
    with services._store.action("log"):
        for name, day in (("Qualification", date(2026, 11, 1)), ("Proposal", date(2026, 11, 1))):
            log.insert("stage_log", {"deal": deal, "stage": stages[name], "entered_on": day})
    services.pipeline.won(deal, on=date(2026, 11, 11))
    usual = services.reports.usual_days()
    assert (usual[stages["Qualification"]], usual[stages["Proposal"]]) == (0, 10)


def test_a_deal_whose_stage_was_deleted_meanwhile_can_be_moved_on(services: Services, add: Adder) -> None:
    stages = {stage.name: stage.id for stage in services.pipeline.stages()}
    deal = add("deal", name="Ten lamps", stage=stages["Proposal"])
    services.records.delete("deal", [deal])
    services.records.delete("stage", [stages["Proposal"]])
    services.records.restore("deal", [deal])
    services.records.set("deal", [deal], {"stage": stages["Negotiation"]})
    assert values(services, "deal", deal)["stage"].name == "Negotiation"
