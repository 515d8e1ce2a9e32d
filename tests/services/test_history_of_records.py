"""The history of one record in words, and the record as it was."""

from datetime import date, datetime, timedelta, timezone

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, Ref
from crm_desktop.services import Services
from crm_desktop.services.history_words import Words
from tests.services.over_time import services, time
from tests.storage.conftest import MovingClock

__all__ = ["services", "time"]


def told(services: Services, kind: str, record: int) -> list[str]:
    words = Words(services.catalogue, services.labels)
    return [words.line(kind, change) for change in services.history.words(kind, record)]


def test_stages_codes_and_addresses_read_as_people_say_them(services: Services) -> None:
    deal = services.records.add("deal", {"name": "Offices"}).id
    stages = services.lists.ids(Filter("stage"))
    second = next(i for i in stages if services.records.show("stage", i).title == "Proposal")
    services.records.set("deal", [deal], {"stage": second})
    assert "Stage: Lead generation → Proposal" in told(services, "deal", deal)
    lead = services.records.add("lead", {"name": "Ann Beck", "email": "a@b.example", "source": "Fair"}).id
    services.records.set("lead", [lead], {"lifecycle": "mql", "source": ""})
    lines = told(services, "lead", lead)
    assert "Email: a@b.example" in lines and "Source: Fair → –" in lines
    assert any(line.startswith("Lifecycle") and "mql" not in line for line in lines)
    point = services.contact_points.of("lead", lead)[0]
    services.contact_points.change("email", point.id, label="work")
    assert "Email a@b.example label: work" in told(services, "lead", lead)
    services.records.set("lead", [lead], {"email": "c@d.example"})
    assert any(line.startswith("Email work: ") for line in told(services, "lead", lead))
    services.records.set("lead", [lead], {"note": "one\n\ntwo"})
    assert told(services, "lead", lead)[0] == "Note: one two"
    services.records.delete("lead", [lead])
    assert told(services, "lead", lead)[0].startswith("In the bin: 2026-11-20")
    far_east = Clock.fixed(datetime(2026, 11, 20, tzinfo=timezone(timedelta(hours=13))))
    words = Words(services.catalogue, services.labels, day=far_east.day)
    assert words.line("lead", services.history.words("lead", lead)[0]) == "In the bin: 2026-11-21"
    services.records.restore("lead", [lead])
    assert told(services, "lead", lead)[0] == "Out of the bin"


def test_another_primary_address_is_told(services: Services) -> None:
    person = services.records.add("person", {"name": "Ann Beck", "email": ("a@b.example", "c@d.example")}).id
    points = services.contact_points
    points.make_primary("email", points.of("person", person)[1].id)
    assert told(services, "person", person)[0] == "Primary email: a@b.example → c@d.example"
    services.records.set("person", [person], {"email": "a@b.example, c@d.example"})
    assert told(services, "person", person)[0] == "Primary email: c@d.example → a@b.example"
    services.records.set("person", [person], {"email": "a@b.example, c@d.example"})
    count = len(told(services, "person", person))
    points.remove("email", points.of("person", person)[1].id)
    assert len(told(services, "person", person)) == count + 1
    for street in ("1 Main", "2 Main"):
        last = points.add("person", person, "address", {"street": street}).id
    points.make_primary("address", last)
    assert told(services, "person", person)[0] == "Primary address: 1 Main → 2 Main"


def test_ties_are_told_from_both_sides(services: Services) -> None:
    records = services.records
    acme, bolt = (records.add("company", {"name": name}).id for name in ("Acme", "Bolt"))
    ann, bob = (records.add("person", {"name": name, "company": acme}).id for name in ("Ann Beck", "Bob Ray"))
    deal = records.add("deal", {"name": "Offices", "company": bolt}).id
    done = [
        records.add("employment", {"person": ann, "company": bolt, "job_title": "Board"}),
        records.add("relation", {"type": "reports_to", "person": ann, "other_person": bob}),
        records.add("occasion", {"name": "Wedding", "person": ann, "day": "1 May"}),
        records.add("contact_role", {"deal": deal, "person": ann, "role": "uses"}),
    ]
    role, relation, wedding, part = (each.id for each in done)
    records.set("employment", [role], {"started_on": "2026-01-02"})
    records.set("relation", [relation], {"note": "since 2020"})
    services.employments.leave(ann)
    for kind, number in (("occasion", wedding), ("contact_role", part), ("relation", relation), ("employment", role)):
        records.delete(kind, [number])
    assert told(services, "person", ann)[:16] == [
        "Company: Bolt → –", "Role at a company: Bolt → –", "Relation · Bob Ray: Reports to → –",
        "Role in a deal · Offices: Uses → –",
        "Important date · Wedding: --05-01 → –", "Job title: Board", "Company: Acme → Bolt", "Role at a company: Acme",
        "Role at a company · Acme · Until: 2026-11-20", "Relation · Bob Ray · Note: since 2020",
        "Role at a company · Bolt · From: 2026-01-02", "Role in a deal · Offices: Uses",
        "Important date · Wedding: --05-01", "Relation · Bob Ray: Reports to", "Role at a company: Bolt",
        "Role at a company · Bolt · Job title: Board",
    ]  # fmt: skip
    assert "Relation · Ann Beck: Manages" in told(services, "person", bob)
    assert "Role in a deal · Ann Beck: Uses" in told(services, "deal", deal)
    assert "Role at a company: Ann Beck → –" in told(services, "company", bolt)
    for kind, number in (("person", ann), ("person", bob), ("deal", deal), ("company", bolt), ("company", acme)):
        lines = {change.action for change in services.history.words(kind, number)}
        assert lines == {entry.action for entry in services.history.entries(record=(kind, number))}, kind


