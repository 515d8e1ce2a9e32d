"""Reports: every number is what its filter finds, on the sample data, on real files and on whatever may come."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.churn import ChurnRule, losses
from crm_desktop.domain.figures import Report
from crm_desktop.domain.filter import Compare, Filter, Op, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period, last_months
from crm_desktop.domain.rotting import RiskRule, Standing, risks
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from crm_desktop.settings import Settings
from tests.services.report_checks import TODAY, fails, not_adding_up, open_base, put, stage

YEAR = last_months(TODAY, 12)


def every_report(services: Services, period: Period | None) -> Iterator[Report]:
    """Each report, whole and split by what it may be split by."""
    reports = services.reports
    yield reports.funnel(snapshot=True)
    for by in (None, "source", "company.segment", "stage", "tags"):
        yield reports.pipeline(by=by)
    for by in (None, "product", "company.segment", "stage", "lost_reason", "source", "tags", "closed_on"):
        yield reports.sales(period, by=by)
    for by in (None, "source", "segment", "status", "tags"):
        yield reports.funnel(period, by=by)
    for by in (None, "segment", "type", "lost"):
        yield reports.churn(period, by=by)


# the sample data


@pytest.mark.parametrize("period", [YEAR, None, Period(date(2026, 4, 1), date(2026, 6, 30))])
def test_every_number_of_the_sample_is_what_its_filter_finds(filled: Services, period: Period | None) -> None:
    for report in every_report(filled, period):
        assert fails(filled, report) == []


def test_a_filter_narrows_every_report(filled: Services) -> None:
    reports = filled.reports
    deals, leads = Filter("deal", is_("company.segment", "Hospitality")), Filter("lead", is_("source", "Website"))
    hotels = Filter("customer", is_("segment", "Hospitality"))
    narrowed = [
        reports.sales(YEAR, deals), reports.pipeline(deals), reports.funnel(YEAR, leads), reports.churn(YEAR, hotels),
    ]  # fmt: skip
    assert [fails(filled, report) for report in narrowed] == [[], [], [], []]
    assert narrowed[2].rows[0].values["count"] == filled.lists.count(leads)
    assert narrowed[3].figures["active_at_start"].n < reports.churn(YEAR).figures["active_at_start"].n


def test_a_filter_of_another_kind_is_refused(filled: Services) -> None:
    with pytest.raises(UserError, match="deal"):
        filled.reports.sales(YEAR, Filter("lead"))


def test_sales_agree_with_a_count_by_hand(filled: Services) -> None:
    rows = filled.lists.values(Filter("deal"), ("status", "amount", "opened_on", "closed_on"))
    closed = [row for row in rows if row[4] is not None and row[4] in YEAR]
    won = [row for row in closed if row[1] == "won"]
    amounts = [row[2].minor for row in won]
    days = [(row[4] - row[3]).days for row in won]
    figures = filled.reports.sales(YEAR).figures
    assert figures["won_count"].value == len(won)
    assert figures["lost_count"].value == len(closed) - len(won)
    assert figures["win_rate"].value == len(won) / len(closed)
    assert figures["median_won_value"].value == Money(round(median(amounts)), "EUR")
    assert figures["cycle_days_median"].value == median(days)
    assert figures["cycle_days_mean"].value == pytest.approx(sum(days) / len(days))
    velocity = figures["velocity_per_day"].value
    assert isinstance(velocity, Money)
    expected = 25 * len(won) / len(closed) * (sum(amounts) / len(won)) / median(days)
    assert velocity.minor == pytest.approx(expected, abs=1)


def test_churn_agrees_with_a_count_by_hand(filled: Services) -> None:
    bought: dict[int, list[date]] = {}
    for _, company, day in filled.lists.values(Filter("purchase"), ("company", "bought_on")):
        bought.setdefault(company.id, []).append(day)
    months = filled.reports.churn(YEAR).rows
    assert len(months) == 12
    for row in months:
        month = row.values["period"]
        active = lost = 0
        for days in bought.values():
            found = losses(days, ChurnRule())
            away = any(f.lost_on < month.start and (f.returned_on or date.max) >= month.start for f in found)
            if min(days) < month.start and not away:
                active += 1
                lost += any(f.lost_on in month and f.lost_on <= TODAY for f in found)
        assert (row.values["active_at_start"], row.values["lost"]) == (active, lost), month


@pytest.mark.parametrize("kind", ["deal", "lead", "customer"])
def test_rows_of_a_split_add_up_to_the_whole(filled: Services, kind: str) -> None:
    reports = filled.reports
    single = [field.name for field in filled.catalogue.kind(kind).fields.values() if field.groupable]
    linked = {"deal": ["company.segment", "product.series", "lead.source"], "lead": [], "customer": ["company.city"]}
    asked = {
        "deal": (partial(reports.sales, YEAR), reports.pipeline), "lead": (partial(reports.funnel, YEAR),),
        "customer": (partial(reports.churn, YEAR),),
    }  # fmt: skip
    for by in (*single, *linked[kind]):
        for report in (ask(by=by) for ask in asked[kind]):
            assert fails(filled, replace(report, rows=report.rows[-40:])) == []
            assert all(next(iter(row.values)) == by for row in report.rows)
            assert not_adding_up(report) == []


def test_the_pipeline_is_split_by_a_field_the_largest_value_first(filled: Services) -> None:
    rows = filled.reports.pipeline(by="company.segment").rows
    worth = [row.values["value"].minor for row in rows]
    assert worth == sorted(worth, reverse=True) and len(rows) > 3
    assert {"count", "value", "weighted"} < set(rows[0].values) and "probability" not in rows[0].values


def test_the_funnel_names_its_steps_and_the_stages_of_the_glossary(filled: Services) -> None:
    rows = filled.reports.funnel(YEAR).rows
    assert [row.values["stage"] for row in rows if row.values["heads_stage"]] == [
        "awareness", "interest", "consideration", "action",
    ]  # fmt: skip
    assert [row.values["step"] for row in rows] == ["lead", "mql", "sql", "opportunity", "customer"]


def test_a_young_cohort_is_immature(filled: Services) -> None:
    reports = filled.reports
    old = Period(date(2026, 1, 1), date(2026, 6, 30))
    assert reports.funnel(YEAR).figures["overall_rate"].parameters["immature"] is True
    assert reports.funnel(old).figures["overall_rate"].parameters["immature"] is False
    assert reports.funnel(snapshot=True).figures["overall_rate"].parameters["mode"] == "snapshot"


def test_long_spans_have_quarters_and_short_ones_months(filled: Services) -> None:
    long = filled.reports.sales(Period(date(2024, 1, 1), date(2026, 12, 31))).rows
    assert [row.values["period"].start.month for row in long[:4]] == [1, 4, 7, 10]
    clipped = filled.reports.sales(Period(date(2026, 3, 10), date(2026, 5, 4))).rows
    assert [(row.values["period"].start.day, row.values["period"].end.day) for row in clipped] == [
        (10, 31), (1, 30), (1, 4),
    ]  # fmt: skip


def test_a_mistyped_year_neither_breaks_a_report_nor_fills_it(services: Services) -> None:
    won = {"stage": stage(services, "Won"), "opened_on": TODAY}
    put(services, "deal", *({"name": "d", "closed_on": day, **won} for day in (date(206, 1, 1), TODAY, date.max)))
    [company] = put(services, "company", {"name": "c"})
    put(services, "purchase", {"company": company, "bought_on": date.max})
    for report in every_report(services, None):
        assert fails(services, report) == []
    assert [row.values["won"] for row in services.reports.sales().rows] == [1, 1, 1]
    far = Period(date(2026, 1, 1), date.max)
    reports = (services.reports.sales(far), services.reports.funnel(far), services.reports.churn(far))
    assert [fails(services, report) for report in reports] == [[], [], []]


def test_the_condition_of_risk_finds_the_deals_that_have_a_reason(filled: Services) -> None:
    fields = ("stage", "stage.probability", "stage_since", "opened_on", "last_touch", "next_activity", "expected_close")
    usual = filled.reports.usual_days()
    expected = {
        deal
        for deal, at, *facts in filled.lists.values(Filter("deal", is_("status", "open")), fields)
        if risks(Standing(*facts), RiskRule(), usual.get(at.id), TODAY)
    }
    figure = filled.reports.pipeline().figures["at_risk"]
    assert set(filled.lists.ids(figure.filter)) == expected


def test_usual_days_are_those_of_the_stage_until_a_deal_was_won(services: Services) -> None:
    usual = services.reports.usual_days()
    assert usual == {found.id: found.rot_days for found in services.pipeline.stages() if found.id in usual}
    assert len(usual) == 5


# single cases


@pytest.mark.parametrize(
    ("since", "touched", "due", "rots"),
    [
        (15, None, (), True),
        (14, None, (), False),
        (40, 14, (), False),
        (40, 15, (), True),
        (40, None, (0,), False),
        (40, None, (-1,), True),
        (40, None, (-1, 30), False),
        (None, None, (), False),
        (None, 15, (), True),
    ],
)
def test_a_deal_rots_once_idle_beyond_what_its_stage_allows(
    services: Services, since: int | None, touched: int | None, due: tuple[int, ...], rots: bool
) -> None:
    at = stage(services, "Proposal")
    with services._store.action("set", "stage"):
        services._store.records.update("stage", [at], {"rot_days": 14})
    [deal] = put(services, "deal", {"name": "d", "stage": at, "amount": Money(5, "EUR")})
    if since is not None:
        put(services, "stage_log", {"deal": deal, "stage": at, "entered_on": TODAY - timedelta(since)})
    if touched is not None:
        put(services, "activity", {"type": "call", "happened_on": TODAY - timedelta(touched), "deal": deal})
    put(services, "task", *({"title": "t", "due_on": TODAY + timedelta(days), "deal": deal} for days in due))
    figure = services.reports.pipeline().figures["rotting"]
    assert figure.n == rots


def test_an_empty_base_gives_reasons_and_no_rates(services: Services) -> None:
    for report in every_report(services, None):
        assert fails(services, report) == []
    figures = services.reports.sales().figures
    assert (figures["win_rate"].value, figures["win_rate"].reason) == (None, "nothing_to_count")
    assert services.reports.churn().rows == ()
    document = services.reports.sales().to_json()
    assert document["period"] == {"from": None, "to": None}
    assert document["figures"]["win_rate"]["reason"] == "nothing_to_count"


def test_currencies_never_mix(services: Services) -> None:
    won = {"stage": stage(services, "Won"), "closed_on": TODAY, "opened_on": TODAY - timedelta(10)}
    put(
        services,
        "deal",
        {"name": "a", "amount": Money(100_00, "EUR"), **won},
        {"name": "b", "amount": Money(7, "JPY"), **won},
    )
    report = services.reports.sales()
    assert fails(services, report) == []
    figure = report.figures["won_value"]
    assert figure.value == Money(100_00, "EUR")
    assert figure.parameters == {"other_currencies": {"JPY": "7"}}
    assert report.rows[0].values["other_currencies"] == {"JPY": "7"}
    assert report.figures["average_won_value"].value == Money(100_00, "EUR")


def test_a_deal_closed_before_it_was_opened_has_no_cycle(services: Services) -> None:
    won = {"stage": stage(services, "Won"), "closed_on": TODAY, "amount": Money(500, "EUR")}
    put(services, "deal", *({"name": "d", "opened_on": TODAY - timedelta(days), **won} for days in (20, 10, -30)))
    report = services.reports.sales()
    assert fails(services, report) == []
    assert [report.figures[f"cycle_days_{name}"].value for name in ("mean", "median")] == [15, 15]
    assert services.reports.funnel().figures["overall_rate"].parameters["cycle_days_median"] == 15


def test_spellings_of_one_word_are_one_row(services: Services) -> None:
    won = {"stage": stage(services, "Won"), "closed_on": TODAY}
    put(services, "deal", *({"name": "x", "source": source, **won} for source in ("Messe", "MESSE", "messe ", None)))
    report = services.reports.sales(by="source")
    assert fails(services, report) == []
    assert [row.values["won"] for row in report.rows] == [3, 1]
    assert report.rows[1].values["source"] is None


def test_several_tags_count_in_each_row(services: Services) -> None:
    put(
        services,
        "lead",
        {"last_name": "a", "tags": ("Fair", "Key")},
        {"last_name": "b", "tags": ("Fair",)},
        {"last_name": "c"},
    )
    report = services.reports.funnel(by="tags")
    assert fails(services, report) == []
    assert [(r.values["tags"], r.values["count"]) for r in report.rows if r.values["step"] == "lead"] == [
        ("Fair", 2), ("Key", 1), (None, 1),
    ]  # fmt: skip


def test_a_skipped_step_counts_as_reached_and_a_lost_deal_stays(services: Services) -> None:
    lead, other, third = put(
        services,
        "lead",
        {"last_name": "a"},
        {"last_name": "b", "customer_on": TODAY},
        {"last_name": "c", "lifecycle": "mql"},
    )
    put(services, "deal", {"name": "d", "lead": lead, "stage": stage(services, "Lost"), "closed_on": TODAY})
    report = services.reports.funnel()
    assert [row.values["count"] for row in report.rows] == [3, 3, 2, 2, 1]
    assert set(services.lists.ids(report.rows[3].filter)) == {lead, other}
    assert third in services.lists.ids(report.rows[1].filter)


def test_the_snapshot_counts_where_leads_stand_now(services: Services) -> None:
    back = {"last_name": "a", "lifecycle": "lead", "mql_on": TODAY}
    put(services, "lead", back, {"last_name": "b", "lifecycle": "sql"})
    assert [row.values["count"] for row in services.reports.funnel(snapshot=True).rows] == [2, 1, 1, 0, 0]
    assert [row.values["count"] for row in services.reports.funnel().rows] == [2, 2, 1, 0, 0]


def test_who_left_without_dates_is_one_row_without_a_period(services: Services) -> None:
    put(services, "person", *({"last_name": f"p{n}", "customer": True, "lost": n < 3} for n in range(10)))
    report = services.reports.churn(YEAR)
    assert fails(services, report) == []
    assert [row.values["period"] for row in report.rows] == [None]
    assert report.figures["churn_rate"].value == 0.3
    assert report.figures["revenue_churn_rate"].value is None


def test_who_comes_and_goes_without_end_is_counted_still(services: Services) -> None:
    services.follow(Settings(gap_factor=1, gap_days_min=1, gap_days_single=1))
    restless, other = put(services, "company", {"name": "restless"}, {"name": "other"})
    days = [TODAY - timedelta(3 * n) for n in range(900)] + [TODAY - timedelta(3 * n + 1) for n in range(900)]
    put(services, "purchase", *({"company": restless, "bought_on": day} for day in days))
    put(services, "purchase", {"company": other, "bought_on": TODAY})
    assert fails(services, services.reports.churn(YEAR)) == []
    assert services.lists.count(Filter("loss", is_("customer", restless))) == 512


def test_customers_with_and_without_dates_stand_side_by_side(services: Services) -> None:
    put(services, "company", {"name": "marked", "customer": True, "lost": True})
    [dated] = put(services, "company", {"name": "dated"})
    put(services, "purchase", {"company": dated, "bought_on": TODAY - timedelta(400), "amount": Money(5, "EUR")})
    report = services.reports.churn(YEAR)
    assert fails(services, report) == []
    assert [row.values["period"] is None for row in report.rows] == [False] * 12 + [True]


def test_revenue_churn_weighs_customers_by_the_year_before(services: Services) -> None:
    small, large = put(services, "company", {"name": "small"}, {"name": "large"})
    start = YEAR.start

    def bought(company: int, day: date, amount: int) -> dict[str, Any]:
        return {"company": company, "bought_on": day, "amount": Money(amount, "EUR")}

    put(
        services, "purchase",
        bought(small, start - timedelta(200), 100),
        bought(large, start - timedelta(300), 300), bought(large, start + timedelta(60), 9_999),
    )  # fmt: skip
    figures = services.reports.churn(YEAR).figures
    assert (figures["lost"].value, figures["active_at_start"].value) == (1, 2)
    assert figures["revenue_churn_rate"].value == 0.25


def test_a_won_deal_without_purchases_is_revenue(services: Services) -> None:
    [company] = put(services, "company", {"name": "c"})
    closed = YEAR.start - timedelta(100)
    amount = Money(100, "EUR")
    put(
        services,
        "deal",
        {"name": "d", "company": company, "stage": stage(services, "Won"), "closed_on": closed, "amount": amount},
    )
    figures = services.reports.churn(YEAR).figures
    assert (figures["lost"].value, figures["revenue_churn_rate"].value) == (1, 1.0)


@pytest.mark.parametrize(("holds", "values", "parts"), [
    (Holds("choice", ("North", "South")), ("North", "South"), 3), (Holds("text"), ("Café", "CAFE "), 2),
    (Holds("yes_no"), (True, False), 2), (Holds("number"), (Decimal("0.1"), Decimal(3)), 3),
    (Holds("integer"), (7, -7), 3), (Holds("money"), (Money(100, "EUR"), Money(100, "USD")), 3),
    (Holds("date"), (TODAY, date.max), 3), (Holds("anniversary"), (Anniversary(3, 1), Anniversary(3, 1, 1985)), 2),
    (Holds("link", target="company"), (), 3), (Holds("choice", ("A", "B"), several=True), (("A", "B"), ("A",)), 3),
], ids=lambda value: str(value.type) if isinstance(value, Holds) else "")  # fmt: skip
def test_fields_of_ones_own_split_the_rows(
    services: Services, holds: Holds, values: tuple[Any, ...], parts: int
) -> None:
    services.fields.add("deal", "Mine", holds)
    won = {"stage": stage(services, "Won"), "closed_on": TODAY, "amount": Money(500, "EUR")}
    held = values or put(services, "company", {"name": "c"}, {"name": "c"})
    for at in (won, {**won, "stage": stage(services, "Proposal"), "closed_on": None}):
        put(services, "deal", *({"name": "d", "mine": value, **at} for value in (*held, None)))
    for report in (services.reports.sales(by="mine"), services.reports.pipeline(by="mine")):
        assert fails(services, report) == []
        assert len(report.rows) == parts
        assert bool(not_adding_up(report)) == holds.several


# whatever may come

DAYS = st.dates(date(2024, 6, 1), date(2026, 12, 31))
STAGES = st.sampled_from(["Lead generation", "Proposal", "Negotiation", "Closing", "Won", "Lost"])
AMOUNTS = st.none() | st.builds(Money, st.integers(0, 10**6), st.sampled_from(["EUR", "EUR", "USD"]))
WORDS = st.sampled_from([None, "Fair", "fair", "Café", "CAFE", "Web"])
deals = st.fixed_dictionaries(
    {
        "stage": STAGES, "amount": AMOUNTS, "opened_on": st.none() | DAYS, "closed_on": st.none() | DAYS,
        "expected_close": st.none() | DAYS, "source": WORDS, "company": st.none() | st.integers(0, 3),
        "lead": st.none() | st.integers(0, 3), "entered": st.lists(st.tuples(STAGES, DAYS), max_size=3),
    }
)  # fmt: skip
people = st.fixed_dictionaries(
    {
        "lifecycle": st.sampled_from(["subscriber", "lead", "mql", "sql", "opportunity", "customer", "evangelist"]),
        "mql_on": st.none() | DAYS, "sql_on": st.none() | DAYS, "customer_on": st.none() | DAYS, "source": WORDS,
    }
)  # fmt: skip
companies = st.fixed_dictionaries(
    {
        "segment": WORDS, "customer": st.booleans(), "customer_since": st.none() | DAYS, "lost": st.booleans(),
        "lost_on": st.none() | DAYS,
    }
)  # fmt: skip
purchases = st.tuples(st.integers(0, 3), DAYS, AMOUNTS)


@given(
    firms=st.lists(companies, min_size=4, max_size=4),
    leads=st.lists(people, min_size=4, max_size=4),
    sales=st.lists(deals, max_size=10),
    bought=st.lists(purchases, max_size=14),
    start=DAYS,
    days=st.integers(0, 500),
)
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_every_number_is_what_its_filter_finds(
    firms: list[Any], leads: list[Any], sales: list[Any], bought: list[Any], **span: Any
) -> None:
    with TemporaryDirectory() as folder:
        services = open_base(Path(folder))
        ids = put(services, "company", *({"name": f"c{n}", **firm} for n, firm in enumerate(firms)))
        lead_ids = put(services, "lead", *({"last_name": f"l{n}", **lead} for n, lead in enumerate(leads)))
        for number, deal in enumerate(sales):
            entered = deal.pop("entered")
            company, lead = deal["company"], deal["lead"]
            values = deal | {"name": f"d{number}", "stage": stage(services, deal["stage"]), "probability": 30}
            values |= {
                "company": None if company is None else ids[company],
                "lead": None if lead is None else lead_ids[lead],
            }
            [record] = put(services, "deal", values)
            put(
                services,
                "stage_log",
                *({"deal": record, "stage": stage(services, s), "entered_on": d} for s, d in entered),
            )
        put(services, "purchase", *({"company": ids[c], "bought_on": day, "amount": a} for c, day, a in bought))
        period = Period(span["start"], span["start"] + timedelta(span["days"]))
        for when in (period, None):
            for report in every_report(services, when):
                assert fails(services, report) == []
        services.close()


# files of other people


def test_the_hardware_seller_gives_the_published_figures(services: Services, shared_data: Path) -> None:
    with (shared_data / "maven_crm" / "sales_pipeline.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    accounts = sorted({row["account"] for row in rows} - {""})
    ids = dict(zip(accounts, put(services, "company", *({"name": name} for name in accounts)), strict=True))
    stages = {"Won": "Won", "Lost": "Lost", "Engaging": "Negotiation", "Prospecting": "Lead generation"}
    found = {name: stage(services, own) for name, own in stages.items()}

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    put(
        services, "deal",
        *(
            {
                "name": row["opportunity_id"], "stage": found[row["deal_stage"]], "company": ids.get(row["account"]),
                "opened_on": day(row["engage_date"]), "closed_on": day(row["close_date"]),
                "amount": Money.of(Decimal(row["close_value"]), "EUR") if row["close_value"] else None,
            }
            for row in rows
        ),
    )  # fmt: skip
    figures = services.reports.sales().figures
    counts = [figures[name].value for name in ("won_count", "lost_count", "open_count")]
    assert counts == [4238, 2473, 2089]
    assert figures["won_value"].value == Money.of(10_005_534, "EUR")
    assert figures["average_won_value"].value == Money.of("2360.91", "EUR")
    assert figures["median_won_value"].value == Money.of(1117, "EUR")
    assert figures["win_rate"].value == pytest.approx(0.6315, abs=5e-5)
    assert figures["cycle_days_mean"].value == pytest.approx(51.78, abs=5e-3)
    assert figures["cycle_days_median"].value == 57
    quarters = [
        services.reports.sales(Period(date(2017, month, 1), date(2017, month + 2, last))).figures["won_value"].value
        for month, last in ((1, 31), (4, 30), (7, 30), (10, 31))
    ]
    assert quarters == [Money.of(value, "EUR") for value in (1_134_672, 3_086_111, 2_982_255, 2_802_496)]
    best = services.reports.sales(Period(date(2017, 1, 1), date(2017, 12, 31)), by="company").rows
    largest = next(row for row in best if row.values["company"] == "Kan-code")
    assert largest.values["won_value"] == Money.of(341_455, "EUR")
    assert fails(services, services.reports.sales(by="company")) == []


def test_the_bank_gives_one_period(services: Services, shared_data: Path) -> None:
    [path] = (shared_data / "churn_bank").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    put(services, "person", *({"last_name": r["Surname"], "customer": True, "lost": r["Exited"] == "1"} for r in rows))
    report = services.reports.churn(YEAR)
    assert report.figures["active_at_start"].value == 10_000
    assert report.figures["lost"].value == 2037
    assert report.figures["churn_rate"].value == 0.2037
    [row] = report.rows
    assert (row.values["period"], row.values["lost"]) == (None, 2037)
    assert services.lists.count(Filter("customer", Compare("lost", Op.IS, True))) == 2037
