"""Values become text as people write them."""

from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.money import Money
from crm_desktop.gui import format as fmt
from crm_desktop.services.spelling import date_order, decimal_sign
from crm_desktop.services.values import Spelling, Values
from crm_desktop.settings import Settings
from crm_desktop.storage.lists import Lists

TODAY = date(2026, 11, 12)
NOW = datetime(2026, 11, 12, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (2_400_000, "EUR", "€24,000"),
        (1_234_56, "EUR", "€1,234.56"),
        (-500_00, "EUR", "−€500"),
        (0, "GBP", "£0"),
        (1_000, "JPY", "¥1,000"),
        (1_500, "KWD", "KWD 1.500"),
        (2_000_00, "SEK", "SEK 2,000"),
    ],
)
def test_money(minor: int, currency: str, text: str) -> None:
    assert fmt.money(Money(minor, currency)).replace("\u00a0", " ") == text


def test_money_of_other_languages() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert fmt.money(Money(2_400_000, "EUR")).replace("\u00a0", " ") == "24.000 €"
    assert fmt.money(Money(123_456, "EUR")).replace("\u00a0", " ") == "1.234,56 €"


def test_missing_values_are_a_dash() -> None:
    assert fmt.money(None) == fmt.money_short(None) == fmt.percent(None) == fmt.DASH
    assert fmt.days(None) == fmt.days_short(None) == fmt.number(None) == fmt.DASH
    assert fmt.day(None, TODAY) == fmt.full_day(None) == fmt.moment(None, TODAY) == fmt.DASH


@pytest.mark.parametrize(
    ("minor", "text"),
    [(9_460_000, "€94.6k"), (124_000_000, "€1.24M"), (99_900, "€999"), (250_000_000_000, "€2.50bn")],
)
def test_short_money(minor: int, text: str) -> None:
    assert fmt.money_short(Money(minor, "EUR")) == text


@pytest.mark.parametrize(("share", "places", "text"), [(0.41, 0, "41 %"), (0.0123, 1, "1.2 %"), (1.0, 0, "100 %")])
def test_percent(share: float, places: int, text: str) -> None:
    assert fmt.percent(share, places) == text


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (date(2026, 11, 12), "Today"),
        (date(2026, 11, 13), "Tomorrow"),
        (date(2026, 11, 11), "Yesterday"),
        (date(2026, 11, 17), "Tue 17 Nov"),
        (date(2026, 11, 9), "Mon 9 Nov"),
        (date(2026, 11, 6), "Fri 6 Nov"),
        (date(2026, 11, 24), "24 Nov"),
        (date(2025, 11, 6), "6 Nov 2025"),
    ],
)
def test_days_near_today_have_names(when: date, text: str) -> None:
    assert fmt.day(when, TODAY) == text


def test_full_days() -> None:
    assert fmt.full_day(date(2026, 11, 6)) == "6 Nov 2026"


def test_counts_have_group_separators() -> None:
    assert fmt.count_text(3418) == "3,418"
    assert fmt.number(12.345, 1) == "12.3"


def test_numbers_of_days() -> None:
    assert fmt.days(38) == "38 days"
    assert fmt.days_short(21) == "21 d"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_how_long_ago(before: timedelta, text: str) -> None:
    assert fmt.ago(NOW - before, NOW) == text


def test_time_of_day_follows_the_language() -> None:
    here = NOW.astimezone()
    assert fmt.clock_time(NOW) == f"{here.hour:02}:{here.minute:02}"
    QLocale.setDefault(QLocale("en_US"))
    assert fmt.clock_time(NOW).endswith(("AM", "PM"))


