"""How filters may be typed in the words of a language, beside the names of the catalogue.

Fields, relations and choices go by their labels; "no visit in 60 days" and "call since 1 May" ask for related records,
and days are told as "3 weeks ago" or "in 2 months". `Speech.says` holds the small words of the language.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from crm_desktop.domain.catalogue import Catalogue, Field, Kind, Relation
from crm_desktop.domain.filter import (
    EVERYTHING,
    FURTHEST,
    FURTHEST_MONTHS,
    SPANS,
    Compare,
    Days,
    Exists,
    Months,
    Moving,
    Node,
    Not,
    Op,
    Span,
    any_of,
    between,
    both,
    is_,
)
from crm_desktop.domain.folding import fold, key

AHEAD = frozenset({"task"})
"""Kinds whose day lies ahead: of them "in 30 days" means the next ones."""
_TOUCH = "last_touch"
_TYPE = "type"
_LONGEST = 4
"""Words of the longest name of a thing, and of a date."""
_SHORTEST = 3
"""Letters of the shortest beginning of a label that means what the label does."""
_UNITS: dict[str, tuple[type[Days] | type[Months], int]] = {
    "day": (Days, 1), "week": (Days, 7), "month": (Months, 1), "quarter": (Months, 3), "year": (Months, 12),
}  # fmt: skip
_STEPS = {"last": -1, "this": 0, "next": 1}
_NAMED_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_OPENING = ("in", "since", "this", "last", "next")


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


@dataclass(frozen=True, slots=True)
class Thing:
    """What a word asks for: records of a relation that meet a condition; without one when there last was contact."""

    relation: Relation | None
    where: Node = EVERYTHING

    def found(self, when: Callable[[str], Node] | None) -> Node | None:
        """The condition that there is such a thing, at a time; None where the time cannot be asked for."""
        if self.relation is None:
            return when(_TOUCH) if when is not None else Compare(_TOUCH, Op.EMPTY, False)
        if when is None:
            return Exists(self.relation.name, self.where)
        day = self.relation.when
        return Exists(self.relation.name, both(self.where, when(day))) if day is not None else None


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of a language; `read` reads a date as people write it there, None where it is none."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue({}))
    labels: Labels = field(default_factory=_Names)
    says: Mapping[str, Sequence[str]] = field(default_factory=dict)
    read: Callable[[str], date | None] = lambda _text: None
    read_past: Callable[[str], date | None] = lambda _text: None
    """The same, of several days that it may be the last one before today."""
    offers: Sequence[str] = ()
    """Sentences that are offered, with %1 for the thing that they are about."""
    _known: dict[str, dict[str, Thing]] = field(default_factory=dict, compare=False)

    # names

    def fields(self, kind: Kind, label: str) -> list[str]:
        """The fields of a kind that are called so, else those whose label begins so."""
        known = {f.name: key(f.label or self.labels.field(kind.name, f.name)) for f in kind.fields.values()}
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

    # days

    def moving(self, words: Sequence[str]) -> tuple[Moving, int] | None:
        """A day that moves along, told in words from the first on, and how many words tell it."""
        if not words:
            return None
        named = next((offset for name, offset in _NAMED_DAYS.items() if self._is(words[0], name)), None)
        if named is not None:
            return Days(named), 1
        spanned = self._span(words)
        if spanned is not None:
            return spanned
        before, ahead = self._is(words[0], "ago_before"), self._is(words[0], "ahead")
        length = self._length(words[1:] if before or ahead else words)
        if length is None:
            return None
        (made, count), used = length
        if before or ahead:
            return made(-count if before else count), used + 1
        behind = len(words) > used and self._is(words[used], "ago")
        return (made(-count), used + 1) if behind else None

    def day(self, words: Sequence[str]) -> int:
        """How many words tell a day, one that moves along or a date with the name of its month; 0 if they tell none."""
        told = self.moving(words)
        if told is not None:
            return told[1]
        for count in range(min(_LONGEST, len(words)), 1, -1):
            if any(word.isalpha() for word in words[:count]) and self.read(" ".join(words[:count])) is not None:
                return count
        return 0

    def _span(self, words: Sequence[str]) -> tuple[Span, int] | None:
        """This month, last quarter, next year."""
        step = next((offset for name, offset in _STEPS.items() if self._is(words[0], name)), None)
        unit = self._unit(words[1]) if len(words) > 1 else None
        return (Span(unit, step), 2) if step is not None and unit in SPANS else None

    def _length(self, words: Sequence[str]) -> tuple[tuple[type[Days] | type[Months], int], int] | None:
        """A stretch of time: "3 weeks", "a month"; how many words tell it."""
        unit = self._unit(words[1]) if len(words) > 1 else None
        if unit is None or not (words[0].isdecimal() or self._is(words[0], "one")):
            return None
        made, each = _UNITS[unit]
        count = (int(words[0][:6]) if words[0].isdecimal() else 1) * each
        return ((made, count), 2) if count <= (FURTHEST if made is Days else FURTHEST_MONTHS) else None

    def _unit(self, word: str) -> str | None:
        return next((unit for unit in _UNITS if self._is(word, unit)), None)

    def _is(self, word: str, name: str) -> bool:
        return fold(word) in self.says.get(name, ())

    # things and when they were

    def reserved(self, word: str) -> bool:
        """Whether a word searched for could be read as a part of such a sentence."""
        return any(self._is(word, name) for name in ("no", *_OPENING))

    def sentence(self, kind: Kind, words: Sequence[str]) -> tuple[Node, int] | None:
        """The condition that words tell from the first on, and how many words tell it; None where they tell none."""
        absent = bool(words) and self._is(words[0], "no")
        if not absent and not any(self._is(word, name) for word in words[1 : _LONGEST + 1] for name in _OPENING):
            return None
        named = self._thing(kind, words[absent:])
        if named is None:
            return None
        thing, used = named
        used += absent
        time = self._time(words[used:], forward=thing.relation is not None and thing.relation.kind in AHEAD)
        if time is None and not absent:
            return None
        when, more = time or (None, 0)
        found = thing.found(when)
        return None if found is None else (_absent(found) if absent else found, used + more)

    def _thing(self, kind: Kind, words: Sequence[str]) -> tuple[Thing, int] | None:
        known = self._known.get(kind.name) or self._known.setdefault(kind.name, self.things(kind))
        for count in range(min(_LONGEST, len(words)), 0, -1):
            name = key("".join(words[:count]))
            for ending in ("", *self.says.get("endings", ())):
                thing = known.get(name.removesuffix(ending)) if name.endswith(ending) else None
                if thing is not None:
                    return thing, count
        return None

    def things(self, kind: Kind) -> dict[str, Thing]:
        """What can be asked for of a kind by a word, by the `key` of the word."""
        found: dict[str, Thing] = {}
        relations = sorted(kind.relations.values(), key=lambda relation: relation.kind in AHEAD)
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
            if relation.when is not None and relation.kind not in AHEAD:
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

    def _time(self, words: Sequence[str], *, forward: bool) -> tuple[Callable[[str], Node], int] | None:
        """When something was, as a condition on its day, and how many words tell it."""
        if not words:
            return None
        if self._is(words[0], "since"):
            return self._since(words)
        if self._is(words[0], "in"):
            return self._within(words, forward=forward)
        spanned = self._span(words)
        return (lambda day: Compare(day, Op.IS, spanned[0]), spanned[1]) if spanned is not None else None

    def _since(self, words: Sequence[str]) -> tuple[Callable[[str], Node], int] | None:
        told = self.moving(words[1:]) or self._back(words[1:]) or self._dated(words[1:])
        return None if told is None else (lambda day: Compare(day, Op.AT_LEAST, told[0]), told[1] + 1)

    def _back(self, words: Sequence[str]) -> tuple[Moving, int] | None:
        """Since "60 days", as many languages say it."""
        length = self._length(words)
        return None if length is None else (length[0][0](-length[0][1]), length[1])

    def _dated(self, words: Sequence[str]) -> tuple[date, int] | None:
        for count in range(min(_LONGEST, len(words)), 0, -1):
            day = self.read_past(" ".join(words[:count]))
            if day is not None:
                return day, count
        return None

    def _within(self, words: Sequence[str], *, forward: bool) -> tuple[Callable[[str], Node], int] | None:
        """In 60 days, in the last month, within the next 2 weeks."""
        at = 1
        while at < len(words) and self._is(words[at], "article"):
            at += 1
        if at < len(words) and (self._is(words[at], "last") or self._is(words[at], "next")):
            forward = self._is(words[at], "next")
            at += 1
            unit = self._unit(words[at]) if at < len(words) else None
            length = (_UNITS[unit], 1) if unit is not None else self._length(words[at:])
        else:
            length = self._length(words[at:])
        if length is None:
            return None
        (made, count), used = length
        if forward:
            return lambda day: between(day, Days(0), made(count)), at + used
        return lambda day: Compare(day, Op.AT_LEAST, made(-count)), at + used


def _absent(node: Node) -> Node:
    return Compare(node.path, node.op, True) if isinstance(node, Compare) and node.op is Op.EMPTY else Not(node)


MUTE = Speech()
"""The names of the catalogue alone."""
