"""Which records, in which order, what is shown of them: lists for pages and the command line, and the search."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.filter import EVERYTHING, Filter, Node, Scalar, Sort
from crm_desktop.services.progress import Cancelled, Progress
from crm_desktop.storage.database import Interrupted, Stop
from crm_desktop.storage.lists import Hit
from crm_desktop.storage.store import Store

if TYPE_CHECKING:
    from crm_desktop.domain.filter_typing import Place
    from crm_desktop.domain.speech import Speech

__all__ = ["FOUND_EVERYWHERE", "Hit", "ListService"]

FOUND_EVERYWHERE = (
    "company", "person", "lead", "deal", "activity", "task", "purchase", "product", "occasion", "employment",
    "relation",
)  # fmt: skip
"""The kinds that the search box looks through, in the order it shows them."""
_WHOSE = ("lead", "person", "company", "deal", "other_person", "other_company")


@contextmanager
def _cancellable(progress: Progress | None) -> Iterator[Stop | None]:
    """What tells a read that nobody waits for it."""
    try:
        yield None if progress is None else lambda: progress.cancelled
    except Interrupted as error:
        raise Cancelled from error


class ListService:
    """Asks for records by Filter; every method is safe on any thread."""

    def __init__(self, store: Store, speech: "Callable[[], Speech]") -> None:
        self._store = store
        self._speech = speech

    def ids(
        self, wanted: Filter, sort: Sort | None = None, limit: int | None = None, progress: Progress | None = None
    ) -> "array[int]":
        """Ids in order, the newest first where no order is asked for; Cancelled when nobody waits for them."""
        with _cancellable(progress) as stop:
            return self._store.lists.ids(wanted, sort, limit, stop)

    def count(self, wanted: Filter, progress: Progress | None = None) -> int:
        """How many records a filter means; Cancelled when nobody waits for it."""
        with _cancellable(progress) as stop:
            return self._store.lists.count(wanted, stop)

    def sum(self, wanted: Filter, field: str) -> dict[str, int]:
        """The sum of a money field by currency, in minor units."""
        return self._store.lists.sum(wanted, field)

    def parts(self, wanted: Filter, by: str, progress: Progress | None = None) -> list[tuple[Any, int]]:
        """The groups of a list grouped by a field, in their order: what each has in common, and how many it has."""
        with _cancellable(progress) as stop:
            return self._store.lists.parts(wanted, by, stop)

    def rows(self, kind: str, ids: Sequence[int], fields: Sequence[str]) -> list[tuple[Any, ...]]:
        """Values of records in the order of the ids, each led by its id."""
        return self._store.lists.rows(kind, ids, fields)

    def values(self, wanted: Filter, fields: Sequence[str], sort: Sort | None = None) -> list[tuple[Any, ...]]:
        """Values of every record that a filter means, each led by its id."""
        return self._store.lists.values(wanted, fields, sort)

    def search(self, text: str, kinds: Iterable[str] | None = None, limit: int = 50) -> list[Hit]:
        """Records whose words begin with those of the text, the newest of each kind first."""
        return self._store.lists.search(text, kinds or FOUND_EVERYWHERE, limit)

    def hits(self, kind: str, ids: Sequence[int]) -> list[Hit]:
        """Records as the search shows them, in the order of the ids."""
        return self._store.lists.hits(kind, ids)

    def concerned(self, hits: Sequence[Hit]) -> list[Hit | None]:
        """Of each record the one that it is about, as an activity is about a lead; None where it stands for itself."""
        links: dict[str, dict[int, Hit]] = {}
        for kind in {hit.kind for hit in hits}:
            fields = [name for name in _WHOSE if name in self._store.catalogue.kind(kind).fields]
            rows = self.rows(kind, [hit.id for hit in hits if hit.kind == kind], fields)
            for number, *refs in rows:
                first = next(((name, ref) for name, ref in zip(fields, refs, strict=True) if ref), None)
                if first is not None:
                    name, ref = first
                    links.setdefault(kind, {})[number] = Hit(name.removeprefix("other_"), ref.id, ref.name, "")
        return [links.get(hit.kind, {}).get(hit.id) for hit in hits]

    def parse(self, kind: str, text: str) -> Filter:
        """The filter of a typed form; UserError with the sentence to show."""
        from crm_desktop.domain.filter_text import parse

        return parse(self._store.catalogue, kind, text, self._speech())

    def value(self, kind: str, field: Field, text: str) -> Scalar:
        """The value that is typed for a field of a kind; UserError with the sentence to show."""
        from crm_desktop.domain.filter_values import scalar

        return scalar(kind, field, text, self._speech())

    def text(self, wanted: Filter) -> str:
        """The typed form of a filter."""
        from crm_desktop.domain.filter_text import text_of

        return text_of(wanted, self._speech())

    def place(self, kind: str, text: str) -> "Place":
        """What the end of a text begins to say of the records of a kind."""
        from crm_desktop.domain.filter_typing import place

        return place(self._store.catalogue, kind, text, self._speech())

    def suggestions(self, found: "Place") -> dict[str, str]:
        """What may stand there, with what is typed for it; but for the values in use."""
        from crm_desktop.domain.filter_typing import suggestions

        return suggestions(self._store.catalogue, found, self._speech())

    def values_in_use(self, kind: str, field: str, limit: int = 200, where: Node = EVERYTHING) -> list[str]:
        """The values that a field has, the most frequent first: for completion. Those of some records if `where`."""
        return self._store.lists.in_use(Filter(kind, where), field, limit)
