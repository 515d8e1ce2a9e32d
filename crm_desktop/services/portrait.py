"""What the page of a customer shows beside its timeline, and what it is made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.figures import Figure
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.domain.rotting import Standing
from crm_desktop.services.timeline import Scope


class Warn(StrEnum):
    """What is worth knowing before one goes in, the worst first."""

    OVERDUE = "overdue"
    DEAL = "deal"
    QUIET = "quiet"
    FALLING = "falling"
    UPSET = "upset"
    OPT_OUT = "opt_out"


@dataclass(frozen=True, slots=True)
class Warning:
    """One warning: what it is about, why (a code of `Risk` for deals, else a note), and the records behind it.

    `days` are days late, idle or since, `usual` the days usual there, `share` a fall as a fraction.
    """

    what: Warn
    subject: str
    filter: Filter
    why: str = ""
    days: int = 0
    usual: int = 0
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a company: what they do there and their part in decisions, as a code."""

    id: int
    name: str
    job_title: str
    role: str


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal that is open, with how far it came: `step` of `steps` open stages, days there and the usual days."""

    id: int
    name: str
    amount: Money | None
    stage: str
    step: int
    steps: int
    days: int | None
    usual: int | None
    close: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A task that is still to do; `due_at` is its time of day, where that is known."""

    id: int
    title: str
    type: str
    due_on: date | None
    due_at: str
    note: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that the page of a customer shows beside its timeline. A purchase has its number, product, day and amount.

    `sales` are the filters of the records that the revenue is made of.
    """

    figures: dict[str, Figure]
    sales: tuple[Filter, ...]
    warnings: tuple[Warning, ...]
    steps: tuple[Step, ...]
    people: tuple[Contact, ...]
    deals: tuple[OpenDeal, ...]
    purchases: tuple[tuple[int, str, date | None, Money | None], ...]
    months: tuple[tuple[date, Figure], ...]


class Watched(NamedTuple):
    """An open deal, and what tells whether it is at risk: how it stands, and the usual days in its stage."""

    deal: OpenDeal
    standing: Standing
    usual: float | None


class Rhythm(NamedTuple):
    """The median days between the sales of a customer, and the days since the last one."""

    usual: int
    idle: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a portrait is made of: whose it is, what belongs to it, and what it was sold."""

    kind: str
    record: int
    today: date
    scope: Scope
    sales: tuple[Filter, ...]
    rhythm: Rhythm | None
    deals: tuple[Watched, ...]
