"""Which rows of a list are ticked, as ranges: a million of them cost no more than one."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

_CHUNK = 20_000  # ids handed over in one go, during which no other thread can run


@dataclass(frozen=True)
class Ticks:
    """Ticked row numbers. They are never changed but replaced, so that work elsewhere keeps those it began with.

    At each of the ascending `bounds` rows begin or cease to be ticked. After an odd number of them the last range
    has no end: it reaches rows that are still being read too.
    """

    bounds: tuple[int, ...] = ()

    @classmethod
    def everything(cls) -> "Ticks":
        """All rows, however many there are or come to be."""
        return cls((0,))

    def __contains__(self, row: int) -> bool:
        return bisect_right(self.bounds, row) % 2 == 1

    def with_rows(self, first: int, last: int, ticked: bool) -> "Ticks":
        """These and the rows from first to last, or these without them."""
        before = self.bounds[: bisect_left(self.bounds, first)]
        after = self.bounds[bisect_right(self.bounds, last + 1) :]
        begin = (first,) if (len(before) % 2 == 1) is not ticked else ()
        end = (last + 1,) if (last + 1 in self) is not ticked else ()
        return Ticks((*before, *begin, *end, *after))

    def count(self, total: int) -> int:
        """How many of `total` rows are ticked."""
        return sum(end - start for start, end in self._ranges(total))

    def chosen(self, ids: "array[int]") -> "array[int]":
        """The ids in ticked rows, in the order of the list."""
        found = array("q")
        for start, end in self._ranges(len(ids)):
            found += ids[start:end]
        return found

    def carried(self, before: "array[int]", after: "array[int]") -> "Ticks":
        """The same records ticked in another list. Where there is no end, what is new in it is ticked too."""
        if len(self.bounds) % 2:
            return self._others().carried(before, after)._others()
        records: set[int] = set()
        for start, end in self._ranges(len(before)):
            for at in range(start, end, _CHUNK):
                records.update(before[at : min(at + _CHUNK, end)])
        return _of_rows(row for row, record in enumerate(after) if record in records) if records else Ticks()

    def _others(self) -> "Ticks":
        return Ticks(self.bounds[1:] if self.bounds[:1] == (0,) else (0, *self.bounds))

    def _ranges(self, total: int) -> Iterator[tuple[int, int]]:
        for start, end in zip_longest(self.bounds[::2], self.bounds[1::2], fillvalue=total):
            if start < total:
                yield start, min(end, total)


def _of_rows(rows: Iterable[int]) -> Ticks:
    bounds: list[int] = []
    for row in rows:
        if bounds and bounds[-1] == row:
            bounds[-1] = row + 1
        else:
            bounds += (row, row + 1)
    return Ticks(tuple(bounds))
