"""Derived tables: the list row and the search index of each kind, made set-wise from the tracked tables."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from crm_desktop.domain.catalogue import FieldType, Use
from crm_desktop.domain.churn import ChurnRule, losses
from crm_desktop.storage import models
from crm_desktop.storage.database import Database
from crm_desktop.storage.journal import Touch
from crm_desktop.storage.schema import row_columns, row_indexes
from crm_desktop.storage.sources import KindSources, Source, Sources, table
from crm_desktop.storage.touch import Affected

_DERIVED = frozenset(table(model) for model in models.DERIVED)
_FEW = 2_000


class Rows:
    """Keeps the derived tables true. `rule` says when a customer counts as lost."""

    def __init__(self, database: Database, sources: Sources, rule: ChurnRule) -> None:
        self._database = database
        self.sources = sources
        self._rule = rule

    def refresh(self, found: Affected) -> None:
        """Makes anew what an action made stale."""
        for kind, where, values, many in _conditions(found.stale):
            if kind not in _DERIVED:
                self._refresh_rows(kind, where, values, bulk=many)
        for kind, where, values, _ in _conditions(found.searched):
            if kind not in _DERIVED:
                self._refresh_search(kind, where, values)
        self._customers(found.stale)

    def rebuild(self) -> None:
        """Makes every derived table anew."""
        for kind in self.sources.kinds.values():
            self._execute(f"DELETE FROM {kind.table}_row")
            self._execute(f"DELETE FROM {kind.table}_search")
        self._execute("DELETE FROM loss")
        whole = Touch()
        for model in models.RECORDS:
            whole.span(table(model), 0, 1 << 60)
        self.refresh(Affected(whole, whole, whole))

    def _refresh_rows(self, kind: str, where: str, values: tuple[object, ...], *, bulk: bool) -> None:
        known = self.sources.kinds[kind]
        columns = row_columns(known)
        living = f"SELECT b.id FROM {known.table} b WHERE b.{where} AND {_living(known)}"
        self._execute(f"DELETE FROM {known.table}_row WHERE {where} AND id NOT IN ({living})", values * 2)
        names = "".join(f", {name}" for name, _ in columns)
        kept = "".join(f", {kept_sql(known.sources[name])}" for name, _ in columns)
        fill = (
            f"INSERT OR REPLACE INTO {known.table}_row (id{names}) SELECT b.id{kept} FROM {known.table} b"
            f" WHERE b.{where} AND {_living(known)}"
        )
        indexes = row_indexes(known) if bulk and self._mostly_new(known, where, values) else []
        for index in indexes:
            self._execute(f"DROP INDEX {index.split()[2]}")
        self._execute(fill, values)
        for index in indexes:
            self._execute(index)

    def _mostly_new(self, kind: KindSources, where: str, values: tuple[object, ...]) -> bool:
        """Whether so many rows come that sorting the indexes anew is quicker than adding to them row by row."""
        kept = self._execute(f"SELECT count(*) FROM {kind.table}_row")[0][0]
        coming = self._execute(f"SELECT count(*) FROM {kind.table} WHERE {where}", values)[0][0]
        return bool(coming > max(kept, _FEW))

    def _refresh_search(self, kind: str, where: str, values: tuple[object, ...]) -> None:
        known = self.sources.kinds[kind]
        self._execute(f"DELETE FROM {kind}_search WHERE {where.replace('id', 'rowid', 1)}", values)
        self._execute(
            f"INSERT INTO {kind}_search (rowid, text) SELECT b.id, {words_sql(known)} FROM {known.table} b{_own(known)}"
            f" WHERE b.{where} AND {_living(known)}",
            values,
        )

    def _customers(self, stale: Touch) -> None:
        """Customers are companies and people, by their ids; what they bought says when they were lost."""
        both = Touch()
        for kind in ("company", "person"):
            both.ids.setdefault("customer", set()).update(stale.ids.get(kind, ()))
            both.spans.setdefault("customer", []).extend(stale.spans.get(kind, []))
        for kind, where, values, many in _conditions(both):
            self._losses(where, values)
            self._refresh_rows(kind, where, values, bulk=many)
            self._refresh_search(kind, where, values)

    def _losses(self, where: str, values: tuple[object, ...]) -> None:
        theirs = f"customer_{where}"
        for name in ("loss_row", "loss_search"):
            key = "id" if name == "loss_row" else "rowid"
            self._execute(f"DELETE FROM {name} WHERE {key} IN (SELECT id FROM loss WHERE {theirs})", values)
        self._execute(f"DELETE FROM loss WHERE {theirs}", values)
        self._database.raw.executemany(
            "INSERT INTO loss (id, customer_id, lost_on, returned_on, reason)"
            " VALUES ((SELECT coalesce(max(id), 0) + 1 FROM loss), ?, ?, ?, ?)",
            list(self._found_losses(where, values)),
        )
        self._execute(
            f"INSERT INTO loss_row (id, lost_on, returned_on) SELECT id, lost_on, returned_on FROM loss WHERE {theirs}",
            values,
        )

    def _found_losses(self, where: str, values: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
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
                yield customer, None, None, "hand"
                continue
            by_hand = date.fromisoformat(day) if day else None
            for loss in losses(bought.get(customer, []), self._rule, by_hand):
                back = loss.returned_on.isoformat() if loss.returned_on else None
                yield customer, loss.lost_on.isoformat(), back, loss.reason

    def _execute(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._database.execute_sql(sql, values).fetchall()
        return found


def kept_sql(source: Source) -> str:
    """What the list row keeps of a field: text folded, so that order and search ignore case and accents."""
    if source.field.type is FieldType.LINK:
        return f"fold({source.name})"
    return f"fold({source.kept})" if source.field.type.textual else source.kept


def words_sql(kind: KindSources) -> str:
    """All that the search finds a record by, folded; phone numbers also as digits alone."""
    texts = [f"coalesce({sql}, '')" for sql in kind.searched if sql != "NULL"]
    for source in kind.sources.values():
        if Use.SEARCH in source.field.uses and (source.part is not None or source.custom):
            texts.append(f"coalesce({source.sql}, '')")
            if source.field.type is FieldType.PHONE:
                texts.append(f"coalesce(digits({source.sql}), '')")
    return f"fold({' || char(32) || '.join(texts)})" if texts else "''"


def _own(kind: KindSources) -> str:
    return f" LEFT JOIN {kind.table}_custom x ON x.id = b.id" if kind.custom else ""


def _living(kind: KindSources) -> str:
    return "1" if kind.table in _DERIVED else "b.deleted_at IS NULL"


def _conditions(touch: Touch) -> Iterator[tuple[str, str, tuple[object, ...], bool]]:
    """The records of each kind as SQL over `id`, its values, and whether they may be many."""
    for kind in touch.kinds():
        for first, last in touch.spans.get(kind, []):
            yield kind, "id BETWEEN ? AND ?", (first, last), True
        ids = sorted(i for i in touch.ids.get(kind, ()) if not _within(i, touch.spans.get(kind, [])))
        for start in range(0, len(ids), 10_000):
            chunk = json.dumps(ids[start : start + 10_000])
            yield kind, "id IN (SELECT value FROM json_each(?))", (chunk,), False


def _within(record: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= record <= last for first, last in spans)
