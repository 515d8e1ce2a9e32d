"""What a conversion is asked for, what it would do and what it did: the words of `services.conversion`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Ref
from crm_desktop.storage.later import Later
from crm_desktop.storage.revert import Conflict
from crm_desktop.storage.unconvert import Kept

__all__ = [
    "PARTS", "Choice", "Choices", "Clash", "Conflict", "ConversionPlan", "Converted", "ConvertedLead", "Kept", "Later",
    "Offer", "Take", "Target", "Unconverted", "Why",
]  # fmt: skip

PARTS = ("person", "company", "deal")
"""The kinds of records that a lead becomes."""


class Take(StrEnum):
    """What a lead becomes where no record is named."""

    PROPOSED = "proposed"
    """As the plan proposes: the record that is probably meant, else a new one."""
    NEW = "new"
    NONE = "none"


Choice = Take | int
"""A record by its id, or what to do without one."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose. `values` go to the new deal: its name, amount, stage, day of close."""

    person: Choice = Take.PROPOSED
    company: Choice = Take.PROPOSED
    deal: Choice = Take.PROPOSED
    values: Mapping[str, Any] = field(default_factory=dict)


class Why(StrEnum):
    """Why a record is offered."""

    LINKED = "linked"
    """The lead names it."""
    EMAIL = "email"
    DOMAIN = "domain"
    NAME = "name"
    PERSON = "person"
    """An open deal of the person."""
    COMPANY = "company"
    """An open deal of the company."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that the lead may become a part of."""

    record: Ref
    why: Why


@dataclass(frozen=True, slots=True)
class Clash:
    """A field of a record that was there before: it keeps `kept`, the `offered` value of the lead goes to a note."""

    kind: str
    field: str
    kept: Any
    offered: Any


@dataclass(frozen=True, slots=True)
class Target:
    """What becomes of one of the three. `take` is NEW, NONE or the id of `record`; `values` are written to it.

    Of a record that was there before `values` are the blanks that are filled, several values united; `clashes` what
    it has otherwise. `offers` are the records that could be meant, the likeliest first.
    """

    kind: str
    take: Choice
    record: Ref | None
    values: Mapping[str, Any]
    clashes: tuple[Clash, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversionPlan:
    """What a conversion would do. `carried` counts what comes along: activities, tasks, tags."""

    lead: Ref
    person: Target
    company: Target
    deal: Target
    carried: Mapping[str, int]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """All values of the lead that its records have otherwise."""
        return self.person.clashes + self.company.clashes + self.deal.clashes


@dataclass(frozen=True, slots=True)
class ConvertedLead:
    """What one lead became; None where it was left out."""

    lead: int
    person: int | None
    company: int | None
    deal: int | None
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion did, lead by lead. The properties are those of the first lead."""

    change: Change
    leads: tuple[ConvertedLead, ...]

    @property
    def person(self) -> int | None:
        """The person that the first lead became."""
        return self.leads[0].person

    @property
    def company(self) -> int | None:
        """The company that the first lead became a part of."""
        return self.leads[0].company

    @property
    def deal(self) -> int | None:
        """The deal that the first lead became."""
        return self.leads[0].deal

    @property
    def conflicts(self) -> tuple[Clash, ...]:
        """All values of all leads that their records have otherwise."""
        return tuple(clash for lead in self.leads for clash in lead.clashes)


@dataclass(frozen=True, slots=True)
class Unconverted:
    """Leads that are leads again. `gone` are the records, each with its kind, that they had become and that went to
    the bin; `kept` are those that stay, `later` is the work that was added to them.

    `conflicts` are fields that somebody changed since; they stay as they are.
    """

    change: Change
    leads: tuple[int, ...]
    gone: tuple[tuple[str, Ref], ...]
    kept: tuple[Kept, ...]
    later: tuple[Later, ...]
    conflicts: tuple[Conflict, ...]
