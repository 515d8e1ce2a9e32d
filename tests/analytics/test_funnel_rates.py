"""The rates of a funnel."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.analytics.funnel import immature, steps

falling = st.lists(st.integers(0, 10_000), min_size=1, max_size=8).map(lambda counts: sorted(counts, reverse=True))


def test_rates_of_the_design() -> None:
    found = steps([248, 142, 71, 46, 19])
    assert [round(step.rate_next or 0, 2) for step in found] == [0.57, 0.5, 0.65, 0.41, 0]
    assert [round(step.rate_total or 0, 2) for step in found] == [1, 0.57, 0.29, 0.19, 0.08]


def test_an_empty_funnel_has_no_rates() -> None:
    assert [(step.rate_next, step.rate_total) for step in steps([0, 0, 0])] == [(None, None)] * 3


@given(falling)
def test_rates_multiply_to_the_total(counts: list[int]) -> None:
    found = steps(counts)
    total = 1.0
    for step in found:
        assert step.rate_total is None or abs(step.rate_total - total) < 1e-9
        if step.rate_next is None:
            break
        assert 0 <= step.rate_next <= 1
        total *= step.rate_next


def test_a_cohort_is_immature_until_a_median_cycle_has_passed() -> None:
    assert immature(date(2026, 10, 31), 30, date(2026, 11, 12))
    assert not immature(date(2026, 10, 1), 30, date(2026, 11, 12))
    assert not immature(date(2026, 11, 1), None, date(2026, 11, 12))
