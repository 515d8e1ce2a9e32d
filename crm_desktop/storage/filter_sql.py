"""Filter to SQL: one query for the ids of the records that a filter means."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain import filter as f
from crm_desktop.domain.catalogue import FieldType, UnknownName
from crm_desktop.domain.clock import Clock, stamp
from crm_desktop.domain.folding import fold, looks_like_number, number_digits, words
from crm_desktop.domain.money import NO_CURRENCY, NO_MINOR, THREE_DIGITS, Money
from crm_desktop.errors import UserError
from crm_desktop.storage.anniversaries import meant, over_new_year
from crm_desktop.storage.database import SEPARATOR
from crm_desktop.storage.sources import KindSources, Path, Source, Sources, name_of

_SIGN = {
    f.Op.IS: "=", f.Op.IS_NOT: "<>", f.Op.LESS: "<", f.Op.AT_MOST: "<=", f.Op.MORE: ">", f.Op.AT_LEAST: ">=",
}  # fmt: skip
_ALIAS = re.compile(r"\b([brx])\.")
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
        reads = self.reads | {alias for sql in more for alias in _ALIAS.findall(sql)}
        name = self.kind.table
        joins = f" JOIN {name} b ON b.id = r.id" if "b" in reads else ""
        return f"{name}_row r{joins}" + (f" LEFT JOIN {name}_custom x ON x.id = r.id" if "x" in reads else "")


class Compiler:
    """Turns a filter into a query; a name that is none or a value that does not fit is a UserError."""

    def __init__(self, sources: Sources, clock: Clock, depth: int = 0) -> None:
        self._sources = sources
        self._clock = clock
        self._values: list[Any] = []
        self._depth = depth

    def query(self, wanted: f.Filter) -> Query:
        """The query of a filter."""
        kind = self._kind(wanted.kind)
        self._values = []
        where = self._node(kind, wanted.absolute(self._clock.today()).where)
        return Query(kind, where, self._values, set(_ALIAS.findall(where)))

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
                return self._words(kind, node.text)
            case f.Exists():
                return f"EXISTS ({self._related(self._path(kind, node.relation), node.where, '1')})"
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

    def _path(self, kind: KindSources, name: str) -> Path:
        path = kind.paths.get(name)
        if path is None:
            raise UnknownName(f"A {kind.kind.name} has no “{name}”.")
        return path

    def _related(self, path: Path, where: f.Node, what: str, order: str = "") -> str:
        """SELECT over the related records that meet a condition, tied to the record at hand.

        Inner names get a number more than outer ones, so that SQL of any depth keeps them apart.
        """
        other = self._sources.kinds[path.relation.kind]
        inner = Compiler(self._sources, self._clock, self._depth + 1)
        condition = inner._node(other, where)
        self._values += inner._values
        n = inner._depth
        through = f"{path.through} l{n} JOIN " if path.through else ""
        rows = f"{through}{other.table}_row r{n} JOIN {other.table} b{n} ON b{n}.id = r{n}.id"
        rows += f" LEFT JOIN {other.table}_custom x{n} ON x{n}.id = r{n}.id" if other.custom else ""
        join = path.join.replace("b1.", f"b{n}.").replace("l1.", f"l{n}.")
        join = re.sub(r"\br\.", f"{self._alias('r')}.", join)
        return f"SELECT {numbered(what, n)} FROM {rows} WHERE {join} AND ({condition}){numbered(order, n)}"

    def _alias(self, letter: str) -> str:
        return f"{letter}{self._depth}" if self._depth else letter

    def _sql(self, sql: str) -> str:
        return numbered(sql, self._depth) if self._depth else sql

    def _total(self, kind: KindSources, node: f.Total) -> str:
        path = self._path(kind, node.relation)
        if node.of is None:
            inner = self._related(path, node.where, "count(*)")
            self._values.append(float(_decimal(path.relation.name, node.value)))
            return f"({inner}) {_sign(node.op)} ?"
        source = self._source(self._sources.kinds[path.relation.kind], node.of)
        if source.field.type not in _SUMMED:
            raise UserError(f"“{node.of}” is no number, so it has no sum.")
        if source.field.type is FieldType.MONEY and not isinstance(node.value, Money):
            return self._any_sum(path, source, node)
        what, value = f"sum({source.sql})", node.value
        if isinstance(value, Money):
            self._values.append(value.currency)
            what, value = f"sum(CASE WHEN {source.currency} = ? THEN {source.sql} END)", value.minor
        inner = self._related(path, node.where, what)
        self._values.append(float(_decimal(node.of, value)))
        return f"coalesce(({inner}), 0) {_sign(node.op)} ?"

    def _any_sum(self, path: Path, source: Source, node: f.Total) -> str:
        """An amount without a currency against the sum of each: one must be more, or all be less."""
        amount = _decimal(source.field.name, node.value)
        what = self._minor(f"sum({source.sql})", source.currency or "''", node.op, amount)
        way = "ASC" if node.op in _ALL_BELOW else "DESC"
        order = f" GROUP BY {source.currency} HAVING sum({source.sql}) IS NOT NULL ORDER BY 1 {way} LIMIT 1"
        inner = self._related(path, node.where, what, order)
        self._values.append(float(amount))
        return f"coalesce(({inner}), 0 {_sign(node.op)} ?)"

    def _source(self, kind: KindSources, name: str) -> Source:
        source = kind.sources.get(name)
        if source is None:
            raise UnknownName(f"A {kind.kind.name} has no field “{name}”.")
        return source

    def _compare(self, kind: KindSources, node: f.Compare) -> str:
        if node.path == f.ID:
            return self._chosen(node.value)
        if node.op is f.Op.IS_NOT:
            return self._node(kind, f.Not(replace(node, op=f.Op.IS)))
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
            return _joined("OR", [self._condition(source, f.Op.IS, value) for value in values]) or "0"
        return self._condition(source, node.op, node.value)

    def _chosen(self, value: f.Value) -> str:
        """Records picked one by one."""
        ids = value if isinstance(value, tuple) else (value,)
        self._values.append(json.dumps([int(str(i)) for i in ids]))
        return f"{self._alias('r')}.id IN (SELECT value FROM json_each(?))"

    def _through(self, kind: KindSources, source: Source, rest: f.Compare) -> str:
        if source.field.target is None:
            raise UnknownName(f"“{source.field.name}” of a {kind.kind.name} does not lead to another record.")
        query = Compiler(self._sources, self._clock).query(f.Filter(source.field.target, rest))
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
        if type_ is FieldType.ANNIVERSARY:
            return self._anniversary(source, op, value)
        return self._plain(self._sql(source.sql), op, self._scalar(source, op, value))

    def _folded(self, source: Source) -> str:
        return self._sql(source.order or f"fold({source.sql})")

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
            return self._one_of(f"fold({self._sql(source.sql)})", op, str(value))
        column = f"m.{part.column}"
        own = f"fold({name_of(part.target, column) if part.target else column})"
        if source.field.type is FieldType.PHONE and looks_like_number(str(value)):
            own, value = f"digits(m.{part.column})", number_digits(str(value))
        return part.matching(self._text(own, op, str(value)), f"{self._alias('r')}.id")

    def _one_of(self, sql: str, op: f.Op, value: str) -> str:
        """One of several values that stand side by side in a text."""
        if op not in (f.Op.IS, f.Op.STARTS):
            return self._text(sql, op, value)
        end = SEPARATOR if op is f.Op.IS else ""
        self._values.append(f"{SEPARATOR}{fold(value.strip())}{end}")
        return f"instr(char(31) || {sql} || char(31), ?) > 0"

    def _anniversary(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        """Month and day are compared; only a day typed with its year is that one day."""
        sql = self._sql(source.sql)
        if op in (f.Op.CONTAINS, f.Op.STARTS):
            return self._text(sql, op, str(value))
        day = meant(source.field.name, value)
        if op is f.Op.IS and day.year is not None and isinstance(value, str):
            self._values.append(str(day))
            return f"{sql} = ?"
        self._values.append(day.turn)
        return f"substr({sql}, -5) {_sign(op)} ?"

    def _link(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        part = source.part
        if isinstance(value, int) and not isinstance(value, bool):
            self._values.append(value)
            if part is None:
                return f"{self._sql(source.sql)} = ?"
            linked = f"SELECT m.{part.owner} FROM {part.table} m WHERE m.{part.column} = ?"
            return f"{self._alias('r')}.id IN ({linked})"
        if part is not None:
            return self._multi(source, op, value)
        return self._text(f"fold({self._sql(source.name or source.sql)})", op, str(value))

    def _money(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        """Without a currency the amount is meant in each record's own; then its minor unit decides."""
        sql, currency = self._sql(source.sql), self._sql(source.currency or "''")
        if isinstance(value, Money):
            self._values += [value.currency, value.minor]
            return f"(coalesce({currency}, '{NO_CURRENCY}') = ? AND {sql} {_sign(op)} ?)"
        return self._minor(sql, currency, op, _decimal(source.field.name, value))

    def _minor(self, sql: str, currency: str, op: f.Op, amount: Decimal) -> str:
        """Minor units against an amount in major ones."""
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
        """An instant against a business date: the whole day counts, as it was where the clock stands."""
        start, end = map(stamp, self._clock.bounds(day.day))
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
                return stamp(value) if isinstance(value, datetime) else _instant(source, value)
            case FieldType.YES_NO:
                return int(str(value).lower() in ("true", "yes", "1"))
            case FieldType.INTEGER | FieldType.NUMBER:
                return float(_decimal(source.field.name, value))
            case FieldType.CHOICE:
                return source.field.choice(str(value)) or str(value)
        return value


@dataclass(frozen=True, slots=True)
class _Day:
    day: date


def _joined(word: str, conditions: Sequence[str]) -> str:
    """Conditions joined as a tree of little depth, for SQLite refuses a chain of a thousand."""
    if len(conditions) <= 2:
        return f" {word} ".join(f"({condition})" for condition in conditions)
    half = len(conditions) // 2
    return f"({_joined(word, conditions[:half])}) {word} ({_joined(word, conditions[half:])})"


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


def _instant(source: Source, value: f.Scalar) -> "str | _Day":
    """An instant as it is stored, or a day."""
    if not isinstance(value, str) or "T" not in value:
        return _Day(_date(source, value))
    try:
        return stamp(datetime.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise UserError(f"“{source.field.name}” is compared with a date or an instant, not “{value}”.") from error


def _decimal(name: str, value: f.Scalar) -> Decimal:
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise UserError(f"“{name}” is compared with a number, not “{value}”.") from error
