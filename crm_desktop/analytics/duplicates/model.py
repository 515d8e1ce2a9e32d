"""What the search for duplicates is given and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a column tells of a record; decides how its values are written in one form and compared."""

    GIVEN = "given"
    FAMILY = "family"
    NAME = "name"
    """The name of an organisation that is the record itself."""
    EMAIL = "email"
    PHONE = "phone"
    DOMAIN = "domain"
    COMPANY = "company"
    """The organisation that a person belongs to."""
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    REGION = "region"
    BIRTHDAY = "birthday"
    NUMBER = "number"
    """A number that belongs to one only: of an insurance, a passport, a register."""
    OTHER = "other"
    """Anything else; with nearly as many different values as records it is taken for a number."""


SHARED = frozenset({
    Role.FAMILY, Role.COMPANY, Role.STREET, Role.POSTCODE, Role.CITY, Role.REGION, Role.PHONE,
})  # fmt: skip
"""What people of one household or one office have in common, and which so cannot tell them apart."""

PLACE = frozenset({Role.STREET, Role.POSTCODE, Role.CITY, Role.REGION})
"""Parts of one address, of which one follows from another: a postcode tells the city."""

REPEATED = frozenset({Role.EMAIL, Role.PHONE, Role.DOMAIN})
"""What a record may have several of."""


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one field: text or None, of a `REPEATED` role a tuple of texts."""

    field: str
    role: Role
    values: Sequence[str | Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class Table:
    """Records with what is known of them. Of one role there may be several columns."""

    ids: Sequence[int]
    columns: Sequence[Column]


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
