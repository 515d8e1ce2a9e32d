"""The page of records that may be one and the same."""

from crm_desktop.gui.pages.duplicates.page import DuplicatesPage

__all__ = ["DuplicatesPage"]
