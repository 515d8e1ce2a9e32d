"""The note that keeps what records had otherwise when they became part of another one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from crm_desktop.domain.merging import blank
from crm_desktop.services.labels import Labels
from crm_desktop.services.merge_plan import MergePlan, Rule

Day = Callable[[datetime], date]
"""The business date of an instant."""


def told(labels: Labels, plan: MergePlan, day: Day) -> tuple[str, str | None]:
    """Subject and text: of each record every value that the one that stays has otherwise now, its own included."""
    names = ", ".join(record.name or f"{plan.kind}:{record.id}" for record in plan.records[1:])
    lines = []
    for place, record in enumerate(plan.records):
        lost = [
            f"{labels.field(plan.kind, field.field)}"
            f" “{spoken(labels, (plan.kind, field.field), field.values[place], day)}”"
            for field in plan.fields
            if field.rule is not Rule.UNITED and field.field != "created_at"
            and not blank(field.values[place]) and field.values[place] != field.value
        ]  # fmt: skip
        if lost:
            lines.append(f"{record.name or f'{plan.kind}:{record.id}'}: {', '.join(lost)}")
    return labels.text("merged").replace("%1", names), "\n".join(lines) or None


def spoken(labels: Labels, field: tuple[str, str], value: Any, day: Day) -> str:
    """A value of a kind's field as a note says it; of an instant its day."""
    if isinstance(value, tuple):
        return ", ".join(spoken(labels, field, each, day) for each in value)
    if isinstance(value, datetime):
        return day(value).isoformat()
    if value is True:
        return "✓"
    return labels.choice(*field, value) if isinstance(value, str) else str(value)
