"""Customer 360: one customer, seen whole."""

from crm_desktop.gui.pages.customer_360.page import Customer360Page

__all__ = ["Customer360Page"]
