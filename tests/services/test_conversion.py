"""Leads become people, companies and deals with all that belongs to them, and leads again."""

from datetime import date

import pytest

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.conversion_plan import Choices, Clash, Take, Why
from crm_desktop.services.progress import Cancelled, Progress
from crm_desktop.services.timeline import Group
from tests.services.import_desk import Desk, counts
from tests.services.people_desk import Adder, titles, values
from tests.storage.equality import assert_derived_is_true, snapshot

TODAY = date(2026, 11, 12)


def test_a_lead_becomes_three_records_with_all_that_is_known(services: Services, add: Adder) -> None:
    for kind in ("lead", "person", "deal"):
        services.fields.add(kind, "Mood", "text")
    lead = add("lead", name="Ann Beck", company_name="Acme", email="ann@acme.example", phone="+49301234567",
               job_title="CTO", value="1000", source="fair", segment="SMB", tags="vip, fair", city="Bonn",
               mood="good", score="80", note="Met at the fair", lifecycle="sql")  # fmt: skip
    add("activity", subject="call", type="call", lead=f"lead:{lead}")
    add("task", title="offer", lead=f"lead:{lead}")
    plan = services.conversion.plan(lead)
    assert (plan.person.take, plan.company.take, plan.deal.take) == (Take.NEW, Take.NEW, Take.NEW)
    assert plan.carried == {"activity": 1, "task": 1, "tag": 2}
    made = services.conversion.convert([lead])
    person, company, deal = (values(services, k, i) for k, i in (
        ("person", made.person), ("company", made.company), ("deal", made.deal)))  # fmt: skip
    assert (person["name"], person["job_title"], person["email"]) == ("Ann Beck", "CTO", ("ann@acme.example",))
    assert (person["company"].id, person["tags"], person["mood"]) == (made.company, ("vip", "fair"), "good")
    assert (company["name"], company["domain"], company["city"]) == ("Acme", "acme.example", "Bonn")
    assert (deal["name"], deal["amount"], deal["source"]) == ("Acme", Money(100000, "EUR"), "fair")
    assert (deal["person"].id, deal["company"].id, deal["lead"].id) == (made.person, made.company, lead)
    assert (deal["mood"], deal["tags"], deal["stage"].name) == ("good", ("vip", "fair"), "Lead generation")
    for kind, record in (("lead", lead), ("person", made.person), ("company", made.company), ("deal", made.deal)):
        assert titles(services, kind, record) == {"call", "offer"}
    after = values(services, "lead", lead)
    assert (after["status_type"], after["converted_on"], after["score"]) == ("converted", TODAY, 80)
    assert (after["lifecycle"], after["opportunity_on"]) == ("opportunity", TODAY)
    assert (after["person"].id, after["company"].id) == (made.person, made.company)
    assert_derived_is_true(services._store)


def test_many_are_leads_again_with_progress_or_none_is(services: Services, add: Adder) -> None:
    leads = [add("lead", name=f"Ada King {n}", email=f"{n}@ada.example") for n in range(9)]
    done = services.conversion.convert(leads)
    before = snapshot(services._store)
    stopped = [Progress(lambda progress: progress.cancel() if progress.step == 4 else None) for _ in range(2)]
    with pytest.raises(Cancelled):
        services.conversion.unconvert(leads, stopped[0])
    with pytest.raises(Cancelled):
        services.history.revert(done.change.action, progress=stopped[1])
    assert [(each.step, each.total) for each in stopped] == [(4, 9)] * 2 and snapshot(services._store) == before


@pytest.mark.parametrize("later", ["disqualify", "convert"])
def test_what_is_a_lead_again_and_worked_on_does_not_go_back(services: Services, add: Adder, later: str) -> None:
    lead, other = add("lead", name="Ann Beck"), add("lead", name="Bo Lee")
    services.conversion.convert([lead, other])
    back = services.conversion.unconvert([lead, other])
    if later == "convert":
        services.conversion.convert([lead])
    else:
        services.leads.disqualify([lead], "no budget")
    before = snapshot(services._store)
    with pytest.raises(UserError, match="“Ann Beck” was worked on since"):
        services.history.revert(back.change.action)
    assert snapshot(services._store) == before
    services.history.undo()
    services.history.revert(back.change.action)
    assert [values(services, "lead", each)["status_type"] for each in (lead, other)] == ["converted"] * 2


