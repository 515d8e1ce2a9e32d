"""The tables as the models want them: what the migrations must arrive at."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from crm_desktop.domain.catalogue import Field, FieldType, Use
from crm_desktop.storage import models
from crm_desktop.storage.sources import KindSources, Source, builtin, foreign_keys, table, turn

# With its own index a beginning of any common length is answered from the newest on; without, all that match are
# gathered first.
SEARCH_OPTIONS = (
    "content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7', tokenize='unicode61 remove_diacritics 2'"
)

KEEPING = (
    # The journal, the counter and what the base knows of itself: never recorded, never undone.
    "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE counter (device INTEGER NOT NULL, scope TEXT NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (device, scope))",
    "CREATE TABLE layout (id INTEGER NOT NULL PRIMARY KEY, columns TEXT NOT NULL UNIQUE)",
    "CREATE TABLE action (id INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, verb TEXT NOT NULL, kind TEXT NOT NULL,"
    " subject TEXT NOT NULL, touched TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'abandoned')), target INTEGER REFERENCES action (id),"
    " bulk INTEGER NOT NULL, schema_version INTEGER NOT NULL, layout INTEGER REFERENCES layout (id), changeset BLOB,"
    # reverts: the older action that it took back, negative where only in part.
    " reverts INTEGER)",
    "CREATE INDEX action_undone ON action (id) WHERE state = 'undone'",
    "CREATE INDEX action_reverts ON action (reverts) WHERE reverts IS NOT NULL",
    "CREATE TABLE action_chunk (action INTEGER NOT NULL REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,"
    " segment INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (action, segment, part))",
    "CREATE TABLE journal_row (kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
    " action INTEGER NOT NULL REFERENCES action (id), PRIMARY KEY (kind, first, last, action)) WITHOUT ROWID",
)


FLAGGED = {"email": "lower(address)", "phone": "e164", "address": "id"}
"""By what bad addresses are looked up whenever an address comes in; of many millions few are bad."""


def statements() -> list[str]:
    """Every statement that makes an empty base, in order."""
    sources = builtin()
    made = [sql for model in models.TABLES for sql in _tracked(model)]
    made += [_create(models.Loss), "CREATE INDEX loss_customer ON loss (customer_id)"]
    made += [f"CREATE VIEW {name} AS{select.rstrip()}" for name, select in models.VIEWS.items()]
    made += [sql for kind in sources.kinds.values() for sql in derived_tables(kind)]
    made += [f"CREATE TABLE {kind}_custom (id INTEGER NOT NULL PRIMARY KEY)" for kind in models.CUSTOMISED]
    return made + list(KEEPING)


def derived_tables(kind: KindSources) -> Iterator[str]:
    """The list row and the search index of a kind."""
    columns = "".join(f", {name} {type_}" for name, type_ in row_columns(kind))
    yield f"CREATE TABLE {kind.table}_row (id INTEGER NOT NULL PRIMARY KEY{columns})"
    yield from row_indexes(kind)
    yield f"CREATE VIRTUAL TABLE {kind.table}_search USING fts5(text, {SEARCH_OPTIONS})"


@lru_cache(maxsize=128)
def row_columns(kind: KindSources) -> list[tuple[str, str]]:
    """Names and SQL types of what is kept in the list row: one column for each field with SORT."""
    return [(f.name, _row_type(f)) for f in kind.kind.with_use(Use.SORT) if not f.custom]


def row_indexes(kind: KindSources) -> list[str]:
    """An index for each column; SQLite adds the id as the last part of every key, so equals come in its order."""
    return [f"CREATE INDEX {kind.table}_row_{name} ON {kind.table}_row ({name})" for name, _ in row_columns(kind)]


def kept_sql(source: Source) -> str:
    """What the list row keeps of a field: text folded, so that order and search ignore case and accents; of a link
    the name, or the place where its records have an order.
    """
    if source.field.type is FieldType.LINK:
        return source.place or f"fold({source.name})"
    if source.field.type is FieldType.ANNIVERSARY:
        return turn(source.kept)
    return f"fold({source.kept})" if source.field.type.textual else source.kept


def _row_type(field: Field) -> str:
    whole = {FieldType.INTEGER, FieldType.MONEY, FieldType.YES_NO}
    return "INTEGER" if field.type in whole else "REAL" if field.type is FieldType.NUMBER else "TEXT"


def _create(model: Any) -> str:
    sql, parameters = model._schema._create_table(safe=False).query()
    assert not parameters
    return str(sql)


def _tracked(model: Any) -> Iterator[str]:
    name = table(model)
    yield _create(model)
    for index in model._schema._create_indexes(safe=False):
        yield str(index.query()[0])
    for column, _ in foreign_keys(model):
        yield f"CREATE INDEX {name}_{column} ON {name} ({column}) WHERE {column} IS NOT NULL"
    names = [f.column_name for f in model._meta.sorted_fields]
    if name in FLAGGED:
        yield f"CREATE INDEX {name}_flagged ON {name} ({FLAGGED[name]}) WHERE invalid OR opt_out"
    if "source_id" in names:
        yield (
            f"CREATE UNIQUE INDEX {name}_origin ON {name} (source_system, source_id)"
            " WHERE source_id IS NOT NULL AND deleted_at IS NULL"
        )
    if issubclass(model, models.Record):
        yield f"CREATE INDEX {name}_bin ON {name} (deleted_at) WHERE deleted_at IS NOT NULL"
