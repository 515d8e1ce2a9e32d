"""Text to the value of a field and back: the one place where what people type meets the type that a field has."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Catalogue, Field, FieldType
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import SPANS, Filter, Ref, Span, is_
from crm_desktop.domain.money import Money
from crm_desktop.domain.periods import Period, Side
from crm_desktop.domain.speech import Speech
from crm_desktop.domain.spoken_times import LONGEST as LONGEST_DATE
from crm_desktop.domain.spoken_times import LONGEST_SHORT, Times
from crm_desktop.errors import UserError
from crm_desktop.formats.contact_values import parse_email, parse_phone, parse_url
from crm_desktop.formats.dates import Order, has_time, parse_anniversary, parse_day, parse_instant, parse_month
from crm_desktop.formats.several import parts
from crm_desktop.formats.values import currency_named, parse_boolean, parse_decimal, parse_integer, parse_typed_money
from crm_desktop.services.labels import Labels
from crm_desktop.storage.lists import Lists

LONGEST = 100_000
"""Characters that one cell may have."""

LONGEST_NAME = 100
"""Characters of the name of a field or status, which stands in headings and menus."""

MOST = 500
"""Values that one field may have."""

_TOLD = 120
"""Characters of the choices that a sentence names."""

_THIS = tuple(map(Span, SPANS))

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How values are written here: the sign of decimals, the order of a date, the currency and phone region."""

    currency: str = "EUR"
    decimal: str = "."
    order: Order = Order.DMY
    region: str = "DE"


def short_name(text: str, what: str) -> str:
    """The name that is typed for something of this kind; UserError where it is none or too long for a heading."""
    bare = " ".join(text.split())
    if not bare:
        raise UserError(f"A {what} needs a name.")
    if len(bare) > LONGEST_NAME:
        raise UserError(f"The name of a {what} has at most {LONGEST_NAME} characters; these are {len(bare)}.")
    return bare


