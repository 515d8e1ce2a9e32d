"""What the base as a whole holds."""

from crm_desktop.domain.filter import Filter
from crm_desktop.storage.store import Store

COUNTED = ("lead", "company", "person", "customer", "deal", "product", "purchase", "activity", "task")


class Base:
    """Counts of everything."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        return {kind: self._store.lists.count(Filter(kind)) for kind in COUNTED}

    def is_empty(self) -> bool:
        """Whether nobody has put anything in yet."""
        return not any(self._store.lists.ids(Filter(kind), limit=1) for kind in COUNTED)
