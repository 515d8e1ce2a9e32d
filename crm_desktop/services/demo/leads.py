"""The leads of the sample: named ones of the trade fair and the board, and drawn ones at every step of the funnel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.services.demo.deals import Deal, Prospect
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import Writer

PLAIN, MQL, SQL = 106, 71, 25
"""Leads that came no further than that step, the named ones included."""

AT_FAIR = 64
"""Marketing and sales qualified leads of the last days; the others of them came earlier."""

FAIR_DAYS, FAIR_AGO = 11, 6
COLD, HOT_EARLIER, WITHOUT_STEP = 22, 12, 27
"""Of the drawn qualified leads: not touched for a month, very likely to buy, without a next step."""

COLD_DAYS = 30
YEAR = 325
"""Leads are at most so many days old, so that they fall into the last twelve calendar months."""


@dataclass(slots=True)
class Lead:
    """A lead before it is written: its values, when somebody was in touch, its next step, its deal."""

    values: dict[str, Any]
    created: date
    touched: date | None = None
    step: dict[str, Any] | None = None
    deal: Deal | None = None
    id: int = 0


def plan(words: Words, deals: list[Deal]) -> list[Lead]:
    """All leads; `deals` are those that came out of leads."""
    named = [_named(words, entry) for entry in load("leads")]
    return [*named, *_qualified(words, named), *_plain(words), *(_converted(words, deal) for deal in deals)]


def _values(words: Words, company_name: str, segment: str, **more: Any) -> dict[str, Any]:
    first, last = words.person()
    return {
        **words.contact(first, last, company_name),
        "company_name": company_name,
        "job_title": words.word("titles"),
        "segment": segment,
        "source": words.word("sources"),
        "value": words.money(100 * words.between(12, 180)),
        **words.address(),
        **more,
    }


def _steps(lifecycle: Lifecycle, created: date, until: date) -> dict[str, Any]:
    """Dates of first entry of a qualified lead, between its creation and a day."""
    days = (until - created).days
    mql = created + timedelta(days // 3)
    return {
        "lifecycle": lifecycle.value,
        "status": (LeadStatus.QUALIFIED if lifecycle is Lifecycle.SQL else LeadStatus.WORKING).value,
        "mql_on": mql,
        "sql_on": mql + timedelta(days // 3) if lifecycle is Lifecycle.SQL else None,
    }


def _named(words: Words, entry: dict[str, Any]) -> Lead:
    at_fair = entry["source"] == "Trade fair"
    created = words.ago(FAIR_AGO if at_fair else words.between(2, FAIR_DAYS))
    first, _, last = entry["name"].partition(" ")
    own = words.contact(first, last, entry["company"])
    if "email" in entry:
        own |= {"email": (entry["email"],), "phone": (entry["phone"],)}
    values = _values(words, entry["company"], entry["segment"]) | own
    values |= {
        "job_title": entry["title"],
        "source": entry["source"],
        "source_detail": entry.get("detail"),
        "score": entry["score"],
        "value": words.money(entry["value"]),
        "tags": ("Trade fair",) if at_fair else (),
        **_steps(Lifecycle(entry["lifecycle"]), created, words.today),
    }
    if "street" in entry:
        values["street"] = entry["street"]
    return Lead(values, created, touched=created, step=entry.get("step"))


def _qualified(words: Words, named: list[Lead]) -> Iterator[Lead]:
    """Drawn marketing and sales qualified leads: first those of the last days, then earlier ones, many of them cold."""
    known = [lead.values["lifecycle"] for lead in named]
    lifecycles = [Lifecycle.MQL] * (MQL - known.count(Lifecycle.MQL)) + [Lifecycle.SQL] * (
        SQL - known.count(Lifecycle.SQL)
    )
    words.random.shuffle(lifecycles)
    fresh = AT_FAIR - len(named)
    stepless = set(words.random.sample(range(len(lifecycles)), WITHOUT_STEP))
    for index, lifecycle in enumerate(lifecycles):
        earlier = index - fresh
        age = words.between(1, FAIR_DAYS) if earlier < 0 else words.between(90, YEAR)
        score = (
            words.between(40, 42) if earlier < 0 else words.between(*((70, 88) if earlier < HOT_EARLIER else (44, 69)))
        )
        if earlier < 0:
            touched = words.ago(words.between(0, age))
        else:
            touched = words.ago(words.between(COLD_DAYS + 1, 80) if earlier < COLD else words.between(1, 20))
        segment = words.pick(list(load("words")["tails"]))
        created = words.ago(age)
        values = _values(words, words.company(segment), segment, score=score, **_steps(lifecycle, created, touched))
        yield Lead(values, created, touched, None if index in stepless else _step(words))


def _step(words: Words) -> dict[str, Any]:
    title, type_ = words.pick(load("words")["steps"])
    return {"title": title, "type": type_, "in": words.between(1, 21)}


def aside(status: LeadStatus, number: int, today: date) -> dict[str, Any]:
    """Why a lead was put aside, and until when; nothing of any other."""
    reasons = load("words")["aside"].get(status.value)
    back = today + timedelta(20 + number % 60) if status is LeadStatus.RECYCLED else None
    return {"status_reason": reasons[number % len(reasons)], "return_on": back} if reasons else {}


def _plain(words: Words) -> Iterator[Lead]:
    """Leads that showed interest and no more; some subscribe only, some were put aside."""
    for index in range(PLAIN):
        segment = words.pick(list(load("words")["tails"]))
        lifecycle = Lifecycle.SUBSCRIBER if index % 4 == 0 else Lifecycle.LEAD
        status = LeadStatus.DISQUALIFIED if index % 7 == 3 else LeadStatus.OPEN
        values = _values(words, words.company(segment), segment, score=words.between(3, 39))
        created = words.ago(words.between(0, YEAR))
        more = {"lifecycle": lifecycle.value, "status": status.value} | aside(status, index, words.today)
        yield Lead(values | more, created)


def _converted(words: Words, deal: Deal) -> Lead:
    """The lead that a deal came out of; that of a lost deal waits to be asked again."""
    company = deal.with_company
    assert company is not None
    opened = deal.entered(words.today)[0]
    created = opened - timedelta(words.between(3, 9))
    lifecycle = Lifecycle.CUSTOMER if deal.won else Lifecycle.OPPORTUNITY
    lost = deal.closed_on is not None and not deal.won
    status = LeadStatus.RECYCLED if lost else LeadStatus.CONVERTED
    values = _values(
        words, company.name, company.segment,
        score=words.between(50, 69),
        lifecycle=lifecycle.value,
        status=status.value,
        **aside(status, created.toordinal(), words.today),
        value=words.money(deal.amount),
        company=company.id,
        person=company.person or None,
        mql_on=created + timedelta(1),
        sql_on=created + timedelta(2),
        opportunity_on=opened,
        customer_on=deal.closed_on if deal.won else None,
    )  # fmt: skip
    if isinstance(company, Prospect):
        values["source"] = company.source
        if company.contact is not None:
            values |= words.contact(*company.contact, company.name)
    return Lead(values, created, touched=created, deal=deal)


def write(words: Words, writer: Writer, leads: list[Lead]) -> None:
    """Writes the leads, notes the ids and tells the deals of theirs."""
    rows = [
        lead.values | {"created_at": words.at(lead.created), "status": writer.statuses[lead.values["status"]]}
        for lead in leads
    ]
    for lead, record in zip(leads, writer.put("lead", rows), strict=True):
        lead.id = record
        if lead.deal is not None:
            lead.deal.lead = record
