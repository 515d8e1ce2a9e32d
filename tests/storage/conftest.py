"""Bases in files, with a clock that the test moves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.clock import Clock
from crm_desktop.storage.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class MovingClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.instant = NOON
        self.clock = Clock(lambda: self.instant)

    def move(self, **by: float) -> None:
        """Go on by so many days, hours ..."""
        self.instant += timedelta(**by)


@pytest.fixture
def time() -> MovingClock:
    return MovingClock()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "customers.crm"


@pytest.fixture
def store(base: Path, time: MovingClock) -> Iterator[Store]:
    opened = Store.open(base, clock=time.clock)
    yield opened
    opened.close()


Adder = Callable[..., int]


@pytest.fixture
def add(store: Store) -> Adder:
    """Adds one record as an action of its own; answers its id."""

    def adding(kind: str, **values: object) -> int:
        with store.action("add", kind):
            return store.records.insert(kind, values)

    return adding
