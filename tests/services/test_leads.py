"""Leads: their statuses and lifecycle, put aside with a reason or until a day, read from a pasted text."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.errors import UserError
from crm_desktop.services import Services

TODAY = date(2026, 11, 12)


def lead(services: Services, **values: Any) -> int:
    return services.records.add("lead", {"name": "Ada King", **values}).id


def told(services: Services, record: int, *names: str) -> tuple[Any, ...]:
    values = services.records.show("lead", record).values
    return tuple(getattr(values[name], "name", values[name]) for name in names)


def test_a_new_lead_is_new_and_its_step_is_dated(services: Services) -> None:
    found = told(services, lead(services), "status", "status_type", "lifecycle", "lead_on", "mql_on")
    assert found == ("New", "open", "lead", TODAY, None)


def test_a_status_goes_by_its_name_or_its_type(services: Services) -> None:
    number = lead(services, status="nurturing")
    assert told(services, number, "status", "status_type") == ("Nurturing", "working")
    services.records.set("lead", [number], {"status": "qualified"})
    assert told(services, number, "status", "status_type") == ("Qualified", "qualified")


def test_a_renamed_status_means_what_it_meant(services: Services) -> None:
    number = lead(services, status="Contacted")
    [contacted] = [each for each in services.statuses.all() if each.name == "Contacted"]
    services.statuses.rename(contacted.id, "Called twice")
    assert told(services, number, "status", "status_type") == ("Called twice", "working")
    assert services.lists.count(Filter("lead", is_("status", "called twice"))) == 1
    assert services.lists.count(Filter("lead", is_("status_type", "working"))) == 1
    services.history.undo()
    assert told(services, number, "status") == ("Contacted",)


def test_statuses_are_added_ordered_and_dropped(services: Services) -> None:
    made = services.statuses.add("On hold", LeadStatus.WORKING).id
    number = lead(services, status="On hold")
    names = [each.name for each in services.statuses.all()]
    assert names[-1] == "On hold"
    services.statuses.order([made, *(each.id for each in services.statuses.all() if each.id != made)])
    assert services.statuses.all()[0].name == "On hold"
    services.statuses.delete(made)
    assert told(services, number, "status", "status_type") == ("Contacted", "working")
    for _ in range(4):
        services.history.undo()
    assert [each.name for each in services.statuses.all()] == names[:-1]


def test_who_comes_back_has_a_status_that_is_there(services: Services) -> None:
    made = services.statuses.add("On hold", LeadStatus.WORKING).id
    number, became = lead(services, status="On hold"), lead(services, status="On hold", email="a@b.example")
    services.conversion.convert([became])
    services.records.delete("lead", [number])
    services.statuses.delete(made)
    services.bin.restore("lead", [number])
    services.conversion.unconvert([became])
    for each in (number, became):
        assert told(services, each, "status", "status_type") == ("Contacted", "working")
    assert services.lists.count(Filter("lead", is_("status", "Contacted"))) == 2
    for _ in range(3):
        services.history.undo()
    services.records.restore("lead", [number])
    assert told(services, number, "status", "status_type") == ("On hold", "working")


@pytest.mark.parametrize(("name", "said"), [(" ", "needs a name"), ("NEW", "already")])
def test_a_status_needs_a_name_of_its_own(services: Services, name: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        services.statuses.add(name, LeadStatus.OPEN)


def test_a_status_as_a_record_keeps_its_type_and_has_a_name_of_its_own(services: Services) -> None:
    for each in services.statuses.all()[1:3]:
        services.statuses.add(f"{each.name} again", each.type)
    services.statuses.delete(services.statuses.all()[1].id)
    made = services.records.add("lead_status", {"name": "Parked", "type": "working"}).id
    assert services.statuses.all()[-1].id == made
    services.records.set("lead_status", [made], {"name": "PARKED", "type": "working"})
    with pytest.raises(UserError, match="already"):
        services.records.add("lead_status", {"name": "new", "type": "open"})
    with pytest.raises(UserError, match="already"):
        services.records.set("lead_status", [made], {"name": "new"})
    with pytest.raises(UserError, match="type of a status stays"):
        services.records.set("lead_status", [made], {"type": "open"})


def test_the_last_status_of_a_type_stays(services: Services) -> None:
    with pytest.raises(UserError, match="last status of its type"):
        services.statuses.delete(services.statuses.first(LeadStatus.OPEN).id)
    with pytest.raises(UserError, match="last status of its type"):
        services.records.delete("lead_status", [services.statuses.first(LeadStatus.OPEN).id])


def test_a_status_deleted_as_a_record_leaves_no_lead_without_one(services: Services) -> None:
    made = [services.statuses.add(name, LeadStatus.WORKING).id for name in ("On hold", "Asked twice")]
    number = lead(services, status="On hold")
    services.records.delete("lead_status", made)
    assert told(services, number, "status", "status_type") == ("Contacted", "working")


def test_who_is_disqualified_has_a_reason(services: Services) -> None:
    number = lead(services)
    with pytest.raises(UserError, match="reason"):
        services.records.set("lead", [number], {"status": "Disqualified"})
    with pytest.raises(UserError, match="reason"):
        services.leads.disqualify([number], " ")
    services.leads.disqualify([number], "No budget")
    assert told(services, number, "status_type", "status_reason") == ("disqualified", "No budget")


def test_who_is_put_back_has_a_day_and_a_follow_up(services: Services) -> None:
    number = lead(services)
    with pytest.raises(UserError, match="come back"):
        services.records.set("lead", [number], {"status": "recycled"})
    with pytest.raises(UserError, match="after today"):
        services.leads.recycle([number], TODAY)
    services.leads.recycle([number], date(2027, 1, 10), "Budget opens in January")
    assert told(services, number, "status_type", "return_on", "next_activity", "next_step") == (
        "recycled", date(2027, 1, 10), date(2027, 1, 10), "Contact again",
    )  # fmt: skip
    services.history.undo()
    assert told(services, number, "status_type", "return_on", "next_step") == ("open", None, None)


def test_who_is_put_back_once_more_has_one_follow_up(services: Services) -> None:
    number, other = lead(services), lead(services)
    services.leads.recycle([number], date(2027, 1, 10))
    services.leads.recycle([number, other], date(2027, 2, 1))
    assert [told(services, each, "next_activity") for each in (number, other)] == [(date(2027, 2, 1),)] * 2
    assert services.lists.count(Filter("task")) == 2


def test_who_is_put_back_by_its_fields_has_a_follow_up_too(services: Services) -> None:
    number = lead(services)
    with pytest.raises(UserError, match="after today"):
        services.records.set("lead", [number], {"status": "recycled", "return_on": TODAY})
    services.records.set("lead", [number], {"status": "recycled", "return_on": "2027-01-10", "status_reason": "later"})
    assert told(services, number, "next_activity", "next_step") == (date(2027, 1, 10), "Contact again")
    added = services.records.add("lead", {"name": "Bo Lee", "status": "recycled", "return_on": "2027-03-01"})
    assert told(services, added.id, "next_activity", "next_step") == (date(2027, 3, 1), "Contact again")


def test_another_day_to_come_back_moves_the_follow_up(services: Services) -> None:
    number, other = lead(services), lead(services)
    services.leads.recycle([number], date(2027, 1, 10), "After the fair")
    services.records.set("lead", [number, other], {"return_on": "2027-02-01"})
    assert [told(services, each, "next_activity") for each in (number, other)] == [(date(2027, 2, 1),), (None,)]
    assert [row[1] for row in services.lists.values(Filter("task"), ["note"])] == ["After the fair"]
    for day, said in ((TODAY, "after today"), (None, "when to come back")):
        with pytest.raises(UserError, match=said):
            services.records.set("lead", [number], {"return_on": day})


@pytest.mark.parametrize("way", ["set", "disqualify"])
def test_who_is_put_aside_for_good_is_not_to_be_contacted_again(services: Services, way: str) -> None:
    number, other = lead(services), lead(services)
    services.leads.recycle([number, other], date(2027, 1, 10))
    call = services.records.add("task", {"title": "Call", "lead": number, "due_on": "2027-01-05"}).id
    if way == "set":
        services.records.set("lead", [number], {"status": "disqualified", "status_reason": "Closed"})
    else:
        services.leads.disqualify([number], "Closed")
    assert [told(services, each, "next_step") for each in (number, other)] == [("Call",), ("Contact again",)]
    assert list(services.lists.ids(Filter("task", is_("lead", number)))) == [call]
    services.history.undo()
    assert services.lists.count(Filter("task", is_("lead", number))) == 2


@pytest.mark.parametrize("way", ["set", "qualify"])
def test_who_is_worked_on_again_has_neither_reason_nor_day(services: Services, way: str) -> None:
    number = lead(services)
    services.leads.recycle([number], date(2027, 1, 10), "After the fair")
    if way == "set":
        services.records.set("lead", [number], {"status": "Contacted"})
    else:
        services.leads.qualify([number], Lifecycle.SQL, "Has budget")
    assert told(services, number, "return_on", "status_reason") == (None, None)


def test_nobody_is_converted_by_a_status_alone(services: Services) -> None:
    number = lead(services)
    with pytest.raises(UserError, match="person, company and deal"):
        services.records.set("lead", [number], {"status": "converted"})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada King\nada@king.example\n\nBo Lee\n020 7946 0182", ["Ada King", "Bo Lee"]),
        ("Ada King\nada@king.example\n \n\nBo Lee\nbo@lee.example\n", ["Ada King", "Bo Lee"]),
        ("Ada King\nada@king.example\nBo Lee\nbo@lee.example", ["Ada King"]),
        ("Best regards\n\nAda King\nada@king.example", ["Ada King"]),
        ("Ada King\nHead of buying\n\nKing Ltd\nada@king.example\n020 7946 0182", ["Ada King"]),
        ("Ada King\nada@king.example\n\nKing Ltd\ninfo@king.example", ["Ada King"]),
        ("BEGIN:VCARD\nFN:Ada King\nEND:VCARD\nBEGIN:VCARD\nFN:Bo Lee\nEND:VCARD", ["Ada King", "Bo Lee"]),
    ],
)
def test_a_text_is_about_several_where_each_part_tells_who(services: Services, text: str, names: list[str]) -> None:
    people = services.leads.read_all(text)
    assert [each.get("name") or f"{each['first_name']} {each['last_name']}" for each in people] == names


def test_who_is_gone_or_converted_is_not_put_aside(services: Services) -> None:
    gone, converted = lead(services), lead(services)
    services.records.delete("lead", [gone])
    services.conversion.convert([converted])
    before = services.history.entries(1)
    for number, said in ((gone, "no such lead"), (converted, "stays as it is")):
        with pytest.raises(UserError, match=said):
            services.leads.disqualify([number], "no budget")
        with pytest.raises(UserError, match=said):
            services.leads.recycle([number], TODAY + timedelta(9))
        with pytest.raises(UserError, match=said):
            services.leads.qualify([number], Lifecycle.MQL)
    assert services.history.entries(1) == before
    left = lead(services)
    services.leads.disqualify([gone, converted, left], "no budget")
    assert told(services, left, "status_type", "status_reason") == ("disqualified", "no budget")
    assert told(services, converted, "status_type", "status_reason") == ("converted", None)


def test_becoming_an_sql_needs_a_note(services: Services) -> None:
    number = lead(services)
    services.leads.qualify([number], Lifecycle.MQL)
    with pytest.raises(UserError, match="qualification note"):
        services.leads.qualify([number], Lifecycle.SQL)
    services.leads.qualify([number], Lifecycle.SQL, "Budget 30,000, decides in March")
    assert told(services, number, "lifecycle", "mql_on", "sql_on", "status_type", "qualification") == (
        "sql", TODAY, TODAY, "qualified", "Budget 30,000, decides in March",
    )  # fmt: skip


def test_several_leads_go_one_step_on_as_one_action(services: Services) -> None:
    fresh, warm, noted, ready, out = (lead(services) for _ in range(5))
    services.leads.qualify([warm, noted], Lifecycle.MQL)
    services.records.set("lead", [noted], {"qualification": "Called us"})
    services.leads.qualify([ready], Lifecycle.SQL, "Has budget")
    services.leads.disqualify([out], "No budget")
    chosen = [fresh, warm, noted, ready, out]
    onward = services.leads.onward(chosen)
    assert {step: set(who) for step, who in onward.steps.items()} == {
        Lifecycle.MQL: {fresh}, Lifecycle.SQL: {warm, noted},
    }  # fmt: skip
    assert (onward.ready, onward.bare, onward.moved) == ([ready], [warm], 3)
    with pytest.raises(UserError, match="qualification note"):
        services.leads.qualify(chosen)
    assert services.leads.qualify(chosen, note="Met at the fair").count("lead") == 3
    seen = [told(services, each, "lifecycle", "qualification", "status_type") for each in chosen]
    assert seen == [
        ("mql", None, "open"), ("sql", "Met at the fair", "qualified"), ("sql", "Called us", "qualified"),
        ("sql", "Has budget", "qualified"), ("lead", None, "disqualified"),
    ]  # fmt: skip
    services.history.undo()
    assert [told(services, each, "lifecycle") for each in chosen[:3]] == [("lead",), ("mql",), ("mql",)]


def test_a_given_step_takes_nobody_back(services: Services) -> None:
    ahead, behind = lead(services), lead(services)
    services.leads.qualify([ahead], Lifecycle.SQL, "Has budget")
    services.leads.qualify([ahead, behind], Lifecycle.MQL)
    assert [told(services, each, "lifecycle") for each in (ahead, behind)] == [("sql",), ("mql",)]
    for leads, step in (([ahead], None), ([ahead], Lifecycle.MQL), ([behind], Lifecycle.CUSTOMER)):
        with pytest.raises(UserError, match="Nobody is left"):
            services.leads.qualify(leads, step)
    services.leads.disqualify([behind], "No budget")
    with pytest.raises(UserError, match="another status first"):
        services.leads.onward([behind])


def test_deals_take_a_lead_forward_and_nothing_takes_it_back(services: Services) -> None:
    number = lead(services)
    deal = services.records.add("deal", {"name": "Grinders", "lead": number}).id
    assert told(services, number, "lifecycle", "opportunity_on") == ("opportunity", TODAY)
    services.pipeline.won(deal)
    assert told(services, number, "lifecycle", "customer_on") == ("customer", TODAY)
    services.pipeline.reopen(deal, services.pipeline.stages()[0].id)
    assert told(services, number, "lifecycle") == ("customer",)
    services.records.set("lead", [number], {"lifecycle": "mql"})
    assert told(services, number, "lifecycle", "mql_on", "customer_on") == ("mql", TODAY, TODAY)


def test_a_lead_is_what_its_deals_make_it_since_their_days(services: Services) -> None:
    number, opened, closed = lead(services), TODAY - timedelta(50), TODAY - timedelta(9)
    values = {"name": "Grinders", "lead": number, "opened_on": opened}
    first, second = (services.records.add("deal", values).id for _ in range(2))
    assert told(services, number, "opportunity_on") == (opened,)
    services.pipeline.won(first, on=closed)
    services.pipeline.won(second)
    assert told(services, number, "customer_on") == (closed,)


def test_a_deal_given_to_a_lead_later_counts_too(services: Services) -> None:
    number, deal = lead(services), services.records.add("deal", {"name": "Grinders"}).id
    services.records.set("deal", [deal], {"lead": number})
    assert told(services, number, "lifecycle") == ("opportunity",)


def test_a_pasted_signature_becomes_a_lead(services: Services) -> None:
    values = services.leads.read(
        "Best regards,\nJoanna Whitlock\nHead of Catering\nFenwick Schools Trust\n14 Station Road\nLeeds LS1 4DY\n"
        "T: +44 113 496 0182 | M: 07700 900123\nj.whitlock@fenwick.example | www.fenwick.example\n"
    )
    number = services.records.add("lead", values).id
    assert told(services, number, "name", "job_title", "company_name", "street", "city", "postcode", "email", "phone",
                "website", "note") == (
        "Joanna Whitlock", "Head of Catering", "Fenwick Schools Trust", "14 Station Road", "Leeds", "LS1 4DY",
        ("j.whitlock@fenwick.example",), ("+44 113 496 0182", "07700 900123"), "www.fenwick.example", None,
    )  # fmt: skip


def test_nothing_of_a_text_is_lost(services: Services) -> None:
    values = services.leads.read("Ada King, ada@king.org, wants a price list, fax +44 113 496 0183")
    assert values["name"] == "Ada King" and values["email"] == ("ada@king.org",)
    assert "wants a price list" in values["note"] and "0183" in values["note"]


def test_a_text_that_names_nobody_is_said(services: Services) -> None:
    with pytest.raises(UserError, match="No name"):
        services.leads.read("see you on friday")
