"""The encrypted base that is measured."""

from pathlib import Path

from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from crm_desktop.storage.store import Store

KEY = "5a" * 32


def open_base(folder: Path) -> Services:
    """The encrypted base of a folder; the key is given, since its derivation is counted apart."""
    data = DataDir(folder)
    data.create()
    clock = Clock()
    return Services(Store.open(data.database, key=KEY, clock=clock), data, Settings(), clock)
