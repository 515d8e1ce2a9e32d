"""How far two values agree, for many pairs at once: by levels, from different to the same."""

from collections.abc import Callable
from enum import IntEnum

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from crm_desktop.analytics.duplicates.arrays import Flags, Floats, Ints, Levels, Texts
from crm_desktop.analytics.duplicates.fields import MISSING, Field, repeated
from crm_desktop.analytics.duplicates.model import Role
from crm_desktop.domain import alike

_THREADS, _MANY = 2, 5000
"""More threads than one cost more than they bring for fewer values than `_MANY`."""

_SWAPPED = 0.9
"""From this likeness on, first and last name count as swapped."""


class Level(IntEnum):
    """How far two values agree."""

    UNKNOWN = 0
    DIFFERENT = 1
    PARTIAL = 2
    NEAR = 3
    SAME = 4


class Comparison:
    """Compares one field of pairs of records; what can be worked out of each value is worked out once."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._grade = _GRADES.get(field.role, _by_text)

    def levels(self, first: Ints, second: Ints) -> tuple[Levels, Ints]:
        """The level of each pair of places of records, and the value that they share."""
        codes = self.field.codes
        one, other = codes[first, 0], codes[second, 0]
        known = (one >= 0) & (other >= 0)
        shared = np.where(one == other, one, MISSING)
        if repeated(self.field):
            for a in range(codes.shape[1]):
                for b in range(codes.shape[1]):
                    value = codes[first, a]
                    shared = np.where((value >= 0) & (value == codes[second, b]), value, shared)
        found: Levels = np.where(known, Level.DIFFERENT, Level.UNKNOWN).astype(np.int8)
        found[shared >= 0] = Level.SAME
        unsure = np.flatnonzero(found == Level.DIFFERENT)
        found[unsure] = self.graded(one[unsure], other[unsure])
        return found, shared

    def graded(self, one: Ints, other: Ints) -> Levels:
        """The levels of different values, by their places; each pair of values is looked at once."""
        if not len(one):
            return np.zeros(0, np.int8)
        low, high = np.minimum(one, other), np.maximum(one, other)
        pairs, back = np.unique(low.astype(np.int64) * len(self.field.values) + high, return_inverse=True)
        left, right = np.divmod(pairs, len(self.field.values))
        found: Levels = self._grade(self.field, left, right)[back]
        return found


def likeness(scorer: Callable[..., float], left: Texts, right: Texts) -> Floats:
    """A scorer of rapidfuzz over two arrays of texts, pair by pair."""
    threads = _THREADS if len(left) >= _MANY else 1
    found: Floats = process.cpdist(left.tolist(), right.tolist(), scorer=scorer, dtype=np.float64, workers=threads)
    return found


def _graded(score: Floats, partial: float, near: float) -> Levels:
    levels = np.full(len(score), Level.DIFFERENT, np.int8)
    levels[score >= partial] = Level.PARTIAL
    levels[score >= near] = Level.NEAR
    return levels


def _by_text(field: Field, left: Ints, right: Ints) -> Levels:
    one, other = field.values[left], field.values[right]
    score = likeness(JaroWinkler.normalized_similarity, one, other)
    return _graded(score, 0.82, 0.92)


def _by_given(field: Field, left: Ints, right: Ints) -> Levels:
    levels = _by_text(field, left, right)
    called = field.formed(alike.called)
    levels[called[left] == called[right]] = Level.NEAR
    initial, length = field.formed(_initial), field.lengths
    short = (initial[left] == initial[right]) & ((length[left] == 1) | (length[right] == 1))
    levels[short & (levels < Level.PARTIAL)] = Level.PARTIAL
    return levels


def _by_words(field: Field, left: Ints, right: Ints) -> Levels:
    """Names of organisations and streets: words may be in another order, or some be missing."""
    one, other = field.values[left], field.values[right]
    score = np.maximum(
        likeness(fuzz.token_sort_ratio, one, other), 100 * likeness(JaroWinkler.normalized_similarity, one, other) - 3
    )
    part = likeness(fuzz.token_set_ratio, one, other)
    levels = _graded(score, 80, 90)
    levels[(part >= 95) & (levels < Level.PARTIAL)] = Level.PARTIAL
    return levels


def _by_digits(field: Field, left: Ints, right: Ints) -> Levels:
    one, other = field.values[left], field.values[right]
    distance = likeness(DamerauLevenshtein.distance, one, other)
    shorter = np.minimum(field.lengths[left], field.lengths[right])
    levels = np.full(len(left), Level.DIFFERENT, np.int8)
    levels[(distance <= 2) & (shorter >= 6)] = Level.PARTIAL
    levels[(distance <= 1) & (shorter >= 4)] = Level.NEAR
    return levels


def _by_day(field: Field, left: Ints, right: Ints) -> Levels:
    """Dates: one wrong digit, two digits swapped, day and month swapped are near; day and month alone are a part."""
    levels = _by_digits(field, left, right)
    turned = field.formed(alike.turned)
    levels[turned[left] == turned[right]] = Level.NEAR
    ends = field.formed(_month_and_day)
    levels[(ends[left] == ends[right]) & (levels < Level.PARTIAL)] = Level.PARTIAL
    return levels


def _initial(text: str) -> str:
    return text[:1]


def _month_and_day(text: str) -> str:
    return text[4:]


def _not_at_all(field: Field, left: Ints, right: Ints) -> Levels:
    """Addresses are made of names, so those that are nearly the same say no more than the names do."""
    del field, right
    return np.full(len(left), Level.DIFFERENT, np.int8)


_GRADES: dict[Role, Callable[[Field, Ints, Ints], Levels]] = {
    Role.GIVEN: _by_given, Role.NAME: _by_words, Role.COMPANY: _by_words, Role.STREET: _by_words,
    Role.BIRTHDAY: _by_day, Role.POSTCODE: _by_digits, Role.NUMBER: _by_digits, Role.EMAIL: _not_at_all,
    Role.PHONE: _by_digits, Role.DOMAIN: _not_at_all,
}  # fmt: skip


class Swap:
    """First names that stand where last names should, and the other way round."""

    def __init__(self, given: Field, family: Field) -> None:
        self._values = np.array([*given.values, *family.values, ""], np.object_)[:-1]
        places = {text: at for at, text in enumerate(dict.fromkeys(self._values))}
        joint = np.array([places[text] for text in self._values], np.int32)
        self._given = np.where(given.first >= 0, joint[given.first], MISSING)
        self._family = np.where(family.first >= 0, joint[family.first + len(given.values)], MISSING)
        self._texts = np.array([*places, ""], np.object_)[:-1]

    def found(self, first: Ints, second: Ints) -> Flags:
        """Whether the names of each pair are swapped."""
        crossed = self._alike(self._given[first], self._family[second])
        maybe = np.flatnonzero(crossed)
        crossed[maybe] = self._alike(self._family[first[maybe]], self._given[second[maybe]])
        return crossed

    def _alike(self, one: Ints, other: Ints) -> Flags:
        found: Flags = (one >= 0) & (one == other)
        unsure = np.flatnonzero((one >= 0) & (other >= 0) & ~found)
        if len(unsure):
            joint = one[unsure].astype(np.int64) * len(self._texts) + other[unsure]
            pairs, back = np.unique(joint, return_inverse=True)
            left, right = np.divmod(pairs, len(self._texts))
            score = likeness(JaroWinkler.normalized_similarity, self._texts[left], self._texts[right])
            found[unsure] = (score >= _SWAPPED)[back]
        return found
