"""The typed form of a filter: `score>70 source:fair next:none`.

Conditions stand side by side and all must hold; `OR`, `-` (not) and parentheses work as expected. A condition is a
field (or the beginning of its name), one of `: = != > >= < <= ^` and a value; `none` and `any` ask whether there is a
value, commas list several, quotes keep words together. Days are ISO dates, `today`, `-60d`, `+7d` or `-12m` (months),
months `2026-11`, and spans that move along `this_month`, `last_quarter`, `next_year` or `month-3`.
Related records stand with their own conditions: `activities(type:visit happened_on>=-60d)`, `deals>=2`,
`sum(deals.amount)>1000`, `sum(deals.amount)(status:open)>1000EUR`. A linked record is named, or given by its id. Any
other word is searched for.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, UnknownName
from crm_desktop.domain.filter import (
    EVERYTHING,
    FURTHEST_MONTHS,
    ID,
    All,
    Compare,
    Days,
    Either,
    Exists,
    Filter,
    Months,
    Moving,
    Node,
    Not,
    Op,
    Scalar,
    Span,
    Total,
    Words,
    between,
    both,
    parts,
)
from crm_desktop.domain.folding import words
from crm_desktop.domain.money import LARGEST, Money
from crm_desktop.errors import UserError

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<open>\() | (?P<close>\)) | (?P<quoted>"(?:[^"\\]|\\.)*") |
    (?P<sum>sum\([\w.]+\)) |
    (?P<name>[^\W\d]\w*(?:\.\w+)*)(?P<op>!=|>=|<=|[:=<>^]) |
    (?P<related>[^\W\d]\w*)(?=\() |
    (?P<op_alone>!=|>=|<=|[:=<>^]) | (?P<minus>-)(?=\S) | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE | re.UNICODE,
)
_OPS = {"=": Op.IS, "!=": Op.IS_NOT, ">": Op.MORE, ">=": Op.AT_LEAST, "<": Op.LESS, "<=": Op.AT_MOST, "^": Op.STARTS}
_SIGNS = {op: sign for sign, op in _OPS.items()} | {Op.CONTAINS: ":", Op.ANY_OF: "="}
_COUNT_SIGN = re.compile(r"!=|>=|<=|[=<>]")
_NUMBER_OF_RECORD = re.compile(r"\d{10,19}")
_DATED = (FieldType.DATE, FieldType.INSTANT, FieldType.ANNIVERSARY)
_NEVER = "-()"
_VALUE = re.compile(r'\s*((?:"(?:[^"\\]|\\.)*"|[^\s()",]+)(?:\s*,\s*(?:"(?:[^"\\]|\\.)*"|[^\s()",]+))*)')
_STEPS = {"last": -1, "this": 0, "next": 1}
_NAMED_SPAN = re.compile(r"(last|this|next)_(month|quarter|year)")
_SPAN = re.compile(r"(month|quarter|year)([+-]\d{1,3})")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s()",]+')


def parse(catalogue: Catalogue, kind: str, text: str) -> Filter:
    """The filter of a typed form; UserError with one sentence where it cannot be understood."""
    reader = _Reader(catalogue, text)
    try:
        node = reader.either(catalogue.kind(kind))
    except RecursionError as error:
        raise UserError("This filter has too many parentheses.") from error
    if reader.at < len(text.rstrip()):
        raise UserError(f"There is a “)” too many before “{text[reader.at + 1 :].strip()[:20]}”.")
    return Filter(catalogue.kind(kind).name, node)


class _Reader:
    def __init__(self, catalogue: Catalogue, text: str) -> None:
        self._catalogue = catalogue
        self._text = text.rstrip()
        self.at = 0

    def either(self, kind: Kind) -> Node:
        """Alternatives up to a closing parenthesis or the end."""
        found = [self._all(kind)]
        while self._skip("OR") or self._skip("|"):
            found.append(self._all(kind))
        return found[0] if len(found) == 1 else Either(tuple(found))

    def _all(self, kind: Kind) -> Node:
        found: list[Node] = []
        while self.at < len(self._text) and not self._ahead(")") and not self._ahead_word("OR", "|"):
            found.append(self._one(kind))
        return both(*found)

    def _one(self, kind: Kind) -> Node:
        match = _TOKEN.match(self._text, self.at)
        if match is None:
            raise UserError(f"“{self._text[self.at :].strip()[:20]}” is not understood; put text with signs in quotes.")
        self.at = match.end()
        if match["minus"] or (match["word"] or "").lower() == "not":
            return Not(self._one(kind))
        if match["open"]:
            return self._closed(kind)
        if match["related"]:
            return self._related(kind, match["related"])
        if match["sum"]:
            return self._sum(kind, match["sum"][4:-1])
        if match["name"]:
            return self._condition(kind, match["name"], match["op"])
        return Words(_unquoted(match["quoted"] or match["word"] or match["op_alone"] or ""))

    def _closed(self, kind: Kind) -> Node:
        found = self.either(kind)
        if not self._skip(")"):
            raise UserError("A “(” is not closed.")
        return found

    def _related(self, kind: Kind, name: str) -> Node:
        relation = self._catalogue.relation(kind.name, name)
        self._skip("(")
        where = self._closed(self._catalogue.kind(relation.kind))
        match = _COUNT_SIGN.match(self._text, self.at)
        if match is None:
            return Exists(name, where)
        self.at = match.end()
        return Total(name, _OPS[match[0]], _number(self._values()[0]), None, where)

    def _sum(self, kind: Kind, path: str) -> Node:
        name, _, of = path.partition(".")
        relation = self._catalogue.relation(kind.name, name)
        field = self._catalogue.field(relation.kind, of)
        where = self._closed(self._catalogue.kind(relation.kind)) if self._skip("(") else EVERYTHING
        match = _COUNT_SIGN.match(self._text, self.at)
        if match is None:
            raise UserError(f"“sum({path})” needs a sign and a number, like sum({path})>1000.")
        self.at = match.end()
        value = self._values()[0]
        return Total(
            name, _OPS[match[0]], _amount(value) if field.type is FieldType.MONEY else _number(value), of, where
        )

    def _condition(self, kind: Kind, name: str, sign: str) -> Node:
        if name == ID:
            return Compare(ID, Op.ANY_OF, tuple(_number(value) for value in self._values()))
        first, _, rest = name.partition(".")
        if first in kind.relations and first not in kind.fields:
            return self._of_relation(kind, first, rest, sign)
        path = resolve(self._catalogue, kind, name)
        return _compared(path, self._catalogue.field(kind.name, path), sign, self._values())

    def _of_relation(self, kind: Kind, name: str, rest: str, sign: str) -> Node:
        relation = self._catalogue.relation(kind.name, name)
        if rest:
            return Exists(name, self._condition(self._catalogue.kind(relation.kind), rest, sign))
        value = self._values()[0]
        if value in ("none", "any"):
            return Not(Exists(name)) if value == "none" else Exists(name)
        return Total(name, _OPS.get(sign, Op.IS), _number(value))

    def _values(self) -> list[str]:
        match = _VALUE.match(self._text, self.at)
        if match is None:
            raise UserError(f"A value is missing after “{self._text[: self.at].split()[-1]}”.")
        self.at = match.end()
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


def resolve(catalogue: Catalogue, kind: Kind, name: str) -> str:
    """The full path of a name of which each part may be the beginning of a field's name."""
    first, _, rest = name.partition(".")
    found = [first] if first in kind.fields else [known for known in kind.fields if known.startswith(first.lower())]
    # A field of the user's own that was renamed also goes by what it is called now.
    found = found or [f.name for f in kind.fields.values() if "_".join(words(f.label or "")).startswith(first.lower())]
    if not found:
        raise UnknownName(f"A {kind.name} has no field “{first}”.")
    if len(found) > 1 and not (first == "next" and "next_activity" in found):
        raise UnknownName(f"“{first}” may be {' or '.join(found[:4])}; type more of it.")
    field = kind.fields["next_activity" if first == "next" and len(found) > 1 else found[0]]
    if not rest:
        return field.name
    if field.target is None:
        raise UnknownName(f"“{field.name}” of a {kind.name} does not lead to another record.")
    return f"{field.name}.{resolve(catalogue, catalogue.kind(field.target), rest)}"


