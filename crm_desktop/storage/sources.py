"""Where each field of the catalogue lies: the SQL that reads it, orders by it and writes it; read off the models once.

In SQL `b` is the record, `r` its list row, `x` its row of user-defined values.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, NamedTuple

import peewee as pw

from crm_desktop.domain.catalogue import Catalogue, Field, FieldType, Kind, Relation, Use
from crm_desktop.domain.contact import FLAGGED
from crm_desktop.storage import models
from crm_desktop.storage.models.contacts import OWNERS
from crm_desktop.storage.models.customers import CUSTOMERS, USUAL
from crm_desktop.storage.models.sql import full_name
from crm_desktop.storage.models.work import CONCERNED

_KEPT_AS_IT_IS = frozenset(
    {FieldType.INTEGER, FieldType.NUMBER, FieldType.DATE, FieldType.INSTANT, FieldType.CHOICE, FieldType.YES_NO}
)


class Part(NamedTuple):
    """A value that lies in a table of its own: one of several rows that belong to the record.

    `target` is the kind of record that a row names (a tag, the record an activity concerns).
    """

    table: str
    column: str
    owner: str
    target: str | None = None

    def matching(self, condition: str, record: str) -> str:
        """SQL: some row of the record meets a condition on `m`."""
        return f"EXISTS (SELECT 1 FROM {self.table} m WHERE m.{self.owner} = {record} AND {condition})"


class Source(NamedTuple):
    """Where one field lies.

    `sql` reads it; `kept` is what the list row keeps of it, before folding; `column` is the column of the record it
    is written to; `custom` the one of the user's values; `part` its own table; `currency` reads the currency of an
    amount; `name` the name of a linked record, `place` where that stands among those of its kind, if they have an
    order.
    """

    field: Field
    sql: str
    kept: str = ""
    column: str | None = None
    custom: str | None = None
    part: Part | None = None
    currency: str | None = None
    name: str | None = None
    place: str | None = None

    @property
    def compared(self) -> str:
        """What values are held against: the list row where it keeps the same, for there it has an index."""
        of_row = not self.field.custom and self.field.sortable and self.part is None
        return f"r.{self.field.name}" if of_row and self.field.type in _KEPT_AS_IT_IS else self.sql

    @property
    def order(self) -> str | None:
        """What lists are ordered by: the column of the list row, or the user's own value, ignoring case and accents."""
        if self.field.custom:
            return self._own_order()
        return f"r.{self.field.name}" if self.field.sortable else None

    def _own_order(self) -> str:
        match self.field.type:
            case FieldType.LINK:
                return f"fold({self.name})"
            case FieldType.ANNIVERSARY:
                return turn(self.sql)
        return f"fold({self.sql})" if self.field.type.textual or self.field.choices else self.sql


class Path(NamedTuple):
    """How a related record is found: `owners` are the columns that name whose it is, of the record `b` itself or, with
    `through`, of the link `l` in that table.
    """

    relation: Relation
    owners: tuple[str, ...]
    through: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class KindSources:
    """All that storage knows of a kind; `searched` is SQL of more text, `detail` the field shown beside a name.

    Each is like itself alone, so that the SQL made of it can be kept.
    """

    kind: Kind
    table: str
    sources: Mapping[str, Source]
    paths: Mapping[str, Path]
    searched: str
    detail: str
    custom: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """The sources of every kind, and the catalogue made of them; like itself alone, as its kinds are."""

    kinds: Mapping[str, KindSources]
    catalogue: Catalogue

    def of(self, kind: str, name: str) -> Source:
        """The source of a field; the kind's own catalogue names are trusted here."""
        return self.kinds[kind].sources[name]


def build(custom: Mapping[str, list[Field]], dropped: Sequence[tuple[str, Field]] = ()) -> Sources:
    """Everything the models and the user's own fields (by kind) declare; `dropped` are those they had, by kind."""
    found: dict[str, KindSources] = {}
    for model in models.KINDS:
        name = table(model)
        sources = {**_computed_first(model), **_columns(model), **_computed(model), **_parts(name)}
        sources |= {own.name: _custom(own) for own in custom.get(name, [])}
        if model is models.Customer:
            sources |= _owned(custom, dropped, sources)
        paths = _paths(model)
        kind = Kind(
            name, model.plural, {key: source.field for key, source in sources.items()},
            {path.relation.name: path.relation for path in paths.values()}, writable=model not in models.DERIVED,
        )  # fmt: skip
        found[name] = KindSources(kind, name, sources, paths, model.searched, model.detail, name in models.CUSTOMISED)
    return Sources(found, Catalogue({name: known.kind for name, known in found.items()}))


@cache
def builtin() -> Sources:
    """What the program declares, without the user's own fields."""
    return build({})


def turn(sql: str) -> str:
    """SQL: month and day of an anniversary."""
    return f"substr({sql}, -5)"


def table(model: type[pw.Model]) -> str:
    """The name of a model's table, which is the name of its kind."""
    return str(model._meta.table_name)


