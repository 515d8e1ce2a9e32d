"""Pages over a real base in a temporary folder; all work is done at once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.change import Change
from crm_desktop.gui.context import AppContext
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings


@pytest.fixture
def services(context: AppContext, tmp_path: Path) -> Iterator[Services]:
    """The services over an empty base, at the time of the tests."""
    made = open_services(DataDir(tmp_path / "data"), Settings(currency="EUR"), context.clock)
    yield made
    made.close()


@pytest.fixture
def sample(services: Services) -> Services:
    """The services over the sample data."""
    services.demo.fill()
    return services


@pytest.fixture
def served(context: AppContext, services: Services) -> AppContext:
    """The context of pages; writes are announced as in the running program."""
    context.settings_store.update(currency="EUR")
    made = replace(context, services=services)
    made.jobs.written.connect(partial(announce, made))
    return made


def announce(context: AppContext, result: object) -> None:
    """Tell the pages what a write has changed."""
    change = getattr(result, "change", result)
    if isinstance(change, Change):
        context.changes.announce(change)
