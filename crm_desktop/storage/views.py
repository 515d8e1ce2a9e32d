"""Rows of saved views."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from crm_desktop.errors import UserError
from crm_desktop.storage.database import Database

T = TypeVar("T")
NAMES = ("kind", "name", "filter", "columns", "sort", "descending", "density", "position", "grouped")
"""The columns of a view, behind its number."""


class ViewRows:
    """Reads and writes saved views; writing belongs inside an action."""

    def __init__(self, database: Database, take: Callable[[str, int], int]) -> None:
        self._database = database
        self._take = take

    def of(self, kind: str, make: Callable[[tuple[Any, ...]], T]) -> list[T]:
        """The views of a kind in order."""
        return self._read(make, "kind = ? AND deleted_at IS NULL ORDER BY position, id", (kind,))

    def every(self, make: Callable[[tuple[Any, ...]], T]) -> list[T]:
        """The views of all kinds."""
        return self._read(make, "deleted_at IS NULL ORDER BY id", ())

    def _read(self, make: Callable[[tuple[Any, ...]], T], which: str, values: tuple[str, ...]) -> list[T]:
        sql = f"SELECT id, {', '.join(NAMES)} FROM saved_view WHERE {which}"
        return [make(row) for row in self._database.execute_sql(sql, values).fetchall()]

    def write(self, number: int, values: Mapping[str, object]) -> int:
        """Keeps a view, a new one where the number is 0; answers its number."""
        if number:
            sets = ", ".join(f"{name} = ?" for name in NAMES)
            self._database.execute_sql(
                f"UPDATE saved_view SET {sets} WHERE id = ?", (*(values[n] for n in NAMES), number)
            )
            return number
        new = self._take("record", 1)
        marks = ", ".join("?" for _ in NAMES)
        self._database.execute_sql(
            f"INSERT INTO saved_view (id, {', '.join(NAMES)}) VALUES (?, {marks})", (new, *(values[n] for n in NAMES))
        )
        return new

    def delete(self, number: int, stamp: str) -> tuple[str, str]:
        """Drops a view; answers its kind and name."""
        sql = "UPDATE saved_view SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL RETURNING kind, name"
        found = self._database.execute_sql(sql, (stamp, number)).fetchone()
        if found is None:
            raise UserError("There is no such view.")
        return str(found[0]), str(found[1])
