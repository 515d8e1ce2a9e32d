"""What can be typed next in the typed form of a filter: which name or value stands at the cursor."""

import re
from dataclasses import dataclass

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, UnknownName
from crm_desktop.domain.filter_text import resolve
from crm_desktop.domain.filter_values import in_quotes, quoted
from crm_desktop.domain.folding import fold, key
from crm_desktop.domain.speech import MUTE, Speech

_OPENING = re.compile(r'"(?:[^"\\]|\\.)*"?|(?P<sum>sum\((?P<of>\w+)\.\w+\))|(?P<name>\w*)\(|\)')
_BARE = re.compile(r"[^\W\d][\w-]*")
_QUOTED = r'"(?:[^"\\]|\\.)+"'
_PATH = rf"(?:[^\W\d][\w-]*|{_QUOTED})(?:\.(?:[\w-]*|{_QUOTED}))*"
_WORD = re.compile(rf'(?P<path>{_PATH})(?P<sign>!=|>=|<=|[:=<>^])(?P<value>(?:"[^"]*"|[^\s()"])*(?:"[^"]*)?)$')
_NAME = re.compile(rf"[^\W\d]\w*(?:\.(?:\w*|{_QUOTED}))*$")
_BEGINNING = re.compile(r"(?:^|(?<=[\s(-]))(?=\S)")
_MOVING = ("today", "-7d", "-30d", "-60d", "+7d", "-12m", "this_week", "last_week", "this_month", "last_month",
           "next_month", "this_quarter", "last_quarter", "this_year", "last_year")  # fmt: skip
_EMPTINESS = ("none", "any")


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


def place(catalogue: Catalogue, kind: str, text: str, speech: Speech = MUTE) -> Place:
    """What the end of a text begins to say of the records of a kind."""
    here = _inside(catalogue, kind, text, speech)
    word = _WORD.search(text)
    if word is not None and _begins_word(text, word.start()):
        value = word["value"].rpartition(",")[2]
        field = _field(catalogue, here, word["path"], speech)
        if field is not None:
            owner = _owner(catalogue, here, word["path"], speech)
            return Place(owner, value.lstrip('"'), len(text) - len(value), field)
    spoken = _spoken(catalogue, here, text, speech)
    if spoken is not None:
        return spoken
    name = _NAME.search(text)
    if name is None or not _begins_word(text, name.start()):
        return Place(here, "", len(text))
    links, _, begun = name[0].rpartition(".")
    owner = _owner(catalogue, here, name[0], speech) if links else here
    return Place(owner, begun, len(text) - len(begun), before=links)


def suggestions(catalogue: Catalogue, found: Place, speech: Speech = MUTE) -> dict[str, str]:
    """What may stand there as it is shown, with what is typed for it; values in use are not looked up."""
    if found.field is not None:
        values = _values(found.kind, found.field, speech)
        return values | {value: value for value in _EMPTINESS}
    known = catalogue.kinds.get(found.kind)
    if known is None:
        return {}
    labels = _labels(known, speech)
    # Who types no sign of a name is offered it once: as the window calls it.
    called = set() if "_" in found.begun else set(map(key, labels))
    names = {name: name for name in sorted(known.fields) if key(name) not in called} | labels
    return names if found.before else names | _of_related(known, speech)


def _labels(kind: Kind, speech: Speech) -> dict[str, str]:
    """The fields as the window calls them; in quotes where a field goes by that name, or where it has several words."""
    found = {}
    for name in kind.fields:
        label = speech.labels.field(kind.name, name)
        if fold(label) != name:
            bare = key(label) not in kind.fields and _BARE.fullmatch(label)
            found[label] = label if bare else in_quotes(label)
    return found


def _of_related(kind: Kind, speech: Speech) -> dict[str, str]:
    calls = {f"{name}(": f"{name}(" for name in sorted(kind.relations)}
    return calls | {words: words for words in speech.sentences(kind)}


def _spoken(catalogue: Catalogue, kind: str, text: str, speech: Speech) -> Place | None:
    """The beginning of a label or sentence of several words, at which the text ends."""
    known = catalogue.kinds.get(kind)
    if known is None or not speech.says:
        return None
    offered = [fold(words) for words in (*_labels(known, speech), *speech.sentences(known))]
    for match in _BEGINNING.finditer(text):
        begun = text[match.start() :]
        bare = fold(begun.removeprefix('"'))
        if (" " in bare or begun.startswith('"')) and bare and any(words.startswith(bare) for words in offered):
            return Place(kind, begun.removeprefix('"'), match.start())
    return None


def _values(kind: str, field: Field, speech: Speech) -> dict[str, str]:
    match field.type:
        case FieldType.CHOICE:
            named = {speech.labels.choice(kind, field.name, code): code for code in field.choices}
            return {code: code for code in field.choices} | {
                label: quoted(code) for label, code in named.items() if fold(label) != code
            }
        case FieldType.YES_NO:
            return {"yes": "yes", "no": "no"}
        case FieldType.DATE | FieldType.INSTANT:
            return {value: value for value in _MOVING}
    return {}


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " (-"


def _inside(catalogue: Catalogue, kind: str, text: str, speech: Speech) -> str:
    """The kind of record that the innermost open parenthesis is about."""
    kinds = [kind]
    summed = ""
    for match in _OPENING.finditer(text):
        if match["sum"]:
            summed = match["of"]
        elif match[0] == ")":
            del kinds[max(1, len(kinds) - 1) :]
        elif match[0].endswith("(") and match["name"] is not None:
            here, name = catalogue.kinds[kinds[-1]], match["name"] or summed
            relation = here.relations.get(name) or here.relations.get(speech.relation(here, name) or "")
            kinds.append(relation.kind if relation is not None else kinds[-1])
            summed = ""
    return kinds[-1]


def _field(catalogue: Catalogue, kind: str, path: str, speech: Speech) -> Field | None:
    try:
        return catalogue.field(kind, resolve(catalogue, catalogue.kind(kind), path, speech))
    except UnknownName:
        return None


def _owner(catalogue: Catalogue, kind: str, path: str, speech: Speech) -> str:
    """The kind at the end of the links of a path."""
    links = path.rpartition(".")[0]
    field = _field(catalogue, kind, links, speech) if links else None
    return (field.target or "") if field is not None else ("" if links else kind)
