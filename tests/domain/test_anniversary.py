"""Days that come back each year, with the year or without it."""

import pytest

from crm_desktop.domain.anniversary import Anniversary


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1985-06-15", Anniversary(6, 15, 1985)),
        ("--06-15", Anniversary(6, 15)),
        ("--0615", Anniversary(6, 15)),
        ("06-15", Anniversary(6, 15)),
        ("--02-29", Anniversary(2, 29)),
    ],
)
def test_a_text_is_read(text: str, meant: Anniversary) -> None:
    assert Anniversary.parse(text) == meant
    assert Anniversary.parse(str(meant)) == meant


@pytest.mark.parametrize("text", ["", "1985", "1985-02-29", "--13-01", "--02-30", "15 Jun", "0000-06-15"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Anniversary.parse(text)


def test_the_year_does_not_count_in_order_but_in_equality() -> None:
    days = [Anniversary(12, 1, 1950), Anniversary(1, 31), Anniversary(6, 15, 2001)]
    assert [day.turn for day in sorted(days)] == ["01-31", "06-15", "12-01"]
    assert Anniversary(6, 15) != Anniversary(6, 15, 1985)
    assert len({Anniversary(6, 15), Anniversary(6, 15, 1985), Anniversary(6, 15)}) == 2
