"""Numbers, dates, yes or no, addresses and phones as other programs spell them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.formats.contact_values import Phone, parse_email, parse_phone, parse_url
from crm_desktop.formats.dates import (
    Order,
    date_shape,
    format_date,
    format_instant,
    has_time,
    order_evidence,
    parse_date,
    parse_day,
    parse_instant,
)
from crm_desktop.formats.values import (
    currency_named,
    decimal_sign,
    format_boolean,
    format_decimal,
    format_money,
    names_boolean,
    parse_boolean,
    parse_decimal,
    parse_integer,
    parse_money,
    parse_percent,
    parse_typed_money,
)

_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1.234,56", "1234.56", "1234.56"),
        ("1 234,56", "1234.56", "1234.56"),
        ("1\u202f234,56", "1234.56", "1234.56"),
        ("1,234.56", "1234.56", "1234.56"),
        ("1'234.50", "1234.50", "1234.50"),
        ("12,34,567.00", "1234567.00", "1234567.00"),
        ("1.234.567", "1234567", "1234567"),
        ("1.234", "1.234", "1234"),
        ("1,234", "1234", "1.234"),
        ("0,125", "0.125", "0.125"),
        ("12,50", "12.50", "12.50"),
        ("(12.50)", "-12.50", "-12.50"),
        ("-5", "-5", "-5"),
        ("5-", "-5", "-5"),
        ("−3", "-3", "-3"),
        ("+7", "7", "7"),
        (".5", "0.5", "0.5"),
        ("1.5E+3", "1500", "1500"),
        (" 42 ", "42", "42"),
    ],
)
def test_decimals(text: str, point: str, comma: str) -> None:
    assert parse_decimal(text) == Decimal(point)
    assert parse_decimal(text, ",") == Decimal(comma)


@pytest.mark.parametrize("text", ["", "abc", "1.2k", "1,,2", "--3", "1 2", "1,234,56", "1.234.56", "(", "-", "5 %"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"Needs a number like 1,234\.50"):
        parse_decimal(text)
    with pytest.raises(ValueError, match=r"Needs a number like 1\.234,50"):
        parse_decimal(text, ",")


@given(_DECIMALS, st.sampled_from([(".", ""), (".", ","), (",", "."), (",", " "), (",", "\u202f"), (".", "'")]))
def test_decimals_come_back(number: Decimal, signs: tuple[str, str]) -> None:
    decimal, group = signs
    assert parse_decimal(format_decimal(number, decimal, group), decimal) == number


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from(["", " ", "'", ","]))
def test_integers_come_back(number: int, group: str) -> None:
    assert parse_integer(f"{number:,}".replace(",", group)) == number


@pytest.mark.parametrize("text", ["9223372036854775808", "-1e300", "99,999,999,999,999,999,999"])
def test_a_whole_number_that_no_base_holds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="at most 18 digits"):
        parse_integer(text)


def test_no_digit_of_a_long_number_is_rounded() -> None:
    digits = "1234567890" * 4
    assert parse_decimal(f"-{digits}.5") == Decimal(f"-{digits}.5")


def test_integers() -> None:
    assert parse_integer("1.200", ",") == 1200
    assert parse_integer("12.0") == 12
    for text in ("1.5", "x"):
        with pytest.raises(ValueError, match="whole number"):
            parse_integer(text)


def test_the_decimal_sign_is_only_told_where_it_is_proved() -> None:
    assert [decimal_sign(text) for text in ("1.234,5", "1,234.5", "1.234", "12", "1.5", "0,125", "1.234.567")] == [
        ",",
        ".",
        None,
        None,
        ".",
        ",",
        ",",
    ]


@pytest.mark.parametrize(
    ("text", "amount", "name"),
    [
        ("€ 1,200", "1200", "€"),
        ("12,50 €", "12.50", "€"),
        ("US$5", "5", "US$"),
        ("$ -5", "-5", "$"),
        ("-$5.20", "-5.20", "$"),
        ("($5)", "-5", "$"),
        ("CHF 1'200.50", "1200.50", "CHF"),
        ("1 234,50 zł", "1234.50", "zł"),
        ("12 EUR", "12", "EUR"),
        ("7", "7", None),
    ],
)
def test_amounts(text: str, amount: str, name: str | None) -> None:
    assert parse_money(text) == (Decimal(amount), name)


@pytest.mark.parametrize(
    ("name", "likely", "currency"),
    [
        ("€", ["USD"], "EUR"), ("US$", ["CAD"], "USD"), ("PLN", ["EUR"], "PLN"), (None, ["EUR"], "EUR"),
        ("$", ["USD"], "USD"), ("$", ["CAD"], "CAD"), ("$", ["EUR"], "USD"), ("$", ["CAD", "AUD"], "CAD"),
        ("$", ["EUR", "AUD"], "AUD"), ("¥", ["CNY"], "CNY"), ("¥", ["EUR"], "JPY"), ("kr", ["NOK"], "NOK"),
    ],
)  # fmt: skip
def test_a_shared_sign_is_never_that_of_another_currency(name: str | None, likely: list[str], currency: str) -> None:
    assert currency_named(name, *likely) == currency


@pytest.mark.parametrize(
    ("text", "decimal", "amount", "name"),
    [
        ("80k", ".", 80_000, None), ("80 K", ".", 80_000, None), ("1.2m", ".", 1_200_000, None),
        ("€1.2M", ".", 1_200_000, "€"), ("80k €", ".", 80_000, "€"), ("80k€", ".", 80_000, "€"),
        ("1.5k EUR", ".", 1_500, "EUR"), ("1.5k", ",", 1_500, None), ("1,5k", ",", 1_500, None),
        ("1,5k", ".", 1_500, None), ("1,200k", ".", 1_200_000, None), ("1.200k", ",", 1_200_000, None),
        ("(2k)", ".", -2_000, None), ("-2k", ".", -2_000, None), ("80 kr", ".", 80, "kr"),
        ("80k kr", ".", 80_000, "kr"),
        ("5 MXN", ".", 5, "MXN"), ("5MXN", ".", 5, "MXN"), ("7", ".", 7, None),
    ],
)  # fmt: skip
def test_amounts_are_typed_in_thousands_and_millions(text: str, decimal: str, amount: int, name: str | None) -> None:
    assert parse_typed_money(text, decimal) == (Decimal(amount), name)


@pytest.mark.parametrize("text", ["k", "80kk", "80km", "8k5", "80k 5k", "k80", "80k EUR €", "80 thousand"])
def test_what_is_no_typed_amount(text: str) -> None:
    with pytest.raises(ValueError, match="Needs a"):
        parse_typed_money(text)


@pytest.mark.parametrize("text", ["5 bananas", "€", "€5 EUR", "", "eur 5x", "80k", "1.2M"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="Needs a"):
        parse_money(text)


@given(_DECIMALS, st.sampled_from(["EUR", "USD", "JPY"]), st.sampled_from([".", ","]))
def test_amounts_come_back(amount: Decimal, currency: str, decimal: str) -> None:
    assert parse_money(format_money(amount, currency, decimal), decimal) == (amount, currency)


def test_percentages() -> None:
    assert parse_percent("65 %") == parse_percent("65") == 65
    assert parse_percent("12,5%", ",") == Decimal("12.5")


@pytest.mark.parametrize("text", ["yes", "TRUE", "1", "y", "Ja", "oui", "sí", "Да", "はい", "x"])
def test_yes(text: str) -> None:
    assert parse_boolean(text) is True


@pytest.mark.parametrize("text", ["no", "False", "0", "n", "nein", "non", "não", "нет", " No "])
def test_no(text: str) -> None:
    assert parse_boolean(text) is False


def test_yes_and_no_come_back() -> None:
    assert [parse_boolean(format_boolean(value)) for value in (True, False)] == [True, False]
    with pytest.raises(ValueError, match="Needs yes or no"):
        parse_boolean("maybe")
    assert [names_boolean(text) for text in ("yes", "N", "1", "x", "maybe")] == [True, True, False, False, False]


_NOVEMBER = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026/11/20",
        "20261120",
        "20/11/2026",
        "20.11.26",
        "20-11-2026",
        "20 Nov 2026",
        "20-Nov-26",
        "20th November 2026",
        "Nov 20, 2026",
        "November 20 2026",
        "Fri, 20 Nov 2026",
        "20. November 2026",
        "20 novembre 2026",
        "20 de noviembre de 2026",
        "20 ноября 2026",
        "2026-11-20 09:14",
        "2026-11-20T09:14:00Z",
        "20/11/2026 9:14 PM",
        "  20  Nov  2026 ",
    ],
)
def test_dates(text: str) -> None:
    assert parse_date(text) == _NOVEMBER


def test_the_order_decides_for_numbers_alone() -> None:
    assert parse_date("03/04/2026", Order.DMY) == date(2026, 4, 3)
    assert parse_date("03/04/2026", Order.MDY) == date(2026, 3, 4)
    assert parse_date("26/04/03", Order.YMD) == date(2026, 4, 3)
    assert parse_date("01/01/68") == date(2068, 1, 1)
    assert parse_date("01/01/69") == date(1969, 1, 1)
    with pytest.raises(ValueError, match="11/20/2026"):
        parse_date("20/11/2026", Order.MDY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("+7d", date(2026, 11, 29)),
        ("-1 d", date(2026, 11, 21)),
        ("fri", date(2026, 11, 27)),
        ("Sunday", date(2026, 11, 29)),  # today is one: the next is meant
        ("20 Nov", date(2026, 11, 20)),
        ("Jan 5", date(2027, 1, 5)),
        ("29 Feb", None),
        ("fr", None),
        ("soon", None),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_days_are_told_from_today(text: str, day: date | None) -> None:
    today = date(2026, 11, 22)
    if day is None:
        with pytest.raises(ValueError, match="Needs a date"):
            parse_day(text, today)
    else:
        assert parse_day(text, today) == day


@pytest.mark.parametrize("text", ["0/0/00", "00/00/0000", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000"])
def test_zeros_mean_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert parse_instant(text) is None


@pytest.mark.parametrize("text", ["", "31/02/2026", "--06-15", "tomorrow", "20 Foo 2026", "2026-13-01", "1/2/3"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="Needs a date like 20 Nov 2026"):
        parse_date(text)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([None, *Order]))
def test_dates_come_back(day: date, order: Order | None) -> None:
    assert parse_date(format_date(day, order), order or Order.DMY) == day


def test_evidence_for_the_order() -> None:
    assert order_evidence("25/10/2026") is Order.DMY
    assert order_evidence("10/25/2026 9:00") is Order.MDY
    assert order_evidence("10/11/2026") is None
    assert order_evidence("2026-10-25") is None


def test_shapes_of_dates() -> None:
    shapes = ("2026-11-20", "20261120", "1/2/2026", "1.2.26 10:00", "20 Nov 2026", "Nov 20, 2026", "x")
    assert [date_shape(text) for text in shapes] == [
        "yyyy-mm-dd",
        "yyyymmdd",
        "d/m/yyyy",
        "d.m.yy",
        "d Mon yyyy",
        "Mon d, yyyy",
        None,
    ]
    assert has_time("2026-11-20 10:00") and not has_time("2026-11-20")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-20T14:05:00Z", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)),
        ("2026-11-20 14:05", datetime(2026, 11, 20, 13, 5, tzinfo=UTC)),
        ("2026-11-20T14:05:00+05:30", datetime(2026, 11, 20, 8, 35, tzinfo=UTC)),
        ("2026-11-20 14:05 -0300", datetime(2026, 11, 20, 17, 5, tzinfo=UTC)),
        ("20/11/2026 12:05 AM", datetime(2026, 11, 19, 23, 5, tzinfo=UTC)),
        ("20/11/2026, 2:05 p.m.", datetime(2026, 11, 20, 13, 5, tzinfo=UTC)),
        ("2026-11-20 14.05.10", datetime(2026, 11, 20, 13, 5, 10, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 19, 23, 0, tzinfo=UTC)),
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    assert parse_instant(text, zone=timezone(timedelta(hours=1))) == instant


@pytest.mark.parametrize("text", ["2026-11-20 25:00", "2026-11-20 13:00 PM", "0001-01-01 00:00 +14:00"])
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match="Needs a date and time"):
        parse_instant(text)


@given(st.datetimes(min_value=datetime(1000, 1, 2), timezones=st.just(UTC)))
def test_instants_come_back(instant: datetime) -> None:
    assert parse_instant(format_instant(instant)) == instant


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Bob.Stone+x@EXAMPLE.com", "Bob.Stone+x@example.com"),
        (" a@münchen.de ", "a@münchen.de"),
        ("mailto:a@b.co", "a@b.co"),
        ("josé@example.com", "josé@example.com"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert parse_email(text) == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bob", "needs an @"),
        ("a@@b.de", "only one @"),
        ("a b@x.de", "no blanks"),
        ("@x.de", "before the @"),
        (".a@x.de", "dot in the wrong place"),
        ("a..b@x.de", "dot in the wrong place"),
        ("a@b", "needs a dot"),
        ("a@-x.de", "mail server"),
        ("a@x..de", "mail server"),
        ("a@1.2.3.4", "mail server"),
        ("a@" + "x" * 64 + ".de", "mail server"),
        ("a@" + ".".join(["x" * 60] * 5), "too long"),
        ("<a>@x.de", "before the @"),
    ],
)
def test_addresses_are_refused_for_one_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_email(text)


def test_phones() -> None:
    assert parse_phone(" 030 1234567 ", "DE") == Phone("030 1234567", "+49301234567")
    assert parse_phone("+1 201-555-0123", "DE").e164 == "+12015550123"
    assert parse_phone("call 123", "DE") == Phone("call 123", None)
    with pytest.raises(ValueError, match="Needs a phone number"):
        parse_phone("call me", "DE")


@pytest.mark.parametrize(
    "text",
    [
        "example.com", "www.x.de/path?q=1", "https://x.de", "HTTP://X.de:8080/a#b", "x.de?q=1", "münchen.de", "例え.jp",
        "हिन्दी.भारत", "my_shop.example.com", "http://intranet/start", "https://localhost:3000", "http://192.168.1.1",
        "linkedin.com/in/ann-beck", "x.de/a;b,c|d", "xn--mnchen-3ya.de", "ftp://files.x.de", "x.de.",
    ],
)  # fmt: skip
def test_web_addresses_stay_as_they_are_written(text: str) -> None:
    assert parse_url(f" {text} ") == text


@pytest.mark.parametrize(
    "text",
    [
        "a b", "x.de /path", "x.de/a b", "none", "-", "...", ".de", "x..de", "ann@x.de", "https://", "https:///x",
        "https:x.de", "javascript:alert(1)", "x.de:port", "see\nx.de", "<x.de>", "x,de", "x\u00a0y.de",
    ],
)  # fmt: skip
def test_what_is_no_web_address(text: str) -> None:
    with pytest.raises(ValueError, match="Needs a web address like"):
        parse_url(text)
