"""Which column goes to which field: what the user chose, what is remembered, presets, names, synonyms, values."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.folding import key
from crm_desktop.errors import UserError
from crm_desktop.formats.dates import Order
from crm_desktop.formats.preset import Preset
from crm_desktop.formats.value_types import ValueType
from crm_desktop.services.importing import cells
from crm_desktop.services.importing.model import ColumnMatch, Why
from crm_desktop.services.importing.sample import Sample
from crm_desktop.services.importing.targets import Target, base_name, holds_ids, one, own_field
from crm_desktop.services.labels import Labels

_NUMBERED = re.compile(r"(.+?)[\s_-]*\d+")
_BY_VALUES = {ValueType.EMAIL: "email", ValueType.PHONE: "phone", ValueType.URL: "website"}
_ENOUGH = 0.5
"""A column goes to a field when at least so many of its values are values of that field."""

_DIFFERENT = 0.9
"""A column holds record numbers when at least this share of them are different."""

_OURS = re.compile(r"owner|agent|assigned|manager|created by|modified by|sales ?rep", re.IGNORECASE)
"""Columns of this name hold people of the user's own side, not the record's."""

_SCALES = (5, 10)
"""Scales on which people are asked to judge something."""

_REASON = re.compile(r"Row [\d,]+: .+")
_ALIASES = {
    "lead": {"company": "company_name"},
    "company": {"annual_revenue": "revenue"},
}
"""What presets call some fields of a kind."""


@dataclass(slots=True)
class Matcher:
    """Matches the columns of one file to the targets of one kind."""

    kind: str
    sample: Sample
    targets: Mapping[str, Target]
    labels: Labels
    taken: dict[str, int] = field(default_factory=dict)
    found: dict[int, tuple[str | None, Why]] = field(default_factory=dict)

    def chosen(self, mapping: Mapping[str, str]) -> None:
        """The columns that the user gave to fields; UserError if there is no such field or column, or one twice."""
        for name, column in mapping.items():
            if not self._target(name):
                raise UserError(f"{one(self.kind).capitalize()} has no field “{name}” that a column can go to.")
            at = self._column(column)
            if at in self.found:
                raise UserError(f"The column “{column}” was given to two fields.")
            self._give(at, name, Why.CHOSEN)

    def remembered(self, mapping: Mapping[str, str | None]) -> None:
        """What was confirmed for a file with the same columns: None leaves a column out, "" keeps it in the note."""
        for at, column in enumerate(self.sample.table.columns):
            if at not in self.found and column in mapping:
                name = mapping[column]
                if name == "":
                    self._give(at, None, Why.NOTED)
                elif name is None or (self._target(name) and self._free(name)):
                    self._give(at, name, Why.REMEMBERED)

    def preset(self, preset: Preset) -> None:
        """What is known of the exports of one program."""
        given: dict[str, str] = {}
        for column, name in preset.mapping(self.sample.table.columns).items():
            at = self.sample.table.columns.index(column)
            if at in self.found:
                continue
            if name.endswith("_label"):
                beside = given.get(name.removesuffix("_label"))
                label = f"{beside}_label" if beside and self._target(f"{beside}_label") else None
                self._give(at, label, Why.PRESET if label else Why.LABEL)
                continue
            stem = base_name(name)
            target = _ALIASES.get(self.kind, {}).get(stem, stem)
            if self._target(target) and self._free(target) and self._fits(at, target):
                given[name] = self._numbered(target)
                self._give(at, given[name], Why.PRESET)

    def shown(self, names: Mapping[str, str | None]) -> None:
        """Columns of a list that was exported as shown; what no column can go to is worked out again."""
        for at, column in enumerate(self.sample.table.columns):
            if at not in self.found and column in names:
                name = names[column]
                fits = name is not None and self._target(name) is not None and self._free(name)
                self._give(at, name if fits else None, Why.NAME if fits else Why.COMPUTED)

    def computed(self, names: Sequence[str]) -> None:
        """Columns of an export of ours that the program works out again."""
        for at, column in enumerate(self.sample.table.columns):
            if at not in self.found and column in names and not self._target(base_name(column)):
                self._give(at, None, Why.COMPUTED)

    def by_name(self) -> None:
        """Columns called like a field or one of its synonyms, the most telling first."""
        self._own_notes()
        known = self._names()
        offers = []
        for at, column in enumerate(self.sample.table.columns):
            if at not in self.found:
                offers += [(rank, at, name) for rank, name in self._offers(column, known)]
        for rank, at, name in sorted(offers):
            if at not in self.found and self._free(name) and self._goes_on(at, name) and self._fits(at, name):
                self._give(at, self._numbered(name), Why.NAME if rank == 0 else Why.SYNONYM)

    def _own_notes(self) -> None:
        """Labels and flags of addresses as our exports name them, each beside its address: `email_2_label`."""
        for at, column in enumerate(self.sample.table.columns):
            target = self.targets.get(base_name(column.lower()))
            if at not in self.found and target is not None and target.of and column.lower() not in self.taken:
                self._give(at, column.lower(), Why.NAME)

    def by_values(self) -> None:
        """Columns with a strange name whose values can only be addresses; the rest has no field."""
        last = len(self.sample.table.columns) - 1
        for at, guess in enumerate(self.sample.guesses):
            if at in self.found:
                continue
            name = _BY_VALUES.get(guess.type)
            if guess.type is ValueType.EMPTY:
                self._give(at, None, Why.EMPTY)
            elif at == last and guess.name == "reason" and all(map(_REASON.fullmatch, self.sample.values(at))):
                self._give(at, None, Why.COMPUTED)
            elif name and name not in self.taken and self._target(name) and not _OURS.search(guess.name):
                self._give(at, name, Why.VALUES)
            else:
                self._give(at, None, Why.UNKNOWN)

    def matches(self) -> tuple[ColumnMatch, ...]:
        """The verdict on every column."""
        return tuple(
            ColumnMatch(
                guess.name,
                at,
                guess.samples,
                self.found[at][0],
                self.found[at][1],
                guess,
                top=_top(guess.type, self.sample.values(at)),
            )
            for at, guess in enumerate(self.sample.guesses)
        )

    def _target(self, name: str) -> Target | None:
        found = self.targets.get(name) or self.targets.get(base_name(name))
        return found if found and (found.name == name or found.multi) else None

    def _free(self, name: str) -> bool:
        return name not in self.taken or self.targets[base_name(name) if name not in self.targets else name].multi

    def _goes_on(self, at: int, name: str) -> bool:
        """Whether a further line of an address is of the same address: `Work Street 2` after `Work Street`."""
        if name != "street" or name not in self.taken:
            return True
        columns = self.sample.table.columns
        return _stem(columns[at]) == _stem(columns[self.taken[name]])

    def _numbered(self, name: str) -> str:
        number, free = 1, name
        while free in self.taken:
            number += 1
            free = f"{name}_{number}"
        return free

    def _give(self, at: int, name: str | None, why: Why) -> None:
        if name is not None:
            self.taken[name] = at
        self.found[at] = (name, why)

    def _column(self, wanted: str) -> int:
        columns = self.sample.table.columns
        if wanted in columns:
            return columns.index(wanted)
        alike = [at for at, column in enumerate(columns) if key(column) == key(wanted)]
        if len(alike) != 1:
            raise UserError(f"“{self.sample.table.path.name}” has no column “{wanted}”. It has: {', '.join(columns)}.")
        return alike[0]

    def _names(self) -> dict[str, list[tuple[int, str]]]:
        """Every folded name, with the targets it may mean and how telling it is for each (0 is best)."""
        found: dict[str, list[tuple[int, str]]] = {}
        for target in self.targets.values():
            if target.of is not None:  # only our own exports call them so; elsewhere an opt-out is of the person
                continue
            own = target.field.label if target.field and target.field.label else None
            synonyms = [own] if own else [*self._synonyms(target.name)]
            names = dict.fromkeys([key(target.name), *map(key, synonyms)])
            for rank, name in enumerate(names):
                found.setdefault(name, []).append((rank, target.name))
        return found

    def _synonyms(self, name: str) -> Iterator[str]:
        kinds = ("person", "company") if self.kind == "customer" else (self.kind,)
        for kind in kinds:
            yield from self.labels.synonyms(kind, name)

    def _offers(self, column: str, known: Mapping[str, list[tuple[int, str]]]) -> list[tuple[int, str]]:
        if own := own_field(column):
            labels = {target.field.label: name for name, target in self.targets.items() if target.field}
            part = "_id" if holds_ids(column) else ""
            return [(0, labels[own[0]] + part)] if own[0] in labels else []
        if found := known.get(key(column)):
            return found
        match = _NUMBERED.fullmatch(column)
        stem = known.get(key(match[1]), []) if match else []
        return [(rank + 1, name) for rank, name in stem if self.targets[name].multi]

    def _fits(self, at: int, name: str) -> bool:
        """Whether the values of a column look like those of a target; a column without values fits everything."""
        values = list(dict.fromkeys(self.sample.values(at)))
        if not values:
            return True
        target = self.targets[base_name(name) if name not in self.targets else name]
        if name == "source_id" and len(self.sample.values(at)) > 20:
            return len(values) >= _DIFFERENT * len(self.sample.values(at))
        if target.type is FieldType.EMAIL:
            return any("@" in text for text in values)
        if target.type in (FieldType.CHOICE, FieldType.LINK):
            return True
        return _share_read(target, values) >= _ENOUGH


def _stem(column: str) -> str:
    return key(column).rstrip("0123456789")


def _top(kind: ValueType, values: Sequence[str]) -> int | None:
    """The end of the scale on which small whole numbers are, if all are so small."""
    if kind is not ValueType.INTEGER:
        return None
    numbers = [int(text) for text in values if text.isdecimal()]
    whole = len(numbers) == len(values) and any(number > 1 for number in numbers)
    return next((top for top in _SCALES if whole and max(numbers) <= top), None)


def _share_read(target: Target, values: Sequence[str]) -> float:
    """The share of texts that a target can read, whichever way its dates and numbers are written."""
    best = 0
    for manner in (cells.Manner(order=Order.DMY), cells.Manner(order=Order.MDY, decimal=",")):
        parse = cells.parser(target, manner)
        best = max(best, sum(_reads(parse, text) for text in values))
    return best / len(values)


def _reads(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
