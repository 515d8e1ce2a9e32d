"""CRM Desktop: customer relationships for field sales, kept in one file on your own computer."""

__version__ = "0.1.0"
