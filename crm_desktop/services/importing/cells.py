"""Texts of a column become values, a whole batch at a time, by the type of the field alone."""

import contextlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.folding import key
from crm_desktop.formats.contact_values import parse_email, parse_url
from crm_desktop.formats.dates import Order, parse_anniversary, parse_date, parse_instant
from crm_desktop.formats.formulas import unneutralise
from crm_desktop.formats.several import parse_choices
from crm_desktop.formats.values import parse_boolean, parse_decimal, parse_integer, parse_money, parse_percent
from crm_desktop.services.importing.targets import Target

Reader = Callable[[Sequence[str]], tuple[list[Any], bool]]
"""Values of a batch of texts, and whether one of them could not be read (a `Fault` stands in its place)."""

_EMAIL = re.compile(r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_PHONE = re.compile(r"\+?(?:[()./-]*\d[ ()./-]*){3,}(?: ?(?:x|ext\.?) ?\d+)?")
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{3}|\.\d{6})?(?:Z|[+-]\d\d:\d\d)?")
_SEVERAL = re.compile(r"\s*:::\s*|\s*[;,]\s*|\s+\|\s+")
_SEVERAL_SITES = re.compile(r"\s*:::\s*")
_SEVERAL_PHONES = re.compile(r"\s*:::\s*|\s*;\s*|\s+\|\s+")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?")
_FEWEST_DIGITS = 3
_PERCENT = frozenset({"probability", "score"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A text that is no value of its field: what is wrong, and whether the row must be left out for it."""

    sentence: str
    text: str
    refused: bool = True


@dataclass(frozen=True, slots=True)
class Manner:
    """How the values of a column are written.

    `codes` are the choices by folded name, `meant` says which of those names a text of a list of choices stands for;
    `exact` keeps every sign; `single` never splits a text into several values; `year` is the latest that two digits of
    an anniversary can mean.
    """

    order: Order = Order.DMY
    decimal: str = "."
    currency: str = "EUR"
    scale: int = 100
    fractions: bool = False
    exact: bool = False
    single: bool = False
    year: int = 9999
    codes: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)

    def choice(self, text: str) -> str | None:
        """The choice that one of several texts names, if any."""
        return self.codes.get(key(self.meant.get(text, text)))


def reader(target: Target, manner: Manner) -> Reader:
    """How a batch of texts for a target is read."""
    if target.name == "tags":
        return each(_single if manner.single else _several)
    single = target.field is not None and not target.field.multi
    match target.type:
        case FieldType.EMAIL | FieldType.PHONE if single:
            return each(_address if target.type is FieldType.EMAIL else _number)
        case FieldType.EMAIL:
            return plain(_EMAIL, each(_emails))
        case FieldType.PHONE:
            return plain(_PHONE, each(_single if manner.single else _phones))
        case FieldType.URL if not manner.exact:
            return each(_site)
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.URL | FieldType.LINK:
            return each(_SPECIAL[target.name](manner)) if target.name in _SPECIAL else _texts(manner)
        case FieldType.CHOICE if not single and target.field is not None:
            return each(lambda text: _choices(text, manner))
    return each(parser(target, manner))


def parser(target: Target, manner: Manner) -> Callable[[str], Any]:
    """How one text, not blank, is read; `ValueError` says what is wrong with it."""
    match target.type:
        case FieldType.EMAIL:
            return _emails
        case FieldType.PHONE:
            return _phones
        case FieldType.INTEGER if target.name in _PERCENT:
            return lambda text: _percent(text, manner)
        case FieldType.INTEGER:
            return lambda text: _integer(text, manner)
        case FieldType.NUMBER:
            return lambda text: parse_decimal(text, manner.decimal)
        case FieldType.MONEY:
            return lambda text: _money(unneutralise(text), manner.decimal)
        case FieldType.DATE:
            return lambda text: _date(text, manner.order)
        case FieldType.ANNIVERSARY:
            return lambda text: _anniversary(text, manner)
        case FieldType.INSTANT:
            return lambda text: _instant(text, manner.order)
        case FieldType.YES_NO:
            return parse_boolean
        case FieldType.CHOICE:
            return lambda text: _choice(text, manner.codes)
    return _SPECIAL[target.name](manner) if target.name in _SPECIAL else str


def each(one: Callable[[str], Any]) -> Reader:
    """A reader that reads every different text once."""

    def read(texts: Sequence[str]) -> tuple[list[Any], bool]:
        known: dict[str, Any] = {}
        faulty = False
        for text in set(texts):
            bare = text.strip()
            try:
                known[text] = one(bare) if bare else None
            except ValueError as error:
                known[text] = error.args[0] if isinstance(error, _Soft) else Fault(f"{error}", bare)
                faulty = True
        return [known[text] for text in texts], faulty

    return read


def plain(usual: re.Pattern[str], other: Reader) -> Reader:
    """A reader of columns that hold one address each, in the usual form; any other goes to the `other` reader."""
    usually = usual.fullmatch

    def read(texts: Sequence[str]) -> tuple[list[Any], bool]:
        values: list[Any] = [(text,) if usually(text) else None for text in texts]
        faulty = False
        if None in values:
            rest = [at for at, value in enumerate(values) if value is None]
            found, faulty = other([texts[at] for at in rest])
            for at, value in zip(rest, found, strict=True):
                values[at] = value
        return values, faulty

    return read


class _Soft(ValueError):
    """Carries a fault for which no row is left out."""


def _texts(manner: Manner) -> Reader:
    def read(texts: Sequence[str]) -> tuple[list[Any], bool]:
        if manner.exact:
            return [text or None for text in texts], False
        bare: list[Any] = [text.strip() or None for text in texts]
        if "\n'" in "\n" + "\n".join(texts):
            bare = [unneutralise(text) if text else None for text in bare]
        return bare, False

    return read


def _emails(text: str) -> tuple[str, ...]:
    if _EMAIL.fullmatch(text):
        return (text,)
    return tuple(dict.fromkeys(map(parse_email, filter(None, _SEVERAL.split(text)))))


def _address(text: str) -> str:
    try:
        return parse_email(text)
    except ValueError as error:
        raise _Soft(Fault(str(error), text, refused=False)) from None


def _number(text: str) -> str:
    return "; ".join(_phones(text))


def _site(text: str) -> str:
    try:
        return "; ".join(map(parse_url, _SEVERAL_SITES.split(unneutralise(text))))
    except ValueError as error:
        raise _Soft(Fault(str(error), text, refused=False)) from None


def _phones(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(filter(None, _SEVERAL_PHONES.split(unneutralise(text)))))
    if any(sum(map(str.isdigit, number)) < _FEWEST_DIGITS for number in found):
        raise _Soft(Fault("Needs a phone number like +49 30 123456", text, refused=False))
    return found


def _single(text: str) -> tuple[str, ...]:
    return (unneutralise(text),)


def _several(text: str) -> tuple[str, ...]:
    parts = (part.strip().removeprefix("*").strip() for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(filter(None, parts)))


def _date(text: str, order: Order) -> date | None:
    if len(text) == 10 and text[4] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    return parse_date(text, order)


def _money(text: str, decimal: str) -> tuple[Decimal, str | None]:
    return (Decimal(text), None) if _AMOUNT.fullmatch(text) else parse_money(text, decimal)


def _instant(text: str, order: Order) -> datetime | None:
    if _ISO_INSTANT.fullmatch(text):
        with contextlib.suppress(ValueError, OverflowError, OSError):
            return datetime.fromisoformat(text).astimezone(UTC)
    return parse_instant(text, order)


def _integer(text: str, manner: Manner) -> int:
    number = int(text) if text.isdecimal() and text.isascii() else parse_integer(text, manner.decimal)
    if abs(number) >= 1 << 63:
        raise ValueError("Needs a smaller number")
    return number


def _percent(text: str, manner: Manner) -> int:
    number = parse_percent(text, manner.decimal)
    whole = round(number * 100 if manner.fractions else number * 100 / manner.scale)
    if not 0 <= whole <= 100:
        raise ValueError("Needs a number from 0 to 100")
    return whole


def _choice(text: str, codes: Mapping[str, str]) -> str:
    code = codes.get(key(text))
    if code is None:
        raise _Soft(Fault("Is none of the choices", text, refused=False))
    return code


def _choices(text: str, manner: Manner) -> tuple[str, ...]:
    try:
        return parse_choices(unneutralise(text), manner.choice)
    except ValueError as error:
        raise _Soft(Fault(str(error), text, refused=False)) from None


def _anniversary(text: str, manner: Manner) -> Anniversary | None:
    try:
        return parse_anniversary(unneutralise(text), manner.order, manner.year)
    except ValueError as error:
        raise _Soft(Fault(str(error), text, refused=False)) from None


def _time_of_day(_manner: Manner) -> Callable[[str], str]:
    def read(text: str) -> str:
        match = _CLOCK.fullmatch(text)
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise ValueError("Needs a time like 14:30")
        return f"{int(match[1]):02}:{match[2]}"

    return read


def _domain(_manner: Manner) -> Callable[[str], str]:
    def read(text: str) -> str:
        bare = text.lower().partition("://")[2] or text.lower()
        return bare.partition("/")[0].removeprefix("www.")

    return read


_SPECIAL: Mapping[str, Callable[[Manner], Callable[[str], Any]]] = {
    "due_at": _time_of_day,
    "domain": _domain,
    "company_domain": _domain,
}
"""Fields of text that have a form of their own."""


def fractions(values: Sequence[str]) -> bool:
    """Whether percentages are written as fractions: nothing above 1, and something between."""
    try:
        numbers = [Decimal(text) for text in values]
    except ArithmeticError:
        return False
    return bool(numbers) and max(numbers) <= 1 and any(0 < number < 1 for number in numbers)
