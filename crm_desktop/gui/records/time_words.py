"""Days and spans of conditions in words."""

from crm_desktop.domain.filter import Days, Months, Op, Span
from crm_desktop.gui.language import filled, tr


def timely(op: Op) -> str:
    """The pattern of a comparison of days; empty for one that is the same for all values."""
    return {
        Op.LESS: tr("%1 before %2"), Op.AT_MOST: tr("%1 until %2"), Op.MORE: tr("%1 after %2"),
        Op.AT_LEAST: tr("%1 since %2"),
    }.get(op, "")  # fmt: skip


def moving(value: Days | Months) -> str:
    """A moving day in words, seen from today."""
    if isinstance(value, Days) and abs(value.offset) == 1:
        return tr("yesterday") if value.offset < 0 else tr("tomorrow")
    count = abs(value.offset)
    length = tr("%Ln days", "", count) if isinstance(value, Days) else tr("%Ln months", "", count)
    return filled(tr("%1 ago") if value.offset < 0 else tr("in %1"), length) if count else tr("today")


def span(value: Span) -> str:
    """A week, month, quarter or year, seen from today."""
    named = {
        ("week", -1): tr("last week"), ("week", 0): tr("this week"), ("week", 1): tr("next week"),
        ("month", -1): tr("last month"), ("month", 0): tr("this month"), ("month", 1): tr("next month"),
        ("quarter", -1): tr("last quarter"), ("quarter", 0): tr("this quarter"), ("quarter", 1): tr("next quarter"),
        ("year", -1): tr("last year"), ("year", 0): tr("this year"), ("year", 1): tr("next year"),
    }  # fmt: skip
    if (value.unit, value.offset) in named:
        return named[value.unit, value.offset]
    count = abs(value.offset)
    length = {
        "week": tr("%Ln weeks", "", count), "month": tr("%Ln months", "", count),
        "quarter": tr("%Ln quarters", "", count), "year": tr("%Ln years", "", count),
    }[value.unit]  # fmt: skip
    return filled(tr("%1 ago") if value.offset < 0 else tr("in %1"), length)
