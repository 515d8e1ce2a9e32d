"""Fields of the user's own: their definitions, and the columns for their values."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.errors import UserError
from crm_desktop.storage.database import Database

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


class OwnFields:
    """Defines and drops fields; both belong inside an action. A column for values, once made, stays for good."""

    def __init__(self, database: Database, take: Callable[[str, int], int]) -> None:
        self._database = database
        self._take = take

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
