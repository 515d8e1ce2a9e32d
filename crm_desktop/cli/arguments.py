"""What several commands read from their words."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.catalogue import LARGEST_WHOLE
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.selections import Edit, How


def add_filter(made: Any) -> None:
    """The option that says which records a command is about."""
    made.add_argument("--filter", metavar="EXPR", help="typed (score>70 source:fair next:none) or JSON")


def count(text: str) -> int:
    """How many, or which action: a whole number from 0 on."""
    if not text.isdecimal() or int(text) > LARGEST_WHOLE:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 0 on")
    return int(text)


def record(services: Services, text: str, kind: str | None = None) -> tuple[str, int]:
    """`KIND:ID`, or an id alone where the kind is known."""
    name, colon, number = text.rpartition(":")
    if not number.isdecimal() or int(number) > LARGEST_WHOLE or not (colon or kind):
        raise UserError(f"“{text}” is not a record; write it like lead:1099511627785.")
    found = services.catalogue.kind(name or kind or "").name
    if kind is not None and found != kind:
        raise UserError(f"This needs a {kind}, not a {found}.")
    return found, int(number)


def pairs(words: Sequence[str]) -> dict[str, str]:
    """`FIELD=VALUE` words."""
    found = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise UserError(f"“{word}” is not FIELD=VALUE.")
        found[name] = value
    return found


_BY = re.compile(r"(\w+)([+-])=(.*)", re.DOTALL)
_DAYS = re.compile(r"(\d{1,6})([dw]?)")


def change_by(words: Sequence[str]) -> Edit | None:
    """`FIELD+=VALUE` or `FIELD-=VALUE`, which changes what each record has; None for anything else."""
    found = _BY.fullmatch(words[0]) if words else None
    if found is None:
        return None
    if len(words) > 1:
        raise UserError(f"“{words[0]}” is changed alone; the others need a command of their own.")
    name, sign, value = found.groups()
    if name == "tags":
        return Edit(name, How.ADD if sign == "+" else How.REMOVE, value)
    days = _DAYS.fullmatch(value)
    if days is None:
        raise UserError(f"“{value}” is no span of days like 10d or 2w.")
    by = int(days[1]) * (7 if days[2] == "w" else 1)
    return Edit(name, How.SHIFT, by if sign == "+" else -by)


def chosen(services: Services, kind: str, text: str | None) -> Filter:
    """A filter in its typed or its JSON form; everything where none is given."""
    known = services.catalogue.kind(kind).name
    if text is None:
        return Filter(known)
    if not text.lstrip().startswith("{"):
        return services.lists.parse(known, text)
    import json

    try:
        found = Filter.from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise UserError(f"This is not a filter in its JSON form ({error.msg}).") from error
    if services.catalogue.kind(found.kind).name != known:
        raise UserError(f"The filter is for records of the kind “{found.kind}”, not “{known}”.")
    return found


def day(text: str | None) -> date | None:
    """An ISO date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(f"“{text}” is not a date like 2026-11-20.") from error
