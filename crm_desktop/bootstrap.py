"""Builds everything without Qt: paths, settings, base, services."""

from dataclasses import replace

from crm_desktop.domain.clock import Clock
from crm_desktop.paths import DataDir
from crm_desktop.services import Services, churn_rule
from crm_desktop.settings import Settings
from crm_desktop.storage.device import installation, settle
from crm_desktop.storage.encryption import data_key
from crm_desktop.storage.store import Store


def open_services(
    data_dir: DataDir, settings: Settings, clock: Clock | None = None, *, passphrase: str | None = None
) -> Services:
    """Opens the base of a data folder, or makes it; EnvironmentProblem says what stands in the way."""
    data_dir.create()
    clock = replace(clock or Clock(), week_start=lambda: services.settings.first_weekday)
    key = data_key(data_dir.database, data_dir.vault, passphrase)
    store = Store.open(data_dir.database, key=key, clock=clock, rule=churn_rule(settings))
    settle(store, installation(data_dir.device))
    services = Services(store, data_dir, settings, clock)
    return services
