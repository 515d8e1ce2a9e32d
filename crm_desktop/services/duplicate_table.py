"""All records of a kind as the columns that tell who they are, for the search for duplicates."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.analytics.duplicates import Column, Role, Table
from crm_desktop.analytics.duplicates.model import REPEATED
from crm_desktop.domain import alike
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Filter, Ref
from crm_desktop.domain.firms import FREE_MAIL
from crm_desktop.storage.store import Store

_ROLES = {
    "first_name": Role.GIVEN, "last_name": Role.FAMILY, "email": Role.EMAIL, "phone": Role.PHONE,
    "street": Role.STREET, "postcode": Role.POSTCODE, "city": Role.CITY, "region": Role.REGION,
    "birthday": Role.BIRTHDAY, "company": Role.COMPANY, "company_name": Role.COMPANY,
}  # fmt: skip
"""What the built-in fields tell."""

_FIRM = {"company": ("name", "domain", "website"), "lead": ("company_name", "website")}
"""Where a record may be a company: the field of its name, then those of its places in the net."""

_OWN = {FieldType.EMAIL: Role.EMAIL, FieldType.PHONE: Role.PHONE}
_TOLD = frozenset({
    FieldType.TEXT, FieldType.INTEGER, FieldType.NUMBER, FieldType.DATE, FieldType.ANNIVERSARY, FieldType.CHOICE,
    FieldType.EMAIL, FieldType.PHONE,
})  # fmt: skip
"""The types of fields of the user's own that may tell who somebody is."""

_NOTED = re.compile(r"^([^:\n]{1,40}): (\S[^\n]{0,80})$", re.MULTILINE)
_OFTEN = 0.1
"""A line that at least this share of the notes have is a column that an import kept there."""


def read(store: Store, kind: str) -> Table:
    """Every living record of a kind."""
    known = store.catalogue.kind(kind).fields
    roles = {name: role for name, field in known.items() if (role := _role(name, field))}
    fields = list(dict.fromkeys([*roles, *_FIRM.get(kind, ()), "note"]))
    rows = store.lists.values(Filter(kind), fields)
    ids, *read = zip(*rows, strict=True) if rows else [()] * (len(fields) + 1)
    values = dict(zip(fields, read, strict=True))
    columns = [Column(name, role, _texts(values[name], role)) for name, role in roles.items()]
    return Table(ids, [*columns, *_firm(kind, values), *_noted(values["note"])])


def joined(one: Table, other: Table) -> Table:
    """The records of two kinds as one table: fields of one name, or that tell the same, stand in one column."""
    columns: list[Column] = []
    rest = list(other.columns)
    for mine in one.columns:
        same = [each for each in rest if each.role is mine.role]
        named = [each for each in same if each.field == mine.field]
        theirs = next(iter(named or (same if mine.role is not Role.OTHER else [])), None)
        if theirs is not None:
            rest.remove(theirs)
        values = theirs.values if theirs is not None else [None] * len(other.ids)
        columns.append(Column(mine.field, mine.role, [*mine.values, *values]))
    columns += [Column(each.field, each.role, [*([None] * len(one.ids)), *each.values]) for each in rest]
    return Table([*one.ids, *other.ids], columns)


def _role(name: str, field: Field) -> Role | None:
    if field.custom:
        return _OWN.get(field.type, Role.OTHER) if field.type in _TOLD else None
    return _ROLES.get(name)


def _firm(kind: str, values: Mapping[str, Sequence[Any]]) -> Iterator[Column]:
    """The name and the domains of a company; of a lead only where it names nobody."""
    if kind not in _FIRM:
        return
    name, *sites = _FIRM[kind]
    nobody = [True] * len(values[name])
    if kind == "lead":
        nobody = [not (first or last) for first, last in zip(values["first_name"], values["last_name"], strict=True)]
    yield Column(name, Role.NAME, [text if firm else None for firm, text in zip(nobody, values[name], strict=True)])
    places = zip(*(values[site] for site in sites), values["email"], strict=True)
    yield Column(
        "domain", Role.DOMAIN, [_domains(each) if firm else () for firm, each in zip(nobody, places, strict=True)]
    )


def _domains(places: Iterable[Any]) -> tuple[str, ...]:
    """The domains that websites and addresses are at, those of free mail left out."""
    texts = [text for place in places if place for text in ((place,) if isinstance(place, str) else place)]
    found = dict.fromkeys(alike.domain(text) for text in texts)
    return tuple(domain for domain in found if "." in domain and domain not in FREE_MAIL)


def _texts(values: Sequence[Any], role: Role) -> list[Any]:
    """Values as texts; of addresses all, of other fields with several the first."""
    if role in REPEATED:
        return [(value,) if isinstance(value, str) else tuple(value or ()) for value in values]
    return [_text(value) for value in values]


def _text(value: Any) -> str | None:
    if isinstance(value, Ref):
        return value.name
    if isinstance(value, tuple):
        return str(value[0]) if value else None
    return None if value is None else str(value)


def _noted(notes: Sequence[str | None]) -> list[Column]:
    """Columns that an import kept in the notes, as `column: value` on lines of their own."""
    lines = [dict(_NOTED.findall(note)) if note and ": " in note else {} for note in notes]
    counts = Counter(label for each in lines for label in each)
    labels = [label for label, count in counts.items() if count > 1 and count >= _OFTEN * len(notes)]
    return [Column(label, Role.OTHER, [each.get(label) for each in lines]) for label in sorted(labels)]