def _compared(path: str, field: Field, sign: str, texts: list[str]) -> Node:
    if texts in (["none"], ["any"]) and sign in (":", "=", "!="):
        return Compare(path, Op.EMPTY, (texts == ["none"]) is not (sign == "!="))
    loose = sign == ":" and (field.type.textual or field.type is FieldType.LINK or field.multi)
    op = Op.CONTAINS if loose else _OPS.get(sign, Op.IS)
    if len(texts) > 1 and op in (Op.IS, Op.CONTAINS):
        if op is Op.IS and field.type not in _DATED:
            return Compare(path, Op.ANY_OF, tuple(scalar(field, text) for text in texts))
        return Either(tuple(_single(path, field, op, text) for text in texts))
    if len(texts) > 1:
        raise UserError(f"“{sign}” takes one value, not {len(texts)}.")
    return _single(path, field, op, texts[0])


def _single(path: str, field: Field, op: Op, text: str) -> Node:
    if field.type is FieldType.ANNIVERSARY:
        return _coming_back(path, op, text)
    month = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if month and op is Op.IS and field.type in _DATED:
        year, number = int(month[1]), int(month[2])
        if 1 <= number <= 12:
            return between(path, date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))
    return Compare(path, op, scalar(field, text))


def _coming_back(path: str, op: Op, text: str) -> Node:
    """An anniversary may be asked for by its year, its month or its day."""
    value = _unquoted(text)
    if op is Op.STARTS or (op is Op.IS and re.fullmatch(r"\d{4}", value)):
        return Compare(path, Op.STARTS, value)
    month = re.fullmatch(r"--(\d{2})", value)
    if op is Op.IS and month and 1 <= int(month[1]) <= 12:
        last = calendar.monthrange(2000, int(month[1]))[1]
        return between(path, f"{value}-01", f"{value}-{last}")
    return Compare(path, op, _turn(value))


