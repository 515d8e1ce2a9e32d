"""Periods of the calendar, up to both of its ends."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.domain.periods import (
    Period,
    add_days,
    add_months,
    last_months,
    month_of,
    quarter_of,
    times,
    touching,
    week_of,
    year_of,
)

LENGTHS: dict[Callable[[date], Period], set[int]] = {
    week_of: {7}, month_of: {28, 29, 30, 31}, quarter_of: {90, 91, 92}, year_of: {365, 366},
}  # fmt: skip
days = st.dates()


@pytest.mark.parametrize("find", LENGTHS)
@given(day=days)
@example(day=date.min)
@example(day=date.max)
def test_a_day_lies_in_its_period_as_all_days_of_it_do(find: Callable[[date], Period], day: date) -> None:
    period = find(day)
    assert day in period
    assert find(period.start) == find(period.end) == period
    assert period.days in LENGTHS[find] or period.end == date.max


@pytest.mark.parametrize("find", LENGTHS)
@given(day=days, length=st.integers(0, 900))
@example(day=date.max - timedelta(40), length=40)
def test_periods_that_touch_a_span_cover_it_without_gaps(
    find: Callable[[date], Period], day: date, length: int
) -> None:
    end = add_days(day, length)
    found = touching(day, end, find)
    assert day in found[0]
    assert end in found[-1]
    assert all(later.start - earlier.end == timedelta(1) for earlier, later in pairwise(found))


@given(day=days, count=st.integers(-130_000, 130_000))
def test_months_go_forth_and_back_within_the_calendar(day: date, count: int) -> None:
    there = add_months(day, count)
    if there in (date.min, date.max):
        return
    assert (there.year - day.year) * 12 + there.month - day.month == count
    assert there.day == min(day.day, month_of(there).end.day)
    back = add_months(there, -count)
    assert back == day.replace(day=there.day)


@given(day=days, count=st.integers(-4_000_000, 4_000_000))
def test_days_stop_at_the_ends_of_the_calendar(day: date, count: int) -> None:
    there = add_days(day, count)
    assert there in (date.min, date.max) or there - day == timedelta(count)


@given(day=st.dates(date(2, 1, 1)), count=st.integers(1, 12))
def test_the_last_months_end_with_the_current_one(day: date, count: int) -> None:
    span = last_months(day, count)
    assert len(touching(span.start, span.end)) == count
    assert span.end == month_of(day).end


@given(st.integers(1, 2000), st.integers(0, 20_000))
def test_so_many_times_some_days_are_whole_days_without_the_errors_of_floats(hundredths: int, halves: int) -> None:
    assert times(hundredths / 100, halves / 2) == hundredths * halves // 200
