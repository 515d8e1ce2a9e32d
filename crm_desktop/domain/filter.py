"""Filter: which records. One small tree of conditions that lists, views, segments, charts and exports all hold.

Its JSON form is `{"kind", "where"}`; conditions are `{"field", "op", "value"}`, `{"all": [...]}`, `{"any": [...]}`,
`{"not": ...}`, `{"words"}`, `{"exists", "where"}`, `{"count", "where", "op", "value"}` and
`{"sum", "of", "where", "op", "value"}`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period, add_days, add_months, month_of, quarter_of, week_of, year_of
from crm_desktop.errors import UserError


class Op(StrEnum):
    """How a field is compared. EMPTY takes True for "has no value" and False for "has one"."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    CONTAINS = "contains"
    STARTS = "starts"
    EMPTY = "empty"


FURTHEST = 99_999
"""Days from today that a moving date may lie away."""
FURTHEST_MONTHS = 2_400
"""Months from today that a moving date may lie away."""


@dataclass(frozen=True, slots=True)
class Days:
    """A date that moves with the calendar: so many days from today."""

    offset: int

    def on(self, today: date) -> date:
        """The date it is on a day."""
        return add_days(today, self.offset)


@dataclass(frozen=True, slots=True)
class Months:
    """A date that moves with the calendar: the same day so many months from today."""

    offset: int

    def on(self, today: date) -> date:
        """The date it is on a day."""
        return add_months(today, self.offset)


SPANS: dict[str, tuple[type[Days] | type[Months], int, Callable[[date], Period]]] = {
    "week": (Days, 7, week_of), "month": (Months, 1, month_of), "quarter": (Months, 3, quarter_of),
    "year": (Months, 12, year_of),
}  # fmt: skip
"""The spans of the calendar, with what each is long and what finds the one of a day."""


@dataclass(frozen=True, slots=True)
class Span:
    """A week, month, quarter or year that moves with the calendar: this one, or so many later."""

    unit: str
    offset: int = 0

    def on(self, today: date, week_start: int = 0) -> Period:
        """The days it has on a day; weeks begin with that weekday."""
        moves, each, find = SPANS[self.unit]
        if self.unit == "week":
            find = partial(week_of, first=week_start)
        return find(moves(each * self.offset).on(find(today).start))


