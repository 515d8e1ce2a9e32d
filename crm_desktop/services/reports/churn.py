"""Churn: customers lost, of those a period began with."""

from collections import defaultdict
from datetime import date

from crm_desktop.analytics import churn as rates_of
from crm_desktop.analytics import numbers
from crm_desktop.domain.deals import SALE
from crm_desktop.domain.figures import Figure, Report, Row, Unit
from crm_desktop.domain.filter import (
    Compare,
    Either,
    Exists,
    Filter,
    Node,
    Not,
    Op,
    between,
    both,
)
from crm_desktop.domain.periods import Period, add_days, add_months, last_months, touching
from crm_desktop.services.reports.basis import Basis, Counted, count_figure, named

MONTHS_WITHOUT_PERIOD = 12
REVENUE_DAYS = 365
"""The revenue of a customer at the start of a period is that of so many days before it."""

UNDATED = Either(
    (
        Compare("customer_since", Op.EMPTY, True),
        Exists("losses", Compare("lost_on", Op.EMPTY, True)),
    )
)
"""Customers of whom is known that they are or were customers, but not when."""


def _active(start: date) -> Node:
    """Customers since before a day, and not lost on it."""
    away = both(
        Compare("lost_on", Op.LESS, start),
        Either((Compare("returned_on", Op.EMPTY, True), Compare("returned_on", Op.AT_LEAST, start))),
    )
    return both(Not(UNDATED), Compare("customer_since", Op.LESS, start), Not(Exists("losses", away)))


def _lost(period: Period, today: date) -> Node:
    """Of these, who was lost in the period; a loss that lies ahead is none yet."""
    when = between("lost_on", period.start, min(period.end, today))
    return both(_active(period.start), Exists("losses", when))


def _left(today: date) -> Node:
    """Customers without dates who are known to have left."""
    happened = Either((Compare("lost_on", Op.EMPTY, True), Compare("lost_on", Op.AT_MOST, today)))
    return both(UNDATED, Exists("losses", both(Compare("returned_on", Op.EMPTY, True), happened)))


def report(basis: Basis, period: Period | None, scope: Filter, by: str | None) -> Report:
    """The report. In each row `filter` holds the customers active at the start and `part` those of them lost.

    Customers without dates form one row without a period; the figures count them as active at the start.
    """
    span = period or last_months(basis.today, MONTHS_WITHOUT_PERIOD)
    active = scope & Either((_active(span.start), UNDATED))
    lost = scope & Either((_lost(span, basis.today), _left(basis.today)))
    rows = _rows_by(basis, active, lost, by) if by else _rows_in_time(basis, span, scope)
    return Report("churn", span, {f.name: f for f in _figures(basis, span, active, lost)}, tuple(rows))


def _figures(basis: Basis, span: Period, active: Filter, lost: Filter) -> list[Figure]:
    n, gone = basis.count(active), basis.count(lost)
    rate = numbers.ratio(gone, n)
    whole = Counted(n, active, lost)
    rule = {
        "gap_factor": basis.churn.gap_factor,
        "gap_days_min": basis.churn.gap_days_min,
        "gap_days_single": basis.churn.gap_days_single,
    }
    provisional = rates_of.provisional(span.end, basis.churn, basis.today)
    return [
        whole.figure("churn_rate", rate, Unit.RATE, "lost / active at start", provisional=provisional, **rule),
        Counted(n, active, active & Not(lost.where)).figure(
            "retention_rate", numbers.ratio(n - gone, n), Unit.RATE, "1 - churn_rate", **rule
        ),
        _revenue_churn(basis, span, whole),
        count_figure("lost", "lost in the period, of those active at start", lost, gone),
        count_figure("active_at_start", "customers before the period, not lost at its start", active, n),
    ]


def _revenue_churn(basis: Basis, span: Period, whole: Counted) -> Figure:
    assert whole.part is not None
    year = Period(add_days(span.start, -REVENUE_DAYS), add_days(span.start, -1))
    revenue = _revenue(basis, year)
    lost = sum(revenue.get(customer, 0) for customer in basis.store.lists.ids(whole.part))
    active = sum(revenue.get(customer, 0) for customer in basis.store.lists.ids(whole.filter))
    return whole.figure(
        "revenue_churn_rate", numbers.ratio(lost, active), Unit.RATE,
        "revenue in the year before the start, of the lost / of all active at start",
        revenue=year.to_json(), currency=basis.currency,
    )  # fmt: skip


def _revenue(basis: Basis, period: Period) -> dict[int, int]:
    """Minor units by customer; a won deal without purchases counts as one purchase at its close date."""
    bought = Filter("purchase", between("bought_on", period.start, period.end))
    won = both(SALE, between("closed_on", period.start, period.end))
    found: dict[int, int] = defaultdict(int)
    for filter in (bought, Filter("deal", won)):
        for _, company, person, amount in basis.store.lists.values(filter, ("company", "person", "amount")):
            customer = company or person
            if customer is not None and amount is not None:
                found[customer.id] += basis.own({amount.currency: amount.minor})
    return found


def _rows_in_time(basis: Basis, span: Period, scope: Filter) -> list[Row]:
    """One row for each month that has begun, and one without a period for customers without dates.

    Where no customer has dates the months have nothing to say and are left out.
    """
    # Two months more, so that the first average spans three.
    early = add_months(span.start.replace(day=1), 1 - rates_of.AVERAGED)
    counted = [
        rates_of.Counted(
            month, basis.count(scope & _active(month.start)), basis.count(scope & _lost(month, basis.today))
        )
        for month in touching(early, min(span.end, basis.today))
    ]
    known = rates_of.rates(counted, basis.churn, basis.today) if any(month.active for month in counted) else []
    rows = [
        Row(
            {
                "period": churn.period,
                "churn_rate": churn.rate,
                "lost": churn.lost,
                "active_at_start": churn.active,
                "average": churn.average,
                "provisional": churn.provisional,
            },
            scope & _active(churn.period.start),
            scope & _lost(churn.period, basis.today),
        )
        for churn in known[rates_of.AVERAGED - 1 :]
    ]
    undated, left = scope & UNDATED, scope & _left(basis.today)
    if count := basis.count(undated):
        rows.append(named(_row(count, basis.count(left), undated, left), "period", None))
    return rows


def _row(active: int, lost: int, whole: Filter, part: Filter) -> Row:
    values = {"churn_rate": numbers.ratio(lost, active), "lost": lost, "active_at_start": active}
    return Row(values, whole, part)


def _rows_by(basis: Basis, active: Filter, lost: Filter, by: str) -> list[Row]:
    """One row for each value of a field over the whole period, the largest first."""
    known, gone = basis.split(active, by), basis.split(lost, by)
    return [
        named(_row(known[g].count, gone[g].count, active & g.where(by), lost & g.where(by)), by, g.label)
        for g in sorted(known, key=lambda group: (-known[group].count, group.order()))
    ]
