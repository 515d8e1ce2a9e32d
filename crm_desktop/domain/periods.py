"""Periods of business dates: months, quarters, years and spans, both ends included."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from enum import Enum, auto


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def to_json(self) -> dict[str, str]:
        """`{"from", "to"}` as ISO dates."""
        return {"from": self.start.isoformat(), "to": self.end.isoformat()}


class Side(Enum):
    """Where a date is looked for that is told without its year: up to today, nearest to it, or from it on."""

    BACK = auto()
    NEAR = auto()
    AHEAD = auto()


def week_of(day: date, first: int = 0) -> Period:
    """The week of a day; `first` is the weekday that it begins with, from 0 for Monday on (ISO 8601) to 6."""
    start = add_days(day, -((day.weekday() - first) % 7))
    return Period(start, add_days(start, 6))


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def quarter_of(day: date) -> Period:
    """The calendar quarter of a day."""
    start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(start, month_of(start.replace(month=start.month + 2)).end)


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def add_days(day: date, count: int) -> date:
    """The day `count` days later, or the end of the calendar on that side, which has four digits for a year."""
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))


def times(factor: float, days: float) -> int:
    """The whole days in so many times some days; exact, since 1.15 x 100 is 115 and not what floats make of it."""
    return int(Decimal(str(factor)) * Decimal(str(days)))


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later, or that month's last day where it is shorter.

    As with days the calendar has an end on either side.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def touching(start: date, end: date, find: Callable[[date], Period] = month_of) -> list[Period]:
    """The calendar months, or what else `find` finds, that touch the span, in order."""
    found = [find(start)]
    while found[-1].end < end:
        found.append(find(add_days(found[-1].end, 1)))
    return found


def last_months(today: date, count: int) -> Period:
    """The span of the last `count` calendar months, the current one included."""
    return Period(add_months(today.replace(day=1), 1 - count), month_of(today).end)
