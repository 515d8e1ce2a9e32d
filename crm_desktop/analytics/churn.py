"""Churn over time: which share of the customers a period began with was lost in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm_desktop.analytics import numbers
from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.periods import Period, add_days

AVERAGED = 3
"""Periods the moving average spans, the one it stands at included."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Customers active at the start of a period and how many of these were lost in it."""

    period: Period
    active: int
    lost: int


@dataclass(frozen=True, slots=True)
class Churn:
    """The churn of one period: its rate, the mean rate of the last three, and whether losses may still be unseen."""

    period: Period
    active: int
    lost: int
    rate: float | None
    average: float | None
    provisional: bool


def rates(counted: Sequence[Counted], rule: ChurnRule, today: date) -> list[Churn]:
    """The churn of consecutive periods in order: customers lost / customers at start.

    The average is the mean of up to three rates, this one and those before it. A period is provisional as long as
    the shortest patience of the rule has not passed since its end: who bought last in it cannot be lost yet.
    """
    found: list[Churn] = []
    for each in counted:
        rate = numbers.ratio(each.lost, each.active)
        known = [r for r in (*(c.rate for c in found[-(AVERAGED - 1) :]), rate) if r is not None]
        average = sum(known) / len(known) if known and rate is not None else None
        found.append(
            Churn(each.period, each.active, each.lost, rate, average, provisional(each.period.end, rule, today))
        )
    return found


def provisional(end: date, rule: ChurnRule, today: date) -> bool:
    """Whether losses of a period that ended on `end` may still be unseen."""
    return add_days(end, rule.gap_days_min) > today
