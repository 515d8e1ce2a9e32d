"""Writing records: each field goes to its column, its part or the user's values; always inside an action."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import peewee as pw

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.folding import fold
from crm_desktop.domain.money import Money
from crm_desktop.storage import models
from crm_desktop.storage.database import Database
from crm_desktop.storage.sources import Part, Source, Sources, table
from crm_desktop.storage.values import stored

BATCH = 10_000
_MODELS = {table(model): model for model in models.TABLES}
_IN = "IN (SELECT value FROM json_each(?))"


class Records:
    """Writes records of any kind. `take` gives the first of so many new ids of a scope ("record" or "part")."""

    def __init__(self, database: Database, sources: Callable[[], Sources], take: Callable[[str, int], int]) -> None:
        self._database = database
        self._sources = sources
        self._take = take
        self.phone_form: Callable[[str], str | None] = lambda _number: None

    def insert(self, kind: str, values: Mapping[str, Any]) -> int:
        """One new record; answers its id."""
        return next(iter(self.insert_many(kind, list(values), [list(values.values())])))[0]

    def insert_many(
        self, kind: str, fields: Sequence[str], rows: Iterable[Sequence[Any]], ids: Sequence[int] | None = None
    ) -> list[tuple[int, int]]:
        """Many new records of the same fields; answers the ranges of their ids, in the order of the rows."""
        loader = _Loader(self._database, self._sources().kinds[kind].sources, kind, fields)
        loader.phone_form, loader.tag = self.phone_form, self.tag
        iterator, spans = iter(rows), []
        while batch := list(islice(iterator, BATCH)):
            first = ids[0] if ids is not None else self._take("record", len(batch))
            loader.load(first, batch, self._take)
            spans.append((first, first + len(batch) - 1))
        return spans

    def update(self, kind: str, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Sets the same values on records; a multi field is replaced as a whole."""
        sources = self._sources().kinds[kind].sources
        columns: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for name, value in values.items():
            source = sources[name]
            if source.part is not None:
                self._set_part(kind, source, ids, value)
            elif source.custom is not None:
                own |= _columns(source, source.custom, value)
            elif source.column is not None:
                columns |= _columns(source, source.column, value)
        self.set_columns(kind, ids, columns)
        if own:
            rows = ((i,) for i in ids)
            self._database.raw.executemany(f"INSERT OR IGNORE INTO {kind}_custom (id) VALUES (?)", rows)
            self.set_columns(f"{kind}_custom", ids, own)

    def set_columns(self, name: str, ids: Sequence[int], columns: Mapping[str, Any]) -> None:
        """Sets columns of a table for many ids."""
        if not columns:
            return
        sets = ", ".join(f"{column} = ?" for column in columns)
        for start in range(0, len(ids), BATCH):
            listed = json.dumps(list(ids[start : start + BATCH]))
            self._database.execute_sql(f"UPDATE {name} SET {sets} WHERE id {_IN}", (*columns.values(), listed))

    def delete(self, kind: str, ids: Sequence[int], stamp: str) -> None:
        """Puts records in the bin."""
        self.set_columns(kind, ids, {"deleted_at": stamp})

    def restore(self, kind: str, ids: Sequence[int]) -> None:
        """Takes records out of the bin."""
        self.set_columns(kind, ids, {"deleted_at": None})

    def tag(self, name: str) -> int:
        """The id of a tag, new if there is none of that name."""
        sql = "SELECT id FROM tag WHERE fold(name) = ? AND deleted_at IS NULL"
        found = self._database.execute_sql(sql, (fold(name.strip()),)).fetchone()
        return int(found[0]) if found else self.insert("tag", {"name": name.strip()})

    def _set_part(self, kind: str, source: Source, ids: Sequence[int], value: Any) -> None:
        part = source.part
        assert part is not None
        for record in ids:
            if part.target is not None and part.target != "tag":
                self._relink(part, record, value)
            elif source.field.multi:
                self._replace(part, record, value)
            else:
                self._set_address(part, record, value)
        del kind

    def _relink(self, part: Part, record: int, value: Any) -> None:
        self._database.execute_sql(
            f"DELETE FROM {part.table} WHERE {part.owner} = ? AND {part.column} IS NOT NULL", (record,)
        )
        if value is not None:
            linked = value.id if isinstance(value, Ref) else int(value)
            self._insert_part(part.table, {part.owner: record, part.column: linked})

    def _replace(self, part: Part, record: int, value: Any) -> None:
        """Keeps rows whose value stays (with their label and flags), drops the others, adds the new."""
        wanted = [text for text in ([value] if isinstance(value, str) else value or ()) if text]
        keys: list[Any] = [self.tag(text) for text in wanted] if part.target == "tag" else wanted
        sql = f"SELECT id, {part.column} FROM {part.table} WHERE {part.owner} = ?"
        kept = {key: row for row, key in self._database.execute_sql(sql, (record,)).fetchall()}
        gone = [row for key, row in kept.items() if key not in keys]
        self._database.execute_sql(f"DELETE FROM {part.table} WHERE id {_IN}", (json.dumps(gone),))
        for position, key in enumerate(dict.fromkeys(keys)):
            if key not in kept:
                self._insert_part(part.table, {part.owner: record, part.column: key, "position": position})
            elif part.target is None:
                self.set_columns(part.table, [kept[key]], {"position": position})

    def _set_address(self, part: Part, record: int, value: Any) -> None:
        sql = f"SELECT id FROM address WHERE {part.owner} = ? ORDER BY position, id LIMIT 1"
        found = self._database.execute_sql(sql, (record,)).fetchone()
        text = value or None
        if found:
            self.set_columns("address", [found[0]], {part.column: text})
        elif text:
            self._insert_part("address", {part.owner: record, part.column: text, "position": 0})

    def _insert_part(self, name: str, values: dict[str, Any]) -> None:
        row = part_defaults(name) | values
        if "position" not in part_defaults(name):
            row.pop("position", None)
        if name == "phone":
            row["e164"] = self.phone_form(row["number"])
        marks = ", ".join("?" for _ in row)
        self._database.execute_sql(
            f"INSERT INTO {name} (id, {', '.join(row)}) VALUES (?, {marks})", (self._take("part", 1), *row.values())
        )


