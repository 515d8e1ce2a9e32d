"""What all reports share: where they ask, by which rules, and how figures and splits are made."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.figures import Figure, Row, Unit, beside
from crm_desktop.domain.filter import Compare, Filter, Node, Op, Ref, is_
from crm_desktop.domain.folding import fold
from crm_desktop.domain.money import Money
from crm_desktop.domain.rotting import RiskRule
from crm_desktop.storage.store import Store

Sums = Mapping[str, int]
"""Minor units by currency."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a split: what filters compare with and what the row calls it. None: those without a value.

    Filters ignore case and accents, so spellings of one word are one group under the first of them; of days that come
    back each year they compare month and day.
    """

    match: Any
    label: Any = field(compare=False)

    @classmethod
    def of(cls, value: Any) -> "Group":
        """The group of a value."""
        match value:
            case Ref():
                return cls(value.id, value.name)
            case str():
                return cls(fold(value.strip()), value)
            case Anniversary():
                turn = Anniversary(value.month, value.day)
                return cls(str(turn), turn)
        return cls(value, value)

    def where(self, path: str) -> Node:
        """The condition of its records."""
        if self.match is None:
            return Compare(path, Op.EMPTY, True)
        spelled = isinstance(self.match, str) and isinstance(self.label, str)
        return is_(path, self.label.strip() if spelled else self.match)

    def order(self) -> str:
        """Decides between groups of equal size."""
        return str(self.label)


@dataclass(slots=True)
class Tally:
    """How many records a group has, and the sums of a money field by currency."""

    count: int = 0
    sums: dict[str, int] = field(default_factory=dict)

    def add(self, count: int, sums: Sums) -> None:
        """Takes in more records."""
        self.count += count
        for currency, minor in sums.items():
            self.sums[currency] = self.sums.get(currency, 0) + minor


@dataclass(frozen=True, slots=True)
class Basis:
    """Where reports ask, in which currency they answer, and the rules they count by."""

    store: Store
    currency: str
    churn: ChurnRule
    risk: RiskRule

    @property
    def today(self) -> date:
        """The business date."""
        return self.store.clock.today()

    def count(self, filter: Filter) -> int:
        """How many records a filter has."""
        return self.store.lists.count(filter)

    def money(self, minor: int) -> Money:
        """An amount in the currency of the base."""
        return Money(minor, self.currency)

    def own(self, sums: Sums) -> int:
        """The minor units in the currency of the base."""
        return sums.get(self.currency, 0)

    def others(self, sums: Sums) -> dict[str, Any]:
        """What a figure of money must say of amounts in other currencies."""
        return beside(sums, self.currency)

    def split(self, filter: Filter, by: str, money: str | None = None) -> dict[Group, Tally]:
        """The groups of the records by a field; a record with several values belongs to several groups."""
        found: dict[Group, Tally] = defaultdict(Tally)
        for value, count, sums in self.store.lists.groups(filter, by, money):
            for single in (value or (None,)) if isinstance(value, tuple) else (value,):
                found[Group.of(single)].add(count, sums)
        return found

    def sum_figure(self, name: str, formula: str, filter: Filter, field: str) -> Figure:
        """The sum of a money field."""
        sums = self.store.lists.sum(filter, field)
        value = self.money(self.own(sums))
        return Figure(name, value, Unit.MONEY, formula, self.count(filter), filter, parameters=self.others(sums))


def count_figure(name: str, formula: str, filter: Filter, count: int) -> Figure:
    """A number of records."""
    return Figure(name, count, Unit.COUNT, formula, count, filter)


@dataclass(frozen=True, slots=True)
class Counted:
    """The records of a figure: how many there are, and their filter."""

    n: int
    filter: Filter
    part: Filter | None = None

    def figure(self, name: str, value: float | Money | None, unit: Unit, formula: str, **parameters: Any) -> Figure:
        """A figure over these records; without a value it says that there is nothing to count."""
        reason = "nothing_to_count" if value is None else None
        return Figure(name, value, unit, formula, self.n, self.filter, self.part, parameters, reason)


def named(row: Row, name: str, value: Any) -> Row:
    """The row with what it is about before its numbers."""
    return replace(row, values={name: value, **row.values})
