"""The analytics page: figures and charts over a period, each a door to the records behind it."""

from crm_desktop.gui.pages.analytics.page import AnalyticsPage

__all__ = ["AnalyticsPage"]
