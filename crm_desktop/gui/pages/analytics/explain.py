"""How each figure is counted here, in words and with its numbers of now."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.domain.figures import Figure, Report, Unit
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.charts.words import filled, tr


@dataclass(frozen=True)
class Explanation:
    """A term: what it means, its numbers here, and how they are counted."""

    title: str
    definition: str
    numbers: tuple[tuple[str, str], ...]
    formula: str


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


def explained(report: Report, target: float) -> Explanation:
    """What a report counts; `target` is that of the churn rate."""
    if report.name == "funnel":
        return _funnel(report)
    if report.name == "churn":
        return _churn(report, target)
    return _sales(report) if report.name == "sales" else _pipeline(report)


def _funnel(report: Report) -> Explanation:
    overall = report.figures["overall_rate"]
    rows = report.rows
    numbers = [
        (tr("Leads created in the period"), format.count_text(rows[0].values["count"])),
        (tr("Of them became customers"), format.count_text(rows[-1].values["count"])),
        (tr("Lead to customer"), shown(overall)),
    ]
    cycle = overall.parameters["cycle_days_median"]
    if cycle is not None:
        numbers.append((tr("Usual days from new deal to won"), format.number(cycle)))
    formula = tr(
        "A lead counts at a step once it ever reached it or a later one; who was lost stays in what they reached."
    )
    if overall.parameters["immature"]:
        formula += " " + tr("The youngest leads may still become customers.")
    return Explanation(
        tr("Sales funnel"),
        tr("Awareness, interest, consideration, action: how many get from step to step."),
        tuple(numbers), formula,
    )  # fmt: skip


def _churn(report: Report, target: float) -> Explanation:
    figures = report.figures
    rate = figures["churn_rate"]
    numbers = (
        (tr("Customers at the start"), shown(figures["active_at_start"])),
        (tr("Of them left in the period"), shown(figures["lost"])),
        (tr("Churn rate of the period"), shown(rate)),
        (tr("Retention"), shown(figures["retention_rate"])),
        (tr("Share of revenue that left"), shown(figures["revenue_churn_rate"])),
        (tr("Target for a month"), format.percent(target, 1)),
    )
    rule = rate.parameters
    formula = filled(
        tr(
            "Who has bought three times or more has left after %1 times their usual gap without a purchase, but not"
            " before %2 days; others after %3 days; or when marked as lost."
        ),
        format.number(rule["gap_factor"], 0 if float(rule["gap_factor"]).is_integer() else 1),
        str(rule["gap_days_min"]), str(rule["gap_days_single"]),
    )  # fmt: skip
    return Explanation(
        tr("Churn rate"), tr("Share of customers that stopped buying in a period."), numbers,
        f"{tr('Left ÷ customers at the start.')} {formula}",
    )  # fmt: skip


def _sales(report: Report) -> Explanation:
    figures = report.figures
    names = {
        "won_count": tr("Won deals"),
        "lost_count": tr("Lost deals"),
        "win_rate": tr("Close rate"),
        "won_value": tr("Won value"),
        "median_won_value": tr("Median of a won deal"),
        "cycle_days_median": tr("Sales cycle, median"),
        "velocity_per_day": tr("Expected from open deals, per day"),
    }
    return Explanation(
        tr("Won value and close rate"),
        tr("What you won, and the share of decided deals you won, by the date on which they were closed."),
        (*((words, shown(figures[name])) for name, words in names.items()), *_others(figures["won_value"])),
        tr("Close rate = won ÷ (won + lost). Sales cycle = days from new deal to won."),
    )


def _pipeline(report: Report) -> Explanation:
    figures = report.figures
    names = {
        "open_value": tr("Open"),
        "weighted_value": tr("Weighted by likelihood"),
        "closing_this_month": tr("Closing this month"),
        "at_risk": tr("At risk"),
    }
    return Explanation(
        tr("Sales pipeline"),
        tr("The steps your open deals go through."),
        (*((words, shown(figures[name])) for name, words in names.items()), *_others(figures["open_value"])),
        tr("Weighted = amount × likelihood of the deal. The period does not matter: it is what is open now."),
    )


def _others(figure: Figure) -> tuple[tuple[str, str], ...]:
    """Amounts in other currencies, which are never added."""
    others: Mapping[str, str] = figure.parameters.get("other_currencies", {})
    return tuple(
        (filled(tr("Beside it in %1"), code), format.money(Money.of(amount, code))) for code, amount in others.items()
    )
