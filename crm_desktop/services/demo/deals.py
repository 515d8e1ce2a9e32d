"""The deals of the sample: those on the board, and those won and lost over two years."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from crm_desktop.domain import rank
from crm_desktop.domain.periods import month_of
from crm_desktop.domain.terms import LostReason
from crm_desktop.services.demo.customers import Customer
from crm_desktop.services.demo.words import Words, load
from crm_desktop.services.demo.writer import Writer

USUAL = (12, 10, 14, 12, 8)
"""Days that won deals usually spend in each stage: their median."""

LATE_START = 2
"""The stage in which deals with customers we know begin."""

WON_LATELY = ((10, 4000), (8, 4000), (6, 8800), (3, 8000), (2, 6000), (0, 7200), (8, 3200))
"""Days ago and amount of the deals won of late; every other one with a new customer, the last of all a named one's."""

LATELY = "Café Morgenrot"
NEW, KNOWN, KNOWN_EARLIER = 19, 8, 10
"""Won deals: with new customers and with known ones in the last year, with known ones the year before."""

FROM_THE_START = 11
"""Won deals that went through every stage; odd, as their median is to be the usual."""

LOST_LEADS, LOST, LOST_EARLIER = 24, 15, 14
"""Lost deals: of leads and with customers in the last year, with customers the year before."""

LEAD_DAYS = 240
"""Deals of leads closed within so many days, so that the leads came within twelve months."""


@dataclass(slots=True)
class Prospect:
    """A company with which there is a deal and no purchase yet."""

    name: str
    segment: str
    source: str
    contact: tuple[str, str] | None = None
    id: int = 0
    person: int | None = None


@dataclass(slots=True)
class Deal:
    """A deal: what it is about, in which stages it was for how long, and how it ended."""

    name: str
    product: str
    amount: int
    start: int
    stays: list[int]
    closed_on: date | None = None
    won: bool = False
    of_lead: bool = False
    with_company: Customer | Prospect | None = None
    expected_close: date | None = None
    board: dict[str, Any] = field(default_factory=dict)
    lead: int | None = None
    id: int = 0

    def entered(self, today: date) -> list[date]:
        """The days on which it entered its stages, in order."""
        end, found = self.closed_on or today, []
        for days in reversed(self.stays):
            end -= timedelta(days)
            found.append(end)
        return found[::-1]


def plan_won(words: Words) -> list[Deal]:
    """The won deals, those with new customers first; one named customer's last."""
    known = [WON_LATELY[index] for index in (1, 3, 5)]
    new = [WON_LATELY[index] for index in (0, 2, 4)]
    new += [_drawn_close(words, 14, LEAD_DAYS) for _ in range(NEW - len(new))]
    known += [_drawn_close(words, 20, 355) for _ in range(KNOWN - 1 - len(known))]
    known += [_drawn_close(words, 370, 700) for _ in range(KNOWN_EARLIER)]
    closes = [*new, *known, WON_LATELY[-1]]
    stays = [_spread(words, usual, len(closes)) for usual in USUAL]
    early = [_spread(words, usual, FROM_THE_START) for usual in USUAL[:LATE_START]]
    found = []
    for index, (days, amount) in enumerate(closes):
        title, product = words.pick(load("words")["deals"])
        start = 0 if index < FROM_THE_START else LATE_START
        own = [stage[index] for stage in (*early, *stays[LATE_START:])[start:]]
        found.append(Deal(title, product, amount, start, own, words.ago(days), won=True, of_lead=index < NEW))
    return found


def _drawn_close(words: Words, first: int, last: int) -> tuple[int, int]:
    return words.between(first, last), 100 * words.between(20, 160)


