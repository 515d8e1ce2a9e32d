"""One timeline holds what happened around a customer, whomever it was written for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.timeline import Group, Moment
from tests.services.people_desk import add, at


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A base with a hotel."""
    made = at(tmp_path)
    add(made, "company", name="Hotel Astoria")
    yield made
    made.close()


@pytest.fixture
def hotel(services: Services) -> int:
    """The hotel, with something of every kind."""
    found = services.lists.ids(Filter("company", is_("name", "Hotel Astoria")))[0]
    ingrid = add(services, "person", name="Ingrid Solberg", company="Hotel Astoria")
    deal = add(services, "deal", name="Grinders", company="Hotel Astoria", opened_on="2026-09-01", amount="1000")
    add(services, "activity", type="visit", subject="Renewal", note="Fixed bean price", company="Hotel Astoria",
        happened_on="2026-11-03")  # fmt: skip
    add(services, "activity", type="call", subject="Noise", person=ingrid, happened_on="2026-11-09")
    add(services, "activity", type="email_out", subject="Quote", deal=deal, happened_on="2026-11-06")
    add(services, "activity", type="note", subject="Prefers mornings", company=found, happened_on="2026-01-05")
    add(services, "task", title="Call back", type="call", person=ingrid, due_on="2026-11-15")
    add(services, "task", title="Send quote", type="email", deal=deal, due_on="2026-11-09")
    add(services, "task", title="Greet", type="call", company=found, due_on="2026-10-01", done_at="2026-10-01")
    add(services, "purchase", company="Hotel Astoria", amount="2140", bought_on="2026-10-29", note="Beans")
    elsewhere = add(services, "company", name="Linden Clinic")
    add(services, "activity", type="call", subject="Not ours", company=elsewhere, happened_on="2026-11-10")
    return int(found)


def titles(moments: list[Moment]) -> list[str]:
    """What the lines say."""
    return [moment.title for moment in moments]


def test_a_company_has_what_happened_with_its_people_and_deals(services: Services, hotel: int) -> None:
    found = titles(services.timeline.moments("company", hotel))
    assert {"Renewal", "Noise", "Quote", "Prefers mornings", "Call back", "Send quote", "Greet", "Grinders"} < {*found}
    assert "Not ours" not in found


def test_what_is_to_do_leads_in_the_order_of_its_days_then_comes_the_newest(services: Services, hotel: int) -> None:
    found = services.timeline.moments("company", hotel)
    assert titles(found[:2]) == ["Send quote", "Call back"] and [m.open for m in found[:3]] == [True, True, False]
    days = [moment.when for moment in found[2:]]
    assert days == sorted(days, key=lambda day: day or date.min, reverse=True)


def test_what_is_pinned_leads_and_is_let_go_again(services: Services, hotel: int) -> None:
    note = services.lists.ids(Filter("activity", is_("type", "note")))[0]
    change = services.timeline.pin(note)
    assert (change.verb, change.subject) == ("pin", "Prefers mornings")
    assert titles(services.timeline.moments("company", hotel, limit=2))[0] == "Prefers mornings"
    services.history.undo(change.action)
    assert titles(services.timeline.moments("company", hotel))[-1] == "Prefers mornings"
    services.timeline.pin(note)
    assert services.timeline.pin(note, pinned=False).verb == "unpin"
    assert not any(moment.pinned for moment in services.timeline.moments("company", hotel))


def test_a_note_that_is_gone_cannot_be_pinned(services: Services) -> None:
    with pytest.raises(UserError, match="no longer there"):
        services.timeline.pin(999)


@pytest.mark.parametrize(
    ("text", "expected"), [("bean", {"Renewal", ""}), ("quote", {"Quote", "Send quote"}), ("xyz", set()), ("  ", None)]
)
def test_words_are_looked_for_in_all_kinds(
    services: Services, hotel: int, text: str, expected: set[str] | None
) -> None:
    found = titles(services.timeline.moments("company", hotel, text=text))
    assert {*found} == expected if expected is not None else len(found) == 9


def test_words_are_looked_for_in_the_names_that_a_line_shows(services: Services, hotel: int) -> None:
    add(services, "product", name="Espresso blend")
    add(services, "purchase", company="Hotel Astoria", product="Espresso blend", bought_on="2026-10-30")
    for text, expected in (
        ("espresso", ["Espresso blend"]), ("INGRID", ["Call back", "Noise"]), ("ingrid noise", ["Noise"]),
        ("grinders", ["Send quote", "Quote", "Grinders"]), ("ingrid beans", []),
        ("grinders " * 20_000, ["Grinders"]),
    ):  # fmt: skip
        assert titles(services.timeline.moments("company", hotel, text=text)) == expected


@pytest.mark.parametrize("group", Group)
def test_each_group_counts_the_records_it_shows(services: Services, hotel: int, group: Group) -> None:
    for text in ("", "bean", "ingrid"):
        shown = services.timeline.moments("company", hotel, group, text)
        counts = services.timeline.counts("company", hotel, text)
        assert counts[group] == len({(moment.kind, moment.id) for moment in shown})
    counts = services.timeline.counts("company", hotel)
    assert counts[group] > 0
    assert counts[None] == sum(count for name, count in counts.items() if name is not None) == 9


def test_a_person_a_deal_and_a_lead_have_their_own(services: Services, hotel: int) -> None:
    ingrid, deal = services.lists.ids(Filter("person"))[0], services.lists.ids(Filter("deal"))[0]
    lead = add(services, "lead", name="Noor Haddad")
    add(services, "activity", type="call", subject="First call", lead=lead)
    assert {*titles(services.timeline.moments("person", ingrid))} == {"Noise", "Call back"}
    assert {*titles(services.timeline.moments("deal", deal))} == {"Quote", "Send quote", "Grinders"}
    assert titles(services.timeline.moments("lead", lead)) == ["First call"]


def test_a_deal_that_ended_is_told_twice(services: Services, hotel: int) -> None:
    deal = services.lists.ids(Filter("deal"))[0]
    services.pipeline.lost(deal, "price")
    shown = services.timeline.moments("company", hotel, Group.DEALS)
    assert [moment.type for moment in shown] == ["lost", "opened"]
    assert services.timeline.counts("company", hotel)[Group.DEALS] == 1
    assert [moment.type for moment in services.timeline.behind(Filter("deal"))] == ["lost"]


def test_the_records_behind_a_figure_are_told_newest_first(services: Services, hotel: int) -> None:
    add(services, "purchase", company="Hotel Astoria", amount="1", bought_on="2026-11-01")
    shown = services.timeline.behind(Filter("purchase"))
    assert [str(moment.when) for moment in shown] == ["2026-11-01", "2026-10-29"]
    assert services.timeline.behind(Filter("company")) == []


def test_no_more_lines_than_wanted(services: Services, hotel: int) -> None:
    assert len(services.timeline.moments("company", hotel, limit=3)) == 3


def test_work_stays_with_the_company_of_its_day(services: Services) -> None:
    works, other = (add(services, "company", name=name) for name in ("Works", "Other"))
    person = add(services, "person", name="Ada King", company=f"company:{works}")
    deal = add(services, "deal", name="Grinders", company=f"company:{other}")
    add(services, "activity", type="call", person=f"person:{person}", happened_on="2026-11-09")
    add(services, "activity", type="visit", person=f"person:{person}", deal=f"deal:{deal}", happened_on="2026-11-10")
    services.records.set("person", [person], {"company": other})
    touched = [day for _, day in services.lists.rows("company", [works, other], ["last_touch"])]
    assert touched == [date(2026, 11, 9), date(2026, 11, 10)]
