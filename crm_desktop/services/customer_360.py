"""Customer 360: the key figures of a customer, what to know before one goes in, and who decides there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from crm_desktop.domain.churn import usual_gap
from crm_desktop.domain.deals import OPEN, SALE
from crm_desktop.domain.figures import Figure, Unit, beside, in_currency
from crm_desktop.domain.filter import ID, Compare, Filter, Op, Sort, any_of, between, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import last_months, touching
from crm_desktop.domain.rotting import RiskRule, Standing
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import HALF_LIFE, TWO_WAY, BuyingRole, StageCategory
from crm_desktop.services.customer_warnings import MOST, Warnings
from crm_desktop.services.portrait import Contact, Known, OpenDeal, Portrait, Rhythm, Step, Warn, Warning, Watched
from crm_desktop.services.reports import Reports
from crm_desktop.services.stages import Stages
from crm_desktop.services.timeline import Scope, Timeline
from crm_desktop.storage.models.customers import CUSTOMERS
from crm_desktop.storage.store import Store

__all__ = ["Customer360", "OpenDeal", "Portrait", "Step", "Warn", "Warning"]

RECENT = 30
"""Days that count as lately for touches."""

_SOLD_ON = {"purchase": "bought_on", "deal": "closed_on"}
"""The field that keeps the day of a sale, by kind."""

_NAMED_BY = {"purchase": "product", "deal": "name"}
"""The field that says what was sold, by kind."""

_DEAL = (
    "name", "amount", "pipeline", "stage", "stage.probability", "stage_since", "opened_on", "last_touch",
    "next_activity", "expected_close",
)  # fmt: skip


class Customer360:
    """Gathers what is known of a company, person or customer."""

    def __init__(self, store: Store, reports: Reports, risk: RiskRule, currency: str) -> None:
        self._store = store
        self._reports = reports
        self._currency = currency
        self._timeline = Timeline(store)
        self._stages = Stages(store)
        self._warnings = Warnings(store, risk)

    def portrait(self, kind: str, record: int) -> Portrait:
        """The figures, warnings, people, deals and purchases of a customer."""
        known = self._known(self._store.owner_field(kind, record), record)
        return Portrait(
            {figure.name: figure for figure in self._figures(known)},
            known.sales,
            tuple(islice(self._warnings.of(known), MOST)),
            tuple(self._steps(known.scope)),
            tuple(self._people(known)),
            tuple(each.deal for each in known.deals),
            tuple(self._purchases(known.scope)),
            tuple(self._months(known)),
        )

    def _known(self, own: str, record: int) -> Known:
        scope, today = self._timeline.scope(own, record), self._store.clock.today()
        sales = _sales(own, record, scope)
        return Known(own, record, today, scope, sales, self._rhythm(sales, today), tuple(self._deals(scope, today)))

    def _rhythm(self, sales: Sequence[Filter], today: date) -> Rhythm | None:
        """The rhythm of the sales; None of too few.

        Several on one day count once; a won deal without purchases counts as one at its close date (semantics 4.13).
        """
        rows = [row for each in sales for row in self._store.lists.values(each, [_SOLD_ON[each.kind]])]
        days = sorted({day for _, day in rows if day})
        usual = usual_gap(days)
        return None if usual is None else Rhythm(round(usual), (today - days[-1]).days)

    def _deals(self, scope: Scope, today: date) -> Iterator[Watched]:
        """The open deals, the largest first."""
        rows = self._store.lists.values(scope.deals & OPEN, _DEAL, Sort("amount", True))
        usual_days = self._reports.usual_days() if rows else {}
        ladders: dict[int, list[int]] = {}
        for deal, name, amount, pipeline, stage, probability, since, opened, touch, due, close in rows:
            if pipeline.id not in ladders:
                open_ = (each for each in self._stages.of(pipeline.id) if each.category is StageCategory.OPEN)
                ladders[pipeline.id] = [each.id for each in open_]
            steps, usual = ladders[pipeline.id], usual_days.get(stage.id)
            step = steps.index(stage.id) + 1 if stage.id in steps else 0
            shown = OpenDeal(
                deal, name, amount, stage.name, step, len(steps), (today - since).days if since else None,
                round(usual) if usual is not None else None, close,
            )  # fmt: skip
            yield Watched(shown, Standing(probability or 0, since, opened, touch, due, close), usual)

    # figures

    def _figures(self, known: Known) -> Iterator[Figure]:
        lists, scope, customer = self._store.lists, known.scope, Filter("customer", is_(ID, known.record))
        if known.sales:
            yield self._revenue(customer, known.sales)
        yield self._sum("open_deals", scope.deals & OPEN, "amount", "sum of the open deals")
        yield self._last_purchase(known)
        touches = self._touches(known)
        lately = touches & Compare("happened_on", Op.MORE, known.today - timedelta(RECENT))
        count = lists.count(lately)
        formula = "two-way touches of the last days"
        yield Figure("touches", count, Unit.COUNT, formula, count, lately, parameters={"days": RECENT})
        yield from self._strength(known, touches)
        if known.rhythm is not None:
            formula = "median days between purchases and won deals without one"
            more = {"idle": known.rhythm.idle, "sales": sum(map(lists.count, known.sales))}
            n = lists.count(customer)
            yield Figure("rhythm", known.rhythm.usual, Unit.DAYS, formula, n, customer, parameters=more)

    def _revenue(self, customer: Filter, sales: Sequence[Filter]) -> Figure:
        """What the customer's list row tells, in the currency that they usually pay in, beside that in others."""
        figure = self._sum("revenue", customer, "revenue", "purchases and won deals without one")
        sums: Counter[str] = Counter()
        for each in sales:
            sums.update(self._store.lists.sum(each, "amount"))
        currency = figure.value.currency if isinstance(figure.value, Money) else ""
        return replace(figure, parameters=beside(sums, currency) if currency else {})

    def _last_purchase(self, known: Known) -> Figure:
        """The latest sale; `parameters` have its day and the product, or the name of the deal."""
        formula, lists, found = "the last purchase, or won deal without one", self._store.lists, []
        for sales in known.sales:
            day, name = _SOLD_ON[sales.kind], _NAMED_BY[sales.kind]
            ids = lists.ids(sales & Compare(day, Op.EMPTY, False), Sort(day, True), 1)
            rows = lists.rows(sales.kind, ids, [day, name])
            found += [(on, sales.kind, number, str(called or "")) for number, on, called in rows]
        if not found:
            none = known.scope.purchases & any_of(ID, ())
            return Figure("last_purchase", None, Unit.MONEY, formula, 0, none, reason="none")
        on, kind, number, called = max(found)
        figure = self._sum("last_purchase", Filter(kind, any_of(ID, [number])), "amount", formula)
        return replace(figure, parameters={"on": on, "name": called})

    def _fades(self, known: Known) -> bool:
        return "strength" in self._store.catalogue.kind(known.kind).fields

    def _touches(self, known: Known) -> Filter:
        """Touches of both sides; where there is a strength those that count for it, so not those on deals alone."""
        own = Filter("activity", is_(known.kind, known.record)) if self._fades(known) else known.scope.activities
        return own & any_of("type", sorted(each.value for each in TWO_WAY)) & Compare("happened_on", Op.EMPTY, False)

    def _strength(self, known: Known, touches: Filter) -> Iterator[Figure]:
        """How alive the relation is, over every touch that counts for it."""
        if self._fades(known):
            [(_, held)] = self._store.lists.rows(known.kind, [known.record], ["strength"])
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

    def _months(self, known: Known) -> Iterator[tuple[date, Figure]]:
        """The purchases of each of the last twelve months."""
        year = last_months(known.today, 12)
        for month in touching(year.start, year.end):
            bought = known.scope.purchases & between("bought_on", month.start, month.end)
            yield month.start, self._sum("purchases", bought, "amount", "sum of the purchases of the month")

    # who and what

    def _steps(self, scope: Scope) -> Iterator[Step]:
        """What is to do next, the earliest first."""
        ids = self._store.lists.ids(scope.tasks & TO_DO, Sort("due_on"), MOST)
        fields = ["title", "type", "due_on", "due_at", "note"]
        for number, title, type_, due_on, due_at, note in self._store.lists.rows("task", ids, fields):
            yield Step(number, title, type_, due_on, due_at or "", note or "")

    def _people(self, known: Known) -> Iterator[Contact]:
        """The people of a company, those with a part in decisions first."""
        if known.kind != "company":
            return
        rows = self._store.lists.values(Filter("person", is_("company", known.record)), ["name", "job_title", "role"])
        parts = [*BuyingRole, None]
        for person, name, title, role in sorted(rows, key=lambda row: (parts.index(row[3]), row[1] or "")):
            yield Contact(person, name or "", title or "", role or "")

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
    return (scope.purchases, won) if own in CUSTOMERS else ()