def part_defaults(name: str) -> dict[str, Any]:
    """What a part has where nothing is said."""
    return {
        column.column_name: int(column.default) if isinstance(column.default, bool) else column.default
        for column in _MODELS[name]._meta.sorted_fields
        if column.default is not None and not isinstance(column, pw.AutoField)
    }


def _columns(source: Source, column: str, value: Any) -> dict[str, Any]:
    kind = source.field.type
    found = {column: stored(kind, value)}
    if kind is FieldType.MONEY:
        found[f"{column}_currency"] = value.currency if isinstance(value, Money) else None
    return found


class _Loader:
    """Puts rows of the same fields into the table of a kind and the tables of its parts, a batch at a time."""

    phone_form: Callable[[str], str | None]
    tag: Callable[[str], int]

    def __init__(self, database: Database, sources: Mapping[str, Source], kind: str, fields: Sequence[str]) -> None:
        self._database = database
        self._kind = kind
        self._columns: list[str] = []
        self._makers: list[tuple[int, Source]] = []
        self._parts: list[tuple[int, Part, Source]] = []
        self._customs: list[tuple[int, str, Source]] = []
        for at, name in enumerate(fields):
            source = sources[name]
            if source.part is not None:
                self._parts.append((at, source.part, source))
            elif source.custom is not None:
                self._customs.append((at, source.custom, source))
            elif source.column is not None:
                self._makers.append((at, source))
                self._columns.append(source.column)
        self._defaults = {
            c.column_name: int(c.default) if isinstance(c.default, bool) else c.default
            for c in _MODELS[kind]._meta.sorted_fields
            if c.default is not None and c.column_name not in self._columns
        }

    def load(self, first: int, batch: Sequence[Sequence[Any]], take: Callable[[str, int], int]) -> None:
        """Writes a batch whose ids begin at `first`."""
        ids = range(first, first + len(batch))
        columns: list[tuple[str, list[Any]]] = [("id", list(ids))]
        for (at, source), name in zip(self._makers, self._columns, strict=True):
            columns += _vertical(source, name, [row[at] for row in batch])
        columns += [(name, [value] * len(batch)) for name, value in self._defaults.items()]
        self._write(self._kind, columns)
        self._load_customs(ids, batch)
        for name in dict.fromkeys(part.table for _, part, _ in self._parts):
            self._load_parts(name, ids, batch, take)

    def _load_customs(self, ids: range, batch: Sequence[Sequence[Any]]) -> None:
        if self._customs:
            columns: list[tuple[str, list[Any]]] = [("id", list(ids))]
            for at, name, source in self._customs:
                columns += _vertical(source, name, [row[at] for row in batch])
            self._write(f"{self._kind}_custom", columns)

    def _load_parts(
        self, name: str, ids: range, batch: Sequence[Sequence[Any]], take: Callable[[str, int], int]
    ) -> None:
        mine = [(at, part) for at, part, _ in self._parts if part.table == name]
        owner = mine[0][1].owner
        rows: list[dict[str, Any]] = []
        for record, row in zip(ids, batch, strict=True):
            rows += self._part_rows(name, record, row, mine)
        if not rows:
            return
        if name == "phone":
            for row_ in rows:
                row_["e164"] = self.phone_form(row_["number"])
        fixed = part_defaults(name)
        first = take("part", len(rows))
        columns: list[tuple[str, list[Any]]] = [("id", list(range(first, first + len(rows))))]
        names = dict.fromkeys([owner, *(key for row_ in rows[:1] for key in row_), *fixed])
        names |= dict.fromkeys(part.column for _, part in mine)
        columns += [(key, [row_.get(key, fixed.get(key)) for row_ in rows]) for key in names]
        self._write(name, columns)

    def _part_rows(
        self, name: str, record: int, row: Sequence[Any], mine: list[tuple[int, Part]]
    ) -> list[dict[str, Any]]:
        if name == "address":
            found = {part.column: row[at] for at, part in mine if row[at]}
            return [{part.column: row[at] or None for at, part in mine} | {mine[0][1].owner: record}] if found else []
        rows = []
        for at, part in mine:
            value = row[at]
            if not value:
                continue
            if part.target is not None and part.target != "tag":
                rows.append({part.owner: record, part.column: value.id if isinstance(value, Ref) else int(value)})
                continue
            texts = [value] if isinstance(value, str) else value
            for position, text in enumerate(texts):
                if part.target == "tag":
                    rows.append({part.owner: record, part.column: self.tag(text)})
                else:
                    rows.append({part.owner: record, part.column: text, "position": position})
        return rows

    def _write(self, name: str, columns: list[tuple[str, list[Any]]]) -> None:
        names = ", ".join(column for column, _ in columns)
        marks = ", ".join("?" for _ in columns)
        rows = zip(*(values for _, values in columns), strict=True)
        self._database.raw.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)


def _vertical(source: Source, name: str, values: list[Any]) -> list[tuple[str, list[Any]]]:
    """The column or columns of one field, for a whole batch; text goes as it is."""
    kind = source.field.type
    if kind is FieldType.MONEY:
        amounts = [value.minor if value is not None else None for value in values]
        currencies = [value.currency if value is not None else None for value in values]
        return [(name, amounts), (f"{name}_currency", currencies)]
    if kind.textual:
        return [(name, [value or None for value in values])]
    if kind is FieldType.CHOICE:
        return [(name, [value or None for value in values])]
    return [(name, [stored(kind, value) for value in values])]
