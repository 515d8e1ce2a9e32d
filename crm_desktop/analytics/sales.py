"""Sales of a period: how many deals were won, for how much, how fast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from crm_desktop.analytics import numbers


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What is known of the deals: amounts of the won in minor units of one currency, days from opened to closed."""

    won_count: int
    lost_count: int
    open_count: int
    won_amounts: Sequence[int]
    lost_amount: int
    cycle_days: Sequence[int]


@dataclass(frozen=True, slots=True)
class Sales:
    """The figures of sales. Amounts in minor units rounded half to even; None where there is nothing to count."""

    win_rate: float | None
    win_rate_value: float | None
    won_value: int
    average_won_value: int | None
    median_won_value: int | None
    cycle_days_mean: float | None
    cycle_days_median: float | None
    velocity_per_day: int | None


def cycles(days: Iterable[int | None]) -> list[int]:
    """The days from opened to closed that are known; a deal that was closed before it was opened tells none."""
    return [each for each in days if each is not None and each >= 0]


def measure(deals: Outcomes) -> Sales:
    """The figures of the deals.

    Win rate = won / (won + lost), by number and by amount. Velocity = open deals x win rate x average won amount /
    median cycle days: money per day.
    """
    won_value, closed = sum(deals.won_amounts), deals.won_count + deals.lost_count
    average = numbers.mean(deals.won_amounts)
    middle = numbers.median(deals.won_amounts)
    cycle_mean = numbers.mean(deals.cycle_days)
    cycle = numbers.median(deals.cycle_days)
    velocity = None
    if average is not None and cycle:
        velocity = round(deals.open_count * Fraction(deals.won_count, closed) * average / cycle)
    return Sales(
        win_rate=numbers.ratio(deals.won_count, closed),
        win_rate_value=numbers.ratio(won_value, won_value + deals.lost_amount),
        won_value=won_value,
        average_won_value=None if average is None else round(average),
        median_won_value=None if middle is None else round(middle),
        cycle_days_mean=None if cycle_mean is None else float(cycle_mean),
        cycle_days_median=None if cycle is None else float(cycle),
        velocity_per_day=velocity,
    )
