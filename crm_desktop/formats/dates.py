"""Dates and instants in the spellings of other programs, and their exact inverses.

Each parser returns None for the zeros some programs write for "no date", and raises `ValueError`
with a sentence for the user when the text is no date.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.periods import Period, Side, month_of


class Order(StrEnum):
    """In which order a date in numbers alone is written."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


_EXAMPLES = {Order.DMY: "20/11/2026", Order.MDY: "11/20/2026", Order.YMD: "2026-11-20"}
_LEAP_YEAR = 2000  # has every day of the year
_LAST_YEAR_OF_THIS_CENTURY = 68  # two digits above it mean 19xx, as POSIX reads them

_MONTHS: dict[str, int] = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jän feber mär apr mai jun jul aug sept okt nov dez",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "gen febb mar apr mag giu lug ago set ott nov dic",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    )
    for number, name in enumerate(names.split(), 1)
}
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:1[6-9]|2\d)\d\d)(\d\d)(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]?(?:de )?([^\W\d_]+)\.?,?[ -]?(?:de )?(\d{4}|\d{2})")
_NAME_DAY_YEAR = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_WEEKDAY = re.compile(r"[^\W\d_]+\.?, (?=\d|[^\W\d_]+\.? \d)")
_WEEKDAYS = (
    (3, "monday tuesday wednesday thursday friday saturday sunday"),
    (4, "montag dienstag mittwoch donnerstag freitag samstag sonntag"),
)
"""With how many letters at least a day is meant: "mit" and "die" are other words."""
_AWAY = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DAYS_AWAY = re.compile(r"([+-]\d{1,4}) ?d")
_DAY_MONTH = re.compile(r"(\d{1,2})([-/. ]) ?(\d{1,2})\.?")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?")
_MONTH_YEAR = re.compile(r"([^\W\d_]+)\.?(?: ([12]\d{3}))?")
_TWO_DIGITS = re.compile(r".*\D\d\d")
_NO_YEAR = 1604  # what Apple's programs write where no year is known
_NO_DATE = re.compile(r"0{1,4}([-/.])0{1,2}\1(?:0{1,4}|1900)")
_TIME = re.compile(
    r"(?P<date>.*?)(?:T|,? +(?:at +)?)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: ?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?"
)


def parse_date(text: str, order: Order = Order.DMY) -> date | None:
    """A calendar date; `order` decides for numbers alone. A time of day behind it is dropped."""
    bare = " ".join(text.split())
    if with_time := _TIME.fullmatch(bare):
        bare = with_time["date"]
    if _NO_DATE.fullmatch(bare):
        return None
    found = _year_month_day(bare, order)
    try:
        return date(*found) if found else _refuse(order)
    except ValueError:
        return _refuse(order)


def parse_day(text: str, today: date, order: Order = Order.DMY, side: Side = Side.NEAR) -> date | None:
    """A date as a person types it: as `parse_date`, or told from today: "tomorrow", "fri", "+7d", "20 Nov".

    `side` says where one without a year is looked for; a weekday is the next one where it does not matter.
    """
    try:
        return parse_date(text, order)
    except ValueError:
        found = _from_today(" ".join(text.split()).lower(), today, side)
        if found is None:
            raise
        return found


def _from_today(words: str, today: date, side: Side) -> date | None:
    if words in _AWAY:
        return today + timedelta(days=_AWAY[words])
    if away := _DAYS_AWAY.fullmatch(words):
        return today + timedelta(days=int(away[1]))
    weekday = next((at for shortest, names in _WEEKDAYS for at, name in enumerate(names.split())
                    if len(words) >= shortest and name.startswith(words)), None)  # fmt: skip
    if weekday is not None:
        back = timedelta(days=(today.weekday() - weekday) % 7)
        return today - back if side is Side.BACK else today - back + timedelta(days=7)
    near = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found = _with_name(f"{words} {year}")
            near += [date(*found)] if found else []
        except ValueError:
            continue  # 29 February is not in every year
    return _nearest(near, today, side)


def parse_month(text: str, today: date, side: Side = Side.NEAR) -> Period | None:
    """A month by its name: "May 2026", without a year the one on that side of today; None where it is none."""
    match = _MONTH_YEAR.fullmatch(" ".join(text.split()))
    month = _MONTHS.get(match[1].lower()) if match else None
    if match is None or month is None:
        return None
    years = [int(match[2])] if match[2] else range(today.year - 1, today.year + 2)
    this_month = today.replace(day=1)
    first = _nearest([date(year, month, 1) for year in years], this_month, Side.NEAR if match[2] else side)
    return None if first is None else month_of(first)


def _nearest(days: list[date], today: date, side: Side) -> date | None:
    there = [day for day in days if side is Side.NEAR or (day <= today if side is Side.BACK else day >= today)]
    return min(there, key=lambda day: abs(day - today), default=None)


