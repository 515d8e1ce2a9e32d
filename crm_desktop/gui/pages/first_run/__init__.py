"""First run: how to start with an empty base."""

from crm_desktop.gui.pages.first_run.page import FirstRunPage

__all__ = ["FirstRunPage"]
