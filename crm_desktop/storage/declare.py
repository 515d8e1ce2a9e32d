"""How models declare what a field means: each column is made by one of these, which notes its catalogue entry on it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final, NamedTuple

import peewee as pw

from crm_desktop.domain.catalogue import FieldType, Use

SORT: Final = Use.SORT
NOTED: Final = Use.NOTED
SEARCH: Final = Use.SEARCH
COLUMN: Final = Use.COLUMN
BREAKDOWN: Final = Use.BREAKDOWN

Columns = dict[str, pw.Field]


class Declared(NamedTuple):
    """The catalogue entry of a column, or of an `sql` expression over the record."""

    type: FieldType
    uses: frozenset[Use]
    choices: tuple[str, ...] = ()
    target: str | None = None
    required: bool = False
    most: int | None = None
    year: bool = False
    sql: str | None = None


def _declared(column: pw.Field, entry: Declared) -> Any:
    column.declared = entry  # type: ignore[attr-defined]  # the entry travels on the column it is about
    return column


def _entry(kind: FieldType, uses: Iterable[Use], **more: Any) -> Declared:
    return Declared(kind, frozenset({Use.EDIT, *uses}), **more)


def text(*uses: Use, kind: FieldType = FieldType.TEXT, required: bool = False, **column: Any) -> Any:
    """A line of text."""
    options: dict[str, Any] = {"null": not required, **column}
    return _declared(pw.TextField(**options), _entry(kind, uses, required=required))


def long_text(*uses: Use) -> Any:
    """Text of several lines."""
    return text(*uses, kind=FieldType.LONG_TEXT)


def url(*uses: Use) -> Any:
    """A web address."""
    return text(*uses, kind=FieldType.URL)


def choice(values: type[StrEnum], *uses: Use, default: StrEnum | None = None) -> Any:
    """One of an enumeration; the database refuses anything else."""
    codes = tuple(v.value for v in values)
    listed = ", ".join(f"'{code}'" for code in codes)
    column = ChoiceField(null=default is None, allowed=listed, default=default.value if default else None)
    return _declared(column, _entry(FieldType.CHOICE, uses, choices=codes, required=default is not None))


class ChoiceField(pw.TextField):
    """Text held to a list of codes by a CHECK that names its own column."""

    def __init__(self, *, allowed: str, **options: Any) -> None:
        self.allowed = allowed
        super().__init__(**options)

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Peewee tells the column its name here, so the CHECK can be written."""
        super().bind(model, name, set_attribute)
        self.constraints = [pw.Check(f"{self.column_name} IN ({self.allowed})")]


def integer(*uses: Use, most: int | None = None) -> Any:
    """A whole number; with `most` one from 0 to there."""
    column = pw.BigIntegerField(null=True) if most is None else LimitedField(most=most)
    return _declared(column, _entry(FieldType.INTEGER, uses, most=most))


def year(*uses: Use) -> Any:
    """The number of a year."""
    return _declared(pw.BigIntegerField(null=True), _entry(FieldType.INTEGER, uses, year=True))


class LimitedField(pw.BigIntegerField):
    """A whole number held to a range by a CHECK that names its own column."""

    def __init__(self, *, most: int) -> None:
        self.most = most
        super().__init__(null=True)

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Peewee tells the column its name here, so the CHECK can be written."""
        super().bind(model, name, set_attribute)
        self.constraints = [pw.Check(f"{self.column_name} BETWEEN 0 AND {self.most}")]


def number(*uses: Use) -> Any:
    """A number with decimals, such as a quantity or hours."""
    return _declared(pw.DoubleField(null=True), _entry(FieldType.NUMBER, uses))


def money(*uses: Use) -> Any:
    """An amount in whole minor units; its currency stands in the column made by `currency` of the same name."""
    return _declared(pw.BigIntegerField(null=True), _entry(FieldType.MONEY, uses))


def currency() -> Any:
    """The currency beside a money column called the same without `_currency`."""
    return pw.TextField(null=True)


def day(*uses: Use) -> Any:
    """A business date, `YYYY-MM-DD`."""
    return _declared(pw.TextField(null=True), _entry(FieldType.DATE, uses))


def anniversary(*uses: Use) -> Any:
    """A day that comes back each year, `YYYY-MM-DD` or `--MM-DD`."""
    return _declared(pw.TextField(null=True), _entry(FieldType.ANNIVERSARY, uses))


def instant(*uses: Use, edit: bool = True) -> Any:
    """An instant in UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`."""
    wanted = {Use.EDIT, *uses} if edit else set(uses)
    return _declared(pw.TextField(null=True), Declared(FieldType.INSTANT, frozenset(wanted)))


def yes_no(*uses: Use, later: bool = False) -> Any:
    """Yes or no; empty counts as no. `later` for one that came to its table after the first release."""
    column = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT 0")] if later else None)
    return _declared(column, _entry(FieldType.YES_NO, uses))


def link(target: str, model: Any, *uses: Use, edit: bool = True, required: bool = False) -> Any:
    """Another record. NO ACTION: services re-link or delete children themselves, in the same action.

    Its index is made by the schema, for the rows that have one only.
    """
    column = pw.ForeignKeyField(model, null=True, backref="+", index=False)
    wanted = {Use.EDIT, *uses} if edit else set(uses)
    return _declared(column, Declared(FieldType.LINK, frozenset(wanted), target=target, required=required))


def derived(
    kind: FieldType, sql: str, *uses: Use, choices: tuple[str, ...] = (), target: str | None = None
) -> Declared:
    """A field that is computed: an SQL expression over the record `b`. With SORT it is kept in the list row `r`."""
    return Declared(kind, frozenset(uses), choices=choices, target=target, sql=sql)
