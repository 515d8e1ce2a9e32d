"""A day that comes back each year, such as a birthday; the year it began may be unknown.

Its text is the extended form of ISO 8601, without a year that of RFC 6350: `1985-06-15`, `--06-15`.
"""

import re
from dataclasses import dataclass, field
from datetime import date

_LEAP = 2000
_TEXT = re.compile(r"(?:(\d{4})-|--)?(\d\d)-?(\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class Anniversary:
    """Month and day, by which it is ordered, and the year where it is known; ValueError for a day that is none."""

    month: int
    day: int
    year: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        date(_LEAP if self.year is None else self.year, self.month, self.day)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Anniversary) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.turn}"

    @property
    def turn(self) -> str:
        """Month and day as `06-15`: what comes back."""
        return f"{self.month:02}-{self.day:02}"

    @classmethod
    def of(cls, day: date) -> "Anniversary":
        """The anniversary of a day."""
        return cls(day.month, day.day, day.year)

    @classmethod
    def parse(cls, text: str) -> "Anniversary":
        """The inverse of `str`; `--0615` and `06-15` are read too. ValueError for any other text."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise ValueError("Needs a day like 15 Jun or 15 Jun 1985")
        return cls(int(match[2]), int(match[3]), int(match[1]) if match[1] else None)
