"""The pipeline: open deals by stage or another field, what they are worth by likelihood, and those at risk."""

from collections.abc import Iterator
from typing import Any

from crm_desktop.analytics import pipeline as stays
from crm_desktop.domain.deals import OPEN, WON
from crm_desktop.domain.figures import Figure, Report, Row
from crm_desktop.domain.filter import Filter, Sort, between, is_
from crm_desktop.domain.periods import month_of
from crm_desktop.domain.rotting import at_risk, rotting
from crm_desktop.domain.terms import StageCategory
from crm_desktop.services.reports.basis import Basis, Group, Sums, Tally, named
from crm_desktop.services.stages import Stages


def report(basis: Basis, scope: Filter, by: str | None) -> Report:
    """The report; the mark of a row is the sum of the amounts of its deals."""
    usual = usual_days(basis)
    rows = _rows_by(basis, scope & OPEN, by) if by else _rows(basis, scope, usual)
    return Report("pipeline", None, {f.name: f for f in _figures(basis, scope, usual)}, tuple(rows))


def usual_days(basis: Basis) -> dict[int, float]:
    """The median of the days that won deals spent in each open stage, by id of the stage.

    Where no deal was won yet it is the days after which the stage says that deals rot.
    """
    closed = {deal: on for deal, on in basis.store.lists.values(Filter("deal", WON), ("closed_on",)) if on is not None}
    log = Filter("stage_log", is_("deal.status", StageCategory.WON.value))
    entries = [
        stays.Entry(deal.id, stage.id, on)
        for _, deal, stage, on in basis.store.lists.values(log, ("deal", "stage", "entered_on"), Sort("entered_on"))
        if on is not None
    ]
    usual = stays.usual_days(entries, closed)
    own = {stage: float(days) for stage, days in _thresholds(basis).items()}
    return {stage: usual.get(stage, days) for stage, days in own.items() if stage in usual or days}


def _thresholds(basis: Basis) -> dict[int, int]:
    """Days after which deals rot, by id of the open stage; 0 where they never do."""
    stages = Filter("stage", is_("category", StageCategory.OPEN.value))
    return {stage: days or 0 for stage, days in basis.store.lists.values(stages, ("rot_days",))}


def _figures(basis: Basis, scope: Filter, usual: dict[int, float]) -> list[Figure]:
    month = month_of(basis.today)
    risky = scope & at_risk(basis.risk, usual, basis.today)
    idle = scope & rotting(_thresholds(basis), basis.today)
    closing = scope & OPEN & between("expected_close", month.start, month.end)
    return [
        basis.sum_figure("open_value", "sum of amounts of open deals", scope & OPEN, "amount"),
        basis.sum_figure("weighted_value", "sum of amount * probability / 100", scope & OPEN, "weighted"),
        basis.sum_figure("closing_this_month", "sum of amounts, expected close this month", closing, "amount"),
        basis.sum_figure("at_risk", "sum of amounts of deals at risk", risky, "amount"),
        basis.sum_figure("rotting", "sum of amounts of deals idle for longer than their stage allows", idle, "amount"),
    ]


def _rows(basis: Basis, scope: Filter, usual: dict[int, float]) -> Iterator[Row]:
    """One row for each stage, in their order."""
    lists = basis.store.lists
    for stage in Stages(basis.store).all():
        if stage.category is StageCategory.OPEN:
            deals = scope & OPEN & is_("stage", stage.id)
            tally = Tally(basis.count(deals), lists.sum(deals, "amount"))
            own = {"probability": stage.probability, "usual_days": usual.get(stage.id)}
            yield named(_row(basis, deals, tally, lists.sum(deals, "weighted"), **own), "stage", stage.name)


def _rows_by(basis: Basis, deals: Filter, by: str) -> Iterator[Row]:
    """One row for each value of a field, the largest value first."""
    amounts, weighted = basis.split(deals, by, "amount"), basis.split(deals, by, "weighted")

    def order(group: Group) -> tuple[int, int, str]:
        return -basis.own(amounts[group].sums), -amounts[group].count, group.order()

    for group in sorted(amounts, key=order):
        row = _row(basis, deals & group.where(by), amounts[group], weighted[group].sums)
        yield named(row, by, group.label)


def _row(basis: Basis, deals: Filter, held: Tally, weighted: Sums, **own: Any) -> Row:
    """The row of some open deals; the caller puts its name before the values."""
    values = {
        "count": held.count, "value": basis.money(basis.own(held.sums)), "weighted": basis.money(basis.own(weighted)),
    }  # fmt: skip
    return Row(values | own | basis.others(held.sums), deals, measure="amount")
