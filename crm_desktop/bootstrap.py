"""Builds everything without Qt: paths, settings, base, services."""

from pathlib import Path

from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services, churn_rule
from crm_desktop.settings import Settings
from crm_desktop.storage.store import Store


def open_services(
    data_dir: DataDir, settings: Settings, clock: Clock | None = None, *, passphrase: str | None = None
) -> Services:
    """Opens the base of a data folder, or makes it; EnvironmentProblem says what stands in the way."""
    data_dir.create()
    clock = clock or Clock()
    key = data_key(data_dir.vault, passphrase)
    store = Store.open(data_dir.database, key=key, clock=clock, rule=churn_rule(settings))
    return Services(store, data_dir, settings, clock)


def data_key(vault: Path, passphrase: str | None) -> str | None:
    """The key of the base: from the vault where there is one, none for a plain file."""
    if not vault.exists():
        return None
    from crm_desktop.storage.vault import unlock

    return unlock(vault, passphrase)
