"""What holds between records, told in a sentence before the base refuses it: roles, relations, days, parents."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.domain.filter import Filter, both, is_
from crm_desktop.domain.terms import RelationType
from crm_desktop.errors import UserError
from crm_desktop.storage import groups
from crm_desktop.storage.store import Store

Values = Mapping[str, Any]
_BOTH = ("person", "company")


def check(store: Store, kind: str, ids: Sequence[int], read: Values) -> None:
    """Raises UserError where values given to records (or, without ids, to a new one) cannot be."""
    if kind == "company":
        _parents(store, ids, read)
    if kind not in _RULES:
        return
    fields, rule = _RULES[kind]
    if not ids:
        rule(store, 0, read)
    elif not read.keys().isdisjoint(fields):
        for number, *held in store.lists.rows(kind, ids, fields):
            rule(store, number, {**dict(zip(fields, held, strict=True)), **read})


def _number(value: Any) -> int | None:
    return None if value is None else int(getattr(value, "id", value))


def _employment(_store: Store, _number_of: int, values: Values) -> None:
    if values.get("person") is None or values.get("company") is None:
        raise UserError("A role needs a person and a company.")
    started, ended = values.get("started_on"), values.get("ended_on")
    if started and ended and ended < started:
        raise UserError("A role cannot end before it starts.")


def _one_of(values: Values, *names: str) -> None:
    if sum(values.get(name) is not None for name in names) != 1:
        wanted = " or ".join(f"a {name}".replace("a other_", "another ") for name in names)
        raise UserError(f"Needs either {wanted}.")


def _relation(store: Store, number: int, values: Values) -> None:
    _one_of(values, *_BOTH)
    _one_of(values, "other_person", "other_company")
    one = {name: _number(values.get(name)) for name in _BOTH}
    other = {name: _number(values.get(f"other_{name}")) for name in _BOTH}
    if one == other:
        raise UserError("Nobody stands in a relation to themselves. Choose another person or company.")
    kind = RelationType(values.get("type") or RelationType.KNOWS)
    for type_, here, there in ((kind, one, other), (kind.inverse, other, one)):
        same = [is_(name, known) for name, known in here.items() if known is not None]
        same += [is_(f"other_{name}", known) for name, known in there.items() if known is not None]
        found = store.lists.ids(Filter("relation", both(is_("type", type_.value), *same)))
        if any(each != number for each in found):
            raise UserError("This relation is there already.")


def _occasion(_store: Store, _number_of: int, values: Values) -> None:
    _one_of(values, *_BOTH)
    if values.get("day") is None:
        raise UserError("Needs a day like 15 Jun or 15 Jun 1985.")


def _contact_role(store: Store, number: int, values: Values) -> None:
    deal, person = _number(values.get("deal")), _number(values.get("person"))
    if deal is None or person is None or not values.get("role"):
        raise UserError("Needs a deal, a person and their role in it.")
    found = store.lists.ids(Filter("contact_role", both(is_("deal", deal), is_("person", person))))
    if any(each != number for each in found):
        raise UserError("This person has a role in this deal already; change that one.")


def _parents(store: Store, ids: Sequence[int], values: Values) -> None:
    """No company comes to stand above itself, also not once others come out of the bin."""
    parent = _number(values.get("parent"))
    if parent is None:
        return
    chain = {parent, *groups.above(store, parent)}
    number = next((each for each in ids if each in chain), None)
    if number is not None:
        names = dict(store.lists.whole("company", [number, parent], ["name"]))
        raise UserError(
            f"“{names[number]}” cannot belong to itself."
            if parent == number
            else f"“{names[parent]}” belongs to “{names[number]}” already, so it cannot stand above it."
        )


_RULES: Mapping[str, tuple[Sequence[str], Callable[[Store, int, Values], None]]] = {
    "employment": (("person", "company", "started_on", "ended_on"), _employment),
    "relation": (("type", "person", "company", "other_person", "other_company"), _relation),
    "occasion": (("person", "company", "day"), _occasion),
    "contact_role": (("deal", "person", "role"), _contact_role),
}
"""By kind the fields that a rule is about, and the rule; an edit of other fields need not ask."""
