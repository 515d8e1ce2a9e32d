"""Rows of saved views."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from crm_desktop.errors import UserError
from crm_desktop.storage.database import Database

T = TypeVar("T")
_NAMES = ("kind", "name", "filter", "columns", "sort", "descending", "density", "position")


class ViewRows:
    """Reads and writes saved views; writing belongs inside an action."""

    def __init__(self, database: Database, take: Callable[[str, int], int]) -> None:
        self._database = database
        self._take = take

    def of(self, kind: str, make: Callable[[tuple[Any, ...]], T]) -> list[T]:
        """The views of a kind in order."""
        living = "saved_view WHERE kind = ? AND deleted_at IS NULL"
        sql = f"SELECT id, {', '.join(_NAMES)} FROM {living} ORDER BY position, id"
        return [make(row) for row in self._database.execute_sql(sql, (kind,)).fetchall()]

    def every(self, make: Callable[[tuple[Any, ...]], T]) -> list[T]:
        """The views of all kinds."""
        sql = f"SELECT id, {', '.join(_NAMES)} FROM saved_view WHERE deleted_at IS NULL ORDER BY id"
        return [make(row) for row in self._database.execute_sql(sql).fetchall()]

    def write(self, number: int, values: Mapping[str, object]) -> int:
        """Keeps a view, a new one where the number is 0; answers its number."""
        if number:
            sets = ", ".join(f"{name} = ?" for name in _NAMES)
            self._database.execute_sql(
                f"UPDATE saved_view SET {sets} WHERE id = ?", (*(values[n] for n in _NAMES), number)
            )
            return number
        new = self._take("record", 1)
        marks = ", ".join("?" for _ in _NAMES)
        self._database.execute_sql(
            f"INSERT INTO saved_view (id, {', '.join(_NAMES)}) VALUES (?, {marks})", (new, *(values[n] for n in _NAMES))
        )
        return new

    def delete(self, number: int, stamp: str) -> tuple[str, str]:
        """Drops a view; answers its kind and name."""
        sql = "UPDATE saved_view SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL RETURNING kind, name"
        found = self._database.execute_sql(sql, (stamp, number)).fetchone()
        if found is None:
            raise UserError("There is no such view.")
        return str(found[0]), str(found[1])
