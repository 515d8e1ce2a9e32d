"""How long deals usually stay in a stage."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.analytics.pipeline import Entry, days_in_stage, usual_days


def test_stays_end_with_the_next_stage_and_with_the_close() -> None:
    log = [Entry(1, 10, date(2026, 1, 1)), Entry(1, 11, date(2026, 1, 6))]
    assert days_in_stage(log, {1: date(2026, 1, 20)}) == {10: [5], 11: [14]}


def test_a_second_stay_in_a_stage_is_added_to_the_first() -> None:
    log = [
        Entry(1, 10, date(2026, 1, 1)),
        Entry(1, 11, date(2026, 1, 6)),
        Entry(1, 10, date(2026, 1, 8)),
        Entry(1, 12, date(2026, 1, 10)),
    ]
    assert days_in_stage(log, {1: date(2026, 1, 10)}) == {10: [7], 11: [2], 12: [0]}


entries = st.lists(
    st.builds(Entry, st.integers(1, 3), st.integers(10, 12), st.dates(date(2026, 1, 1), date(2026, 3, 1))), max_size=12
)
closes = st.dictionaries(st.integers(1, 3), st.dates(date(2026, 1, 1), date(2026, 3, 1)))


def test_what_was_noted_after_the_close_is_no_stay() -> None:
    log = [Entry(1, 10, date(2026, 1, 1)), Entry(1, 12, date(2026, 2, 20)), Entry(1, 20, date(2026, 1, 11))]
    assert days_in_stage(log, {1: date(2026, 1, 11)}) == {10: [10], 20: [0]}


@given(entries, closes)
def test_the_stays_of_a_deal_add_up_to_its_way_to_the_close(log: list[Entry], closed: dict[int, date]) -> None:
    found = days_in_stage(log, closed)
    assert all(days >= 0 for stays in found.values() for days in stays)
    firsts = {deal: min((e.entered_on for e in log if e.deal == deal), default=on) for deal, on in closed.items()}
    assert sum(map(sum, found.values())) == sum(max(0, (on - firsts[deal]).days) for deal, on in closed.items())


def test_the_usual_days_are_the_median_of_closed_deals_alone() -> None:
    log = [Entry(deal, 10, date(2026, 1, 1)) for deal in (1, 2, 3)]
    assert usual_days(log, {1: date(2026, 1, 4), 2: date(2026, 1, 11)}) == {10: 6.5}
