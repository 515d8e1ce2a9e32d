"""What the cards say: sentence, table, chart and how it was counted, made from the answers of the reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.figures import Figure, Row
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.charts.words import period_long, stage_name, step_name
from crm_desktop.gui.language import filled, tr
from crm_desktop.gui.pages.analytics import answers
from crm_desktop.gui.pages.analytics.answers import Answer, usual_shares, weakest_step
from crm_desktop.gui.pages.analytics.breakdown import Worth, breakdown, worth
from crm_desktop.gui.pages.analytics.shown import NEEDED, Content, count, money, share, text
from crm_desktop.gui.pages.analytics.table import Cell, Table, TableRow
from crm_desktop.settings import Settings

if TYPE_CHECKING:
    from crm_desktop.gui.charts.drawing import Chart


def content_of(report: str, answer: Answer, settings: Settings) -> Content:
    """What the card of a report shows."""
    match report:
        case answers.FUNNEL:
            return funnel_content(answer)
        case answers.CHURN:
            return churn_content(answer, settings.churn_target)
        case answers.SALES:
            return sales_content(answer, settings.currency)
    return pipeline_content(answer)


def funnel_content(answer: Answer) -> Content:
    """How many leads reach each step."""
    rows = answer.now.rows
    usual = usual_shares(answer.before)
    weakest = weakest_step(rows, usual)
    table = Table(
        (tr("Step"), tr("Stage"), tr("Reached"), tr("Went on"), tr("Of all leads")),
        tuple(
            TableRow(
                (
                    text(step_name(row.values["step"])), text(stage_name(row.values["stage"])),
                    count(row.values["count"]), share(row.values["rate_next"]), share(row.values["rate_total"]),
                ),
                row.filter,
            )
            for row in rows
        ),
    )  # fmt: skip

    def chart() -> Chart:
        from crm_desktop.gui.charts.funnel import FunnelChart

        return FunnelChart(rows, weakest, usual)

    missing = _missing(tr("Needs %1 leads, has %2."), rows[0].values["count"])
    return Content(_funnel_sentence(answer, weakest, bool(usual)), table, chart, missing)


def _funnel_sentence(answer: Answer, weakest: str | None, by_usual: bool) -> str:
    overall = answer.now.figures["overall_rate"].value
    said = []
    if isinstance(overall, float):
        said.append(filled(tr("%1 in 100 leads become customers."), format.number(overall * 100)))
    if weakest is not None:
        steps = [row.values["step"] for row in answer.now.rows]
        names = step_name(weakest), step_name(steps[steps.index(weakest) + 1])
        words = tr("%1 to %2 is below its usual rate.") if by_usual else tr("%1 to %2 loses the most.")
        said.append(filled(words, *names))
    return " ".join(said)


def churn_content(answer: Answer, target: float) -> Content:
    """Which share of the customers left in each month."""
    rows = answer.now.rows
    table = Table(
        (tr("Month"), tr("Churn rate"), tr("Left"), tr("Customers at the start"), tr("3-month average")),
        tuple(
            TableRow(
                (
                    _period(row), share(row.values["churn_rate"], 1), count(row.values["lost"]),
                    count(row.values["active_at_start"]), share(row.values.get("average"), 1),
                ),
                row.part or row.filter,
            )
            for row in rows
        ),
    )  # fmt: skip

    def chart() -> Chart:
        from crm_desktop.gui.charts.churn import ChurnChart

        return ChurnChart(rows, target)

    missing = _missing(tr("Needs %1 customers, has %2."), _most_customers(rows))
    return Content(_churn_sentence(rows, target), table, chart, missing)


def _most_customers(rows: Iterable[Row]) -> int:
    return max((row.values["active_at_start"] for row in rows), default=0)


def _churn_sentence(rows: tuple[Row, ...], target: float) -> str:
    months = [row for row in rows if row.values["period"] is not None and row.values["churn_rate"] is not None]
    undated = next((row for row in rows if row.values["period"] is None), None)
    said = []
    if months:
        over = [row for row in months if row.values["churn_rate"] > target]
        if not over:
            said.append(tr("Within target in every month."))
        elif over[-1] is months[-1]:
            said.append(filled(tr("Over target in %1 of %2 months."), str(len(over)), str(len(months))))
        else:
            since = months[months.index(over[-1]) + 1].values["period"]
            said.append(filled(tr("Back within target since %1."), period_long(since)))
    if undated is not None:
        values = undated.values
        shown = format.percent(values["churn_rate"], 1), format.count_text(values["active_at_start"])
        said.append(filled(tr("%1 of %2 customers without dates have left."), *shown))
    return " ".join(said)


def sales_content(answer: Answer, currency: str) -> Content:
    """What was won in each month or quarter."""
    rows = answer.now.rows
    table = Table(
        (tr("Period"), tr("Won value"), tr("Won"), tr("Lost"), tr("Close rate")),
        tuple(
            TableRow(
                (
                    _period(row), money(row.values["won_value"]), count(row.values["won"]),
                    count(row.values["lost"]), share(row.values["win_rate"]),
                ),
                row.filter,
            )
            for row in rows
        ),
    )  # fmt: skip

    def chart() -> Chart:
        from crm_desktop.gui.charts.sales import SalesChart

        return SalesChart(rows, currency)

    figures = answer.now.figures
    won, rate = figures["won_value"], figures["win_rate"]
    sentence = ""
    if isinstance(won.value, Money) and isinstance(rate.value, float):
        shown = format.count_text(won.n), format.money(won.value), format.percent(rate.value)
        sentence = filled(tr("%1 deals won for %2, %3 of those decided.", "", won.n), *shown)
    return Content(sentence, table, chart, _missing(tr("Needs %1 closed deals, has %2."), rate.n))


def pipeline_content(answer: Answer) -> Content:
    """What the open deals are worth by stage."""
    rows = answer.now.rows
    table = Table(
        (tr("Stage"), tr("Open deals"), tr("Value"), tr("Weighted"), tr("Likely"), tr("Usual days")),
        tuple(
            TableRow(
                (
                    text(row.values["stage"]), count(row.values["count"]), money(row.values["value"]),
                    money(row.values["weighted"]), share(row.values["probability"] / 100),
                    (format.number(row.values["usual_days"]), row.values["usual_days"]),
                ),
                row.filter,
            )
            for row in rows
        ),
    )  # fmt: skip

    def chart() -> Chart:
        return breakdown([worth(row.values["stage"], row) for row in rows], Worth.keys, len(rows))

    figures = answer.now.figures
    risk = figures["at_risk"]
    weighted = figures["weighted_value"]
    sentence = filled(tr("%1 open deals, %2 weighted by likelihood.", "", weighted.n), *_counted(weighted))
    if risk.n:
        sentence += " " + filled(tr("%1 at risk, worth %2."), *_counted(risk))
    missing = "" if figures["open_value"].n else tr("There are no open deals.")
    return Content(sentence, table, chart, missing)


def _counted(figure: Figure) -> tuple[str, str]:
    return format.count_text(figure.n), format.money(figure.value if isinstance(figure.value, Money) else None)


def _missing(words: str, has: int) -> str:
    return "" if has >= NEEDED else filled(words, str(NEEDED), str(has))


def _period(row: Row) -> Cell:
    period: Any = row.values["period"]
    return period_long(period), period.start if period is not None else None
