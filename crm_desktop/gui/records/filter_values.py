"""What a condition asks for, and its values as people type them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from unicodedata import category

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Scalar
from crm_desktop.domain.filter_values import number, typed
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.filter_words import FilterWords

LISTED = 200
NUMBERS = (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY)
_NUMBER = Field("number", FieldType.NUMBER)
_AMOUNT = Field("amount", FieldType.MONEY)


@dataclass(frozen=True)
class Asked:
    """The field that values are asked for: its path from `kind`, whose it is, what it is, how its values are said."""

    context: AppContext
    kind: str
    path: str
    owner: str
    field: Field
    words: FilterWords


def said_value(field: Field, value: Scalar) -> str:
    """A value as one types it; `read_value` reads it back."""
    if isinstance(value, Money):
        return format.edited(_AMOUNT, value)
    if field.type in NUMBERS:
        try:
            # A view keeps numbers with decimals as text.
            return format.edited(_NUMBER, Decimal(str(value)))
        except InvalidOperation:
            return str(value)
    if field.type is FieldType.INSTANT and isinstance(value, str):
        value = kept_instant(value)
    if isinstance(value, datetime):
        # As the clock on the wall shows it, for so it is read back.
        return format.local(value).replace(tzinfo=None).isoformat(" ")
    return value if isinstance(value, str) else typed(value)


def kept_instant(text: str) -> Scalar:
    """An instant as it is kept in a saved view; what is none stays as it is."""
    try:
        return datetime.fromisoformat(text) if "T" in text else text
    except ValueError:
        return text


def read_value(asked: Asked, text: str) -> Scalar:
    """What is typed for a field, in the typed form of filters or as people write it."""
    field = asked.field
    if field.type.textual or field.type is FieldType.LINK:
        return text
    if field.type in NUMBERS:
        return _read_number(asked, text)
    try:
        return asked.context.services.lists.value(asked.owner, field, text)
    except UserError as error:
        services = asked.context.services
        try:
            value = services.values.parse(replace(field, multi=False, required=False), text)
        except UserError:
            raise error from None
    return str(value) if field.type is FieldType.ANNIVERSARY else value


def _read_number(asked: Asked, text: str) -> Scalar:
    """A number as cells read it; an amount without a currency is one in any."""
    values = asked.context.services.values
    if asked.field.type is FieldType.MONEY and any(sign.isalpha() or category(sign) == "Sc" for sign in text):
        return values.parse(_AMOUNT, text)  # type: ignore[no-any-return]
    return number(typed(values.parse(_NUMBER, text)))


def in_use(asked: Asked, answer: Callable[[list[str]], object], owner: QWidget) -> None:
    """Look up the values that a text field has."""
    services = asked.context.services
    asked.context.jobs.read(
        lambda _progress: services.lists.values_in_use(asked.owner, asked.field.name, LISTED), answer, owner=owner
    )