def test_later_work_on_a_converted_lead_is_work_on_what_it_became(services: Services, add: Adder) -> None:
    lead, other = add("lead", name="Ann Beck", company_name="Acme"), add("person", name="Bo Lee")
    made = services.conversion.convert([lead])
    add("task", title="ring", lead=f"lead:{lead}")
    add("activity", subject="mail", type="email_out", lead=f"lead:{lead}", person=f"person:{other}")
    for kind, record in (("lead", lead), ("person", made.person), ("company", made.company), ("deal", made.deal)):
        assert titles(services, kind, record) == {"ring", "mail"}
    assert values(services, "activity", services.lists.ids(Filter("activity"))[0])["person"].id == other
    assert {later.name for later in services.conversion.unconvert([lead]).later} == {"ring", "mail"}


def test_who_came_in_as_converted_is_a_lead_again(services: Services, add: Adder) -> None:
    lead, converted = add("lead", name="Ada King"), services.statuses.first(LeadStatus.CONVERTED)
    with services._store.action("import", "lead"):
        services._store.records.update("lead", [lead], {"status": converted.id})
    deal = add("deal", name="Grinders", lead=f"lead:{lead}")
    assert [(kind, ref.id) for kind, ref in services.conversion.became(lead)] == [("deal", deal)]
    services.records.delete("deal", [deal])
    assert services.conversion.unconvert([lead]).leads == (lead,)
    assert values(services, "lead", lead)["status"].name == "New"
    assert services.conversion.became(lead) == []
    made = services.conversion.convert([lead])
    assert [(kind, ref.id) for kind, ref in services.conversion.became(lead)] == [
        ("person", made.person), ("deal", made.deal),
    ]  # fmt: skip
    services.records.delete("person", [made.person or 0])
    assert [kind for kind, _ in services.conversion.became(lead)] == ["deal"]


@pytest.mark.parametrize("host", ["outlook.de", "sfr.fr", "gmail.com"])
def test_where_anybody_may_have_an_address_is_no_company(services: Services, add: Adder, host: str) -> None:
    text = f"Ann Beck\nann@{host}"
    assert "website" not in services.leads.read(text)
    lead = add("lead", name="Ann Beck", company_name="Acme", email=f"ann@{host}")
    assert "domain" not in services.conversion.plan(lead).company.values


def test_of_companies_with_one_domain_the_one_of_that_name_is_meant(services: Services, add: Adder) -> None:
    named, *_ = (add("company", name=name, domain="works.example") for name in ("Works", "Works North", "Works South"))
    lead = add("lead", name="Ann Beck", company_name="WORKS", email="ann@works.example")
    assert services.conversion.convert([lead]).company == named


def test_what_is_there_is_filled_and_never_overwritten(services: Services, add: Adder) -> None:
    firm = add("company", name="Acme Holding", domain="acme.example", industry="Steel")
    ann = add("person", name="Anna Beck", email="ANN@acme.example", tags="old")
    deal = add("deal", name="Big", person=f"person:{ann}", amount="5")
    lead = add("lead", name="Ann Beck", company_name="Acme", email="ann@acme.example, a@home.example",
               phone="+49301234567", industry="Iron", job_title="CTO", value="1000", tags="vip", source="fair",
               opt_out="yes")  # fmt: skip
    plan = services.conversion.plan(lead)
    assert (plan.person.record.id, plan.person.offers[0].why) == (ann, Why.EMAIL)  # type: ignore[union-attr]
    assert (plan.company.take, plan.company.offers[0].why) == (firm, Why.DOMAIN)
    assert (plan.deal.take, [(o.record.id, o.why) for o in plan.deal.offers]) == (Take.NEW, [(deal, Why.PERSON)])
    done = services.conversion.convert([lead], Choices(deal=deal))
    assert set(done.conflicts) == {
        Clash("person", "first_name", "Anna", "Ann"), Clash("company", "name", "Acme Holding", "Acme"),
        Clash("company", "industry", "Steel", "Iron"), Clash("deal", "name", "Big", "Acme"),
        Clash("deal", "amount", Money(500, "EUR"), Money(100000, "EUR")),
    }  # fmt: skip
    after = values(services, "person", ann)
    assert (after["name"], after["job_title"], after["opt_out"]) == ("Anna Beck", "CTO", True)
    assert (after["email"], after["tags"]) == (("ANN@acme.example", "a@home.example"), ("old", "vip"))
    assert (values(services, "deal", deal)["source"], values(services, "deal", deal)["lead"].id) == ("fair", lead)
    [note] = services.timeline.moments("lead", lead, Group.NOTES)
    assert note.type == "note" and "Industry: “Iron”" in note.text and "Amount: “1000.00 EUR”" in note.text


