"""Fields of the user's own: their definitions, and the columns for their values."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_desktop.domain.catalogue import Field, FieldType, Use
from crm_desktop.domain.filter import ID
from crm_desktop.domain.folding import words
from crm_desktop.errors import UserError
from crm_desktop.storage.database import Database
from crm_desktop.storage.sources import builtin

_COLUMN_TYPES = {
    FieldType.INTEGER: "INTEGER", FieldType.MONEY: "INTEGER", FieldType.YES_NO: "INTEGER", FieldType.NUMBER: "REAL",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """What a user's field is: whose it is, what it is called, what it holds."""

    kind: str
    label: str
    type: FieldType
    choices: tuple[str, ...] = ()


RESERVED = frozenset({ID, "kind", "deleted"})
"""What else an answer of the command line says of a record."""


def plain_name(label: str) -> str:
    """The name that a label gives a field where it is free: in lower case with underscores, as it can be typed."""
    name = "_".join(words(label))
    return f"field_{name}" if not name or name[0].isdigit() else name


class OwnFields:
    """Defines and drops fields; both belong inside an action. A column for values, once made, stays for good."""

    def __init__(self, database: Database, take: Callable[[str, int], int]) -> None:
        self._database = database
        self._take = take

    def living(self) -> dict[str, list[Field]]:
        """The user's fields of each kind in their order, each under a name of its own."""
        found: dict[str, list[Field]] = {}
        sql = "SELECT id, kind, label, type, choices FROM custom_field WHERE deleted_at IS NULL ORDER BY position, id"
        for number, kind, label, type_, choices in self._database.execute_sql(sql).fetchall():
            own = FieldType(type_)
            uses = {Use.EDIT, Use.BREAKDOWN} | ({Use.SEARCH} if own.textual else set())
            fields = found.setdefault(kind, [])
            taken = {*builtin().kinds[kind].sources, *(field.name for field in fields), *RESERVED}
            name = plain_name(label)
            fields.append(
                Field(
                    f"{name}_{number}" if name in taken else name, own, frozenset(uses), tuple(json.loads(choices)),
                    definition=number, label=label,
                )
            )  # fmt: skip
        return found

    def define(self, wanted: Definition) -> int:
        """A new field with its columns; answers its number."""
        number = self._take("record", 1)
        values = (number, wanted.kind, wanted.label, wanted.type.value, _listed(wanted.choices), wanted.kind)
        self._database.execute_sql(
            "INSERT INTO custom_field (id, kind, label, type, choices, position)"
            " VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM custom_field WHERE kind = ?))",
            values,
        )
        type_ = _COLUMN_TYPES.get(wanted.type, "TEXT")
        self._database.execute_sql(f"ALTER TABLE {wanted.kind}_custom ADD COLUMN f{number} {type_}")
        if wanted.type is FieldType.MONEY:
            self._database.execute_sql(f"ALTER TABLE {wanted.kind}_custom ADD COLUMN f{number}_currency TEXT")
        return number

    def drop(self, number: int, stamp: str) -> tuple[str, str]:
        """Marks a field as dropped; its values stay where they are. Answers its kind and label."""
        sql = "UPDATE custom_field SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL RETURNING kind, label"
        found = self._database.execute_sql(sql, (stamp, number)).fetchone()
        if found is None:
            raise UserError("There is no such field.")
        return str(found[0]), str(found[1])


def _listed(choices: Sequence[str]) -> str:
    return json.dumps(list(choices), ensure_ascii=False)
