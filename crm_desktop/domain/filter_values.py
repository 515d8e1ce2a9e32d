"""Single values in the typed form of a filter: `70`, `"Trade fair"`, `2026-11-20`, `-60d`, `3 weeks ago`, `1000EUR`."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import FURTHEST, FURTHEST_MONTHS, Days, Months, Moving, Scalar, Span
from crm_desktop.domain.money import LARGEST, Money
from crm_desktop.domain.speech import MUTE, Speech
from crm_desktop.domain.spoken_times import side_of
from crm_desktop.errors import UserError

DATED = (FieldType.DATE, FieldType.INSTANT, FieldType.ANNIVERSARY)
"""Types whose values are told as days."""
_NUMBER_OF_RECORD = re.compile(r"\d{10,19}")
_STEPS = {"last": -1, "this": 0, "next": 1}
_LENGTHS: dict[str, tuple[type[Days] | type[Months], int, int]] = {
    "d": (Days, 1, FURTHEST), "w": (Days, 7, FURTHEST), "m": (Months, 1, FURTHEST_MONTHS),
    "y": (Months, 12, FURTHEST_MONTHS),
}  # fmt: skip
_NAMED_SPAN = re.compile(r"(last|this|next)_(week|month|quarter|year)")
_SPAN = re.compile(r"(week|month|quarter|year)([+-]\d{1,3})")
_TIMED = re.compile(r"\d{4}-?\d\d-?\d\d[T ]")
_AMBIGUOUS = re.compile(r"([+-]?[1-9]\d{0,2})\.(\d{3})")
"""A number whose one sign may group thousands."""
_PLAIN = re.compile(r"[\w@.+/-]+")
_MEANING = frozenset({"none", "any", "or", "not"})
"""Words that mean something unless they stand in quotes."""


def scalar(kind: str, field: Field, text: str, speech: Speech = MUTE) -> Scalar:
    """The value that is typed for a field of a kind; UserError says why it is none."""
    value = unquoted(text)
    match field.type:
        case FieldType.INTEGER | FieldType.NUMBER:
            return number(value)
        case FieldType.MONEY:
            return amount(value)
        case FieldType.INSTANT if _TIMED.match(value):
            return _instant(value)
        case FieldType.DATE | FieldType.INSTANT:
            return _day(field, value, speech)
        case FieldType.ANNIVERSARY:
            return turn(value, speech)
        case FieldType.LINK if _NUMBER_OF_RECORD.fullmatch(text):
            return int(text)
        case FieldType.YES_NO:
            return _yes_or_no(field, value)
        case FieldType.CHOICE:
            return _choice(kind, field, value, speech)
    return value


def _yes_or_no(field: Field, value: str) -> bool:
    if value.lower() not in ("yes", "no", "true", "false", "1", "0"):
        raise UserError(f"“{field.name}” is yes or no, not “{value}”.")
    return value.lower() in ("yes", "true", "1")


def _choice(kind: str, field: Field, value: str, speech: Speech) -> str:
    choice = field.choice(value) or speech.choice(kind, field, value)
    if choice is None:
        raise UserError(f"“{field.name}” is one of {', '.join(field.choices)}, not “{value}”.")
    return choice


def turn(text: str, speech: Speech = MUTE) -> str | Moving:
    """A day that comes back each year; with a year it is that day alone."""
    moving = _moving(text.lower(), speech)
    if moving is not None:
        return moving
    try:
        return str(Anniversary.parse(text))
    except ValueError as error:
        named = speech.times.read_turn(text)
        if named is not None:
            return named
        raise UserError(
            f"“{text}” is not a day of the year; write it like 15 Jun, --06-15, 1985-06-15, today or +14d."
        ) from error


def _day(field: Field, text: str, speech: Speech) -> date | Moving:
    moving = _moving(text.lower(), speech)
    if moving is not None:
        return moving
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        named = speech.times.read(text, side_of(field))
        if named is not None:
            return named
        raise UserError(
            f"“{text}” is not a day; write it like 2026-11-20, today, -60d, +2w, -6m, -1y or this_month."
        ) from error


def _moving(text: str, speech: Speech) -> Moving | None:
    """A day or span that moves with the calendar; None for any other text."""
    if text == "today":
        return Days(0)
    if known := re.fullmatch(r"([+-]\d{1,5})([dwmy])", text):
        made, each, furthest = _LENGTHS[known[2]]
        if abs(count := int(known[1]) * each) <= furthest:
            return made(count)
    if known := _NAMED_SPAN.fullmatch(text):
        return Span(known[2], _STEPS[known[1]])
    if (known := _SPAN.fullmatch(text)) and abs(int(known[2])) <= FURTHEST_MONTHS // 12:
        return Span(known[1], int(known[2]))
    words = text.split()
    spoken = speech.times.moving(words)
    return spoken[0] if spoken is not None and spoken[1] == len(words) else None


def _instant(text: str) -> datetime:
    try:
        # Without a zone it is meant as the clock on the wall shows it.
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UserError(f"“{text}” is not an instant; write it like 2026-11-20T09:30Z.") from error


def number(text: str) -> int | Decimal:
    """A number; UserError where it is none, too large, or could be read in two ways."""
    bare = unquoted(text)
    if either := _AMBIGUOUS.fullmatch(bare):
        part = either[2].rstrip("0") or "0"
        exact, grouped = f"{either[1]}.{part.ljust(4, '0') if len(part) == 3 else part}", either[1] + either[2]
        raise UserError(f"“{bare}” may be {exact} or {grouped}; write {grouped} or {exact}.")
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        raise UserError(f"“{text}” is not a number; write it like 70 or 1234.50.") from error
    if not value.is_finite() or abs(value) > LARGEST:
        raise UserError(f"“{text}” is too large a number to compare with.")
    return int(value) if value == value.to_integral_value() else value


def amount(text: str) -> Scalar:
    """An amount in any currency, or in the one that stands behind it: `1000` or `1000EUR`; also `80k` and `1.2m`."""
    known = re.fullmatch(r"(.*\d)\s?([kKmM](?![^\W_]))?\s*([A-Z]{3})?", unquoted(text))
    if known is None:
        return number(text)
    value = number(known[1])
    if known[2]:
        value = number(f"{Decimal(value).scaleb(3 if known[2] in 'kK' else 6):f}")
    return Money.of(value, known[3]) if known[3] else value


def unquoted(text: str) -> str:
    """Text without the quotes around it."""
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if len(text) > 1 and text[0] == text[-1] == '"' else text


def typed(value: Scalar) -> str:
    """A value as it is typed; `scalar` reads it back."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Days():
            return f"{value.offset:+d}d" if value.offset else "today"
        case Months():
            return f"{value.offset:+d}m"
        case Span():
            named = next((step for step, offset in _STEPS.items() if offset == value.offset), None)
            return f"{named}_{value.unit}" if named else f"{value.unit}{value.offset:+d}"
        case Money():
            return f"{typed(value.amount)}{value.currency}"
        case Decimal():
            return _typed_number(value)
        case date():
            return value.isoformat()
        case str() if _NUMBER_OF_RECORD.fullmatch(value):
            return f'"{value}"'
    return quoted(str(value))


def _typed_number(value: Decimal) -> str:
    text = str(int(value) if value == value.to_integral_value() else value)
    return f"{text}0" if _AMBIGUOUS.fullmatch(text) else text


def quoted(text: str) -> str:
    """Text as it is typed, in quotes where it would mean something else without."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _MEANING and not text.startswith("-")
    return text if plain else in_quotes(text)


def in_quotes(text: str) -> str:
    """Text between quotes; `unquoted` gives it back."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
