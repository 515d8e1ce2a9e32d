"""Churn of consecutive periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.analytics.churn import Counted, rates
from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.periods import touching

TODAY = date(2026, 11, 12)
YEAR = touching(date(2026, 1, 1), date(2026, 12, 31))


def test_the_average_spans_three_months() -> None:
    found = rates([Counted(m, 100, lost) for m, lost in zip(YEAR, [1, 2, 6, 3], strict=False)], ChurnRule(), TODAY)
    assert [c.rate for c in found] == [0.01, 0.02, 0.06, 0.03]
    assert [c.average for c in found] == pytest.approx([0.01, 0.015, 0.03, 0.11 / 3])


def test_months_younger_than_the_shortest_patience_are_provisional() -> None:
    found = rates([Counted(month, 10, 0) for month in YEAR], ChurnRule(), TODAY)
    assert [c.period.start.month for c in found if c.provisional] == [8, 9, 10, 11, 12]


def test_a_month_without_customers_has_no_rate() -> None:
    [first, second] = rates([Counted(YEAR[0], 0, 0), Counted(YEAR[1], 4, 1)], ChurnRule(), TODAY)
    assert (first.rate, first.average) == (None, None)
    assert (second.rate, second.average) == (0.25, 0.25)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=12))
def test_the_average_lies_between_the_rates_it_spans(counts: list[tuple[int, int]]) -> None:
    found = rates([Counted(m, max(c), min(c)) for m, c in zip(YEAR, counts, strict=False)], ChurnRule(), TODAY)
    for index, churn in enumerate(found):
        if churn.average is not None:
            known = [c.rate for c in found[max(0, index - 2) : index + 1] if c.rate is not None]
            assert min(known) - 1e-9 <= churn.average <= max(known) + 1e-9
