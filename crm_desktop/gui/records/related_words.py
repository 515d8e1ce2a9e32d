"""Conditions on related records in words: that there are some or none, how many, or a sum."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.filter import All, Compare, Days, Months, Node, Op, Span
from crm_desktop.domain.filter_pieces import is_between
from crm_desktop.domain.filter_tree import How, Item, Mode, Related, opened
from crm_desktop.domain.money import Money
from crm_desktop.domain.terms import TWO_WAY
from crm_desktop.gui import format
from crm_desktop.gui.language import filled, inside, tr
from crm_desktop.gui.records.time_words import timely

if TYPE_CHECKING:
    from crm_desktop.gui.records.filter_words import FilterWords


class RelatedWords:
    """Says them with the words for fields and values."""

    def __init__(self, services: Any, words: "FilterWords") -> None:
        self._services = services
        self._words = words

    def say(self, kind: str, node: Node) -> str:
        """A condition on related records in words."""
        (entry,) = opened(self._services.catalogue, kind, node).items
        assert isinstance(entry, Related)
        when = self._time(entry)
        name, where = self._what(entry)
        if entry.how is How.HAS:
            words = filled(tr("no %1") if entry.negated else tr("has %1"), name)
        else:
            of = self._words.field(entry.relation.kind, entry.of) if entry.of else ""
            pattern = tr("sum of %1, %2 %3") if entry.of else tr("%1: %3")
            words = filled(pattern, name, of, self._against(entry))
            words = filled(tr("not %1"), words) if entry.negated else words
        words = filled(when, words)
        if entry.where.items:
            words = filled(tr("%1 with %2"), words, self._words.say(entry.relation.kind, where))
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
                    told = pattern.replace("%2", self._words.value(kind, node.path, day))
                case Compare(value=value) as node if node.path == path and not isinstance(value, tuple):
                    told = timely(node.op).replace("%2", self._words.value(kind, node.path, value))
                case All((Compare() as low, _)) as node if low.path == path and is_between(node):
                    told = self._words.between(kind, node, "%1")
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