def parse_anniversary(text: str, order: Order = Order.DMY, latest: int = 9999) -> Anniversary | None:
    """A day that comes back each year: as `parse_date`, or without the year: "15 Jun", "15.06.", "--06-15".

    Two digits mean no year after `latest`.
    """
    bare = " ".join(text.split())
    try:
        if bare.startswith("--"):
            return Anniversary.parse(bare)
        return _yearless(bare, order) or _dated(bare, order, latest)
    except ValueError:
        raise ValueError(f"Needs a day like 15 Jun, 15 Jun 1985 or {_EXAMPLES[order]}") from None


def _yearless(text: str, order: Order) -> Anniversary | None:
    if match := _DAY_MONTH.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        return Anniversary(second, first) if order is Order.DMY or match[2] == "." else Anniversary(first, second)
    named = _with_name(f"{text} {_LEAP_YEAR}")
    if named is None and (turned := _MONTH_DAY.fullmatch(text)):
        named = _with_name(f"{turned[2]} {turned[1]} {_LEAP_YEAR}")
    return Anniversary(*named[1:]) if named and named[0] == _LEAP_YEAR else None


def _dated(text: str, order: Order, latest: int) -> Anniversary | None:
    day = parse_date(text, order)
    if day is None:
        return None
    if day.year == _NO_YEAR:
        return Anniversary(day.month, day.day)
    century = 100 if day.year > latest and _TWO_DIGITS.fullmatch(text) else 0
    return Anniversary(day.month, day.day, day.year - century)


def _refuse(order: Order) -> date:
    raise ValueError(f"Needs a date like 20 Nov 2026 or {_EXAMPLES[order]}")


def _year_month_day(text: str, order: Order) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _COMPACT.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(text):
        return _in_order(match[1], match[3], match[4], order)
    return _with_name(text)


def _in_order(first: str, second: str, third: str, order: Order) -> tuple[int, int, int] | None:
    if order is Order.YMD:
        return None if len(third) > 2 else (_full_year(first), int(second), int(third))
    day, month = (first, second) if order is Order.DMY else (second, first)
    return _full_year(third), int(month), int(day)


def _with_name(text: str) -> tuple[int, int, int] | None:
    bare = _WEEKDAY.sub("", text, count=1)
    if match := _DAY_NAME_YEAR.fullmatch(bare):
        day, name, year = match[1], match[2], match[3]
    elif match := _NAME_DAY_YEAR.fullmatch(bare):
        name, day, year = match[1], match[2], match[3]
    else:
        return None
    month = _MONTHS.get(name.lower())
    return (_full_year(year), month, int(day)) if month else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= _LAST_YEAR_OF_THIS_CENTURY else 1900)


def format_date(day: date, order: Order | None = None) -> str:
    """The inverse of `parse_date`: in numbers in the given order, or like "20 Nov 2026"."""
    if order is Order.YMD:
        return day.isoformat()
    if order is None:
        return f"{day.day} {_ENGLISH[day.month - 1]} {day.year:04}"
    first, second = (day.day, day.month) if order is Order.DMY else (day.month, day.day)
    return f"{first:02}/{second:02}/{day.year:04}"


def order_evidence(text: str) -> Order | None:
    """The order a date in numbers proves by a day above 12; None if it could be either or has none."""
    match = _NUMERIC.match(text.strip())
    if not match or (int(match[1]) > 12) == (int(match[3]) > 12):
        return None
    return Order.DMY if int(match[1]) > 12 else Order.MDY


def date_shape(text: str) -> str | None:
    """How a date is spelled: "yyyy-mm-dd", "yyyymmdd", "d/m/yyyy" (day or month first), "d Mon yyyy" ..."""
    bare = " ".join(text.split())
    if with_time := _TIME.fullmatch(bare):
        bare = with_time["date"]
    if match := _YEAR_FIRST.fullmatch(bare):
        return match[2].join(("yyyy", "mm", "dd"))
    if _COMPACT.fullmatch(bare):
        return "yyyymmdd"
    if match := _NUMERIC.fullmatch(bare):
        return match[2].join(("d", "m", "y" * len(match[4])))
    if _with_name(bare):
        return "d Mon yyyy" if bare[0].isdigit() else "Mon d, yyyy"
    return None


def has_time(text: str) -> bool:
    """Whether a time of day stands behind the date."""
    return _TIME.fullmatch(" ".join(text.split())) is not None


def parse_instant(text: str, order: Order = Order.DMY, zone: tzinfo | None = None) -> datetime | None:
    """An instant in UTC; without an offset of its own it is read in `zone`, without a time as midnight.

    No zone is the clock of this place: who exports a list sees its times as the clock on the wall shows them.
    """
    bare = " ".join(text.split())
    day = parse_date(bare, order)
    if day is None:
        return None
    match = _TIME.fullmatch(bare)
    try:
        moment = time() if match is None else _time(match)
        own = match and match["zone"]
        local = datetime.combine(day, moment, _offset(own) if own else zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError("Needs a date and time like 2026-11-20 14:05") from None


def _time(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    part = (match["part"] or "").ljust(6, "0")[:6]
    return time(hour, int(match["minute"]), int(match["second"] or 0), int(part))


def _offset(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-shift if text[0] == "-" else shift)


def format_instant(instant: datetime) -> str:
    """The inverse of `parse_instant`: ISO 8601 in UTC, ending in Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
