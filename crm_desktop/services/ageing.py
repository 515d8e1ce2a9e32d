"""What changes with the day alone: the strength of relations fades while nobody writes."""

from crm_desktop.domain.change import Change, Touched
from crm_desktop.storage.store import Store

_SHOWN = ("lead", "company", "person", "customer")


class Ageing:
    """Keeps it true; to be called on each new day, it costs nothing on the same one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def bring_up(self) -> Change:
        """Works it out for today; tells which lists to ask for again. There is nothing to take back."""
        touched = tuple(Touched(kind, 0, ()) for kind in _SHOWN) if self._store.age() else ()
        return Change(0, "age", "", "", touched)
