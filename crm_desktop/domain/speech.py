"""How filters may be typed in the words of a language, beside the names of the catalogue.

Fields, relations and choices go by their labels; "no visit in 60 days" and "call since 1 May" ask for related records,
and days are told as "3 weeks ago" or "in 2 months".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation
from crm_desktop.domain.filter import EVERYTHING, Compare, Exists, Node, Not, Op, any_of, both, is_
from crm_desktop.domain.folding import key
from crm_desktop.domain.periods import Side
from crm_desktop.domain.spoken_times import DUE, OPENING, Times, When
from crm_desktop.domain.terms import TWO_WAY
from crm_desktop.errors import UserError

_TOUCH = "last_touch"
_TYPE = "type"
_LONGEST = 4
"""Words of the longest name of a thing."""
_SHORTEST = 3
"""Letters of the shortest beginning of a label that means what the label does."""
_REACHED = (FieldType.EMAIL, FieldType.PHONE, FieldType.URL)
_COUNTED = (FieldType.INTEGER, FieldType.NUMBER)


class Labels(Protocol):
    """What people read for the names of the catalogue."""

    language: str

    def kind(self, kind: str, plural: bool = False) -> str:
        """One record of a kind, or many."""

    def field(self, kind: str, name: str) -> str:
        """A field."""

    def choice(self, kind: str, field: str, code: str) -> str:
        """A choice."""

    def codes(self, kind: str, field: str) -> Mapping[str, str]:
        """Other names of choices, as `key` makes them, with their codes."""

    def synonyms(self, kind: str, field: str) -> Sequence[str]:
        """Other names of a field."""


class _Names:
    """The names of the catalogue themselves."""

    language = ""

    def kind(self, kind: str, plural: bool = False) -> str:
        return kind

    def field(self, kind: str, name: str) -> str:
        return name

    def choice(self, kind: str, field: str, code: str) -> str:
        return code

    def codes(self, kind: str, field: str) -> Mapping[str, str]:
        return {}

    def synonyms(self, kind: str, field: str) -> Sequence[str]:
        return ()


@dataclass(frozen=True, slots=True)
class Thing:
    """What a word asks for: records of a relation that meet a condition; without one when there last was contact."""

    relation: Relation | None
    where: Node = EVERYTHING

    @property
    def side(self) -> Side:
        """On which side of today it is looked for."""
        return Side.AHEAD if self.relation is not None and self.relation.when in DUE else Side.BACK

    def found(self, when: When | None) -> Node | None:
        """The condition that there is such a thing, at a time; None where the time cannot be asked for."""
        if self.relation is None:
            return _contact(when)
        if when is None:
            return Exists(self.relation.name, self.where)
        day = self.relation.when
        return Exists(self.relation.name, both(self.where, when(day))) if day is not None else None


def _contact(when: When | None) -> Node:
    """Contact at a time; the last one tells nothing of a time that ended before it."""
    if when is None:
        return Compare(_TOUCH, Op.EMPTY, False)
    last = when(_TOUCH)
    if isinstance(last, Compare) and last.op is Op.AT_LEAST:
        return last
    return Exists("activities", both(any_of(_TYPE, sorted(TWO_WAY)), when("happened_on")))


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of a language; those of `times` tell days, and what is not there."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue({}))
    labels: Labels = field(default_factory=_Names)
    times: Times = field(default_factory=Times)
    offers: Sequence[str] = ()
    """Sentences that are offered, with %1 for the thing that they are about."""
    _known: dict[str, dict[str, Thing]] = field(default_factory=dict, compare=False)

    @property
    def says(self) -> Mapping[str, Sequence[str]]:
        """The small words of the language, by what they mean."""
        return self.times.says

    # names

    def fields(self, kind: Kind, label: str) -> list[str]:
        """The fields of a kind that are called so, else those whose label begins so."""
        known = {f.name: key(self.label(kind, f)) for f in kind.fields.values()}
        wanted = key(label)
        exact = [name for name, called in known.items() if called == wanted]
        return exact or [name for name, called in known.items() if wanted and called.startswith(wanted)]

    def relation(self, kind: Kind, label: str) -> str | None:
        """The relation of a kind whose records are called so."""
        wanted = key(label)
        return next((r.name for r in kind.relations.values() if key(self.labels.kind(r.kind, True)) == wanted), None)

    def choice(self, kind: str, of: Field, text: str) -> str | None:
        """The choice of a field that a text names."""
        wanted = key(text)
        return next((code for code in of.choices if key(self.labels.choice(kind, of.name, code)) == wanted), None)

    # things and when they were

    def reserved(self, word: str) -> bool:
        """Whether a word searched for could be read as a part of such a sentence."""
        return any(self.times.means(word, name) for name in ("no", *OPENING))

    def sentence(self, kind: Kind, words: Sequence[str]) -> tuple[Node, int] | None:
        """The condition that words tell from the first on, and how many words tell it; None where they tell none.

        UserError where they begin with an absence whose time cannot be read.
        """
        if words and self.times.means(words[0], "no"):
            return self._absence(kind, words)
        if not any(self.times.means(word, name) for word in words[1 : _LONGEST + 1] for name in OPENING):
            return None
        named = self._thing(kind, words)
        time = self.times.time(words[named[1] :], named[0].side) if named is not None else None
        if named is None or time is None:
            return None
        found = named[0].found(time[0])
        return None if found is None else (found, named[1] + time[1])

    def _absence(self, kind: Kind, words: Sequence[str]) -> tuple[Node, int] | None:
        """No visit in 60 days, no e-mail; None where the words name nothing that could be absent."""
        thing, used = self._thing(kind, words[1:]) or (None, 0)
        field, long = self._field(kind, words[1:]) or (None, 0)
        begun = words[: 1 + max(used, long)]
        rest = words[len(begun) :]
        if thing is None and field is None:
            return None
        time = self.times.time(rest, thing.side if thing is not None else Side.BACK)
        if self.times.begin(rest if time is None else rest[time[1] :]):
            raise _not_understood(begun, rest if time is None else rest[time[1] :])
        if field is not None and time is None and long >= used + (field.type not in _REACHED):
            return _without(field), len(begun)
        when, more = time or (None, 0)
        found = thing.found(when) if thing is not None else None
        if found is None:
            raise _not_understood(begun, rest)
        return _absent(found), 1 + used + more

    def _field(self, kind: Kind, words: Sequence[str]) -> tuple[Field, int] | None:
        """The field that words name by its label, its name or else another name, and how many do."""
        fields = tuple(kind.fields.values())
        known = {key(other): f for f in reversed(fields) for other in self.labels.synonyms(kind.name, f.name)}
        known |= {key(f.name): f for f in fields} | {key(self.label(kind, f)): f for f in fields}
        reached = {name: f for name, f in known.items() if f.type in _REACHED}
        found = (
            _longest(known, words, self.says.get("endings", ())), _longest(reached, words, self.says.get("reached", ()))
        )
        return max(filter(None, found), key=lambda each: each[1], default=None)

    def label(self, kind: Kind, known: Field) -> str:
        """What a field of a kind is called."""
        return known.label or self.labels.field(kind.name, known.name)

    def _thing(self, kind: Kind, words: Sequence[str]) -> tuple[Thing, int] | None:
        known = self._known.get(kind.name) or self._known.setdefault(kind.name, self.things(kind))
        return _longest(known, words, self.says.get("endings", ()))

    def things(self, kind: Kind) -> dict[str, Thing]:
        """What can be asked for of a kind by a word, by the `key` of the word."""
        found: dict[str, Thing] = {}
        relations = sorted(kind.relations.values(), key=lambda relation: relation.when in DUE)
        for relation in relations:
            for plural in (False, True):
                found.setdefault(key(self.labels.kind(relation.kind, plural)), Thing(relation))
        if _TOUCH in kind.fields:
            found |= {word: Thing(None) for word in self.says.get("contact", ()) if word not in found}
        for relation in relations:
            for name, where in self._types(relation):
                found.setdefault(name, Thing(relation, where))
        return found

    def sentences(self, kind: Kind) -> list[str]:
        """Sentences of related records to choose from."""
        things = []
        for relation in sorted(kind.relations.values(), key=lambda relation: relation.name != "activities"):
            if relation.when is not None and relation.when not in DUE:
                known = self.catalogue.kinds.get(relation.kind)
                of = known.fields.get(_TYPE) if known is not None else None
                things.append(self.labels.kind(relation.kind))
                things += [self.labels.choice(relation.kind, _TYPE, code) for code in (of.choices if of else ())]
        nouns = things if self.labels.language == "de" else [thing[:1].lower() + thing[1:] for thing in things]
        return [offer.replace("%1", noun) for offer in self.offers for noun in dict.fromkeys(nouns)]

    def _types(self, relation: Relation) -> Iterator[tuple[str, Node]]:
        """The types of related records by their labels, the beginnings of several labels, and their other names."""
        known = self.catalogue.kinds.get(relation.kind)
        of = known.fields.get(_TYPE) if known is not None else None
        begun: dict[str, list[str]] = {}
        for code in of.choices if of is not None else ():
            label = self.labels.choice(relation.kind, _TYPE, code).split()
            yield key("".join(label)), is_(_TYPE, code)
            for count in range(1, len(label)):
                begun.setdefault(key("".join(label[:count])), []).append(code)
        for name, codes in begun.items():
            if len(name) >= _SHORTEST:
                yield name, any_of(_TYPE, codes) if len(codes) > 1 else is_(_TYPE, codes[0])
        for name, code in self.labels.codes(relation.kind, _TYPE).items():
            if name != key(code) or name == code:
                # Of the code "email_in" nobody thinks who writes "no e-mail in 14 days".
                yield name, is_(_TYPE, code)


_Known = TypeVar("_Known")


def _longest(known: Mapping[str, _Known], words: Sequence[str], endings: Collection[str]) -> tuple[_Known, int] | None:
    """What as many words as possible name, whatever they end in, and how many do."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        name = key("".join(words[:count]))
        for ending in ("", *endings):
            found = known.get(name.removesuffix(ending)) if name.endswith(ending) else None
            if found is not None:
                return found, count
    return None


def _not_understood(begun: Sequence[str], rest: Sequence[str]) -> UserError:
    return UserError(
        f"“{' '.join(rest[:3])}” after “{' '.join(begun)}” is not understood; write a time like “in 60 days”,"
        " “since 1 May”, “last week” or “in May”, and words to search for in quotes."
    )


def _without(known: Field) -> Node:
    """A field has no value; of a number that is nothing too, of yes or no that it is not so."""
    if known.type in _COUNTED:
        return Not(Compare(known.name, Op.MORE, 0))
    return Not(is_(known.name, True)) if known.type is FieldType.YES_NO else Compare(known.name, Op.EMPTY, True)


def _absent(node: Node) -> Node:
    return Compare(node.path, node.op, True) if isinstance(node, Compare) and node.op is Op.EMPTY else Not(node)


MUTE = Speech()
"""The names of the catalogue alone."""