def test_a_merge_tells_who_became_part_and_brings_their_ties(services: Services) -> None:
    acme, bolt = (services.records.add("company", {"name": name}).id for name in ("Acme", "Bolt"))
    ann, anne = (
        services.records.add("person", {"name": name, "email": f"{name[:4].strip()}@x.example", "tags": name[:4]}).id
        for name in ("Ann Beck", "Anne Beck")
    )
    role = services.records.add("employment", {"person": anne, "company": bolt}).id
    merged = services.merging.merge("person", ann, [anne])
    lines = told(services, "person", ann)
    assert lines[0] == "Merged with: Anne Beck" and "Role at a company: Bolt" in lines
    services.records.set("employment", [role], {"company": acme})
    assert told(services, "person", ann)[0] == "Company: Bolt → Acme"
    services.history.undo()
    services.merging.unmerge(merged.change.action)
    back = told(services, "person", ann)
    assert {"Merged with: Anne Beck → –", "Role at a company: Bolt → –", "Email: Anne@x.example → –"} <= set(back)
    assert {"Role at a company: Bolt", "Merged into: Ann Beck"} <= set(told(services, "person", anne))


def test_a_record_is_shown_as_it_was(services: Services, time: MovingClock) -> None:
    acme, bolt = (services.records.add("company", {"name": name}).id for name in ("Acme", "Bolt"))
    time.move(days=1)
    person = services.records.add("person", {"name": "Ann Beck", "company": acme, "tags": ("fair",)})
    time.move(days=1)
    services.records.set("person", [person.id], {"company": bolt, "tags": ("hot",), "email": ("a@b.example",)})
    time.move(days=1)
    was = services.history.held("person", person.id, person.change.action)
    assert was.then["company"] == Ref(acme, "Acme") and was.now["company"] == Ref(bolt, "Bolt")
    assert (was.then["tags"], was.then["email"], was.then["last_name"]) == (("fair",), (), "Beck")
    assert set(was.changed) == {"company", "tags", "email"}
    assert services.history.held_on("person", person.id, date(2026, 11, 21)).then == was.then
    assert services.history.held_on("person", person.id, date(2026, 11, 22)).changed == ()
    assert not services.history.held_on("person", person.id, date(2026, 11, 20)).there


def test_what_was_undone_later_was_true_before(services: Services, time: MovingClock) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck", "email": ("a@b.example", "c@d.example")}).id
    time.move(days=1)
    services.records.set("lead", [lead], {"segment": "Office", "email": ("e@f.example",)})
    services.records.delete("lead", [lead])
    time.move(days=1)
    for _ in range(2):
        services.history.undo()
    time.move(days=1)
    services.history.redo()
    days = [services.history.held_on("lead", lead, date(2026, 11, number)) for number in (20, 21, 22, 23)]
    assert [each.then["segment"] for each in days] == [None, "Office", None, "Office"]
    assert [each.deleted for each in days] == [False, True, False, False]
    assert [len(each.then["email"]) for each in days] == [2, 1, 2, 1]


def test_it_agrees_with_the_whole_base_as_it_was(services: Services, time: MovingClock) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck", "city": "Ulm", "score": "5", "value": "12"}).id
    time.move(days=1)
    services.records.set("lead", [lead], {"city": "Bonn", "score": "9", "value": "15", "tags": ("hot",)})
    fields = ["city", "score", "value", "tags", "status", "lifecycle", "created_at"]
    day = date(2026, 11, 20)
    with services.history.as_of(day) as lists:
        [row] = lists.rows("lead", [lead], fields)
    then = services.history.held_on("lead", lead, day).then
    assert [then[name] for name in fields] == list(row[1:])


