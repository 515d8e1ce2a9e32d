"""Records that may be one and the same: a search through all, pairs set apart, a look while somebody types."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.duplicates import Group, Lookalike, Match, Reason
from crm_desktop.errors import UserError
from crm_desktop.services.lookalikes import Looking
from crm_desktop.services.progress import Progress
from crm_desktop.services.values import Values
from crm_desktop.storage.store import Store

__all__ = ["LEAST", "Duplicates", "Group", "Lookalike", "Match", "Reason"]

LEAST = 40
"""The confidence from which on anything is told."""


class Duplicates:
    """Finds records that may be one; whether they are, a person says."""

    def __init__(self, store: Store, values: Values) -> None:
        self._store = store
        self._looking = Looking(store, values)

    def scan(self, kind: str, progress: Progress | None = None, least: int = LEAST, beside: str = "") -> list[Group]:
        """Groups of records of a kind that may be one, the surest first; UserError for a kind that has no doubles.

        With `beside` another kind is searched too, leads beside people, and only groups with both are answered.
        """
        from crm_desktop.analytics.duplicates import find
        from crm_desktop.services.duplicate_table import joined, read

        heard = (progress or Progress()).report
        name = self._kind(kind)
        heard(0, 0, "read")
        table, distinct = read(self._store, name), self._store.duplicates.distinct(name)
        if not beside:
            return find(table, distinct, least, lambda done, all_: heard(done, all_, "compare"))
        more = read(self._store, self._kind(beside))
        groups = find(joined(table, more), distinct, least, lambda done, all_: heard(done, all_, "compare"))
        first, second = set(table.ids), set(more.ids)
        return [group for group in groups if not first.isdisjoint(group.ids) and not second.isdisjoint(group.ids)]

    def mark_distinct(self, kind: str, ids: Sequence[int]) -> Change:
        """Keeps that records are not the same, each not any of the others; no search tells of them again."""
        name = self._kind(kind)
        hits = self._store.lists.hits(name, sorted(set(ids)))
        if len(hits) < 2:
            raise UserError("This needs two records that are not in the bin.")
        known = set(self._store.duplicates.distinct(name))
        pairs = [pair for pair in combinations([hit.id for hit in hits], 2) if pair not in known]
        with self._store.action("distinct", name, hits[0].title) as action:
            self._store.duplicates.mark(name, pairs)
        return action.change

    def like(self, kind: str, values: Mapping[str, Any], exclude: int | None = None) -> list[Lookalike]:
        """Records that a new one with these values may be, the likeliest first; text is taken as it is typed.

        What is typed for a lead is looked for among people too, and the other way round; other kinds have none.
        """
        known = self._store.catalogue.kind(kind)
        return self._looking.find(known.name, values, exclude) if known.mergeable else []

    def _kind(self, kind: str) -> str:
        known = self._store.catalogue.kind(kind)
        if not known.mergeable:
            *others, last = self._store.catalogue.mergeable
            raise UserError(f"Duplicates are looked for among {', '.join(others)} and {last}, not {known.name}.")
        return known.name
