"""Columns as numbers: each different value gets one, so that records are compared by whole arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from crm_desktop.analytics.duplicates.arrays import Ints, Texts
from crm_desktop.analytics.duplicates.model import REPEATED, Column, Role, Table
from crm_desktop.domain import alike

MISSING = -1
MOST_VALUES = 4
"""So many addresses of one record are looked at."""

_DIFFERENT, _LONG = 0.4, 4
"""A column whose values differ in this share of the records, and are this long, holds numbers of records."""


_FORMS: dict[Role, Callable[[str], str]] = {
    Role.GIVEN: alike.name, Role.FAMILY: alike.name, Role.NAME: alike.organisation, Role.COMPANY: alike.organisation,
    Role.EMAIL: alike.email, Role.PHONE: alike.phone, Role.DOMAIN: alike.domain, Role.STREET: alike.street,
    Role.POSTCODE: alike.compact, Role.CITY: alike.name, Role.REGION: alike.name, Role.BIRTHDAY: alike.day,
    Role.NUMBER: alike.compact, Role.OTHER: alike.plain,
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A column in one form: `values` are the different ones, `codes` their places by record and position."""

    name: str
    role: Role
    values: Texts
    codes: Ints
    _forms: dict[Callable[[str], str], Ints] = field(default_factory=dict, repr=False)

    @property
    def first(self) -> Ints:
        """The places of the primary values."""
        return self.codes[:, 0]

    @cached_property
    def counts(self) -> Ints:
        """In how many records each value is."""
        found = self.codes[self.codes >= 0]
        return np.bincount(found, minlength=len(self.values)).astype(np.int32)

    @cached_property
    def filled(self) -> int:
        """How many records have a value."""
        return int((self.first >= 0).sum())

    @cached_property
    def lengths(self) -> Ints:
        """How long each value is."""
        return np.array([len(text) for text in self.values], np.int32)

    def formed(self, form: Callable[[str], str]) -> Ints:
        """A number for each value, equal where its form is; worked out once."""
        if form not in self._forms:
            numbers: dict[str, int] = {}
            self._forms[form] = np.array(
                [numbers.setdefault(form(text), len(numbers)) for text in self.values], np.int32
            )
        return self._forms[form]

    def mapped(self, form: "Sequence[str]") -> Ints:
        """A number for each record, equal where `form`, a text for each value, is; MISSING where it is empty."""
        numbers: dict[str, int] = {"": MISSING}
        codes = np.array([numbers.setdefault(text, len(numbers) - 1) for text in form] or [MISSING], np.int32)
        return np.where(self.first >= 0, codes[self.first], MISSING)


def read(table: Table) -> list[Field]:
    """The columns that have at least one value, in one form."""
    columns = _names(list(table.columns))
    made = [_encode(column) for column in columns]
    return [_judged(field) for field in made if field.filled]


def _names(columns: list[Column]) -> list[Column]:
    """Where a whole name stands in one field, its last word is the family's."""
    roles = {column.role: at for at, column in enumerate(columns)}
    if Role.GIVEN not in roles or Role.FAMILY not in roles:
        return columns
    given, family = columns[roles[Role.GIVEN]], columns[roles[Role.FAMILY]]
    pairs = [_split(str(a or ""), str(b or "")) for a, b in zip(given.values, family.values, strict=True)]
    for column, at in ((given, 0), (family, 1)):
        columns[roles[column.role]] = Column(column.field, column.role, [pair[at] or None for pair in pairs])
    return columns


def _split(given: str, family: str) -> tuple[str, str]:
    given, family = given.strip(), family.strip()
    if (given and family) or " " not in given + family:
        return given, family
    whole = given or family
    if "," in whole:
        last, _, first = whole.partition(",")
        return first.strip(), last.strip()
    first, _, last = whole.rpartition(" ")
    return first, last


def _encode(column: Column) -> Field:
    form = _FORMS[column.role]
    lists = [_listed(value) for value in column.values]
    different = sorted({text for texts in lists for text in texts})
    formed = {text: form(text) for text in different}
    if column.role is Role.PHONE:
        whole = alike.phones_joined(formed.values())
        formed = {text: whole[each] for text, each in formed.items()}
    values = sorted(set(formed.values()) - {""})
    place = {value: at for at, value in enumerate(values)} | {"": MISSING}
    width = min(MOST_VALUES, max(map(len, lists), default=1) or 1)
    codes: Ints = np.full((len(lists), width), MISSING, np.int32)
    for at, texts in enumerate(lists):
        for position, text in enumerate(texts[:width]):
            codes[at, position] = place[formed[text]]
    codes = _without_gaps(codes)
    return Field(column.field, column.role, np.array([*values, ""], np.object_)[:-1], codes)


def _listed(value: str | Sequence[str] | None) -> Sequence[str]:
    if value is None or isinstance(value, str):
        return (value,) if value else ()
    return value


def _without_gaps(codes: Ints) -> Ints:
    """What could not be read leaves no hole before what could, and what is said twice is said once."""
    if codes.shape[1] == 1:
        return codes
    ordered = -np.sort(-codes, axis=1)
    ordered[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = MISSING
    primary = codes[:, 0]
    for position in range(1, codes.shape[1]):
        swap = (ordered[:, position] == primary) & (primary >= 0)
        ordered[swap, position] = ordered[swap, 0]
        ordered[swap, 0] = primary[swap]
    return ordered


def _judged(field: Field) -> Field:
    if field.role is not Role.OTHER:
        return field
    length = float(np.mean([len(value) for value in field.values]))
    telling = len(field.values) >= _DIFFERENT * field.filled and length >= _LONG and field.filled > 1
    return Field(field.name, Role.NUMBER, field.values, field.codes) if telling else field


def repeated(field: Field) -> bool:
    """Whether a record may have several of its values."""
    return field.role in REPEATED
