"""A base of companies and people to try what belongs to them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

NOW = datetime(2026, 11, 12, 10, 5)
Adder = Callable[..., int]


def at(folder: Path, days: int = 0) -> Services:
    """The services of a folder, so many days after the first."""
    return open_services(DataDir(folder), Settings(), Clock.fixed(NOW + timedelta(days)))


def add(services: Services, kind: str, **values: Any) -> int:
    """A new record."""
    return services.records.add(kind, values).id


def values(services: Services, kind: str, record: int | None) -> Mapping[str, Any]:
    """All values of a record."""
    assert record is not None
    return services.records.show(kind, record).values


def titles(services: Services, kind: str, record: int | None) -> set[str]:
    """What the work on a record is called."""
    assert record is not None
    return {moment.title for moment in services.timeline.moments(kind, record) if moment.kind in ("activity", "task")}
