"""Recording what a transaction writes, and applying it again or its inverse: SQLite's sessions and changesets."""

import zlib
from collections.abc import Iterator
from typing import Any

import apsw

from crm_desktop.storage.database import Database

SEGMENT_BYTES = 250_000
"""A session that holds more than this closes its segment. Applying one holds the interpreter's lock until it is done,
so it must be small enough that a window of the same process does not stand still."""

PART_BYTES = 1_000_000
SHORT_BYTES = 1_000
"""A changeset no longer than this lies in the line of its action, which spares every edit a page."""

_INVERT = apsw.SQLITE_CHANGESETAPPLY_INVERT
_FLAGS = apsw.SQLITE_CHANGESETAPPLY_FKNOACTION | apsw.SQLITE_CHANGESETAPPLY_NOSAVEPOINT


class JournalBroken(RuntimeError):
    """An undo or redo did not do exactly what the journal says: a bug of ours; the transaction was rolled back."""


class Recorder:
    """Records what the open transaction writes to the tracked tables for an action, in segments."""

    def __init__(self, database: Database, tables: tuple[str, ...], action: int) -> None:
        self._database = database
        self._tables = tables
        self._action = action
        self.segments = 0
        self.short = b""
        self._session = self._start()

    def _start(self) -> apsw.Session:
        session = apsw.Session(self._database.raw, "main")
        session.table_filter(self._tables.__contains__)
        session.attach()
        return session

    def changeset(self) -> bytes:
        """What was recorded since the last segment was closed."""
        return b"" if self._session.is_empty else bytes(self._session.changeset())

    def checkpoint(self) -> None:
        """Closes the segment and begins the next, where it has grown heavy."""
        if self._session.memory_used > SEGMENT_BYTES:
            self.cut()

    def cut(self) -> None:
        """Closes the segment and begins the next."""
        self._put(self._end())
        self._session = self._start()

    def keep(self) -> bytes:
        """Closes the last segment; answers its changeset. One that is short and the only one is left as `short`."""
        changeset = self._end()
        if self.segments or len(changeset) > SHORT_BYTES:
            self._put(changeset)
        else:
            self.short = changeset
        return changeset

    def _end(self) -> bytes:
        changeset = self.changeset()
        self.close()
        return changeset

    def _put(self, changeset: bytes) -> None:
        """Puts the changeset of a segment, compressed, into the journal."""
        if changeset:
            packed = zlib.compress(changeset, 1)
            parts = (packed[start : start + PART_BYTES] for start in range(0, len(packed), PART_BYTES))
            self._database.raw.executemany(
                "INSERT INTO action_chunk (action, segment, part, data) VALUES (?, ?, ?, ?)",
                ((self._action, self.segments, number, part) for number, part in enumerate(parts)),
            )
            self.segments += 1

    def close(self) -> None:
        """Stops recording, so that what is derived is written without being watched."""
        self._session.close()


def apply(connection: apsw.Connection, changeset: bytes, *, invert: bool) -> bool:
    """Applies a changeset; answers whether rows are left whose links lead nowhere.

    JournalBroken if a row is not as the changeset expects it.
    """
    reasons: list[int] = []

    def conflict(reason: int, _change: Any) -> int:
        reasons.append(reason)
        # SQLite tells of broken links once, at the end; then all rows are written and can be looked at.
        leave = reason == apsw.SQLITE_CHANGESET_FOREIGN_KEY
        return apsw.SQLITE_CHANGESET_OMIT if leave else apsw.SQLITE_CHANGESET_ABORT

    try:
        apsw.Changeset.apply(changeset, connection, conflict=conflict, flags=_FLAGS | (_INVERT if invert else 0))
    except (apsw.AbortError, apsw.CorruptError) as error:
        raise JournalBroken(f"rows are not as the action left them ({error}, {reasons})") from error
    return bool(reasons)


def same(connection: apsw.Connection, changeset: bytes, recorded: bytes, *, inverted: bool) -> bool:
    """Whether what was recorded is what was asked for: together with its opposite it must come to nothing."""
    group = apsw.ChangesetBuilder()
    try:
        # An older changeset lacks the columns that came since.
        group.schema(connection, "main")
        group.add(changeset if inverted else bytes(apsw.Changeset.invert(changeset)))
        if recorded:
            group.add(recorded)
        return not group.output()
    finally:
        group.close()


def rows(changeset: bytes) -> Iterator[apsw.TableChange]:
    """The rows of a changeset."""
    return iter(apsw.Changeset.iter(changeset))
