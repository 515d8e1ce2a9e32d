"""What `show` tells of a record on request: its timeline, and the portrait of a customer."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from crm_desktop.cli.arguments import count
from crm_desktop.errors import UserError
from crm_desktop.services import Services

LINES = 50
"""Lines of a timeline that are told where nothing is said."""


def add(made: Any, alone: Any) -> None:
    """Adds the options; those in the group `alone` exclude one another."""
    alone.add_argument("--timeline", action="store_true", help="what happened with it and what is to do")
    alone.add_argument("--portrait", action="store_true", help="all of a customer at a glance")
    made.add_argument("--limit", type=count, default=LINES, metavar="N", help="lines of the timeline, %(default)s")
    kinds = "visits (with meetings), calls, emails, notes, deals, purchases or tasks"
    made.add_argument("--type", metavar="TYPE", help=f"of the timeline only {kinds}")


def timeline(services: Services, kind: str, number: int, type_: str | None, limit: int) -> dict[str, Any]:
    """The lines, pinned ones first, then what is to do, then the newest; `count` counts the records behind them."""
    group = _group(type_)
    moments = services.timeline.moments(kind, number, group, limit=limit)
    rows = []
    for moment in moments:
        values = {**asdict(moment), "amount": moment.amount}
        rows.append({"record": f"{values.pop('kind')}:{values.pop('id')}", **_said(values)})
    return {"kind": kind, "id": number, "count": services.timeline.counts(kind, number)[group], "rows": rows}


def portrait(services: Services, kind: str, number: int) -> dict[str, Any]:
    """All that is told of a customer at a glance; each number with the filter of its records."""
    if kind not in ("company", "person", "customer"):
        raise UserError(f"A portrait is of a company or a person, not of a {kind}.")
    found = services.customer_360.portrait(kind, number)
    return {
        "kind": kind, "id": number,
        "figures": {name: figure.to_json() for name, figure in found.figures.items()},
        "filter_sales": [each.to_json() for each in found.sales],
        "warnings": [
            {"warning": each.what.value, **_said({"subject": each.subject, "why": each.why, "days": each.days,
             "usual": each.usual, "share": each.share}), "filter": each.filter.to_json()} for each in found.warnings
        ],
        "steps": [_said(asdict(step)) for step in found.steps],
        "people": [_said(asdict(person)) for person in found.people],
        "deals": [_said({**asdict(deal), "amount": deal.amount}) for deal in found.deals],
        "purchases": [_said(dict(zip(("id", "product", "bought_on", "amount"), row, strict=True)))
                      for row in found.purchases],
        "months": [{"month": f"{first:%Y-%m}", **figure.to_json()} for first, figure in found.months],
    }  # fmt: skip


def _group(type_: str | None) -> Any:
    from crm_desktop.services.timeline import Group

    if type_ is None:
        return None
    for group in Group:
        if type_.lower() in (group.value, group.value.removesuffix("s")):
            return group
    raise UserError(f"A timeline has no “{type_}”. It has: {', '.join(Group)}.")


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what nothing is known of."""
    return {name: value for name, value in values.items() if value not in (None, "", 0)}
