"""The headings of a list as people see it: what an export writes, and an import knows again."""

import re
from collections.abc import Collection, Mapping, Sequence

from crm_desktop.domain.catalogue import Catalogue, FieldType, Kind
from crm_desktop.services.importing.targets import base_name
from crm_desktop.services.labels import Labels

_CURRENCY = "currency"
_OTHER = ": "
_OF_STAGE = frozenset({"status", "closed_on", "stage_since"})
"""What alone would put a deal into the first stage that fits; with its stage it is plain."""
WORKED_OUT = frozenset({"revenue", "revenue_currency", "customer_since", "lost"})
"""Of a list of customers these follow from purchases; a company has fields of the same name."""
_COMMON = frozenset({"name", "purchases", "last_purchase", "next_step"})
"""What the program works out, and other programs have by the same name."""
_NUMBERED = re.compile(r"(.+) (\d+)")


def heading(labels: Labels, catalogue: Catalogue, kind: Kind, path: str) -> str:
    """The label of a field; one of a linked record is led by that of the link: "Company: Domain"."""
    link, _, rest = path.partition(".")
    own = labels.field(kind.name, link)
    if not rest:
        return own
    return own + _OTHER + heading(labels, catalogue, catalogue.kind(kind.fields[link].target or ""), rest)


def beside(label: str) -> str:
    """The heading of the currency beside an amount."""
    return f"{label} {_CURRENCY}"


def known(
    labels: Labels, kind: Kind, goals: Collection[str], columns: Sequence[str], *, marked: bool
) -> dict[str, str | None]:
    """For each column of a list as shown the target it came from, None where it is of a linked record.

    Empty where it is no list of ours. Each of its headings is ours, and each amount has its currency beside it. Where a
    program that saved it anew left out the byte order mark, by which it is `marked`, one is such as only we have: it
    is of a linked record, of a currency, or of what the program works out, so that it is none of the `goals`.
    """
    names: dict[str, str] = {}
    amounts: dict[str, str] = {}
    for field in kind.fields.values():
        label = labels.field(kind.name, field.name)
        names.setdefault(label, field.name)
        if field.type is FieldType.MONEY:
            amounts[label] = beside(label)
            names.setdefault(beside(label), f"{field.name}_{_CURRENCY}")
    if any(label in columns and currency not in columns for label, currency in amounts.items()):
        return {}
    found = _named(kind, names, columns)
    if not marked and not any(_telling(column, name, goals) for column, name in found.items()):
        return {}
    if kind.name == "deal" and "stage" not in found.values():
        found = {column: None if name in _OF_STAGE else name for column, name in found.items()}
    if kind.name == "customer":
        found = {column: None if name in WORKED_OUT else name for column, name in found.items()}
    return found


def _telling(column: str, name: str | None, goals: Collection[str]) -> bool:
    if name is None:
        return _OTHER in column
    return name.endswith(_CURRENCY) or (name not in goals and base_name(name) not in {*goals, *_COMMON})


def _named(kind: Kind, names: Mapping[str, str], columns: Sequence[str]) -> dict[str, str | None]:
    """The targets by heading; nothing at all where one heading is none of these names."""
    found: dict[str, str | None] = {}
    for column in columns:
        numbered = _NUMBERED.fullmatch(column)
        if column in names:
            found[column] = names[column]
        elif numbered and (of := kind.fields.get(names.get(numbered[1], ""))):
            # Several values, or another field that goes by the same name: of that it cannot be told which it is.
            found[column] = f"{of.name}_{numbered[2]}" if of.multi else None
        elif _OTHER in column and column.partition(_OTHER)[0] in names:
            found[column] = None
        else:
            return {}
    return found
