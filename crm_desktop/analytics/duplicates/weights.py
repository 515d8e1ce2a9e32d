"""How much each agreement counts: learned from how often values agree among matches and how rarely by chance.

The model is that of Fellegi and Sunter (A theory for record linkage, 1969): the weight of a level of agreement is
log2(m / u), with m its share among pairs of one and the same, u its share among pairs of strangers. m and the share
of matches are found by expectation and maximisation over the candidate pairs, u from pairs taken at random; for equal
values u is how often that very value occurs (Winkler, Frequency-based matching, 2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from crm_desktop.analytics.duplicates.arrays import Flags, Floats, Ints, Levels
from crm_desktop.analytics.duplicates.blocking import TOO_OFTEN
from crm_desktop.analytics.duplicates.compare import Comparison, Level
from crm_desktop.analytics.duplicates.fields import Field
from crm_desktop.analytics.duplicates.model import PLACE, SHARED, Role

_LEVELS = len(Level)
_ROUNDS = 12
_SAMPLE = 200_000
_MATCH_STRENGTH, _CHANCE_STRENGTH, _VALUE_STRENGTH = 20.0, 50.0, 100.0
"""So many pairs, or records, what is usual counts for before anything is learned."""

_MOST = 24.0
"""No single agreement counts for more bits, for a value may be a default that somebody typed."""

_HOUSEHOLD = -1.0
"""Two who share a home or an office are the same with odds of one to two, whatever else they share."""

_FIRM = frozenset({Role.GIVEN, Role.FAMILY, Role.NAME, Role.BIRTHDAY})
_MOST_DIFFERENT = 0.35
"""Of one and the same, at most this share is taken to differ in a `_FIRM` field."""

_RARE_MATCH = 0.05
"""So many of the records are taken to have a double before anything is learned."""

_USUAL_MATCH = np.array([0.0, 0.07, 0.05, 0.13, 0.75])
_USUAL_CHANCE: dict[Role, tuple[float, float, float]] = {
    Role.GIVEN: (0.02, 0.005, 0.005), Role.FAMILY: (0.02, 0.003, 0.001), Role.NAME: (0.01, 0.002, 0.0002),
    Role.EMAIL: (0.001, 0.0001, 0.00001), Role.PHONE: (0.0001, 0.0001, 0.00001), Role.DOMAIN: (0.001, 0.001, 0.001),
    Role.COMPANY: (0.01, 0.002, 0.002), Role.STREET: (0.02, 0.002, 0.0005), Role.POSTCODE: (0.01, 0.005, 0.001),
    Role.CITY: (0.02, 0.005, 0.02), Role.REGION: (0.05, 0.02, 0.15), Role.BIRTHDAY: (0.004, 0.001, 0.00005),
    Role.NUMBER: (0.001, 0.0001, 0.00001), Role.OTHER: (0.05, 0.02, 0.1),
}  # fmt: skip
"""How often strangers' values agree in part, nearly and quite, before the records tell."""


@dataclass(slots=True)
class Evidence:
    """What comparing some pairs gave: by pair and field the level and, where it is the same, how rare the value is."""

    levels: Levels
    chance: Floats
    """log2 of how often strangers share the value."""

    telling: Flags
    """Whether so few have the value that it tells something by itself."""


