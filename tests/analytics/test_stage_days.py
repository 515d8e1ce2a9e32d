"""How long deals usually stay in a stage."""

from datetime import date

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


def test_the_usual_days_are_the_median_of_closed_deals_alone() -> None:
    log = [Entry(deal, 10, date(2026, 1, 1)) for deal in (1, 2, 3)]
    assert usual_days(log, {1: date(2026, 1, 4), 2: date(2026, 1, 11)}) == {10: 6.5}
