"""What the search for duplicates is given."""

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
