"""Which editor the values of a comparison get."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Op, Scalar, Span
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.comparisons import Asks, Comparison
from crm_desktop.gui.records.filter_values import Asked
from crm_desktop.gui.records.looked_up_boxes import LinkBox, TicksBox
from crm_desktop.gui.records.value_boxes import DaysBox, LineBox, ListBox, NoBox, SaidBox, TwoBox, ValueBox

SPANS = tuple(Span(unit, offset) for unit in ("week", "month", "quarter", "year") for offset in (0, -1, 1))


def value_box(asked: Asked, comparison: Comparison, values: Sequence[Scalar], parent: QWidget) -> ValueBox:
    """The editor for the values of a comparison, holding these."""
    made = _made(asked, comparison, values, parent)
    if values:
        made.show_values(values)
    return made


def _made(asked: Asked, comparison: Comparison, values: Sequence[Scalar], parent: QWidget) -> ValueBox:
    field = asked.field
    match comparison.asks:
        case Asks.NOTHING:
            return NoBox(parent, not comparison.negated)
        case Asks.LAST_DAYS | Asks.NEXT_DAYS:
            return DaysBox(parent)
        case Asks.SPAN:
            return ListBox(parent, asked, SPANS)
        case Asks.TWO:
            return TwoBox(parent, asked)
        case Asks.SEVERAL:
            ticked = field.type is FieldType.CHOICE or field.type.textual
            return TicksBox(parent, asked) if ticked and _texts(values) else SaidBox(parent, asked)
    if field.type is FieldType.YES_NO:
        return ListBox(parent, asked, (True, False))
    if field.type is FieldType.LINK and comparison.op is not Op.CONTAINS and not _texts(values[:1] or (0,)):
        return LinkBox(parent, asked)
    return LineBox(parent, asked, tr("Value"))


def _texts(values: Sequence[Scalar]) -> bool:
    return all(isinstance(value, str) for value in values)
