"""Fields of the user's own: a name, a type, and from then on part of everything that fields take part in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.folding import fold
from crm_desktop.errors import UserError
from crm_desktop.services.values import short_name
from crm_desktop.services.views import follow
from crm_desktop.storage.models import CUSTOMISED
from crm_desktop.storage.own_fields import RESERVED, Definition, plain_name
from crm_desktop.storage.store import Store

TYPES = tuple(FieldType)
_NO_CHOICES = "Only a field of the type choice has choices."
_BETWEEN_CHOICES = re.compile(r"[;|\n\x00-\x1f]|:::")


@dataclass(frozen=True, slots=True)
class Holds:
    """What a field holds: the choices of a choice, of which `several` may be taken; the kind that a link leads to."""

    type: FieldType | str
    choices: Sequence[str] = ()
    several: bool = False
    target: str | None = None


class Fields:
    """Adds, changes and deletes fields of the user's own; each is one action."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def own(self, kind: str) -> list[Field]:
        """The fields of a kind that the user made, in their order."""
        return [field for field in self._store.catalogue.kind(kind).fields.values() if field.custom]

    def find(self, kind: str, name: str) -> Field:
        """A field of the user's own by its name or label; UserError if there is none."""
        wanted = {name, plain_name(name)}
        for field in self.own(kind):
            if field.name in wanted or plain_name(field.label or "") in wanted:
                return field
        raise UserError(f"A {self._store.catalogue.kind(kind).name} has no field “{name}” of your own.")

    def gone(self, kind: str) -> dict[str, str]:
        """What the fields of a kind that are gone were called, by their names."""
        return self._store.own_fields.gone(kind)

    def kinds(self) -> tuple[str, ...]:
        """The kinds that can have fields of the user's own."""
        return CUSTOMISED

    def targets(self) -> list[str]:
        """The kinds that a link can lead to: those of records with a name."""
        return [kind for kind in CUSTOMISED if "name" in self._store.catalogue.kind(kind).fields]

    def add(self, kind: str, label: str, holds: Holds | FieldType | str, choices: Sequence[str] = ()) -> Added:
        """A new field; a type alone where nothing more is to be said. UserError if it cannot be."""
        made = holds if isinstance(holds, Holds) else Holds(holds, choices)
        wanted = self.definition(kind, short_name(label, "field"), made)
        self._check_free(wanted.kind, wanted.label)
        with self._store.action("add_field", wanted.kind, wanted.label) as action:
            number = self._store.own_fields.define(wanted)
        return Added(number, action.change)

    def rename(self, number: int, label: str) -> Change:
        """Calls a field otherwise; what was made with it (views, conditions, exports) goes on knowing it."""
        kind, field = self._known(number)
        bare = short_name(label, "field")
        self._check_free(kind, bare, field)
        with self._store.action("rename_field", kind, bare) as action:
            self._store.own_fields.rename(number, bare, field.name)
        return action.change

    def order(self, kind: str, numbers: Sequence[int]) -> Change:
        """Puts the fields of a kind in this order; those that are not named follow."""
        name = self._store.catalogue.kind(kind).name
        rest = [field.definition for field in self.own(name) if field.definition not in numbers]
        with self._store.action("order_fields", name) as action:
            self._store.own_fields.order([*numbers, *(each for each in rest if each is not None)])
        return action.change

    def used(self, number: int) -> dict[str, int]:
        """How many records hold each choice of a field, those in the bin too."""
        kind, field = self._known(number)
        return self._store.own_fields.used(kind, field)

    def set_choices(self, number: int, choices: Sequence[str], moved: Mapping[str, str] | None = None) -> Change:
        """Other choices for a field, in this order; `moved` says what records hold instead of a choice of before.

        An empty text there means nothing. UserError for a choice that is gone while records hold it.
        """
        kind, field = self._known(number)
        if field.type is not FieldType.CHOICE:
            raise UserError(_NO_CHOICES)
        listed = _choices(choices, field.choices)
        instead = {old: new.strip() for old, new in (moved or {}).items()}
        unknown = next((old for old in instead if old not in field.choices), None)
        if unknown is not None:
            raise UserError(f"“{unknown}” is none of its choices: {', '.join(field.choices)}.")
        for old, count in self._store.own_fields.used(kind, field).items():
            if instead.get(old, old) not in (*listed, ""):
                held = "One record holds" if count == 1 else f"{count} records hold"
                raise UserError(f"{held} “{old}”; say what stands there instead.")
        with self._store.action("field_choices", kind, field.label or "") as action:
            self._store.own_fields.set_choices(kind, field, listed, instead)
            follow(self._store, action.number, (kind, field.name), instead, {*field.choices} - instead.keys())
        return action.change

    def delete(self, number: int) -> Change:
        """Deletes a field; its values stay in the base, so that this can be undone."""
        with self._store.action("delete_field") as action:
            action.kind, action.subject = self._store.own_fields.drop(number, self._store.clock.stamp())
        return action.change

    def define(self, wanted: Definition) -> str:
        """A new field inside an open action; answers its name. One that is called the same gets a number."""
        label, number = wanted.label, 1
        known = self._store.catalogue.kind(wanted.kind).fields
        while plain_name(label) in {*known, *RESERVED}:
            number += 1
            label = f"{wanted.label} {number}"
        made = self._store.own_fields.define(replace(wanted, label=label))
        self._store.reload()
        fields = self._store.catalogue.kind(wanted.kind).fields.values()
        return next(field.name for field in fields if field.definition == made)

    def definition(self, kind: str, label: str, holds: Holds) -> Definition:
        """What is asked for, checked."""
        name, bare = self._store.catalogue.kind(kind).name, _label(label)
        if name not in CUSTOMISED:
            raise UserError(f"A {name} cannot have fields of your own.")
        if holds.type not in TYPES:
            raise UserError(f"A field holds one of: {', '.join(TYPES)}.")
        type_ = FieldType(holds.type)
        if holds.choices and type_ is not FieldType.CHOICE:
            raise UserError(_NO_CHOICES)
        if holds.several and type_ is not FieldType.CHOICE:
            raise UserError("Only a field with choices can hold several.")
        if holds.target and type_ is not FieldType.LINK:
            raise UserError("Only a link leads to another kind of record.")
        choices = _choices(holds.choices) if type_ is FieldType.CHOICE else ()
        target = self._target(holds.target) if type_ is FieldType.LINK else None
        return Definition(name, bare, type_, choices, holds.several, target)

    def _target(self, kind: str | None) -> str:
        if not kind:
            raise UserError("A link needs the kind of record that it leads to.")
        name = self._store.catalogue.kind(kind).name
        if name not in self.targets():
            raise UserError(f"A link leads to one of: {', '.join(self.targets())}.")
        return name

    def _known(self, number: int) -> tuple[str, Field]:
        for kind in CUSTOMISED:
            for field in self.own(kind):
                if field.definition == number:
                    return kind, field
        raise UserError("There is no such field.")

    def _check_free(self, kind: str, label: str, itself: Field | None = None) -> None:
        for field in self._store.catalogue.kind(kind).fields.values():
            if field != itself and plain_name(label) == (plain_name(field.label) if field.label else field.name):
                raise UserError(f"A {kind} already has a field “{label}”.")


def _label(text: str) -> str:
    label = " ".join(text.split())
    if not label:
        raise UserError("A field needs a name.")
    return label


def _choices(wanted: Sequence[str], known: Sequence[str] = ()) -> tuple[str, ...]:
    """Choices without blanks around them and without any twice; those that are `known` are not looked at again."""
    listed: dict[str, str] = {}
    for choice in filter(None, map(str.strip, wanted)):
        listed.setdefault(fold(choice), choice)
    if not listed:
        raise UserError("A field with choices needs at least one choice.")
    for choice in listed.values():
        if choice not in known and _BETWEEN_CHOICES.search(choice):
            raise UserError(f"“{choice}” cannot be a choice: the signs ; | and ::: stand between choices.")
    return tuple(listed.values())
