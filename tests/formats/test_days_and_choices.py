"""Days that come back each year and several choices, in the spellings people use."""

import pytest

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.formats.dates import Order, parse_anniversary
from crm_desktop.formats.several import format_choices, parse_choices

CHOICES = ("Trade fair", "Web", "Fairs, events", "Café", "Wine|beer")


@pytest.mark.parametrize(
    ("text", "order", "meant"),
    [
        ("15 Jun", Order.DMY, Anniversary(6, 15)),
        ("Jun 15", Order.MDY, Anniversary(6, 15)),
        ("June 15th", Order.MDY, Anniversary(6, 15)),
        ("15. Juni", Order.DMY, Anniversary(6, 15)),
        ("15.06.", Order.DMY, Anniversary(6, 15)),
        ("15.6", Order.MDY, Anniversary(6, 15)),
        ("6/15", Order.MDY, Anniversary(6, 15)),
        ("15/6", Order.DMY, Anniversary(6, 15)),
        ("06-15", Order.YMD, Anniversary(6, 15)),
        ("29 Feb", Order.DMY, Anniversary(2, 29)),
        ("--06-15", Order.DMY, Anniversary(6, 15)),
        ("--0615", Order.DMY, Anniversary(6, 15)),
        ("15 Jun 1985", Order.DMY, Anniversary(6, 15, 1985)),
        ("1985-06-15", Order.DMY, Anniversary(6, 15, 1985)),
        ("15.06.60", Order.DMY, Anniversary(6, 15, 1960)),
        ("15.06.20", Order.DMY, Anniversary(6, 15, 2020)),
        ("1604-06-15", Order.DMY, Anniversary(6, 15)),
        ("0000-00-00", Order.DMY, None),
    ],
)
def test_an_anniversary_is_read(text: str, order: Order, meant: Anniversary | None) -> None:
    assert parse_anniversary(text, order, 2026) == meant


@pytest.mark.parametrize("text", ["31 Feb", "15/15", "June", "1985", "soon", "--06-31", "30.02.1985", "15 Jun x"])
def test_what_is_no_day_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="Needs a day like 15 Jun"):
        parse_anniversary(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Web", ("Web",)),
        ("web; trade FAIR", ("Web", "Trade fair")),
        ("Web ::: Cafe", ("Web", "Café")),
        ("Web, Fairs, events, Café", ("Web", "Fairs, events", "Café")),
        ("Fairs, events", ("Fairs, events",)),
        ("Web | Café\nWeb", ("Web", "Café")),
        ("Web|Café|", ("Web", "Café")),
        ("Wine|beer", ("Wine|beer",)),
        ("Web,,", ("Web",)),
        ("", ()),
    ],
)
def test_several_choices_are_read(text: str, meant: tuple[str, ...]) -> None:
    choose = Field("own", FieldType.CHOICE, choices=CHOICES, multi=True).choice
    assert parse_choices(text, choose) == meant
    assert parse_choices(format_choices(meant), choose) == meant


def test_what_is_no_choice_is_named() -> None:
    with pytest.raises(ValueError, match="“Radio” is none of the choices"):
        parse_choices("Web, Radio", lambda text: text if text == "Web" else None)
