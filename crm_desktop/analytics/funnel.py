"""The funnel: how many get from step to step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm_desktop.analytics import numbers


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a funnel: records that reached it, their share that reached the next, the share of all at it."""

    count: int
    rate_next: float | None
    rate_total: float | None


def steps(counts: Sequence[int]) -> tuple[Step, ...]:
    """The rates of a funnel: to the next step reached(i + 1) / reached(i), of all reached(i) / reached(first)."""
    following: list[int | None] = [*counts[1:], None]
    return tuple(
        Step(
            count,
            None if after is None else numbers.ratio(after, count),
            numbers.ratio(count, counts[0]),
        )
        for count, after in zip(counts, following, strict=True)
    )


def immature(end: date, cycle_days: float | None, today: date) -> bool:
    """Whether a cohort that ended on `end` is younger than the median cycle, so that sales are still to come."""
    return cycle_days is not None and (today - end).days < cycle_days
