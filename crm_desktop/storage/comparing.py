"""One value against one expression of SQL, by the type of the field that the expression reads."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain import filter as f
from crm_desktop.domain.catalogue import LARGEST_WHOLE, FieldType
from crm_desktop.domain.clock import Clock, stamp
from crm_desktop.domain.folding import fold
from crm_desktop.domain.money import NO_CURRENCY, NO_MINOR, THREE_DIGITS, Money
from crm_desktop.errors import UserError
from crm_desktop.storage.anniversaries import meant
from crm_desktop.storage.database import SEPARATOR
from crm_desktop.storage.sources import Source

_SIGN = {
    f.Op.IS: "=", f.Op.IS_NOT: "<>", f.Op.LESS: "<", f.Op.AT_MOST: "<=", f.Op.MORE: ">", f.Op.AT_LEAST: ">=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Day:
    day: date


class Comparing:
    """Writes comparisons; `values` are those of all of them, in the order in which they stand."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.values: list[Any] = []

    def text(self, sql: str, op: f.Op, value: str) -> str:
        """Folded text as a whole, its beginning, a part of it, or its place in the alphabet."""
        wanted = fold(value.strip())
        if op is f.Op.CONTAINS:
            self.values.append(wanted)
            return f"instr({sql}, ?) > 0"
        if op is f.Op.STARTS:
            self.values += [wanted, wanted + "\U0010ffff"]
            return f"({sql} >= ? AND {sql} < ?)"
        self.values.append(wanted)
        return f"{sql} {sign(op)} ?"

    def one_of(self, sql: str, op: f.Op, value: str) -> str:
        """One of several values that stand side by side in a text."""
        if op not in (f.Op.IS, f.Op.STARTS):
            return self.text(sql, op, value)
        end = SEPARATOR if op is f.Op.IS else ""
        self.values.append(f"{SEPARATOR}{fold(value.strip())}{end}")
        return f"instr(char(31) || {sql} || char(31), ?) > 0"

    def anniversary(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        """Month and day are compared; only a day typed with its year is that one day."""
        if op in (f.Op.CONTAINS, f.Op.STARTS):
            return self.text(source.sql, op, str(value))
        day = meant(source.field.name, value)
        if op is f.Op.IS and day.year is not None and isinstance(value, str):
            self.values.append(str(day))
            return f"{source.sql} = ?"
        self.values.append(day.turn)
        return f"substr({source.sql}, -5) {sign(op)} ?"

    def money(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        """Without a currency the amount is meant in each record's own; then its minor unit decides."""
        sql, currency = source.sql, source.currency or "''"
        if isinstance(value, Money):
            self.values += [value.currency, value.minor]
            return f"(coalesce({currency}, '{NO_CURRENCY}') = ? AND {sql} {sign(op)} ?)"
        return self.minor(sql, currency, op, decimal(source.field.name, value))

    def minor(self, sql: str, currency: str, op: f.Op, amount: Decimal) -> str:
        """Minor units against an amount in major ones."""
        self.values += [float(amount * 100), float(amount), float(amount * 1000)]
        return (
            f"CASE WHEN coalesce({currency}, '') NOT IN ({_listed(NO_MINOR | THREE_DIGITS)}) THEN {sql} {sign(op)} ?"
            f" WHEN {currency} IN ({_listed(NO_MINOR)}) THEN {sql} {sign(op)} ? ELSE {sql} {sign(op)} ? END"
        )

    def plain(self, source: Source, op: f.Op, value: f.Scalar) -> str:
        """A value against the column that holds the same."""
        how, held = sign(op), self._scalar(source, value)
        if isinstance(held, _Day):
            return self._day(source.sql, op, held)
        self.values.append(held)
        return f"{source.sql} {how} ?"

    def _day(self, sql: str, op: f.Op, day: _Day) -> str:
        """An instant against a business date: the whole day counts, as it was where the clock stands."""
        start, end = map(stamp, self._clock.bounds(day.day))
        if op is f.Op.IS:
            self.values += [start, end]
            return f"({sql} >= ? AND {sql} < ?)"
        self.values.append(end if op in (f.Op.AT_MOST, f.Op.MORE) else start)
        return f"{sql} {'<' if op in (f.Op.AT_MOST, f.Op.LESS) else '>='} ?"

    def _scalar(self, source: Source, value: f.Scalar) -> Any:
        """The value as the column holds it."""
        match source.field.type:
            case FieldType.DATE:
                return _date(source, value).isoformat()
            case FieldType.INSTANT:
                return stamp(value) if isinstance(value, datetime) else _instant(source, value)
            case FieldType.YES_NO:
                return int(str(value).lower() in ("true", "yes", "1"))
            case FieldType.INTEGER | FieldType.NUMBER:
                return float(decimal(source.field.name, value))
            case FieldType.CHOICE:
                return source.field.choice(str(value)) or str(value)
        return value


def holds(op: f.Op, value: Decimal) -> bool:
    """Whether 0 holds against a value."""
    compared = {
        f.Op.IS: value == 0, f.Op.IS_NOT: value != 0, f.Op.LESS: value > 0, f.Op.AT_MOST: value >= 0,
        f.Op.MORE: value < 0, f.Op.AT_LEAST: value <= 0,
    }  # fmt: skip
    return compared.get(op, False)


def sign(op: f.Op) -> str:
    """The sign of a comparison in SQL; UserError for one that looks into a text."""
    found = _SIGN.get(op)
    if found is None:
        raise UserError(f"“{op.value}” needs text to look in.")
    return found


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


def number(value: f.Scalar) -> int:
    """The number of a record."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_WHOLE:
        raise UserError(f"“{value}” is not the number of a record.")
    return value


def _date(source: Source, value: f.Scalar) -> date:
    try:
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise UserError(f"“{source.field.name}” is compared with a date like 2026-11-20, not “{value}”.") from error


def _instant(source: Source, value: f.Scalar) -> str | _Day:
    """An instant as it is stored, or a day."""
    if not isinstance(value, str) or "T" not in value:
        return _Day(_date(source, value))
    try:
        return stamp(datetime.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise UserError(f"“{source.field.name}” is compared with a date or an instant, not “{value}”.") from error


def decimal(name: str, value: f.Scalar) -> Decimal:
    """A value as a number; UserError for the field of that name where it is none."""
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise UserError(f"“{name}” is compared with a number, not “{value}”.") from error
