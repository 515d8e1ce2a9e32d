"""Rows of a long list, read a page at a time when somebody looks at them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from crm_desktop.gui.jobs import Job, Runner
from crm_desktop.services.progress import Progress

SIZE = 128
KEPT = 40
PENDING = 3  # a fast scroll asks for pages it soon leaves behind; only the last ones are still wanted

Values = dict[str, Any]
Read = Callable[[Sequence[int]], list[Values]]


class Row:
    """One record: its values by field, and the cells made of them."""

    __slots__ = ("cells", "values")

    def __init__(self, values: Values) -> None:
        self.values = values
        self.cells: dict[int, Any] = {}


Page = list[Row | None]
Loaded = dict[int, list[Values]]


class RowPages(QObject):
    """The pages looked at last. `arrived` carries the first and the last row of a page that was read."""

    arrived = Signal(int, int)
    failed = Signal(object)

    def __init__(self, jobs: Runner, read: Read, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._read = read
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._pending: OrderedDict[int, Job] = OrderedDict()

    def load(self, ids: Sequence[int], numbers: Iterable[int]) -> Loaded:
        """Read pages of a list of ids; runs on any thread."""
        return {n: self._read(ids[n * SIZE : (n + 1) * SIZE]) for n in numbers}

    def renew(self, ids: Sequence[int], loaded: Loaded) -> None:
        """Rows of another list of ids from now on, of which some pages were read already."""
        self._forget()
        self._pages.clear()
        self.extend(ids, loaded)

    def extend(self, ids: Sequence[int], loaded: Loaded) -> None:
        """The list of ids grew at its end, or some of its pages were read anew."""
        self._ids = ids
        for number, rows in loaded.items():
            self._fill(number, rows)

    def drop_others(self, numbers: Iterable[int]) -> None:
        """Forget all pages but these, because what they show may be old."""
        self._forget()
        kept = set(numbers)
        for number in [known for known in self._pages if known not in kept]:
            del self._pages[number]

    def row(self, index: int) -> Row | None:
        """The row, or None while it is being read."""
        number = index // SIZE
        page = self._pages.get(number) or self._ask(number)
        return page[index % SIZE] if page is not None and index % SIZE < len(page) else None

    def beginning(self, most: int) -> list[Row]:
        """The first rows as far as they are known; none is asked for."""
        return [row for row in self._pages.get(0, ())[:most] if row is not None]

    def _ask(self, number: int) -> Page | None:
        if number in self._pending:
            self._pending.move_to_end(number)
            return None
        ids = self._ids[number * SIZE : (number + 1) * SIZE]
        job = self._jobs.read(partial(self._work, ids), partial(self._take, number), self._failed, self)
        if number not in self._pages:
            self._pending[number] = job
            if len(self._pending) > PENDING:
                self._pending.popitem(last=False)[1].cancel()
        return self._pages.get(number)

    def _work(self, ids: Sequence[int], _progress: Progress) -> list[Values]:
        return self._read(ids)

    def _take(self, number: int, rows: list[Values]) -> None:
        self._pending.pop(number, None)
        self._fill(number, rows)
        first = number * SIZE
        self.arrived.emit(first, min(first + SIZE, len(self._ids)) - 1)

    def _failed(self, error: Exception) -> None:
        self._pending.clear()
        self.failed.emit(error)

    def _forget(self) -> None:
        for job in self._pending.values():
            job.cancel()
        self._pending.clear()

    def _fill(self, number: int, rows: list[Values]) -> None:
        found = {row["id"]: Row(row) for row in rows}
        self._pages[number] = [found.get(record) for record in self._ids[number * SIZE : (number + 1) * SIZE]]
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)


def numbers(first: int, last: int) -> range:
    """The pages in which rows lie."""
    return range(max(0, first) // SIZE, max(0, last) // SIZE + 1)
