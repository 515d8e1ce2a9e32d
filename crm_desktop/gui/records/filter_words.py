"""Conditions in words, as chips and the filter editor show them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import (
    ID,
    All,
    Compare,
    Days,
    Either,
    Exists,
    Months,
    Node,
    Not,
    Op,
    Scalar,
    Span,
    Total,
    Words,
)
from crm_desktop.domain.filter_names import lost_choices, unknown
from crm_desktop.domain.filter_pieces import is_between
from crm_desktop.domain.filter_tree import How, Item, Mode, Related, opened
from crm_desktop.domain.money import Money
from crm_desktop.domain.terms import TWO_WAY
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import inside
from crm_desktop.gui.language import filled, tr
from crm_desktop.gui.records.known_names import KnownNames

_MOST = 3
_DATED = (FieldType.DATE, FieldType.INSTANT)


class FilterWords:
    """Says what a condition of a kind means; names and codes come from the services' labels."""

    def __init__(self, context: AppContext, names: KnownNames) -> None:
        self._services = context.services
        self._today = context.clock.today
        self.names = names

    def begin(self, kind: str, node: Node) -> str:
        """One condition in words, as a sentence begins."""
        words = self.say(kind, node)
        return words[:1].upper() + words[1:]

    def say(self, kind: str, node: Node) -> str:
        """One condition in words."""
        gone = unknown(self._services.catalogue, kind, node)
        if gone:
            return self.gone(*gone[0])
        lost = lost_choices(self._services.catalogue, kind, node)
        if lost:
            owner, name, value = lost[0]
            return filled(tr("“%1” is no longer a choice of %2"), value, self._services.labels.field(owner, name))
        match node:
            case Not(part=Compare(op=Op.AT_LEAST, value=Days() | Months() as since) as part):
                return filled(tr("%1 not since %2"), self.field(kind, part.path), _when(since))
            case Not(part=Compare() | Words() as part):
                return filled(tr("not %1"), self._said(kind, part))
            case Not(part=Either(parts)):
                return filled(tr("none of: %1"), self._listed(kind, parts))
            case Not(part=All(parts)) if not is_between(node.part):
                return filled(tr("not all of: %1"), self._listed(kind, parts))
            case Not(part=Exists() | Total()):
                return self._related(kind, node)
            case Not():
                return filled(tr("not %1"), self.say(kind, node.part))
        return self._said(kind, node)

    def gone(self, kind: str, name: str) -> str:
        """That a field or relation is no more."""
        return filled(tr("The field “%1” is gone"), self.names.gone(kind, name))

    def gone_column(self, kind: str, name: str) -> str:
        """That the field of a column is no more."""
        return filled(tr("The column “%1” is gone"), self.names.gone(kind, name))

    def _said(self, kind: str, node: Node) -> str:
        match node:
            case Compare():
                return self._compare(kind, node)
            case Words():
                return filled(tr("“%1”"), node.text)
            case Either(parts):
                if len(parts) == 2 and not any(isinstance(part, All | Either) for part in parts):
                    return filled(tr("%1 or %2"), *(self.say(kind, part) for part in parts))
                return filled(tr("any of: %1"), self._listed(kind, parts)) if parts else tr("nothing")
            case All(parts):
                return self._between(kind, node) if is_between(node) else self._all(kind, parts)
        return self._related(kind, node)

    def _all(self, kind: str, parts: tuple[Node, ...]) -> str:
        said = [self.say(kind, part) for part in parts]
        return tr(" and ").join(said) or tr("everything")

    def _listed(self, kind: str, parts: tuple[Node, ...]) -> str:
        return tr("; ").join(self.say(kind, part) for part in parts)

    def field(self, kind: str, path: str) -> str:
        """The label of a field, reached through links where the path has dots."""
        if path == ID:
            return tr("Record")
        labels = []
        for name in path.split("."):
            labels.append(self._services.labels.field(kind, name))
            kind = self._services.catalogue.kind(kind).fields[name].target or kind
        return tr(" › ").join(labels)

    def works(self, kind: str, node: Node) -> bool:
        """Whether all that a condition names is still there."""
        catalogue = self._services.catalogue
        return not unknown(catalogue, kind, node) and not lost_choices(catalogue, kind, node)

    # one field

    def _compare(self, kind: str, node: Compare) -> str:
        name = self.field(kind, node.path)
        values = node.value if isinstance(node.value, tuple) else (node.value,)
        if node.path == ID:
            return tr("%Ln chosen records", "", len(values))
        if node.op is Op.EMPTY:
            return filled(tr("%1: none") if node.value else tr("%1: any"), name)
        if isinstance(node.value, Days | Months) and not (isinstance(node.value, Days) and not node.value.offset):
            return self._moving(name, node.op, node.value)
        said = [self.value(kind, node.path, value) for value in values]
        words = tr(" or ").join(said[:_MOST]) + (" …" if len(said) > _MOST else "")
        return filled(self._pattern(kind, node), name, words)

    def _pattern(self, kind: str, node: Compare) -> str:
        dated = self._services.catalogue.field(kind, node.path).type in _DATED
        return (_timely(node.op) if dated else "") or {
            Op.IS: tr("%1: %2"), Op.ANY_OF: tr("%1: %2"), Op.IS_NOT: tr("%1: not %2"),
            Op.LESS: tr("%1 less than %2"), Op.MORE: tr("%1 more than %2"),
            Op.AT_MOST: tr("%1 %2 or less"), Op.AT_LEAST: tr("%1 %2 or more"),
            Op.CONTAINS: tr("%1 has “%2”"), Op.STARTS: tr("%1 begins with “%2”"),
        }[node.op]  # fmt: skip

    def _moving(self, name: str, op: Op, value: Days | Months) -> str:
        """A date against a day that moves along: "Added since 30 days ago"."""
        others = tr("%1: not %2") if op is Op.IS_NOT else tr("%1: %2")
        return filled(_timely(op) or others, name, _when(value))

    def _between(self, kind: str, node: All, name: str = "") -> str:
        low, high = node.parts
        assert isinstance(low, Compare)
        assert isinstance(high, Compare)
        name = name or self.field(kind, low.path)
        match low.value, high.value:
            case Days(offset), Days(0) if offset < 0:
                return filled(tr("%1 in the last %2"), name, tr("%Ln days", "", -offset))
            case Days(0), Days(offset) if offset > 0:
                return filled(tr("%1 in the next %2"), name, tr("%Ln days", "", offset))
            case Months(offset), Days(0) if offset < 0:
                return filled(tr("%1 in the last %2"), name, tr("%Ln months", "", -offset))
        values = [part.value for part in (low, high)]
        said = [self.value(kind, low.path, value) for value in values if not isinstance(value, tuple)]
        return filled(tr("%1 from %2 to %3"), name, *said)

    def value(self, kind: str, path: str, value: Scalar) -> str:
        """One value of a field."""
        field = self._services.catalogue.field(kind, path)
        match value:
            case bool():
                return tr("yes") if value else tr("no")
            case Span():
                return _span(value)
            case Days(offset=0):
                return tr("today")
            case Days() | Months():
                return _when(value)
            case Money():
                return format.money(value)
            case datetime():
                return self._moment(value)
            case date():
                return format.dated(value, self._today())
            case int() | Decimal() | float() if field.type is not FieldType.LINK:
                return format.number(float(value), 0 if value == int(value) else 2)
        return self._named(kind, path, field, value)

    def _named(self, kind: str, path: str, field: Field, value: Any) -> str:
        if field.type is FieldType.LINK and isinstance(value, int):
            return self.names.record(field.target or "", value)
        if field.type in (FieldType.CHOICE, FieldType.TEXT):
            owner, _, name = path.rpartition(".")
            return str(self._services.labels.choice(self.owner(kind, owner), name, value))
        try:
            # As it was kept in a saved view.
            if field.type is FieldType.INSTANT and "T" in str(value):
                return self._moment(datetime.fromisoformat(str(value)))
            if field.type in _DATED:
                return format.dated(date.fromisoformat(str(value)), self._today())
            if field.type is FieldType.ANNIVERSARY:
                return format.turn(Anniversary.parse(str(value)))
        except ValueError:
            pass  # said as it is; the list says what is wrong with it
        return str(value)

    def _moment(self, instant: datetime) -> str:
        day = format.dated(format.local(instant).date(), self._today())
        return filled(tr("%1, %2"), day, format.clock_time(instant))

    def owner(self, kind: str, path: str) -> str:
        """The kind at the end of a path of links."""
        return str(self._services.catalogue.field(kind, path).target or kind if path else kind)

    # related records

    def _related(self, kind: str, node: Node) -> str:
        (entry,) = opened(self._services.catalogue, kind, node).items
        assert isinstance(entry, Related)
        when = self._time(entry)
        name, where = self._what(entry)
        if entry.how is How.HAS:
            pattern = tr("no %1") if entry.negated else tr("has %1")
        else:
            of = self.field(entry.relation.kind, entry.of) if entry.of else ""
            pattern = tr("sum of %1, %2 %3") if entry.of else tr("%1: %3")
            pattern = pattern.replace("%3", self._against(entry)).replace("%2", of)
            pattern = filled(tr("not %1"), pattern) if entry.negated else pattern
        words = filled(when, filled(pattern, name))
        if entry.where.items:
            words = filled(tr("%1 with %2"), words, self.say(entry.relation.kind, where))
        return words

    def _time(self, entry: Related) -> str:
        """A pattern that says when the related records were; the condition on their day is taken out of the others."""
        if entry.days is not None:
            return tr("%1 in the last %2").replace("%2", tr("%Ln days", "", entry.days))
        kind, path = entry.relation.kind, entry.relation.when
        for item in entry.where.items if entry.where.mode is Mode.ALL else ():
            told = ""
            match item.closed() if isinstance(item, Item) else None:
                case Compare(op=Op.IS, value=date() | Span() | Days() | Months() as day) as node if node.path == path:
                    pattern = tr("%1 on %2") if isinstance(day, date) else tr("%1 %2")
                    told = pattern.replace("%2", self.value(kind, node.path, day))
                case Compare(value=value) as node if node.path == path and not isinstance(value, tuple):
                    told = _timely(node.op).replace("%2", self.value(kind, node.path, value))
                case All((Compare() as low, _)) as node if low.path == path and is_between(node):
                    told = self._between(kind, node, "%1")
            if told:
                entry.where.items.remove(item)
                return told
        return "%1"

    def _what(self, entry: Related) -> tuple[str, Node]:
        """What the related records are called: by their type alone, where that is all that is asked of them."""
        items = entry.where.items
        kind = entry.relation.kind
        if entry.how is How.HAS and len(items) == 1 and isinstance(items[0], Item):
            match items[0].closed():
                case Compare(path="type", op=Op.IS, value=str(code)):
                    del items[0]
                    return inside(self._services.labels.choice(kind, "type", code)), entry.where.whole()
                case Compare(path="type", op=Op.ANY_OF, value=tuple(codes)) if set(codes) == TWO_WAY:
                    del items[0]
                    return tr("contact"), entry.where.whole()
        return inside(self._services.labels.kind(kind, plural=True)), entry.where.whole()

    def _against(self, entry: Related) -> str:
        pattern = {
            Op.IS: tr("exactly %1"), Op.IS_NOT: tr("not %1"), Op.LESS: tr("less than %1"),
            Op.AT_MOST: tr("at most %1"), Op.MORE: tr("more than %1"), Op.AT_LEAST: tr("at least %1"),
        }.get(entry.op, "%1")  # fmt: skip
        value = entry.value
        if isinstance(value, Money):
            return filled(pattern, format.money(value))
        number = float(value) if isinstance(value, int | float | Decimal) else 0.0
        return filled(pattern, format.number(number, 0 if number == int(number) else 2))


