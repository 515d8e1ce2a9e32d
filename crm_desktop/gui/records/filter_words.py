"""Conditions in words, as chips show them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import All, Compare, Days, Either, Exists, Node, Not, Op, Scalar, Total, Words
from crm_desktop.domain.money import Money
from crm_desktop.gui import format

_MOST = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("filters", text)


def _filled(pattern: str, *parts: str) -> str:
    for number, part in enumerate(parts, 1):
        pattern = pattern.replace(f"%{number}", part)
    return pattern


class FilterWords:
    """Says what a condition of a kind means; names and codes come from the services' labels."""

    def __init__(self, services: Any, today: Callable[[], date]) -> None:
        self._services = services
        self._today = today

    def say(self, kind: str, node: Node) -> str:
        """One condition in words."""
        match node:
            case Compare():
                return self._compare(kind, node)
            case Words():
                return _filled(_tr("“%1”"), node.text)
            case Not():
                return _filled(_tr("not (%1)"), self.say(kind, node.part))
            case Either():
                return self._joined(_tr(" or "), kind, node.parts)
            case All():
                return self._joined(_tr(" and "), kind, node.parts) or _tr("everything")
            case Exists():
                return self._related(kind, node)
            case Total():
                return self._total(kind, node)

    def field(self, kind: str, path: str) -> str:
        """The label of a field, reached through links where the path has dots."""
        labels = []
        for name in path.split("."):
            labels.append(self._services.labels.field(kind, name))
            kind = self._services.catalogue.kind(kind).fields[name].target or kind
        return ", ".join(labels)

    def _joined(self, glue: str, kind: str, nodes: tuple[Node, ...]) -> str:
        return glue.join(self.say(kind, node) for node in nodes)

    def _compare(self, kind: str, node: Compare) -> str:
        name = self.field(kind, node.path)
        if node.op is Op.EMPTY:
            return _filled(_tr("%1: none") if node.value else _tr("%1: any"), name)
        values = node.value if isinstance(node.value, tuple) else (node.value,)
        said = [self._value(kind, node.path, value) for value in values]
        words = _tr(" or ").join(said[:_MOST]) + (" …" if len(said) > _MOST else "")
        return _filled(self._pattern(kind, node), name, words)

    def _pattern(self, kind: str, node: Compare) -> str:
        dated = self._services.catalogue.field(kind, node.path).type in (FieldType.DATE, FieldType.INSTANT)
        if dated and node.op in (Op.AT_LEAST, Op.AT_MOST):
            return _tr("%1 since %2") if node.op is Op.AT_LEAST else _tr("%1 until %2")
        return {
            Op.IS: _tr("%1: %2"), Op.ANY_OF: _tr("%1: %2"), Op.IS_NOT: _tr("%1: not %2"),
            Op.LESS: _tr("%1 before %2") if dated else _tr("%1 less than %2"),
            Op.MORE: _tr("%1 after %2") if dated else _tr("%1 more than %2"),
            Op.AT_MOST: _tr("%1 %2 or less"), Op.AT_LEAST: _tr("%1 %2 or more"),
            Op.CONTAINS: _tr("%1 has “%2”"), Op.STARTS: _tr("%1 begins with “%2”"),
        }[node.op]  # fmt: skip

    def _value(self, kind: str, path: str, value: Scalar) -> str:
        field = self._services.catalogue.field(kind, path)
        if isinstance(value, str) and field.type in (FieldType.DATE, FieldType.INSTANT):
            # As it was kept in a saved view.
            value = date.fromisoformat(value[:10])
        if isinstance(value, bool):
            return _tr("yes") if value else _tr("no")
        if isinstance(value, Days):
            return format.day(self._today() + timedelta(days=value.offset), self._today())
        if isinstance(value, Money):
            return format.money(value)
        if isinstance(value, date):
            return format.day(value, self._today())
        if field.type is FieldType.LINK and isinstance(value, int):
            rows = self._services.lists.rows(field.target, [value], ["name"])
            return str(rows[0][1]) if rows else _tr("a deleted record")
        if isinstance(value, int | Decimal | float):
            return format.number(float(value), 0 if value == int(value) else 2)
        if field.type is FieldType.CHOICE:
            owner, _, name = path.rpartition(".")
            return str(self._services.labels.choice(self._owner(kind, owner), name, value))
        return str(value)

    def _owner(self, kind: str, path: str) -> str:
        return self._services.catalogue.field(kind, path).target or kind if path else kind

    def _related(self, kind: str, node: Exists) -> str:
        other = self._services.catalogue.relation(kind, node.relation).kind
        name = self._services.labels.kind(other, plural=True)
        if node.where == All():
            return _filled(_tr("has %1"), name)
        return _filled(_tr("has %1 with %2"), name, self.say(other, node.where))

    def _total(self, kind: str, node: Total) -> str:
        other = self._services.catalogue.relation(kind, node.relation).kind
        name = self._services.labels.kind(other, plural=True)
        if node.of is not None:
            name = _filled(_tr("Sum of %1, %2"), name, self.field(other, node.of))
        signs = {Op.IS: "=", Op.AT_LEAST: "≥", Op.AT_MOST: "≤", Op.MORE: ">", Op.LESS: "<", Op.IS_NOT: "≠"}
        value = node.value
        number = float(value) if isinstance(value, int | float | Decimal) else 0.0
        return f"{name} {signs.get(node.op, '')} {format.number(number)}"