def scalar(field: Field, text: str) -> Scalar:
    """The value that is typed for a field; UserError says why it is none."""
    value = _unquoted(text)
    match field.type:
        case FieldType.INTEGER | FieldType.NUMBER:
            return _number(value)
        case FieldType.MONEY:
            return _amount(value)
        case FieldType.INSTANT if "T" in value:
            return _instant(value)
        case FieldType.DATE | FieldType.INSTANT:
            return _day(value)
        case FieldType.ANNIVERSARY:
            return _turn(value)
        case FieldType.LINK if _NUMBER_OF_RECORD.fullmatch(text):
            return int(text)
        case FieldType.YES_NO:
            if value.lower() not in ("yes", "no", "true", "false", "1", "0"):
                raise UserError(f"“{field.name}” is yes or no, not “{value}”.")
            return value.lower() in ("yes", "true", "1")
        case FieldType.CHOICE:
            choice = field.choice(value)
            if choice is None:
                raise UserError(f"“{field.name}” is one of {', '.join(field.choices)}, not “{value}”.")
            return choice
    return value


def _turn(text: str) -> str | Moving:
    """A day that comes back each year; with a year it is that day alone."""
    try:
        return _moving(text.lower()) or str(Anniversary.parse(text))
    except ValueError as error:
        raise UserError(
            f"“{text}” is not a day of the year; write it like --06-15, 1985-06-15, today or +14d."
        ) from error


