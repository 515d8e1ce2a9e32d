"""Where a column can go: the fields of a kind, and what only an import knows (a whole name, a currency)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind
from crm_desktop.domain.contact import FLAGS
from crm_desktop.domain.folding import key
from crm_desktop.errors import UserError
from crm_desktop.services.fields import Holds
from crm_desktop.services.labels import Labels

_PEOPLE = ("lead", "person")


@dataclass(frozen=True, slots=True)
class Target:
    """A place for the values of a column. `field` is the catalogue's, where it is one.

    Numbered columns of a multi field share its target; `link` names the link that a key of another record serves, `of`
    the addresses that a label or flag is about.
    """

    name: str
    type: FieldType
    field: Field | None = None
    link: str | None = None
    of: str | None = None

    @property
    def multi(self) -> bool:
        """Whether several columns may go here."""
        return self.name in MERGED or self.of is not None or (self.field is not None and self.field.multi)

    @property
    def is_link(self) -> bool:
        """Whether it names another record, by its name or a key of it."""
        return self.link is not None or self.type is FieldType.LINK


MERGED = frozenset({"street", "opt_out"})
"""Fields of one value that are made of several columns."""


def targets(catalogue: Catalogue, name: str) -> dict[str, Target]:
    """The targets of a kind, by name. Customers are companies or people: both have theirs."""
    if name == "customer":
        company = targets(catalogue, "company")
        return {**company, **targets(catalogue, "person"), "name": company["name"]}
    kind = catalogue.kind(name)
    if not kind.writable:
        raise UserError(f"A {kind.name} is worked out by the program and cannot be imported.")
    found = {field.name: Target(field.name, field.type, field) for field in kind.fields.values() if field.editable}
    for extra in _extras(kind):
        found.setdefault(extra.name, extra)
    return found


def one(kind: str) -> str:
    """One record of a kind as sentences call it: "an activity"."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind.replace('_', ' ')}"


PLACES = "addresses"
"""The column of our exports that holds postal addresses as JSON, where one line of an address is not all."""


def _extras(kind: Kind) -> Iterator[Target]:
    yield Target("id", FieldType.INTEGER)
    if "street" in kind.fields:
        yield Target(PLACES, FieldType.LONG_TEXT)
    if kind.name in _PEOPLE:
        yield Target("name", FieldType.TEXT)
    for way in ("email", "phone"):
        if way in kind.fields:
            yield Target(f"{way}_label", FieldType.TEXT, of=way)
            yield from (Target(f"{way}_{flag}", FieldType.YES_NO, of=way) for flag in FLAGS)
    if kind.name == "deal":
        yield Target("status", FieldType.CHOICE, kind.fields["status"])
        yield Target("stage_since", FieldType.DATE)
    amounts = [field.name for field in kind.fields.values() if field.type is FieldType.MONEY and field.editable]
    for name in amounts:
        yield Target(f"{name}_currency", FieldType.TEXT)
    if amounts:
        yield Target("currency", FieldType.TEXT)
    for field in kind.fields.values():
        if field.type is FieldType.LINK and field.editable:
            yield from _link_keys(field)


def _link_keys(field: Field) -> Iterator[Target]:
    keys = {"company": ("id", "domain"), "person": ("id", "email"), "lead": ("id", "email"), "product": ("id", "code")}
    for way in keys.get(field.target or "", ("id",)):
        yield Target(f"{field.name}_{way}", FieldType.TEXT, link=field.name)


def codes(labels: Labels, kind: str, field: Field) -> Mapping[str, str]:
    """The choices of a field, by every name they go by, folded."""
    return {key(code): code for code in field.choices} if field.custom else labels.codes(kind, field.name)


def is_outcome(kind: str, target: Target, known: Mapping[str, Target]) -> bool:
    """Whether a target is what a lead became, which our own exports alone know."""
    if kind != "lead" or not target.is_link:
        return False
    field = known[target.link or target.name].field
    return field is None or not (field.custom or field.name == "status")


_NUMBER = re.compile(rf"(?<=.)_(\d+)(?=$|_(?:label|{'|'.join(FLAGS)})$)")


def base_name(target: str) -> str:
    """`email` for `email_2`, `email_label` for `email_2_label`, the name itself where it bears no number."""
    return _NUMBER.sub("", target)


def number_of(target: str) -> int:
    """The number that a column of several bears; the first bears none."""
    found = _NUMBER.search(target)
    return int(found[1]) if found else 1


_SEVERAL = "several "
_ID = "_id"
_OWN_FIELD = re.compile(
    rf"(?P<label>.+) \[(?P<several>{_SEVERAL})?(?P<type>[a-z_]+)(?:: (?P<more>.+))?\](?P<id>{_ID})?"
)


def own_header(field: Field) -> str:
    """The name of a column that brings a field of the user's own along, so that it can be made anew."""
    more = field.target or " | ".join(field.choices)
    several = _SEVERAL if field.multi else ""
    return f"{field.label} [{several}{field.type.value}{f': {more}' if more else ''}]"


def own_field(header: str) -> tuple[str, Holds] | None:
    """The label of the field that such a column, or the one of ids beside it, stands for, and what it holds."""
    match = _OWN_FIELD.fullmatch(header)
    if match is None or match["type"] not in list(FieldType):
        return None
    type_, more = FieldType(match["type"]), match["more"]
    if type_ is FieldType.LINK:
        return match["label"], Holds(type_, target=more)
    choices = tuple((more or "").split(" | ")) if type_ is FieldType.CHOICE else ()
    return match["label"], Holds(type_, choices, bool(match["several"]))


def holds_ids(header: str) -> bool:
    """Whether a column brings the ids beside the names of a link of the user's own."""
    match = _OWN_FIELD.fullmatch(header)
    return match is not None and match["id"] is not None
