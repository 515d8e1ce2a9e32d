"""The bin: what lies in it, and the work that goes in and comes out with a record.

An activity or task goes along with the last living record that it is linked to, under the same instant; by that
instant it is known as one that went along.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.domain.folding import fold
from crm_desktop.storage.database import AMONG, packed
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.models import ActivityLink, TaskLink
from crm_desktop.storage.models.work import CONCERNED
from crm_desktop.storage.sources import foreign_keys, name_of
from crm_desktop.storage.store import Store

KINDS = (*CONCERNED, "product", "purchase", "activity", "task")
"""Kinds that a person looks for in the bin."""

LINKS = {"activity": ActivityLink, "task": TaskLink}
"""Kinds that a table of links ties to records."""
_DELETED_BY = (
    "SELECT id FROM action WHERE state = 'done' AND target IS NULL AND at >= ?"
    " AND id IN (SELECT action FROM journal_row WHERE kind = ? AND first <= ? AND last >= ?)"
    " ORDER BY at, id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Gone:
    """A record in the bin. `deleted_at` is its instant as stored; `merged_into` the record it became part of."""

    kind: str
    id: int
    name: str
    deleted_at: str
    merged_into: int | None = None


def take_along(store: Store, kind: str, ids: Sequence[int], stamp: str) -> dict[str, int]:
    """Puts the work that now concerns nothing living into the bin; answers how much of each kind."""
    found = {work: _left_alone(store, work, kind, ids) for work in LINKS} if kind in CONCERNED else {}
    for work, gone in found.items():
        store.records.delete(work, gone, stamp)
    return {work: len(gone) for work, gone in found.items() if gone}


def bring_along(store: Store, kind: str, ids: Sequence[int]) -> dict[str, int]:
    """Takes the work that went along with records out of the bin again, before these; answers how much."""
    found = {work: _went_along(store, work, kind, ids) for work in LINKS} if kind in CONCERNED else {}
    for work, back in found.items():
        store.records.restore(work, back)
    return {work: len(back) for work, back in found.items() if back}


def _left_alone(store: Store, work: str, kind: str, ids: Sequence[int]) -> list[int]:
    """The living work of some records of which every link leads into the bin."""
    living = " OR ".join(
        f"EXISTS (SELECT 1 FROM {target} t WHERE t.id = o.{column} AND t.deleted_at IS NULL)"
        for column, target in _ends(work)
    )
    sql = (
        f"SELECT DISTINCT w.id FROM {work}_link l JOIN {work} w ON w.id = l.{work}_id WHERE l.{kind}_id {AMONG}"
        f" AND w.deleted_at IS NULL AND NOT EXISTS"
        f" (SELECT 1 FROM {work}_link o WHERE o.{work}_id = w.id AND ({living})) ORDER BY w.id"
    )
    return [row[0] for row in store.database.execute_sql(sql, (packed(ids),)).fetchall()]


def _went_along(store: Store, work: str, kind: str, ids: Sequence[int]) -> list[int]:
    sql = (
        f"SELECT DISTINCT w.id FROM {work}_link l JOIN {work} w ON w.id = l.{work}_id WHERE l.{kind}_id {AMONG}"
        f" AND w.deleted_at IS NOT NULL AND {_along(work)} ORDER BY w.id"
    )
    return [row[0] for row in store.database.execute_sql(sql, (packed(ids),)).fetchall()]


def _along(work: str) -> str:
    """SQL: the work `w` went into the bin with one of its records."""
    same = " OR ".join(
        f"EXISTS (SELECT 1 FROM {target} t WHERE t.id = o.{column} AND t.deleted_at = w.deleted_at)"
        for column, target in _ends(work)
    )
    return f"EXISTS (SELECT 1 FROM {work}_link o WHERE o.{work}_id = w.id AND ({same}))"


def _ends(work: str) -> list[tuple[str, str]]:
    return [(column, target) for column, target in foreign_keys(LINKS[work]) if target in CONCERNED]


def gone(store: Store, text: str, kinds: Sequence[str], limit: int) -> list[Gone]:
    """What is in the bin by itself, the newest first; every word of the text is in the name."""
    found: list[Gone] = []
    for kind in kinds:
        found += _gone(store, kind, [fold(word) for word in text.split()], limit)
    return sorted(found, key=lambda each: (each.deleted_at, each.id), reverse=True)[:limit]


def _gone(store: Store, kind: str, words: Sequence[str], limit: int) -> list[Gone]:
    name = name_of(kind, "w.id") if kind != "purchase" else name_of("product", "w.product_id")
    merged = "w.merged_into_id" if "merged_into" in store.sources.kinds[kind].sources else "NULL"
    where = ["w.deleted_at IS NOT NULL", *([f"NOT {_along(kind)}"] if kind in LINKS else [])]
    where += [f"instr(fold(coalesce({name}, '')), ?) > 0" for _ in words]
    sql = (
        f"SELECT w.id, coalesce({name}, ''), w.deleted_at, {merged} FROM {kind} w"
        f" WHERE {' AND '.join(where)} ORDER BY w.deleted_at DESC, w.id DESC LIMIT ?"
    )
    rows = store.database.execute_sql(sql, (*words, limit)).fetchall()
    return [Gone(kind, *row) for row in rows]


def deleted_by(store: Store, each: Gone) -> Entry | None:
    """The action that put a record into the bin; None where the journal does not say."""
    row = store.database.execute_sql(_DELETED_BY, (each.deleted_at, each.kind, each.id, each.id)).fetchone()
    return store.journal.entry(row[0]) if row else None
