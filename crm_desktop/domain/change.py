"""Change: what happened. Every write is one named action; this is the small record of it that travels."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touched:
    """How many records of a kind an action wrote, and in which ranges of ids (first, last), both included.

    The ranges also cover the records that show something of those written.
    """

    kind: str
    count: int
    ranges: tuple[tuple[int, int], ...]

    def covers(self, record: int) -> bool:
        """Whether a record may be among those written."""
        return any(first <= record <= last for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class Change:
    """What one action, undo or redo did: its number, its verb and subject as codes and values, and what it touched.

    Texts are made where they are shown; `verb` is a code such as `move` or `import`. `along` counts by kind what went
    into the bin, or came out of it, with the records that it is about. `of` is the number of the action that an undo
    took back or a redo did again; `reverts` that of an older one which an action of its own took back, negative where
    only in part. Of a revert `again` is the verb of the action that it is about in the end, and `way` what it did with
    that: `undo`, or `redo` where it took a revert back.
    """

    action: int
    verb: str
    kind: str
    subject: str
    touched: tuple[Touched, ...]
    undone: bool = False
    along: tuple[tuple[str, int], ...] = ()
    of: int | None = None
    reverts: int | None = None
    again: str = ""
    way: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record that changed; where none did, as with a view or a field, the kind that it is about."""
        return frozenset(t.kind for t in self.touched) or frozenset(filter(None, [self.kind]))

    def count(self, kind: str) -> int:
        """How many records of a kind changed."""
        return sum(t.count for t in self.touched if t.kind == kind)

    def covers(self, kind: str, record: int) -> bool:
        """Whether a record of a kind may have changed."""
        return any(t.covers(record) for t in self.touched if t.kind == kind)


@dataclass(frozen=True, slots=True)
class Added:
    """A new record and the change that made it."""

    id: int
    change: Change


def ranges(ids: Iterable[int], most: int | None = 64) -> tuple[tuple[int, int], ...]:
    """Ids as ranges in ascending order; where there are more than `most`, the nearest are joined to fewer."""
    found: list[tuple[int, int]] = []
    for record in sorted(set(ids)):
        if found and record == found[-1][1] + 1:
            found[-1] = (found[-1][0], record)
        else:
            found.append((record, record))
    if most is None or len(found) <= most:
        return tuple(found)
    gaps = sorted(range(1, len(found)), key=lambda i: found[i][0] - found[i - 1][1], reverse=True)
    starts = sorted([0, *gaps[: most - 1]])
    ends = [*(start - 1 for start in starts[1:]), len(found) - 1]
    return tuple((found[a][0], found[b][1]) for a, b in zip(starts, ends, strict=True))
