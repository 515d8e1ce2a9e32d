"""The figures of the strip, made from the answers that are there."""

from collections.abc import Mapping
from dataclasses import replace

from crm_desktop.domain.figures import Figure, Report
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.language import filled, tr
from crm_desktop.gui.pages.analytics.answers import CHURN, FUNNEL, PIPELINE, SALES, Answer
from crm_desktop.gui.term_numbers import shown
from crm_desktop.gui.widgets.kpi_strip import Kpi


def kpis(answers: Mapping[str, Answer]) -> list[Kpi]:
    """The figures of every report that has answered, in the order of the strip."""
    found: list[Kpi] = []
    if SALES in answers:
        found += _sales(answers[SALES])
    if FUNNEL in answers:
        found.append(_funnel(answers[FUNNEL]))
    if CHURN in answers:
        found.append(_churn(answers[CHURN]))
    if PIPELINE in answers:
        found += _pipeline(answers[PIPELINE].now)
    return found


def _sales(answer: Answer) -> list[Kpi]:
    figures, rows = answer.now.figures, [row.values for row in answer.now.rows if row.values["period"] is not None]
    won, rate, cycle = figures["won_value"], figures["win_rate"], figures["cycle_days_median"]
    deals = format.count_text(figures["won_count"].n)
    amounts = tuple(float(row["won_value"].amount) for row in rows)
    rates = tuple(row["win_rate"] for row in rows if row["win_rate"] is not None)
    of_decided = filled(tr("%1 of %2 decided"), deals, format.count_text(rate.n))
    count = filled(tr("%1 won deals"), deals)
    value = Kpi(tr("Won value"), _short(won), count, won.filter, course=amounts, term="sales")
    close = Kpi(tr("Close rate"), shown(rate), of_decided, rate.filter, course=rates, term="close_rate")
    median = filled(tr("median of %1 won"), format.count_text(cycle.n))
    days = Kpi(tr("Sales cycle"), shown(cycle), median, cycle.filter, term="sales_cycle")
    return [
        _compared(value, answer, won.name),
        _compared(close, answer, rate.name),
        _compared(days, answer, cycle.name, less=True),
    ]


def _funnel(answer: Answer) -> Kpi:
    rate, rows = answer.now.figures["overall_rate"], answer.now.rows
    counts = (format.count_text(rows[index].values["count"]) for index in (-1, 0))
    of_leads = filled(tr("%1 of %2 leads"), *counts)
    made = Kpi(tr("Lead to customer"), shown(rate), of_leads, rate.filter, term="conversion_rate")
    return _compared(made, answer, rate.name)


def _churn(answer: Answer) -> Kpi:
    """It opens who left, not everybody it was counted over."""
    figures = answer.now.figures
    rate = figures["churn_rate"]
    counts = (format.count_text(figures[name].n) for name in ("lost", "active_at_start"))
    months = (row.values for row in answer.now.rows if row.values["period"] is not None)
    course = tuple(month["churn_rate"] for month in months if month["churn_rate"] is not None)
    left = filled(tr("%1 of %2 left"), *counts)
    made = Kpi(tr("Churn rate"), shown(rate), left, rate.part or rate.filter, course=course, term="churn")
    return _compared(made, answer, rate.name, less=True)


def _pipeline(report: Report) -> list[Kpi]:
    opened, weighted, month = (report.figures[name] for name in ("open_value", "weighted_value", "closing_this_month"))
    counted = filled(tr("%1 open deals", "", opened.n), format.count_text(opened.n))
    closing = filled(tr("%1 close this month", "", month.n), format.count_text(month.n))
    return [
        Kpi(tr("Open pipeline"), _short(opened), counted, opened.filter, term="pipeline"),
        Kpi(tr("Weighted"), _short(weighted), closing, weighted.filter, term="weighted"),
    ]


def _short(figure: Figure) -> str:
    value = figure.value
    # Up to a million the whole amount fits.
    long = isinstance(value, Money) and abs(value.amount) < 1_000_000
    return shown(figure) if long or not isinstance(value, Money) else format.money_short(value)


def _compared(kpi: Kpi, answer: Answer, name: str, less: bool = False) -> Kpi:
    """With the change against the year before, where there is one; `less`: a smaller figure is the better one.

    The fact that stood in its place goes into the tool tip.
    """
    pair = answer.change(name)
    if pair is None:
        return kpi
    words, direction = _change(*pair)
    tone = "textSecondary" if not direction else "ok" if (direction < 0) == less else "bad"
    return replace(kpi, line=words, tone=tone, help=kpi.line)


def _change(now: Figure, before: Figure) -> tuple[str, float]:
    """The change against the year before in words, and its direction."""
    if isinstance(now.value, Money) and isinstance(before.value, Money):
        share = (now.value.minor - before.value.minor) / before.value.minor if before.value.minor else 0.0
        return filled(tr("%1 year on year"), _signed(format.percent(abs(share)), share)), share
    assert not isinstance(now.value, Money) and not isinstance(before.value, Money)
    difference = float(now.value or 0) - float(before.value or 0)
    if now.unit.value == "days":
        words = tr("%1 days year on year", "", round(abs(difference)))
        return filled(words, _signed(format.number(abs(difference)), difference)), round(difference)
    points = round(difference * 100, 1)
    words = tr("%1 points", "", round(abs(points)) if abs(points) >= 1 else 0)
    return filled(words, _signed(format.number(abs(points), int(abs(points) < 1)), points)), points


def _signed(words: str, value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{words}"
