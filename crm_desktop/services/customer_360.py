"""Customer 360: the key figures of a customer, what to know before one goes in, and who decides there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from crm_desktop.domain.churn import usual_gap
from crm_desktop.domain.deals import OPEN, SALE
from crm_desktop.domain.figures import Figure, Unit, beside, in_currency
from crm_desktop.domain.filter import ID, Compare, Filter, Op, Sort, any_of, between, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import last_months, touching
from crm_desktop.domain.rotting import Risk, RiskRule, Standing, risks
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import HALF_LIFE, TWO_WAY, WEIGHTS, BuyingRole, Outcome, StageCategory
from crm_desktop.services.reports import Reports
from crm_desktop.services.stages import Stages
from crm_desktop.services.timeline import Scope, Timeline
from crm_desktop.storage.store import Store

MOST = 3
"""Warnings that are shown."""

RECENT = 30
"""Days that count as lately for touches."""

BUYERS = ("company", "person")
"""The kinds that can be customers."""

QUARTER = 91
"""Days of the two spans whose purchases are held against each other."""

_SOLD_ON = {"purchase": "bought_on", "deal": "closed_on"}
"""The field that keeps the day of a sale, by kind."""

_NAMED_BY = {"purchase": "product", "deal": "name"}
"""The field that says what was sold, by kind."""

FALL = 0.10
"""The fall of purchases from one span to the next from which it is said."""


class Warn(StrEnum):
    """What is worth knowing before one goes in, the worst first."""

    OVERDUE = "overdue"
    DEAL = "deal"
    QUIET = "quiet"
    FALLING = "falling"
    UPSET = "upset"
    OPT_OUT = "opt_out"


@dataclass(frozen=True, slots=True)
class Warning:
    """One warning: what it is about, why (a code of `Risk` for deals, else a note), and the records behind it.

    `days` are days late, idle or since, `usual` the days usual there, `share` a fall as a fraction.
    """

    what: Warn
    subject: str
    filter: Filter
    why: str = ""
    days: int = 0
    usual: int = 0
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a company: what they do there and their part in decisions, as a code."""

    id: int
    name: str
    job_title: str
    role: str


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal that is open, with how far it came: `step` of `steps` open stages, days there and the usual days."""

    id: int
    name: str
    amount: Money | None
    stage: str
    step: int
    steps: int
    days: int | None
    usual: int | None
    close: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A task that is still to do; `due_at` is its time of day, where that is known."""

    id: int
    title: str
    type: str
    due_on: date | None
    due_at: str
    note: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that the page of a customer shows beside its timeline. A purchase has its number, product, day and amount.

    `sales` are the filters of the records that the revenue is made of.
    """

    figures: dict[str, Figure]
    sales: tuple[Filter, ...]
    warnings: tuple[Warning, ...]
    steps: tuple[Step, ...]
    people: tuple[Contact, ...]
    deals: tuple[OpenDeal, ...]
    purchases: tuple[tuple[int, str, date | None, Money | None], ...]
    months: tuple[tuple[date, Figure], ...]


class Customer360:
    """Gathers what is known of a company, person or customer."""

    def __init__(self, store: Store, reports: Reports, risk: RiskRule, currency: str) -> None:
        self._store = store
        self._reports = reports
        self._currency = currency
        self._risk = risk
        self._timeline = Timeline(store)
        self._stages = Stages(store)

    def portrait(self, kind: str, record: int) -> Portrait:
        """The figures, warnings, people, deals and purchases of a customer."""
        own = self._store.owner_field(kind, record)
        scope = self._timeline.scope(own, record)
        today = self._store.clock.today()
        deals = tuple(self._open_deals(scope))
        return Portrait(
            self._figures(own, record, scope, today),
            _sales(own, record, scope),
            tuple(islice(self._warnings(own, record, scope, today), MOST)),
            tuple(self._steps(scope)),
            tuple(self._people(own, record)),
            deals,
            tuple(self._purchases(scope)),
            tuple(self._months(scope, today)),
        )

    # figures

    def _figures(self, own: str, record: int, scope: Scope, today: date) -> dict[str, Figure]:
        lists = self._store.lists
        lately = scope.activities & any_of("type", sorted(each.value for each in TWO_WAY)) & Compare(
            "happened_on", Op.MORE, today - timedelta(RECENT)
        )  # fmt: skip
        open_ = scope.deals & OPEN
        customer = Filter("customer", is_(ID, record))
        sales = _sales(own, record, scope)
        found = [
            *(self._revenue(customer, sales) if own in BUYERS else ()),
            self._sum("open_deals", open_, "amount", "sum of the open deals"),
            self._last_purchase(own, record, scope),
            Figure("touches", lists.count(lately), Unit.COUNT, "two-way touches of the last days", lists.count(lately),
                   lately, parameters={"days": RECENT}),
            *self._strength(own, record),
        ]  # fmt: skip
        rhythm = self._rhythm(sales, today)
        if rhythm is not None:
            usual, idle = rhythm
            found.append(Figure("rhythm", usual, Unit.DAYS, "median days between purchases and won deals without one",
                                lists.count(customer), customer,
                                parameters={"idle": idle, "sales": sum(map(lists.count, sales))}))
        return {figure.name: figure for figure in found}

    def _revenue(self, customer: Filter, sales: Sequence[Filter]) -> Iterator[Figure]:
        """What the customer's list row tells, in the currency that they usually pay in, beside that in others."""
        figure = self._sum("revenue", customer, "revenue", "purchases and won deals without one")
        sums: Counter[str] = Counter()
        for each in sales:
            sums.update(self._store.lists.sum(each, "amount"))
        currency = figure.value.currency if isinstance(figure.value, Money) else ""
        yield replace(figure, parameters=beside(sums, currency) if currency else {})

    def _last_purchase(self, own: str, record: int, scope: Scope) -> Figure:
        """The latest sale; `parameters` have its day and the product, or the name of the deal."""
        formula, lists, found = "the last purchase, or won deal without one", self._store.lists, []
        for sales in _sales(own, record, scope):
            day, name = _SOLD_ON[sales.kind], _NAMED_BY[sales.kind]
            ids = lists.ids(sales & Compare(day, Op.EMPTY, False), Sort(day, True), 1)
            rows = lists.rows(sales.kind, ids, [day, name])
            found += [(on, sales.kind, number, str(called or "")) for number, on, called in rows]
        if not found:
            none = scope.purchases & any_of(ID, ())
            return Figure("last_purchase", None, Unit.MONEY, formula, 0, none, reason="none")
        on, kind, number, called = max(found)
        figure = self._sum("last_purchase", Filter(kind, any_of(ID, [number])), "amount", formula)
        return replace(figure, parameters={"on": on, "name": called})

    def _strength(self, own: str, record: int) -> Iterator[Figure]:
        """How alive the relation is, over every touch that counts for it."""
        if "strength" in self._store.catalogue.kind(own).fields:
            types = any_of("type", sorted(each.value for each in WEIGHTS))
            touches = Filter("activity", is_(own, record)) & types & Compare("happened_on", Op.EMPTY, False)
            [(_, held)] = self._store.lists.rows(own, [record], ["strength"])
            yield Figure("strength", held or 0, Unit.COUNT, "touches by type, each half after the half-life",
                         self._store.lists.count(touches), touches, parameters={"half_life": HALF_LIFE})  # fmt: skip

    def _sum(self, name: str, records: Filter, field: str, formula: str) -> Figure:
        """A sum in the currency of the base, else the one of most records; `n` counts all of them.

        Sums in other currencies, which never add to it, are told beside it (semantics 4.16).
        """
        sums = self._store.lists.sum(records, field)
        count = self._store.lists.count(records)
        if not sums:
            return Figure(name, None, Unit.MONEY, formula, count, records, reason="none")
        currency = self._main(records, field, sorted(sums))
        value = Money(sums[currency], currency)
        return Figure(name, value, Unit.MONEY, formula, count, records, parameters=beside(sums, currency))

    def _main(self, records: Filter, field: str, currencies: Sequence[str]) -> str:
        if self._currency in currencies:
            return self._currency
        if len(currencies) == 1:
            return currencies[0]
        return max(currencies, key=lambda code: self._store.lists.count(records & in_currency(field, code)))

    def _months(self, scope: Scope, today: date) -> Iterator[tuple[date, Figure]]:
        """The purchases of each of the last twelve months."""
        year = last_months(today, 12)
        for month in touching(year.start, year.end):
            bought = scope.purchases & between("bought_on", month.start, month.end)
            yield month.start, self._sum("purchases", bought, "amount", "sum of the purchases of the month")

    # warnings

    def _warnings(self, own: str, record: int, scope: Scope, today: date) -> Iterator[Warning]:
        yield from self._overdue(scope, today)
        yield from self._risky(scope, today)
        yield from self._quiet(own, record, scope, today)
        yield from self._falling(scope, today)
        yield from self._upset(scope)
        yield from self._opted_out(own, record)

    def _overdue(self, scope: Scope, today: date) -> Iterator[Warning]:
        late = scope.tasks & TO_DO & Compare("due_on", Op.LESS, today)
        ids = self._store.lists.ids(late, Sort("due_on"), MOST)
        for task, title, due, note in self._store.lists.rows("task", ids, ["title", "due_on", "note"]):
            yield Warning(Warn.OVERDUE, title, Filter("task", any_of(ID, [task])), note or "", (today - due).days)

    def _risky(self, scope: Scope, today: date) -> Iterator[Warning]:
        fields = ["name", "stage.probability", "stage", "stage_since", "opened_on", "last_touch", "next_activity",
                  "expected_close"]  # fmt: skip
        usual = self._reports.usual_days()
        rows = self._store.lists.values(scope.deals & OPEN, fields, Sort("amount", True))
        for deal, name, probability, stage, since, opened, touch, due, close in rows:
            days = usual.get(stage.id) if stage else None
            found = risks(Standing(probability or 0, since, opened, touch, due, close), self._risk, days, today)
            if found:
                start = {Risk.SLOW: since, Risk.CLOSE_DATE_PASSED: close, Risk.NO_CONTACT: touch or opened}.get(
                    found[0]
                )
                yield Warning(
                    Warn.DEAL, name, Filter("deal", any_of(ID, [deal])), found[0].value,
                    (today - start).days if start else 0, round(days or 0),
                )  # fmt: skip

    def _quiet(self, own: str, record: int, scope: Scope, today: date) -> Iterator[Warning]:
        """No sale for longer than twice the usual gap."""
        usual, idle = self._rhythm(_sales(own, record, scope), today) or (0, 0)
        if usual and idle > 2 * usual:
            yield Warning(Warn.QUIET, "", Filter("customer", is_(ID, record)), days=idle, usual=usual)

    def _rhythm(self, sales: Sequence[Filter], today: date) -> tuple[int, int] | None:
        """Median days between purchases and days since the last; None of too few.

        Several on one day count once; a won deal without purchases counts as one at its close date (semantics 4.13).
        """
        rows = [row for each in sales for row in self._store.lists.values(each, [_SOLD_ON[each.kind]])]
        days = sorted({day for _, day in rows if day})
        usual = usual_gap(days)
        return None if usual is None else (round(usual), (today - days[-1]).days)

    def _falling(self, scope: Scope, today: date) -> Iterator[Warning]:
        """Purchases of the last quarter of a year against the one before."""
        now = scope.purchases & Compare("bought_on", Op.MORE, today - timedelta(QUARTER))
        before = scope.purchases & between("bought_on", today - timedelta(2 * QUARTER - 1), today - timedelta(QUARTER))
        sums, earlier = (self._store.lists.sum(each, "amount") for each in (now, before))
        for currency, amount in earlier.items():
            share = 1 - sums.get(currency, 0) / amount if amount else 0
            if share > FALL:
                yield Warning(Warn.FALLING, "", before, share=share)
                return

    def _upset(self, scope: Scope) -> Iterator[Warning]:
        """The last talk went badly."""
        talks = scope.activities & any_of("type", sorted(each.value for each in TWO_WAY))
        ids = self._store.lists.ids(talks, Sort("happened_on", True), 1)
        for talk, name, outcome in self._store.lists.rows("activity", ids, ["name", "outcome"]):
            if outcome == Outcome.NEGATIVE.value:
                yield Warning(Warn.UPSET, name, Filter("activity", any_of(ID, [talk])))

    def _opted_out(self, own: str, record: int) -> Iterator[Warning]:
        if own != "person":
            return
        for person, name, opt_out in self._store.lists.rows("person", [record], ["name", "opt_out"]):
            if opt_out:
                yield Warning(Warn.OPT_OUT, name, Filter("person", any_of(ID, [person])))

    # who and what

    def _steps(self, scope: Scope) -> Iterator[Step]:
        """What is to do next, the earliest first."""
        ids = self._store.lists.ids(scope.tasks & TO_DO, Sort("due_on"), MOST)
        fields = ["title", "type", "due_on", "due_at", "note"]
        for number, title, type_, due_on, due_at, note in self._store.lists.rows("task", ids, fields):
            yield Step(number, title, type_, due_on, due_at or "", note or "")

    def _people(self, own: str, record: int) -> Iterator[Contact]:
        """The people of a company, those with a part in decisions first."""
        if own != "company":
            return
        rows = self._store.lists.values(Filter("person", is_("company", record)), ["name", "job_title", "role"])
        parts = [*BuyingRole, None]
        for person, name, title, role in sorted(rows, key=lambda row: (parts.index(row[3]), row[1] or "")):
            yield Contact(person, name or "", title or "", role or "")

    def _open_deals(self, scope: Scope) -> Iterator[OpenDeal]:
        today, usual = self._store.clock.today(), self._reports.usual_days()
        fields = ["name", "amount", "stage", "stage_since", "expected_close", "pipeline"]
        ladders: dict[int, list[int]] = {}
        for deal, name, amount, stage, since, close, pipeline in self._store.lists.values(
            scope.deals & OPEN, fields, Sort("amount", True)
        ):
            if pipeline.id not in ladders:
                open_ = (each for each in self._stages.of(pipeline.id) if each.category is StageCategory.OPEN)
                ladders[pipeline.id] = [each.id for each in open_]
            steps = ladders[pipeline.id]
            step = steps.index(stage.id) + 1 if stage.id in steps else 0
            days = usual.get(stage.id)
            yield OpenDeal(
                deal, name, amount, stage.name, step, len(steps), (today - since).days if since else None,
                round(days) if days is not None else None, close,
            )  # fmt: skip

    def _purchases(self, scope: Scope) -> Iterator[tuple[int, str, date | None, Money | None]]:
        ids = self._store.lists.ids(scope.purchases, Sort("bought_on", True), MOST)
        fields = ["product", "bought_on", "amount"]
        for number, product, bought, amount in self._store.lists.rows("purchase", ids, fields):
            yield number, product.name if product else "", bought, amount


def _sales(own: str, record: int, scope: Scope) -> tuple[Filter, ...]:
    """What a revenue is made of: the purchases, and the won deals without one. A deal of a company is none of its
    buyer's."""
    won = Filter("deal", is_(own, record)) & SALE
    if own == "person":
        won &= Compare("company", Op.EMPTY, True)
    return (scope.purchases, won) if own in BUYERS else ()
