"""Conditions in words, as chips and the filter editor show them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.anniversary import Anniversary
from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.figures import currency_asked
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
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import filled, tr
from crm_desktop.gui.records.known_names import KnownNames
from crm_desktop.gui.records.path_words import path_words
from crm_desktop.gui.records.related_words import RelatedWords
from crm_desktop.gui.records.time_words import moving, span, timely

_MOST = 3
_DATED = (FieldType.DATE, FieldType.INSTANT)


class FilterWords:
    """Says what a condition of a kind means; names and codes come from the services' labels."""

    def __init__(self, context: AppContext, names: KnownNames) -> None:
        self._services = context.services
        self._today = context.clock.today
        self._related = RelatedWords(context.services, self)
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
                return filled(tr("%1 not since %2"), self.field(kind, part.path), moving(since))
            case Not(part=Compare() | Words() as part):
                return filled(tr("not %1"), self._said(kind, part))
            case Not(part=Either(parts)):
                return filled(tr("none of: %1"), self._listed(kind, parts))
            case Not(part=All(parts)) if not is_between(node.part):
                return filled(tr("not all of: %1"), self._listed(kind, parts))
            case Not(part=Exists() | Total()):
                return self._related.say(kind, node)
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
                if asked := currency_asked(node):
                    return filled(tr("%1 in %2"), self.field(kind, asked[0]), asked[1])
                if len(parts) == 2 and not any(isinstance(part, All | Either) for part in parts):
                    return filled(tr("%1 or %2"), *(self.say(kind, part) for part in parts))
                return filled(tr("any of: %1"), self._listed(kind, parts)) if parts else tr("nothing")
            case All(parts):
                return self.between(kind, node) if is_between(node) else self._all(kind, parts)
        return self._related.say(kind, node)

    def _all(self, kind: str, parts: tuple[Node, ...]) -> str:
        said = [self.say(kind, part) for part in parts]
        return tr(" and ").join(said) or tr("everything")

    def _listed(self, kind: str, parts: tuple[Node, ...]) -> str:
        return tr("; ").join(self.say(kind, part) for part in parts)

    def field(self, kind: str, path: str) -> str:
        """The label of a field, reached through links where the path has dots."""
        return tr("Record") if path == ID else path_words(self._services, kind, path)

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
        return (timely(node.op) if dated else "") or {
            Op.IS: tr("%1: %2"), Op.ANY_OF: tr("%1: %2"), Op.IS_NOT: tr("%1: not %2"),
            Op.LESS: tr("%1 less than %2"), Op.MORE: tr("%1 more than %2"),
            Op.AT_MOST: tr("%1 %2 or less"), Op.AT_LEAST: tr("%1 %2 or more"),
            Op.CONTAINS: tr("%1 has “%2”"), Op.STARTS: tr("%1 begins with “%2”"),
        }[node.op]  # fmt: skip

    def _moving(self, name: str, op: Op, value: Days | Months) -> str:
        """A date against a day that moves along: "Added since 30 days ago"."""
        others = tr("%1: not %2") if op is Op.IS_NOT else tr("%1: %2")
        return filled(timely(op) or others, name, moving(value))

    def between(self, kind: str, node: All, name: str = "") -> str:
        """Two ends of a field in words, under its label or another name."""
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
                return span(value)
            case Days(offset=0):
                return tr("today")
            case Days() | Months():
                return moving(value)
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