def _spread(words: Words, usual: int, count: int) -> list[int]:
    """Days around the usual, whose median is the usual for an odd count."""
    found = [usual]
    while len(found) < count:
        off = words.between(1, usual // 2)
        found += [usual - off, usual + off]
    words.random.shuffle(found)
    return found


def plan_lost(words: Words) -> list[Deal]:
    """The lost deals, those of leads first."""
    spans = [(8, LEAD_DAYS)] * LOST_LEADS + [(10, 355)] * LOST + [(370, 700)] * LOST_EARLIER
    found = []
    for index, (first, last) in enumerate(spans):
        title, product = words.pick(load("words")["deals"])
        days, amount = _drawn_close(words, first, last)
        stays = [words.between(4, 2 * usual - 4) for usual in USUAL[: words.between(1, len(USUAL))]]
        found.append(Deal(title, product, amount, 0, stays, words.ago(days), of_lead=index < LOST_LEADS))
    return found


def plan_board(words: Words) -> list[Deal]:
    """The open deals, as they stand on the board."""
    found = []
    for entry in load("board"):
        close = words.ago(-entry["close"])
        if entry.get("this_month"):
            close = min(close, month_of(words.today).end)
        stays = [*USUAL[: entry["stage"]], entry["days"]]
        found.append(
            Deal(
                entry["title"], entry["product"], entry["amount"], 0, stays,
                of_lead=bool(entry.get("lead")), expected_close=close, board=entry,
            )
        )  # fmt: skip
    return found


def share_out(words: Words, won: list[Deal], lost: list[Deal], customers: list[Customer]) -> list[Prospect]:
    """Gives each closed deal its customer, those of lost leads a new prospect; answers the prospects."""
    loyal = [customer for customer in customers[:-NEW] if not customer.lost]
    prospects = []
    for deal, customer in zip(won, customers[-NEW:], strict=False):
        deal.with_company = customer
    for deal in [*won[NEW:-1], *lost[LOST_LEADS:]]:
        assert deal.closed_on is not None
        day = deal.closed_on
        deal.with_company = words.pick([customer for customer in loyal if customer.days[0] < day] or loyal)
    won[-1].with_company = next(customer for customer in customers if customer.name == LATELY)
    for deal in lost[:LOST_LEADS]:
        segment = words.pick(list(load("words")["tails"]))
        deal.with_company = Prospect(words.company(segment), segment, words.word("sources"), words.person())
        prospects.append(deal.with_company)
    return prospects


def board_prospects(words: Words, board: list[Deal], customers: Mapping[str, Customer]) -> list[Prospect]:
    """Gives each deal of the board its company; answers those that are no customers yet."""
    found: dict[str, Prospect] = {}
    for deal in board:
        name = deal.board["company"]
        if deal.board.get("customer"):
            deal.with_company = customers[name]
            continue
        contact = words.person() if deal.of_lead else None
        source = deal.board.get("source", "Website")
        deal.with_company = found.setdefault(name, Prospect(name, deal.board["segment"], source, contact))
    return list(found.values())


def write_prospects(words: Words, writer: Writer, prospects: list[Prospect]) -> None:
    """Writes their companies and the person we know there."""
    rows = [
        {"name": p.name, "segment": p.segment, "created_at": words.at(words.ago(30)), **words.address()}
        for p in prospects
    ]
    for prospect, record in zip(prospects, writer.put("company", rows), strict=True):
        prospect.id = record
    known = [(p, p.contact) for p in prospects if p.contact is not None]
    people = [
        {**words.contact(*contact, p.name), "job_title": words.word("titles"), "company": p.id} for p, contact in known
    ]
    for (prospect, _), record in zip(known, writer.put("person", people), strict=True):
        prospect.person = record


def write(words: Words, writer: Writer, deals: list[Deal], products: Mapping[str, int]) -> None:
    """Writes the deals with the log of their stages, and gives the open ones their order."""
    rows = [_row(words, writer, deal, products) for deal in deals]
    for deal, record in zip(deals, writer.put("deal", rows), strict=True):
        deal.id = record
    writer.put("stage_log", [entry for deal in deals for entry in _log(words, writer, deal)])
    for stage in range(len(USUAL)):
        column = [deal for deal in deals if deal.board and deal.board["stage"] == stage]
        for deal, place in zip(column, rank.sequence(len(column)), strict=True):
            writer.rank(deal.id, place)


def _stage(writer: Writer, index: int) -> int:
    """The open stage of that place, or the last where the pipeline has fewer."""
    return writer.stages[min(index, len(writer.stages) - 1)]


def _row(words: Words, writer: Writer, deal: Deal, products: Mapping[str, int]) -> dict[str, Any]:
    assert deal.with_company is not None
    stage = _stage(writer, deal.start + len(deal.stays) - 1)
    if deal.closed_on is not None:
        stage = writer.won if deal.won else writer.lost
    opened_on = deal.entered(words.today)[0]
    lost = deal.closed_on is not None and not deal.won
    return {
        "name": deal.name,
        "company": deal.with_company.id,
        "person": deal.with_company.person or None,
        "lead": deal.lead,
        "product": products[deal.product],
        "pipeline": writer.pipeline,
        "stage": stage,
        "amount": words.money(deal.amount),
        "probability": writer.likely[stage],
        "probability_source": "stage",
        "opened_on": opened_on,
        "expected_close": deal.expected_close or deal.closed_on,
        "closed_on": deal.closed_on,
        "lost_reason": words.pick(list(LostReason)).value if lost else None,
        "source": deal.with_company.source if isinstance(deal.with_company, Prospect) else None,
        "created_at": words.at(opened_on),
    }


def _log(words: Words, writer: Writer, deal: Deal) -> Iterator[dict[str, Any]]:
    for offset, day in enumerate(deal.entered(words.today)):
        yield {"deal": deal.id, "stage": _stage(writer, deal.start + offset), "entered_on": day}
    if deal.closed_on is not None:
        yield {"deal": deal.id, "stage": writer.won if deal.won else writer.lost, "entered_on": deal.closed_on}


def write_purchases(words: Words, writer: Writer, won: list[Deal], products: Mapping[str, int]) -> None:
    """Writes what was bought with the won deals."""
    writer.put(
        "purchase",
        [
            {
                "company": deal.with_company.id,
                "deal": deal.id,
                "product": products[deal.product],
                "bought_on": deal.closed_on,
                "quantity": 1,
                "amount": words.money(deal.amount),
            }
            for deal in won
            if deal.with_company is not None
        ],
    )
