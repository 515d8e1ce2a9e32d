"""Many new records at once: whole columns go to the table of a kind and to the tables of its parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import peewee as pw

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.contact import FLAGS, Reach, known_of
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.folding import dialled, fold
from crm_desktop.storage import models
from crm_desktop.storage.database import Database
from crm_desktop.storage.sources import Part, Source, table
from crm_desktop.storage.values import in_column, stored

MODELS = {table(model): model for model in models.TABLES}

Columns = list[tuple[str, Sequence[Any]]]


class Helpers(NamedTuple):
    """What loading asks of the records: new ids, the ids of tags by their folded names."""

    take: Callable[[str, int], int]
    tags: Callable[[Iterable[str]], dict[str, int]]


class Loader:
    """Puts columns of values of the same fields into their tables, a batch at a time."""

    def __init__(self, database: Database, sources: Mapping[str, Source], kind: str, helpers: Helpers) -> None:
        self._database = database
        self._sources = sources
        self._kind = kind
        self._helpers = helpers
        self._tags: dict[str, int] = {}

    def load(self, first: int, values: Mapping[str, Sequence[Any]], count: int) -> None:
        """Writes `count` records whose ids begin at `first`; `values` are the columns by field."""
        ids = range(first, first + count)
        own: Columns = [("id", ids)]
        customs: Columns = [("id", ids)]
        parts: dict[str, list[tuple[Part, Sequence[Any]]]] = {}
        for name, column in values.items():
            source = self._sources[name]
            if source.part is not None:
                parts.setdefault(source.part.table, []).append((source.part, column))
            elif source.custom is not None:
                customs += _vertical(source, source.custom, column)
            elif source.column is not None:
                own += _vertical(source, source.column, column)
        said = {name for name, _ in own}
        own += [(name, [value] * count) for name, value in defaults(self._kind).items() if name not in said]
        self._write(self._kind, own)
        if len(customs) > 1:
            self._write(f"{self._kind}_custom", customs)
        for name, mine in parts.items():
            self._load_parts(name, ids, mine)

    def _load_parts(self, name: str, ids: range, mine: list[tuple[Part, Sequence[Any]]]) -> None:
        columns = _addresses(ids, mine) if name == "address" else self._rows_of(ids, mine)
        count = len(columns[0][1])
        if not count:
            return
        if name == "phone":
            numbers = next(values for column, values in columns if column == "number")
            columns.append(("e164", list(map(dialled, numbers))))
        first = self._helpers.take("part", count)
        said = {column for column, _ in columns}
        columns += [(column, [value] * count) for column, value in defaults(name).items() if column not in said]
        self._write(name, [("id", range(first, first + count)), *columns])

    def _rows_of(self, ids: range, mine: list[tuple[Part, Sequence[Any]]]) -> Columns:
        """Rows of a table in which each row holds one value of a record: its owner, its value, its position."""
        owners: list[int] = []
        places: list[int] = []
        values: dict[str, list[Any]] = {part.column: [] for part, _ in mine}
        for part, column in mine:
            if part.target == "tag":
                self._tags |= self._helpers.tags(text for value in column if value for text in _texts(value))
            for record, value in zip(ids, column, strict=True):
                if value:
                    each = self._values(part, value)
                    owners += [record] * len(each)
                    places += range(len(each))
                    values[part.column] += each
            for other in values:
                values[other] += [None] * (len(owners) - len(values[other]))
        found: Columns = [(mine[0][0].owner, owners), *values.items(), *_known(values)]
        return [*found, ("position", places)] if "position" in defaults(mine[0][0].table) else found

    def _values(self, part: Part, value: Any) -> Sequence[Any]:
        if part.target is None:
            return _texts(value)
        if part.target == "tag":
            return [self._tags[name] for name in dict.fromkeys(fold(text.strip()) for text in _texts(value)) if name]
        return (value.id if isinstance(value, Ref) else int(value),)

    def _write(self, name: str, columns: Columns) -> None:
        names = ", ".join(column for column, _ in columns)
        marks = ", ".join("?" for _ in columns)
        rows = zip(*(values for _, values in columns), strict=True)
        self._database.raw.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)


def defaults(name: str) -> dict[str, Any]:
    """What a row of a table has where nothing is said."""
    return {
        column.column_name: int(column.default) if isinstance(column.default, bool) else column.default
        for column in MODELS[name]._meta.sorted_fields
        if column.default is not None and not isinstance(column, pw.AutoField)
    }


def _texts(value: Any) -> Sequence[str]:
    """The texts of a field that may hold several."""
    return (value,) if isinstance(value, str) else value


def _known(values: Mapping[str, Sequence[Any]]) -> Columns:
    """The labels and flags of addresses, where any bears one."""
    texts = next(iter(values.values()))
    if not any(type(text) is Reach for text in texts):
        return []
    labels, *flags = zip(*map(known_of, texts), strict=True)
    noted = [(name, [int(each) for each in column]) for name, column in zip(FLAGS, flags, strict=True)]
    return [("label", [label or None for label in labels]), *noted]


def _addresses(ids: range, mine: list[tuple[Part, Sequence[Any]]]) -> Columns:
    """One row for each record of which anything of the address is known."""
    columns = [[value or None for value in column] for _, column in mine]
    kept = [at for at, each in enumerate(zip(*columns, strict=True)) if any(each)]
    owners: Sequence[int] = ids
    if len(kept) < len(ids):
        owners = [ids[at] for at in kept]
        columns = [[column[at] for at in kept] for column in columns]
    return [(mine[0][0].owner, owners), *zip((part.column for part, _ in mine), columns, strict=True)]


def _vertical(source: Source, name: str, values: Sequence[Any]) -> Columns:
    """The column or columns of one field, for a whole batch; empty text is no value."""
    kind = source.field.type
    if kind is FieldType.MONEY:
        amounts = [value.minor if value is not None else None for value in values]
        currencies = [value.currency if value is not None else None for value in values]
        return [(name, amounts), (f"{name}_currency", currencies)]
    if source.field.multi:
        return [(name, [in_column(source.field, value) for value in values])]
    if kind.textual or kind is FieldType.CHOICE:
        return [(name, [value or None for value in values])]
    if kind is FieldType.INTEGER:
        return [(name, values)]
    return [(name, [stored(kind, value) for value in values])]
