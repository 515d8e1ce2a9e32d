"""Where somebody is reached: addresses with their label and what is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

LABELS = ("work", "home", "mobile", "other")
"""The labels that are offered; any other text may be one too."""

CONTACTS = ("email", "phone", "address")
"""The ways of reaching somebody."""

FLAGS = ("invalid", "opt_out")
"""What may be wrong with an address, wherever it is used."""

FLAGGED = {"opted_out_addresses": "opt_out", "invalid_addresses": "invalid"}
"""Fields that tell the e-mail addresses and numbers of a record that bear a flag."""

PLACE = ("street", "postcode", "city", "region", "country")
"""The parts of a postal address, in the order they are written."""


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One e-mail address, phone number or postal address of a record; of a postal one `parts` are its lines.

    `label` is one of LABELS or a text of the user's.
    """

    way: str
    id: int
    value: str
    label: str = ""
    primary: bool = False
    invalid: bool = False
    opt_out: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether somebody may be reached there."""
        return not (self.invalid or self.opt_out)


class Reach(str):
    """An e-mail address or phone number that bears its label and flags; elsewhere it is its text and nothing more."""

    __slots__ = ("invalid", "label", "opt_out")

    label: str
    invalid: bool
    opt_out: bool

    def __new__(cls, text: str, label: str = "", invalid: bool = False, opt_out: bool = False) -> "Reach":
        """The text with what is known of it."""
        made = super().__new__(cls, text)
        made.label, made.invalid, made.opt_out = label, invalid, opt_out
        return made


def known_of(text: str) -> tuple[str, bool, bool]:
    """Label, invalid and opt-out of an address; of plain text nothing is known."""
    return (text.label, text.invalid, text.opt_out) if isinstance(text, Reach) else ("", False, False)


def joined(old: Sequence[str], new: Iterable[str], *, over: bool = False) -> tuple[str, ...]:
    """The addresses of both, each once: labels fill gaps (or stand `over` the old ones), a flag once set stays."""
    found: dict[str, str] = {}
    for text in (*old, *new):
        label, invalid, opt_out = known_of(text)
        before, bad, out = known_of(found.get(text, ""))
        kept = (label or before) if over else (before or label)
        found[text] = Reach(text, kept, bad or invalid, out or opt_out)
    return tuple(found.values())


def differs(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether addresses, or what is known of them, are not the same."""
    return [(text, *known_of(text)) for text in one] != [(text, *known_of(text)) for text in other]


def written(parts: Mapping[str, str]) -> str:
    """A postal address in one line: `12 Quay Street, BS1 4ST Bristol, United Kingdom`."""
    town = " ".join(filter(None, (parts.get("postcode"), parts.get("city"))))
    return ", ".join(filter(None, (parts.get("street"), town, parts.get("region"), parts.get("country"))))


def area(postcode: str) -> str:
    """The beginning of a postcode that a neighbourhood shares: the first part of `BS1 4ST`, `101` of `10115`."""
    head, _, rest = postcode.strip().partition(" ")
    if rest:
        return head
    return head[: 2 if len(head) < _LONG else 3]


_LONG = 5