class Values:
    """Reads values. A link is looked up by the name of its record; `phrases` are the words that tell days."""

    def __init__(
        self, lists: Lists, spelling: Spelling, clock: Clock, phrases: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._lists = lists
        self._clock = clock
        self.spelling = spelling
        self._times = Times(phrases or {}, self._date, self._turn, self._month)

    def parse(self, field: Field, text: str, name: Callable[[str], str] = str) -> Any:
        """The value that a text means in a field; UserError with the sentence to put under the cell.

        `name` says what the code of a choice is called.
        """
        bare = _CONTROL.sub("", text.replace("\r\n", "\n")).strip()
        if not bare:
            if field.required:
                raise UserError("This cannot be empty.")
            return () if field.multi else None
        if len(bare) > LONGEST:
            raise UserError(f"This is longer than {LONGEST:,} characters; keep it in a file.")
        try:
            return self._several(field, bare, name) if field.multi else self._one(field, bare, name)
        except ValueError as error:
            raise UserError(str(error).removesuffix(".") + ".") from error

    def speech(self, catalogue: Catalogue, labels: Labels) -> Speech:
        """How filters may be typed here."""
        return Speech(catalogue, labels, self._times, labels.offers())

    def day(self, text: str, side: Side = Side.NEAR) -> date | None:
        """A date as a person types it, also told from today: "tomorrow", "in 3 weeks"; ValueError where it is none.

        A week, month or year still to come or gone by is its first day; this one would be any day of it.
        """
        try:
            return parse_day(text, self._clock.today(), self.spelling.order, side)
        except ValueError:
            words = text.split()
            told = self._times.moving(words)
            if told is None or told[1] < len(words) or told[0] in _THIS:
                raise
        moving = told[0]
        if isinstance(moving, Span):
            return moving.on(self._clock.today(), self._clock.week_start()).start
        return moving.on(self._clock.today())

    def past(self, text: str) -> tuple[date | None, str]:
        """The day up to today that a text begins with, and the rest: "yesterday price ok", "on fri price ok".

        A short name of a day stands behind "on" or alone, since "sat with them" tells no day.
        """
        words = text.split()
        on = bool(words) and self._times.means(words[0], "on")
        rest = words[on:]
        for count in range(min(LONGEST_DATE, len(rest)), 0, -1):
            told, more = " ".join(rest[:count]), " ".join(rest[count:])
            short = told.isalpha() and len(told) <= LONGEST_SHORT and bool(more) and not on
            # Last week is no day; and an hour behind a date would be dropped.
            unread = short or has_time(told) or self._times.means(rest[0], "last")
            day = None if unread else self._told(told)
            if day is not None and day <= self._clock.today():
                return day, more
        return None, text

    def _told(self, text: str) -> date | None:
        try:
            return self.day(text, Side.BACK)
        except ValueError:
            return None

    def _date(self, text: str, side: Side) -> date | None:
        try:
            return parse_day(text, self._clock.today(), self.spelling.order, side)
        except ValueError:
            return None

    def _turn(self, text: str) -> str | None:
        try:
            return str(self._anniversary(text))
        except ValueError:
            return None

    def _anniversary(self, text: str) -> Anniversary | None:
        return parse_anniversary(text, self.spelling.order, self._clock.today().year)

    def _month(self, text: str, side: Side) -> Period | None:
        return parse_month(text, self._clock.today(), side)

    def _several(self, field: Field, text: str, name: Callable[[str], str]) -> tuple[Any, ...]:
        if field.type is FieldType.CHOICE:
            told = [part for part, _choice in parts(text, field.choice)]
        else:
            told = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        if len(told) > MOST:
            raise UserError(f"These are {len(told):,} values; a record holds at most {MOST:,} here.")
        return tuple(dict.fromkeys(self._one(field, part, name) for part in told))

    def _one(self, field: Field, text: str, name: Callable[[str], str] = str) -> Any:
        match field.type:
            case FieldType.LINK:
                return self._link(field, text)
            case FieldType.CHOICE:
                return _choice(field, text, name)
            case FieldType.MONEY:
                amount, named = parse_typed_money(text, self.spelling.decimal)
                return Money.of(amount, currency_named(named, self.spelling.currency))
        return self._parsers().get(field.type, str)(text)

    def _parsers(self) -> dict[FieldType, Callable[[str], Any]]:
        here = self.spelling
        return {
            FieldType.EMAIL: parse_email,
            FieldType.PHONE: lambda text: parse_phone(text, here.region).entered,
            FieldType.URL: parse_url,
            FieldType.INTEGER: lambda text: parse_integer(text, here.decimal),
            FieldType.NUMBER: lambda text: parse_decimal(text, here.decimal),
            FieldType.DATE: self.day,
            FieldType.ANNIVERSARY: self._anniversary,
            FieldType.INSTANT: lambda text: parse_instant(text, here.order),
            FieldType.YES_NO: parse_boolean,
        }

    def _link(self, field: Field, text: str) -> Ref:
        target = field.target or ""
        by_number = text.rpartition(":")[2]
        if by_number.isdecimal() and (":" in text or len(by_number) > 9):
            found = self._lists.rows(target, [int(by_number)], ["name"])
        else:
            found = self._called(target, text)
        if not found:
            raise UserError(f"There is no {target} called “{text}”.")
        if len(found) > 1:
            raise UserError(f"Several records are called “{text}”; give the number, like {target}:{found[0][0]}.")
        return Ref(found[0][0], str(found[0][1]))

    def _called(self, target: str, text: str) -> list[tuple[Any, ...]]:
        """The records of a name; a status of leads also goes by its type, and is then the first of it."""
        # Without a limit it goes by the index of names; with one it would begin to walk through all of them.
        found = self._lists.rows(target, self._lists.ids(Filter(target, is_("name", text)))[:2], ["name"])
        if found or target != "lead_status":
            return found
        typed = self._lists.ids(Filter(target, is_("type", text.lower())), None, 1)
        return self._lists.rows(target, typed, ["name"])


def _choice(field: Field, text: str, name: Callable[[str], str]) -> str:
    choice = field.choice(text)
    if choice is None:
        known = _cut(", ".join(map(name, field.choices)), _TOLD)
        raise UserError(f"“{_cut(text, _TOLD // 3)}” is none of: {known}.")
    return choice


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
