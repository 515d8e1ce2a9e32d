"""Which days the figures are about: the choices of the period chip, and steps to earlier and later."""

from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.periods import Period, add_days, add_months, last_months, month_of

YEAR, THIS_YEAR, ALL, CUSTOM = "year", "this_year", "all", "custom"


@dataclass(frozen=True)
class Span:
    """A choice and the days it means; `period` is None for everything."""

    choice: str
    period: Period | None

    @classmethod
    def chosen(cls, choice: str, today: date) -> "Span":
        """The days of a ready-made choice."""
        if choice == YEAR:
            return cls(choice, last_months(today, 12))
        if choice == THIS_YEAR:
            return cls(choice, Period(today.replace(month=1, day=1), month_of(today).end))
        return cls(ALL, None)

    def moved(self, by: int) -> "Span":
        """As many days or months earlier (-1) or later (1); everything does not move."""
        return self if self.period is None else Span(CUSTOM, _moved(self.period, by))

    @property
    def year_before(self) -> Period | None:
        """The same days a year before, for comparison."""
        return None if self.period is None else _shifted(self.period, -12)


def _moved(period: Period, by: int) -> Period:
    if _whole_months(period):
        count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        return _shifted(period, by * count)
    return Period(add_days(period.start, period.days * by), add_days(period.end, period.days * by))


def _shifted(period: Period, months: int) -> Period:
    start, end = add_months(period.start, months), add_months(period.end, months)
    return Period(start, month_of(end).end if _whole_months(period) else end)


def _whole_months(period: Period) -> bool:
    return period.start.day == 1 and period.end == month_of(period.end).end
