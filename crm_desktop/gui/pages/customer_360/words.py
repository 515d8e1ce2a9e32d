"""Figures, warnings and steps in words."""

from collections.abc import Callable, Mapping
from datetime import date

from crm_desktop.domain.figures import Figure
from crm_desktop.domain.money import Money
from crm_desktop.domain.rotting import Risk
from crm_desktop.gui import format
from crm_desktop.gui.language import tr
from crm_desktop.gui.term_numbers import others_of, shown
from crm_desktop.gui.widgets.kpi_strip import Kpi
from crm_desktop.services.customer_360 import OpenDeal, Portrait, Step, Warn, Warning

GLYPHS = {
    Warn.OVERDUE: "clock-alert", Warn.DEAL: "hourglass", Warn.QUIET: "shopping-bag", Warn.FALLING: "trending-down",
    Warn.UPSET: "frown", Warn.OPT_OUT: "circle-x",
}  # fmt: skip


def kpis(portrait: Portrait, today: date) -> list[Kpi]:
    """The figures of the strip, in their order; those that were not counted are left out."""
    figures = portrait.figures
    made: Mapping[str, Callable[[Figure], Kpi]] = {
        "revenue": _revenue,
        "open_deals": lambda figure: _open_deals(figure, portrait.deals, today),
        "last_purchase": lambda figure: _last_purchase(figure, today),
        "strength": lambda figure: _strength(figure, figures["touches"]),
        "rhythm": _rhythm,
    }
    return [make(figures[name]) for name, make in made.items() if name in figures]


def _revenue(figure: Figure) -> Kpi:
    return Kpi(tr("Revenue"), shown(figure), tr("All purchases and won deals"), figure.filter, term="revenue",
               numbers=tuple(others_of(figure)))  # fmt: skip


def _open_deals(figure: Figure, deals: tuple[OpenDeal, ...], today: date) -> Kpi:
    closes = sorted(deal.close for deal in deals if deal.close is not None)
    late = bool(closes) and closes[0] < today
    count = format.count_text(figure.n)
    summed = isinstance(figure.value, Money)
    line = tr("%1 open deals", "", figure.n).replace("%1", count) if summed else tr("No amount yet")
    if not figure.n:
        line = tr("None open")
    elif closes:
        words = tr("%1 · close overdue since %2") if late else tr("%1 · next close %2")
        line = words.replace("%2", format.day_inside(closes[0], today)).replace("%1", count)
    value = shown(figure) if summed else count
    tone = "warn" if late else "textSecondary"
    return Kpi(tr("Open deals"), value, line, figure.filter, tone, term="deal",
               numbers=tuple(others_of(figure)))  # fmt: skip


def _last_purchase(figure: Figure, today: date) -> Kpi:
    known = figure.parameters
    line = " · ".join(part for part in (days_ago(known.get("on"), today), known.get("name")) if part) or tr("None yet")
    return Kpi(tr("Last purchase"), shown(figure), line, figure.filter, term="last_purchase")


def _strength(figure: Figure, touches: Figure) -> Kpi:
    days, lately = str(touches.parameters["days"]), format.count_text(touches.n)
    line = tr("%1 touches in %2 days", "", touches.n).replace("%2", days).replace("%1", lately)
    numbers = (
        (tr("Touches that count"), format.count_text(figure.n)),
        (tr("Of them in %1 days").replace("%1", days), lately),
    )
    return Kpi(tr("Strength"), shown(figure), line, figure.filter, "textSecondary" if touches.n else "warn",
               term="strength", numbers=numbers)  # fmt: skip


def _rhythm(figure: Figure) -> Kpi:
    assert isinstance(figure.value, int)
    idle = int(figure.parameters["idle"])
    line = tr("Last one %1").replace("%1", tr("%Ln days ago", "", idle) if idle else tr("today"))
    late = figure.value and idle > 2 * figure.value
    value = tr("%1 d").replace("%1", format.count_text(figure.value))
    sales = format.count_text(figure.parameters["sales"])
    numbers = ((tr("Purchases"), sales), (tr("Days since the last"), format.count_text(idle)))
    return Kpi(tr("Buys every"), value, line, figure.filter, "warn" if late else "textSecondary", term="rhythm",
               numbers=numbers)  # fmt: skip


def days_ago(when: date | None, today: date) -> str:
    """How long ago a day was: "6 days ago"; beyond a month the day itself."""
    if when is None:
        return ""
    days = (today - when).days
    return tr("%Ln days ago", "", days) if 1 < days <= 31 else format.day(when, today)


def warned(warning: Warning) -> tuple[str, str]:
    """What is worth knowing, and why, both in words."""
    late = tr("%Ln days late", "", warning.days)
    heads: Mapping[Warn, str] = {
        Warn.OVERDUE: warning.subject,
        Warn.DEAL: warning.subject,
        Warn.QUIET: tr("No purchase for %Ln days", "", warning.days),
        Warn.FALLING: tr("Purchases fell by %1").replace("%1", format.percent(warning.share)),
        Warn.UPSET: tr("The last talk went badly"),
        Warn.OPT_OUT: tr("Opted out of messages"),
    }
    why: Mapping[Warn, str] = {
        Warn.OVERDUE: " · ".join(part for part in (late, warning.why) if part),
        Warn.DEAL: risk_words(warning),
        Warn.QUIET: tr("Usually one every %Ln days", "", warning.usual),
        Warn.FALLING: tr("Against the three months before"),
        Warn.UPSET: warning.subject,
        Warn.OPT_OUT: tr("No mail, calls or letters that sell something"),
    }
    return heads[warning.what], why[warning.what]


def risk_words(warning: Warning) -> str:
    """Why a deal is at risk."""
    words = {
        Risk.NO_NEXT_STEP.value: tr("The deal has no next step"),
        Risk.SLOW.value: tr("%Ln days in its stage, usual are %1", "", warning.days),
        Risk.CLOSE_DATE_PASSED.value: tr("Its close date passed %Ln days ago", "", warning.days),
        Risk.NO_CONTACT.value: tr("No contact for %Ln days", "", warning.days),
    }
    return words.get(warning.why, "").replace("%1", format.count_text(warning.usual))


def due(step: Step, today: date) -> tuple[str, str]:
    """When a step is due, in a word and its tone."""
    if step.due_on is None:
        return "", ""
    days = (today - step.due_on).days
    if days > 0:
        return tr("%Ln days late", "", days), "bad"
    return format.day(step.due_on, today), "accent" if days == 0 else "neutral"


def step_detail(step: Step) -> str:
    """The hour of a step, where it has one, and what was noted of it."""
    return " · ".join(part for part in (format.hour(step.due_at), step.note) if part)
