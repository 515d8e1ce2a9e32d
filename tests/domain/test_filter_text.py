"""The typed form of filters: what people type, what comes back, and what is said when it cannot be understood."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation, Use
from crm_desktop.domain.filter import (
    All,
    Compare,
    Days,
    Either,
    Exists,
    Filter,
    Months,
    Node,
    Not,
    Op,
    Span,
    Total,
    Words,
    between,
    both,
)
from crm_desktop.domain.filter_text import parse, text_of
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError

EDIT = frozenset({Use.EDIT})


def _kind(name: str, plural: str, *fields: Field, relations: tuple[Relation, ...] = ()) -> Kind:
    return Kind(name, plural, {f.name: f for f in fields}, {r.name: r for r in relations})


CATALOGUE = Catalogue(
    {
        "lead": _kind(
            "lead",
            "leads",
            Field("name", FieldType.TEXT),
            Field("source", FieldType.TEXT, EDIT),
            Field("status", FieldType.CHOICE, EDIT, ("open", "working", "recycled")),
            Field("score", FieldType.INTEGER, EDIT),
            Field("value", FieldType.MONEY, EDIT),
            Field("opt_out", FieldType.YES_NO, EDIT),
            Field("created_at", FieldType.INSTANT, EDIT),
            Field("mql_on", FieldType.DATE, EDIT),
            Field("next_activity", FieldType.DATE),
            Field("next_step", FieldType.TEXT),
            Field("tags", FieldType.TEXT, EDIT, multi=True),
            Field("company", FieldType.LINK, EDIT, target="company"),
            relations=(Relation("activities", "activity", "happened_on"), Relation("deals", "deal")),
        ),
        "company": _kind("company", "companies", Field("name", FieldType.TEXT), Field("city", FieldType.TEXT)),
        "activity": _kind(
            "activity",
            "activities",
            Field("type", FieldType.CHOICE, EDIT, ("visit", "call")),
            Field("happened_on", FieldType.DATE, EDIT),
        ),
        "deal": _kind("deal", "deals", Field("amount", FieldType.MONEY, EDIT), Field("name", FieldType.TEXT)),
    }
)


def read(text: str) -> Node:
    return parse(CATALOGUE, "lead", text).where


@pytest.mark.parametrize(("text", "node"), [
    ("030 12 34 fair", both(Words("030 12 34"), Words("fair"))),
    ('030 "12"', both(Words("030"), Words("12"))),
    ('-30 "12" 5', both(Not(Words("30")), Words("12"), Words("5"))),
    ("12 -34", both(Words("12"), Not(Words("34")))),
    ("12 OR 34", Either((Words("12"), Words("34")))),
    ("(12 34) x", both(Words("12 34"), Words("x"))),
])  # fmt: skip
def test_the_groups_of_a_number_belong_together(text: str, node: Node) -> None:
    assert read(text) == node


@given(st.lists(st.sampled_from([Words("12"), Words("30"), Words("x"), Words("1 2"), Not(Words("7"))]), max_size=5))
def test_numbers_side_by_side_stay_apart_when_typed(nodes: list[Node]) -> None:
    assert read(text_of(Filter("lead", both(*nodes)))) == both(*nodes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", All()),
        ("score>70", Compare("score", Op.MORE, 70)),
        ("score >= 70".replace(" ", ""), Compare("score", Op.AT_LEAST, 70)),
        ("source:fair", Compare("source", Op.CONTAINS, "fair")),
        ('source="Trade fair"', Compare("source", Op.IS, "Trade fair")),
        ("source!=Web", Compare("source", Op.IS_NOT, "Web")),
        ("name^Jo", Compare("name", Op.STARTS, "Jo")),
        ("status:open", Compare("status", Op.IS, "open")),
        ("status:open,working", Compare("status", Op.ANY_OF, ("open", "working"))),
        ("source:fair,web", Either((Compare("source", Op.CONTAINS, "fair"), Compare("source", Op.CONTAINS, "web")))),
        ("next:none", Compare("next_activity", Op.EMPTY, True)),
        ("source:any", Compare("source", Op.EMPTY, False)),
        ("val>1234.50", Compare("value", Op.MORE, Decimal("1234.50"))),
        ("opt:yes", Compare("opt_out", Op.IS, True)),
        ("mql>=-60d", Compare("mql_on", Op.AT_LEAST, Days(-60))),
        ("mql:today", Compare("mql_on", Op.IS, Days(0))),
        ("mql>=-12m", Compare("mql_on", Op.AT_LEAST, Months(-12))),
        ("mql>=-1y", Compare("mql_on", Op.AT_LEAST, Months(-12))),
        ("mql<=+2w", Compare("mql_on", Op.AT_MOST, Days(14))),
        ("mql:this_month", Compare("mql_on", Op.IS, Span("month"))),
        ("mql<last_quarter", Compare("mql_on", Op.LESS, Span("quarter", -1))),
        ("mql:year+2", Compare("mql_on", Op.IS, Span("year", 2))),
        ("mql<2026-11-20", Compare("mql_on", Op.LESS, date(2026, 11, 20))),
        (
            "mql:2024-02",
            All(
                (
                    Compare("mql_on", Op.AT_LEAST, date(2024, 2, 1)),
                    Compare("mql_on", Op.AT_MOST, date(2024, 2, 29)),
                )
            ),
        ),
        ("whitlock", Words("whitlock")),
        ("id=7,9", Compare("id", Op.ANY_OF, (7, 9))),
        ("id!=7", Not(Compare("id", Op.ANY_OF, (7,)))),
        ("-whitlock", Not(Words("whitlock"))),
        ("not tags:hot", Not(Compare("tags", Op.CONTAINS, "hot"))),
        ("company.city:Berlin", Compare("company.city", Op.CONTAINS, "Berlin")),
        ("a OR b", Either((Words("a"), Words("b")))),
        ("a | b", Either((Words("a"), Words("b")))),
        ("(a OR b) c", All((Either((Words("a"), Words("b"))), Words("c")))),
        ("activities:none", Not(Exists("activities"))),
        ("activities:any", Exists("activities")),
        ("deals>=2", Total("deals", Op.AT_LEAST, 2)),
        ("sum(deals.amount)>1000", Total("deals", Op.MORE, 1000, "amount")),
        (
            "-activities(type:visit happened_on>=-60d)",
            Not(
                Exists(
                    "activities",
                    both(Compare("type", Op.IS, "visit"), Compare("happened_on", Op.AT_LEAST, Days(-60))),
                )
            ),
        ),
        ("activities(type=call)>=3", Total("activities", Op.AT_LEAST, 3, None, Compare("type", Op.IS, "call"))),
        ("activities.type:call", Exists("activities", Compare("type", Op.IS, "call"))),
    ],
)
def test_what_is_typed_is_meant(typed: str, meant: Node) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red", "no field “colour”"),
        ("score>high", "not a number"),
        ("id>7", "has one number"),
        ("mql>soon", "not a day"),
        ("status:asleep", "one of open, working, recycled"),
        ("opt:maybe", "yes or no"),
        ("s:1", "may be source or status"),
        ("(a OR b", "not closed"),
        ("a)", "too many"),
        ("score>", "value is missing"),
        ("source.city:x", "does not lead"),
        ("deals(amount>1)>many", "not a number"),
        ("sum(deals.amount)", "needs a sign"),
        ("sum(deals.colour)>1", "no field “colour”"),
        ("score>1,2", "takes one value"),
        ("value>10.000", "“10.000” may be 10.0 or 10000; write 10000 or 10.0."),
        ("value>-2.125EUR", "may be -2.1250 or -2125"),
        ("score:1,000", "“1,000” may be one number or several; write 1000 or 1, 000."),
        ("value>=1,234.50 EUR", "may be one number or several"),
        ("deals>1,000", "may be one number or several"),
        ("deals>1,2", "takes one value"),
        ("score>70 OR", "condition on each side"),
        ("(| score>70)", "condition on each side"),
        ("a OR OR b", "condition on each side"),
        ("score>70 not", "“not” needs a condition"),
        ("(-) a", "“-” needs a condition"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_sentence(typed: str, said: str) -> None:
    with pytest.raises(UserError) as raised:
        read(typed)
    assert said in raised.value.sentence
    assert raised.value.sentence.endswith(".")
    assert "\n" not in raised.value.sentence


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(UserError):
        read("mql:2026-13")


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12
).filter(lambda text: text.strip() == text and text not in ("none", "any"))
SMALL = ("NOT", "Not", "or", "OR", "ANY", "None")
CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD"])
ABOUT_DEALS = st.builds(Compare, st.just("name"), st.just(Op.IS), texts)
leaves = st.one_of(
    st.builds(Words, texts | st.sampled_from(SMALL)),
    st.builds(Compare, st.just("source"), st.sampled_from([Op.CONTAINS, Op.IS, Op.IS_NOT, Op.STARTS]), texts),
    st.builds(
        Compare, st.just("score"), st.sampled_from([Op.IS, Op.LESS, Op.MORE, Op.AT_LEAST]), st.integers(-999, 999)
    ),
    st.builds(Compare, st.just("value"), st.just(Op.LESS), st.decimals(-9999, 9999, places=3).filter(lambda d: d % 1)),
    st.builds(Compare, st.just("score"), st.just(Op.ANY_OF), st.tuples(st.integers(0, 999), st.integers(0, 999))),
    st.builds(Compare, st.just("mql_on"), st.just(Op.AT_MOST), st.dates()),
    st.builds(Compare, st.just("mql_on"), st.just(Op.MORE), st.builds(Days, st.integers(-500, 500))),
    st.builds(Compare, st.just("mql_on"), st.just(Op.LESS), st.builds(Months, st.integers(-99, 99))),
    st.builds(
        Compare, st.just("mql_on"), st.just(Op.IS),
        st.builds(Span, st.sampled_from(["week", "month", "quarter", "year"]), st.integers(-9, 9)),
    ),
    st.builds(Compare, st.just("next_activity"), st.just(Op.EMPTY), st.booleans()),
    st.just(Compare("status", Op.ANY_OF, ("open", "recycled"))),
    st.builds(Compare, st.just("opt_out"), st.just(Op.IS), st.booleans()),
    st.builds(Total, st.just("deals"), st.sampled_from([Op.MORE, Op.IS_NOT]), st.integers(0, 9)),
    st.builds(Compare, st.just("company"), st.just(Op.IS), st.integers(1 << 40, 1 << 53)),
    st.builds(Compare, st.just("company"), st.just(Op.IS), st.integers(0, 1 << 53).map(str)),
    st.builds(Compare, st.just("value"), st.just(Op.MORE), st.builds(Money, st.integers(0, 10**12), CURRENCIES)),
    st.builds(Compare, st.just("created_at"), st.just(Op.LESS), st.datetimes(timezones=st.just(UTC))),
    st.builds(Total, st.just("deals"), st.just(Op.LESS), st.integers(0, 9), st.just("amount"), ABOUT_DEALS),
)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda nodes: both(*nodes)),
        several.map(lambda nodes: Either(tuple(nodes))),
        inner.map(Not),
        st.builds(Exists, st.just("deals"), ABOUT_DEALS),
    )


@given(st.recursive(leaves, _branches, max_leaves=8))
def test_the_typed_form_says_the_same_again(node: Node) -> None:
    wanted = Filter("lead", node)
    assert parse(CATALOGUE, "lead", text_of(wanted)) == wanted


def test_an_alternative_that_always_holds_stays_one_when_typed() -> None:
    wanted = Filter("lead", Either((All(), Words("a"))))
    assert parse(CATALOGUE, "lead", text_of(wanted)) == wanted


@pytest.mark.parametrize("never", [Either(), Compare("status", Op.ANY_OF, ())])
def test_what_never_holds_never_holds_when_typed(never: Node) -> None:
    assert read(text_of(Filter("lead", never))) == Not(All())


@pytest.mark.parametrize("text", ["score>inf", "score>nan", "score>snan", "score>1e999999", "value>-1e99EUR"])
def test_numbers_without_an_end_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="number"):
        read(text)


def test_a_tower_of_parentheses_is_refused_in_a_sentence() -> None:
    with pytest.raises(UserError, match="too many parentheses"):
        read("(" * 20_000)


def test_an_amount_may_say_its_currency() -> None:
    assert read("value>1000.50EUR") == Compare("value", Op.MORE, Money(100_050, "EUR"))
    assert read("value>80k") == Compare("value", Op.MORE, 80_000)
    assert read("value<1.25M") == Compare("value", Op.LESS, 1_250_000)
    assert read('value<"1.5k EUR"') == Compare("value", Op.LESS, Money(150_000, "EUR"))
    assert read("value>5MXN") == Compare("value", Op.MORE, Money(500, "MXN"))
    assert read('value>"5 KWD"') == Compare("value", Op.MORE, Money(5000, "KWD"))
    assert read("sum(deals.amount)(name:x)>=7JPY") == Total(
        "deals", Op.AT_LEAST, Money(7, "JPY"), "amount", Compare("name", Op.CONTAINS, "x")
    )


def test_an_instant_may_be_typed() -> None:
    assert read("created>=2026-11-20T09:30Z") == Compare(
        "created_at", Op.AT_LEAST, datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    )
    with pytest.raises(UserError, match="not an instant"):
        read("created>=2026-11-20T99:30Z")


def test_a_linked_record_is_meant_by_its_long_number_alone() -> None:
    assert read("company=1099511627785") == Compare("company", Op.IS, 1_099_511_627_785)
    assert read('company="1099511627785"') == Compare("company", Op.IS, "1099511627785")
    assert read("company=4711") == Compare("company", Op.IS, "4711")


@given(st.text(max_size=40))
def test_any_text_is_a_filter_or_a_sentence(text: str) -> None:
    try:
        parse(CATALOGUE, "lead", text)
    except UserError as error:
        assert error.sentence


PEOPLE = Catalogue({"person": _kind("person", "people", Field("birthday", FieldType.ANNIVERSARY, EDIT))})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("birthday:--06-15", Compare("birthday", Op.IS, "--06-15")),
        ("birthday=06-15", Compare("birthday", Op.IS, "--06-15")),
        ("birthday:1985-06-15", Compare("birthday", Op.IS, "1985-06-15")),
        ("birthday:1985", Compare("birthday", Op.STARTS, "1985")),
        ("birthday:today", Compare("birthday", Op.IS, Days(0))),
        ("birthday:any", Compare("birthday", Op.EMPTY, False)),
        ("birthday:--02", between("birthday", "--02-01", "--02-29")),
        ("birthday>=today birthday<=+14d", between("birthday", Days(0), Days(14))),
    ],
)
def test_days_that_come_back_are_asked_for_by_day_month_and_year(typed: str, meant: Node) -> None:
    found = parse(PEOPLE, "person", typed)
    assert found.where == meant
    assert parse(PEOPLE, "person", text_of(found)).where == meant


def test_what_is_no_day_of_the_year_is_told() -> None:
    with pytest.raises(UserError, match="not a day of the year"):
        parse(PEOPLE, "person", "birthday:--13-40")