def test_who_works_elsewhere_gets_a_second_role(services: Services, add: Adder) -> None:
    home, other = add("company", name="Home"), add("company", name="Acme")
    ann = add("person", name="Ann Beck", company=f"company:{home}", email="ann@x.example")
    lead = add("lead", name="Ann Beck", company_name="Acme", email="ann@x.example")
    done = services.conversion.convert([lead])
    assert done.company == other and [clash.field for clash in done.conflicts] == ["company"]
    assert values(services, "person", ann)["company"].id == home
    assert services.lists.count(Filter("employment", is_("company", other))) == 1


def test_parts_may_be_left_out(services: Services, add: Adder) -> None:
    only, firm = add("lead", name="Ann Beck"), add("lead", company_name="Acme", email="info@acme.example")
    done = services.conversion.convert([only], Choices(deal=Take.NONE))
    assert (done.company, done.deal) == (None, None) and done.person is not None
    assert values(services, "lead", only)["lifecycle"] == "lead"
    done = services.conversion.convert([firm])
    assert done.person is None and values(services, "company", done.company)["email"] == ("info@acme.example",)
    with pytest.raises(UserError, match="at least"):
        services.conversion.plan(add("lead", name="Bo"), Choices(Take.NONE, Take.NONE))


def test_a_converted_lead_stays_as_it_is(services: Services, add: Adder) -> None:
    lead, other = add("lead", name="Ann Beck"), add("lead", name="Bo")
    services.conversion.convert([lead])
    with pytest.raises(UserError, match="take its conversion back"):
        services.records.set("lead", [lead], {"note": "x"})
    with pytest.raises(UserError, match="take its conversion back"):
        services.records.tag("lead", [lead], "x")
    with pytest.raises(UserError, match="take its conversion back"):
        services.contact_points.add("lead", lead, "email", "x@y.example")
    with pytest.raises(UserError, match="1 of these leads"):
        services.records.set("lead", [lead, other], {"note": "x"})
    with pytest.raises(UserError, match="converted already"):
        services.conversion.convert([lead])
    with pytest.raises(UserError, match="not converted"):
        services.conversion.unconvert([other])
    with pytest.raises(UserError, match="no person with the number 77"):
        services.conversion.plan(other, Choices(person=77))
    with pytest.raises(UserError, match="no such lead"):
        services.conversion.convert([77])


def test_duplicates_of_a_selection_become_one(services: Services, add: Adder) -> None:
    leads = [add("lead", name="Ann Beck", company_name="Acme", email="ann@acme.example"),
             add("lead", name="Ann Beck", company_name="ACME", email="ann@acme.example", phone="+49301234567"),
             add("lead", name="Bo Lind", company_name="acme", email="bo@gmx.de"),
             add("lead", name="Cy Lind", company_name="Other", email="cy@gmx.de")]  # fmt: skip
    done = services.conversion.convert(leads)
    one, two, three, four = done.leads
    assert one.person == two.person != three.person and one.deal == two.deal != three.deal
    assert one.company == two.company == three.company != four.company
    assert values(services, "person", one.person)["phone"] == ("+49301234567",)
    assert services.lists.count(Filter("company")) == 2


def world(services: Services, add: Adder) -> tuple[list[int], list[int]]:
    """A hundred leads with what belongs to them, some of whom are known already; and the people who are."""
    for kind in ("lead", "person"):
        services.fields.add(kind, "Mood", "text")
    known = [add("person", name=f"Known {n}", email=f"p{n}@x{n}.example") for n in range(0, 100, 5)]
    for n in range(0, 100, 10):
        add("company", name=f"Firm {n}", industry="Steel")
    leads = []
    for n in range(100):
        lead = add("lead", name=f"Lead {n}", company_name=f"Firm {n - n % 2}", email=f"p{n}@x{n}.example",
                   tags="fair", mood=f"mood {n}", industry="Iron", value=str(n + 1))  # fmt: skip
        add("activity", subject=f"call {n}", type="call", lead=f"lead:{lead}")
        add("task", title=f"task {n}", lead=f"lead:{lead}")
        leads.append(lead)
    return leads, known


