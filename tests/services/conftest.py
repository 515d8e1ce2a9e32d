"""What tests of services share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.import_desk import Desk


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
