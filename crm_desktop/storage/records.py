"""Writing records: each field goes to its column, its part or the user's values; always inside an action."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import apsw
import peewee as pw

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.folding import fold
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.storage.contact_rows import BY_TEXT, ContactRows
from crm_desktop.storage.database import AMONG, Database, packed
from crm_desktop.storage.loading import Helpers, Loader, defaults
from crm_desktop.storage.sources import Part, Source, Sources
from crm_desktop.storage.touch import WORK
from crm_desktop.storage.values import in_column

BATCH = 10_000


class Records:
    """Writes records of any kind. `take` gives the first of so many new ids of a scope ("record" or "part")."""

    def __init__(self, database: Database, sources: Callable[[], Sources], take: Callable[[str, int], int]) -> None:
        self._database = database
        self._sources = sources
        self._take = take
        self.contacts = ContactRows(database, take)

    def insert(self, kind: str, values: Mapping[str, Any]) -> int:
        """One new record; answers its id. UserError where the base refuses it."""
        return self.insert_many(kind, list(values), [list(values.values())])[0][0]

    def insert_many(self, kind: str, fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[tuple[int, int]]:
        """Many new records of the same fields; answers the ranges of their ids, in the order of the rows.

        UserError where the base refuses one of them.
        """
        loader, iterator, spans = self._loader(kind), iter(rows), []
        while batch := list(islice(iterator, BATCH)):
            with _refusing(kind):
                columns = dict(zip(fields, zip(*batch, strict=True), strict=True))
                spans.append(self._load(loader, kind, columns, len(batch)))
        return spans

    def insert_columns(self, kind: str, values: Mapping[str, Sequence[Any]], count: int) -> tuple[int, int]:
        """Many new records from columns of values by field; answers the range of their ids."""
        return self._load(self._loader(kind), kind, values, count)

    def _load(self, loader: Loader, kind: str, values: Mapping[str, Sequence[Any]], count: int) -> tuple[int, int]:
        first = self._take("record", count)
        loader.load(first, values, count)
        span = first, first + count - 1
        self._flag(kind, values, span)
        self._concern(kind, span)
        return span

    def _concern(self, kind: str, span: tuple[int, int]) -> None:
        """New work with a person or on a deal is the company's too, which they belong to on that day."""
        if kind not in WORK:
            return
        about = self._about(kind, "BETWEEN ? AND ?", span)
        found = [(record, company) for record, company, said in about if company is not None and said is None]
        if found:
            first = self._take("part", len(found))
            rows = ((number, *row) for number, row in enumerate(found, first))
            insert = f"INSERT INTO {kind}_link (id, {kind}_id, company_id) VALUES (?, ?, ?)"
            self._database.raw.executemany(insert, rows)

    @contextmanager
    def _concerning(self, kind: str, ids: Sequence[int], fields: Iterable[str]) -> Iterator[None]:
        """Work whose person or deal changes inside is their company's, if they have one, unless another was said."""
        told = set(fields)
        if kind not in WORK or told.isdisjoint(("person", "deal")) or "company" in told:
            yield
            return
        among = AMONG, (packed(ids),)
        before = {record: company for record, company, _ in self._about(kind, *among)}
        yield
        link = self._sources().kinds[kind].sources["company"]
        for record, company, said in self._about(kind, *among):
            if company != said and said in (None, before.get(record)):
                self._set_part(link, [record], company)

    def _about(self, kind: str, where: str, values: Sequence[Any]) -> list[tuple[int, int | None, int | None]]:
        """Work with a person or on a deal: the company of the deal, else of the person, and the one it is linked to."""
        sql = (
            f"SELECT l.{kind}_id, coalesce(max(d.company_id), max(p.company_id)), max(l.company_id) FROM {kind}_link l"
            " LEFT JOIN deal d ON d.id = l.deal_id LEFT JOIN person p ON p.id = l.person_id"
            f" WHERE l.{kind}_id {where} GROUP BY 1 HAVING count(l.deal_id) + count(l.person_id)"
        )
        return list(self._database.execute_sql(sql, values).fetchall())

    def _flag(self, kind: str, fields: Iterable[str], span: tuple[int, int]) -> None:
        """An address that is bad elsewhere is bad on new records too."""
        for way in BY_TEXT.intersection(fields):
            self.contacts.spread(way, kind, span)

    def _loader(self, kind: str) -> Loader:
        sources = self._sources().kinds[kind].sources
        return Loader(self._database, sources, kind, Helpers(self._take, self.tags))

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside, in the middle of an action, is kept only where no error ends it."""
        with self._database.atomic():
            yield

    def update(self, kind: str, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Sets the same values on records, a multi field as a whole; UserError where the base refuses it."""
        with _refusing(kind), self._concerning(kind, ids, values):
            self._update(kind, ids, values)

    def _update(self, kind: str, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        sources = self._sources().kinds[kind].sources
        columns: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for name, value in values.items():
            source = sources[name]
            if source.part is not None:
                self._set_part(source, ids, value)
            elif source.custom is not None:
                own |= _columns(source, source.custom, value)
            elif source.column is not None:
                columns |= _columns(source, source.column, value)
        self.set_columns(kind, ids, columns)
        if own:
            self._begin_own(kind, ids)
            self.set_columns(f"{kind}_custom", ids, own)

    def update_each(self, kind: str, rows: Mapping[int, Mapping[str, Any]]) -> None:
        """Sets values of its own on each record, all or none; UserError where the base refuses one of them."""
        shapes: dict[tuple[str, ...], list[int]] = {}
        for record, values in rows.items():
            shapes.setdefault(tuple(values), []).append(record)
        with _refusing(kind), self.together():
            for fields, ids in shapes.items():
                columns = list(zip(*([rows[record][name] for name in fields] for record in ids), strict=True))
                with self._concerning(kind, ids, fields):
                    self._update_each(kind, ids, dict(zip(fields, columns, strict=True)))

    def _update_each(self, kind: str, ids: Sequence[int], values: Mapping[str, Sequence[Any]]) -> None:
        sources = self._sources().kinds[kind].sources
        columns: dict[str, list[Any]] = {}
        own: dict[str, list[Any]] = {}
        for name, column in values.items():
            source = sources[name]
            if source.part is not None:
                for record, value in zip(ids, column, strict=True):
                    self._set_part(source, [record], value)
            elif source.custom is not None:
                own |= _many_columns(source, source.custom, column)
            elif source.column is not None:
                columns |= _many_columns(source, source.column, column)
        self._write_each(kind, ids, columns)
        if own:
            self._begin_own(kind, ids)
            self._write_each(f"{kind}_custom", ids, own)

    def _begin_own(self, kind: str, ids: Sequence[int]) -> None:
        """The user's own values lie in a row that comes with the first of them."""
        self._database.raw.executemany(f"INSERT OR IGNORE INTO {kind}_custom (id) VALUES (?)", ((i,) for i in ids))

    def _write_each(self, name: str, ids: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> None:
        if columns:
            sets = ", ".join(f"{column} = ?" for column in columns)
            rows = zip(*columns.values(), ids, strict=True)
            self._database.raw.executemany(f"UPDATE {name} SET {sets} WHERE id = ?", rows)

    def set_columns(self, name: str, ids: Sequence[int], columns: Mapping[str, Any]) -> None:
        """Sets columns of a table for many ids."""
        if not columns:
            return
        sets = ", ".join(f"{column} = ?" for column in columns)
        for start in range(0, len(ids), BATCH):
            listed = packed(ids[start : start + BATCH])
            self._database.execute_sql(f"UPDATE {name} SET {sets} WHERE id {AMONG}", (*columns.values(), listed))

    def delete(self, kind: str, ids: Sequence[int], stamp: str) -> None:
        """Puts records in the bin; a tag is taken off what bears it."""
        if kind == "tag":
            self._database.execute_sql(f"DELETE FROM tag_link WHERE tag_id {AMONG}", (packed(ids),))
        self.set_columns(kind, ids, {"deleted_at": stamp})

    def restore(self, kind: str, ids: Sequence[int]) -> None:
        """Takes records out of the bin, each on its own again; UserError where another one of its source came anew."""
        known = self._sources().kinds[kind].sources
        if "source_id" in known:
            listed = packed(ids)
            taken = self._database.execute_sql(
                f"SELECT gone.source_id FROM {kind} gone JOIN {kind} new ON new.source_id = gone.source_id"
                " AND new.source_system IS gone.source_system AND new.id <> gone.id AND new.deleted_at IS NULL"
                f" WHERE gone.id {AMONG} UNION ALL SELECT source_id FROM {kind} WHERE id {AMONG}"
                " AND source_id IS NOT NULL GROUP BY source_system, source_id HAVING count(*) > 1 LIMIT 1",
                (listed, listed),
            ).fetchone()
            if taken:
                raise UserError(f"Number {taken[0]} of its source came in anew since; delete that {kind} first.")
        apart = {"merged_into_id": None} if "merged_into" in known else {}
        self.set_columns(kind, ids, {"deleted_at": None, **apart})

    def in_bin(self, kind: str, ids: Sequence[int]) -> list[int]:
        """Those of the records that are in the bin."""
        sql = f"SELECT id FROM {kind} WHERE deleted_at IS NOT NULL AND id {AMONG} ORDER BY id"
        return [row[0] for row in self._database.execute_sql(sql, (packed(ids),)).fetchall()]

    def naming(self, kind: str, field: str, record: int) -> list[int]:
        """The records of a kind that name another one in a field, those in the bin too."""
        sql = f"SELECT id FROM {kind} WHERE {self._sources().kinds[kind].sources[field].column} = ?"
        return [row[0] for row in self._database.execute_sql(sql, (record,)).fetchall()]

    def tags(self, names: Iterable[str]) -> dict[str, int]:
        """The ids of tags by their folded names; those that are missing are made."""
        wanted: dict[str, str] = {}
        for name in map(str.strip, names):
            if name:
                wanted.setdefault(fold(name), name)
        sql = f"SELECT fold(name) AS folded, min(id) FROM tag WHERE folded {AMONG} AND deleted_at IS NULL GROUP BY 1"
        found: dict[str, int] = dict(self._database.execute_sql(sql, (packed(wanted),)).fetchall())
        new = {folded: name for folded, name in wanted.items() if folded not in found}
        if new:
            first, _ = self.insert_columns("tag", {"name": list(new.values())}, len(new))
            found |= zip(new, range(first, first + len(new)), strict=True)
        return {folded: found[folded] for folded in wanted}

    def _set_part(self, source: Source, ids: Sequence[int], value: Any) -> None:
        part = source.part
        assert part is not None
        if part.target == "tag":
            self._retag(part, ids, (value,) if isinstance(value, str) else value or ())
            return
        for record in ids:
            if part.target is not None:
                self._relink(part, record, value)
            elif source.field.multi:
                texts = [value] if isinstance(value, str) else value or ()
                self.contacts.replace(part.table, part.owner.removesuffix("_id"), record, texts)
            else:
                self._set_address(part, record, value)

    def _relink(self, part: Part, record: int, value: Any) -> None:
        self._database.execute_sql(
            f"DELETE FROM {part.table} WHERE {part.owner} = ? AND {part.column} IS NOT NULL", (record,)
        )
        if value is not None:
            linked = value.id if isinstance(value, Ref) else int(value)
            self._insert_part(part.table, {part.owner: record, part.column: linked})

    def _retag(self, part: Part, ids: Sequence[int], names: Iterable[str]) -> None:
        """Takes tags off records and puts others on; those that stay keep their rows."""
        wanted = list(self.tags(names).values())
        among = f"FROM {part.table} WHERE {part.owner} {AMONG}"
        gone = f"DELETE {among} AND {part.column} NOT {AMONG}"
        self._database.execute_sql(gone, (packed(ids), packed(wanted)))
        kept = self._database.execute_sql(f"SELECT {part.owner}, {part.column} {among}", (packed(ids),)).fetchall()
        there = set(kept)
        new = [(record, tag) for record in ids for tag in wanted if (record, tag) not in there]
        if new:
            first = self._take("part", len(new))
            rows = ((number, *row) for number, row in enumerate(new, first))
            sql = f"INSERT INTO {part.table} (id, {part.owner}, {part.column}) VALUES (?, ?, ?)"
            self._database.raw.executemany(sql, rows)

    def _set_address(self, part: Part, record: int, value: Any) -> None:
        sql = f"SELECT id FROM address WHERE {part.owner} = ? ORDER BY position, id LIMIT 1"
        found = self._database.execute_sql(sql, (record,)).fetchone()
        text = value or None
        if found:
            self.set_columns("address", [found[0]], {part.column: text})
        elif text:
            self._insert_part("address", {part.owner: record, part.column: text, "position": 0})

    def _insert_part(self, name: str, values: dict[str, Any]) -> None:
        row = defaults(name) | values
        marks = ", ".join("?" for _ in row)
        self._database.execute_sql(
            f"INSERT INTO {name} (id, {', '.join(row)}) VALUES (?, {marks})", (self._take("part", 1), *row.values())
        )


@contextmanager
def _refusing(kind: str) -> Iterator[None]:
    """What the base holds to is told in a sentence."""
    try:
        yield
    except (apsw.ConstraintError, pw.IntegrityError) as error:
        raise UserError(_refusal(kind, str(error))) from error


def _refusal(kind: str, said: str) -> str:
    rule, _, what = said.partition(" constraint failed")
    match rule:
        case "UNIQUE":
            return f"Another {kind} has this number of its source already."
        case "NOT NULL":
            return f"“{_plain(what.rpartition('.')[2])}” cannot be empty."
        case "FOREIGN KEY":
            return f"This {kind} would name a record that is not there."
    if "IS NOT NULL" in what:
        return f"A {kind} belongs to exactly one company or person."
    return _beyond(what.removeprefix(": "))


def _beyond(check: str) -> str:
    """What a field can hold, told from its CHECK: `score BETWEEN 0 AND 100`, `outcome IN ('positive', …)`."""
    column, how, allowed = check.split(maxsplit=2)
    if how == "BETWEEN":
        return f"“{_plain(column)}” takes a number from {allowed.replace(' AND ', ' to ')}."
    codes = allowed.strip("()").replace("'", "").replace("_", " ")
    return f"“{_plain(column)}” takes one of these: {codes}."


def _plain(column: str) -> str:
    """A column in words; what it is called in the window only the services know."""
    return column.removesuffix("_id").replace("_", " ").capitalize()


def _columns(source: Source, column: str, value: Any) -> dict[str, Any]:
    found = {column: in_column(source.field, value)}
    if source.field.type is FieldType.MONEY:
        found[f"{column}_currency"] = value.currency if isinstance(value, Money) else None
    return found


def _many_columns(source: Source, column: str, values: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for value in values:
        for name, held in _columns(source, column, value).items():
            found.setdefault(name, []).append(held)
    return found
