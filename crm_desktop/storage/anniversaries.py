"""Conditions on days that come back each year: month and day are compared, and a stretch may go over New Year."""

from collections.abc import Sequence
from datetime import date

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Catalogue, FieldType
from crm_desktop.domain.filter import ID, Compare, Either, Node, Op, Scalar
from crm_desktop.errors import UserError

_FROM = (Op.AT_LEAST, Op.MORE)
_TO = (Op.AT_MOST, Op.LESS)
_YEAR = 365


def meant(name: str, value: Scalar) -> Anniversary:
    """The day that a value of a condition names; UserError if it is none."""
    try:
        return Anniversary.of(value) if isinstance(value, date) else Anniversary.parse(str(value))
    except ValueError as error:
        raise UserError(f"“{name}” is compared with a day like --06-15 or 1985-06-15, not “{value}”.") from error


def over_new_year(catalogue: Catalogue, kind: str, nodes: Sequence[Node]) -> Sequence[Node]:
    """Conditions that all must hold, with those from a day to one of the next year made one that either side meets.

    A stretch of a year or more holds every day.
    """
    found = list(nodes)
    for first in [node for node in nodes if isinstance(node, Compare) and node.op in _FROM and node.path != ID]:
        last = next((n for n in found if isinstance(n, Compare) and n.op in _TO and n.path == first.path), None)
        if last is None or catalogue.field(kind, first.path).type is not FieldType.ANNIVERSARY:
            continue
        begin, end = (meant(first.path, node.value) for node in (first, last) if not isinstance(node.value, tuple))
        days = _days(begin, end)
        if days is not None and (days < 0 or days >= _YEAR):
            every = Compare(first.path, Op.EMPTY, False)
            found = [every if node is first else node for node in found if node is not last] if days > 0 else found
        elif begin > end:
            found = [Either((first, last)) if node is first else node for node in found if node is not last]
    return found


def _days(begin: Anniversary, end: Anniversary) -> int | None:
    """The days between two days of which both years are known."""
    if begin.year is None or end.year is None:
        return None
    return (date(end.year, end.month, end.day) - date(begin.year, begin.month, begin.day)).days
