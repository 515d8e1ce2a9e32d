"""The clock: which business day an instant belongs to, wherever the program runs."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.clock import Clock

EAST = timezone(timedelta(hours=9))
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))


def _standing(zone: timezone, hour: int = 12) -> Clock:
    return Clock.fixed(datetime(2026, 11, 20, hour, 30, tzinfo=zone))


def test_the_day_of_an_instant_is_the_day_where_the_clock_stands() -> None:
    clock = _standing(EAST, hour=0)
    assert clock.today() == date(2026, 11, 20)
    assert clock.now() == datetime(2026, 11, 19, 15, 30, tzinfo=UTC)
    assert clock.day(clock.now()) == clock.today()
    assert clock.day(datetime(2026, 11, 20, 14, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert clock.day(datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) == date(2026, 11, 21)


@given(zones, st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_an_instant_lies_within_its_day(zone: timezone, instant: datetime) -> None:
    clock = _standing(zone)
    start, end = clock.bounds(clock.day(instant))
    assert start <= instant < end
    assert end - start == timedelta(days=1)
    assert clock.day(start) == clock.day(end - timedelta(microseconds=1)) == clock.day(instant)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("zone", [UTC, EAST, timezone(timedelta(hours=-9))])
def test_the_ends_of_the_calendar_are_days_too(day: date, zone: timezone) -> None:
    clock = _standing(zone)
    start, end = clock.bounds(day)
    assert start <= end
    for hour in (0, 12, 23):
        assert abs((clock.day(datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)) - day).days) <= 1


@given(zones, st.dates(date(1950, 1, 1), date(2200, 1, 1)))
def test_the_noon_of_a_day_is_in_that_day_for_both_clocks(zone: timezone, day: date) -> None:
    clock = _standing(zone)
    then = clock.noon(day)
    assert then.today() == day == clock.day(then.now())
    assert then.bounds(day) == clock.bounds(day)


@pytest.mark.usefixtures("berlin")
def test_a_day_of_the_system_is_as_long_as_its_clocks_make_it() -> None:
    clock = Clock()
    summer = clock.bounds(date(2026, 3, 29))
    assert summer == (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC))
    winter = clock.bounds(date(2026, 10, 25))
    assert winter[1] - winter[0] == timedelta(hours=25)
    assert clock.day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert clock.noon(date(2026, 7, 1)).now() == datetime(2026, 7, 1, 10, tzinfo=UTC)