def _day(text: str) -> date | Moving:
    moving = _moving(text.lower())
    if moving is not None:
        return moving
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            f"“{text}” is not a day; write it like 2026-11-20, today, -60d, +7d, -12m or this_month."
        ) from error


def _moving(text: str) -> Moving | None:
    """A day or span that moves with the calendar; None for any other text."""
    if text == "today":
        return Days(0)
    if known := re.fullmatch(r"([+-]\d{1,5})d", text):
        return Days(int(known[1]))
    if (known := re.fullmatch(r"([+-]\d{1,4})m", text)) and abs(int(known[1])) <= FURTHEST_MONTHS:
        return Months(int(known[1]))
    if known := _NAMED_SPAN.fullmatch(text):
        return Span(known[2], _STEPS[known[1]])
    if (known := _SPAN.fullmatch(text)) and abs(int(known[2])) <= FURTHEST_MONTHS // 12:
        return Span(known[1], int(known[2]))
    return None


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"“{text}” is not an instant; write it like 2026-11-20T09:30Z.") from error


def _number(text: str) -> int | Decimal:
    try:
        value = Decimal(_unquoted(text))
    except InvalidOperation as error:
        raise UserError(f"“{text}” is not a number; write it like 70 or 1234.50.") from error
    if not value.is_finite() or abs(value) > LARGEST:
        raise UserError(f"“{text}” is too large a number to compare with.")
    return int(value) if value == value.to_integral_value() else value


def _amount(text: str) -> Scalar:
    """An amount in any currency, or in the one that stands behind it: `1000` or `1000EUR`."""
    known = re.fullmatch(r"(.*\d)\s*([A-Z]{3})", _unquoted(text))
    return Money.of(_number(known[1]), known[2]) if known else _number(text)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if len(text) > 1 and text[0] == text[-1] == '"' else text


def text_of(wanted: Filter) -> str:
    """The typed form of a filter; `parse` gives one of the same meaning back."""
    return " ".join(_texts(wanted.where))


def _texts(node: Node) -> Iterator[str]:
    for part in parts(node):
        yield _text(part)


def _text(node: Node) -> str:
    match node:
        case All():
            return f"({' '.join(_texts(node))})"
        case Either(()) | Compare(op=Op.ANY_OF, value=()):
            return _NEVER
        case Either():
            return f"({' OR '.join(' '.join(_texts(part)) for part in node.parts)})"
        case Not():
            return f"-{_text(node.part)}"
        case Words():
            return _quoted(node.text)
        case Exists():
            return f"{node.relation}({' '.join(_texts(node.where))})"
        case Total():
            head = node.relation if node.of is None else f"sum({node.relation}.{node.of})"
            where = "" if node.of and node.where == EVERYTHING else f"({' '.join(_texts(node.where))})"
            return f"{head}{where}{_SIGNS[node.op]}{typed(node.value)}"
        case Compare():
            return _compare_text(node)


def _compare_text(node: Compare) -> str:
    if node.op is Op.EMPTY:
        return f"{node.path}:{'none' if node.value else 'any'}"
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    return f"{node.path}{_SIGNS[node.op]}{','.join(typed(value) for value in values)}"


def typed(value: Scalar) -> str:
    """A value as it is typed; `scalar` reads it back."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Days():
            return f"{value.offset:+d}d" if value.offset else "today"
        case Months():
            return f"{value.offset:+d}m"
        case Span():
            named = next((step for step, offset in _STEPS.items() if offset == value.offset), None)
            return f"{named}_{value.unit}" if named else f"{value.unit}{value.offset:+d}"
        case Money():
            return f"{value.amount}{value.currency}"
        case date():
            return value.isoformat()
        case str() if _NUMBER_OF_RECORD.fullmatch(value):
            return f'"{value}"'
    return _quoted(str(value))


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[\w@.+/-]+", text) and text not in ("none", "any", "OR", "not") and not text.startswith("-")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return text if plain else f'"{escaped}"'
