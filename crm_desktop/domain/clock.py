"""The clock that is handed to whoever needs the time, so that tests and demonstrations can set it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo


def _system_now() -> datetime:
    return datetime.now(UTC)


def _monday() -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Clock:
    """Gives instants in UTC and the business date of the place where the program runs.

    `week_start` tells the weekday that weeks begin with there, from 0 for Monday to 6.
    """

    read: Callable[[], datetime] = _system_now
    week_start: Callable[[], int] = _monday

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
        return local(instant, self._zone).date()

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """The instants at which a business day begins and the next one does, in UTC."""
        return self._midnight(day.toordinal()), self._midnight(day.toordinal() + 1)

    def noon(self, day: date) -> "Clock":
        """A clock that stands still in the middle of a business day, in the same place."""
        instant = datetime.combine(day, time(12), self._zone).astimezone(self._zone)
        return replace(self, read=lambda: instant)

    @property
    def _zone(self) -> tzinfo | None:
        """None is the zone of the system, which knows of summer and winter time."""
        return None if self.read is _system_now else self.read().tzinfo

    def _midnight(self, ordinal: int) -> datetime:
        local = datetime.combine(date.fromordinal(min(ordinal, date.max.toordinal())), time(), self._zone)
        try:
            return local.astimezone(UTC)
        except (OSError, OverflowError, ValueError):
            # The ends of the calendar have no room for another zone, and some systems know none before 1970.
            return local.replace(tzinfo=UTC)

    def stamp(self) -> str:
        """The instant as it is stored: `2026-11-12T09:05:03.120Z`, which sorts as text."""
        return stamp(self.now())


def local(instant: datetime, zone: tzinfo | None = None) -> datetime:
    """An aware instant on the clock of a zone, that of the system unless given."""
    try:
        return instant.astimezone(zone)
    except (OSError, OverflowError, ValueError):
        # The ends of the calendar have no room for another zone.
        return instant


def stamp(instant: datetime) -> str:
    """An aware instant as stored text."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
