"""The note that keeps what records had otherwise when they became part of another one."""

from datetime import datetime
from typing import Any

from crm_desktop.domain.merging import blank
from crm_desktop.services.labels import Labels
from crm_desktop.services.merge_plan import MergePlan, Rule


def told(labels: Labels, plan: MergePlan) -> tuple[str, str | None]:
    """Subject and text: of each record every value that the one that stays has otherwise now, its own included."""
    names = ", ".join(record.name or f"{plan.kind}:{record.id}" for record in plan.records[1:])
    lines = []
    for place, record in enumerate(plan.records):
        lost = [
            f"{labels.field(plan.kind, field.field)} “{spoken(labels, plan.kind, field.field, field.values[place])}”"
            for field in plan.fields
            if field.rule is not Rule.UNITED and field.field != "created_at"
            and not blank(field.values[place]) and field.values[place] != field.value
        ]  # fmt: skip
        if lost:
            lines.append(f"{record.name or f'{plan.kind}:{record.id}'}: {', '.join(lost)}")
    return labels.text("merged").replace("%1", names), "\n".join(lines) or None


def spoken(labels: Labels, kind: str, field: str, value: Any) -> str:
    """A value as a note says it."""
    if isinstance(value, tuple):
        return ", ".join(spoken(labels, kind, field, each) for each in value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if value is True:
        return "✓"
    return labels.choice(kind, field, value) if isinstance(value, str) else str(value)
