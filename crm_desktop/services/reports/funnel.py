"""The sales funnel: awareness, interest, consideration, action."""

from typing import NamedTuple

from crm_desktop.analytics import funnel as rates_of
from crm_desktop.analytics import numbers
from crm_desktop.analytics.sales import cycles
from crm_desktop.domain.deals import WON
from crm_desktop.domain.figures import Report, Row, Unit
from crm_desktop.domain.filter import EVERYTHING, Compare, Either, Exists, Filter, Node, Op, any_of, between
from crm_desktop.domain.periods import Period
from crm_desktop.domain.terms import Lifecycle
from crm_desktop.services.reports.basis import Basis, Counted, named


class Step(NamedTuple):
    """A step of the funnel, the stage of the glossary it belongs to, and what shows that a lead reached it.

    `stands` are the lifecycles of leads that now stand at it, `entered` its date of first entry, `deals` the
    condition on a deal of the lead. `heads` marks the first step of its stage, whose count is the stage's.
    """

    name: str
    stage: str
    heads: bool
    stands: tuple[Lifecycle, ...]
    entered: str | None = None
    deals: Node | None = None


STEPS = (
    Step("lead", "awareness", True, (Lifecycle.SUBSCRIBER, Lifecycle.LEAD)),
    Step("mql", "interest", True, (Lifecycle.MQL,), "mql_on"),
    Step("sql", "consideration", True, (Lifecycle.SQL,), "sql_on"),
    Step("opportunity", "consideration", False, (Lifecycle.OPPORTUNITY,), "opportunity_on", EVERYTHING),
    Step("customer", "action", True, (Lifecycle.CUSTOMER, Lifecycle.EVANGELIST), "customer_on", WON),
)


def reached(index: int) -> Node:
    """The condition on leads that ever reached a step: there is a sign of it or of a later one.

    So a skipped step counts as reached, a second entry counts once, and who was lost stays in what they reached.
    """
    if index == 0:
        return EVERYTHING
    later = STEPS[index:]
    dates = [Compare(step.entered, Op.EMPTY, False) for step in later if step.entered]
    # A lead with any deal has reached all that one with a won deal has, so the first condition suffices.
    deals = [Exists("deals", step.deals) for step in later if step.deals is not None][:1]
    return Either((_standing(index), *dates, *deals))


def _standing(index: int) -> Node:
    """The condition on leads that now stand at a step or beyond."""
    return any_of("lifecycle", [stand.value for step in STEPS[index:] for stand in step.stands])


def report(basis: Basis, period: Period | None, scope: Filter, by: str | None, *, snapshot: bool) -> Report:
    """The report. In each row `filter` holds the leads that reached the step, `part` those that reached the next."""
    cohort = scope if period is None else scope & between("created_at", period.start, period.end)
    reach = _standing if snapshot else reached
    filters = [cohort & (reach(index) if index else EVERYTHING) for index in range(len(STEPS))]
    cycle = _median_cycle(basis)
    counts = [basis.count(filter) for filter in filters]
    overall = Counted(counts[0], filters[0], filters[-1]).figure(
        "overall_rate", numbers.ratio(counts[-1], counts[0]), Unit.RATE, "reached customer / all leads",
        mode="snapshot" if snapshot else "cohort", cycle_days_median=cycle,
        immature=period is not None and rates_of.immature(period.end, cycle, basis.today),
    )  # fmt: skip
    rows = _rows(filters, counts) if by is None else _rows_by(basis, filters, by)
    return Report("funnel", period, {"overall_rate": overall}, tuple(rows))


def _rows(filters: list[Filter], counts: list[int]) -> list[Row]:
    parts: list[Filter | None] = [*filters[1:], None]
    return [
        Row(
            {
                "step": step.name,
                "stage": step.stage,
                "heads_stage": step.heads,
                "count": rate.count,
                "rate_next": rate.rate_next,
                "rate_total": rate.rate_total,
            },
            filter,
            part,
        )
        for step, rate, filter, part in zip(STEPS, rates_of.steps(counts), filters, parts, strict=True)
    ]


def _rows_by(basis: Basis, filters: list[Filter], by: str) -> list[Row]:
    """The funnel of each value of a field, the largest first."""
    splits = [basis.split(filter, by) for filter in filters]
    rows: list[Row] = []
    for group in sorted(splits[0], key=lambda group: (-splits[0][group].count, group.order())):
        own = _rows([filter & group.where(by) for filter in filters], [split[group].count for split in splits])
        rows += [named(row, by, group.label) for row in own]
    return rows


def _median_cycle(basis: Basis) -> float | None:
    rows = basis.store.lists.values(Filter("deal", WON), ("cycle_days",))
    middle = numbers.median(cycles(days for _, days in rows))
    return None if middle is None else float(middle)
