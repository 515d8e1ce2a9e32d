"""Where records go: into the base, as one action, or nowhere when an import is only planned."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from crm_desktop.domain.change import ranges
from crm_desktop.domain.filter import Filter
from crm_desktop.services.employments import Employments
from crm_desktop.storage.contact_rows import BY_TEXT
from crm_desktop.storage.store import Action, Store

CHUNK = 5_000
_READ_ONE_BY_ONE = 50_000
"""Up to so many written records, an action that also changed some is looked at row by row."""


Columns = Mapping[str, Sequence[Any]]


class Writer(Protocol):
    """Takes new records and changes."""

    def insert(self, kind: str, columns: Columns, count: int) -> range:
        """New records from columns of values by field; answers their ids."""

    def update(self, kind: str, record: int, values: Mapping[str, Any]) -> None:
        """Sets values of a record."""

    def place(self, kind: str, record: int, addresses: Sequence[Mapping[str, Any]]) -> None:
        """Gives a record postal addresses."""

    def pause(self) -> None:
        """Between two batches."""


class Planner:
    """Writes nothing; hands out ids that no record has."""

    def __init__(self) -> None:
        self._next = 1 << 62

    def insert(self, kind: str, columns: Columns, count: int) -> range:
        """Ids for the records."""
        del kind, columns
        self._next += count
        return range(self._next - count, self._next)

    def update(self, kind: str, record: int, values: Mapping[str, Any]) -> None:
        """Nothing."""

    def place(self, kind: str, record: int, addresses: Sequence[Mapping[str, Any]]) -> None:
        """Nothing."""

    def pause(self) -> None:
        """Nothing."""


class Recorder:
    """Writes into the base and tells the action which ranges of records it wrote."""

    def __init__(self, store: Store, action: Action) -> None:
        self._store = store
        self._action = action
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._changed: dict[str, list[int]] = {}
        self._written = 0

    def insert(self, kind: str, columns: Columns, count: int) -> range:
        """Writes the records."""
        first, last = self._store.records.insert_columns(kind, columns, count)
        self._spans.setdefault(kind, []).append((first, last))
        self._written += count
        if kind == "employment":
            Employments(self._store).tell(range(first, last + 1), {})
        return range(first, last + 1)

    def update(self, kind: str, record: int, values: Mapping[str, Any]) -> None:
        """Writes the values."""
        self._store.records.update(kind, [record], values)
        self._changed.setdefault(kind, []).append(record)
        self._written += 1

    def place(self, kind: str, record: int, addresses: Sequence[Mapping[str, Any]]) -> None:
        """Writes the addresses."""
        self._store.contacts.place(kind, record, addresses)
        self._changed.setdefault(kind, []).append(record)

    def pause(self) -> None:
        """Keeps what was recorded so far when it grows heavy."""
        self._action.checkpoint()

    def close(self) -> None:
        """Tells what was written, unless it is little enough to be read off the record of the action.

        Before that bad addresses get their flags wherever they are.
        """
        for way in BY_TEXT:
            self._store.contacts.spread(way)
        if self._changed and self._written <= _READ_ONE_BY_ONE:
            return
        for kind, spans in self._spans.items():
            self._action.inserted(kind, _joined(spans))
        for kind, ids in self._changed.items():
            self._action.inserted(kind, list(ranges(ids)))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that follow on one another, as one."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first == found[-1][1] + 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def stored(store: Store, kind: str, fields: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The values of every record of a kind, each led by its id, the oldest first, in chunks."""
    ids = store.lists.ids(Filter(kind))
    ids.reverse()
    for start in range(0, len(ids), CHUNK):
        yield store.lists.rows(kind, ids[start : start + CHUNK], fields)
