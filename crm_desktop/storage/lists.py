"""Lists: which records, in which order, and what is shown of them. Order is read from the list row alone."""

import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.domain.money import NO_CURRENCY
from crm_desktop.errors import UserError
from crm_desktop.storage.database import AMONG, Database, Interrupted, Stop, packed, stoppable, translated
from crm_desktop.storage.filter_sql import Compiler, Query, numbered
from crm_desktop.storage.matches import match_text
from crm_desktop.storage.sources import Source, Sources, name_of
from crm_desktop.storage.values import Reader, reader, selected


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search found."""

    kind: str
    id: int
    title: str
    detail: str


WALK = 0.06
"""Seconds for which the first rows are looked for in the order of the list."""


class Lists:
    """Asks the base for ids, rows, counts and sums by Filter; safe on any thread."""

    def __init__(self, database: Database, sources: Callable[[], Sources], clock: Clock) -> None:
        self._database = database
        self._sources = sources
        self._clock = clock

    def ids(
        self, wanted: Filter, sort: Sort | None = None, limit: int | None = None, stop: Stop | None = None
    ) -> "array[int]":
        """Ids in order, the newest first where no order is asked for; Interrupted once `stop` says so."""
        query = self._query(wanted)
        order = self._order(query, sort)
        cut = f" LIMIT {int(limit)}" if limit is not None else ""
        walk = Compiler(self._sources(), self._clock, walk=True).query(wanted) if limit is not None else query
        if walk.where != query.where:
            found = self._walk(_ids_sql(walk, order, cut), walk.values, stop)
            if found is not None:
                return found
        return self._ids(_ids_sql(query, order, cut), query.values, stop)

    def _ids(self, sql: str, values: Sequence[Any], stop: Stop | None) -> "array[int]":
        with stoppable(self._database, stop), translated(self._database.path):
            # Taken one by one: a list of a million rows is slow to free, and holds up every other thread.
            return array("q", (row[0] for row in self._database.execute_sql(sql, tuple(values))))

    def _walk(self, sql: str, values: Sequence[Any], stop: Stop | None) -> "array[int] | None":
        """The first rows found by going through the list in its order, which ends soon where many rows meet the
        condition; None where it does not, for then an index of the condition is quicker.
        """
        end = time.monotonic() + WALK
        try:
            return self._ids(sql, values, lambda: time.monotonic() > end or (stop is not None and stop()))
        except Interrupted:
            if stop is not None and stop():
                raise
            return None

    def count(self, wanted: Filter, stop: Stop | None = None) -> int:
        """How many records it means; Interrupted once `stop` says so."""
        query = self._query(wanted)
        sql = f"SELECT count(*) FROM {query.tables()} WHERE {query.where}"
        with stoppable(self._database, stop):
            return int(next(iter(self._rows(sql, query.values)))[0])

    def sum(self, wanted: Filter, name: str) -> dict[str, int]:
        """The sum of a money field by currency, in minor units."""
        return next((sums for _, _, sums in self.groups(wanted, None, name)), {})

    def groups(self, wanted: Filter, by: str | None, name: str | None = None) -> list[tuple[Any, int, dict[str, int]]]:
        """For each value of `by` (None: for all): the value, the count and the sums by currency of a money field."""
        query = self._query(wanted)
        key = _path(self._sources(), query.kind.table, by) if by else None
        keys = selected(key) if key else ["NULL"]
        own = keys if key and key.currency else keys[:1]  # the name of a linked record goes without saying
        source = query.kind.sources[name] if name else None
        amount = [source.sql, source.currency or "''"] if source else ["NULL", "NULL"]
        sql = (
            f"SELECT {', '.join(keys)}, {amount[1]}, count(*), sum({amount[0]}), count({amount[0]})"
            f" FROM {query.tables(*keys, *amount)} WHERE {query.where} GROUP BY {', '.join([*own, amount[1]])}"
        )
        read = reader(key, 0) if key else (lambda _row: None)
        found: dict[Any, tuple[int, dict[str, int]]] = {}
        for row in self._rows(sql, query.values):
            currency, number, total, valued = row[len(keys) :]
            count, sums = found.setdefault(read(row), (0, {}))
            if valued:
                sums[currency or NO_CURRENCY] = sums.get(currency or NO_CURRENCY, 0) + total
            found[read(row)] = (count + number, sums)
        return [(value, count, sums) for value, (count, sums) in found.items()]

    def parts(self, wanted: Filter, by: str, stop: Stop | None = None) -> list[tuple[Any, int]]:
        """The groups of a list grouped by a field, in their order: what each has in common, and how many it has."""
        query = self._query(wanted)
        keys = _grouping(query, by)
        sql = (
            f"SELECT min(r.id), count(*) FROM {query.tables(*keys)} WHERE {query.where}"
            f" GROUP BY {', '.join(keys)} ORDER BY {_upwards(keys)}"
        )
        with stoppable(self._database, stop):
            counted = dict(self._rows(sql, query.values))
            return [(held, counted[first]) for first, held in self.rows(wanted.kind, list(counted), (by,))]

    def rows(self, kind: str, ids: Sequence[int], fields: Sequence[str]) -> list[tuple[Any, ...]]:
        """Values of the records in the order of the ids, each led by its id; records that are gone are left out."""
        if not ids:
            return []
        sql, readers = _page(self._sources(), kind, tuple(fields))
        found = {row[0]: row for row in self._read(sql, readers, [packed(ids)])}
        return [found[i] for i in ids if i in found]

    def whole(self, kind: str, ids: Sequence[int], fields: Sequence[str]) -> list[tuple[Any, ...]]:
        """As `rows`, for records in the bin too; these have no list row, so what it keeps of them is empty."""
        known = self._sources().kinds[kind]
        own = f" LEFT JOIN {kind}_custom x ON x.id = b.id" if known.custom else ""
        tables = f"{known.table} b LEFT JOIN {known.table}_row r ON r.id = b.id{own}"
        chosen, readers = _chosen(self._sources(), kind, fields)
        sql = f"SELECT {', '.join(['b.id', *chosen])} FROM {tables} WHERE b.id {AMONG}"
        return list(self._read(sql, readers, [packed(ids)]))

    def values(self, wanted: Filter, fields: Sequence[str], sort: Sort | None = None) -> list[tuple[Any, ...]]:
        """Values of every record that a filter means, each led by its id."""
        query = self._query(wanted)
        order = self._order(query, sort)
        chosen, readers = _chosen(self._sources(), query.kind.table, fields)
        names = ", ".join(["r.id", *chosen])
        sql = f"SELECT {names} FROM {query.tables(order, *chosen)} WHERE {query.where} ORDER BY {order}"
        return list(self._read(sql, readers, query.values))

    def in_use(self, wanted: Filter, name: str, limit: int) -> list[str]:
        """The values that a text field has in the records that a filter means, the most frequent first."""
        source = self._sources().kinds[wanted.kind].sources[name]
        query = self._query(wanted)
        value, tables, part = source.sql, query.tables(source.sql), source.part
        if part is not None:
            value = name_of(part.target, f"m.{part.column}") if part.target else f"m.{part.column}"
            tables = f"{query.tables()} JOIN {part.table} m ON m.{part.owner} = r.id"
        sql = (
            f"SELECT {value} AS value, count(*) FROM {tables} WHERE {value} IS NOT NULL AND {query.where}"
            f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {int(limit)}"
        )
        return [str(row[0]) for row in self._rows(sql, query.values)]

    def search(self, text: str, kinds: Iterable[str], limit: int) -> list[Hit]:
        """Records of each kind whose words begin with those of the text, the newest first."""
        match = match_text(text)
        if match is None:
            return []
        found: list[Hit] = []
        for kind in kinds:
            sql = f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ? ORDER BY rowid DESC LIMIT {int(limit)}"
            ids = [row[0] for row in self._rows(sql, [match])]
            found += self.hits(kind, ids)
        return found

    def hits(self, kind: str, ids: Sequence[int]) -> list[Hit]:
        """Records as a search shows them, in the order of the ids."""
        found = self.rows(kind, ids, ["name", self._sources().kinds[kind].detail])
        return [Hit(kind, record, str(title or ""), "" if more is None else str(more)) for record, title, more in found]

    def _query(self, wanted: Filter) -> Query:
        return Compiler(self._sources(), self._clock).query(wanted)

    def _read(self, sql: str, readers: Sequence[Reader], values: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        for row in self._rows(sql, values):
            yield (row[0], *(read(row) for read in readers))

    def _order(self, query: Query, sort: Sort | None) -> str:
        if sort is None:
            return "r.id DESC"
        way = "DESC" if sort.descending else "ASC"
        orders = [_upwards(_grouping(query, sort.group))] if sort.group is not None else []
        if sort.field != sort.group:
            orders.append(f"{_ordering(query, sort.field)} {way} NULLS LAST")
        return ", ".join([*orders, f"r.id {way}"])

    def _rows(self, sql: str, values: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        with translated(self._database.path):
            found: list[tuple[Any, ...]] = self._database.execute_sql(sql, tuple(values)).fetchall()
        return found


def _ordering(query: Query, name: str) -> str:
    """The SQL by whose values records are ordered by a field."""
    source = query.kind.sources.get(name)
    if source is None or source.order is None:
        raise UserError(f"Lists of {query.kind.kind.plural} cannot be ordered by “{name}”.")
    return source.order


def _grouping(query: Query, name: str) -> list[str]:
    """The SQL whose values a group has in common; those that a list is ordered by have an index.

    Equal numbers of two currencies are two groups.
    """
    source = query.kind.sources.get(name)
    if source is None or not source.field.groupable:
        raise UserError(f"Lists of {query.kind.kind.plural} cannot be grouped by “{name}”.")
    key = source.order or source.name or source.sql
    return [key] if source.currency is None else [key, source.currency]


def _upwards(keys: Sequence[str]) -> str:
    return ", ".join(f"{key} ASC NULLS LAST" for key in keys)


def _ids_sql(query: Query, order: str, cut: str) -> str:
    return f"SELECT r.id FROM {query.tables(order)} WHERE {query.where} ORDER BY {order}{cut}"


@lru_cache(maxsize=128)
def _page(sources: Sources, kind: str, fields: tuple[str, ...]) -> tuple[str, list[Reader]]:
    """The SQL that reads fields of records by their ids, and what makes their values of it."""
    query = Query(sources.kinds[sources.catalogue.kind(kind).name])
    chosen, readers = _chosen(sources, query.kind.table, fields)
    names = ", ".join(["r.id", *chosen])
    return f"SELECT {names} FROM {query.tables(*chosen)} WHERE {query.key(*chosen)} {AMONG}", readers


def _chosen(sources: Sources, kind: str, fields: Sequence[str]) -> tuple[list[str], list[Reader]]:
    """The SQL that reads fields after the id, and what makes their values of it."""
    chosen: list[str] = []
    readers = []
    for name in fields:
        source = _path(sources, kind, name)
        readers.append(reader(source, len(chosen) + 1))
        chosen += selected(source)
    return chosen, readers


def _path(sources: Sources, kind: str, path: str, depth: int = 1) -> Source:
    """The source at the end of a path; over a link it reads the linked record, whose names get a number."""
    field = sources.catalogue.field(kind, path)
    first, _, rest = path.partition(".")
    source = sources.of(kind, first)
    if not rest:
        return source
    target = source.field.target or ""
    inner = _path(sources, target, rest, depth + 1)
    n = f"{depth}"
    rows = f"{target}_row r{n} JOIN {target} b{n} ON b{n}.id = r{n}.id"
    if sources.kinds[target].custom:
        rows += f" LEFT JOIN {target}_custom x{n} ON x{n}.id = r{n}.id"
    over = [f"(SELECT {numbered(sql, depth)} FROM {rows} WHERE r{n}.id = {source.sql})" for sql in selected(inner)]
    currency = over[1] if inner.currency is not None else None
    name = over[1] if inner.name is not None else None
    return Source(field, over[0], currency=currency, name=name)
