"""Filter to SQL: one query for the ids of the records that a filter means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from crm_desktop.domain import filter as f
from crm_desktop.domain.catalogue import FieldType, UnknownName
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.folding import looks_like_number, number_digits
from crm_desktop.domain.money import Money
from crm_desktop.domain.spellings import numbers
from crm_desktop.errors import UserError
from crm_desktop.storage.anniversaries import over_new_year
from crm_desktop.storage.comparing import Comparing, decimal, holds, number, sign
from crm_desktop.storage.database import AMONG, packed
from crm_desktop.storage.matches import match_text, match_whole
from crm_desktop.storage.sources import PLACED, KindSources, Path, Source, Sources, name_of

_ALIAS = re.compile(r"\b([brx])\.")
_ROW = re.compile(r"\br\.(?!id\b)(\w+)")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_SUMMED = (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY)
_ALL_BELOW = (f.Op.LESS, f.Op.AT_MOST, f.Op.IS_NOT)


@dataclass(slots=True)
class Query:
    """The pieces of a query over the list row `r` of a kind: condition, its values, and which tables it reads."""

    kind: KindSources
    where: str = "1"
    values: list[Any] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)

    def tables(self, *more: str) -> str:
        """FROM: the list row with what is read beside it."""
        reads, name = self._read(more), self.kind.table
        joins = f" JOIN {name} b ON b.id = r.id" if "b" in reads else ""
        return f"{name}_row r{joins}" + (f" LEFT JOIN {name}_custom x ON x.id = r.id" if "x" in reads else "")

    def key(self, *more: str) -> str:
        """The id by which a few records are looked up: their own where they are read, since of a view all records
        would be made to look for one of another table.
        """
        return "b.id" if "b" in self._read(more) else "r.id"

    def _read(self, more: Iterable[str]) -> set[str]:
        return self.reads | {alias for sql in more for alias in _ALIAS.findall(sql)}


class Compiler:
    """Turns a filter into a query; a name that is none or a value that does not fit is a UserError.

    With `walk` the query looks at one record after the other in the order of the list: soon done where many meet the
    condition. Without, SQLite makes the sets of related records first and goes by indexes of the condition.
    """

    def __init__(self, sources: Sources, clock: Clock, depth: int = 0, *, walk: bool = False) -> None:
        self._sources = sources
        self._clock = clock
        self._walk = walk
        self._depth = depth
        self._against = Comparing(clock)

    def query(self, wanted: f.Filter) -> Query:
        """The query of a filter."""
        kind = self._kind(wanted.kind)
        self._against = Comparing(self._clock)
        where = self._node(kind, wanted.absolute(self._clock.today(), self._clock.week_start()).where)
        where = _ROW.sub(r"+r.\1", where) if self._walk else where
        return Query(kind, where, self._against.values, set(_ALIAS.findall(where)))

    def _kind(self, name: str) -> KindSources:
        return self._sources.kinds[self._sources.catalogue.kind(name).name]

    def _node(self, kind: KindSources, node: f.Node) -> str:
        match node:
            case f.All():
                parts = over_new_year(self._sources.catalogue, kind.kind.name, node.parts)
                return _joined("AND", [self._node(kind, part) for part in parts]) or "1"
            case f.Either():
                return _joined("OR", [self._node(kind, part) for part in node.parts]) or "0"
            case f.Not():
                return f"({self._node(kind, node.part)}) IS NOT TRUE"
            case f.Words():
                return self._searched(kind, match_text(node.text)) or "1"
            case f.Exists():
                return self._within(self._related(self._path(kind, node.relation), node.where))
            case f.Total():
                return self._total(kind, node)
            case f.Compare():
                return self._compare(kind, node)

    def _searched(self, kind: KindSources, match: str | None) -> str:
        """The record is found by words; nothing where there is none to look for."""
        if match is None:
            return ""
        self._against.values.append(match)
        return f"{self._alias('r')}.id IN (SELECT rowid FROM {kind.table}_search WHERE {kind.table}_search MATCH ?)"

    def _path(self, kind: KindSources, name: str) -> Path:
        path = kind.paths.get(name)
        if path is None:
            raise UnknownName(f"A {kind.kind.name} has no “{name}”.")
        return path

    def _related(self, path: Path, where: f.Node, *more: str) -> str:
        """SELECT of whose the related records are that meet a condition, as `o`, and of more of them.

        Unless they walk it looks at nothing of the record at hand, so that SQLite makes the set once for all records.
        Inner names get a number more than outer ones, so that SQL of any depth keeps them apart.
        """
        other = self._sources.kinds[path.relation.kind]
        inner = Compiler(self._sources, self._clock, self._depth + 1, walk=self._walk)
        condition = inner._node(other, where)
        n = inner._depth
        selects = []
        for owner in path.owners:
            owned = owner.replace(".", f"{n}.")
            whose = f"{owned} = {self._alias('r')}.id" if self._walk else f"{owned} IS NOT NULL"
            what = ", ".join([f"{owned} AS o", *(numbered(sql, n) for sql in more)])
            rows = _rows(other, path.through, f"{what} {condition}", n)
            selects.append(f"SELECT {what} FROM {rows} WHERE {whose} AND ({condition})")
            self._against.values += inner._against.values
        return " UNION ALL ".join(selects)

    def _within(self, owners: str) -> str:
        """The record at hand is among the owners."""
        return f"{self._alias('r')}.id IN ({owners})"

    def _alias(self, letter: str) -> str:
        return f"{letter}{self._depth}" if self._depth else letter

    def _sql(self, sql: str) -> str:
        return numbered(sql, self._depth) if self._depth else sql

    def _total(self, kind: KindSources, node: f.Total) -> str:
        path = self._path(kind, node.relation)
        if node.of is None:
            return self._held(self._related(path, node.where), "count(*)", node.op, decimal(node.relation, node.value))
        source = self._source(self._sources.kinds[path.relation.kind], node.of)
        if source.field.type not in _SUMMED:
            raise UserError(f"“{node.of}” is no number, so it has no sum.")
        if source.field.type is FieldType.MONEY and not isinstance(node.value, Money):
            return self._any_sum(path, source, node)
        what, value = source.sql, node.value
        if isinstance(value, Money):
            if not _CURRENCY.fullmatch(value.currency):
                raise UserError(f"“{value.currency}” is no currency.")
            what, value = f"CASE WHEN {source.currency} = '{value.currency}' THEN {what} END", value.minor
        owned = self._related(path, node.where, f"{what} AS v")
        return self._held(owned, "coalesce(sum(v), 0)", node.op, decimal(node.of, value))

    def _held(self, owned: str, what: str, op: f.Op, value: Decimal) -> str:
        """A number of the related records held against a value; who has none has 0 of them."""
        self._against.values.append(float(value))
        if not holds(op, value):
            return self._within(f"SELECT o FROM ({owned}) GROUP BY o HAVING {what} {sign(op)} ?")
        return f"NOT {self._within(f'SELECT o FROM ({owned}) GROUP BY o HAVING NOT ({what} {sign(op)} ?)')}"

    def _any_sum(self, path: Path, source: Source, node: f.Total) -> str:
        """An amount without a currency against the sum of each: one must be more, or all be less."""
        amount = decimal(source.field.name, node.value)
        columns = (f"{source.sql} AS v", f"{source.currency} AS c")
        all_of_them = node.op in _ALL_BELOW
        sums = f"SELECT o FROM ({self._related(path, node.where, *columns)}) GROUP BY o, c HAVING sum(v) IS NOT NULL"
        held = self._against.minor("sum(v)", "c", node.op, amount)
        found = self._within(f"{sums} AND {'NOT ' if all_of_them else ''}({held})")
        found = f"NOT {found}" if all_of_them else found
        if holds(node.op, amount) is all_of_them:
            return found
        # Who has no amounts at all has a sum of 0.
        has = self._within(f"SELECT o FROM ({self._related(path, node.where, *columns)}) WHERE v IS NOT NULL")
        return f"({found} AND {has})" if all_of_them else f"({found} OR NOT {has})"

    def _source(self, kind: KindSources, name: str) -> Source:
        source = kind.sources.get(name)
        if source is None:
            raise UnknownName(f"A {kind.kind.name} has no field “{name}”.")
        return source

    def _compare(self, kind: KindSources, node: f.Compare) -> str:
        if node.op is f.Op.IS_NOT:
            return self._node(kind, f.Not(replace(node, op=f.Op.IS)))
        if node.path == f.ID:
            return self._chosen(node.op, node.value)
        first, _, rest = node.path.partition(".")
        source = self._source(kind, first)
        if rest and node.op is f.Op.EMPTY and node.value:
            # Where a link leads nowhere there is no value either.
            return self._node(kind, f.Not(replace(node, value=False)))
        if rest:
            return self._through(kind, source, replace(node, path=rest))
        if node.op is f.Op.EMPTY:
            return self._empty(source, wanted=bool(node.value))
        if node.op is f.Op.ANY_OF:
            values = node.value if isinstance(node.value, tuple) else (node.value,)
            ids = [value for value in values if type(value) is int]
            if source.field.type is FieldType.LINK and len(ids) == len(values):
                return self._linked(source, AMONG, packed(map(number, ids)))
            return self._whole(kind, source, values)
        if node.op is f.Op.IS:
            return self._whole(kind, source, (node.value,))
        return self._condition(source, node.op, node.value)

    def _whole(self, kind: KindSources, source: Source, values: Sequence[f.Value]) -> str:
        """The field is one of the values, which is looked for among what the search finds by the words of them."""
        likely = self._searched(kind, match_whole(source, values))
        found = _joined("OR", [self._condition(source, f.Op.IS, value) for value in values]) or "0"
        return f"{likely} AND ({found})" if likely else found

    def _chosen(self, op: f.Op, value: f.Value) -> str:
        """Records picked one by one."""
        if op not in (f.Op.IS, f.Op.ANY_OF):
            raise UserError("A record has the number that is asked for or another one; “id” takes = and != alone.")
        ids = [number(each) for each in (value if isinstance(value, tuple) else (value,))]
        if len(ids) == 1:  # so that SQLite looks for this one also where it reads a view
            self._against.values.append(ids[0])
            return f"{self._alias('r')}.id = ?"
        self._against.values.append(packed(ids))
        return f"{self._alias('r')}.id {AMONG}"

    def _through(self, kind: KindSources, source: Source, rest: f.Compare) -> str:
        if source.field.target is None:
            raise UnknownName(f"“{source.field.name}” of a {kind.kind.name} does not lead to another record.")
        query = Compiler(self._sources, self._clock).query(f.Filter(source.field.target, rest))
        self._against.values += query.values
        return f"{self._sql(source.sql)} IN (SELECT r.id FROM {query.tables()} WHERE {query.where})"

    def _empty(self, source: Source, *, wanted: bool) -> str:
        sql = self._sql(source.sql)
        empty = f"coalesce({sql}, '') = ''" if source.field.type.textual or source.field.multi else f"{sql} IS NULL"
        return empty if wanted else f"NOT ({empty})"

    def _condition(self, source: Source, op: f.Op, value: f.Value) -> str:
        """One value against one field."""
        if isinstance(value, tuple):
            raise UserError("Several values need “any of”.")
        if source.field.multi:
            return self._multi(source, op, value)
        type_ = source.field.type
        if type_ is FieldType.LINK:
            return self._link(source, op, value)
        if type_.textual:
            return self._against.text(self._folded(source), op, str(value))
        if type_ is FieldType.MONEY:
            currency = self._sql(source.currency or "''")
            return self._against.money(source._replace(sql=self._sql(source.sql), currency=currency), op, value)
        if type_ is FieldType.ANNIVERSARY:
            return self._against.anniversary(source._replace(sql=self._sql(source.sql)), op, value)
        return self._against.plain(source._replace(sql=self._sql(source.compared)), op, value)

    def _folded(self, source: Source) -> str:
        return self._sql(source.order or f"fold({source.name or source.sql})")

    def _multi(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        part = source.part
        if part is None:
            return self._against.one_of(f"fold({self._sql(source.sql)})", op, str(value))
        column = f"m.{part.column}"
        own = f"fold({name_of(part.target, column) if part.target else column})"
        if source.field.type is FieldType.PHONE and looks_like_number(str(value)):
            # A part of a number is sought without what is dialled before it from elsewhere or from the next town.
            digits = numbers(str(value))[-1] if op is f.Op.CONTAINS else number_digits(str(value))
            own, value = f"digits(m.{part.column})", digits
        return part.matching(self._against.text(own, op, str(value)), f"{self._alias('r')}.id")

    def _link(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            if op is not f.Op.IS:
                raise UserError(f"“{source.field.name}” leads to a record by its number or to another one.")
            return self._linked(source, "= ?", number(value))
        if source.part is not None:
            return self._multi(source, op, value)
        placed = PLACED.get(source.field.target or "")
        if placed is None or source.order is None:
            return self._against.text(self._folded(source), op, str(value))
        named = self._against.text("fold(n.name)", op, str(value))
        return f"{self._sql(source.order)} IN (SELECT {placed.place} FROM {placed.tables} WHERE {named})"

    def _linked(self, source: Source, which: str, value: int | str) -> str:
        """The link leads to one of some records, of which there may be very many."""
        self._against.values.append(value)
        part = source.part
        if part is None:
            return f"{self._sql(source.sql)} {which}"
        linked = f"SELECT m.{part.owner} FROM {part.table} m WHERE m.{part.column} {which}"
        return f"{self._alias('r')}.id IN ({linked})"


def _rows(kind: KindSources, through: str | None, used: str, n: int) -> str:
    """FROM: the living records of a kind with what is used of them."""
    name = kind.table
    rows = f"{name}_row r{n}"
    if through:
        rows += f" JOIN {through} l{n} ON l{n}.{name}_id = r{n}.id"
    if f"b{n}." in used:
        rows += f" JOIN {name} b{n} ON b{n}.id = r{n}.id"
    return rows + (f" LEFT JOIN {name}_custom x{n} ON x{n}.id = r{n}.id" if f"x{n}." in used else "")


def _joined(word: str, conditions: Sequence[str]) -> str:
    """Conditions joined as a tree of little depth, for SQLite refuses a chain of a thousand."""
    if len(conditions) <= 2:
        return f" {word} ".join(f"({condition})" for condition in conditions)
    half = len(conditions) // 2
    return f"({_joined(word, conditions[:half])}) {word} ({_joined(word, conditions[half:])})"


def numbered(sql: str, n: int) -> str:
    """SQL whose own names get a number, to stand inside a query that has names of the same letters."""
    return re.sub(r"\b([brx])\.", rf"\g<1>{n}.", sql)
