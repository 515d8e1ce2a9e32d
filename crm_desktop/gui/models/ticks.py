"""Which rows of a list are ticked. All of a million rows cost no more than one."""

from collections.abc import Collection, Iterable, Sequence


class Ticks:
    """Ticked ids; after `tick_all` everything is ticked but the exceptions."""

    def __init__(self) -> None:
        self._all = False
        self._marked: set[int] = set()

    def __contains__(self, record: int) -> bool:
        return (record in self._marked) is not self._all

    def set(self, records: Iterable[int], ticked: bool) -> None:
        """Tick or untick some."""
        if ticked is not self._all:
            self._marked.update(records)
        else:
            self._marked.difference_update(records)

    def tick_all(self) -> None:
        """Tick everything."""
        self._all, self._marked = True, set()

    def clear(self) -> None:
        """Tick nothing."""
        self._all, self._marked = False, set()

    def count(self, total: int) -> int:
        """How many of `total` rows are ticked."""
        return total - len(self._marked) if self._all else len(self._marked)

    def chosen(self, ids: Sequence[int]) -> list[int]:
        """The ticked ones in the order of the list."""
        return [record for record in ids if record in self] if self._all or self._marked else []

    def copy(self) -> "Ticks":
        """The same ticks, for work that must not see later ones."""
        other = Ticks()
        other._all, other._marked = self._all, set(self._marked)
        return other

    @property
    def marked(self) -> frozenset[int]:
        """The ids that differ from the rest."""
        return frozenset(self._marked)

    def keep(self, known: Collection[int]) -> None:
        """Forget marks of records that left the list."""
        self._marked.intersection_update(known)
