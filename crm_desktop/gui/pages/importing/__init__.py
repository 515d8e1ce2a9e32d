"""Import & export: the five steps of an import, past imports, exports."""

from crm_desktop.gui.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
