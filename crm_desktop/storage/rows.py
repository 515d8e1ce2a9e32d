"""Derived tables: the list row and the search index of each kind, made set-wise from the tracked tables."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from crm_desktop.domain.catalogue import FieldType, Use
from crm_desktop.domain.churn import ChurnRule, losses
from crm_desktop.storage import models
from crm_desktop.storage.database import AMONG, Database, packed
from crm_desktop.storage.journal import Touch
from crm_desktop.storage.models.customers import CUSTOMERS
from crm_desktop.storage.schema import kept_sql, row_columns, row_indexes
from crm_desktop.storage.sources import KindSources, Sources, table
from crm_desktop.storage.touch import Affected

_DERIVED = frozenset(table(model) for model in models.DERIVED)
_FEW = 2_000
EVERY = (0, 1 << 62)
"""The range of all ids."""

AGEING = "strength"
"""The field that changes with the day alone."""

LOSS_BITS = 9
"""The id of a loss is that of its customer and a number, so that making it anew gives it the same id. Who comes and
goes more often than there is room for keeps the newest."""


class Rows:
    """Keeps the derived tables true. `rule` says when a customer counts as lost."""

    def __init__(self, database: Database, sources: Callable[[], Sources], rule: ChurnRule) -> None:
        self._database = database
        self._sources = sources
        self.rule = rule

    def refresh(self, found: Affected) -> None:
        """Makes anew what an action made stale."""
        for kind, where, values, many in _conditions(found.stale):
            if kind not in _DERIVED:
                self._refresh_rows(kind, where, values, bulk=many)
        for (kind, columns), ids in found.cells.items():
            for _, where, values, _ in _conditions(Touch({kind: ids - found.stale.ids.get(kind, set())})):
                self._refresh_cells(kind, columns, where, values)
        for kind, where, values, _ in _conditions(found.searched):
            if kind not in _DERIVED:
                self._refresh_search(kind, where, values)
        self._customers(found)

    def rebuild(self) -> None:
        """Makes every derived table anew."""
        for name in self._sources().kinds:
            self._execute(f"DELETE FROM {name}_row")
            self._execute(f"INSERT INTO {name}_search ({name}_search) VALUES ('delete-all')")
        self._execute("DELETE FROM loss")
        whole = Touch()
        for model in models.RECORDS:
            whole.span(table(model), *EVERY)
        self.refresh(Affected(whole, whole, whole))

    def age(self, day: date) -> int:
        """Keeps the strength of relations for another day; answers how many rows there are."""
        self._execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('aged_on', ?)", (day.isoformat(),))
        found = 0
        for name, kind in self._sources().kinds.items():
            source = kind.sources.get(AGEING)
            if source is not None and source.field.sortable:
                now = f"SELECT b.id AS id, {source.kept} AS held FROM {name}_row b WHERE b.{AGEING} IS NOT NULL"
                self._execute(
                    f"UPDATE {name}_row AS r SET {AGEING} = n.held FROM ({now}) n"
                    f" WHERE n.id = r.id AND r.{AGEING} IS NOT n.held"
                )
                found += self._execute("SELECT changes()")[0][0]
        return found

    def pack(self) -> None:
        """Brings each search index into one piece, so that it is read the fastest."""
        for name in self._sources().kinds:
            self._execute(f"INSERT INTO {name}_search ({name}_search) VALUES ('optimize')")

    def _refresh_rows(self, kind: str, where: str, values: tuple[object, ...], *, bulk: bool) -> None:
        known = self._sources().kinds[kind]
        names = [name for name, _ in row_columns(known)]
        wanted = rows_sql(known, where)
        if bulk:
            self._replace_rows(known, where, values, wanted)
        else:
            self._mend_rows(f"{known.table}_row", names, where, values, wanted)

    def _replace_rows(self, known: KindSources, where: str, values: tuple[object, ...], wanted: str) -> None:
        """Writes the rows of a whole range anew."""
        self._execute(f"DELETE FROM {known.table}_row WHERE {where}", values)
        indexes = row_indexes(known) if self._mostly_new(known, where, values) else []
        for index in indexes:
            self._execute(f"DROP INDEX {index.split()[2]}")
        self._execute(f"INSERT INTO {known.table}_row {wanted}", values)
        for index in indexes:
            self._execute(index)

    def _mend_rows(
        self, table_name: str, names: list[str], where: str, values: tuple[object, ...], wanted: str
    ) -> None:
        """Writes only what differs: an edit that changes one column touches one index."""
        columns = ", ".join(["id", *names])
        kept = {row[0]: row for row in self._execute(f"SELECT {columns} FROM {table_name} WHERE {where}", values)}
        new: list[tuple[Any, ...]] = []
        changed: dict[tuple[int, ...], list[tuple[Any, ...]]] = {}
        for row in self._execute(wanted, values):
            old = kept.pop(row[0], None)
            if old is None:
                new.append(row)
            elif old != row:
                which = tuple(n for n, value in enumerate(row) if value != old[n])
                changed.setdefault(which, []).append((*(row[n] for n in which), row[0]))
        write = self._database.raw.executemany
        write(f"DELETE FROM {table_name} WHERE id = ?", ((i,) for i in kept))
        write(f"INSERT INTO {table_name} ({columns}) VALUES (?{', ?' * len(names)})", new)
        for which, rows in changed.items():
            write(f"UPDATE {table_name} SET {', '.join(f'{names[n - 1]} = ?' for n in which)} WHERE id = ?", rows)

    def _refresh_cells(self, kind: str, columns: tuple[str, ...], where: str, values: tuple[object, ...]) -> None:
        """Makes some columns of list rows anew, where they differ; each has an index of its own."""
        for name in columns:
            wanted = kept_sql(self._sources().kinds[kind].sources[name])
            self._execute(
                f"UPDATE {kind}_row SET {name} = w.value FROM (SELECT b.id, {wanted} AS value FROM {kind} b"
                f" WHERE b.{where}) w WHERE {kind}_row.id = w.id AND {kind}_row.{name} IS NOT w.value",
                values,
            )

    def _mostly_new(self, kind: KindSources, where: str, values: tuple[object, ...]) -> bool:
        """Whether so many rows come that sorting the indexes anew is quicker than adding to them row by row."""
        kept = self._execute(f"SELECT count(*) FROM {kind.table}_row")[0][0]
        coming = self._execute(f"SELECT count(*) FROM {kind.table} WHERE {where}", values)[0][0]
        return bool(coming > max(kept, _FEW))

    def _refresh_search(self, kind: str, where: str, values: tuple[object, ...]) -> None:
        known = self._sources().kinds[kind]
        self._execute(f"DELETE FROM {kind}_search WHERE {where.replace('id', 'rowid', 1)}", values)
        self._execute(f"INSERT INTO {kind}_search (rowid, text) {search_sql(known, where)}", values)

    def _customers(self, found: Affected) -> None:
        """Customers are companies and people, by their ids; what they bought says when they were lost."""
        for kind, where, values, many in _conditions(_customers_among(found.stale)):
            self._losses(where, values)
            self._refresh_rows(kind, where, values, bulk=many)
        for kind, where, values, _ in _conditions(_customers_among(found.stale, found.searched)):
            self._refresh_search(kind, where, values)

    def _losses(self, where: str, values: tuple[object, ...]) -> None:
        theirs = f"customer_{where}"
        for name in ("loss_row", "loss_search"):
            key = "id" if name == "loss_row" else "rowid"
            self._execute(f"DELETE FROM {name} WHERE {key} IN (SELECT id FROM loss WHERE {theirs})", values)
        self._execute(f"DELETE FROM loss WHERE {theirs}", values)
        self._database.raw.executemany(
            "INSERT INTO loss (id, customer_id, lost_on, returned_on, reason) VALUES (?, ?, ?, ?, ?)",
            list(self.found_losses(where, values)),
        )
        self._execute(
            f"INSERT INTO loss_row (id, lost_on, returned_on) SELECT id, lost_on, returned_on FROM loss WHERE {theirs}",
            values,
        )

    def found_losses(self, where: str, values: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
        """Losses known and, where nobody buys again, to come: so nothing here depends on today."""
        marked = dict(
            self._execute(f"SELECT id, lost_on FROM customer WHERE {where} AND (lost OR lost_on IS NOT NULL)", values)
        )
        dated = self._execute(
            f"SELECT customer_id, bought_on FROM bought WHERE customer_{where} AND bought_on IS NOT NULL"
            " ORDER BY customer_id, bought_on",
            values,
        )
        bought = {
            customer: [date.fromisoformat(day) for _, day in rows] for customer, rows in groupby(dated, itemgetter(0))
        }
        for customer in sorted({*marked, *bought}):
            day = marked.get(customer)
            if customer in marked and day is None:
                yield customer << LOSS_BITS, customer, None, None, "hand"
                continue
            by_hand = date.fromisoformat(day) if day else None
            found = losses(bought.get(customer, []), self.rule, by_hand)[-(1 << LOSS_BITS) :]
            for number, loss in enumerate(found):
                back = loss.returned_on.isoformat() if loss.returned_on else None
                yield (customer << LOSS_BITS) + number, customer, loss.lost_on.isoformat(), back, loss.reason

    def _execute(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._database.execute_sql(sql, values).fetchall()
        return found


@lru_cache(maxsize=128)
def rows_sql(kind: KindSources, where: str) -> str:
    """The list rows of living records that meet a condition over their `id`, as they should be."""
    kept = "".join(f", {kept_sql(kind.sources[name])}" for name, _ in row_columns(kind))
    return f"SELECT b.id{kept} FROM {kind.table} b WHERE b.{where} AND {_living(kind)}"


@lru_cache(maxsize=128)
def search_sql(kind: KindSources, where: str) -> str:
    """The words that living records are found by, as they should be."""
    return f"SELECT b.id, {words_sql(kind)} FROM {kind.table} b{_own(kind)} WHERE b.{where} AND {_living(kind)}"


def words_sql(kind: KindSources) -> str:
    """All that the search finds a record by, folded; phone numbers also as digits alone."""
    sources = [source for source in kind.sources.values() if Use.SEARCH in source.field.uses]
    texts = _in_a_row([kind.searched, *(source.sql for source in sources)])
    numbers = [f"number_words({source.sql})" for source in sources if source.field.type is FieldType.PHONE]
    return _in_a_row([f"searchable({texts})", *numbers])


def _in_a_row(texts: list[str]) -> str:
    return " || char(32) || ".join(f"coalesce({text}, '')" for text in texts)


def _own(kind: KindSources) -> str:
    return f" LEFT JOIN {kind.table}_custom x ON x.id = b.id" if kind.custom else ""


def _living(kind: KindSources) -> str:
    return "1" if kind.table in _DERIVED else "b.deleted_at IS NULL"


def _customers_among(*touched: Touch) -> Touch:
    found = Touch()
    for touch in touched:
        for kind in CUSTOMERS:
            found.update("customer", touch.ids.get(kind, ()))
            for first, last in touch.spans.get(kind, ()):
                found.span("customer", first, last)
    return found


def _conditions(touch: Touch) -> Iterator[tuple[str, str, tuple[object, ...], bool]]:
    """The records of each kind as SQL over `id`, its values, and whether they may be many."""
    for kind in touch.kinds():
        for first, last in touch.spans.get(kind, []):
            yield kind, "id BETWEEN ? AND ?", (first, last), True
        ids = sorted(i for i in touch.ids.get(kind, ()) if not _within(i, touch.spans.get(kind, [])))
        for start in range(0, len(ids), 10_000):
            yield kind, f"id {AMONG}", (packed(ids[start : start + 10_000]),), False


def _within(record: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= record <= last for first, last in spans)
