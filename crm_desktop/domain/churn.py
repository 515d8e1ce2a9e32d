"""When a customer who signs no contract counts as lost: the rule and the losses it finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.domain.periods import add_days, times

ENOUGH_PURCHASES = 3
"""From so many days of purchase on, a customer has a rhythm of their own."""


@dataclass(frozen=True, slots=True)
class ChurnRule:
    """How long we wait for the next purchase; all three numbers are settings.

    With three or more purchases `gap_factor` times the customer's own median gap, at least `gap_days_min` days;
    with fewer `gap_days_single` days.
    """

    gap_factor: float = 3
    gap_days_min: int = 90
    gap_days_single: int = 365

    def patience(self, days: Sequence[date]) -> int:
        """Days without a purchase after which the customer is lost, from the distinct days of purchase so far."""
        gap = usual_gap(days)
        return self.gap_days_single if gap is None else max(self.gap_days_min, times(self.gap_factor, gap))


def usual_gap(days: Sequence[date]) -> float | None:
    """The median of the days between purchases, from their distinct days in order; None where there is no rhythm."""
    if len(days) < ENOUGH_PURCHASES:
        return None
    # Loaded when there is a rhythm to find; it is not needed to start.
    from statistics import median

    return median((later - earlier).days for earlier, later in pairwise(days))


class Loss(NamedTuple):
    """One loss of a customer: since when, when they came back, and whether the gap or a person says so."""

    lost_on: date
    returned_on: date | None
    reason: str


def losses(bought: Iterable[date], rule: ChurnRule, marked: date | None = None) -> list[Loss]:
    """The losses of one customer in order of time; `marked` is the day on which a person marked them lost.

    The date of a loss is the last purchase plus the patience of the rule, so the last loss may lie in the future: it
    comes true unless they buy before. Each gap is judged by the purchases before it alone, so that what is known of
    a past month never changes but by a come-back. A purchase after a loss, by gap or by hand, is a come-back; who is
    already lost is not lost again.
    """
    days = sorted(set(bought))
    found: list[Loss] = []
    if marked is not None and (not days or marked < days[0]):
        found.append(Loss(marked, days[0] if days else None, "hand"))
    for index, day in enumerate(days):
        following = days[index + 1] if index + 1 < len(days) else None
        lost_on, reason = add_days(day, rule.patience(days[: index + 1])), "gap"
        if marked is not None and day <= marked < min(lost_on, following or date.max):
            lost_on, reason = marked, "hand"
        if following is None or lost_on < following:
            found.append(Loss(lost_on, following, reason))
    return found
