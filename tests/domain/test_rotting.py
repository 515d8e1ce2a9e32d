"""Rotting and risk of open deals."""

from dataclasses import replace
from datetime import date, timedelta

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.rotting import Risk, RiskRule, Standing, at_risk, idle_days, risks, rotten

TODAY = date(2026, 11, 12)
RULE = RiskRule()


def ago(days: int) -> date:
    return TODAY - timedelta(days)


SOUND = Standing(
    stage_probability=50,
    stage_since=ago(5),
    opened_on=ago(40),
    last_touch=ago(3),
    next_activity=TODAY,
    expected_close=ago(-10),
)


def test_a_deal_in_good_standing_has_no_risk() -> None:
    assert risks(SOUND, RULE, 12, TODAY) == ()


def test_each_reason_is_named_by_itself() -> None:
    assert risks(replace(SOUND, next_activity=None), RULE, 12, TODAY) == (Risk.NO_NEXT_STEP,)
    assert risks(replace(SOUND, stage_since=ago(19)), RULE, 12, TODAY) == (Risk.SLOW,)
    assert risks(replace(SOUND, expected_close=ago(1)), RULE, 12, TODAY) == (Risk.CLOSE_DATE_PASSED,)
    assert risks(replace(SOUND, last_touch=ago(8)), RULE, 12, TODAY) == (Risk.NO_CONTACT,)


def test_the_bounds_themselves_are_no_risk() -> None:
    assert risks(replace(SOUND, stage_since=ago(18), last_touch=ago(7), expected_close=TODAY), RULE, 12, TODAY) == ()


def test_a_deal_never_touched_is_quiet_since_it_was_opened() -> None:
    assert risks(replace(SOUND, last_touch=None), RULE, None, TODAY) == (Risk.NO_CONTACT,)
    assert risks(replace(SOUND, last_touch=None, opened_on=None), RULE, None, TODAY) == ()


def test_early_stages_are_not_watched() -> None:
    assert risks(replace(SOUND, stage_probability=15, next_activity=None), RULE, 12, TODAY) == ()


def test_idle_counts_from_the_later_of_stage_and_touch() -> None:
    assert idle_days(SOUND, TODAY) == 3
    assert idle_days(replace(SOUND, last_touch=None, stage_since=None), TODAY) is None


def test_rotten_is_idle_beyond_the_threshold_without_anything_planned() -> None:
    quiet = replace(SOUND, next_activity=None, last_touch=ago(20), stage_since=ago(15))
    assert rotten(quiet, 14, TODAY)
    assert not rotten(quiet, 15, TODAY)
    assert not rotten(quiet, 0, TODAY)
    assert not rotten(replace(quiet, next_activity=TODAY), 14, TODAY)
    assert rotten(replace(quiet, next_activity=ago(1)), 14, TODAY)


def test_the_condition_survives_its_json_form() -> None:
    found = Filter("deal", at_risk(RULE, {7: 12.0, 3: 8.5}, TODAY))
    document = found.to_json()
    assert Filter.from_json(document).to_json() == document
