"""The board: the deals of a stage in the order somebody gave them by hand.

A deal that was never moved has the rank `UNRANKED` and stands where its id puts it, so that adding deals asks for no
ranks; moving one gives it a rank between its neighbours, and no other deal is rewritten.
"""

from array import array
from collections.abc import Callable

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.rank import between
from crm_desktop.storage.database import Database
from crm_desktop.storage.filter_sql import Compiler
from crm_desktop.storage.sources import Sources

UNRANKED = "U"
_KEY = f"CASE b.rank WHEN '{UNRANKED}' THEN printf('{UNRANKED}%016x{UNRANKED}', b.id) ELSE b.rank END"


class Board:
    """Reads and finds places on the board; safe on any thread."""

    def __init__(self, database: Database, sources: Callable[[], Sources], clock: Clock) -> None:
        self._database = database
        self._sources = sources
        self._clock = clock

    def ids(self, wanted: Filter) -> dict[int, "array[int]"]:
        """The ids of the deals that a filter means by id of their stage, each in the order of the board."""
        query = Compiler(self._sources(), self._clock).query(wanted)
        sql = (
            f"SELECT b.stage_id, r.id FROM {query.tables(_KEY)} WHERE ({query.where}) AND b.stage_id IS NOT NULL"
            f" ORDER BY b.stage_id, {_KEY}, r.id"
        )
        found: dict[int, array[int]] = {}
        for stage, deal in self._database.execute_sql(sql, tuple(query.values)).fetchall():
            found.setdefault(stage, array("q")).append(deal)
        return found

    def place(self, stage: int, deal: int, *, after: int | None = None, before: int | None = None) -> str:
        """A rank for a deal in a stage: right behind one deal, right before another, or at the end.

        Among all deals of the stage, whether they are shown or not, so that no two get the same place.
        """
        others = f"FROM deal b WHERE b.stage_id = {int(stage)} AND b.id <> {int(deal)}"
        low = self._key(after)
        if low is not None:
            return _free(low, self._one(f"SELECT min({_KEY}) {others} AND {_KEY} > ?", low))
        high = self._key(before)
        if high is not None:
            return _free(self._one(f"SELECT max({_KEY}) {others} AND {_KEY} < ?", high), high)
        return _free(self._one(f"SELECT max({_KEY}) {others}"), None)

    def _key(self, deal: int | None) -> str | None:
        return None if deal is None else self._one(f"SELECT {_KEY} FROM deal b WHERE b.id = ?", deal)

    def _one(self, sql: str, *values: object) -> str | None:
        row = self._database.execute_sql(sql, values).fetchone()
        return None if row is None or row[0] is None else str(row[0])


def _free(low: str | None, high: str | None) -> str:
    rank = between(low, high)
    return between(rank, high) if rank == UNRANKED else rank
