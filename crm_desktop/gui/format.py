"""Figures and dates as people of the chosen language write them. The one place where values become text."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtGui import QGuiApplication

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.clock import local as local
from crm_desktop.domain.money import Money, digits
from crm_desktop.gui.language import tr

DASH = "–"
_THOUSANDS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


def _locale() -> QLocale:
    return QLocale()


def symbol(currency: str) -> str:
    """The sign of a currency where one is widely known, else its code."""
    return _SYMBOLS.get(currency, currency)


_SYMBOLS = {
    "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "NGN": "₦",
    "PLN": "zł", "TRY": "₺", "UAH": "₴", "VND": "₫",
}


def money(amount: Money | None) -> str:
    """An amount: "€24,000"; with decimals only where there are any. A dash where none is known."""
    if amount is None:
        return DASH
    whole = amount.amount == amount.amount.to_integral_value()
    places = 0 if whole else digits(amount.currency)
    return _with_currency(_locale().toString(float(amount.amount), "f", places), amount.currency)


def money_short(amount: Money | None, whole: bool = False) -> str:
    """An amount for narrow places: "€94.6k", "€1.24M"; with `whole`, for axes, "€60k" where nothing is cut."""
    if amount is None:
        return DASH
    for size, letter in _THOUSANDS:
        if abs(amount.amount) >= size:
            places = 2 if letter != "k" else 1
            if whole and amount.amount % size == 0:
                places = 0
            number = _locale().toString(float(amount.amount / Decimal(size)), "f", places)
            return _with_currency(number + letter, amount.currency)
    return money(amount)


def _with_currency(number: str, currency: str) -> str:
    sample = _locale().toCurrencyString(1, "¤", 0)
    sign = symbol(currency)
    space = " " if " " in sample or "\u00a0" in sample or len(sign) > 1 else ""
    if sample.replace("\u200f", "").strip().startswith("¤"):
        minus, bare = ("−", number[1:]) if number[:1] in "-−" else ("", number)
        return f"{minus}{sign}{space}{bare}"
    return f"{number}{space or chr(0xA0)}{sign}"


def count_text(count: int) -> str:
    """A whole number with group separators: "3,418"."""
    return _locale().toString(count)


def year(number: int) -> str:
    """The number of a year, which has no group separators: "1996"."""
    plain = _locale()
    plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return plain.toString(number)


def number(value: float | None, places: int = 0) -> str:
    """A number with so many decimals; a dash where there is none."""
    return DASH if value is None else _locale().toString(float(value), "f", places)


def percent(share: float | None, places: int = 0) -> str:
    """A share of 1 as "41 %"; a dash where it cannot be counted."""
    if share is None:
        return DASH
    return tr("%1 %").replace("%1", _locale().toString(share * 100, "f", places))


def days(count: int | None) -> str:
    """A number of days: "38 days"."""
    return DASH if count is None else tr("%Ln days", "", count)


def days_short(count: int | None) -> str:
    """A number of days for narrow places: "38 d"."""
    return DASH if count is None else tr("%1 d").replace("%1", count_text(count))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def day(when: date | None, today: date) -> str:
    """A date near today by name or weekday, else as "6 Nov" and in other years "6 Nov 2025"."""
    if when is None:
        return DASH
    distance = (when - today).days
    names: dict[int, Callable[[], str]] = {
        0: lambda: tr("Today"), 1: lambda: tr("Tomorrow"), -1: lambda: tr("Yesterday"),
    }
    if distance in names:
        return names[distance]()
    if abs(distance) < 7:
        return _locale().toString(_qdate(when), "ddd d MMM").replace(".", "")
    return dated(when, today)


def day_inside(when: date, today: date) -> str:
    """A date as `day` has it, where it stands inside a sentence."""
    names = {0: lambda: tr("today"), 1: lambda: tr("tomorrow"), -1: lambda: tr("yesterday")}
    distance = (when - today).days
    return names[distance]() if distance in names else day(when, today)


def dated(when: date, today: date) -> str:
    """A date as "6 Nov", in other years "6 Nov 2025": never by a name, which means another day tomorrow."""
    pattern = "d MMM" if when.year == today.year else "d MMM yyyy"
    return _locale().toString(_qdate(when), pattern).replace(".", "")


def full_day(when: date | None) -> str:
    """A date with its year: "6 Nov 2026"."""
    return DASH if when is None else _locale().toString(_qdate(when), "d MMM yyyy").replace(".", "")


def month(when: date) -> str:
    """A month: "Mar 2026"."""
    return _locale().toString(_qdate(when), "MMM yyyy").replace(".", "")


def month_name(when: date) -> str:
    """A month without its year: "Nov"."""
    return _locale().standaloneMonthName(when.month, QLocale.FormatType.ShortFormat).replace(".", "")


def clock_time(instant: datetime) -> str:
    """The time of day of an instant at this place, in 24 or 12 hours as the language has it: "13:15"."""
    here = local(instant)
    return _locale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)


def hour(text: str) -> str:
    """A time of day that is kept as text, "13:15", as the language has it; what is none stays as it is."""
    kept = QTime.fromString(text, "HH:mm")
    return _locale().toString(kept, QLocale.FormatType.ShortFormat) if kept.isValid() else text


def moment(instant: datetime | None, today: date) -> str:
    """Day and time of an instant: "Today 13:15"; the day alone where it stands for one."""
    if instant is None:
        return DASH
    return _with_time(day(local(instant).date(), today), instant)


def moment_inside(instant: datetime, today: date) -> str:
    """Day and time of an instant as `moment` has them, where they stand inside a sentence."""
    return _with_time(day_inside(local(instant).date(), today), instant)


def _with_time(words: str, instant: datetime) -> str:
    """A date is read as its midnight, whose time nobody gave."""
    if local(instant).time() == time():
        return words
    return tr("%1 %2").replace("%1", words).replace("%2", clock_time(instant))


def ago(instant: datetime, now: datetime) -> str:
    """How long ago an instant was: "2 h ago"."""
    minutes = int((now - instant).total_seconds() // 60)
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return tr("%Ln min ago", "", minutes)
    if minutes < 24 * 60:
        return tr("%Ln h ago", "", minutes // 60)
    return tr("%Ln days ago", "", minutes // (24 * 60))


def value(field: Field, held: Any, today: date, choice: Callable[[str], str] = str) -> str:
    """What a record holds in a field; empty where it holds nothing. `choice` gives the words for a code."""
    if held is None or held == () or held == "":
        return ""
    match field.type:
        case FieldType.MONEY:
            return money(held)
        case FieldType.DATE:
            return day(held, today)
        case FieldType.ANNIVERSARY:
            return turn_and_age(held, today)
        case FieldType.INSTANT:
            return moment(held, today)
        case FieldType.INTEGER:
            return year(held) if field.year else count_text(held)
        case FieldType.NUMBER:
            return number(held, max(0, -int(held.as_tuple().exponent)))
        case FieldType.YES_NO:
            return tr("Yes") if held else tr("No")
        case FieldType.CHOICE | FieldType.TEXT:
            return ", ".join(map(choice, held)) if field.multi else choice(held)
    words = ", ".join(held) if isinstance(held, tuple) else str(held)
    return ltr(words) if field.type in _LEFT_TO_RIGHT else words


_LEFT_TO_RIGHT = (FieldType.PHONE, FieldType.EMAIL, FieldType.URL)


def ltr(words: str) -> str:
    """Text read from the left, such as a phone number, isolated where everything else is read from the right."""
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return f"\u2066{words}\u2069" if mirrored else words


def edited(field: Field, held: Any, currency: str = "") -> str:
    """What an editor shows of a field: as one would type it here, with months by name and the clock of this place.

    `currency` is the one that goes without saying.
    """
    if held is not None and field.type is FieldType.INSTANT:
        return _edited_instant(local(held))
    if held is not None and field.type is FieldType.MONEY:
        return _typed_money(held).removesuffix(f" {currency}")
    if held is not None and field.type is FieldType.DATE:
        return edited_day(held)
    if held is not None and field.type is FieldType.ANNIVERSARY and _locale().language() in _READ_BACK:
        return turn(held)
    return typed(field, held)


def edited_day(day: date) -> str:
    """A day as an editor shows it."""
    return full_day(day) if _locale().language() in _READ_BACK else day.isoformat()


def _edited_instant(here: datetime) -> str:
    if here.time() == time():
        return edited_day(here.date())
    if _locale().language() in _READ_BACK:
        return f"{full_day(here.date())} {clock_time(here)}"
    return f"{here:%Y-%m-%d %H:%M}"


def _typed_money(amount: Money) -> str:
    whole = amount.amount == amount.amount.to_integral_value()
    return f"{_typed_number(Decimal(int(amount.amount)) if whole else amount.amount)} {amount.currency}"


def typed(field: Field, held: Any) -> str:
    """What a record holds in a field, exactly, as it is read in any language: for spreadsheets."""
    if held is None:
        return ""
    match field.type:
        case FieldType.DATE:
            return str(held.isoformat())
        case FieldType.ANNIVERSARY:
            return _typed_turn(held)
        case FieldType.NUMBER:
            return _typed_number(held)
        case FieldType.MONEY:
            return f"{_typed_number(held.amount)} {held.currency}"
        case FieldType.YES_NO:
            return tr("Yes") if held else tr("No")
        case FieldType.CHOICE if field.multi:
            return "; ".join(held)
    return ", ".join(held) if isinstance(held, tuple) else str(held)


_LEAP = 2000
_READ_BACK = (QLocale.Language.English, QLocale.Language.German)
"""Languages whose names of months are read from what is typed."""


def turn(when: Anniversary) -> str:
    """A day that comes back each year: "15 Jun", with its year "15 Jun 1985"."""
    shown = QDate(_LEAP if when.year is None else when.year, when.month, when.day)
    return _locale().toString(shown, "d MMM" if when.year is None else "d MMM yyyy").replace(".", "")


def turn_and_age(when: Anniversary, today: date) -> str:
    """The same with the years that have passed, where the year is known: "15 Jun 1985 (41)"."""
    years = None if when.year is None else today.year - when.year - ((today.month, today.day) < (when.month, when.day))
    return turn(when) if years is None or years < 1 else f"{turn(when)} ({count_text(years)})"


def _typed_turn(when: Anniversary) -> str:
    return turn(when) if _locale().language() in _READ_BACK and when.year is None else str(when)


def _typed_number(number: Decimal) -> str:
    """With the decimal sign of the language; a point before three digits alone could group thousands."""
    text = f"{number:f}"
    if len(text.partition(".")[2]) == 3:
        text += "0"
    return text.replace(".", ",") if _locale().decimalPoint() == "," else text