@dataclass
class Model:
    """Compares pairs and weighs what agrees. `learn` first."""

    fields: Sequence[Field]
    count: int
    comparisons: list[Comparison] = field(init=False)
    match: Floats = field(init=False)
    stranger: Floats = field(init=False)
    prior: float = field(init=False)
    """log2 of the odds that two records, taken at random, are one."""

    def __post_init__(self) -> None:
        self.comparisons = [Comparison(each) for each in self.fields]
        size = len(self.fields)
        self.match = np.tile(_USUAL_MATCH, (size, 1))
        usual = np.array([_USUAL_CHANCE[each.role] for each in self.fields]).reshape(size, 3)
        self.stranger = np.column_stack([np.zeros(size), 1 - usual.sum(axis=1), usual])
        self.prior = float(np.log2(2 * _RARE_MATCH / max(self.count - 1, 1)))
        self._rare = [_rarity(each) for each in self.fields]
        self._ruled = np.array([each.role in (Role.EMAIL, Role.PHONE) for each in self.fields], bool)
        self._place = np.array([each.role in PLACE for each in self.fields], bool)
        self._shared = np.array([each.role in SHARED - PLACE for each in self.fields], bool)

    def compare(self, first: Ints, second: Ints) -> Evidence:
        """The evidence of pairs of places."""
        levels = np.zeros((len(first), len(self.fields)), np.int8)
        chance = np.zeros((len(first), len(self.fields)))
        telling = np.zeros((len(first), len(self.fields)), bool)
        for at, comparison in enumerate(self.comparisons):
            levels[:, at], shared = comparison.levels(first, second)
            chance[:, at] = np.where(shared >= 0, self._rare[at][shared], 0)
            telling[:, at] = (shared >= 0) & (self.fields[at].counts[shared] <= TOO_OFTEN)
        return Evidence(levels, chance, telling)

    def weights(self, evidence: Evidence) -> Floats:
        """By pair and field what it counts for, in bits; what equal addresses count for is fixed, not weighed."""
        at = np.arange(len(self.fields))
        table = np.log2(np.maximum(self.match, 1e-9)) - np.log2(np.maximum(self.stranger, 1e-9))
        table[:, Level.UNKNOWN] = 0
        weights = table[at, evidence.levels]
        same = evidence.levels == Level.SAME
        rare = np.log2(self.match[:, Level.SAME])[None, :] - evidence.chance
        weights = np.minimum(np.where(same, rare, weights), _MOST)
        weights[same & self._ruled] = 0
        return weights

    def odds(self, evidence: Evidence) -> Floats:
        """log2 of the odds of each pair to be one."""
        weights = self.weights(evidence)
        place = weights[:, self._place]
        shared = weights[:, self._shared].sum(axis=1) + place.max(axis=1, initial=0) + place.min(axis=1, initial=0)
        own = weights[:, ~self._shared & ~self._place].sum(axis=1)
        together: Floats = np.minimum(self.prior + shared, _HOUSEHOLD) + own
        return together

    def learn(self, evidence: Evidence, scale: float, dice: np.random.Generator) -> None:
        """Finds m, u and the share of matches; `evidence` is of one in `scale` candidate pairs."""
        strangers = self.compare(*_any_two(self.count, dice))
        usual = self.stranger.copy()
        for _ in range(_ROUNDS):
            likely = probability(self.odds(evidence))
            self.match = self._steady(_shares(evidence.levels, likely, _USUAL_MATCH[None, :], _MATCH_STRENGTH))
            self.stranger = _shares(strangers.levels, 1 - probability(self.odds(strangers)), usual, _CHANCE_STRENGTH)
            pairs = self.count * (self.count - 1) / 2
            found = (float(likely.sum()) * scale + _RARE_MATCH * 20) / (pairs + 20)
            self.prior = float(np.log2(min(found, 0.5)))

    def _steady(self, match: Floats) -> Floats:
        """Keeps the model from taking neighbours or colleagues for doubles: names and dates of one mostly agree."""
        firm = np.array([each.role in _FIRM for each in self.fields], bool)
        different = match[:, Level.DIFFERENT]
        kept = np.where(firm, np.minimum(different, _MOST_DIFFERENT), different)
        match = match * ((1 - kept) / np.maximum(1 - different, 1e-9))[:, None]
        match[:, Level.DIFFERENT] = kept
        return match


def _any_two(count: int, dice: np.random.Generator) -> tuple[Ints, Ints]:
    """Pairs of places: all where there are few, else some at random."""
    if count * (count - 1) // 2 <= _SAMPLE:
        return np.triu_indices(count, 1)
    one, other = dice.integers(0, count, _SAMPLE), dice.integers(0, count, _SAMPLE)
    return one[one != other], other[one != other]


def _rarity(each: Field) -> Floats:
    """log2 of how often a stranger has each value: what occurs in these two alone is as rare as is usual."""
    usual = _USUAL_CHANCE[each.role][2]
    others = np.maximum(each.counts - 2, 0)
    found: Floats = np.log2((others + _VALUE_STRENGTH * usual) / (each.filled + _VALUE_STRENGTH))
    return np.append(found, 0.0)


def probability(odds: Floats) -> Floats:
    """Odds in bits as a probability."""
    found: Floats = 1 / (1 + np.exp2(-np.clip(odds, -60, 60)))
    return found


def _shares(levels: Levels, weight: Floats, usual: Floats, strength: float) -> Floats:
    """By field the share of each level among pairs that know it, weighted, and with what is usual added."""
    counts = np.stack([((levels == level) * weight[:, None]).sum(axis=0) for level in range(_LEVELS)], axis=1)
    counts[:, Level.UNKNOWN] = 0
    found: Floats = (counts + strength * usual) / (counts.sum(axis=1, keepdims=True) + strength)
    return found
