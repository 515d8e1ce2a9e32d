"""Rotting and risk of open deals."""

from dataclasses import replace
from datetime import date, timedelta

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.rotting import Risk, RiskRule, Standing, at_risk, risks, rotting

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


def test_the_conditions_survive_their_json_form() -> None:
    for condition in (at_risk(RULE, {7: 12.0, 3: 8.5}, TODAY), rotting({7: 12, 3: 0}, TODAY)):
        document = Filter("deal", condition).to_json()
        assert Filter.from_json(document).to_json() == document
