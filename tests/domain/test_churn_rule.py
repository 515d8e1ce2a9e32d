"""Losses of customers without contracts, found from the days on which they bought."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.churn import ChurnRule, Loss, losses

TODAY = date(2026, 11, 12)
RULE = ChurnRule()
days = st.lists(st.dates(date(2023, 1, 1), date(2027, 3, 1)), max_size=20)
marks = st.none() | st.dates(date(2023, 1, 1), TODAY)


def test_while_the_rhythm_holds_the_only_loss_lies_ahead() -> None:
    monthly = [TODAY - timedelta(30 * n) for n in range(12)]
    assert losses(monthly, RULE) == [Loss(TODAY + timedelta(90), None, "gap")]


def test_three_purchases_give_a_rhythm_of_three_gaps() -> None:
    bought = [date(2025, 1, 1), date(2025, 2, 10), date(2025, 3, 22)]
    assert losses(bought, RULE) == [Loss(date(2025, 3, 22) + timedelta(120), None, "gap")]


def test_short_rhythms_wait_the_least_days() -> None:
    bought = [date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 15)]
    assert losses(bought, RULE) == [Loss(date(2026, 1, 15) + timedelta(90), None, "gap")]


def test_fewer_purchases_wait_a_year() -> None:
    assert losses([date(2025, 11, 12)], RULE) == [Loss(TODAY, None, "gap")]
    assert losses([date(2025, 5, 12), date(2025, 11, 12)], RULE) == [Loss(TODAY, None, "gap")]


def test_two_purchases_on_one_day_are_one() -> None:
    day = date(2026, 6, 1)
    assert losses([day, day, day, day], RULE) == [Loss(date(2027, 6, 1), None, "gap")]


def test_a_purchase_after_a_loss_is_a_come_back() -> None:
    bought = [date(2024, 1, 1), date(2025, 6, 1)]
    assert losses(bought, RULE) == [
        Loss(date(2024, 12, 31), date(2025, 6, 1), "gap"),
        Loss(date(2026, 6, 1), None, "gap"),
    ]


def test_a_mark_by_hand_counts_at_its_day_and_ends_with_a_purchase() -> None:
    bought = [date(2026, 1, 1), date(2026, 9, 1)]
    assert losses(bought, RULE, date(2026, 5, 5)) == [
        Loss(date(2026, 5, 5), date(2026, 9, 1), "hand"),
        Loss(date(2027, 9, 1), None, "gap"),
    ]


def test_who_is_lost_already_is_not_lost_again_by_hand() -> None:
    assert losses([date(2024, 1, 1)], RULE, date(2026, 5, 5)) == [Loss(date(2024, 12, 31), None, "gap")]


def test_a_mark_without_any_purchase_is_a_loss() -> None:
    assert losses([], RULE, date(2026, 5, 5)) == [Loss(date(2026, 5, 5), None, "hand")]


@given(days, marks)
def test_losses_follow_each_other_and_only_the_last_is_open(bought: list[date], marked: date | None) -> None:
    found = losses(bought, RULE, marked)
    for earlier, later in pairwise(found):
        assert earlier.returned_on is not None
        assert earlier.lost_on < earlier.returned_on <= later.lost_on
    assert all(loss.returned_on is None or loss.returned_on in bought for loss in found)
    assert bool(found) == bool(bought or marked)


@given(days, st.dates(date(2023, 1, 1), TODAY))
def test_what_is_known_of_the_past_stays_true(bought: list[date], earlier: date) -> None:
    def known(days: list[date]) -> list[date]:
        return [loss.lost_on for loss in losses(days, RULE) if loss.lost_on < earlier]

    assert known([day for day in bought if day <= earlier]) == known(bought)


@given(days)
def test_patience_never_shortens_a_rhythm_below_the_least(bought: list[date]) -> None:
    distinct = sorted(set(bought))
    least = RULE.gap_days_single if len(distinct) < 3 else RULE.gap_days_min
    assert RULE.patience(distinct) >= least


def test_a_purchase_at_the_end_of_the_calendar_is_no_error() -> None:
    assert losses([date.max], RULE) == [Loss(date.max, None, "gap")]
