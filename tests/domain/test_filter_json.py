"""The JSON form of a filter: whatever is written is read back the same."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import filter as f
from crm_desktop.domain.filter import (
    All,
    Compare,
    Days,
    Either,
    Exists,
    Filter,
    Months,
    Node,
    Not,
    Op,
    Span,
    Total,
    Words,
    between,
)
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError

TODAY = date(2026, 11, 20)
NAMES = st.from_regex(r"[a-z_]{1,9}(\.[a-z_]{1,9})?", fullmatch=True)
MONEY = st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "JPY", "KWD"]))
MOVING = (
    st.builds(Days, st.integers(-999, 999))
    | st.builds(Months, st.integers(-99, 99))
    | st.builds(Span, st.sampled_from(["month", "quarter", "year"]), st.integers(-9, 9))
)
SCALARS = st.text(alphabet="ab 1é") | st.integers() | st.booleans() | MONEY | MOVING
LEAVES: st.SearchStrategy[Node] = st.builds(
    Compare, NAMES, st.sampled_from(Op), SCALARS | st.lists(SCALARS, max_size=3).map(tuple)
) | st.builds(Words, st.text(alphabet="ab 1é"))
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Either, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Exists, NAMES, inner)
        | st.builds(Total, NAMES, st.sampled_from(Op), SCALARS, st.none() | NAMES, inner)
    ),
    max_leaves=8,
)


@given(st.builds(Filter, NAMES, NODES))
def test_what_is_written_is_read_back(filter_: Filter) -> None:
    assert Filter.from_json(json.loads(json.dumps(filter_.to_json()))) == filter_


@given(st.builds(Filter, NAMES, NODES))
def test_absolute_leaves_no_moving_date(filter_: Filter) -> None:
    fixed = filter_.absolute(TODAY)
    said = repr(fixed.where)
    assert not any(moving in said for moving in ("Days(", "Months("))
    assert fixed.absolute(TODAY + timedelta(days=1)) == fixed


def test_dates_and_decimals_travel_as_text() -> None:
    node = All((Compare("due_on", Op.IS, TODAY), Compare("quantity", Op.MORE, Decimal("1.50"))))
    assert Filter("task", node).to_json()["where"] == {
        "all": [
            {"field": "due_on", "op": "is", "value": "2026-11-20"},
            {"field": "quantity", "op": "more", "value": "1.50"},
        ]
    }


@pytest.mark.parametrize("document", [
    None, [], "lead", {}, {"kind": "lead", "where": {"field": "x"}},
    {"kind": "lead", "where": {"field": "x", "op": "y"}},
    {"kind": "lead", "where": {"field": "x", "op": "near", "value": 1}}, {"kind": "lead", "where": {"not": 3}},
    {"kind": "lead", "where": {"count": "x", "op": "is", "value": {}}}, {"kind": "lead", "where": {"all": [1]}},
    {"kind": "lead", "where": {"field": "x", "op": "is", "value": {"amount": "much", "currency": "EUR"}}},
    {"kind": "lead", "where": {"field": "x", "op": "is", "value": {"days": 10**12}}},
    {"kind": "lead", "where": {"field": "x", "op": "is", "value": None}}, {"kind": "lead", "where": {"exists": 1}},
])  # fmt: skip
def test_what_is_no_filter_is_refused(document: Any) -> None:
    with pytest.raises(UserError, match="not a filter"):
        Filter.from_json(document)


def test_filters_of_a_kind_join() -> None:
    old, big = Compare("age", Op.MORE, 3), Compare("size", Op.MORE, 5)
    assert (Filter("lead", old) & big).where == All((old, big))
    assert (Filter("lead") & Filter("lead", big)).where == big
    assert f.parts((Filter("lead", old) & big & old).where) == (old, big, old)
    with pytest.raises(ValueError, match="cannot narrow"):
        Filter("lead") & Filter("deal")


def test_moving_dates_are_fixed_everywhere() -> None:
    node = Not(Exists("activities", Compare("happened_on", Op.AT_LEAST, Days(-30))))
    fixed = Filter("lead", node).absolute(TODAY).where
    assert fixed == Not(Exists("activities", Compare("happened_on", Op.AT_LEAST, date(2026, 10, 21))))
    many = f.any_of("due_on", [Days(0), Days(1)])
    assert Filter("task", many).absolute(TODAY).where == f.any_of("due_on", [TODAY, date(2026, 11, 21)])


@pytest.mark.parametrize(
    ("op", "means"),
    [
        (Op.IS, between("due_on", date(2026, 10, 1), date(2026, 12, 31))),
        (Op.IS_NOT, Not(between("due_on", date(2026, 10, 1), date(2026, 12, 31)))),
        (Op.LESS, Compare("due_on", Op.LESS, date(2026, 10, 1))),
        (Op.AT_LEAST, Compare("due_on", Op.AT_LEAST, date(2026, 10, 1))),
        (Op.AT_MOST, Compare("due_on", Op.AT_MOST, date(2026, 12, 31))),
        (Op.MORE, Compare("due_on", Op.MORE, date(2026, 12, 31))),
    ],
)
def test_a_span_is_held_by_its_ends(op: Op, means: Node) -> None:
    assert Filter("task", Compare("due_on", op, Span("quarter"))).absolute(TODAY).where == means


def test_spans_and_months_move_with_the_calendar() -> None:
    node = Compare("due_on", Op.AT_LEAST, Months(-12))
    assert Filter("task", node).absolute(date(2024, 2, 29)).where == Compare("due_on", Op.AT_LEAST, date(2023, 2, 28))
    many = Compare("due_on", Op.ANY_OF, (Span("month", -1), Span("year", 1)))
    assert Filter("task", many).absolute(TODAY).where == Either(
        (
            between("due_on", date(2026, 10, 1), date(2026, 10, 31)),
            between("due_on", date(2027, 1, 1), date(2027, 12, 31)),
        )
    )


def test_a_tower_of_conditions_is_refused() -> None:
    tower: dict[str, Any] = {"words": "x"}
    for _ in range(20_000):
        tower = {"not": tower}
    with pytest.raises(UserError, match="not a filter"):
        Filter.from_json({"kind": "lead", "where": tower})
