"""How a field can be compared in the filter editor: the comparisons of each type, and what each makes of values."""

from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import All, Compare, Days, Node, Op, Scalar, Span, between
from crm_desktop.domain.filter_pieces import is_between
from crm_desktop.errors import UserError
from crm_desktop.gui.language import tr

DATES = (FieldType.DATE, FieldType.INSTANT)


class Asks(StrEnum):
    """What a comparison asks for."""

    NOTHING = "nothing"
    ONE = "one"
    SEVERAL = "several"
    TWO = "two"
    LAST_DAYS = "last"
    NEXT_DAYS = "next"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison: its words, its operator, whether it is turned round, and what it asks for."""

    words: str
    op: Op
    asks: Asks = Asks.ONE
    negated: bool = False

    def node(self, path: str, values: tuple[Scalar, ...]) -> Node:
        """The condition of values; UserError where one is missing. The turning round is the item's."""
        if self.asks is Asks.NOTHING:
            return Compare(path, Op.EMPTY, values == (True,))
        if not values or (self.asks is Asks.TWO and len(values) < 2):
            raise UserError(tr("A value is missing."))
        match self.asks:
            case Asks.TWO:
                return between(path, *values[:2])
            case Asks.LAST_DAYS:
                return between(path, Days(-int(str(values[0]))), Days(0))
            case Asks.NEXT_DAYS:
                return between(path, Days(0), Days(int(str(values[0]))))
            case Asks.SEVERAL if len(values) > 1:
                return Compare(path, Op.ANY_OF, values)
        return Compare(path, self.op, values[0])


def comparisons(field: Field) -> list[Comparison]:
    """The comparisons that a field is usually asked with."""
    if field.type is FieldType.YES_NO:
        return [Comparison(tr("is"), Op.IS)]
    return [*_of_type(field), empty(True), empty(False)]


def empty(wanted: bool) -> Comparison:
    """Whether there is a value."""
    return Comparison(tr("is empty") if wanted else tr("is not empty"), Op.EMPTY, Asks.NOTHING, not wanted)


def _of_type(field: Field) -> list[Comparison]:
    several = Comparison(tr("is one of"), Op.IS, Asks.SEVERAL)
    none_of = Comparison(tr("is none of"), Op.IS, Asks.SEVERAL, negated=True)
    holds = [Comparison(tr("contains"), Op.CONTAINS), Comparison(tr("does not contain"), Op.CONTAINS, negated=True)]
    if field.type is FieldType.CHOICE:
        return [several, none_of]
    if field.type is FieldType.LINK:
        return [Comparison(tr("is"), Op.IS), Comparison(tr("is not"), Op.IS, negated=True), *holds]
    if field.type in DATES:
        return _of_dates()
    if field.type is FieldType.ANNIVERSARY:
        return [
            Comparison(tr("in the next days"), Op.IS, Asks.NEXT_DAYS), Comparison(tr("on"), Op.IS),
            Comparison(tr("from … to"), Op.IS, Asks.TWO),
        ]  # fmt: skip
    if field.type.ordered:
        return [
            Comparison(tr("at least"), Op.AT_LEAST), Comparison(tr("at most"), Op.AT_MOST),
            Comparison(tr("more than"), Op.MORE), Comparison(tr("less than"), Op.LESS),
            Comparison(tr("from … to"), Op.IS, Asks.TWO), Comparison(tr("is"), Op.IS),
            Comparison(tr("is not"), Op.IS, negated=True),
        ]  # fmt: skip
    return [*holds, several, none_of, Comparison(tr("begins with"), Op.STARTS)]


def _of_dates() -> list[Comparison]:
    return [
        Comparison(tr("in the last days"), Op.IS, Asks.LAST_DAYS),
        Comparison(tr("in the next days"), Op.IS, Asks.NEXT_DAYS),
        Comparison(tr("in"), Op.IS, Asks.SPAN), Comparison(tr("on"), Op.IS),
        Comparison(tr("since"), Op.AT_LEAST), Comparison(tr("until"), Op.AT_MOST),
        Comparison(tr("before"), Op.LESS), Comparison(tr("after"), Op.MORE),
        Comparison(tr("from … to"), Op.IS, Asks.TWO),
    ]  # fmt: skip


def taken_apart(field: Field, node: Node, *, negated: bool) -> tuple[Comparison, tuple[Scalar, ...]]:
    """The comparison that a condition is, with its values; one beside the usual ones where it is none of them."""
    asks, op, values, turned = _said(field, node)
    wanted = negated is not turned
    for known in comparisons(field):
        if (known.asks, known.op, known.negated) == (asks, op, wanted):
            return known, values
    said = next((known.words for known in comparisons(field) if (known.asks, known.op) == (asks, op)), op.value)
    return Comparison(tr("not: %1").replace("%1", said) if wanted else said, op, asks, wanted), values


def _said(field: Field, node: Node) -> tuple[Asks, Op, tuple[Scalar, ...], bool]:
    """What a condition asks for, its operator and values, and whether the operator itself turns it round."""
    if isinstance(node, All) and is_between(node):
        ends = [part.value for part in node.parts if isinstance(part, Compare)]
        return _ends(field, *ends)
    assert isinstance(node, Compare)
    values: tuple[Scalar, ...] = node.value if isinstance(node.value, tuple) else (node.value,)
    turned = node.op is Op.IS_NOT or (node.op is Op.EMPTY and not node.value)
    op = Op.IS if node.op in (Op.IS_NOT, Op.ANY_OF) else node.op
    if op is Op.EMPTY:
        return Asks.NOTHING, op, (), turned
    if op is Op.IS and isinstance(values[0] if values else None, Span) and len(values) == 1:
        return Asks.SPAN, op, values, turned
    ticked = field.type is FieldType.CHOICE or (field.type.textual and op is Op.IS)
    several = node.op is Op.ANY_OF or (ticked and op is Op.IS)
    return Asks.SEVERAL if several else Asks.ONE, op, values, turned


def _ends(field: Field, low: Scalar | tuple[Scalar, ...], high: Scalar | tuple[Scalar, ...]) -> tuple[
    Asks, Op, tuple[Scalar, ...], bool
]:  # fmt: skip
    assert not isinstance(low, tuple)
    assert not isinstance(high, tuple)
    known = [comparison.asks for comparison in comparisons(field)]
    match low, high:
        case Days(offset), Days(0) if offset < 0 and Asks.LAST_DAYS in known:
            return Asks.LAST_DAYS, Op.IS, (-offset,), False
        case Days(0), Days(offset) if offset > 0 and Asks.NEXT_DAYS in known:
            return Asks.NEXT_DAYS, Op.IS, (offset,), False
    return Asks.TWO, Op.IS, (low, high), False
