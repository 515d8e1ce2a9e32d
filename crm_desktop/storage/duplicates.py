"""Rows for the search for duplicates: pairs that are known to be two, and records found by one thing they say."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from crm_desktop.storage.database import AMONG, Database, packed, translated


class DuplicateRows:
    """Reads on any thread; marking belongs inside an action."""

    def __init__(self, database: Database, take: Callable[[str, int], int]) -> None:
        self._database = database
        self._take = take

    def distinct(self, kind: str) -> list[tuple[int, int]]:
        """Pairs of records of a kind that somebody said are not the same, the lower id first."""
        first, second = f"{kind}_id", f"other_{kind}_id"
        sql = f"SELECT {first}, {second} FROM distinct_pair WHERE {first} IS NOT NULL AND {second} IS NOT NULL"
        return [(min(a, b), max(a, b)) for a, b in self._rows(sql)]

    def mark(self, kind: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Keeps that pairs of records are not the same."""
        sql = f"INSERT INTO distinct_pair (id, {kind}_id, other_{kind}_id) VALUES (?, ?, ?)"
        for first, second in pairs:
            self._database.execute_sql(sql, (self._take("part", 1), min(first, second), max(first, second)))

    def with_email(self, kind: str, addresses: Sequence[str], most: int) -> list[int]:
        """Living records that have one of the addresses, written like that."""
        return self._owners(kind, "email", "address", addresses, most)

    def with_phone(self, kind: str, numbers: Sequence[str], most: int) -> list[int]:
        """Living records that have one of the numbers in its international form."""
        return self._owners(kind, "phone", "e164", numbers, most)

    def named(self, kind: str, name: str, most: int) -> list[int]:
        """Living records whose whole name, folded, is this."""
        sql = f"SELECT id FROM {kind}_row WHERE name = ? ORDER BY id DESC LIMIT {int(most)}"
        return [row[0] for row in self._rows(sql, name)]

    def telling(self, kind: str, words: Sequence[str], most: int) -> list[int]:
        """Living records in which the search finds every one of the words, folded, as a whole."""
        if not words:
            return []
        match = " ".join(f'"{word}"' for word in words)
        sql = f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ? ORDER BY rowid DESC LIMIT {int(most)}"
        return [row[0] for row in self._rows(sql, match)]

    def _owners(self, kind: str, table: str, column: str, values: Sequence[str], most: int) -> list[int]:
        sql = (
            f"SELECT DISTINCT r.id FROM {table} m JOIN {kind}_row r ON r.id = m.{kind}_id"
            f" WHERE m.{column} {AMONG} LIMIT {int(most)}"
        )
        return [row[0] for row in self._rows(sql, packed(values))]

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with translated(self._database.path):
            found: list[tuple[Any, ...]] = self._database.execute_sql(sql, values).fetchall()
        return found
