"""On which page records are shown."""

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.pages.page import RecordTarget

LISTS = {"lead": "leads", "company": "customers", "person": "customers", "customer": "customers", "deal": "pipeline"}
"""The pages where records of a kind are listed."""

WHOLE = {"company": "customer_360", "person": "customer_360"}
"""The pages that show one record of a kind as a whole."""

OPENED = frozenset(LISTS)
"""The kinds that have a page."""


def place_of(target: Filter | RecordTarget) -> str:
    """The page that shows a record, or the records of a filter."""
    if isinstance(target, RecordTarget) and target.kind in WHOLE:
        return WHOLE[target.kind]
    return LISTS[target.kind]
