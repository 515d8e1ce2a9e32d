"""Deals at risk and deals that rot: the conditions of the lists find exactly those that the rules name one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.rotting import RiskRule, Standing, at_risk, risks, rotting
from crm_desktop.services import Services
from tests.services.report_checks import TODAY, open_base

RULE = RiskRule()
AGES = st.none() | st.integers(0, 40)
DEALS = st.fixed_dictionaries({
    "stage": st.integers(0, 4), "since": AGES, "opened": AGES, "touched": AGES, "close": st.none() | st.integers(-9, 9),
    "tasks": st.lists(st.tuples(st.none() | st.integers(-9, 9), st.booleans()), max_size=3),
})  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A base that is empty again after each example."""
    made = open_base(tmp_path_factory.mktemp("risk"))
    yield made
    made.close()


def ago(days: int | None) -> date | None:
    return None if days is None else TODAY - timedelta(days)


def write(services: Services, drawn: dict[str, Any], stage: int) -> int:
    insert = services._store.records.insert
    deal = insert("deal", {
        "name": "d", "stage": stage, "opened_on": ago(drawn["opened"]), "expected_close": ago(drawn["close"]),
    })  # fmt: skip
    if drawn["since"] is not None:
        insert("stage_log", {"deal": deal, "stage": stage, "entered_on": ago(drawn["since"])})
    if drawn["touched"] is not None:
        insert("activity", {"type": "call", "happened_on": ago(drawn["touched"]), "deal": deal})
    for due, done in drawn["tasks"]:
        ended = services.clock.now() if done else None
        insert("task", {"title": "t", "due_on": ago(due), "deal": deal, "done_at": ended})
    return deal


def next_activity(drawn: dict[str, Any]) -> date | None:
    return min((TODAY - timedelta(due) for due, done in drawn["tasks"] if due is not None and not done), default=None)


def rots(drawn: dict[str, Any], threshold: int) -> bool:
    idle = min((days for days in (drawn["since"], drawn["touched"]) if days is not None), default=None)
    held = any(due is not None and due <= 0 and not done for due, done in drawn["tasks"])
    return idle is not None and 0 < threshold < idle and not held


@given(drawn=st.lists(DEALS, min_size=1, max_size=4), usual=st.lists(st.integers(0, 20), min_size=5, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_lists_hold_what_the_rules_name(services: Services, drawn: list[dict[str, Any]], usual: list[int]) -> None:
    stages = services.pipeline.stages()[:5]
    days = {stage.id: float(each) for stage, each in zip(stages, usual, strict=True)}
    with services._store.action("add"):
        deals = {write(services, each, stages[each["stage"]].id): each for each in drawn}
    risky, rotten = set(), set()
    for number, each in deals.items():
        stage = stages[each["stage"]]
        standing = Standing(
            stage.probability, ago(each["since"]), ago(each["opened"]), ago(each["touched"]), next_activity(each),
            ago(each["close"]),
        )  # fmt: skip
        if risks(standing, RULE, days[stage.id], TODAY):
            risky.add(number)
        if rots(each, usual[each["stage"]]):
            rotten.add(number)
    try:
        assert set(services.lists.ids(Filter("deal", at_risk(RULE, days, TODAY)))) == risky
        thresholds = {stage.id: each for stage, each in zip(stages, usual, strict=True)}
        assert set(services.lists.ids(Filter("deal", rotting(thresholds, TODAY)))) == rotten
    finally:
        services.history.undo()