def foreign_keys(model: type[pw.Model]) -> list[tuple[str, str]]:
    """Columns of a table that name another record, with that record's table."""
    return [(f.column_name, table(f.rel_model)) for f in model._meta.sorted_fields if isinstance(f, pw.ForeignKeyField)]


def name_of(target: str, key: str) -> str:
    """SQL: the name of a linked record."""
    if target in ("person", "lead"):
        label = full_name("n") if target == "person" else f"coalesce({full_name('n')}, n.company_name)"
    else:
        label = {"activity": "n.subject", "task": "n.title"}.get(target, "n.name")
    return f"(SELECT {label} FROM {target} n WHERE n.id = {key})"


class Places(NamedTuple):
    """How records that have an order stand in it: SQL of a text by which `n` is ordered, and the tables of it."""

    place: str
    tables: str


_PLACE = "printf('%06d %d', coalesce({0}.position, 999999), {0}.id)"
PLACED = {
    "lead_status": Places(_PLACE.format("n"), "lead_status n"),
    "pipeline": Places(_PLACE.format("n"), "pipeline n"),
    "stage": Places(
        f"{_PLACE.format('p')} || ' ' || {_PLACE.format('n')}", "stage n LEFT JOIN pipeline p ON p.id = n.pipeline_id"
    ),
}
"""Kinds whose records the user puts in an order; stages stand in that of their pipelines first."""


def _place_of(target: str, key: str) -> str | None:
    """SQL: where a linked record stands."""
    placed = PLACED.get(target)
    return f"(SELECT {placed.place} FROM {placed.tables} WHERE n.id = {key})" if placed is not None else None


def _entry(name: str, declared: Any) -> Field:
    limits = {"required": declared.required, "most": declared.most, "year": declared.year}
    return Field(name, declared.type, declared.uses, declared.choices, declared.target, **limits)


def _columns(model: type[models.Record]) -> dict[str, Source]:
    found = {}
    for column in model._meta.sorted_fields:
        declared = getattr(column, "declared", None)
        if declared is None:
            continue
        own = _entry(column.name, declared)
        sql = f"b.{column.column_name}"
        currency = f"b.{column.name}_currency" if own.type is FieldType.MONEY else None
        name = name_of(own.target, sql) if own.target else None
        place = _place_of(own.target, sql) if own.target else None
        found[own.name] = Source(own, sql, sql, column.column_name, currency=currency, name=name, place=place)
    return found


def _computed_first(model: type[models.Record]) -> dict[str, Source]:
    """The computed name stands before everything else."""
    return {name: source for name, source in _computed(model).items() if name == "name"}


def _computed(model: type[models.Record]) -> dict[str, Source]:
    found = {}
    for name, declared in model.row.items():
        own = _entry(name, declared)
        kept = own.sortable and not own.type.textual and own.type is not FieldType.LINK
        sql = f"r.{name}" if kept else f"({declared.sql})"
        currency = (USUAL if model is models.Customer else "b.amount_currency") if own.type is FieldType.MONEY else None
        target = name_of(own.target, sql) if own.target and own.target != "customer" else None
        found[name] = Source(own, sql, f"({declared.sql})", currency=currency, name=target)
    return found


_EDIT = frozenset({Use.EDIT})


def _parts(kind: str) -> dict[str, Source]:
    if kind == "customer":
        return {name: _either(source) for name, source in _contact("company").items()}
    found = _contact(kind) if kind in OWNERS else {}
    if kind in CONCERNED:
        tags = Part("tag_link", "tag_id", f"{kind}_id", "tag")
        sql = _joined(
            f"SELECT t.name AS v FROM tag_link m JOIN tag t ON t.id = m.tag_id WHERE m.{kind}_id = b.id ORDER BY m.id"
        )
        found["tags"] = Source(Field("tags", FieldType.TEXT, _EDIT | {Use.SEARCH}, multi=True), sql, part=tags)
    if kind in ("activity", "task"):
        for target in CONCERNED:
            part = Part(f"{kind}_link", f"{target}_id", f"{kind}_id", target)
            sql = f"(SELECT min(m.{target}_id) FROM {part.table} m WHERE m.{kind}_id = b.id)"
            own = Field(target, FieldType.LINK, _EDIT | {Use.COLUMN}, target=target)
            found[target] = Source(own, sql, part=part, name=name_of(target, sql))
    return found


