"""Catalogue: what can be known. Each kind of record with its fields and relations, declared once and read everywhere.

The catalogue holds names only; what a person reads lies in `resources/translations/catalogue.<language>.json`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from crm_desktop.domain.folding import fold
from crm_desktop.errors import UserError

LARGEST_WHOLE = 2**63 - 1
"""The largest whole number that a base holds: in a field, and as the number of a record or an action."""


class FieldType(StrEnum):
    """What kind of value a field holds; decides how it is checked, compared, shown, read and written."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    ANNIVERSARY = "anniversary"
    INSTANT = "instant"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LINK = "link"

    @property
    def ordered(self) -> bool:
        """Whether values have a size, so that more and less make sense."""
        return self in _ORDERED

    @property
    def textual(self) -> bool:
        """Whether values are text that may be searched for a part of it."""
        return self in _TEXTUAL


_ORDERED = frozenset({
    FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.ANNIVERSARY, FieldType.INSTANT,
})  # fmt: skip
_TEXTUAL = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL})


class Use(Enum):
    """What a field takes part in. Every field can be filtered by, shown and exported."""

    SORT = auto()
    """Kept in the list row with an index, so a list can be ordered by it."""
    SEARCH = auto()
    """Found by the search box."""
    EDIT = auto()
    """A person or an import may set it; without it the program computes it."""
    COLUMN = auto()
    """Shown in a new list without being asked for."""
    BREAKDOWN = auto()
    """Reports may be split by it."""
    NOTED = auto()
    """The program notes it, or an import brings it; nobody sets it for many records at once."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be known of a kind of record.

    `target` is the kind a LINK points at; `choices` the values of a CHOICE; a `multi` field holds several values, of
    which the first is the primary one; `most` is the largest number it may hold, from 0 on; a `year` is a number that
    is told without a sign between its thousands; `definition` and `label` are set for fields the user made.
    """

    name: str
    type: FieldType
    uses: frozenset[Use] = frozenset()
    choices: tuple[str, ...] = ()
    target: str | None = None
    multi: bool = False
    required: bool = False
    most: int | None = None
    year: bool = False
    definition: int | None = None
    label: str | None = None

    @property
    def editable(self) -> bool:
        """Whether a person or an import may set it."""
        return Use.EDIT in self.uses

    @property
    def sortable(self) -> bool:
        """Whether lists can be ordered by it."""
        return Use.SORT in self.uses

    @property
    def groupable(self) -> bool:
        """Whether lists can be grouped by it: records may have one value of it, which others have too."""
        return not self.multi and self.type not in (FieldType.LONG_TEXT, FieldType.INSTANT)

    @property
    def custom(self) -> bool:
        """Whether the user made it."""
        return self.definition is not None

    def choice(self, text: str) -> str | None:
        """The choice that a text names, whatever its case, accents and underscores; None if it is none."""
        wanted = _spoken(text)
        return next((choice for choice in self.choices if _spoken(choice) == wanted), None)


def _spoken(choice: str) -> str:
    return fold(choice.strip()).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Relation:
    """Records of another kind that belong to one of this kind; `when` names the date field that orders them."""

    name: str
    kind: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its fields in the order people expect them, and what belongs to it."""

    name: str
    plural: str
    fields: Mapping[str, Field]
    relations: Mapping[str, Relation] = field(default_factory=dict)
    writable: bool = True

    @property
    def mergeable(self) -> bool:
        """Whether several records of it may be one and the same."""
        return self._has("merged_into")

    @property
    def reached(self) -> bool:
        """Whether its records have e-mail addresses, phone numbers and postal addresses of their own."""
        return self.writable and self._has("email")

    def _has(self, name: str) -> bool:
        return name in self.fields and not self.fields[name].custom

    def with_use(self, use: Use) -> tuple[Field, ...]:
        """The fields that take part in something, in order."""
        return tuple(f for f in self.fields.values() if use in f.uses)


class UnknownName(UserError):
    """A name that is in no catalogue; the sentence says which and what is near it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds of record that can be known."""

    kinds: Mapping[str, Kind]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds.values())

    @property
    def mergeable(self) -> tuple[str, ...]:
        """The kinds of which several records may be one and the same."""
        return tuple(kind.name for kind in self if kind.mergeable)

    def kind(self, name: str) -> Kind:
        """A kind by its name or plural; UnknownName if there is none."""
        wanted = name.lower()
        for kind in self.kinds.values():
            if wanted in (kind.name, kind.plural):
                return kind
        raise UnknownName(f"There is no kind of record called “{name}”. There are: {', '.join(self.kinds)}.")

    def field(self, kind: str, path: str) -> Field:
        """The field at the end of a path such as `company.city`; UnknownName if a part is none."""
        *links, last = path.split(".")
        here = self.kind(kind)
        for name in links:
            link = self._own(here, name)
            if link.target is None:
                raise UnknownName(f"“{name}” of a {here.name} does not lead to another record.")
            here = self.kind(link.target)
        return self._own(here, last)

    def relation(self, kind: str, name: str) -> Relation:
        """What belongs to a kind, by name; UnknownName if there is none."""
        found = self.kind(kind).relations.get(name)
        if found is None:
            raise UnknownName(f"A {kind} has no “{name}”.")
        return found

    def _own(self, kind: Kind, name: str) -> Field:
        found = kind.fields.get(name)
        if found is None:
            raise UnknownName(f"A {kind.name} has no field “{name}”.")
        return found
