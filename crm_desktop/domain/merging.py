"""Which of two values a record keeps when two records become one (semantics 4.9)."""

from typing import Any

from crm_desktop.domain.terms import Lifecycle

APART = frozenset({"source_system", "source_id"})
"""Fields that say which row of another program a record is; each record keeps its own."""

STRICTEST = frozenset({"opt_out", "invalid"})
FURTHEST = frozenset({"lifecycle"})
EARLIEST = frozenset({
    "created_at", "customer_since", "converted_on", "subscriber_on", "lead_on", "mql_on", "sql_on", "opportunity_on",
    "customer_on", "evangelist_on",
})  # fmt: skip
"""Days since when something is so."""

_STEPS = {step.value: place for place, step in enumerate(Lifecycle)}


def blank(value: Any) -> bool:
    """Whether there is no value; no is how a yes-or-no begins, so it counts as none."""
    return value is None or value is False or value in ("", ())


def combined(name: str, value: Any, other: Any) -> Any:
    """What a field of the record that stays has after a merge, by its value and that of the other record."""
    if blank(other):
        return value
    if name in STRICTEST or blank(value):
        return other
    if name in EARLIEST:
        return min(value, other)
    if name in FURTHEST:
        return max(value, other, key=lambda step: _STEPS.get(step, -1))
    return value