def test_a_hundred_leads_there_and_back(services: Services, add: Adder) -> None:
    leads, known = world(services, add)
    before = snapshot(services._store)
    done = services.conversion.convert(leads)
    after = snapshot(services._store)
    assert services.lists.count(Filter("person")) == 100 and services.lists.count(Filter("company")) == 50
    assert_derived_is_true(services._store)
    services.history.undo()
    assert snapshot(services._store) == before
    services.history.redo()
    assert snapshot(services._store) == after
    taken = services.history.revert(done.change.action)
    assert (taken.kept, taken.later, taken.conflicts, taken.change.count("conversion")) == ((), (), (), 100)
    now = snapshot(services._store)
    for name in ("lead", "lead_custom", "lead_row", "person_row", "company_row", "deal_row", "conversion"):
        assert now[name] == before[name], name
    for name in ("activity_link", "task_link", "tag_link", "email", "person"):
        assert set(before[name]) <= set(now[name]), name
    assert_derived_is_true(services._store)
    assert services.lists.count(Filter("person")) == len(known)


def test_later_work_on_records_that_were_there_is_listed_too(services: Services, add: Adder) -> None:
    company, person = add("company", name="Bolt"), add("person", name="Ann Bolt", email="ann@bolt.example")
    deal = add("deal", name="Grinder", company=f"company:{company}", person=f"person:{person}")
    add("task", title="before", person=f"person:{person}")
    lead = add("lead", name="Ann Bolt", email="ann@bolt.example", company_name="Bolt")
    services.conversion.convert([lead], Choices(person, company, deal))
    add("activity", subject="ring", type="call", lead=f"lead:{lead}")
    add("task", title="quote", deal=f"deal:{deal}")
    back = services.conversion.unconvert([lead])
    assert back.kept == () and {later.name for later in back.later} == {"ring", "quote"}


def test_a_company_goes_with_the_last_of_those_who_became_it(services: Services, add: Adder) -> None:
    leads = [add("lead", name=name, company_name="Bolt") for name in ("Ann Beck", "Bo Lee")]
    for lead in leads:
        services.conversion.convert([lead])
    assert [kept.name for kept in services.conversion.unconvert(leads[:1]).kept] == ["Bolt"]
    assert services.conversion.unconvert(leads[1:]).kept == ()
    assert services.lists.count(Filter("company")) == 0


@pytest.mark.parametrize("together", [True, False])
def test_a_company_that_stayed_for_a_person_goes_with_them(services: Services, add: Adder, together: bool) -> None:
    leads = [add("lead", name="Ann Beck", email="b@web.de") for _ in range(2)]
    for some in [leads] if together else [[lead] for lead in leads]:
        services.conversion.convert(some, Choices(company=Take.NEW))
    assert (services.lists.count(Filter("person")), services.lists.count(Filter("company"))) == (1, 2)
    services.conversion.unconvert(leads[:1])  # the person is the other's too, and works at the company of the first
    services.conversion.unconvert(leads[1:])
    assert (services.lists.count(Filter("person")), services.lists.count(Filter("company"))) == (0, 0)


def test_later_work_outlives_the_way_back(services: Services, add: Adder) -> None:
    leads, _ = world(services, add)
    before = snapshot(services._store)
    done = {made.lead: made for made in services.conversion.convert(leads).leads}
    one, two, three, four = (done[leads[n]] for n in (9, 3, 10, 7))
    task = add("task", title="later", person=f"person:{one.person}")
    purchase = add("purchase", company=f"company:{two.company}", amount="5")
    services.records.set("person", [three.person or 0], {"mood": "better"})
    services.pipeline.won(four.deal or 0)
    back = services.conversion.unconvert(leads)
    assert {(kept.kind, kept.id) for kept in back.kept} == {
        ("person", one.person), ("company", one.company), ("company", two.company), ("deal", four.deal),
        ("person", four.person), ("company", four.company),
    }  # fmt: skip
    assert {(later.of_id, later.kind, later.id) for later in back.later} == {
        (one.person, "task", task), (one.company, "task", task), (two.company, "purchase", purchase)
    }  # fmt: skip
    assert {(c.kind, c.id, c.field, c.now) for c in back.conflicts} == {
        ("person", three.person, "mood", "better"), ("lead", four.lead, "lifecycle", "customer"),
    }  # fmt: skip
    now = snapshot(services._store)
    for name in ("lead", "lead_custom", "lead_row"):
        assert {row for row in before[name] if row[0] != four.lead} <= set(now[name]), name
    assert values(services, "task", task)["person"].id == one.person
    assert values(services, "person", one.person)["company"].id == one.company
    assert values(services, "deal", four.deal)["status"] == "won"
    assert services.lists.count(Filter("customer")) == 2
    assert_derived_is_true(services._store)
    assert services.conversion.convert(leads[:1]).person is not None