def test_a_record_is_given_back_what_it_held_on_a_day(services: Services, time: MovingClock) -> None:
    acme, bolt = (services.records.add("company", {"name": name}).id for name in ("Acme", "Bolt"))
    person = services.records.add("person", {"name": "Ann Beck", "company": acme, "email": "a@b.example"}).id
    day = date(2026, 11, 20)
    time.move(days=1)
    more = {"company": bolt, "email": "c@d.example", "tags": ("hot",), "job_title": "CEO", "last_name": "Beckett"}
    services.records.set("person", [person], more)
    was = services.history.held_on("person", person, day)
    assert set(was.back) == set(more) == set(was.changed)
    services.records.set("person", [person], {"email": was.back["email"]})
    assert set(services.history.held_on("person", person, day).changed) == set(more) - {"email"}
    services.records.set("person", [person], services.history.held_on("person", person, day).back)
    now = services.history.held_on("person", person, day)
    assert now.changed == () and now.now == was.then


def test_a_deal_goes_back_to_its_stage_and_a_lead_to_its_status(services: Services, time: MovingClock) -> None:
    deal = services.records.add("deal", {"name": "Offices", "amount": "100"}).id
    lead = services.records.add("lead", {"name": "Ann Beck", "value": "5"}).id
    time.move(days=1)
    services.records.set("deal", [deal], {"amount": "200", "expected_close": "2026-12-01"})
    services.pipeline.won(deal)
    services.records.set("lead", [lead], {"lifecycle": "mql", "value": "", "source": "Fair"})
    for kind, record in (("deal", deal), ("lead", lead)):
        was = services.history.held_on(kind, record, date(2026, 11, 20))
        services.records.set(kind, [record], was.back)
        now = services.history.held_on(kind, record, date(2026, 11, 20))
        assert now.back == {}, kind
    assert services.records.show("deal", deal).values["status"] == "open"


def test_what_is_in_the_bin_is_not_given_back(services: Services, time: MovingClock) -> None:
    acme = services.records.add("company", {"name": "Acme"}).id
    person = services.records.add("person", {"name": "Ann Beck", "company": acme}).id
    day = date(2026, 11, 20)
    time.move(days=1)
    services.records.set("person", [person], {"company": "", "city": "Ulm"})
    services.records.delete("company", [acme])
    was = services.history.held_on("person", person, day)
    assert was.changed == ("company", "city") and set(was.back) == {"city"}
    services.records.delete("person", [person])
    assert services.history.held_on("person", person, day).back == {}
    assert services.history.held_on("person", person, date(2026, 11, 19)).back == {}


def test_the_list_of_actions_begins_on_a_day(services: Services, time: MovingClock) -> None:
    first = services.records.add("lead", {"name": "Ann Beck"})
    time.move(days=1)
    services.records.set("lead", [first.id], {"source": "Fair"})
    for record in (None, ("lead", first.id)):
        found = services.history.entries(record=record, until=date(2026, 11, 20))
        assert [entry.action for entry in found] == [first.change.action]
        assert len(services.history.entries(record=record, until=date(2026, 11, 21))) == 2
        assert services.history.entries(record=record, until=date(2026, 11, 19)) == []


def test_an_address_comes_back_with_what_was_last_known_of_it(services: Services) -> None:
    lead = services.records.add("lead", {"name": "Ann Beck", "email": "a@b.example", "phone": "+49301234567"})
    for point, flag in zip(services.contact_points.of("lead", lead.id), ("opt_out", "invalid"), strict=True):
        services.contact_points.change(point.way, point.id, label="work")
        services.contact_points.flag(point.way, point.id, flag)
    services.records.set("lead", [lead.id], {"email": "c@d.example", "phone": "+49307654321"})
    services.records.set("lead", [lead.id], {"email": "", "phone": ""})
    was = services.history.held("lead", lead.id, lead.change.action)
    services.records.set("lead", [lead.id], was.back)
    assert [(p.value, p.opt_out, p.invalid) for p in services.contact_points.of("lead", lead.id)] == [
        ("a@b.example", True, False),
        ("+49301234567", False, True),
    ]
    for point in services.contact_points.of("lead", lead.id):
        services.contact_points.flag(point.way, point.id, "opt_out", False)
    services.records.set("lead", [lead.id], {"email": ""})
    services.records.set("lead", [lead.id], services.history.held("lead", lead.id, lead.change.action).back)
    assert not services.contact_points.of("lead", lead.id)[0].opt_out
