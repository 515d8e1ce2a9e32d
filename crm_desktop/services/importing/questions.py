"""What the values of a column leave open: whether they can be read in two ways."""

from dataclasses import replace

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.formats.dates import Order
from crm_desktop.services.importing.model import ColumnMatch, ImportOptions, Question
from crm_desktop.services.importing.targets import Target

_DAYS = (FieldType.DATE, FieldType.INSTANT)
_NUMBERS = (FieldType.MONEY, FieldType.NUMBER, FieldType.INTEGER)


def readings(column: ColumnMatch, target: Target) -> str:
    """What could be read in two ways in a column that goes to a target: "date", "decimal", "scale" or nothing."""
    guess = column.guess
    if target.name == "score":
        return "scale" if column.top else ""
    if target.type in _DAYS:
        return "date" if guess.ambiguous or (guess.order and guess.evidence) else ""
    return "decimal" if target.type in _NUMBERS and (guess.ambiguous or guess.evidence) else ""


def asked(column: ColumnMatch, target: Target, options: ImportOptions, order: Order) -> ColumnMatch:
    """The column with the question that its values leave open; `order` is how dates are written here."""
    name, samples = column.column, column.guess.samples
    kind = readings(column, target) if column.guess.ambiguous else ""
    if kind == "date" and options.date_order is None:
        first = samples[0] if samples else ""
        sentence = f"Is “{first}” in “{name}” written day first or month first? No value proves it."
        return replace(column, question=Question("date_order", sentence, order.value, name))
    if kind == "decimal":
        first = next((text for text in samples if "." in text or "," in text), "")
        sentence = f"Does “{first}” in “{name}” group thousands or divide? No value proves it."
        return replace(column, question=Question("decimal", sentence, ".", name))
    return column
