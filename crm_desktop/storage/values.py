"""Values between Python and SQL: how each type of field is stored and read back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.clock import stamp
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.money import NO_CURRENCY, Money
from crm_desktop.storage.database import SEPARATOR
from crm_desktop.storage.sources import Source

Reader = Callable[[Sequence[Any]], Any]


def selected(source: Source) -> list[str]:
    """The SQL that reads a field: one expression, or two for an amount and for a link."""
    if source.currency is not None:
        return [source.sql, source.currency]
    if source.name is not None:
        return [source.sql, source.name]
    return [source.sql]


def reader(source: Source, at: int) -> Reader:
    """Makes the Python value of what `selected` read, from position `at` of a row."""
    if source.field.multi:
        return lambda row: tuple(row[at].split(SEPARATOR)) if row[at] else ()
    match source.field.type:
        case FieldType.MONEY:
            return lambda row: None if row[at] is None else Money(row[at], row[at + 1] or NO_CURRENCY)
        case FieldType.LINK:
            if source.name is None:
                return lambda row: None if row[at] is None else Ref(row[at], str(row[at]))
            return lambda row: None if row[at] is None else Ref(row[at], row[at + 1] or "")
        case FieldType.DATE:
            return lambda row: date.fromisoformat(row[at]) if row[at] else None
        case FieldType.ANNIVERSARY:
            return lambda row: anniversary(row[at])
        case FieldType.INSTANT:
            return lambda row: datetime.fromisoformat(row[at]) if row[at] else None
        case FieldType.YES_NO:
            return lambda row: bool(row[at])
        case FieldType.NUMBER:
            return lambda row: None if row[at] is None else Decimal(repr(row[at])).normalize()
    return lambda row: row[at]


def anniversary(text: str | None) -> Anniversary | None:
    """A day that comes back each year; an older base may hold a text there that is none."""
    try:
        return Anniversary.parse(text) if text else None
    except ValueError:
        return None


def in_column(field: Field, value: Any) -> Any:
    """The value of a field as its one column holds it; several values stand in it side by side."""
    if field.multi:
        return SEPARATOR.join([value] if isinstance(value, str) else value or ()) or None
    return stored(field.type, value)


def stored(kind: FieldType, value: Any) -> Any:
    """A Python value as its column holds it; empty text is no value. Money gives its minor units."""
    if value is None or value == "":
        return 0 if kind is FieldType.YES_NO else None
    match kind:
        case FieldType.MONEY:
            return value.minor
        case FieldType.LINK:
            return value.id if isinstance(value, Ref) else int(value)
        case FieldType.DATE:
            return value.isoformat()
        case FieldType.ANNIVERSARY:
            return str(value)
        case FieldType.INSTANT:
            return stamp(value) if isinstance(value, datetime) else value
        case FieldType.YES_NO:
            return int(bool(value))
        case FieldType.NUMBER:
            return float(value)
    return value
