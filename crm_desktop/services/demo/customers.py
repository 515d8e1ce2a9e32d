"""The customers of the sample: companies with people, what they bought over three years, and who stopped buying."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.terms import TWO_WAY, ActivityType, BuyingRole, Outcome
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import Writer

SEGMENTS = {
    "Hospitality": 41,
    "Healthcare": 23,
    "Education": 18,
    "Office 100–500": 27,
    "Leisure": 9,
    "Office <100": 14,
}
"""How many customers there are of each segment."""

LOST_BY_MONTH = (1, 1, 2, 3, 4, 3, 2, 1, 2, 2, 2, 2)
"""Customers lost this month, last month and so on: the summer was bad."""

LOST_EARLIER = 8
YEARS = 3


@dataclass(slots=True)
class Customer:
    """A company that buys: on which days, for about how much, until when."""

    name: str
    segment: str
    gap: int
    bill: int
    days: list[date] = field(default_factory=list)
    lost: bool = False
    street: str | None = None
    people: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    known_since: date | None = None
    id: int = 0
    person: int = 0


def plan(words: Words, new: list[date]) -> list[Customer]:
    """All customers; the last ones are new, with their first purchase on the days given."""
    named = [_named(words, entry) for entry in load("customers")]
    segments = [segment for segment, count in SEGMENTS.items() for _ in range(count)]
    for customer in named:
        segments.remove(customer.segment)
    words.random.shuffle(segments)
    drawn = [_drawn(words, segment) for segment in segments]
    old, fresh = drawn[: -len(new)], drawn[-len(new) :]
    losses = list(_losses(words))
    for customer, lost_on in zip(old, losses, strict=False):
        customer.lost = True
        customer.days = _days_until(words, customer.gap, lost_on)
    for customer in old[len(losses) :]:
        customer.days = _days_since(words, customer.gap, words.ago(words.between(150, 365 * YEARS)))
    for customer, since in zip(fresh, new, strict=True):
        customer.days = _days_since(words, customer.gap, since)
    return [*named, *old, *fresh]


def _named(words: Words, entry: dict[str, Any]) -> Customer:
    since = words.ago(365 * entry["since_years"])
    return Customer(
        entry["name"], entry["segment"], entry["gap"], entry["bill"],
        days=_days_since(words, entry["gap"], max(since, words.ago(365 * YEARS))),
        street=entry["street"], people=entry["people"], activities=entry["activities"],
        tags=tuple(entry.get("tags", ())), known_since=since,
    )  # fmt: skip


def _drawn(words: Words, segment: str) -> Customer:
    people = []
    for role in (*BuyingRole,)[: words.between(1, 3)]:
        first, last = words.person()
        people.append({"name": f"{first} {last}", "title": words.word("titles"), "role": role.value})
    return Customer(words.company(segment), segment, words.between(20, 40), words.between(120, 900), people=people)


def _days_since(words: Words, gap: int, since: date) -> list[date]:
    """Days of purchase of somebody who still buys, the first of them given."""
    last = max(since, words.ago(words.between(0, gap - 1)))
    return sorted({since, *_back(words, last, gap, (last - since).days)})


def _days_until(words: Words, gap: int, lost_on: date) -> list[date]:
    """Days of purchase of somebody lost on a day: their last lies as long before it as the rule has patience."""
    days = _back(words, lost_on, gap, words.between(260, 520))
    patience = timedelta(ChurnRule().patience(days))
    return [day - patience for day in days]


def _back(words: Words, last: date, gap: int, span: int) -> list[date]:
    """Days about `gap` apart up to the last one, none more than `span` days before it."""
    found = [last]
    while True:
        before = found[-1] - timedelta(max(7, round(gap * (0.75 + 0.5 * words.random.random()))))
        if (last - before).days > span:
            return found[::-1]
        found.append(before)


def _losses(words: Words) -> Iterator[date]:
    for month, count in enumerate(LOST_BY_MONTH):
        for _ in range(count):
            yield words.ago(month * 30 + words.between(1, 27))
    for _ in range(LOST_EARLIER):
        yield words.ago(words.between(380, 560))


def write(words: Words, writer: Writer, customers: list[Customer]) -> None:
    """Writes the companies and their people, and notes the ids."""
    rows = [
        {
            "name": customer.name,
            "segment": customer.segment,
            "customer_since": customer.known_since,
            "employees": words.between(8, 480),
            "tags": customer.tags,
            "created_at": words.at(customer.days[0]),
            **words.address(customer.street),
        }
        for customer in customers
    ]
    for customer, record in zip(customers, writer.put("company", rows), strict=True):
        customer.id = record
    people = [(customer, person) for customer in customers for person in customer.people]
    ids = writer.put("person", [_person(words, customer, person) for customer, person in people])
    for (customer, person), record in zip(people, ids, strict=True):
        customer.person = customer.person or record
        writer.people.setdefault(person["name"], record)


def _person(words: Words, customer: Customer, person: dict[str, Any]) -> dict[str, Any]:
    first, _, last = person["name"].partition(" ")
    return {
        **words.contact(first, last, customer.name),
        "job_title": person["title"],
        "role": person["role"],
        "company": customer.id,
        "created_at": words.at(customer.days[0]),
    }


def write_purchases(words: Words, writer: Writer, customers: list[Customer], products: dict[str, int]) -> None:
    """Writes what they bought, in the rhythm of each."""
    coffee = [products[key] for key in ("house", "espresso", "espresso", "decaf")]
    rows = []
    for customer in customers:
        product = words.pick(coffee)
        for day in customer.days:
            amount = customer.bill * (0.8 + 0.4 * words.random.random())
            rows.append(
                {
                    "company": customer.id,
                    "product": product,
                    "bought_on": day,
                    "quantity": max(1, round(amount / 24)),
                    "amount": words.money(amount),
                    "created_at": words.at(day),
                }
            )
    writer.put("purchase", rows)


def write_activities(words: Words, writer: Writer, customers: list[Customer], deals: dict[str, int]) -> None:
    """Writes visits, calls and mails; `deals` gives the open deal that those of a named customer concern."""
    rows = []
    for customer in customers:
        for entry in customer.activities:
            rows.append(_told(words, customer, entry) | {"deal": deals.get(customer.name)})
        end = customer.days[-1] if customer.lost else words.today
        for _ in range(words.between(3, 9)):
            rows.append(_drawn_activity(words, customer, end - timedelta(words.between(12, 420))))
    writer.put("activity", rows)


def _told(words: Words, customer: Customer, entry: dict[str, Any]) -> dict[str, Any]:
    day = words.ago(entry["ago"])
    return {
        "type": entry["type"],
        "subject": entry["subject"],
        "note": entry.get("note"),
        "outcome": entry.get("outcome"),
        "minutes": entry.get("minutes"),
        "happened_on": day,
        "created_at": words.at(day),
        "company": customer.id,
        "person": customer.person or None,
        "pinned": entry.get("pinned", False),
    }


def _drawn_activity(words: Words, customer: Customer, day: date) -> dict[str, Any]:
    subjects = load("words")["subjects"]
    type_ = ActivityType(words.pick(list(subjects)))
    return {
        "type": type_.value,
        "subject": words.pick(subjects[type_.value]),
        "note": words.word("notes"),
        "outcome": words.pick(list(Outcome)).value if type_ in TWO_WAY else None,
        "minutes": words.between(5, 50) if type_ in (ActivityType.CALL, ActivityType.VISIT) else None,
        "happened_on": day,
        "created_at": words.at(day),
        "company": customer.id,
        "person": customer.person or None,
    }