@pytest.mark.parametrize(("instant", "words"), [
    (datetime(9999, 12, 31, 23, 30, tzinfo=UTC), "31 Dec 9999 23:30"),
    (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1 Jan 2027 00:30"),
    (datetime(2024, 2, 28, 23, 30, tzinfo=UTC), "29 Feb 2024 00:30"),
])  # fmt: skip
def test_the_last_instants_of_a_year_are_told_too(berlin: None, instant: datetime, words: str) -> None:
    assert fmt.moment(instant, date(2026, 6, 1)) == words


def test_an_instant_that_was_a_date_has_no_time() -> None:
    midnight = datetime(2024, 1, 2).astimezone()
    assert fmt.moment(midnight, TODAY) == "2 Jan 2024"
    assert fmt.moment_inside(midnight, date(2024, 1, 3)) == "yesterday"
    assert fmt.edited(Field("known", FieldType.INSTANT), midnight) == "2 Jan 2024"


def test_moment_has_day_and_time() -> None:
    instant = datetime(2026, 11, 12, 12, 15, tzinfo=UTC)
    assert fmt.moment(instant, instant.astimezone().date()).startswith("Today ")
    assert fmt.moment_inside(instant, instant.astimezone().date()).startswith("today ")


LANGUAGES = st.sampled_from(["en_GB", "en_US", "de_DE", "ar_EG", "fr_FR", "es_ES", "hu_HU"])
HELD = {
    FieldType.DATE: st.dates(min_value=date(1000, 1, 1)),
    FieldType.ANNIVERSARY: st.dates(min_value=date(1700, 1, 1), max_value=TODAY).flatmap(
        lambda day: st.sampled_from([Anniversary(day.month, day.day), Anniversary(day.month, day.day, day.year)])
    ),
    FieldType.INSTANT: st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    FieldType.MONEY: st.builds(Money, st.integers(-(10**12), 10**12), st.sampled_from(["EUR", "USD", "KWD", "JPY"])),
    FieldType.NUMBER: st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-9999, max_value=9999),
    FieldType.INTEGER: st.integers(-(10**12), 10**12),
}


@given(LANGUAGES, st.data(), st.sampled_from(sorted(HELD)))
def test_what_stands_in_an_editor_is_read_back(language: str, data: st.DataObject, kind: FieldType) -> None:
    QLocale.setDefault(QLocale(language))
    settings = Settings(language=language)
    spelling = Spelling("EUR", decimal_sign(settings), date_order(language[3:]), language[3:])
    values = Values(cast(Lists, None), spelling, Clock.fixed(NOW))
    field, held = Field("known", kind), data.draw(HELD[kind])
    assert values.parse(field, fmt.typed(field, held)) == held
    shown = fmt.edited(field, held, "EUR")
    if isinstance(held, datetime) and fmt.local(held).replace(tzinfo=None).astimezone(UTC) != held:
        return  # the hour that the clock shows twice
    assert values.parse(field, shown) == held


@pytest.mark.parametrize(
    ("kind", "held", "shown"),
    [
        (FieldType.MONEY, Money.of(24_000, "EUR"), "24000"),
        (FieldType.MONEY, Money.of("24000.5", "EUR"), "24000.50"),
        (FieldType.MONEY, Money.of(24_000, "USD"), "24000 USD"),
        (FieldType.DATE, date(2026, 11, 14), "14 Nov 2026"),
        (FieldType.ANNIVERSARY, Anniversary(6, 15, 1985), "15 Jun 1985"),
        (FieldType.INSTANT, datetime(2026, 11, 14, 16, 5).astimezone(), "14 Nov 2026 16:05"),
    ],
)
def test_an_editor_shows_what_one_would_type(kind: FieldType, held: object, shown: str) -> None:
    assert fmt.edited(Field("known", kind), held, "EUR") == shown


def test_years_have_no_thousands() -> None:
    founded = Field("founded", FieldType.INTEGER, year=True)
    assert fmt.value(founded, 1996, TODAY) == "1996"
    assert fmt.value(Field("employees", FieldType.INTEGER), 1996, TODAY) == "1,996"


def test_days_that_come_back_are_told_without_a_year_they_do_not_have() -> None:
    assert fmt.turn(Anniversary(6, 15)) == "15 Jun"
    assert fmt.turn(Anniversary(2, 29)) == "29 Feb"
    assert fmt.turn(Anniversary(6, 15, 1985)) == "15 Jun 1985"


def test_a_day_inside_a_sentence_begins_small() -> None:
    today = date(2026, 11, 12)
    days = (date(2026, 11, 11), today, date(2026, 11, 13))
    assert [fmt.day_inside(day, today) for day in days] == ["yesterday", "today", "tomorrow"]
    assert fmt.day_inside(date(2026, 12, 3), today) == "3 Dec"
