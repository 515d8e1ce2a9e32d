"""Pairs to groups: records join where on the whole they agree, so that one weak likeness does not chain strangers."""

from collections.abc import Callable, Sequence

import numpy as np

from crm_desktop.analytics.duplicates.arrays import Floats, Ints

LARGEST = 200
"""A heap of so many is first taken apart at its weaker pairs."""

_STEPS = (60, 80, 95, 100)

Odds = Callable[[Ints, Ints], Floats]
"""The odds in bits of pairs of places; minus infinity for those that are known to be two."""


def grouped(first: Ints, second: Ints, confidence: Ints, odds: Odds) -> list[list[int]]:
    """Places that belong together, each in one group, in order."""
    found = []
    for heap in _heaps(first, second):
        if len(heap) > LARGEST:
            found += _apart(np.array(heap), first, second, confidence, odds)
        elif len(heap) > 2:
            found += _joined(heap, odds)
        else:
            found.append(heap)
    return sorted(found)


def _heaps(first: Ints, second: Ints) -> list[list[int]]:
    """Places that are connected by any chain of pairs."""
    parent: dict[int, int] = {}

    def root(place: int) -> int:
        while (above := parent.setdefault(place, place)) != place:
            parent[place] = parent[above]
            place = above
        return place

    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        a, b = root(one), root(other)
        parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for place in sorted(parent):
        found.setdefault(root(place), []).append(place)
    return list(found.values())


def _apart(heap: Ints, first: Ints, second: Ints, confidence: Ints, odds: Odds) -> list[list[int]]:
    within = np.isin(first, heap)
    inner = first[within], second[within], confidence[within]
    for least in _STEPS:
        strong = inner[2] >= least
        if not strong.all():
            return grouped(inner[0][strong], inner[1][strong], inner[2][strong], odds)
    return [heap.tolist()]


def _joined(heap: Sequence[int], odds: Odds) -> list[list[int]]:
    """Average linkage: the two parts that agree most are joined, as long as their pairs are for it on average."""
    size = len(heap)
    places = np.array(heap)
    left, right = np.triu_indices(size, 1)
    matrix = np.full((size, size), -np.inf)
    matrix[left, right] = matrix[right, left] = odds(places[left], places[right])
    parts = {at: [at] for at in range(size)}
    while len(parts) > 1:
        best = int(matrix.argmax())
        one, other = sorted(divmod(best, size))
        if matrix[one, other] < 0:
            break
        a, b = len(parts[one]), len(parts[other])
        mean = (a * matrix[one] + b * matrix[other]) / (a + b)
        matrix[one], matrix[:, one] = mean, mean
        matrix[one, one] = matrix[other, :] = matrix[:, other] = -np.inf
        parts[one] = sorted(parts[one] + parts.pop(other))
    return [[heap[at] for at in part] for part in parts.values() if len(part) > 1]
