"""Sales: deals by the date on which they were closed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from crm_desktop.analytics import numbers
from crm_desktop.analytics import sales as figures_of
from crm_desktop.domain.deals import LOST, OPEN, WON
from crm_desktop.domain.figures import Figure, Report, Row, Unit
from crm_desktop.domain.filter import Filter, Node, any_of, between
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period, month_of, quarter_of, touching
from crm_desktop.domain.terms import StageCategory
from crm_desktop.services.reports.basis import Basis, Counted, Group, Tally, count_figure, named

MONTHLY_UP_TO = 731
"""Days up to which rows are months; a longer span has quarters."""

WHOLE_UP_TO = 20 * 366
"""Days up to which periods without a closed deal are rows too: one mistyped year must not draw a thousand columns."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The filters of a report: the won, the lost and both, and the deals open today."""

    won: Filter
    lost: Filter
    all: Filter
    open: Filter

    @classmethod
    def within(cls, scope: Filter, period: Period | None) -> "Closed":
        """Deals of a scope that were closed in a period."""
        closed = scope if period is None else scope & between("closed_on", period.start, period.end)
        return cls(
            won=closed & WON,
            lost=closed & LOST,
            all=closed & any_of("status", (StageCategory.WON.value, StageCategory.LOST.value)),
            open=scope & OPEN,
        )


def report(basis: Basis, period: Period | None, scope: Filter, by: str | None) -> Report:
    """The report. In each row `filter` holds the closed deals and `part` the won, whose amounts sum to `won_value`."""
    deals = Closed.within(scope, period)
    rows = _rows_by(basis, deals, by) if by else _rows_in_time(basis, deals, period)
    return Report("sales", period, {f.name: f for f in _figures(basis, deals)}, tuple(rows))


def _figures(basis: Basis, deals: Closed) -> list[Figure]:
    won = basis.store.lists.values(deals.won, ("amount", "cycle_days"))
    lost, opened = basis.count(deals.lost), basis.count(deals.open)
    sums = basis.store.lists.sum(deals.won, "amount")
    currency = basis.currency
    lost_sums = basis.store.lists.sum(deals.lost, "amount")
    result = figures_of.measure(
        figures_of.Outcomes(
            won_count=len(won),
            lost_count=lost,
            open_count=opened,
            won_amounts=[amount.minor for _, amount, _ in won if amount is not None and amount.currency == currency],
            lost_amount=basis.own(lost_sums),
            cycle_days=figures_of.cycles(days for _, _, days in won),
        )
    )
    others = basis.others(sums)
    whole, part = Counted(len(won) + lost, deals.all, deals.won), Counted(len(won), deals.won)

    def money(minor: int | None) -> Money | None:
        return None if minor is None else basis.money(minor)

    return [
        count_figure("won_count", "won", deals.won, len(won)),
        count_figure("lost_count", "lost", deals.lost, lost),
        count_figure("open_count", "open", deals.open, opened),
        whole.figure("win_rate", result.win_rate, Unit.RATE, "won / (won + lost)"),
        whole.figure(
            "win_rate_value", result.win_rate_value, Unit.RATE, "won amount / (won + lost amount)",
            **basis.others({c: sums.get(c, 0) + lost_sums.get(c, 0) for c in {*sums, *lost_sums}}),
        ),
        part.figure("won_value", money(result.won_value), Unit.MONEY, "sum of won amounts", **others),
        part.figure("average_won_value", money(result.average_won_value), Unit.MONEY, "mean of won amounts", **others),
        part.figure("median_won_value", money(result.median_won_value), Unit.MONEY, "median of won amounts", **others),
        part.figure("cycle_days_mean", result.cycle_days_mean, Unit.DAYS, "mean of closed_on - opened_on, won"),
        part.figure("cycle_days_median", result.cycle_days_median, Unit.DAYS, "median of closed_on - opened_on, won"),
        Counted(opened, deals.open).figure(
            "velocity_per_day", money(result.velocity_per_day), Unit.MONEY_PER_DAY,
            "open_count * win_rate * average_won_value / cycle_days_median", **others,
        ),
    ]  # fmt: skip


def _row(basis: Basis, deals: Closed, closed: int, won: Tally, where: Node) -> Row:
    """The row of the deals that meet a condition; the caller puts its name before the values."""
    values = {
        "closed": closed,
        "won": won.count,
        "lost": closed - won.count,
        "win_rate": numbers.ratio(won.count, closed),
        "won_value": basis.money(basis.own(won.sums)),
    }
    return Row(values | basis.others(won.sums), deals.all & where, deals.won & where)


def _rows_by(basis: Basis, deals: Closed, by: str) -> Iterator[Row]:
    """One row for each value of a field, the largest won value first."""
    closed = basis.split(deals.all, by)
    won = basis.split(deals.won, by, "amount")

    def order(group: Group) -> tuple[int, int, str]:
        return -basis.own(won[group].sums), -closed[group].count, group.order()

    for group in sorted(closed, key=order):
        yield named(_row(basis, deals, closed[group].count, won[group], group.where(by)), by, group.label)


def _rows_in_time(basis: Basis, deals: Closed, period: Period | None) -> Iterator[Row]:
    """One row for each month or quarter, and one without a period for closed deals of which no date is known."""
    closed = basis.split(deals.all, "closed_on")
    won = basis.split(deals.won, "closed_on", "amount")
    days = [group.match for group in closed if group.match is not None]
    if span := period or (Period(min(days), max(days)) if days else None):
        calendar = quarter_of if span.days > MONTHLY_UP_TO else month_of
        inside: dict[Period, list[Group]] = defaultdict(list)
        for group in closed:
            if group.match is not None:
                inside[calendar(group.match)].append(group)
        for whole in sorted(inside) if span.days > WHOLE_UP_TO else touching(span.start, span.end, calendar):
            tally, groups = Tally(), inside[whole]
            for group in groups:
                tally.add(won[group].count, won[group].sums)
            each = Period(max(whole.start, span.start), min(whole.end, span.end))
            where = between("closed_on", each.start, each.end)
            yield named(_row(basis, deals, sum(closed[g].count for g in groups), tally, where), "period", each)
    undated = Group(None, None)
    if undated in closed:
        yield named(_row(basis, deals, closed[undated].count, won[undated], undated.where("closed_on")), "period", None)
