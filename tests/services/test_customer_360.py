"""Every figure of a customer is that of its records, and every warning says why."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm_desktop.domain.figures import Figure
from crm_desktop.domain.money import Money
from crm_desktop.services import Services
from crm_desktop.services.customer_360 import Portrait, Warn
from crm_desktop.services.customer_warnings import QUARTER
from tests.services.people_desk import add

TODAY = date(2026, 11, 12)


@pytest.fixture
def hotel(services: Services) -> int:
    """A company that nothing happened with."""
    return add(services, "company", name="Hotel Astoria")


def ago(days: int) -> str:
    """A day so long ago."""
    return (TODAY - timedelta(days)).isoformat()


def portrait(services: Services, hotel: int) -> Portrait:
    """The hotel as it is seen now."""
    return services.customer_360.portrait("company", hotel)


def recounted(services: Services, figure: Figure, field: str) -> Any:
    """What a list with the filter of a figure comes to."""
    if not isinstance(figure.value, Money):
        return services.lists.count(figure.filter)
    return services.lists.sum(figure.filter, field).get(figure.value.currency)


def test_nothing_is_made_up_for_a_new_customer(services: Services, hotel: int) -> None:
    found = portrait(services, hotel)
    assert found.figures["revenue"].value is None and found.figures["touches"].value == 0
    assert "rhythm" not in found.figures
    assert (found.warnings, found.steps, found.deals, found.purchases) == ((), (), (), ())
    assert len(found.months) == 12 and found.months[-1][0] == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("name", "field"), [("revenue", "revenue"), ("open_deals", "amount"), ("last_purchase", "amount"), ("touches", "")]
)
def test_each_figure_is_that_of_its_list(filled: Services, name: str, field: str) -> None:
    hits = filled.lists.search("Hotel", ["company"])
    assert hits
    for hit in hits:
        figure = portrait(filled, hit.id).figures[name]
        got = figure.value.minor if isinstance(figure.value, Money) else figure.value
        assert got == recounted(filled, figure, field) or not figure.n
        assert filled.lists.count(figure.filter) == figure.n


def test_the_revenue_is_made_of_its_sales(filled: Services) -> None:
    hits = filled.lists.search("Hotel", ["company", "person"])
    assert {hit.kind for hit in hits} == {"company", "person"}
    for hit in hits:
        found = filled.customer_360.portrait(hit.kind, hit.id)
        value = found.figures["revenue"].value
        sums = [minor for part in found.sales for minor in filled.lists.sum(part, "amount").values()]
        assert (value.minor if isinstance(value, Money) else 0) == sum(sums)


def test_a_won_deal_counts_once(services: Services, hotel: int) -> None:
    deal = add(services, "deal", name="Grinders", company=hotel, amount="500")
    services.pipeline.won(deal)
    assert portrait(services, hotel).figures["revenue"].value == Money(50000, "EUR")
    add(services, "purchase", company=hotel, deal=deal, amount="500", bought_on=ago(0))
    found = portrait(services, hotel)
    assert found.figures["revenue"].value == Money(50000, "EUR")
    assert [services.lists.count(part) for part in found.sales] == [1, 0]


def test_revenue_in_another_currency_is_told_beside_it(services: Services, hotel: int) -> None:
    for amount in ("500", "20", "70 CHF"):
        add(services, "purchase", company=hotel, amount=amount, bought_on=ago(3))
    add(services, "deal", name="Grinders", company=hotel, amount="900 JPY", stage="Won")
    figure = portrait(services, hotel).figures["revenue"]
    assert figure.value == Money(52_000, "EUR")
    assert figure.parameters == {"other_currencies": {"CHF": "70.00", "JPY": "900"}}


def test_the_months_hold_the_purchases_of_a_year(services: Services, hotel: int) -> None:
    for day, amount in (("2025-12-01", "10"), ("2026-11-12", "20"), ("2026-11-01", "5"), ("2025-11-30", "99")):
        add(services, "purchase", company=hotel, amount=amount, bought_on=day)
    found = portrait(services, hotel)
    assert [figure.n for _, figure in found.months] == [1, *[0] * 10, 2]
    assert found.months[-1][1].value == Money(2500, "EUR")
    assert [str(row[2]) for row in found.purchases] == ["2026-11-12", "2026-11-01", "2025-12-01"]


def test_the_main_currency_is_that_of_the_base_else_of_most_records(services: Services, hotel: int) -> None:
    for amount in ("900000 JPY", "70 CHF", "30 CHF"):
        add(services, "deal", name=f"Deal {amount}", company=hotel, amount=amount)
    figure = portrait(services, hotel).figures["open_deals"]
    assert (figure.value, figure.n) == (Money(10_000, "CHF"), 3)
    assert figure.parameters == {"other_currencies": {"JPY": "900000"}}
    add(services, "deal", name="Home", company=hotel, amount="5 EUR")
    figure = portrait(services, hotel).figures["open_deals"]
    assert (figure.value, figure.n) == (Money(500, "EUR"), 4) and recounted(services, figure, "amount") == 500
    assert figure.parameters == {"other_currencies": {"CHF": "100.00", "JPY": "900000"}}


def test_touches_of_both_sides_count_thirty_days(services: Services, hotel: int) -> None:
    for type_, days in (("call", 29), ("call", 30), ("note", 1), ("email_out", 1), ("email_in", 0)):
        add(services, "activity", type=type_, company=hotel, happened_on=ago(days))
    assert portrait(services, hotel).figures["touches"].value == 2


def test_strength_is_made_of_the_touches_that_count_for_it(services: Services, hotel: int) -> None:
    assert portrait(services, hotel).figures["strength"].value == 0
    for type_, days in (("meeting", 0), ("email_in", 45), ("note", 0), ("email_out", 0)):
        add(services, "activity", type=type_, company=hotel, happened_on=ago(days))
    figure = portrait(services, hotel).figures["strength"]
    assert (figure.value, figure.n) == (12, 2) and services.lists.count(figure.filter) == 2
    assert services.records.show("company", hotel).values["strength"] == 12


def test_touches_on_a_deal_alone_count_for_its_company_not_for_its_person(services: Services, hotel: int) -> None:
    person = add(services, "person", name="Ann Beck", company=hotel)
    deal = add(services, "deal", name="Grinders", company=hotel, person=person)
    add(services, "activity", type="call", deal=deal, happened_on=ago(1))
    add(services, "activity", type="visit", person=person, happened_on=ago(1))
    for kind, record, count in (("person", person, 1), ("company", hotel, 2)):
        figures = services.customer_360.portrait(kind, record).figures
        assert (figures["touches"].n, figures["strength"].n) == (count, count)


def test_a_won_deal_is_the_last_purchase_where_none_is_linked(services: Services, hotel: int) -> None:
    add(services, "purchase", company=hotel, amount="10", bought_on=ago(9))
    won = add(services, "deal", name="Grinders", company=hotel, amount="50", stage="Won", closed_on=ago(2))
    figure = portrait(services, hotel).figures["last_purchase"]
    assert (figure.value, figure.parameters["name"]) == (Money(5000, "EUR"), "Grinders")
    assert list(services.lists.ids(figure.filter)) == [won] and figure.filter.kind == "deal"
    column = services.lists.rows("customer", [hotel], ["last_purchase"])[0][1]
    assert figure.parameters["on"] == column


def test_the_rhythm_is_the_median_gap(services: Services, hotel: int) -> None:
    for days in (100, 70, 50, 20):
        add(services, "purchase", company=hotel, amount="10", bought_on=ago(days))
    found = portrait(services, hotel)
    figure = found.figures["rhythm"]
    assert (figure.value, figure.parameters["idle"]) == (30, 20)
    assert figure.n == services.lists.count(figure.filter) == 1  # of one customer, whose sales it is counted from
    assert sum(map(services.lists.count, found.sales)) == figure.parameters["sales"] == 4


def test_a_won_deal_is_in_the_rhythm_where_no_purchase_is_linked(services: Services, hotel: int) -> None:
    for days in (200, 150, 100):
        deal = add(services, "deal", name="Grinders", company=hotel, stage="Won", closed_on=ago(days - 10))
        add(services, "purchase", company=hotel, deal=deal, amount="5", bought_on=ago(days))
    add(services, "deal", name="Beans", company=hotel, stage="Won", closed_on=ago(50))
    found = portrait(services, hotel)
    figure = found.figures["rhythm"]
    assert (figure.value, figure.parameters["idle"]) == (50, 50)
    assert sum(map(services.lists.count, found.sales)) == figure.parameters["sales"] == 4


def test_two_spans_of_the_same_length_are_held_against_each_other(services: Services, hotel: int) -> None:
    add(services, "purchase", company=hotel, amount="100", bought_on=ago(2 * QUARTER))
    assert portrait(services, hotel).warnings == ()
    add(services, "purchase", company=hotel, amount="100", bought_on=ago(2 * QUARTER - 1))
    assert [warning.what for warning in portrait(services, hotel).warnings] == [Warn.FALLING]


def test_late_tasks_are_warned_of_with_their_note(services: Services, hotel: int) -> None:
    add(services, "task", title="Send quote", company=hotel, due_on=ago(3), note="Expires tomorrow")
    add(services, "task", title="Call", company=hotel, due_on=ago(-3), due_at="10:30")
    found = portrait(services, hotel)
    warning = found.warnings[0]
    assert (warning.what, warning.subject, warning.why, warning.days) == (
        Warn.OVERDUE, "Send quote", "Expires tomorrow", 3,
    )  # fmt: skip
    assert services.lists.count(warning.filter) == 1
    assert [(step.title, step.due_at) for step in found.steps] == [("Send quote", ""), ("Call", "10:30")]


def test_a_customer_that_became_quiet_is_warned_of(services: Services, hotel: int) -> None:
    for days in (90, 80, 70, 60):
        add(services, "purchase", company=hotel, amount="10", bought_on=ago(days))
    warning = next(w for w in portrait(services, hotel).warnings if w.what is Warn.QUIET)
    assert (warning.days, warning.usual, warning.filter.kind) == (60, 10, "customer")


def test_purchases_that_fell_are_warned_of(services: Services, hotel: int) -> None:
    add(services, "purchase", company=hotel, amount="100", bought_on=ago(120))
    add(services, "purchase", company=hotel, amount="60", bought_on=ago(10))
    warning = next(w for w in portrait(services, hotel).warnings if w.what is Warn.FALLING)
    assert warning.share == pytest.approx(0.4)


def test_a_bad_talk_and_an_opt_out_are_warned_of(services: Services) -> None:
    ingrid = add(services, "person", name="Ingrid Solberg", opt_out="yes")
    add(services, "activity", type="call", subject="Angry", person=ingrid, outcome="negative", happened_on=ago(2))
    found = services.customer_360.portrait("person", ingrid)
    assert [(w.what, w.subject) for w in found.warnings] == [(Warn.UPSET, "Angry"), (Warn.OPT_OUT, "Ingrid Solberg")]


def test_the_three_worst_are_told(services: Services, hotel: int) -> None:
    for number in range(5):
        add(services, "task", title=f"Task {number}", company=hotel, due_on=ago(5 - number))
    assert [w.days for w in portrait(services, hotel).warnings] == [5, 4, 3]


def test_an_open_deal_says_how_far_it_came(services: Services, hotel: int) -> None:
    add(services, "deal", name="Grinders", company=hotel, amount="500", expected_close="2026-12-01")
    deal = portrait(services, hotel).deals[0]
    assert (deal.name, deal.step, deal.days, deal.close) == ("Grinders", 1, 0, date(2026, 12, 1))
    assert deal.steps >= 3


def test_a_lead_has_a_portrait_too(services: Services) -> None:
    lead = add(services, "lead", name="Noor Haddad")
    found = services.customer_360.portrait("lead", lead)
    assert "revenue" not in found.figures and found.sales == ()


def test_open_deals_are_those_of_the_column(services: Services, hotel: int) -> None:
    """What people of the company buy for another one is not its deal."""
    other = add(services, "company", name="Linden Clinic")
    ingrid = add(services, "person", name="Ingrid Solberg", company=f"company:{hotel}")
    add(services, "deal", name="Grinders", company=f"company:{hotel}", person=f"person:{ingrid}", amount="100")
    add(services, "deal", name="Beds", company=f"company:{other}", person=f"person:{ingrid}", amount="50")
    [(_, column)] = services.lists.rows("company", [hotel], ["open_deals"])
    assert portrait(services, hotel).figures["open_deals"].n == column == 1
