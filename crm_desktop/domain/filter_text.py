"""The typed form of a filter: `score>70 source:fair next:none`.

Conditions stand side by side and all must hold; `OR`, `-` (not) and parentheses work as expected. A condition is a
field (or the beginning of its name), one of `: = != > >= < <= ^` and a value; `none` and `any` ask whether there is a
value, commas list several, quotes keep words together. Days are ISO dates, `today`, `-60d`, `+2w`, `-6m` or `-1y`,
months `2026-11`, and spans that move along `this_week`, `last_month`, `next_year` or `month-3`.
Words say the same where the language is known: `no visit in 60 days`, `call since 1 May`, `added>=3 weeks ago`; a field
goes by its label too, in quotes where that has several words: `"Last contact"<-30d`.
Related records stand with their own conditions: `activities(type:visit happened_on>=-60d)`, `deals>=2`,
`sum(deals.amount)>1000`, `sum(deals.amount)(status:open)>1000EUR`. A linked record is named, or given by its id. Any
other word is searched for.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation, UnknownName
from crm_desktop.domain.filter import (
    EVERYTHING,
    ID,
    All,
    Compare,
    Either,
    Exists,
    Filter,
    Node,
    Not,
    Op,
    Scalar,
    Total,
    Words,
    between,
    both,
    parts,
)
from crm_desktop.domain.filter_values import DATED, amount, in_quotes, number, quoted, scalar, turn, typed, unquoted
from crm_desktop.domain.folding import looks_like_number
from crm_desktop.domain.speech import MUTE, Speech
from crm_desktop.errors import UserError

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<open>\() | (?P<close>\)) |
    (?P<sum>sum\([\w.]+\)) |
    (?P<name>(?:[^\W\d][\w-]*|"(?:[^"\\]|\\.)+")(?:\.(?:[\w-]+|"(?:[^"\\]|\\.)+"))*)(?P<op>!=|>=|<=|[:=<>^]) |
    (?P<quoted>"(?:[^"\\]|\\.)*") | (?P<related>[^\W\d]\w*)(?=\() |
    (?P<op_alone>!=|>=|<=|[:=<>^]) | (?P<minus>-)(?=\S) | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE | re.UNICODE,
)
_OPS = {"=": Op.IS, "!=": Op.IS_NOT, ">": Op.MORE, ">=": Op.AT_LEAST, "<": Op.LESS, "<=": Op.AT_MOST, "^": Op.STARTS}
_SIGNS = {op: sign for sign, op in _OPS.items()} | {Op.CONTAINS: ":", Op.ANY_OF: "="}
_COUNT_SIGN = re.compile(r"!=|>=|<=|[=<>]")
_NEVER = "-()"
_GROUP = re.compile(r"\s+([\d+][\d+./-]*)(?=[\s)]|$)")
_VALUE = re.compile(r'\s*((?:"(?:[^"\\]|\\.)*"|[^\s()",]+)(?:\s*,\s*(?:"(?:[^"\\]|\\.)*"|[^\s()",]+))*)')
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s()",]+')
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?\s*(?:[A-Z]{3})?")
"""A list of numbers that looks like one number with signs between its thousands."""
_NUMERIC = (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY)
_PART = re.compile(r'"(?:[^"\\]|\\.)+"|[\w-]+')
_SPOKEN = re.compile(r'\s*(\w[^\s()",:=<>^!]*)(?=[\s)]|$)')
_MOST_SPOKEN = 12
"""Words of the longest sentence: no role at a company within the last 30 days."""


def parse(catalogue: Catalogue, kind: str, text: str, speech: Speech = MUTE) -> Filter:
    """The filter of a typed form; UserError with one sentence where it cannot be understood."""
    reader = _Reader(catalogue, text, speech)
    try:
        node = reader.either(catalogue.kind(kind))
    except RecursionError as error:
        raise UserError("This filter has too many parentheses.") from error
    if reader.at < len(text.rstrip()):
        raise UserError(f"There is a “)” too many before “{text[reader.at + 1 :].strip()[:20]}”.")
    return Filter(catalogue.kind(kind).name, node)


class _Reader:
    def __init__(self, catalogue: Catalogue, text: str, speech: Speech) -> None:
        self._catalogue = catalogue
        self._speech = speech
        self._text = text.rstrip()
        self.at = 0

    def either(self, kind: Kind) -> Node:
        """Alternatives up to a closing parenthesis or the end."""
        found: list[Node] = []
        bare = False
        while not found or self._skip("OR") or self._skip("|"):
            start = self.at
            found.append(self._all(kind))
            bare = bare or self.at == start
        if bare and len(found) > 1:
            raise UserError("“OR” needs a condition on each side; put it in quotes to search for it.")
        return found[0] if len(found) == 1 else Either(tuple(found))

    def _all(self, kind: Kind) -> Node:
        found: list[Node] = []
        while self.at < len(self._text) and not self._ahead(")") and not self._ahead_word("OR", "|"):
            found.append(self._one(kind))
        return both(*found)

    def _one(self, kind: Kind) -> Node:
        words, ends = self._spoken()
        told = self._speech.sentence(kind, words)
        if told is not None:
            self.at = ends[told[1] - 1]
            return told[0]
        match = _TOKEN.match(self._text, self.at)
        if match is None:
            raise UserError(f"“{self._text[self.at :].strip()[:20]}” is not understood; put text with signs in quotes.")
        self.at = match.end()
        if match["minus"] or (match["word"] or "").lower() == "not":
            return Not(self._denied(kind, match[0].strip()))
        if match["open"]:
            return self._closed(kind)
        if match["related"]:
            return self._related(kind, match["related"])
        if match["sum"]:
            return self._sum(kind, match["sum"][4:-1])
        if match["name"]:
            return self._condition(kind, match["name"], match["op"])
        if match["word"]:
            return Words(self._number_typed(match["word"]))
        return Words(unquoted(match["quoted"] or match["op_alone"] or ""))

    def _denied(self, kind: Kind, sign: str) -> Node:
        if self.at == len(self._text) or self._ahead(")"):
            raise UserError(f"“{sign}” needs a condition behind it; put it in quotes to search for it.")
        return self._one(kind)

    def _number_typed(self, word: str) -> str:
        """A word; of a phone number, or a part of one, the groups that follow belong to it."""
        while looks_like_number(word) and (more := _GROUP.match(self._text, self.at)) is not None:
            word, self.at = f"{word} {more[1]}", more.end()
        return word

    def _spoken(self) -> tuple[list[str], list[int]]:
        """The bare words that come next, and where each ends."""
        words: list[str] = []
        ends: list[int] = []
        at = self.at
        while len(words) < _MOST_SPOKEN and (match := _SPOKEN.match(self._text, at)) is not None:
            at = match.end()
            words.append(match[1])
            ends.append(at)
        return words, ends

    def _closed(self, kind: Kind) -> Node:
        found = self.either(kind)
        if not self._skip(")"):
            raise UserError("A “(” is not closed.")
        return found

    def _related(self, kind: Kind, name: str) -> Node:
        relation = self._relation(kind, name)
        self._skip("(")
        where = self._closed(self._catalogue.kind(relation.kind))
        match = _COUNT_SIGN.match(self._text, self.at)
        if match is None:
            return Exists(relation.name, where)
        self.at = match.end()
        return Total(relation.name, _OPS[match[0]], number(self._number(match[0])), None, where)

    def _relation(self, kind: Kind, name: str) -> Relation:
        called = name if name in kind.relations else self._speech.relation(kind, name)
        return self._catalogue.relation(kind.name, called or name)

    def _sum(self, kind: Kind, path: str) -> Node:
        name, _, of = path.partition(".")
        relation = self._relation(kind, name)
        other = self._catalogue.kind(relation.kind)
        field = self._catalogue.field(other.name, resolve(self._catalogue, other, of, self._speech))
        where = self._closed(self._catalogue.kind(relation.kind)) if self._skip("(") else EVERYTHING
        match = _COUNT_SIGN.match(self._text, self.at)
        if match is None:
            raise UserError(f"“sum({path})” needs a sign and a number, like sum({path})>1000.")
        self.at = match.end()
        value = self._number(match[0])
        held = amount(value) if field.type is FieldType.MONEY else number(value)
        return Total(relation.name, _OPS[match[0]], held, field.name, where)

    def _condition(self, kind: Kind, name: str, sign: str) -> Node:
        if name == ID:
            return self._chosen(sign)
        first, _, rest = name.partition(".")
        if first in kind.relations and first not in kind.fields:
            return self._of_relation(kind, first, rest, sign)
        try:
            path = resolve(self._catalogue, kind, name, self._speech)
        except UnknownName:
            related = self._speech.relation(kind, unquoted(first))
            if related is None:
                raise
            return self._of_relation(kind, related, rest, sign)
        owner = self._catalogue.field(kind.name, path.rpartition(".")[0]).target if "." in path else kind.name
        reads = _Values(owner or kind.name, path, self._catalogue.field(kind.name, path), self._speech)
        texts = self._told_day() if reads.field.type in DATED else None
        return reads.compared(sign, texts or self._values(numeric=reads.field.type in _NUMERIC))

    def _chosen(self, sign: str) -> Node:
        """Records picked by their numbers."""
        if sign not in (":", "=", "!="):
            raise UserError(f"A record has one number: “{ID}{sign}” is not understood; write {ID}=7,9 or {ID}!=7.")
        chosen = Compare(ID, Op.ANY_OF, tuple(number(value) for value in self._values()))
        return Not(chosen) if sign == "!=" else chosen

    def _told_day(self) -> list[str] | None:
        """A day told in several words, as one value: "3 weeks ago", "1 May"."""
        words, ends = self._spoken()
        told = self._speech.times.day(words)
        if told < 2:
            return None
        self.at = ends[told - 1]
        return [" ".join(words[:told])]

    def _of_relation(self, kind: Kind, name: str, rest: str, sign: str) -> Node:
        relation = self._relation(kind, name)
        if rest:
            return Exists(name, self._condition(self._catalogue.kind(relation.kind), rest, sign))
        value = self._number(sign)
        if value in ("none", "any"):
            return Not(Exists(name)) if value == "none" else Exists(name)
        return Total(name, _OPS.get(sign, Op.IS), number(value))

    def _number(self, sign: str) -> str:
        """The one value of a number."""
        values = self._values(numeric=True)
        return values[0] if len(values) == 1 else _refuse(sign, values)

    def _values(self, *, numeric: bool = False) -> list[str]:
        match = _VALUE.match(self._text, self.at)
        if match is None:
            raise UserError(f"A value is missing after “{self._text[: self.at].split()[-1]}”.")
        self.at = match.end()
        if numeric and (one := _GROUPED.fullmatch(match[1])):
            bare, spaced = one[1].replace(",", ""), one[1].replace(",", ", ")
            raise UserError(f"“{one[1]}” may be one number or several; write {bare} or {spaced}.")
        return _PIECE.findall(match[1])

    def _skip(self, word: str) -> bool:
        end = r"(?=\s|$)" if word.isalpha() else ""
        match = re.compile(rf"\s*{re.escape(word)}{end}").match(self._text, self.at)
        if match is not None:
            self.at = match.end()
        return match is not None

    def _ahead(self, sign: str) -> bool:
        return self._text[self.at :].lstrip().startswith(sign)

    def _ahead_word(self, *words: str) -> bool:
        return self._text[self.at :].split(None, 1)[:1] in ([word] for word in words)


def resolve(catalogue: Catalogue, kind: Kind, name: str, speech: Speech = MUTE) -> str:
    """The full path of a name of which each part may be the beginning of a field's name, or of its label.

    In quotes it is the label first of all.
    """
    parts = _PART.findall(name)
    path = []
    for at, part in enumerate(parts, 1):
        field = kind.fields[_resolved(kind, part, speech)]
        path.append(field.name)
        if at < len(parts):
            if field.target is None:
                raise UnknownName(f"“{field.name}” of a {kind.name} does not lead to another record.")
            kind = catalogue.kind(field.target)
    return ".".join(path)


def _resolved(kind: Kind, part: str, speech: Speech) -> str:
    bare = unquoted(part)
    begun = [known for known in kind.fields if known.startswith(bare.lower())]
    if bare in kind.fields and part == bare:
        return bare
    found = begun if part == bare and len(begun) == 1 else speech.fields(kind, bare) or begun
    if not found:
        raise UnknownName(f"A {kind.name} has no field “{bare}”.")
    if part == bare:  # “close” begins “closed_on”, but is a word of “expected_close”
        found = [*found, *(f for f in kind.fields if bare.lower() in f.split("_")[1:] and f not in found)]
    if len(found) > 1 and bare == "next" and "next_activity" in found:
        return "next_activity"
    if len(found) > 1:
        raise UnknownName(f"“{bare}” may be {' or '.join(found[:4])}; type more of it.")
    return found[0]


def _refuse(sign: str, texts: list[str]) -> NoReturn:
    raise UserError(f"“{sign}” takes one value, not {len(texts)}.")


@dataclass(frozen=True, slots=True)
class _Values:
    """Reads what is typed for the field at the end of a path, which is one of the kind `owner`."""

    owner: str
    path: str
    field: Field
    speech: Speech

    def compared(self, sign: str, texts: list[str]) -> Node:
        """The field held against what is typed."""
        field, path = self.field, self.path
        if texts in (["none"], ["any"]) and sign in (":", "=", "!="):
            return Compare(path, Op.EMPTY, (texts == ["none"]) is not (sign == "!="))
        loose = sign == ":" and (field.type.textual or field.type is FieldType.LINK or field.multi)
        op = Op.CONTAINS if loose else _OPS.get(sign, Op.IS)
        if len(texts) > 1 and op in (Op.IS, Op.CONTAINS):
            if op is Op.IS and field.type not in DATED:
                return Compare(path, Op.ANY_OF, tuple(map(self._scalar, texts)))
            return Either(tuple(self._single(op, text) for text in texts))
        if len(texts) > 1:
            _refuse(sign, texts)
        return self._single(op, texts[0])

    def _scalar(self, text: str) -> Scalar:
        return scalar(self.owner, self.field, text, self.speech)

    def _single(self, op: Op, text: str) -> Node:
        if self.field.type is FieldType.ANNIVERSARY:
            return self._coming_back(op, text)
        month = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if month and op is Op.IS and self.field.type in DATED:
            year, which = int(month[1]), int(month[2])
            if year and 1 <= which <= 12:
                last = calendar.monthrange(year, which)[1]
                return between(self.path, date(year, which, 1), date(year, which, last))
        return Compare(self.path, op, self._scalar(text))

    def _coming_back(self, op: Op, text: str) -> Node:
        """An anniversary may be asked for by its year, its month or its day."""
        value = unquoted(text)
        if op is Op.STARTS or (op is Op.IS and re.fullmatch(r"\d{4}", value)):
            return Compare(self.path, Op.STARTS, value)
        month = re.fullmatch(r"--(\d{2})", value)
        if op is Op.IS and month and 1 <= int(month[1]) <= 12:
            last = calendar.monthrange(2000, int(month[1]))[1]
            return between(self.path, f"{value}-01", f"{value}-{last}")
        return Compare(self.path, op, turn(value, self.speech))


def text_of(wanted: Filter, speech: Speech = MUTE) -> str:
    """The typed form of a filter; `parse` gives one of the same meaning back."""
    return " ".join(_texts(wanted.where, speech))


def _texts(node: Node, speech: Speech) -> Iterator[str]:
    before = False
    for part in parts(node):
        # Side by side two numbers would be one.
        yield in_quotes(part.text) if isinstance(part, Words) and before and _number(part) else _text(part, speech)
        before = _number(part)


def _number(node: Node) -> bool:
    return _number(node.part) if isinstance(node, Not) else isinstance(node, Words) and looks_like_number(node.text)


def _text(node: Node, speech: Speech) -> str:
    match node:
        case All():
            return f"({' '.join(_texts(node, speech))})"
        case Either(()) | Compare(op=Op.ANY_OF, value=()):
            return _NEVER
        case Either():
            return f"({' OR '.join(' '.join(_texts(part, speech)) or '()' for part in node.parts)})"
        case Not():
            return f"-{_text(node.part, speech)}"
        case Words():
            return in_quotes(node.text) if speech.reserved(node.text) else quoted(node.text)
        case Exists():
            return f"{node.relation}({' '.join(_texts(node.where, speech))})"
        case Total():
            head = node.relation if node.of is None else f"sum({node.relation}.{node.of})"
            where = "" if node.of and node.where == EVERYTHING else f"({' '.join(_texts(node.where, speech))})"
            return f"{head}{where}{_SIGNS[node.op]}{typed(node.value)}"
        case Compare():
            return _compare_text(node)


def _compare_text(node: Compare) -> str:
    if node.op is Op.EMPTY:
        return f"{node.path}:{'none' if node.value else 'any'}"
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    told = ",".join(typed(value) for value in values)
    return f"{node.path}{_SIGNS[node.op]}{told.replace(',', ', ') if _GROUPED.fullmatch(told) else told}"
