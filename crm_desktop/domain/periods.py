"""Periods of business dates: months, quarters, years and spans, both ends included."""

from dataclasses import dataclass
from datetime import date, timedelta
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


def week_of(day: date) -> Period:
    """The week of a day, from Monday on (ISO 8601)."""
    start = day - timedelta(days=day.weekday())
    return Period(start, start + timedelta(days=6))


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    return Period(day.replace(day=1), add_months(day.replace(day=1), 1) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """The calendar quarter of a day."""
    start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(start, add_months(start, 3) - timedelta(days=1))


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later, or that month's last day where it is shorter."""
    month = day.year * 12 + day.month - 1 + count
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def months(start: date, end: date) -> list[Period]:
    """The calendar months that touch the span, in order."""
    found = [month_of(start)]
    while found[-1].end < end:
        found.append(month_of(found[-1].end + timedelta(days=1)))
    return found


def last_months(today: date, count: int) -> Period:
    """The span of the last `count` calendar months, the current one included."""
    return Period(add_months(today.replace(day=1), 1 - count), month_of(today).end)
