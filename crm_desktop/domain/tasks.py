"""Which tasks count as still to do."""

from crm_desktop.domain.filter import Compare, Op

TO_DO = Compare("done_at", Op.EMPTY, True)
