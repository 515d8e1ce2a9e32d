"""Records that may be one and the same: found in all of a base, with a confidence and the reasons.

Values are brought into one form (`fields`), pairs that share something rare are taken (`blocking`) and
compared (`compare`), weighed by what agreements are worth in these very records (`weights`) and by fixed rules
(`scoring`), and put together to groups (`grouping`).
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from crm_desktop.analytics.duplicates import blocking, fields, grouping, scoring
from crm_desktop.analytics.duplicates.arrays import Floats, Ints
from crm_desktop.analytics.duplicates.model import Column, Role, Table
from crm_desktop.analytics.duplicates.weights import Model
from crm_desktop.domain.duplicates import Group, Match

__all__ = ["Column", "Role", "Table", "find"]

_CHUNK = 250_000
_SAMPLE = 300_000
"""So many candidate pairs are enough to learn from."""

_SEED = 1969

_NOT_ENOUGH = -0.1
"""Odds in bits of a pair that was not asked for: it joins two parts only where others are for it."""

Heard = Callable[[int, int], object]
"""Hears how many pairs of how many were compared; may raise to stop."""


def find(
    table: Table, distinct: Collection[tuple[int, int]] = (), least: int = scoring.LEAST, heard: Heard | None = None
) -> list[Group]:
    """The groups of a table, the surest first, whatever the order of its rows; `distinct` are ids known to be two."""
    ordered = _by_id(table)
    ids = np.array(ordered.ids, np.int64)
    columns = fields.read(ordered)
    if len(ids) < 2 or not columns:
        return []
    pairs = blocking.candidates(columns, len(ids))
    model = Model(columns, len(ids))
    sample = pairs[:: len(pairs) // _SAMPLE + 1]
    scale = len(pairs) / max(len(sample), 1)
    model.learn(model.compare(*np.divmod(sample, len(ids))), scale, np.random.default_rng(_SEED))
    search = _Search(scoring.Scorer(model), ids, _keys(distinct, ids), least)
    return search.groups(*search.edges(pairs, heard or (lambda _done, _all: None)))


def _by_id(table: Table) -> Table:
    order = np.argsort(np.array(table.ids, np.int64)).tolist()
    columns = [Column(each.field, each.role, [each.values[at] for at in order]) for each in table.columns]
    return Table([table.ids[at] for at in order], columns)


def _keys(distinct: Collection[tuple[int, int]], ids: Ints) -> Ints:
    """Pairs of ids as pairs of places, where both are among the records."""
    place = {record: at for at, record in enumerate(ids.tolist())} if distinct else {}
    found = [sorted((place[a], place[b])) for a, b in distinct if a in place and b in place]
    return np.array([a * len(ids) + b for a, b in found], np.int64)


class _Search:
    """Scores pairs and makes groups of them; pairs below `least` are none."""

    def __init__(self, scorer: scoring.Scorer, ids: Ints, distinct: Ints, least: int) -> None:
        self._scorer = scorer
        self._ids = ids
        self._distinct = distinct
        self._least = max(least, 1)

    def edges(self, pairs: Ints, heard: Heard) -> tuple[Ints, Ints, Ints]:
        """Places and confidence of the pairs that are worth telling."""
        kept: list[Ints] = [np.zeros((3, 0), np.int64)]
        for start in range(0, len(pairs), _CHUNK):
            heard(start, len(pairs))
            kept.append(np.stack(self._strong(pairs[start : start + _CHUNK])))
        heard(len(pairs), len(pairs))
        first, second, confidence = np.concatenate(kept, axis=1)
        return first, second, confidence

    def groups(self, first: Ints, second: Ints, confidence: Ints) -> list[Group]:
        """Groups of the pairs, the surest first."""
        heaps = grouping.grouped(first, second, confidence, self._odds)
        inner = [np.zeros(0, np.int64), *(self._within(heap, first, second) for heap in heaps)]
        first, second, confidence = self._strong(np.concatenate(inner))
        of = {place: number for number, heap in enumerate(heaps) for place in heap}
        matches: list[list[Match]] = [[] for _ in heaps]
        told = self._scorer.reasons(first, second)
        for one, other, sure, reasons in zip(first.tolist(), second.tolist(), confidence.tolist(), told, strict=True):
            matches[of[one]].append(Match(int(self._ids[one]), int(self._ids[other]), sure, reasons))
        found = [_group(self._ids[heap].tolist(), each) for heap, each in zip(heaps, matches, strict=True)]
        return sorted(found, key=lambda group: (-group.confidence, group.ids))

    def _within(self, heap: list[int], first: Ints, second: Ints) -> Ints:
        """All pairs of a group; of a very large one those that are known."""
        if len(heap) > grouping.LARGEST:
            known = np.isin(first, heap) & np.isin(second, heap)
            return first[known] * len(self._ids) + second[known]
        places = np.array(heap, np.int64)
        left, right = np.triu_indices(len(heap), 1)
        found: Ints = places[left] * len(self._ids) + places[right]
        return found

    def _strong(self, pairs: Ints) -> tuple[Ints, Ints, Ints]:
        pairs = pairs[~np.isin(pairs, self._distinct)]
        first, second = np.divmod(pairs, len(self._ids))
        confidence = self._scorer.score(first, second).confidence
        strong = confidence >= self._least
        return first[strong], second[strong], confidence[strong]

    def _odds(self, first: Ints, second: Ints) -> Floats:
        scores = self._scorer.score(first, second)
        odds = np.where(scores.confidence < self._least, np.minimum(scores.odds, _NOT_ENOUGH), scores.odds)
        odds[np.isin(first * len(self._ids) + second, self._distinct)] = -np.inf
        return odds


def _group(ids: Sequence[int], matches: Sequence[Match]) -> Group:
    """A group is as sure as the one of its records that is held the least."""
    best = dict.fromkeys(ids, 0)
    for match in matches:
        for record in (match.first, match.second):
            best[record] = max(best[record], match.confidence)
    surest = sorted(matches, key=lambda match: -match.confidence)
    reasons = dict.fromkeys(reason for match in surest for reason in match.reasons)
    return Group(tuple(ids), min(best.values()), tuple(reasons), tuple(matches))
