"""Words in charts and their tables: steps, periods as people write them, translated texts."""

from datetime import date

from PySide6.QtCore import QDate, QLocale

from crm_desktop.domain.periods import Period, month_of, quarter_of
from crm_desktop.gui import format
from crm_desktop.gui.language import filled, tr


def _written(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern).replace(".", "")


def period_long(period: Period | None) -> str:
    """A period in full: "July 2026", "Q3 2026", "1 Jul 2026 – 9 Jul 2026"."""
    if period is None:
        return tr("Without a date")
    if period.start == quarter_of(period.start).start and period.end == quarter_of(period.start).end:
        return filled(tr("Q%1 %2"), str((period.start.month + 2) // 3), str(period.start.year))
    if period.end <= month_of(period.start).end:
        return _written(period.start, "MMMM yyyy")
    return f"{format.full_day(period.start)} – {format.full_day(period.end)}"


def period_short(period: Period | None, with_year: bool) -> str:
    """A period at an axis: "Jul", "Jul 26", "Q3 26"."""
    if period is None:
        return tr("No date")
    if period.days > 31:
        return filled(tr("Q%1 %2"), str((period.start.month + 2) // 3), _written(period.start, "yy"))
    return _written(period.start, "MMM yy" if with_year else "MMM")


def step_name(step: str) -> str:
    """A step as people know it."""
    names = {
        "lead": tr("Lead"),
        "mql": tr("MQL"),
        "sql": tr("SQL"),
        "opportunity": tr("Opportunity"),
        "customer": tr("Customer"),
    }
    return names[step]


def stage_name(stage: str) -> str:
    """A stage of the sales funnel as people know it."""
    names = {
        "awareness": tr("Awareness"),
        "interest": tr("Interest"),
        "consideration": tr("Consideration"),
        "action": tr("Action"),
    }
    return names[stage]
