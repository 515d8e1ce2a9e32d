"""The history page: everything that was done, each taken back by itself."""

from crm_desktop.gui.pages.history.page import HistoryPage

__all__ = ["HistoryPage"]