def _contact(owner: str) -> dict[str, Source]:
    found = {}
    for name, table_name, column, type_ in (
        ("email", "email", "address", FieldType.EMAIL),
        ("phone", "phone", "number", FieldType.PHONE),
    ):
        own = Field(name, type_, _EDIT | {Use.SEARCH}, multi=True)
        sql = _joined(f"SELECT {column} AS v FROM {table_name} WHERE {owner}_id = b.id ORDER BY position, id")
        found[name] = Source(own, sql, part=Part(table_name, column, f"{owner}_id"))
    for name, flag in FLAGGED.items():
        ways = " UNION ALL ".join(
            f"SELECT {column} AS v FROM {way} WHERE {owner}_id = b.id AND {flag}"
            for way, column in (("email", "address"), ("phone", "number"))
        )
        found[name] = Source(Field(name, FieldType.TEXT, frozenset(), multi=True), _joined(ways))
    for name in ("street", "city", "region", "postcode", "country"):
        uses = _EDIT | {Use.BREAKDOWN} | ({Use.SEARCH} if name in ("city", "postcode") else set())
        sql = f"(SELECT {name} FROM address WHERE {owner}_id = b.id ORDER BY position, id LIMIT 1)"
        found[name] = Source(Field(name, FieldType.TEXT, uses), sql, part=Part("address", name, f"{owner}_id"))
    return found


def _either(source: Source) -> Source:
    """A contact field of a customer, who is a company or a person."""
    own = Field(source.field.name, source.field.type, source.field.uses - _EDIT, multi=source.field.multi)
    other = source.sql.replace("company_id", "person_id")
    return Source(own, f"coalesce({source.sql}, {other})")


def _joined(select: str) -> str:
    return f"(SELECT group_concat(v, char(31)) FROM ({select}))"


def _own_column(own: Field) -> str:
    return f"f{own.definition}"


def _custom(own: Field) -> Source:
    column = _own_column(own)
    return _read_own(own, lambda end: f"x.{column}{end}")._replace(custom=column)


def _read_own(own: Field, read: Callable[[str], str]) -> Source:
    """`read` gives the SQL of its column, or of one beside it whose name goes on with that end."""
    sql, currency = read(""), read("_currency") if own.type is FieldType.MONEY else None
    if own.type is FieldType.YES_NO:
        sql = f"coalesce({sql}, 0)"  # most records have no row of own values yet, and empty counts as no
    # No foreign key holds such a link, for ALTER makes its column: a record in the bin still gives its name, one that
    # is gone gives none.
    return Source(own, sql, currency=currency, name=name_of(own.target, sql) if own.target else None)


def _owned(
    custom: Mapping[str, list[Field]], dropped: Sequence[tuple[str, Field]], taken: Mapping[str, Source]
) -> dict[str, Source]:
    """The user's fields of companies and people as a customer has them, one where both have the same.

    Of others with one name the first keeps it, also once it was dropped: a view that asks for it must not come to mean
    another one. What the next one is called tells its kind.
    """
    living = [(kind, own) for kind in CUSTOMERS for own in custom.get(kind, [])]
    known = [*living, *((kind, own) for kind, own in dropped if kind in CUSTOMERS)]
    same: dict[Hashable, list[tuple[str, Field]]] = {}
    for kind, own in sorted(known, key=lambda each: each[1].definition or 0):
        same.setdefault((own.name, own.type, own.choices, own.target, own.multi), []).append((kind, own))
    found: dict[str, Source] = {}
    names = {*taken}
    for each in same.values():
        first = each[0][1]
        name = f"{first.name}_{first.definition}" if first.name in names else first.name
        names.add(name)
        if each := [one for one in each if one in living]:
            kind, own = each[0]
            label = f"{own.label} ({kind})" if first.name in {*taken, *found} else own.label
            shown = replace(own, name=name, label=label, uses=own.uses - _EDIT)
            found[name] = _read_own(shown, partial(_of_customer, each))
    return found


def _of_customer(fields: Sequence[tuple[str, Field]], end: str) -> str:
    reads = [f"(SELECT {_own_column(own)}{end} FROM {kind}_custom o WHERE o.id = b.id)" for kind, own in fields]
    return reads[0] if len(reads) == 1 else f"coalesce({', '.join(reads)})"


def _paths(model: type[models.Record]) -> dict[str, Path]:
    """What belongs to a kind: every kind with a column that names it, and what is linked through a table."""
    kind = table(model)
    if model is models.Customer:
        return _customer_paths()
    found = {}
    for other in models.RECORDS:
        columns = [name for name, target in foreign_keys(other) if target == kind and name != "merged_into_id"]
        if columns:
            # A relation is of both its sides; elsewhere the first link tells whose a record is.
            sides = columns if other is models.Relation else columns[:1]
            found[other.plural] = Path(_relation(other), tuple(f"b.{name}" for name in sides))
    for other in (models.Activity, models.Task):
        if kind in CONCERNED:
            found[other.plural] = _linked(other, f"l.{kind}_id")
    return found


def _customer_paths() -> dict[str, Path]:
    found = {models.Loss.plural: Path(_relation(models.Loss), ("b.customer_id",))}
    for other in (models.Deal, models.Purchase):
        found[other.plural] = Path(_relation(other), ("b.company_id", "b.person_id"))
    for work in (models.Activity, models.Task):
        found[work.plural] = _linked(work, "l.company_id", "l.person_id")
    return found


def _linked(model: type[models.Record], *owners: str) -> Path:
    return Path(_relation(model), owners, through=f"{table(model)}_link")


def _relation(model: type[models.Record]) -> Relation:
    return Relation(model.plural, table(model), model.when)
