"""Fields of the user's own: a name, a type, and from then on part of everything that fields take part in."""

from collections.abc import Sequence

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.change import Added, Change
from crm_desktop.errors import UserError
from crm_desktop.storage.models import CUSTOMISED
from crm_desktop.storage.own_fields import RESERVED, Definition, plain_name
from crm_desktop.storage.store import Store

_TYPES = tuple(kind for kind in FieldType if kind is not FieldType.LINK)


class Fields:
    """Adds and deletes fields of the user's own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, kind: str, label: str, type: FieldType | str, choices: Sequence[str] = ()) -> Added:
        """A new field, as one action; UserError if it cannot be."""
        wanted = self.definition(kind, label, type, choices)
        self._check_free(wanted)
        with self._store.action("add_field", wanted.kind, wanted.label) as action:
            number = self._store.own_fields.define(wanted)
        self._store.reload()
        return Added(number, action.change)

    def delete(self, number: int) -> Change:
        """Deletes a field; its values stay in the base, so that this can be undone."""
        with self._store.action("delete_field") as action:
            action.kind, action.subject = self._store.own_fields.drop(number, self._store.clock.stamp())
        self._store.reload()
        return action.change

    def define(self, wanted: Definition) -> str:
        """A new field inside an open action; answers its name. One that is called the same gets a number."""
        label, number = wanted.label, 1
        known = self._store.catalogue.kind(wanted.kind).fields
        while plain_name(label) in {*known, *RESERVED}:
            number += 1
            label = f"{wanted.label} {number}"
        made = self._store.own_fields.define(Definition(wanted.kind, label, wanted.type, wanted.choices))
        self._store.reload()
        fields = self._store.catalogue.kind(wanted.kind).fields.values()
        return next(field.name for field in fields if field.definition == made)

    def definition(self, kind: str, label: str, type: FieldType | str, choices: Sequence[str] = ()) -> Definition:
        """What is asked for, checked."""
        name = self._store.catalogue.kind(kind).name
        bare = " ".join(label.split())
        if name not in CUSTOMISED:
            raise UserError(f"A {name} cannot have fields of your own.")
        if not bare:
            raise UserError("A field needs a name.")
        if type not in _TYPES:
            raise UserError(f"A field holds one of: {', '.join(_TYPES)}.")
        listed = tuple(dict.fromkeys(filter(None, map(str.strip, choices))))
        if FieldType(type) is FieldType.CHOICE and not listed:
            raise UserError("A field with choices needs at least one choice.")
        return Definition(name, bare, FieldType(type), listed)

    def _check_free(self, wanted: Definition) -> None:
        if plain_name(wanted.label) in self._store.catalogue.kind(wanted.kind).fields:
            raise UserError(f"A {wanted.kind} already has a field “{wanted.label}”.")
