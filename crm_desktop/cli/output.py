"""Answers as JSON values and as lines for people."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.clock import stamp
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.money import Money

_WIDEST, _LAST = 40, 120
"""Characters of a column; nothing stands behind the last one, and sentences do there."""


def plain(value: Any) -> Any:
    """A value as JSON knows it: money as an object, dates as ISO text, a link as the name of its record."""
    match value:
        case Money():
            return value.to_json()
        case Ref():
            return value.name
        case datetime():
            return stamp(value)
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple() | set() | frozenset():
            return list(value)
    return str(value)


def changed(change: Change, **more: Any) -> dict[str, Any]:
    """What a write answers: its number and how many records of each kind it touched."""
    return {"action": change.action or None, "verb": change.verb, "subject": change.subject, **more,
            "touched": {t.kind: t.count for t in change.touched if t.count}}  # fmt: skip


def text(result: Any) -> str:
    """Lines for people: a table for rows, name and value for the rest."""
    if isinstance(result, Mapping):
        rows, figures = result.get("rows"), result.get("figures", {})
        if figures or (rows and not isinstance(rows, int)):
            shown = {k: v for k, v in result.items() if v not in ([], None) and not k.startswith("filter")}
            more = {k: v for k, v in shown.items() if k not in ("rows", "figures", "kind")}
            head = [_line(name, figure.get("value")) for name, figure in figures.items()]
            lines = table(rows) if rows else []
            return "\n".join([*head, *lines, *(_line(k, v) for k, v in more.items() if not isinstance(v, dict))])
        return "\n".join(_line(name, value) for name, value in result.items() if value is not None)
    return str(result)


def table(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Rows in columns under their names; filters are left to JSON."""
    listed = [{k: cell(v) for k, v in row.items() if not k.startswith("filter")} for row in rows]
    names = list(dict.fromkeys(name for row in listed for name in row))
    most = dict.fromkeys(names, _WIDEST) | dict.fromkeys(names[-1:], _LAST)
    widths = {n: min(most[n], max(len(n), *(len(row.get(n, "")) for row in listed))) for n in names}
    lines = ["  ".join(name.ljust(widths[name]) for name in names).rstrip()]
    for row in listed:
        lines.append("  ".join(_cut(row.get(n, ""), widths[n]) for n in names).rstrip())
    return lines


def cell(value: Any) -> str:
    """One value on one line."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.2f}"
        case Money():
            return f"{value.amount} {value.currency}"
        case {"amount": amount, "currency": currency}:
            return f"{amount} {currency}"
        case {"from": start, "to": end}:
            return f"{start}..{end}"
        case list() | tuple():
            return ", ".join(cell(part) for part in value)
        case dict():
            return ", ".join(f"{k}: {cell(v)}" for k, v in value.items())
        case str():
            return " ".join(value.split())
    return str(plain(value))


def _line(name: str, value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        return "\n".join([f"{name}:", *(f"  {line}" for line in table(value))])
    return f"{name}: {cell(value)}"


def _cut(value: str, width: int) -> str:
    return (value if len(value) <= width else value[: width - 1] + "…").ljust(width)