def test_one_of_many_goes_back_alone(services: Services, add: Adder) -> None:
    leads = [add("lead", name="Ann Beck", company_name="Acme", email="a@acme.example"),
             add("lead", name="Ann Beck", company_name="Acme", email="a@acme.example", phone="+49301234567"),
             add("lead", name="Cy", company_name="Solo")]  # fmt: skip
    before = snapshot(services._store)
    done = services.conversion.convert(leads)
    back = services.conversion.unconvert(leads[:1])
    assert {later.id for later in back.later} == {leads[1]}
    assert not services.records.show("person", done.person or 0).deleted
    assert values(services, "lead", leads[2])["status_type"] == "converted"
    assert not services.records.show("deal", done.leads[2].deal or 0).deleted
    with pytest.raises(UserError, match="not converted"):
        services.history.revert(done.change.action, leads[0])
    back = services.conversion.unconvert(leads[1:])
    assert back.kept == ()
    assert snapshot(services._store)["lead"] == before["lead"]
    assert services.lists.count(Filter("person")) == services.lists.count(Filter("company")) == 0
    services.history.undo()
    services.history.undo()
    assert values(services, "lead", leads[0])["status_type"] == "converted"
    assert_derived_is_true(services._store)


@pytest.mark.parametrize("both", [True, False])
def test_a_lead_that_others_became_part_of_is_a_lead_again_at_once(services: Services, add: Adder, both: bool) -> None:
    leads = [add("lead", name="Ann Beck"), add("lead", name="Ann Becker")]
    services.conversion.convert(leads if both else leads[1:], Choices(deal=Take.NONE))
    merged = services.merging.merge("lead", leads[0], leads[1:])
    before = snapshot(services._store)
    back = services.conversion.unconvert(leads[:1])
    assert back.leads == (leads[0],)
    assert values(services, "lead", leads[0])["status_type"] == "open"
    assert services.lists.count(Filter("person")) == (0 if both else 1)  # which the one that stayed names
    services.history.revert(back.change.action)
    assert snapshot(services._store)["conversion"] == before["conversion"]
    services.history.undo()
    services.merging.unmerge(merged.change.action)
    assert services.conversion.convert(leads).leads[1].lead == leads[1]
    assert_derived_is_true(services._store)


def test_leads_that_became_the_same_earlier_stay_what_they_became(services: Services, add: Adder) -> None:
    first, second = add("lead", name="Beck", company_name="Acme"), add("lead", name="Ann Beck")
    made = services.conversion.convert([first])
    before = snapshot(services._store)
    again = services.conversion.convert([second], Choices(person=made.person or 0))
    assert values(services, "person", made.person)["name"] == "Ann Beck"
    back = services.history.revert(again.change.action)
    assert back.change.count("conversion") == 1
    now = snapshot(services._store)
    assert all(now[name] == before[name] for name in ("lead", "person", "conversion"))
    assert [kind for kind, _ in services.conversion.became(first)] == ["person", "company", "deal"]


def test_the_history_takes_a_conversion_back_too(services: Services, add: Adder) -> None:
    lead = add("lead", name="Ann Beck", company_name="Acme")
    before = snapshot(services._store)
    done = services.conversion.convert([lead])
    task = add("task", title="later", person=f"person:{done.person}")
    back = services.history.revert(done.change.action)
    assert (back.change.verb, [each.name for each in back.kept]) == ("unconvert", ["Acme", "Ann Beck"])
    assert snapshot(services._store)["lead"] == before["lead"]
    with pytest.raises(UserError, match="taken back already"):
        services.history.revert(done.change.action)
    assert values(services, "task", task)["person"].id == done.person


def test_a_file_leaves_a_converted_lead_as_it_is(desk: Desk) -> None:
    text = "First name,Last name,Email,Job title\nAnn,Beck,a@x.de,{}\n"
    desk.load("lead", text.format(""))
    [lead] = desk.store.lists.ids(Filter("lead"))
    with desk.store.action("convert", "lead"):
        desk.store.records.insert("conversion", {"lead": lead})
    assert counts(desk.load("lead", text.format("CTO")))[:3] == (0, 0, 1)
    assert desk.one("lead", "job_title") is None
