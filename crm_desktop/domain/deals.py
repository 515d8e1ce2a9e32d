"""Which deals count as open, as snoozed and as awake."""

from crm_desktop.domain.filter import Compare, Days, Either, Op, is_
from crm_desktop.domain.terms import StageCategory

OPEN = is_("status", StageCategory.OPEN.value)
SNOOZED = Compare("snoozed_until", Op.MORE, Days(0))
AWAKE = Either((Compare("snoozed_until", Op.EMPTY, True), Compare("snoozed_until", Op.AT_MOST, Days(0))))
