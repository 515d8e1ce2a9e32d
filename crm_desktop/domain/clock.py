"""The clock that is handed to whoever needs the time, so that tests and demonstrations can set it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


def _system_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Gives instants in UTC and the business date of the place where the program runs."""

    read: Callable[[], datetime] = _system_now

    @classmethod
    def fixed(cls, instant: datetime) -> "Clock":
        """A clock that stands still; a naive instant is taken as UTC."""
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return cls(lambda: aware)

    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.read().astimezone(UTC)

    def today(self) -> date:
        """The business date: the local date of a running clock, the stated date of a fixed one."""
        return self.day(self.read())

    def day(self, instant: datetime) -> date:
        """The business date of an aware instant."""
        return (instant.astimezone() if self.read is _system_now else instant).date()

    def stamp(self) -> str:
        """The instant as it is stored: `2026-11-12T09:05:03.120Z`, which sorts as text."""
        return stamp(self.now())


def stamp(instant: datetime) -> str:
    """An aware instant as stored text."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
