"""Figures: numbers that carry the filter of the records behind them, and the reports made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crm_desktop.domain.filter import Compare, Either, Filter, Node, Op
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period


class Unit(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    RATE = "rate"
    MONEY = "money"
    DAYS = "days"
    MONEY_PER_DAY = "money_per_day"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: its value, what it counts, how it was counted and over which records.

    A rate is a fraction and carries two filters, the whole (`filter`, `n` records) and the part (`part`).
    A figure that cannot be computed has no value but a `reason` as a code.
    """

    name: str
    value: int | float | Money | None
    unit: Unit
    formula: str
    n: int
    filter: Filter
    part: Filter | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The form the command line gives."""
        document: dict[str, Any] = {
            "value": plain(self.value), "unit": self.unit.value, "formula": self.formula,
            "parameters": dict(self.parameters), "n": self.n, "filter": self.filter.to_json(),
        }  # fmt: skip
        if self.part is not None:
            document["filter_part"] = self.part.to_json()
        if self.value is None:
            document["reason"] = self.reason
        return document


@dataclass(frozen=True, slots=True)
class Row:
    """One mark of a chart or line of a report: its values by name and the filter of its records.

    `measure` says how the mark relates to those records: their number, or the sum of a money field of theirs.
    """

    values: Mapping[str, Any]
    filter: Filter
    part: Filter | None = None
    measure: str = "count"

    def to_json(self) -> dict[str, Any]:
        """The form the command line gives."""
        document = {name: plain(value) for name, value in self.values.items()}
        document["filter"] = self.filter.to_json()
        if self.part is not None:
            document["filter_part"] = self.part.to_json()
        return document


@dataclass(frozen=True, slots=True)
class Report:
    """The figures and rows of one question over one period; `period` is None where it spans everything."""

    name: str
    period: Period | None
    figures: Mapping[str, Figure]
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """The form the command line gives."""
        return {
            "report": self.name,
            "period": self.period.to_json() if self.period else {"from": None, "to": None},
            "figures": {name: figure.to_json() for name, figure in self.figures.items()},
            "rows": [row.to_json() for row in self.rows],
        }


def beside(sums: Mapping[str, int], currency: str) -> dict[str, Any]:
    """What a figure of money in a currency must say of amounts in others (minor units), as one of its parameters."""
    found = {
        code: str(Money(minor, code).amount) for code, minor in sorted(sums.items()) if code != currency and minor
    }
    return {"other_currencies": found} if found else {}


def in_currency(field: str, currency: str) -> Either:
    """What has an amount in a currency, be it below nothing: the records behind a sum of that currency."""
    nothing = Money(0, currency)
    return Either((Compare(field, Op.AT_LEAST, nothing), Compare(field, Op.LESS, nothing)))


def currency_asked(node: Node) -> tuple[str, str] | None:
    """The field and currency of what `in_currency` made; None for any other condition."""
    match node:
        case Either((Compare(path=path, value=Money(currency=currency)), _)) if node == in_currency(path, currency):
            return path, currency
    return None


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, Money):
        return value.to_json()
    if isinstance(value, Period):
        return value.to_json()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
