"""Lists of records: table, saved views, filters, panel and bulk actions, from which list pages are made."""
