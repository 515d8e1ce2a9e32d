"""What every page is given: one frozen record instead of globals."""

from dataclasses import dataclass

from crm_desktop.domain.clock import Clock
from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.changes import ChangeNotifier
from crm_desktop.gui.jobs import Runner
from crm_desktop.gui.settings_store import SettingsStore
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.services import Services


@dataclass(frozen=True)
class AppContext:
    """The services and the shared parts of the window."""

    services: Services
    settings_store: SettingsStore
    theme: ThemeManager
    jobs: Runner
    actions: ActionRegistry
    changes: ChangeNotifier
    clock: Clock
