"""The figures of sales."""

import pytest

from crm_desktop.analytics.sales import Outcomes, measure


def test_the_figures_of_a_handful_of_deals() -> None:
    found = measure(Outcomes(3, 1, 10, [100_00, 200_00, 600_00], 100_00, [10, 20, 60]))
    assert found.win_rate == 0.75
    assert found.win_rate_value == 0.9
    assert (found.won_value, found.average_won_value, found.median_won_value) == (900_00, 300_00, 200_00)
    assert (found.cycle_days_mean, found.cycle_days_median) == (30, 20)
    assert found.velocity_per_day == 10 * 3 * 300_00 // 4 // 20


def test_nothing_won_leaves_rates_without_value() -> None:
    found = measure(Outcomes(0, 0, 4, [], 0, []))
    assert found.win_rate is None
    assert found.win_rate_value is None
    assert found.average_won_value is None
    assert found.median_won_value is None
    assert found.cycle_days_median is None
    assert found.velocity_per_day is None


def test_halves_of_a_minor_unit_round_to_even() -> None:
    found = measure(Outcomes(2, 0, 0, [1, 2], 0, [1, 2]))
    assert (found.average_won_value, found.median_won_value) == (2, 2)
    assert found.cycle_days_median == pytest.approx(1.5)
