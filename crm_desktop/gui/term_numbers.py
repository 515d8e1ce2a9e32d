"""What there is of each term in this base: its numbers of now, and where the records behind them are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from PySide6.QtCore import QT_TR_NOOP

from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.figures import Figure, Report, Row, Unit
from crm_desktop.domain.filter import EVERYTHING, Compare, Filter, Op, both, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import last_months
from crm_desktop.domain.tasks import TO_DO
from crm_desktop.domain.terms import Lifecycle
from crm_desktop.gui import format
from crm_desktop.gui.charts.words import period_long, stage_name
from crm_desktop.gui.language import filled, tr
from crm_desktop.services import Services

MONTHS = 12
Line = tuple[str, str]
"""Words and their value."""


class Source(NamedTuple):
    """The report that counts a term: its figures, or its rows in the words of `tell`.

    `see` is the tab of the page, or the figure whose records the page lists.
    """

    report: str
    figures: tuple[str, ...]
    page: str
    see: str = ""
    tell: Callable[[Report], list[Line]] | None = None


class Counted(NamedTuple):
    """A term counted by filters, each with its words; the page lists the records of the first."""

    page: str
    filters: tuple[tuple[object, Filter], ...] = ()


@dataclass(frozen=True)
class Numbers:
    """What is told of a term, and the page that shows the records; empty where there is none."""

    lines: tuple[Line, ...] = ()
    page: str = ""
    target: object = None


def look(term: str, services: Services, today: date) -> Report | list[int] | None:
    """What the numbers of a term are made of; runs in a reader thread."""
    source = SOURCES.get(term)
    if isinstance(source, Source):
        reports = services.reports
        period = last_months(today, MONTHS)
        ask: Callable[[], Report] = {
            "pipeline": reports.pipeline,
            "sales": lambda: reports.sales(period),
            "funnel": lambda: reports.funnel(period),
            "churn": lambda: reports.churn(period),
        }[source.report]
        return ask()
    return None if source is None else [services.lists.count(filter) for _, filter in source.filters]


def told(term: str, found: Report | list[int] | None) -> Numbers:
    """What `look` found, in words."""
    source = SOURCES.get(term)
    if isinstance(source, Source) and isinstance(found, Report):
        target = found.figures[source.see].filter if source.see in found.figures else source.see or None
        return Numbers(report_lines(term, found), source.page, target)
    if isinstance(source, Counted) and isinstance(found, list):
        lines = [(tr(words), format.count_text(n)) for (words, _), n in zip(source.filters, found, strict=True)]
        first = source.filters[0][1] if source.filters else None
        return Numbers(tuple(lines), source.page, first if first is not None and first.where != EVERYTHING else None)
    return Numbers()


def report_lines(term: str, report: Report) -> tuple[Line, ...]:
    """The numbers that a report gives for a term, the period first."""
    source = SOURCES[term]
    assert isinstance(source, Source)
    lines = [(tr("Period"), period_long(report.period))] if report.period else []
    lines += source.tell(report) if source.tell else []
    figures = [report.figures[name] for name in source.figures]
    lines += [(tr(FIGURES[figure.name]), shown(figure)) for figure in figures]
    return (*lines, *(others_of(figures[0]) if figures else ()))


def shown(figure: Figure) -> str:
    """The value of a figure in its unit."""
    value = figure.value
    if isinstance(value, Money):
        return format.money(value)
    if value is None:
        return format.DASH
    if figure.unit is Unit.RATE:
        return format.percent(float(value), 1 if value < 0.1 else 0)
    if figure.unit is Unit.DAYS:
        return format.days(round(value))
    return format.number(value)


def others_of(figure: Figure) -> list[Line]:
    """Amounts in other currencies, which are never added."""
    others: Mapping[str, str] = figure.parameters.get("other_currencies", {})
    words = tr("Beside it in %1")
    return [(filled(words, code), format.money(Money.of(amount, code))) for code, amount in others.items()]


def _stage_counts(report: Report) -> list[Line]:
    return [(row.values["stage"], format.count_text(row.values["count"])) for row in report.rows]


def _stage_chances(report: Report) -> list[Line]:
    return [(row.values["stage"], format.percent((row.values["probability"] or 0) / 100)) for row in report.rows]


def _heads(report: Report) -> list[Row]:
    """The rows whose counts are those of awareness, interest, consideration and action."""
    return [row for row in report.rows if row.values["heads_stage"]]


def _steps(report: Report) -> list[Line]:
    cycle = report.figures["overall_rate"].parameters["cycle_days_median"]
    lines = [(stage_name(row.values["stage"]), format.count_text(row.values["count"])) for row in _heads(report)]
    return lines if cycle is None else [*lines, (tr("Usual days from new deal to won"), format.number(cycle))]


def _conversions(report: Report) -> list[Line]:
    heads = _heads(report)
    words = tr("%1 to %2")
    return [
        (
            filled(words, stage_name(one.values["stage"]), stage_name(other.values["stage"])),
            format.percent(other.values["count"] / one.values["count"] if one.values["count"] else None),
        )
        for one, other in pairwise(heads)
    ]


_SALES = ("won_count", "lost_count", "win_rate", "won_value", "median_won_value", "cycle_days_median")
_CHURN = ("active_at_start", "lost", "churn_rate", "retention_rate", "revenue_churn_rate")
_PIPELINE = ("open_value", "weighted_value", "closing_this_month", "at_risk")
_OPEN = Filter("deal", OPEN)
_TO_DO = Filter("task", TO_DO)
_NO_STEP = Compare("next_activity", Op.EMPTY, True)

FIGURES: dict[str, object] = {
    "won_count": QT_TR_NOOP("Won deals"),
    "lost_count": QT_TR_NOOP("Lost deals"),
    "open_count": QT_TR_NOOP("Open deals"),
    "win_rate": QT_TR_NOOP("Close rate"),
    "won_value": QT_TR_NOOP("Won value"),
    "average_won_value": QT_TR_NOOP("Average of a won deal"),
    "median_won_value": QT_TR_NOOP("Median of a won deal"),
    "cycle_days_median": QT_TR_NOOP("Sales cycle, median"),
    "cycle_days_mean": QT_TR_NOOP("Sales cycle, average"),
    "velocity_per_day": QT_TR_NOOP("Expected from open deals, per day"),
    "overall_rate": QT_TR_NOOP("Lead to customer"),
    "active_at_start": QT_TR_NOOP("Customers at the start"),
    "lost": QT_TR_NOOP("Of them left in the period"),
    "churn_rate": QT_TR_NOOP("Churn rate of the period"),
    "retention_rate": QT_TR_NOOP("Retention"),
    "revenue_churn_rate": QT_TR_NOOP("Share of revenue that left"),
    "open_value": QT_TR_NOOP("Open"),
    "weighted_value": QT_TR_NOOP("Weighted by likelihood"),
    "closing_this_month": QT_TR_NOOP("Closing this month"),
    "at_risk": QT_TR_NOOP("At risk"),
}
"""What the figures of the reports are called where a term is explained."""


def _leads(name: object, *conditions: Any) -> tuple[object, Filter]:
    return name, Filter("lead", both(*conditions))


SOURCES: dict[str, Source | Counted] = {
    "at_risk": Source("pipeline", ("at_risk", "open_value"), "pipeline", "at_risk"),
    "churn": Source("churn", _CHURN, "analytics", "churn"),
    "close_rate": Source("sales", ("won_count", "lost_count", "win_rate"), "analytics", "sales"),
    "conversion_rate": Source("funnel", ("overall_rate",), "analytics", "funnel", _conversions),
    "crm": Counted(
        "",
        (
            _leads(QT_TR_NOOP("Leads")),
            (QT_TR_NOOP("Companies"), Filter("company")),
            (QT_TR_NOOP("People"), Filter("person")),
            (QT_TR_NOOP("Deals"), Filter("deal")),
        ),
    ),
    "crm_analytics": Counted("analytics"),
    "customer": Counted("customers", ((QT_TR_NOOP("Customers"), Filter("customer")),)),
    "deal": Counted("pipeline", ((QT_TR_NOOP("Open deals"), _OPEN),)),
    "follow_up": Counted("", ((QT_TR_NOOP("Open follow-ups"), _TO_DO),)),
    "funnel": Source("funnel", ("overall_rate",), "analytics", "funnel", _steps),
    "integration": Counted("importing"),
    "kpi": Counted("analytics"),
    "lead": Counted("leads", (_leads(QT_TR_NOOP("Leads")),)),
    "lead_management": Counted(
        "leads",
        (
            _leads(QT_TR_NOOP("Leads without a next step"), _NO_STEP),
            _leads(QT_TR_NOOP("All leads")),
        ),
    ),
    "likely": Source("pipeline", (), "pipeline", tell=_stage_chances),
    "mql": Counted("leads", (_leads(QT_TR_NOOP("MQL"), is_("lifecycle", Lifecycle.MQL.value)),)),
    "pipeline": Source("pipeline", _PIPELINE, "pipeline"),
    "retention": Source("churn", ("active_at_start", "lost", "retention_rate"), "analytics", "churn"),
    "sales": Source("sales", (*_SALES, "velocity_per_day"), "analytics", "sales"),
    "sales_cycle": Source("sales", ("won_count", "cycle_days_median", "cycle_days_mean"), "analytics", "sales"),
    "sql": Counted("leads", (_leads(QT_TR_NOOP("SQL"), is_("lifecycle", Lifecycle.SQL.value)),)),
    "stage": Source("pipeline", (), "pipeline", tell=_stage_counts),
    "velocity": Source(
        "sales", ("open_count", "win_rate", "average_won_value", "cycle_days_median", "velocity_per_day"),
        "analytics", "sales",
    ),
    "weighted": Source("pipeline", ("weighted_value", "open_value"), "pipeline"),
}  # fmt: skip
"""Where the numbers of a term come from. A term without any is only told in words."""