def _timely(op: Op) -> str:
    """The pattern of a comparison of days; empty for one that is the same for all values."""
    return {
        Op.LESS: tr("%1 before %2"), Op.AT_MOST: tr("%1 until %2"), Op.MORE: tr("%1 after %2"),
        Op.AT_LEAST: tr("%1 since %2"),
    }.get(op, "")  # fmt: skip


def _when(value: Days | Months) -> str:
    """A moving day in words, seen from today."""
    if isinstance(value, Days) and abs(value.offset) == 1:
        return tr("yesterday") if value.offset < 0 else tr("tomorrow")
    count = abs(value.offset)
    length = tr("%Ln days", "", count) if isinstance(value, Days) else tr("%Ln months", "", count)
    return filled(tr("%1 ago") if value.offset < 0 else tr("in %1"), length) if count else tr("today")


def _span(value: Span) -> str:
    named = {
        ("week", -1): tr("last week"), ("week", 0): tr("this week"), ("week", 1): tr("next week"),
        ("month", -1): tr("last month"), ("month", 0): tr("this month"), ("month", 1): tr("next month"),
        ("quarter", -1): tr("last quarter"), ("quarter", 0): tr("this quarter"), ("quarter", 1): tr("next quarter"),
        ("year", -1): tr("last year"), ("year", 0): tr("this year"), ("year", 1): tr("next year"),
    }  # fmt: skip
    if (value.unit, value.offset) in named:
        return named[value.unit, value.offset]
    count = abs(value.offset)
    length = {
        "week": tr("%Ln weeks", "", count), "month": tr("%Ln months", "", count),
        "quarter": tr("%Ln quarters", "", count), "year": tr("%Ln years", "", count),
    }[value.unit]  # fmt: skip
    return filled(tr("%1 ago") if value.offset < 0 else tr("in %1"), length)
