"""Services over an empty base whose time is moved by the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from tests.storage.conftest import MovingClock


@pytest.fixture
def time() -> MovingClock:
    """What moves the clock of the services."""
    return MovingClock()


@pytest.fixture
def services(tmp_path: Path, time: MovingClock) -> Iterator[Services]:
    """The services, at that time."""
    made = open_services(DataDir(tmp_path), Settings(), Clock(time.clock.read))
    yield made
    made.close()
