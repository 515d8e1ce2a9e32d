"""Which deals count as open, as won, as a sale, as snoozed and as awake."""

from crm_desktop.domain.filter import Compare, Days, Either, Exists, Not, Op, both, is_
from crm_desktop.domain.terms import StageCategory

OPEN = is_("status", StageCategory.OPEN.value)
WON = is_("status", StageCategory.WON.value)
LOST = is_("status", StageCategory.LOST.value)

SALE = both(WON, Not(Exists("purchases")))
"""A won deal without purchases counts as one purchase at its close date (semantics 4.13)."""

SNOOZED = Compare("snoozed_until", Op.MORE, Days(0))
AWAKE = Either((Compare("snoozed_until", Op.EMPTY, True), Compare("snoozed_until", Op.AT_MOST, Days(0))))


def in_order(place: int | None, number: int) -> tuple[bool, int, int]:
    """The key that sorts stages and pipelines: those without a place come last, in the order they were made."""
    return place is None, place or 0, number
