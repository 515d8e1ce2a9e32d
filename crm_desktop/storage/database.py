"""The one database object: opening with key and pragmas, what SQLite's errors mean to a user, online backup."""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import apsw
import peewee as pw
from playhouse.apsw_ext import APSWDatabase

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.folding import fold, number_digits
from crm_desktop.domain.spellings import number_words, searchable
from crm_desktop.errors import EnvironmentProblem, Trouble

APPLICATION_ID = 0x43524D44
"""`CRMD`: tells our files from any other SQLite file."""


PATIENCE = 5
"""Seconds to wait for another connection."""

SEPARATOR = "\x1f"
"""Between the values of a multi field when they travel in one SQL value; cannot be typed."""

AMONG = "IN (SELECT value FROM json_each(?))"
"""Holds a column against any number of values, which travel as one that `packed` makes."""


def packed(values: Iterable[int | str]) -> str:
    """Values as one for `AMONG`."""
    return json.dumps(list(values))


class Database(APSWDatabase):  # type: ignore[misc]
    """Peewee over APSW; each thread has a connection. `key` is a data key of 64 hex digits, None for a plain file."""

    def __init__(self, path: Path, key: str | None, clock: Clock) -> None:
        self.path = path
        self.key = key
        self.clock = clock
        self._open: set[apsw.Connection] = set()
        self._gate = threading.RLock()
        super().__init__(str(path), timeout=PATIENCE)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Closes the connections of every thread, and lets none be opened before the block ends."""
        with self._gate:
            until = time.monotonic() + PATIENCE
            while self._open:
                try:
                    for connection in list(self._open):
                        connection.close()
                        self._open.discard(connection)
                except apsw.ThreadingViolationError as error:
                    # A reader is in the middle of its query.
                    if time.monotonic() > until:
                        raise apsw.BusyError("a reader does not end") from error
                    time.sleep(0.01)
            yield

    def connection(self) -> Any:
        """The connection of this thread, opened anew where it was closed for work on the file."""
        connection = self._state.conn
        if connection in self._open:
            return connection
        self._state.reset()
        return super().connection()

    def cursor(self, named_cursor: Any = None) -> Any:
        """A cursor of this thread's connection."""
        del named_cursor
        return self.connection().cursor()

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """As Peewee does it, but without a log, which takes longer than a small statement."""
        with pw.__exception_wrapper__:  # type: ignore[attr-defined]  # the stubs do not tell of it
            return self.connection().execute(sql, params or ())

    def _close(self, conn: apsw.Connection) -> None:
        self._open.discard(conn)
        super()._close(conn)

    def _connect(self) -> apsw.Connection:
        with self._gate:
            connection = self._connected()
            self._open.add(connection)
        return connection

    def _connected(self) -> apsw.Connection:
        connection = open_connection(self.path, self.key)
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


CACHE_KB = -4_000
"""The cache of a connection, as SQLite wants it said: negative for kilobytes.

Each thread has one; a list of a million rows passes through it without being met again, so more gains nothing.
"""

_PRAGMAS: tuple[tuple[str, Any], ...] = (
    ("journal_mode", "wal"), ("synchronous", "full"), ("fullfsync", 1), ("checkpoint_fullfsync", 1),
    ("foreign_keys", 1), ("cache_size", CACHE_KB), ("temp_store", "memory"), ("recursive_triggers", 0),
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
    connection.create_scalar_function("number_words", _number_words, 1, deterministic=True)
    connection.create_scalar_function("searchable", _searchable, 1, deterministic=True)
    connection.create_scalar_function("today", lambda *_none: clock.today().isoformat(), 0)


def _fold(*values: Any) -> str | None:
    text = values[0]
    return None if text is None else fold(str(text).strip()) or None


def _digits(*values: Any) -> str | None:
    """The digits of each phone number of a multi value."""
    text = values[0]
    return " ".join(number_digits(number) for number in str(text).split(SEPARATOR)) if text else None


def _number_words(*values: Any) -> str | None:
    """What each phone number of a multi value is found by."""
    text = values[0]
    return " ".join(number_words(number) for number in str(text).split(SEPARATOR)) if text else None


def _searchable(*values: Any) -> str | None:
    text = values[0]
    return None if text is None else searchable(str(text).strip()) or None


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


class Interrupted(Exception):
    """A long read was stopped, since nobody waits for it any more."""


Stop = Callable[[], bool]
"""Asked again and again during a long read; True ends it."""
_STEPS = 20_000
"""Steps of SQLite's machine between two questions: a millisecond or so."""


@contextmanager
def stoppable(database: Database, stop: Stop | None) -> Iterator[None]:
    """Lets what is read inside on this thread be stopped; it then ends in Interrupted."""
    if stop is None:
        yield
        return
    connection = database.raw
    connection.set_progress_handler(stop, _STEPS)
    try:
        yield
    except (apsw.InterruptError, pw.PeeweeException) as error:
        if not isinstance(getattr(error, "orig", None) or error, apsw.InterruptError):
            raise
        raise Interrupted from error
    finally:
        connection.set_progress_handler(None)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite says of the environment into one sentence that says what is safe and what to do."""
    try:
        yield
    except (apsw.Error, pw.PeeweeException) as error:
        problem = explain(error, path)
        if problem is None:
            raise
        raise problem from error


_MEANINGS: tuple[tuple[tuple[type[apsw.Error], ...], Trouble, str], ...] = (
    (
        (apsw.NotADBError,),
        Trouble.DAMAGED,
        "“{name}” is not a base of CRM Desktop, or its key is another one. Nothing was changed.",
    ),
    (
        (apsw.CorruptError,),
        Trouble.DAMAGED,
        "“{name}” is damaged. It was left as it is; restore the last backup to go on.",
    ),
    (
        (apsw.FullError,),
        Trouble.FULL,
        "The disk is full. This step was not saved and nothing else is lost; free some space and try again.",
    ),
    (
        (apsw.ReadOnlyError, apsw.PermissionsError, apsw.AuthError),
        Trouble.READ_ONLY,
        "“{name}” is read-only. Nothing was changed; make the file and its folder writable and try again.",
    ),
    (
        (apsw.BusyError, apsw.LockedError),
        Trouble.LOCKED,
        "“{name}” is in use by another program. Nothing was changed; close it there and try again.",
    ),
    (
        (apsw.CantOpenError,),
        Trouble.MISSING,
        "“{name}” cannot be opened. Check that its folder exists and that you may write in it.",
    ),
    (
        (apsw.IOError,),
        Trouble.OTHER,
        "“{name}” could not be read or written. Nothing was changed; check the disk.",
    ),
)


def explain(error: Exception, path: Path) -> EnvironmentProblem | None:
    """What an error of SQLite means where the environment is to blame; None for a bug of ours."""
    origin = getattr(error, "orig", None) or error  # Peewee wraps what SQLite raised
    if getattr(origin, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE:
        origin = apsw.FullError()  # there is no room even for the index of the write-ahead log
    for types, trouble, sentence in _MEANINGS:
        if isinstance(origin, types):
            return EnvironmentProblem(sentence.format(name=path.name), trouble)
    return None
