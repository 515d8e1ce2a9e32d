"""Filter to SQL: one query for the ids of the records that a filter means."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crm_desktop.domain import filter as f
from crm_desktop.domain.catalogue import FieldType, UnknownName
from crm_desktop.domain.clock import stamp
from crm_desktop.domain.folding import fold, looks_like_number, number_digits, words
from crm_desktop.domain.money import NO_CURRENCY, NO_MINOR, THREE_DIGITS, Money
from crm_desktop.errors import UserError
from crm_desktop.storage.sources import KindSources, Source, Sources

_SIGN = {
    f.Op.IS: "=", f.Op.LESS: "<", f.Op.AT_MOST: "<=", f.Op.MORE: ">", f.Op.AT_LEAST: ">=",
}  # fmt: skip
_ALIAS = re.compile(r"\b([brx])\.")


@dataclass(slots=True)
class Query:
    """The pieces of a query over the list row `r` of a kind: condition, its values, and which tables it reads."""

    kind: KindSources
    where: str = "1"
    values: list[Any] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)

    def tables(self, *more: str) -> str:
        """FROM: the list row with what is read beside it."""
        reads = self.reads | {alias for sql in more for alias in _ALIAS.findall(sql)}
        name = self.kind.table
        joins = f" JOIN {name} b ON b.id = r.id" if "b" in reads else ""
        return f"{name}_row r{joins}" + (f" LEFT JOIN {name}_custom x ON x.id = r.id" if "x" in reads else "")


class Compiler:
    """Turns a filter into a query; a name that is none or a value that does not fit is a UserError."""

    def __init__(self, sources: Sources, today: date) -> None:
        self._sources = sources
        self._today = today
        self._values: list[Any] = []
        self._depth = 0

    def query(self, wanted: f.Filter) -> Query:
        """The query of a filter."""
        kind = self._kind(wanted.kind)
        self._values = []
        where = self._node(kind, wanted.absolute(self._today).where)
        return Query(kind, where, self._values, set(_ALIAS.findall(where)))

    def _kind(self, name: str) -> KindSources:
        return self._sources.kinds[self._sources.catalogue.kind(name).name]

    def _node(self, kind: KindSources, node: f.Node) -> str:
        match node:
            case f.All():
                return " AND ".join(f"({self._node(kind, part)})" for part in node.parts) or "1"
            case f.Either():
                return " OR ".join(f"({self._node(kind, part)})" for part in node.parts) or "0"
            case f.Not():
                return f"({self._node(kind, node.part)}) IS NOT TRUE"
            case f.Words():
                return self._words(kind, node.text)
            case f.Exists():
                return f"EXISTS ({self._related(kind, node.relation, node.where, '1')})"
            case f.Total():
                return self._total(kind, node)
            case f.Compare():
                return self._compare(kind, node)

    def _words(self, kind: KindSources, text: str) -> str:
        match = match_text(text)
        if match is None:
            return "1"
        self._values.append(match)
        return f"r.id IN (SELECT rowid FROM {kind.table}_search WHERE {kind.table}_search MATCH ?)"

    def _related(self, kind: KindSources, name: str, where: f.Node, what: str) -> str:
        """SELECT over the related records that meet a condition, tied to the record at hand.

        Inner names get a number more than outer ones, so that SQL of any depth keeps them apart.
        """
        path = kind.paths.get(name)
        if path is None:
            raise UnknownName(f"A {kind.kind.name} has no “{name}”.")
        other = self._sources.kinds[path.relation.kind]
        inner = Compiler(self._sources, self._today)
        inner._depth = self._depth + 1
        condition = inner._node(other, where)
        self._values += inner._values
        n = inner._depth
        through = f"{path.through} l{n} JOIN " if path.through else ""
        rows = f"{through}{other.table}_row r{n} JOIN {other.table} b{n} ON b{n}.id = r{n}.id"
        rows += f" LEFT JOIN {other.table}_custom x{n} ON x{n}.id = r{n}.id" if other.custom else ""
        join = path.join.replace("b1.", f"b{n}.").replace("l1.", f"l{n}.")
        join = re.sub(r"\br\.", f"{self._alias('r')}.", join)
        return f"SELECT {numbered(what, n)} FROM {rows} WHERE {join} AND ({condition})"

    def _alias(self, letter: str) -> str:
        return f"{letter}{self._depth}" if self._depth else letter

    def _sql(self, sql: str) -> str:
        return numbered(sql, self._depth) if self._depth else sql

    def _total(self, kind: KindSources, node: f.Total) -> str:
        path = kind.paths.get(node.relation)
        if path is None:
            raise UnknownName(f"A {kind.kind.name} has no “{node.relation}”.")
        value: Any = node.value
        what = "count(*)"
        if node.of is not None:
            source = self._source(self._sources.kinds[path.relation.kind], node.of)
            what = f"coalesce(sum({source.sql}), 0)"
            if source.field.type is FieldType.MONEY:
                value = value.minor if isinstance(value, Money) else Money.of(str(value), NO_CURRENCY).minor
        inner = self._related(kind, node.relation, node.where, what)
        self._values.append(value)
        return f"({inner}) {_SIGN.get(node.op, '=')} ?"

    def _source(self, kind: KindSources, name: str) -> Source:
        source = kind.sources.get(name)
        if source is None:
            raise UnknownName(f"A {kind.kind.name} has no field “{name}”.")
        return source

    def _compare(self, kind: KindSources, node: f.Compare) -> str:
        if node.path == f.ID:
            return self._chosen(node.value)
        first, _, rest = node.path.partition(".")
        source = self._source(kind, first)
        if rest:
            return self._through(kind, source, f.Compare(rest, node.op, node.value))
        if node.op is f.Op.EMPTY:
            return self._empty(source, wanted=bool(node.value))
        if node.op is f.Op.IS_NOT:
            return f"({self._condition(source, f.Op.IS, node.value)}) IS NOT TRUE"
        if node.op is f.Op.ANY_OF or isinstance(node.value, tuple):
            values = node.value if isinstance(node.value, tuple) else (node.value,)
            return " OR ".join(f"({self._condition(source, f.Op.IS, value)})" for value in values) or "0"
        return self._condition(source, node.op, node.value)

    def _chosen(self, value: f.Value) -> str:
        """Records picked one by one."""
        ids = value if isinstance(value, tuple) else (value,)
        self._values.append(json.dumps([int(str(i)) for i in ids]))
        return f"{self._alias('r')}.id IN (SELECT value FROM json_each(?))"

    def _through(self, kind: KindSources, source: Source, rest: f.Compare) -> str:
        if source.field.target is None:
            raise UnknownName(f"“{source.field.name}” of a {kind.kind.name} does not lead to another record.")
        inner = Compiler(self._sources, self._today)
        query = inner.query(f.Filter(source.field.target, rest))
        self._values += query.values
        return f"{self._sql(source.sql)} IN (SELECT r.id FROM {query.tables()} WHERE {query.where})"

    def _empty(self, source: Source, *, wanted: bool) -> str:
        sql = self._sql(source.sql)
        empty = f"coalesce({sql}, '') = ''" if source.field.type.textual or source.field.multi else f"{sql} IS NULL"
        return empty if wanted else f"NOT ({empty})"

    def _condition(self, source: Source, op: f.Op, value: f.Value) -> str:
        """One value against one field."""
        type_ = source.field.type
        if isinstance(value, tuple):
            raise UserError("Several values need “any of”.")
        if source.field.multi:
            return self._multi(source, op, value)
        if type_ is FieldType.LINK:
            return self._link(source, op, value)
        if type_.textual:
            return self._text(self._folded(source), op, str(value))
        if type_ is FieldType.MONEY:
            return self._money(source, op, value)
        return self._plain(self._sql(source.sql), op, self._scalar(source, op, value))

    def _folded(self, source: Source) -> str:
        return self._sql(f"r.{source.field.name}" if source.field.sortable else f"fold({source.sql})")

    def _text(self, sql: str, op: f.Op, value: str) -> str:
        wanted = fold(value.strip())
        if op is f.Op.CONTAINS:
            self._values.append(wanted)
            return f"instr({sql}, ?) > 0"
        if op is f.Op.STARTS:
            self._values += [wanted, wanted + "\U0010ffff"]
            return f"({sql} >= ? AND {sql} < ?)"
        self._values.append(wanted)
        return f"{sql} {_sign(op)} ?"

    def _multi(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        part = source.part
        if part is None:
            return self._text(f"fold({self._sql(source.sql)})", f.Op.CONTAINS if op is f.Op.IS else op, str(value))
        own = (
            f"fold(m.{part.column})"
            if part.target is None
            else f"fold((SELECT t.name FROM tag t WHERE t.id = m.{part.column}))"
        )
        if source.field.type is FieldType.PHONE and looks_like_number(str(value)):
            own, value = f"digits(m.{part.column})", number_digits(str(value))
        return part.matching(self._text(own, op, str(value)), f"{self._alias('r')}.id")

    def _link(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            self._values.append(value)
            return f"{self._sql(source.sql)} = ?"
        return self._text(f"fold({self._sql(source.name or source.sql)})", op, str(value))

    def _money(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        """Without a currency the amount is meant in each record's own; then its minor unit decides."""
        sql, currency = self._sql(source.sql), self._sql(source.currency or "''")
        if isinstance(value, Money):
            self._values += [value.currency, value.minor]
            return f"({currency} = ? AND {sql} {_sign(op)} ?)"
        amount = _decimal(source, value)
        self._values += [float(amount * 100), float(amount), float(amount * 1000)]
        return (
            f"CASE WHEN coalesce({currency}, '') NOT IN ({_listed(NO_MINOR | THREE_DIGITS)}) THEN {sql} {_sign(op)} ?"
            f" WHEN {currency} IN ({_listed(NO_MINOR)}) THEN {sql} {_sign(op)} ? ELSE {sql} {_sign(op)} ? END"
        )

    def _plain(self, sql: str, op: f.Op, value: Any) -> str:
        if isinstance(value, _Day):
            return self._day(sql, op, value)
        self._values.append(value)
        return f"{sql} {_sign(op)} ?"

    def _day(self, sql: str, op: f.Op, day: "_Day") -> str:
        """An instant against a business date: the whole day counts."""
        start, end = day.text, (date.fromisoformat(day.text) + timedelta(days=1)).isoformat()
        if op is f.Op.IS:
            self._values += [start, end]
            return f"({sql} >= ? AND {sql} < ?)"
        self._values.append(end if op in (f.Op.AT_MOST, f.Op.MORE) else start)
        return f"{sql} {'<' if op in (f.Op.AT_MOST, f.Op.LESS) else '>='} ?"

    def _scalar(self, source: Source, op: f.Op, value: f.Scalar) -> Any:
        """The value as the column holds it."""
        del op
        match source.field.type:
            case FieldType.DATE:
                return _date(source, value).isoformat()
            case FieldType.INSTANT:
                if isinstance(value, str) and "T" in value:
                    return stamp(datetime.fromisoformat(value))
                return stamp(value) if isinstance(value, datetime) else _Day(_date(source, value).isoformat())
            case FieldType.YES_NO:
                return int(str(value).lower() in ("true", "yes", "1"))
            case FieldType.INTEGER | FieldType.NUMBER:
                return float(_decimal(source, value))
            case FieldType.CHOICE:
                # Choices the user made are written as they like; a filter is not asked to match their case.
                return next((c for c in source.field.choices if fold(c) == fold(str(value))), str(value))
        return value


@dataclass(frozen=True, slots=True)
class _Day:
    text: str


def numbered(sql: str, n: int) -> str:
    """SQL whose own names get a number, to stand inside a query that has names of the same letters."""
    return re.sub(r"\b([brx])\.", rf"\g<1>{n}.", sql)


def match_text(text: str) -> str | None:
    """What people type as an FTS5 query: every word the beginning of a word; None where there is no word."""
    found = [number_digits(text)] if looks_like_number(text) else words(text)
    return " ".join(f'"{word}"*' for word in found) or None


def _sign(op: f.Op) -> str:
    sign = _SIGN.get(op)
    if sign is None:
        raise UserError(f"“{op.value}” needs text to look in.")
    return sign


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


def _date(source: Source, value: f.Scalar) -> date:
    try:
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise UserError(f"“{source.field.name}” is compared with a date like 2026-11-20, not “{value}”.") from error


def _decimal(source: Source, value: f.Scalar) -> Decimal:
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise UserError(f"“{source.field.name}” is compared with a number, not “{value}”.") from error
