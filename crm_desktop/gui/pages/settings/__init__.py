"""The settings page: everything the user can choose, each change at once."""

from crm_desktop.gui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
