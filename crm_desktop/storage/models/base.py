"""What all tables share: the database they are bound to, ids that are always given, the bin."""

from collections.abc import Mapping
from typing import Any, ClassVar

import peewee as pw

from crm_desktop.storage.declare import Declared


class Table(pw.Model):
    """A tracked table: the journal records every change of its rows, so it has a declared primary key.

    Ids come from the base's own counter and are passed explicitly.
    """

    id = pw.IntegerField(primary_key=True, constraints=[])

    class Meta:
        database = pw.SqliteDatabase(None)
        legacy_table_names = False


class Record(Table):
    """A kind of record the catalogue knows. Deleting sets `deleted_at`: the record is in the bin."""

    plural: ClassVar[str] = ""
    row: ClassVar[Mapping[str, Declared]] = {}
    """Fields computed from the record, in the order people expect them."""

    searched: ClassVar[str] = "NULL"
    """SQL over the record `b`: more text that the search finds it by, beside its fields with SEARCH."""

    when: ClassVar[str | None] = None
    """The date that orders such records where they belong to another one."""

    detail: ClassVar[str] = "name"
    """The field that tells records of one name apart where only a line of them is shown."""

    deleted_at = pw.TextField(null=True)


def exactly_one(*columns: str) -> Any:
    """A CHECK that of several owners exactly one is set."""
    return pw.Check(" + ".join(f"({column} IS NOT NULL)" for column in columns) + " = 1")


def owner(model: Any, *, null: bool = True) -> Any:
    """The record that a part belongs to; its index is made by the schema, for the rows that have one only."""
    return pw.ForeignKeyField(model, null=null, backref="+", index=False)
