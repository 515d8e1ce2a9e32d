"""When an open deal rots in its stage, and when it is at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.filter import All, Compare, Either, Exists, Node, Not, Op, both, is_
from crm_desktop.domain.periods import add_days, times
from crm_desktop.domain.tasks import TO_DO


class Risk(StrEnum):
    """Why a deal is at risk, in the order in which the reasons are named."""

    NO_NEXT_STEP = "no_next_step"
    SLOW = "slow"
    CLOSE_DATE_PASSED = "close_date_passed"
    NO_CONTACT = "no_contact"


@dataclass(frozen=True, slots=True)
class RiskRule:
    """From which likelihood of the stage on (in percent) deals are watched, and what is too slow or too quiet."""

    from_probability: int = 30
    slow_factor: float = 1.5
    contact_days: int = 7

    def slow_days(self, usual: float) -> int:
        """The most days in a stage that are not yet slow, where deals usually stay `usual` days."""
        return times(self.slow_factor, usual)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules ask of an open deal."""

    stage_probability: int
    stage_since: date | None
    opened_on: date | None
    last_touch: date | None
    next_activity: date | None
    expected_close: date | None


def rotting(thresholds: Mapping[int, int], today: date) -> Node:
    """The condition on open deals that rot: idle for more days than the threshold of their stage, by its id.

    Idle counts from the day the deal entered its stage or anybody was in touch, whichever is later; edits of fields
    do not count. A planned activity due today or later holds the clock; a threshold of 0 switches it off.
    """
    known = Either((Compare("stage_since", Op.EMPTY, False), Compare("last_touch", Op.EMPTY, False)))
    idle = [
        both(
            is_("stage", stage),
            Not(Compare("stage_since", Op.AT_LEAST, add_days(today, -days))),
            Not(Compare("last_touch", Op.AT_LEAST, add_days(today, -days))),
        )
        for stage, days in sorted(thresholds.items())
        if days > 0
    ]
    # The earliest task alone does not tell: it may be late, and another one planned.
    held = Exists("tasks", both(TO_DO, Compare("due_on", Op.AT_LEAST, today)))
    return both(OPEN, known, Not(held), Either(tuple(idle)))


def risks(deal: Standing, rule: RiskRule, usual: float | None, today: date) -> tuple[Risk, ...]:
    """Why an open deal is at risk, most telling first; `usual` is the median of days won deals spent in its stage."""
    if deal.stage_probability < rule.from_probability:
        return ()
    contact = deal.last_touch or deal.opened_on
    holds = {
        Risk.NO_NEXT_STEP: deal.next_activity is None,
        Risk.SLOW: usual is not None
        and deal.stage_since is not None
        and (today - deal.stage_since).days > rule.slow_days(usual),
        Risk.CLOSE_DATE_PASSED: deal.expected_close is not None and deal.expected_close < today,
        Risk.NO_CONTACT: contact is not None and (today - contact).days > rule.contact_days,
    }
    return tuple(risk for risk in Risk if holds[risk])


def at_risk(rule: RiskRule, usual: Mapping[int, float], today: date) -> Node:
    """The condition on deals under which `risks` names a reason; `usual` gives the usual days by id of the stage."""
    quiet = add_days(today, -rule.contact_days)
    slow = [
        both(is_("stage", stage), Compare("stage_since", Op.LESS, add_days(today, -rule.slow_days(days))))
        for stage, days in sorted(usual.items())
    ]
    reasons = Either(
        (
            Compare("next_activity", Op.EMPTY, True),
            *slow,
            Compare("expected_close", Op.LESS, today),
            Compare("last_touch", Op.LESS, quiet),
            All((Compare("last_touch", Op.EMPTY, True), Compare("opened_on", Op.LESS, quiet))),
        )
    )
    watched = Compare("stage.probability", Op.AT_LEAST, rule.from_probability)
    return both(OPEN, watched, reasons)
