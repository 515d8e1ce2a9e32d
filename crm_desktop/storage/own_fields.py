"""Fields of the user's own: their definitions, and the columns for their values."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from crm_desktop.domain.catalogue import Field, FieldType, Use
from crm_desktop.domain.filter import ID
from crm_desktop.domain.folding import words
from crm_desktop.errors import UserError
from crm_desktop.storage.database import SEPARATOR, Database
from crm_desktop.storage.models.customers import CUSTOMERS
from crm_desktop.storage.sources import builtin

_COLUMN_TYPES = {
    FieldType.INTEGER: "INTEGER", FieldType.LINK: "INTEGER", FieldType.MONEY: "INTEGER", FieldType.YES_NO: "INTEGER",
    FieldType.NUMBER: "REAL",
}  # fmt: skip


_NEW = "\x1e"
"""Before a value that was just written; no typed one begins so."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a user's field is: whose it is, what it is called, what it holds."""

    kind: str
    label: str
    type: FieldType
    choices: tuple[str, ...] = ()
    multi: bool = False
    target: str | None = None


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
        """The user's fields of each kind in their order, each under a name of its own; who came first keeps one."""
        found: dict[str, list[tuple[int, Field]]] = {}
        for kind, position, own in self._read("deleted_at IS NULL"):
            fields = found.setdefault(kind, [])
            taken = {*builtin().kinds[kind].sources, *(field.name for _, field in fields), *RESERVED}
            name = f"{own.name}_{own.definition}" if own.name in taken else own.name
            fields.append((position, replace(own, name=name)))
        return {kind: [own for _, own in sorted(each, key=itemgetter(0))] for kind, each in found.items()}

    def dropped(self) -> list[tuple[str, Field]]:
        """The fields that were dropped, each after its kind."""
        return [(kind, own) for kind, _, own in self._read("deleted_at IS NOT NULL")]

    def _read(self, where: str) -> Iterator[tuple[str, int, Field]]:
        columns = "kind, position, id, label, type, choices, target, multi, name"
        sql = f"SELECT {columns} FROM custom_field WHERE {where} ORDER BY id"
        for row in self._database.execute_sql(sql).fetchall():
            kind, position, number, label, type_, choices, target, multi, kept = row
            own = FieldType(type_)
            uses = {Use.EDIT, Use.BREAKDOWN, Use.SORT} | ({Use.SEARCH} if own.textual else set())
            made = Field(kept or plain_name(label), own, frozenset(uses), tuple(json.loads(choices)), target,
                         bool(multi), definition=number, label=label)  # fmt: skip
            yield kind, position, made

    def define(self, wanted: Definition) -> int:
        """A new field with its columns; answers its number."""
        number = self._take("record", 1)
        values = (number, wanted.kind, wanted.label, wanted.type.value, _listed(wanted.choices), wanted.target,
                  int(wanted.multi), wanted.kind)  # fmt: skip
        self._database.execute_sql(
            "INSERT INTO custom_field (id, kind, label, type, choices, target, multi, position)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM custom_field WHERE kind = ?))",
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

    def gone(self, kind: str) -> dict[str, str]:
        """What fields that were dropped were called, by the names they had."""
        kinds = CUSTOMERS if kind == "customer" else (kind,)
        found: dict[str, str] = {}
        for own in (own for owner, own in self.dropped() if owner in kinds):
            found |= dict.fromkeys((own.name, f"{own.name}_{own.definition}"), own.label or "")
        return found

    def rename(self, number: int, label: str, name: str) -> None:
        """Calls a field otherwise for people; the catalogue goes on calling it by its name."""
        self._database.execute_sql("UPDATE custom_field SET label = ?, name = ? WHERE id = ?", (label, name, number))

    def order(self, numbers: Sequence[int]) -> None:
        """Puts fields in this order."""
        for position, number in enumerate(numbers):
            self._database.execute_sql("UPDATE custom_field SET position = ? WHERE id = ?", (position, number))

    def used(self, kind: str, field: Field) -> dict[str, int]:
        """How many records, those in the bin too, hold each value of a field with choices."""
        column = f"f{field.definition}"
        sql = f"SELECT {column}, count(*) FROM {kind}_custom WHERE coalesce({column}, '') <> '' GROUP BY 1"
        found: dict[str, int] = {}
        for text, count in self._database.execute_sql(sql).fetchall():
            for choice in text.split(SEPARATOR):
                found[choice] = found.get(choice, 0) + count
        return found

    def set_choices(self, kind: str, field: Field, choices: Sequence[str], moved: Mapping[str, str]) -> None:
        """Other choices; records get the new value of each that was `moved`, where it is empty none."""
        self._database.execute_sql(
            "UPDATE custom_field SET choices = ? WHERE id = ?", (_listed(choices), field.definition)
        )
        column = f"f{field.definition}"
        held = self._database.execute_sql(f"SELECT DISTINCT {column} FROM {kind}_custom").fetchall()
        for (text,) in held:
            values = str(text or "").split(SEPARATOR)
            kept = SEPARATOR.join(dict.fromkeys(filter(None, (moved.get(value, value) for value in values))))
            if text and kept != text:
                # All values are held against those before, so that two may change places.
                sql = f"UPDATE {kind}_custom SET {column} = ? WHERE {column} = ?"
                self._database.execute_sql(sql, (_NEW + kept, text))
        sql = f"UPDATE {kind}_custom SET {column} = nullif(substr({column}, 2), '') WHERE substr({column}, 1, 1) = ?"
        self._database.execute_sql(sql, (_NEW,))


def _listed(choices: Sequence[str]) -> str:
    return json.dumps(list(choices), ensure_ascii=False)
