"""The confidence of a pair: fixed where addresses agree, else what the weights of all fields say."""

from dataclasses import dataclass

import numpy as np

from crm_desktop.analytics.duplicates.arrays import Flags, Floats, Ints, Levels
from crm_desktop.analytics.duplicates.compare import Level, Swap
from crm_desktop.analytics.duplicates.fields import Field
from crm_desktop.analytics.duplicates.model import Role
from crm_desktop.analytics.duplicates.weights import Evidence, Model, probability
from crm_desktop.domain.duplicates import Likeness, Reason

LEAST = 40
"""Below this confidence nothing is told."""

_CERTAIN, _ADDRESS, _NAME_AND_CITY, _PHONE = 100, 80, 60, 40
_BY_CHANCE = 0.5
"""Where as many would have one name in one city by chance, it tells nothing."""

_TELLING = 2.0
"""An agreement is named as a reason when it counts for so many bits."""


@dataclass(slots=True)
class Scores:
    """Of each pair the confidence of 100, 0 where there is none, and the odds in bits that it is linked by."""

    confidence: Ints
    odds: Floats


class Scorer:
    """Scores pairs of places by a model that has learned."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._at: dict[Role, list[int]] = {}
        for at, field in enumerate(model.fields):
            self._at.setdefault(field.role, []).append(at)
        named = Role.GIVEN in self._at and Role.FAMILY in self._at
        self._swap = Swap(self._field(Role.GIVEN), self._field(Role.FAMILY)) if named else None

    def score(self, first: Ints, second: Ints) -> Scores:
        """The scores of pairs of places."""
        evidence, _ = self._evidence(first, second)
        odds = self._model.odds(evidence)
        learned = np.minimum(np.floor(100 * probability(odds)), 99).astype(np.int32)
        fixed = self._fixed(evidence)
        confidence = np.maximum(np.where(learned >= 50, learned, 0), fixed)
        floor = np.select([fixed == _CERTAIN, fixed == _ADDRESS, fixed > 0], [10.0, 4.0, 0.0], -np.inf)
        return Scores(confidence, np.maximum(np.clip(odds, -20, 20), floor))

    def reasons(self, first: Ints, second: Ints) -> list[tuple[Reason, ...]]:
        """Why each pair may be one, the most telling first."""
        evidence, swapped = self._evidence(first, second)
        weights = self._model.weights(evidence)
        return [self._told(evidence.levels[at], weights[at], bool(swapped[at])) for at in range(len(first))]

    def _told(self, levels: Levels, weights: Floats, swapped: bool) -> tuple[Reason, ...]:
        found = []
        for at, field in enumerate(self._model.fields):
            ruled = field.role in (Role.EMAIL, Role.PHONE) and levels[at] == Level.SAME
            if levels[at] > Level.DIFFERENT and (ruled or weights[at] >= _TELLING):
                likeness = Likeness.SAME if levels[at] == Level.SAME else Likeness.SIMILAR
                likeness = Likeness.SWAPPED if swapped and field.role in (Role.GIVEN, Role.FAMILY) else likeness
                found.append((0 if ruled else -weights[at], Reason(field.name, likeness)))
        ruled_first = sorted(found, key=lambda each: (each[0] != 0, each[0], each[1]))
        return tuple(reason for _, reason in ruled_first)

    def _field(self, role: Role) -> Field:
        return self._model.fields[self._at[role][0]]

    def _evidence(self, first: Ints, second: Ints) -> tuple[Evidence, Flags]:
        """What comparing gave; names that are swapped are as good as nearly equal ones."""
        evidence = self._model.compare(first, second)
        swapped = np.zeros(len(first), bool)
        if self._swap is not None:
            names = [self._at[Role.GIVEN][0], self._at[Role.FAMILY][0]]
            maybe = np.flatnonzero((evidence.levels[:, names] <= Level.PARTIAL).all(axis=1))
            swapped[maybe] = self._swap.found(first[maybe], second[maybe])
            for at in names:
                evidence.levels[swapped, at] = Level.NEAR
        return evidence, swapped

    def _fixed(self, evidence: Evidence) -> Ints:
        email, phone = self._reaches(evidence, Role.EMAIL), self._reaches(evidence, Role.PHONE)
        alike = self._alike(evidence)
        one_firm = self._reaches(evidence, Role.DOMAIN) & self._reaches(evidence, Role.NAME)
        contradicted = np.zeros(len(evidence.levels), bool)
        for role in (Role.BIRTHDAY, Role.NUMBER):
            for at in self._at.get(role, ()):
                contradicted |= evidence.levels[:, at] == Level.DIFFERENT
        in_city = self._reaches(evidence, Role.CITY) & alike & ~contradicted & ~self._by_chance(evidence)
        found: Ints = np.select(
            [(email | phone) & alike, self._alone(evidence, Role.EMAIL) | one_firm, in_city,
             self._alone(evidence, Role.PHONE)],
            [_CERTAIN, _ADDRESS, _NAME_AND_CITY, _PHONE], 0,
        ).astype(np.int32)  # fmt: skip
        return found

    def _reaches(self, evidence: Evidence, role: Role, level: Level = Level.SAME) -> Flags:
        reached: Flags = evidence.levels[:, self._at.get(role, [])] >= level
        return np.any(reached, axis=1)  # type: ignore[no-any-return]

    def _alone(self, evidence: Evidence, role: Role) -> Flags:
        """Whether the records share a value that tells something by itself."""
        return np.any(evidence.telling[:, self._at.get(role, [])], axis=1)  # type: ignore[no-any-return]

    def _alike(self, evidence: Evidence) -> Flags:
        """Whether the names are the same or nearly: of people both names, or the last where a first is not known."""
        found = self._reaches(evidence, Role.NAME, Level.NEAR)
        if Role.FAMILY in self._at:
            family = self._reaches(evidence, Role.FAMILY, Level.NEAR)
            given = self._at.get(Role.GIVEN, [])
            levels = evidence.levels[:, given]
            found |= family & ((levels == Level.UNKNOWN) | (levels >= Level.PARTIAL)).all(axis=1)
        return found

    def _by_chance(self, evidence: Evidence) -> Flags:
        """Whether two strangers would be expected to have this name in this city."""
        names = [at for role in (Role.GIVEN, Role.FAMILY, Role.NAME, Role.CITY) for at in self._at.get(role, ())]
        same = evidence.levels[:, names] == Level.SAME
        rare = np.where(same, evidence.chance[:, names], 0).sum(axis=1)
        count = self._model.count
        found: Flags = rare + 2 * np.log2(max(count, 1)) - 1 > np.log2(_BY_CHANCE)
        return found
