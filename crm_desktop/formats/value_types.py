"""What kind of values a column holds, with the row that proves how its dates and numbers are written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from crm_desktop.formats.dates import Order, date_shape, has_time, order_evidence, parse_date
from crm_desktop.formats.values import decimal_sign, names_boolean, parse_decimal, parse_money


class ValueType(StrEnum):
    """The kinds of values a column of text may hold."""

    EMPTY = "empty"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    TEXT = "text"


VALUES_JUDGED = 1000
_SHARE = 0.9  # a few wrong values do not change what a column is
_SAMPLES = 3
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")  # a plus belongs to phones and leading zeros to codes
_CODE = re.compile(r"-?0\d|\+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?\d[\d ()./\u00a0-]{5,24}\d( ?(x|ext\.?|#) ?\d{1,6})?")

_DATED = (ValueType.DATE, ValueType.DATETIME)
_NUMBERED = (ValueType.DECIMAL, ValueType.MONEY)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column and what it seems to hold.

    `date_format` is given for dates, `decimal` for numbers. `ambiguous` tells that no value proves
    whether day or month comes first, or whether a sign groups or divides; where one does,
    `evidence` is its row and text.
    """

    name: str
    type: ValueType
    samples: tuple[str, ...] = ()
    date_format: str | None = None
    order: Order | None = None
    decimal: str | None = None
    ambiguous: bool = False
    evidence: tuple[int, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """The form the command line prints."""
        row, value = self.evidence or (None, None)
        return {
            "name": self.name,
            "type": self.type.value,
            "date_format": self.date_format,
            "decimal": self.decimal,
            "ambiguous": self.ambiguous,
            "evidence": None if row is None else {"row": row, "value": value},
            "samples": list(self.samples),
        }


class ColumnWatch:
    """Takes the values of one column, row by row, until they tell enough."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._values: list[str] = []
        self._type: ValueType | None = None
        self._order: tuple[int, str] | None = None
        self._sign: tuple[int, str] | None = None

    def take(self, row: int, text: str) -> bool:
        """Consider a value that is not blank; answer whether more are wanted."""
        if self._type is None:
            self._values.append(text)
            if len(self._values) == VALUES_JUDGED:
                self._type = guess_type(self._values)
        if self._order is None and order_evidence(text):
            self._order = row, text
        if self._sign is None and decimal_sign(text):
            self._sign = row, text
        return self._type is None or not self._is_proved(self._type)

    def _is_proved(self, kind: ValueType) -> bool:
        if kind in _DATED:
            return self._order is not None
        return kind not in _NUMBERED or self._sign is not None

    def guess(self) -> ColumnGuess:
        """The verdict on what was taken so far."""
        kind = self._type or guess_type(self._values)
        samples = tuple(dict.fromkeys(self._values[: 10 * _SAMPLES]))[:_SAMPLES]
        if kind in _DATED:
            return self._dates(kind, samples)
        if kind in _NUMBERED:
            return self._numbers(kind, samples)
        return ColumnGuess(self._name, kind, samples)

    def _dates(self, kind: ValueType, samples: tuple[str, ...]) -> ColumnGuess:
        shapes = [shape for shape in map(date_shape, self._values) if shape]
        shape = max(shapes, key=shapes.count)
        if not shape.startswith("d") or "Mon" in shape:
            return ColumnGuess(self._name, kind, samples, date_format=shape)
        order = order_evidence(self._order[1]) if self._order else None
        if shape[1] == ".":  # dots stand between day, month and year in this order everywhere
            order = order or Order.DMY
        spelled = ("mm", "dd") if order is Order.MDY else ("dd", "mm")
        return ColumnGuess(
            self._name,
            kind,
            samples,
            date_format=shape[1].join((*spelled, shape[4:])),
            order=order,
            ambiguous=order is None,
            evidence=self._order,
        )

    def _numbers(self, kind: ValueType, samples: tuple[str, ...]) -> ColumnGuess:
        sign = decimal_sign(self._sign[1]) if self._sign else None
        unsure = sign is None and any("." in value or "," in value for value in self._values)
        return ColumnGuess(self._name, kind, samples, decimal=sign, ambiguous=unsure, evidence=self._sign)


def guess_type(values: Sequence[str]) -> ValueType:
    """The kind nearly all `values` are of; text if there is none, empty if there are no values."""
    if not values:
        return ValueType.EMPTY
    if set(values) == {"0", "1"}:
        return ValueType.BOOLEAN
    allowed = len(values) * (1 - _SHARE)
    return next((kind for kind, fits in _TESTS if _nearly_all(values, fits, allowed)), ValueType.TEXT)


def _nearly_all(values: Sequence[str], fits: Callable[[str], bool], allowed: float) -> bool:
    misses = 0
    for value in values:
        if not fits(value):
            misses += 1
            if misses > allowed:
                return False
    return True


def _is_date(text: str) -> bool:
    if date_shape(text) is None:
        return False
    return _parses(parse_date, text) or _parses(partial(parse_date, order=Order.MDY), text)


def _is_decimal(text: str) -> bool:
    return not _CODE.match(text) and _parses(parse_decimal, text.removesuffix("%").strip())


def _parses(parser: Callable[[str], object], text: str) -> bool:
    try:
        parser(text)
    except ValueError:
        return False
    return True


_TESTS: tuple[tuple[ValueType, Callable[[str], bool]], ...] = (
    (ValueType.BOOLEAN, names_boolean),
    (ValueType.DATETIME, lambda text: has_time(text) and _is_date(text)),
    (ValueType.DATE, _is_date),
    (ValueType.INTEGER, lambda text: _INTEGER.fullmatch(text) is not None),
    (ValueType.DECIMAL, _is_decimal),
    (ValueType.MONEY, lambda text: _parses(parse_money, text) and not _CODE.match(text)),
    (ValueType.EMAIL, lambda text: _EMAIL.fullmatch(text) is not None),
    (ValueType.URL, lambda text: _URL.fullmatch(text) is not None),
    (ValueType.PHONE, lambda text: _PHONE.fullmatch(text) is not None),
)
