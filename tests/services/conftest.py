"""What tests of services share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.services import Services
from tests.services.import_desk import Desk
from tests.services.people_desk import Adder, at


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """An empty base."""
    made = at(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A base with the sample data; tests only read it."""
    made = at(tmp_path_factory.mktemp("sample"))
    made.demo.fill()
    yield made
    made.close()


@pytest.fixture
def add(services: Services) -> Adder:
    """Adds a record to it; answers its id."""
    return lambda kind, **values: services.records.add(kind, values).id


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty base with its import and export."""
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A second empty base."""
    made = Desk(tmp_path, "other")
    yield made
    made.store.close()
