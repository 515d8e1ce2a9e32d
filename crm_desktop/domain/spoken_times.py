"""Days and times told in the words of a language: "3 weeks ago", "last week", "since Monday", "in May"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.filter import (
    FURTHEST,
    FURTHEST_MONTHS,
    SPANS,
    Compare,
    Days,
    Months,
    Moving,
    Node,
    Op,
    Span,
    between,
)
from crm_desktop.domain.folding import fold
from crm_desktop.domain.periods import Period, Side, year_of

DUE = frozenset({"due_on", "return_on", "expected_close", "snoozed_until", "next_activity"})
"""Fields whose day lies ahead: of them "in 30 days" means the next ones."""
OPENING = ("in", "since", "on", "this", "last", "next", "today", "yesterday", "tomorrow")
"""What the first word of a time may mean."""
LONGEST = 4
"""Words of the longest date."""
LONGEST_SHORT = 3
"""Letters of the short name of a day, which may be another word as well."""
_DIGITS_OF_YEAR = 4
_UNITS: dict[str, tuple[type[Days] | type[Months], int]] = {
    "day": (Days, 1), "week": (Days, 7), "month": (Months, 1), "quarter": (Months, 3), "year": (Months, 12),
}  # fmt: skip
_STEPS = {"last": -1, "this": 0, "next": 1}
_NAMED_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}

When = Callable[[str], Node]
"""A time as a condition on the day whose field is given."""


def side_of(known: Field) -> Side:
    """On which side of today a date of a field lies that is told without its year."""
    if known.custom:
        return Side.NEAR
    return Side.AHEAD if known.name in DUE else Side.BACK


@dataclass(frozen=True, slots=True)
class Times:
    """The words in `says`, by what they mean, and how people write a date, a day that comes back and a month.

    `read`, `read_turn` and `read_month` answer None where it is none; without a year it is the one on that side of
    today.
    """

    says: Mapping[str, Sequence[str]] = field(default_factory=dict)
    read: Callable[[str, Side], date | None] = lambda _text, _side: None
    read_turn: Callable[[str], str | None] = lambda _text: None
    read_month: Callable[[str, Side], Period | None] = lambda _text, _side: None

    def means(self, word: str, name: str) -> bool:
        """Whether a word is one of those with a meaning."""
        return fold(word) in self.says.get(name, ())

    def begin(self, words: Sequence[str]) -> bool:
        """Whether words begin to tell a time, or what only makes sense with one, understood or not."""
        if not words or words[0] == "OR":
            return False
        counted = words[0].isdecimal() and len(words) > 1 and self._unit(words[1]) is not None
        return counted or any(self.means(words[0], name) for name in (*OPENING, "ago", "ago_before", "unread"))

    # days

    def moving(self, words: Sequence[str]) -> tuple[Moving, int] | None:
        """A day that moves along, told in words from the first on, and how many words tell it."""
        told = self._named_day(words) or self._span(words)
        if told is not None or not words:
            return told
        before, ahead = self.means(words[0], "ago_before"), self.means(words[0], "ahead")
        length = self._length(words[1:] if before or ahead else words)
        if length is None:
            return None
        (made, count), used = length
        if before or ahead:
            return made(-count if before else count), used + 1
        behind = len(words) > used and self.means(words[used], "ago")
        return (made(-count), used + 1) if behind else None

    def day(self, words: Sequence[str]) -> int:
        """How many words tell a day, one that moves along or a date with the name of its month; 0 if they tell none."""
        told = self.moving(words)
        if told is not None:
            return told[1]
        for count in range(min(LONGEST, len(words)), 1, -1):
            named = any(word.isalpha() for word in words[:count])
            text = " ".join(words[:count])
            if named and (self.read(text, Side.NEAR) is not None or self.read_turn(text) is not None):
                return count
        return 0

    def _named_day(self, words: Sequence[str]) -> tuple[Days, int] | None:
        offset = next((n for name, n in _NAMED_DAYS.items() if words and self.means(words[0], name)), None)
        return None if offset is None else (Days(offset), 1)

    def _span(self, words: Sequence[str]) -> tuple[Span, int] | None:
        """This month, last quarter, next year."""
        unit = self._unit(words[1]) if len(words) > 1 else None
        step = next((offset for name, offset in _STEPS.items() if words and self.means(words[0], name)), None)
        return (Span(unit, step), 2) if step is not None and unit in SPANS else None

    def _length(self, words: Sequence[str]) -> tuple[tuple[type[Days] | type[Months], int], int] | None:
        """A stretch of time: "3 weeks", "a month"; how many words tell it."""
        unit = self._unit(words[1]) if len(words) > 1 else None
        if unit is None or not (words[0].isdecimal() or self.means(words[0], "one")):
            return None
        made, each = _UNITS[unit]
        count = (int(words[0][:6]) if words[0].isdecimal() else 1) * each
        return ((made, count), 2) if count <= (FURTHEST if made is Days else FURTHEST_MONTHS) else None

    def _unit(self, word: str) -> str | None:
        return next((unit for unit in _UNITS if self.means(word, unit)), None)

    # when something was

    def time(self, words: Sequence[str], side: Side) -> tuple[When, int] | None:
        """When something was, and how many words tell it; None where they tell no time."""
        if not words:
            return None
        if self.means(words[0], "since"):
            return self._since(words, side)
        if self.means(words[0], "on"):
            return self._at(self._dated(words[1:], side), 1)
        if self.means(words[0], "in"):
            return self._within(words, side)
        named = self._dated(words[:1], side) if words[0].isalpha() and len(words[0]) > LONGEST_SHORT else None
        told = self._named_day(words) or self._span(words) or named
        return self._at(told, 0) if told is not None else self._rolling(words, side)

    def _at(self, told: tuple[Moving | date, int] | None, before: int) -> tuple[When, int] | None:
        return None if told is None else (lambda day: Compare(day, Op.IS, told[0]), told[1] + before)

    def _since(self, words: Sequence[str], side: Side) -> tuple[When, int] | None:
        rest = words[1:]
        told = self.moving(rest) or self._back(rest) or self._dated(rest, side) or self._from(rest, side)
        return None if told is None else (lambda day: Compare(day, Op.AT_LEAST, told[0]), told[1] + 1)

    def _back(self, words: Sequence[str]) -> tuple[Moving, int] | None:
        """Since "60 days", as many languages say it."""
        length = self._length(words)
        return None if length is None else (length[0][0](-length[0][1]), length[1])

    def _from(self, words: Sequence[str], side: Side) -> tuple[date, int] | None:
        """Since "May" or "2025" is since its first day."""
        told = self._period(words, side)
        return None if told is None else (told[0].start, told[1])

    def _dated(self, words: Sequence[str], side: Side) -> tuple[date, int] | None:
        for count in range(min(LONGEST, len(words)), 0, -1):
            day = self.read(" ".join(words[:count]), side)
            if day is not None:
                return day, count
        return None

    def _period(self, words: Sequence[str], side: Side) -> tuple[Period, int] | None:
        """May, May 2025, 2025."""
        for count in range(min(2, len(words)), 0, -1):
            month = self.read_month(" ".join(words[:count]), side)
            if month is not None:
                return month, count
        year = int(words[0]) if words and words[0].isdecimal() and len(words[0]) == _DIGITS_OF_YEAR else 0
        return (year_of(date(year, 1, 1)), 1) if year else None

    def _within(self, words: Sequence[str], side: Side) -> tuple[When, int] | None:
        """In 60 days, in the last month, within the next 2 weeks, in May."""
        at = 1
        while at < len(words) and self.means(words[at], "article"):
            at += 1
        rest = words[at:]
        calendar = any(self.means(word, "calendar") for word in words[:at])
        if calendar or (rest and self.means(rest[0], "this")):
            spanned = self._at(self._span(rest), at)
            if spanned is not None:
                return spanned
        rolling = self._rolling(rest, side)
        if rolling is not None:
            return rolling[0], rolling[1] + at
        told = self._period(rest, side)
        if told is None:
            return None
        return lambda day: between(day, told[0].start, told[0].end), told[1] + at

    def _rolling(self, words: Sequence[str], side: Side) -> tuple[When, int] | None:
        """60 days, last month, next 2 weeks: counted from today."""
        forward, at = side is Side.AHEAD, 0
        length = None
        if words and (self.means(words[0], "last") or self.means(words[0], "next")):
            forward, at = self.means(words[0], "next"), 1
            unit = self._unit(words[1]) if len(words) > 1 else None
            length = (_UNITS[unit], 1) if unit is not None else None
        length = length or self._length(words[at:])
        if length is None:
            return None
        (made, count), used = length
        if forward:
            return lambda day: between(day, Days(0), made(count)), at + used
        return lambda day: Compare(day, Op.AT_LEAST, made(-count)), at + used
