"""What a changeset says of the fields of records: table and column turned into kind and field of the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import apsw

from crm_desktop.domain.filter import Ref
from crm_desktop.storage.journal import Journal
from crm_desktop.storage.recording import rows
from crm_desktop.storage.sources import Source, name_of
from crm_desktop.storage.store import Store
from crm_desktop.storage.touch import OWN
from crm_desktop.storage.values import reader


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that an action wrote: `before` and `after` by column; of an updated row what changed, and its id."""

    table: str
    id: int
    op: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, int]:
        """Table and number."""
        return self.table, self.id


def changes(journal: Journal, action: int, segment: int) -> Iterator[RowChange]:
    """Every row that a segment of an action wrote, in order."""
    columns = journal.columns_of(action)
    for row in rows(journal.read(action, segment)):
        yield _change(row, columns[row.name])


def _change(row: apsw.TableChange, columns: list[str]) -> RowChange:
    before, after = _named(columns, row.old), _named(columns, row.new)
    return RowChange(row.name, int((before or after)["id"]), row.op, before, after)


def _named(columns: list[str], values: Any) -> dict[str, Any]:
    if values is None:
        return {}
    return {name: value for name, value in zip(columns, values, strict=False) if value is not apsw.no_change}


class Fields:
    """The fields of the catalogue by table and column, and their values in rows of raw columns."""

    def __init__(self, store: Store) -> None:
        self._database = store.database
        self._sources = store.sources
        self._journal = store.journal
        self._known: dict[str, list[str]] = {}

    def of(self, table: str, kind: str) -> dict[str, Source]:
        """The fields of a kind that lie in a table (its own, that of the user's values, one of parts), by column."""
        found = {}
        for source in self._sources.kinds[kind].sources.values() if kind in self._sources.kinds else ():
            own = source.custom if table == f"{kind}_custom" else source.column if table == kind else None
            column = source.part.column if source.part is not None and source.part.table == table else own
            if column is not None:
                found[column] = source
        return found

    def value(self, source: Source, column: str, row: Mapping[str, Any]) -> Any:
        """The value that a field has in a row; of a field with several values the one that the row holds."""
        raw = row.get(column)
        if raw is None:
            return None
        target = source.part.target if source.part is not None else source.field.target
        if target is not None:
            name = self.name(target, int(raw))
            return name if source.field.multi else Ref(int(raw), name)
        if source.field.multi and source.part is not None:
            return raw
        return reader(source, 0)((raw, row.get(f"{column}_currency")))

    def row(self, table: str, record: int) -> dict[str, Any]:
        """The columns of a row as it is now; empty where it is gone."""
        names = self._columns(table)
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"
        found = self._database.execute_sql(sql, (record,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else {}

    def _columns(self, table: str) -> list[str]:
        if table not in self._known:
            self._known[table] = self._journal.columns(table)
        return self._known[table]

    def name(self, target: str, record: int) -> str:
        """What a record is called; empty where there is none."""
        found = self._database.execute_sql(f"SELECT {name_of(target, '?')}", (record,)).fetchone()
        return str(found[0] or "")


def owner_of(table: str, values: Mapping[str, Any]) -> tuple[str, int] | None:
    """The record (kind, id) that a row of parts belongs to."""
    for column in OWN.get(table, ()):
        if values.get(column) is not None:
            return column.removesuffix("_id"), int(values[column])
    return None
