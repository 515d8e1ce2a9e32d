"""The page of leads: everyone who showed interest and has not bought."""

from crm_desktop.gui.pages.leads.page import LeadsPage

__all__ = ["LeadsPage"]
