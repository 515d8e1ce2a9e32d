"""Values between Python and SQL: how each type of field is stored and read back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.catalogue import FieldType
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
        case FieldType.INSTANT:
            return lambda row: datetime.fromisoformat(row[at]) if row[at] else None
        case FieldType.YES_NO:
            return lambda row: bool(row[at])
        case FieldType.NUMBER:
            return lambda row: None if row[at] is None else Decimal(repr(row[at])).normalize()
    return lambda row: row[at]


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
        case FieldType.INSTANT:
            return stamp(value) if isinstance(value, datetime) else value
        case FieldType.YES_NO:
            return int(bool(value))
        case FieldType.NUMBER:
            return float(value)
    return value
