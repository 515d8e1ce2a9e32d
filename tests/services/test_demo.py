"""The sample data: what it holds, that it shows what the design shows, and that it leaves without a trace."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm_desktop.domain.filter import Compare, Exists, Filter, Op, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import last_months
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from tests.services.report_checks import TODAY, open_base, put

MARKED = ("task", "activity", "purchase", "deal", "lead", "person", "company", "product")


def counts(services: Services) -> dict[str, int]:
    return {kind: services.lists.count(Filter(kind)) for kind in (*MARKED, "stage_log", "customer")}


def test_it_has_the_customers_leads_and_deals_that_are_promised(filled: Services) -> None:
    found = counts(filled)
    assert (found["customer"], found["lead"], found["deal"]) == (132, 248, 115)
    assert filled.lists.count(Filter("deal", is_("status", "open"))) == 25


def test_who_was_put_aside_has_a_reason_and_who_comes_back_a_day(filled: Services) -> None:
    fields = ["status_type", "status_reason", "return_on"]
    rows = [row[1:] for row in filled.lists.values(Filter("lead"), fields)]
    told = {(type_, bool(reason), back is not None and back > TODAY) for type_, reason, back in rows}
    aside = {("disqualified", True, False), ("recycled", True, True)}
    assert aside <= told and all(not reason and not back for type_, reason, back in told - aside)


def test_the_board_stands_as_drawn(filled: Services) -> None:
    columns = filled.pipeline.board().columns
    assert [(column.count, column.sums["EUR"] // 100) for column in columns] == [
        (6, 49_900), (6, 76_800), (5, 35_500), (5, 69_700), (3, 71_100),
    ]  # fmt: skip
    first = filled.pipeline.cards(columns[0].ids)[0]
    assert (first.company, first.name, first.next_step) == ("Riverside Co-working", "Two bean-to-cup machines", "Call")
    assert (first.days_in_stage, first.usual_days) == (3, 12)


def test_the_figures_above_the_board_are_those_drawn(filled: Services) -> None:
    figures = filled.reports.pipeline().figures
    shown = {name: int(figure.value.amount) for name, figure in figures.items() if isinstance(figure.value, Money)}
    assert shown["open_value"] == 303_000
    assert shown["weighted_value"] == 109_285
    assert (shown["closing_this_month"], figures["closing_this_month"].n) == (147_500, 8)
    assert (shown["at_risk"], figures["at_risk"].n) == (66_300, 3)


def test_each_deal_at_risk_is_so_for_its_reason(filled: Services) -> None:
    board = filled.pipeline.board()
    cards = [card for column in board.columns for card in filled.pipeline.cards(column.ids)]
    assert {card.company: card.at_risk for card in cards if card.at_risk} == {
        "Northgate Conference": "no_contact",
        "Hotel Astoria Park": "slow",
        "Solstice Spa": "close_date_passed",
    }


def test_the_saved_views_hold_as_many_as_drawn(filled: Services) -> None:
    found = {view.name: filled.lists.count(view.filter) for view in filled.views.list("lead")}
    assert found == {"": 248, "Hot": 18, "Since the fair": 64, "No next step": 31, "Going cold": 22}


def test_the_views_of_what_is_to_be_done_hold_leads_in_work(filled: Services) -> None:
    views = {view.name: view.filter for view in filled.views.list("lead")}
    for name in ("Hot", "No next step", "Going cold"):
        before = filled.lists.ids(views[name], None)
        filled.leads.disqualify(before[:1], "No budget")
        assert [*filled.lists.ids(views[name], None)] == [*before[1:]]
        filled.history.undo()


def test_the_first_leads_since_the_fair_are_those_drawn(filled: Services) -> None:
    view = next(view for view in filled.views.list("lead") if view.name == "Since the fair")
    rows = filled.lists.rows("lead", filled.lists.ids(view.filter, view.sort, 5), ["name", "score", "company_name"])
    assert [(name, score) for _, name, score, _ in rows] == [
        ("Noor Haddad", 86), ("Samuel Adeyemi", 83), ("Priya Raman", 79), ("Luca Ferrante", 76),
        ("Joanna Whitlock", 72),
    ]  # fmt: skip
    assert rows[4][3] == "Fenwick Schools Trust"


def test_the_funnel_is_the_one_drawn_and_agrees_with_a_count_by_hand(filled: Services) -> None:
    report = filled.reports.funnel(last_months(TODAY, 12))
    assert [row.values["count"] for row in report.rows] == [248, 142, 71, 46, 19]
    fields = ("mql_on", "sql_on", "opportunity_on", "customer_on")
    dated = [row[1:] for row in filled.lists.values(Filter("lead"), fields)]
    for step, row in enumerate(report.rows[1:]):
        assert row.values["count"] == sum(any(dates[step:]) for dates in dated)


def test_dates_of_leads_follow_each_other_and_none_lies_ahead(filled: Services) -> None:
    fields = ("created_at", "mql_on", "sql_on", "opportunity_on", "customer_on")
    leads = filled.lists.values(Filter("lead"), fields)
    assert len(leads) > 200
    for lead, created, *dates in leads:
        known = [created.date(), *(day for day in dates if day is not None)]
        assert known == sorted(known), lead
        assert known[-1] <= TODAY


def test_nothing_happened_after_today(filled: Services) -> None:
    for kind, field in (("purchase", "bought_on"), ("activity", "happened_on"), ("deal", "closed_on")):
        assert filled.lists.count(Filter(kind, Compare(field, Op.MORE, TODAY))) == 0


def test_some_customers_were_lost_and_their_rate_is_like_the_drawn_one(filled: Services) -> None:
    report = filled.reports.churn(last_months(TODAY, 12))
    assert len(report.rows) == 12
    rates = [row.values["churn_rate"] for row in report.rows]
    assert 0.01 < sum(rates) / 12 < 0.04
    assert max(rates) > 0.03
    assert filled.lists.count(Filter("customer", is_("lost", True))) == 33


def test_won_deals_lie_in_the_logs_of_their_stages(filled: Services) -> None:
    usual = filled.reports.usual_days()
    stages = [found for found in filled.pipeline.stages() if found.id in usual]
    assert [usual[found.id] for found in stages] == [12, 10, 14, 12, 8]
    won = Filter("deal", is_("status", "won"))
    assert filled.lists.count(won) == 37
    assert filled.lists.count(won & Exists("stage_logs", is_("stage.category", "won"))) == 37


def test_every_record_is_marked_and_the_people_have_companies(filled: Services) -> None:
    for kind in MARKED:
        assert filled.lists.count(Filter(kind, is_("source_system", "sample"))) == filled.lists.count(Filter(kind))
    assert filled.lists.count(Filter("person", Compare("company", Op.EMPTY, True))) == 0


def test_it_is_one_action_that_can_be_taken_back_and_done_again(services: Services) -> None:
    empty = counts(services)
    change = services.demo.fill()
    assert change.verb == "demo"
    full = counts(services)
    services.history.undo()
    assert counts(services) == empty
    assert not services.demo.present()
    assert [view.name for view in services.views.list("lead")] == [""]
    services.history.redo()
    assert counts(services) == full
    assert services.demo.present()


def test_it_comes_once(services: Services) -> None:
    services.demo.fill()
    with pytest.raises(UserError, match="already there"):
        services.demo.fill()


def test_removing_takes_exactly_the_sample(services: Services) -> None:
    company, *_ = put(services, "company", {"name": "Our own", "customer": True})
    put(services, "lead", {"last_name": "Ours", "company": company})
    before = counts(services)
    services.demo.fill()
    services.demo.remove()
    assert counts(services) == before
    assert not services.demo.present()
    assert [view.name for view in services.views.list("lead")] == [""]
    services.history.undo()
    assert counts(services)["lead"] == 249
    assert services.demo.present()


def test_what_was_changed_is_counted_and_may_be_kept(services: Services) -> None:
    services.demo.fill()
    assert services.demo.changed() == {}
    lead, other = services.lists.ids(Filter("lead"), None, 2)
    deal, *_ = services.lists.ids(Filter("deal", is_("status", "open")))
    services.records.set("lead", [lead], {"job_title": "Owner"})
    services.records.set("lead", [other], {"job_title": "Owner"})
    services.history.undo()
    services.pipeline.move(deal, services.pipeline.stages()[1].id)
    services.records.add("task", {"title": "Ours", "lead": lead})
    assert services.demo.changed() == {"lead": [lead], "deal": [deal]}
    services.demo.remove(keep_changed=True)
    assert counts(services) | {"customer": 0} == dict.fromkeys(counts(services), 0) | {
        "lead": 1, "deal": 1, "task": 1, "stage_log": services.lists.count(Filter("stage_log", is_("deal", deal))),
    }  # fmt: skip
    assert not services.demo.present() and services.lists.count(Filter("stage_log")) > 0
    services.history.undo()
    assert services.demo.present() and services.demo.changed() == {"lead": [lead], "deal": [deal]}


def test_removing_what_is_not_there_is_said(services: Services) -> None:
    with pytest.raises(UserError, match="no sample data"):
        services.demo.remove()


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 1, 31), date(2028, 2, 29)])
def test_it_holds_on_any_day(tmp_path: Path, day: date) -> None:
    services = open_base(tmp_path, datetime(day.year, day.month, day.day, 7, tzinfo=UTC))
    services.demo.fill()
    assert services.lists.count(Filter("customer")) == 132
    assert [row.values["count"] for row in services.reports.funnel(last_months(day, 12)).rows] == [248, 142, 71, 46, 19]
    at_risk = services.reports.pipeline().figures["at_risk"]
    assert at_risk.n == 3
    services.close()


def test_it_is_the_same_each_time(tmp_path: Path, filled: Services) -> None:
    other = open_base(tmp_path)
    other.demo.fill()
    for kind, fields in (("lead", ("name", "company_name", "score")), ("purchase", ("bought_on", "amount"))):
        assert other.lists.values(Filter(kind), fields) == filled.lists.values(Filter(kind), fields)
    other.close()


def test_a_crowd_is_as_large_as_asked(services: Services) -> None:
    services.demo.fill(3000)
    assert services.lists.count(Filter("lead")) == 3000
    assert services.lists.count(Filter("person")) == 3000
    assert services.lists.count(Filter("customer")) == 132
    dated = Filter("lead", is_("lifecycle", "mql")) & Compare("mql_on", Op.EMPTY, True)
    assert services.lists.count(dated) == 0
    services.history.undo()
    assert services.lists.count(Filter("lead")) == 0


def test_a_small_crowd_leaves_the_sample_whole(services: Services) -> None:
    services.demo.fill(10)
    assert services.lists.count(Filter("lead")) == 248
