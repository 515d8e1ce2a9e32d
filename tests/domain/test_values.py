"""Money, folding, ranges of ids and the clock."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.change import Change, Touched, ranges
from crm_desktop.domain.clock import Clock, stamp
from crm_desktop.domain.folding import fold, key, looks_like_number, number_digits, words
from crm_desktop.domain.money import Money
from crm_desktop.domain.rank import between


@pytest.mark.parametrize(("text", "folded"), [
    ("Café MÜLLER", "cafe muller"), ("Straße", "strasse"), ("ŁÓDŹ", "lodz"), ("Ærø", "aero"), ("ｆｕｌｌ", "full"),
    ("İstanbul", "istanbul"), ("ΑΘΗΝΑ", "αθηνα"), ("", ""), ("Acme™", "acmetm"),
])  # fmt: skip
def test_case_and_accents_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_both_spellings_of_an_accent_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_words_keys_and_numbers() -> None:
    assert words("Müller-Lüdenscheidt, GTX_Pro 3") == ["muller", "ludenscheidt", "gtx", "pro", "3"]
    assert key("GTX Pro") == key("gtx-pro") == "gtxpro"
    assert number_digits("+49 (30) 12-3") == "4930123"
    assert looks_like_number("+49 (30) 12") and not looks_like_number("12a") and not looks_like_number("+-")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_money_goes_through_major_units_unchanged(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert Money.of(money.to_json()["amount"], currency) == money


def test_money_rounds_half_to_even_and_never_mixes() -> None:
    assert [Money.of(Decimal(text), "EUR").minor for text in ("0.005", "0.015", "0.025", "-0.015")] == [0, 2, 2, -2]
    assert (Money(1, "EUR") + Money(2, "EUR")).minor == 3
    with pytest.raises(ValueError, match="cannot add USD to EUR"):
        Money(1, "EUR") + Money(1, "USD")
    assert str(Money(1234, "EUR")) == "12.34 EUR"


@given(st.lists(st.integers(1, 400)), st.integers(1, 8))
def test_ranges_cover_all_ids_in_few_pieces(ids: list[int], most: int) -> None:
    found = ranges(ids, most)
    assert len(found) <= most
    assert all(any(first <= i <= last for first, last in found) for i in ids)
    assert list(found) == sorted(found)
    if len(set(ids)) <= most:
        assert sum(last - first + 1 for first, last in found) == len(set(ids))


def test_a_change_says_what_it_covers() -> None:
    change = Change(3, "import", "lead", "", (Touched("lead", 2, ((5, 6),)), Touched("tag", 1, ((9, 9),))))
    assert change.kinds == {"lead", "tag"}
    assert (change.count("lead"), change.count("deal")) == (2, 0)
    assert change.covers("lead", 6) and not change.covers("lead", 7) and not change.covers("deal", 5)


def test_the_clock_can_be_set() -> None:
    east = timezone(timedelta(hours=9))
    clock = Clock.fixed(datetime(2026, 11, 20, 3, tzinfo=east))
    assert clock.today() == date(2026, 11, 20)
    assert clock.stamp() == "2026-11-19T18:00:00.000Z"
    assert Clock.fixed(datetime(2026, 1, 1)).now().tzinfo is UTC
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert Clock().today() == Clock().day(datetime.now(UTC))


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1))
)
def test_stamps_sort_as_instants(one: datetime, other: datetime) -> None:
    first, second = sorted((one.replace(tzinfo=UTC), other.replace(tzinfo=UTC)))
    assert stamp(first) <= stamp(second)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_there_is_always_a_rank_between(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        at = place % (len(ranks) + 1)
        low = ranks[at - 1] if at else None
        high = ranks[at] if at < len(ranks) else None
        ranks.insert(at, between(low, high))
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("amount", ["1e16", "-1e400", "Infinity", "NaN"])
def test_an_amount_that_no_base_holds_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="at most"):
        Money.of(amount, "EUR")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["JPY", "EUR", "KWD"]))
def test_every_amount_fits_into_the_base(amount: int, currency: str) -> None:
    money = Money.of(amount, currency)
    assert abs(money.minor) < 2**63
    assert money.amount == amount
