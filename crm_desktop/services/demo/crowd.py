"""Very many leads, people and companies, for trying how the program bears them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.services.demo.leads import aside
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import Writer

CHUNK = 50_000
PER_COMPANY = 10
DAYS = 700

_STEPS = (
    (Lifecycle.SUBSCRIBER, LeadStatus.OPEN),
    (Lifecycle.LEAD, LeadStatus.OPEN),
    (Lifecycle.LEAD, LeadStatus.DISQUALIFIED),
    (Lifecycle.MQL, LeadStatus.WORKING),
    (Lifecycle.MQL, LeadStatus.RECYCLED),
    (Lifecycle.SQL, LeadStatus.QUALIFIED),
)


def write(words: Words, writer: Writer, leads: int, people: int) -> None:
    """Writes so many leads and so many people, ten of these to a company."""
    for first in range(0, leads, CHUNK):
        writer.put("lead", list(_leads(words, first, min(first + CHUNK, leads), writer.statuses)))
    for first in range(0, people, CHUNK):
        last = min(first + CHUNK, people)
        companies = range(first // PER_COMPANY, (last - 1) // PER_COMPANY + 1)
        ids = writer.put("company", [_company(words, number) for number in companies])
        writer.put("person", list(_people(words, first, last, ids)))


def _leads(words: Words, first: int, last: int, statuses: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    now = datetime.combine(words.today, time(9), UTC)
    sources, segments = load("words")["sources"], list(load("words")["tails"])
    for number in range(first, last):
        lifecycle, status = words.pick(_STEPS)
        age = words.between(0, DAYS)
        created = now - timedelta(age)
        qualified = lifecycle in (Lifecycle.MQL, Lifecycle.SQL)
        step = created.date() + timedelta(age // 3)
        given, family = words.person()
        yield {
            "first_name": given,
            "last_name": family,
            "company_name": f"{words.word('heads')} {number}",
            "email": (f"{given}.{family}.{number}@leads.example".lower(),),
            "lifecycle": lifecycle.value,
            "status": statuses[status.value],
            **aside(status, number, words.today),
            "source": words.pick(sources),
            "segment": words.pick(segments),
            "score": words.between(40, 95) if qualified else words.between(0, 39),
            "value": words.money(100 * words.between(10, 200)),
            "mql_on": step if qualified else None,
            "sql_on": step + timedelta(age // 3) if lifecycle is Lifecycle.SQL else None,
            "created_at": created,
        }


def _company(words: Words, number: int) -> dict[str, Any]:
    segment = words.pick(list(load("words")["tails"]))
    return {"name": f"{words.word('heads')} {words.pick(load('words')['tails'][segment])} {number}", "segment": segment}


def _people(words: Words, first: int, last: int, companies: list[int]) -> Iterator[dict[str, Any]]:
    for number in range(first, last):
        given, family = words.person()
        yield {
            "first_name": given,
            "last_name": family,
            "job_title": words.word("titles"),
            "email": (f"{given}.{family}.{number}@people.example".lower(),),
            "company": companies[(number - first) // PER_COMPANY],
        }
