"""The one database object: opening with key and pragmas, what SQLite's errors mean to a user, online backup."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import apsw
import peewee as pw
from playhouse.apsw_ext import APSWDatabase

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.folding import fold, number_digits
from crm_desktop.errors import EnvironmentProblem

APPLICATION_ID = 0x43524D44
"""`CRMD`: tells our files from any other SQLite file."""


SEPARATOR = "\x1f"
"""Between the values of a multi field when they travel in one SQL value; cannot be typed."""


class Database(APSWDatabase):  # type: ignore[misc]
    """Peewee over APSW; each thread has a connection. `key` is a data key of 64 hex digits, None for a plain file."""

    def __init__(self, path: Path, key: str | None, clock: Clock) -> None:
        self.key = key
        self.clock = clock
        super().__init__(str(path), timeout=5)

    def _connect(self) -> apsw.Connection:
        connection = open_connection(Path(self.database), self.key)
        try:
            connection.set_busy_timeout(int(self._timeout * 1000))
            connection.convert_binding = _bind
            for name, value in _PRAGMAS:
                connection.pragma(name, value)
            register_functions(connection, self.clock)
        except BaseException:
            connection.close()
            raise
        return connection

    def _load_functions(self, connection: apsw.Connection) -> None:
        # Peewee passes `deterministic` by position, which current APSW refuses; we register our functions ourselves.
        del connection

    @property
    def raw(self) -> apsw.Connection:
        """The connection of this thread."""
        connection: apsw.Connection = self.connection()
        return connection


_PRAGMAS: tuple[tuple[str, Any], ...] = (
    ("journal_mode", "wal"), ("synchronous", "full"), ("fullfsync", 1), ("checkpoint_fullfsync", 1),
    ("foreign_keys", 1), ("cache_size", -16000), ("temp_store", "memory"), ("recursive_triggers", 0),
)  # fmt: skip


def open_connection(path: Path, key: str | None, flags: int | None = None) -> apsw.Connection:
    """A bare connection with its key; a wrong key or a file that is no database is an EnvironmentProblem."""
    how = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE if flags is None else flags
    with translated(path):
        connection = apsw.Connection(str(path), flags=how)
        try:
            if key is not None:
                connection.pragma("key", f"raw:{key}")
            connection.pragma("user_version")
        except BaseException:
            connection.close()
            raise
        return connection


def register_functions(connection: apsw.Connection, clock: Clock) -> None:
    """The SQL functions that our expressions use."""
    connection.create_scalar_function("fold", _fold, 1, deterministic=True)
    connection.create_scalar_function("digits", _digits, 1, deterministic=True)
    connection.create_scalar_function("today", lambda *_none: clock.today().isoformat(), 0)


def _fold(*values: Any) -> str | None:
    text = values[0]
    return None if text is None else fold(str(text).strip()) or None


def _digits(*values: Any) -> str | None:
    """The digits of each phone number of a multi value."""
    text = values[0]
    return " ".join(number_digits(number) for number in str(text).split(SEPARATOR)) if text else None


def _bind(_cursor: apsw.Cursor, _number: int, value: Any) -> str:
    if isinstance(value, dt.date | dt.datetime | Decimal):
        return str(value)
    raise TypeError(f"cannot store {type(value).__name__}")


def backup(source: apsw.Connection, target: apsw.Connection, step: Callable[[int, int], None] | None = None) -> None:
    """Copies a whole open base into another connection, page by page, while it stays usable."""
    with target.backup("main", source, "main") as copying:
        while not copying.done:
            copying.step(2000)
            if step is not None:
                step(copying.page_count - copying.remaining, copying.page_count)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite says of the environment into one sentence that says what is safe and what to do."""
    try:
        yield
    except (apsw.Error, pw.PeeweeException, sqlite3.Error) as error:
        sentence = explain(error, path)
        if sentence is None:
            raise
        raise EnvironmentProblem(sentence) from error


_SENTENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("notadb", "not a database"),
        "“{name}” is not a CRM Desktop base, or its passphrase is another one. Nothing was changed.",
    ),
    (("full",), "The disk is full. Nothing was saved by this step and nothing is lost; free some space and try again."),
    (("readonly",), "“{name}” is read-only. Nothing was changed; make the file and its folder writable and try again."),
    (("busy", "locked"), "“{name}” is in use by another program. Nothing was changed; close it there and try again."),
    (("cantopen",), "“{name}” cannot be opened. Check that the folder exists and that you may write in it."),
    (("perm", "auth"), "You have no permission for “{name}”. Nothing was changed."),
    (("corrupt", "malformed"), "“{name}” is damaged. It was left as it is; restore the last backup to go on."),
    (("ioerr",), "“{name}” could not be read or written. Check the disk; nothing was changed."),
)  # fmt: skip


def explain(error: Exception, path: Path) -> str | None:
    """The sentence for an error of the environment, or None for a bug of ours."""
    origin = error.__cause__ if isinstance(error, pw.PeeweeException) and error.__cause__ else error
    said = f"{type(origin).__name__} {origin} {error}".lower()
    for marks, sentence in _SENTENCES:
        if any(mark in said for mark in (f"{m}error" for m in marks)) or any(" " in m and m in said for m in marks):
            return sentence.format(name=path.name)
    return None
