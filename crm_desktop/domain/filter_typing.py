"""What can be typed next in the typed form of a filter: which name or value stands at the cursor."""

import re
from dataclasses import dataclass

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, UnknownName
from crm_desktop.domain.filter_text import resolve

_OPENING = re.compile(r'"(?:[^"\\]|\\.)*"?|(?P<sum>sum\((?P<of>\w+)\.\w+\))|(?P<name>\w*)\(|\)')
_WORD = re.compile(
    r'(?P<path>[^\W\d]\w*(?:\.\w*)*)(?P<sign>!=|>=|<=|[:=<>^])(?P<value>(?:"[^"]*"|[^\s()"])*(?:"[^"]*)?)$'
)
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w*)*$")
MOVING = ("today", "-7d", "-30d", "-60d", "+7d", "-12m", "this_month", "last_month", "next_month", "this_quarter",
          "last_quarter", "this_year", "last_year")  # fmt: skip
EMPTINESS = ("none", "any")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at the cursor: the beginning of a name of `kind`, or of a value of its `field`.

    `begun` is what is typed of it, from `start` on; a name may be reached over the links in `before`.
    """

    kind: str
    begun: str
    start: int
    field: Field | None = None
    before: str = ""


def place(catalogue: Catalogue, kind: str, text: str) -> Place:
    """What the end of a text begins to say of the records of a kind."""
    here = _inside(catalogue, kind, text)
    word = _WORD.search(text)
    if word is not None and _begins_word(text, word.start()):
        value = word["value"].rpartition(",")[2]
        field = _field(catalogue, here, word["path"])
        if field is not None:
            owner = _owner(catalogue, here, word["path"])
            return Place(owner, value.lstrip('"'), len(text) - len(value), field)
    name = _NAME.search(text)
    if name is None or not _begins_word(text, name.start()):
        return Place(here, "", len(text))
    links, _, begun = name[0].rpartition(".")
    owner = _owner(catalogue, here, name[0]) if links else here
    return Place(owner, begun, len(text) - len(begun), before=links)


def suggestions(catalogue: Catalogue, found: Place) -> list[str]:
    """What may stand there: names with the sign that follows them, or values that need not be looked up."""
    if found.field is not None:
        return [*_values(found.field), *EMPTINESS]
    known = catalogue.kinds.get(found.kind)
    if known is None:
        return []
    names = sorted(known.fields)
    return names if found.before else [*names, *(f"{name}(" for name in sorted(known.relations))]


def _values(field: Field) -> list[str]:
    match field.type:
        case FieldType.CHOICE:
            return list(field.choices)
        case FieldType.YES_NO:
            return ["yes", "no"]
        case FieldType.DATE | FieldType.INSTANT:
            return list(MOVING)
    return []


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " (-"


def _inside(catalogue: Catalogue, kind: str, text: str) -> str:
    """The kind of record that the innermost open parenthesis is about."""
    kinds = [kind]
    summed = ""
    for match in _OPENING.finditer(text):
        if match["sum"]:
            summed = match["of"]
        elif match[0] == ")":
            del kinds[max(1, len(kinds) - 1) :]
        elif match[0].endswith("(") and match["name"] is not None:
            relation = catalogue.kinds[kinds[-1]].relations.get(match["name"] or summed)
            kinds.append(relation.kind if relation is not None else kinds[-1])
            summed = ""
    return kinds[-1]


def _field(catalogue: Catalogue, kind: str, path: str) -> Field | None:
    try:
        known = catalogue.kind(kind)
        return catalogue.field(kind, resolve(catalogue, known, path))
    except UnknownName:
        return None


def _owner(catalogue: Catalogue, kind: str, path: str) -> str:
    """The kind at the end of the links of a path."""
    here: Kind | None = catalogue.kinds.get(kind)
    for name in path.split(".")[:-1]:
        field = here.fields.get(name) if here is not None else None
        here = catalogue.kinds.get(field.target or "") if field is not None else None
    return here.name if here is not None else ""