Moving = Days | Months | Span
Scalar = str | int | float | bool | Decimal | date | Money | Moving
Value = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A field, reached through links where the path has dots, held against a value."""

    path: str
    op: Op
    value: Value


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it always does."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; a record whose field is empty fails the part, so it passes here."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Words:
    """Every word is the beginning of a word in what is searched of the record."""

    text: str


@dataclass(frozen=True, slots=True)
class Exists:
    """At least one related record that meets a condition; under Not it is absence ("no visit in 60 days")."""

    relation: str
    where: "Node" = All()


@dataclass(frozen=True, slots=True)
class Total:
    """How many related records meet a condition, or the sum of one of their fields, held against a value.

    Amounts of two currencies never add: an amount without one is held against the sum of each currency, of which one
    must be more, or all be less.
    """

    relation: str
    op: Op
    value: Scalar
    of: str | None = None
    where: "Node" = All()


Node = Compare | All | Either | Not | Words | Exists | Total
EVERYTHING = All()
ID = "id"
"""The path of the record's own number, for records picked one by one; every kind has it and no catalogue lists it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records of one kind. Two filters of a kind join with `&`."""

    kind: str
    where: Node = EVERYTHING

    def __and__(self, other: "Filter | Node") -> "Filter":
        node = other.where if isinstance(other, Filter) else other
        if isinstance(other, Filter) and other.kind != self.kind:
            raise ValueError(f"a filter of {other.kind} cannot narrow one of {self.kind}")
        return Filter(self.kind, both(self.where, node))

    def absolute(self, today: date, week_start: int = 0) -> "Filter":
        """The same with every moving date fixed; weeks begin with that weekday."""
        return Filter(self.kind, _Fixing(today, week_start).node(self.where))

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"kind": self.kind, "where": _node_json(self.where)}

    @classmethod
    def from_json(cls, document: Any) -> "Filter":
        """The filter of a JSON form; UserError if it is none."""
        try:
            return cls(str(document["kind"]), _node_from(document.get("where") or {"all": []}))
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
            raise UserError(f"This is not a filter in its JSON form ({error}).") from error


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list: by one field, the id deciding between equals.

    Where it is grouped, records with the same value of `group` stand together, in the order of these values; where
    both fields are one, nothing else orders them.
    """

    field: str
    descending: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """The records of a filter in an order: a list as somebody sees it."""

    filter: Filter
    sort: Sort | None = None

    @property
    def kind(self) -> str:
        """The kind of the records."""
        return self.filter.kind


@dataclass(frozen=True, slots=True)
class Ref:
    """Another record by id and the name it goes by."""

    id: int
    name: str

    def __str__(self) -> str:
        return self.name


def both(*nodes: Node) -> Node:
    """All of the conditions as one flat node."""
    parts: list[Node] = []
    for node in nodes:
        parts.extend(node.parts if isinstance(node, All) else [node])
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def parts(node: Node) -> tuple[Node, ...]:
    """The conditions that all must hold: what a filter bar shows as chips."""
    return node.parts if isinstance(node, All) else (node,)


def is_(path: str, value: Scalar) -> Compare:
    """The field equals the value."""
    return Compare(path, Op.IS, value)


def any_of(path: str, values: Iterable[Scalar]) -> Compare:
    """The field equals one of the values."""
    return Compare(path, Op.ANY_OF, tuple(values))


def picked(kind: str, ids: Iterable[int]) -> Filter:
    """These records and no others."""
    return Filter(kind, Compare(ID, Op.ANY_OF, tuple(ids)))


def between(path: str, low: Scalar, high: Scalar) -> Node:
    """The field lies from low to high, both included."""
    return All((Compare(path, Op.AT_LEAST, low), Compare(path, Op.AT_MOST, high)))


@dataclass(frozen=True, slots=True)
class _Fixing:
    """Fixes what moves with the calendar."""

    today: date
    week_start: int

    def node(self, node: Node) -> Node:
        match node:
            case Compare():
                return self._compare(node)
            case All() | Either():
                return replace(node, parts=tuple(map(self.node, node.parts)))
            case Not():
                return Not(self.node(node.part))
            case Exists():
                return replace(node, where=self.node(node.where))
            case Total():
                return replace(node, value=self._value(node.value), where=self.node(node.where))
            case Words():
                return node

    def _compare(self, node: Compare) -> Node:
        value = node.value
        if isinstance(value, tuple) and any(isinstance(each, Span) for each in value):
            return Either(tuple(self._compare(Compare(node.path, Op.IS, each)) for each in value))
        if isinstance(value, tuple):
            return replace(node, value=tuple(map(self._value, value)))
        if isinstance(value, Span):
            return _fixed_span(node, value.on(self.today, self.week_start))
        return replace(node, value=self._value(value))

    def _value(self, value: Scalar) -> Scalar:
        return value.on(self.today) if isinstance(value, Days | Months) else value


def _fixed_span(node: Compare, days: Period) -> Node:
    """A date is in a span from its first day to its last, before it before the first, after it after the last."""
    inside = between(node.path, days.start, days.end)
    if node.op is Op.IS_NOT:
        return Not(inside)
    if node.op in (Op.LESS, Op.AT_LEAST):
        return replace(node, value=days.start)
    return replace(node, value=days.end) if node.op in (Op.MORE, Op.AT_MOST) else inside


def _node_json(node: Node) -> dict[str, Any]:
    match node:
        case Compare():
            return {"field": node.path, "op": node.op.value, "value": _value_json(node.value)}
        case All():
            return {"all": [_node_json(part) for part in node.parts]}
        case Either():
            return {"any": [_node_json(part) for part in node.parts]}
        case Not():
            return {"not": _node_json(node.part)}
        case Words():
            return {"words": node.text}
        case Exists():
            return {"exists": node.relation, "where": _node_json(node.where)}
        case Total():
            head = {"count": node.relation} if node.of is None else {"sum": node.relation, "of": node.of}
            tail = {"op": node.op.value, "value": _value_json(node.value), "where": _node_json(node.where)}
            return head | tail


def _node_from(document: dict[str, Any]) -> Node:
    match document:
        case {"all": list(found)}:
            return All(tuple(_node_from(part) for part in found))
        case {"any": list(found)}:
            return Either(tuple(_node_from(part) for part in found))
        case {"not": part}:
            return Not(_node_from(part))
        case {"words": str(text)}:
            return Words(text)
        case {"exists": str(relation)}:
            return Exists(relation, _where_from(document))
        case {"count": str(relation)}:
            return Total(relation, Op(document["op"]), _scalar_from(document["value"]), None, _where_from(document))
        case {"sum": str(relation), "of": str(of)}:
            return Total(relation, Op(document["op"]), _scalar_from(document["value"]), of, _where_from(document))
        case {"field": str(path), "op": op, "value": list(values)}:
            return Compare(path, Op(op), tuple(_scalar_from(value) for value in values))
        case {"field": str(path), "op": op, "value": value}:
            return Compare(path, Op(op), _scalar_from(value))
    raise ValueError(f"unknown condition {document!r}")


def _where_from(document: dict[str, Any]) -> Node:
    return _node_from(document.get("where") or {"all": []})


def _value_json(value: Value) -> Any:
    match value:
        case tuple():
            return [_value_json(part) for part in value]
        case Days():
            return {"days": value.offset}
        case Months():
            return {"months": value.offset}
        case Span():
            return {"span": value.unit, "offset": value.offset}
        case Money():
            return value.to_json()
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
    return value


def _scalar_from(value: Any) -> Scalar:
    match value:
        case {"days": int(offset)} if abs(offset) <= FURTHEST:
            return Days(offset)
        case {"months": int(offset)} if abs(offset) <= FURTHEST_MONTHS:
            return Months(offset)
        case {"span": str(unit), "offset": int(offset)} if unit in SPANS and abs(offset) <= FURTHEST_MONTHS // 12:
            return Span(unit, offset)
        case {"amount": amount, "currency": str(currency)}:
            return Money.of(str(amount), currency)
        case str() | bool() | int() | float():
            return value
    raise ValueError(f"unknown value {value!r}")
