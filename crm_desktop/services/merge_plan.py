"""What merging would do, field by field, and what it did: the answers of `services.merging`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.merging import blank
from crm_desktop.storage.later import Later
from crm_desktop.storage.revert import Conflict

__all__ = ["Conflict", "Later", "MergeField", "MergePlan", "MergeRecord", "Merged", "Rule", "Unmerged"]


class Rule(StrEnum):
    """Why a field gets its value."""

    SURVIVOR = "survivor"
    """The record that stays has one."""
    FILLED = "filled"
    """The record that stays has none, so the first of the others that has one gives it."""
    UNITED = "united"
    """A field with several values keeps all of them."""
    STRICTEST = "strictest"
    """Of a do-not-contact the stricter one counts."""
    FURTHEST = "furthest"
    """Of the lifecycle the step that is further on counts, and a conversion stays one."""
    EARLIEST = "earliest"
    """Of the days since when something is so the earlier one counts."""
    CHOSEN = "chosen"
    """The user chose whose value it is."""


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of a merge: `values` of the records in the order of `MergePlan.records`, and the `value` to be kept.

    `winner` is the id of the record that gives it; None where the values are united, or nobody has one.
    """

    field: str
    values: tuple[Any, ...]
    winner: int | None
    value: Any
    rule: Rule

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose: two records have values that are not the same."""
        there = [value for value in self.values if not blank(value)]
        return any(value != there[0] for value in there[1:])

    @property
    def telling(self) -> bool:
        """Whether it differs, or the record that stays gets what it has not."""
        return self.differs or (not blank(self.value) and self.value != self.values[0])


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """One of the records. `filled` is how many fields have a value, `children` how many records belong to it.

    `converted` is a lead that was converted.
    """

    id: int
    name: str
    created_at: datetime | None
    filled: int
    children: int
    converted: bool = False


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do. `records` begin with the one that stays; `fields` are those of which one has a value.

    `children` says how many records of each kind come to the one that stays.
    """

    kind: str
    records: tuple[MergeRecord, ...]
    fields: tuple[MergeField, ...]
    children: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: `change.action` is the number that `unmerge` takes."""

    change: Change
    groups: int = 1
    records: int = 0
    """How many records became part of another."""


@dataclass(frozen=True, slots=True)
class Unmerged:
    """Records that are on their own again. `conflicts` are fields that somebody changed since; they stay as they are.

    `later` is what came to the record that stays after the merge, and stays with it.
    """

    change: Change
    restored: tuple[int, ...]
    later: tuple[Later, ...]
    conflicts: tuple[Conflict, ...]
