"""Records that may be one and the same: found in all of a base, with a confidence and the reasons.

Values are brought into one form (`normal`, `fields`), pairs that share something rare are taken (`blocking`) and
compared (`compare`), weighed by what agreements are worth in these very records (`weights`) and by fixed rules
(`scoring`), and put together to groups (`grouping`).
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from crm_desktop.analytics.duplicates import blocking, fields, grouping, scoring
from crm_desktop.analytics.duplicates.arrays import Floats, Ints
from crm_desktop.analytics.duplicates.model import Column, Group, Likeness, Match, Reason, Role, Table
from crm_desktop.analytics.duplicates.weights import Model

__all__ = ["Column", "Group", "Likeness", "Match", "Reason", "Role", "Table", "find"]

_CHUNK = 250_000
_SAMPLE = 300_000
"""So many candidate pairs are enough to learn from."""

_SEED = 1969

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
    search = _Search(scoring.Scorer(model), ids, _keys(distinct, ids))
    return search.groups(*search.edges(pairs, least, heard or (lambda _done, _all: None)))


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
    """Scores pairs and makes groups of them."""

    def __init__(self, scorer: scoring.Scorer, ids: Ints, distinct: Ints) -> None:
        self._scorer = scorer
        self._ids = ids
        self._distinct = distinct

    def edges(self, pairs: Ints, least: int, heard: Heard) -> tuple[Ints, Ints, Ints]:
        """Places and confidence of the pairs that are worth telling."""
        kept = [np.zeros((3, 0), np.int64)]
        for start in range(0, len(pairs), _CHUNK):
            heard(start, len(pairs))
            chunk = pairs[start : start + _CHUNK]
            chunk = chunk[~np.isin(chunk, self._distinct)]
            first, second = np.divmod(chunk, len(self._ids))
            confidence = self._scorer.score(first, second).confidence
            strong = confidence >= max(least, 1)
            kept.append(np.stack([first[strong], second[strong], confidence[strong]]))
        heard(len(pairs), len(pairs))
        first, second, confidence = np.concatenate(kept, axis=1)
        return first, second, confidence

    def groups(self, first: Ints, second: Ints, confidence: Ints) -> list[Group]:
        """Groups of the pairs, the surest first."""
        heaps = grouping.grouped(first, second, confidence, self._odds)
        of = {place: number for number, heap in enumerate(heaps) for place in heap}
        within: list[list[int]] = [[] for _ in heaps]
        for at, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
            if one in of and of[one] == of.get(other):
                within[of[one]].append(at)
        chosen = np.array([at for edges in within for at in edges], np.int64)
        told = iter(self._scorer.reasons(first[chosen], second[chosen]))
        found = []
        for heap, edges in zip(heaps, within, strict=True):
            matches = [
                Match(int(self._ids[first[at]]), int(self._ids[second[at]]), int(confidence[at]), next(told))
                for at in edges
            ]
            found.append(_group([int(self._ids[place]) for place in heap], matches))
        return sorted(found, key=lambda group: (-group.confidence, group.ids))

    def _odds(self, first: Ints, second: Ints) -> Floats:
        odds = self._scorer.score(first, second).odds
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
