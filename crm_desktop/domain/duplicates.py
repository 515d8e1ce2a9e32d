"""Records that may be one and the same: how sure that is, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Likeness(StrEnum):
    """How two values agree."""

    SAME = "same"
    SIMILAR = "similar"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """One agreement of two records: the field it is in and how near it is."""

    field: str
    likeness: Likeness

    @property
    def code(self) -> str:
        """As the command line writes it: `same_email`."""
        return f"{self.likeness}_{self.field}"


@dataclass(frozen=True, slots=True)
class Match:
    """Two records, the smaller id first, that may be one: confidence of 100 and why."""

    first: int
    second: int
    confidence: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are probably one, and the matches that hold them together; `confidence` is that of the weakest."""

    ids: tuple[int, ...]
    confidence: int
    reasons: tuple[Reason, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A record of the base that a new one may be: its name, what tells it apart, how sure that is, and why."""

    kind: str
    id: int
    name: str
    detail: str
    confidence: int
    reasons: tuple[Reason, ...]
