"""Field by field: which value a record keeps when others become part of it (semantics 4.9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.folding import fold
from crm_desktop.domain.merging import APART, EARLIEST, FURTHEST, STRICTEST, blank, combined
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services.merge_plan import MergeField, Rule
from crm_desktop.storage.joining import same_value
from crm_desktop.storage.store import Store

_TOGETHER = (("street", "city", "region", "postcode", "country"), ("first_name", "last_name"))
"""What makes one address and one name: parts of two that contradict one another are never mixed."""

_LOST = ("lost", "lost_on", "lost_reason")
"""Whether a customer is lost, told by the first record that is one."""

Values = Mapping[int, Mapping[str, Any]]
"""The values of records by id and field, the record that stays first."""


class MergeFields:
    """Reads records and says what becomes of their fields."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, kind: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """The name and every field that a person may set, of the records that are there."""
        own = [field.name for field in self._merged(kind)]
        names = list(dict.fromkeys(["name", "created_at", *own, *(["status_type"] if kind == "lead" else [])]))
        rows = self._store.lists.rows(kind, list(dict.fromkeys(ids)), names)
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}

    def compared(self, kind: str, values: Values, choices: Mapping[str, int]) -> tuple[MergeField, ...]:
        """Every field of which a record has a value; UserError for a choice that is none."""
        fields = {field.name: field for field in self._merged(kind)}
        self._check(fields, values, choices)
        found = {name: self._one(field, values) for name, field in fields.items()}
        if kind == "lead":
            found["status"] = _status(found["status"], values)
        for names, rule in (*((names, _together) for names in _TOGETHER), (_LOST, _lost)):
            if names[0] in fields:
                found |= rule({name: found[name] for name in names}, values)
        for name, record in choices.items():
            chosen = values[record][name]
            found[name] = replace(found[name], winner=record, value=chosen, rule=Rule.CHOSEN)
        return tuple(each for each in found.values() if not all(map(blank, each.values)))

    def _merged(self, kind: str) -> list[Field]:
        fields = self._store.catalogue.kind(kind).fields.values()
        return [field for field in fields if field.editable and field.name not in APART]

    def _check(self, fields: Mapping[str, Field], values: Values, choices: Mapping[str, int]) -> None:
        for name, record in choices.items():
            if name not in fields:
                raise UserError(f"There is no field “{name}” to choose a value of.")
            if record not in values:
                raise UserError(f"“{name}” cannot be taken of a record that is not merged.")
            if fields[name].multi:
                raise UserError(f"“{name}” keeps the values of all records.")
            if name in STRICTEST and blank(values[record][name]) and any(each[name] for each in values.values()):
                raise UserError("A do-not-contact of one record counts for all.")

    def _one(self, field: Field, values: Values) -> MergeField:
        listed = tuple(each[field.name] for each in values.values())
        if field.multi:
            return MergeField(field.name, listed, None, _united(field.name, listed), Rule.UNITED)
        meant = [_meant(value, values) for value in listed]
        value = reduce(lambda kept, other: combined(field.name, kept, other), meant)
        winner = next((i for i, each in zip(values, meant, strict=True) if each == value and not blank(each)), None)
        first = next(iter(values))
        if winner in (first, None):
            return MergeField(field.name, listed, winner, value, Rule.SURVIVOR)
        return MergeField(field.name, listed, winner, value, _rule(field.name, meant[0]))


def _rule(name: str, own: Any) -> Rule:
    rules = ((STRICTEST, Rule.STRICTEST), (EARLIEST, Rule.EARLIEST), (FURTHEST, Rule.FURTHEST))
    if blank(own) and name not in STRICTEST:
        return Rule.FILLED
    return next((rule for names, rule in rules if name in names), Rule.FILLED)


def _meant(value: Any, values: Values) -> Any:
    """A link from one of the records to another one of them leads nowhere once they are one."""
    return None if isinstance(value, Ref) and value.id in values else value


def _united(name: str, listed: Iterable[Sequence[str]]) -> tuple[str, ...]:
    table = name if name in ("email", "phone") else ""
    found: dict[Any, str] = {}
    for each in listed:
        for text in each:
            found.setdefault(same_value(table, text) if table else fold(text), text)
    return tuple(found.values())


def _status(field: MergeField, values: Values) -> MergeField:
    """A lead that was converted stays so, whichever of the records it was."""
    for record, each in values.items():
        if each["status_type"] == LeadStatus.CONVERTED:
            rule = field.rule if record == field.winner else Rule.FURTHEST
            return replace(field, winner=record, value=each["status"], rule=rule)
    return field


def _together(parts: Mapping[str, MergeField], values: Values) -> dict[str, MergeField]:
    """Parts of one thing: blanks are filled only from a record whose other parts say the same."""
    first, *others = values.items()
    kept = {name: first[1][name] for name in parts}
    winner = dict.fromkeys(parts, first[0])
    for record, each in others:
        if all(blank(each[n]) or blank(kept[n]) or fold(each[n]) == fold(kept[n]) for n in parts):
            for name in parts:
                if blank(kept[name]) and not blank(each[name]):
                    kept[name], winner[name] = each[name], record
    return {
        name: replace(
            part, value=kept[name], winner=None if blank(kept[name]) else winner[name],
            rule=Rule.SURVIVOR if winner[name] == first[0] else Rule.FILLED,
        )
        for name, part in parts.items()
    }  # fmt: skip


def _lost(parts: Mapping[str, MergeField], values: Values) -> dict[str, MergeField]:
    first = next(iter(values))
    teller = next((i for i, each in values.items() if each["customer"] or each["lost"]), first)
    rule = Rule.SURVIVOR if teller == first else Rule.FILLED
    return {
        name: replace(part, value=values[teller][name], winner=teller, rule=rule) for name, part in parts.items()
    }  # fmt: skip
