"""Store: the open base. Opens and closes the file, hands out lists, and makes every write one recorded action."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw

from crm_desktop.domain.catalogue import Catalogue, Field
from crm_desktop.domain.change import Change
from crm_desktop.domain.churn import ChurnRule
from crm_desktop.domain.clock import Clock
from crm_desktop.errors import UserError
from crm_desktop.storage import migrations
from crm_desktop.storage.database import CACHE_KB, Database, open_connection, translated
from crm_desktop.storage.lists import Lists
from crm_desktop.storage.own_fields import OwnFields
from crm_desktop.storage.sources import Sources, build, builtin
from crm_desktop.storage.views import ViewRows

if TYPE_CHECKING:
    from crm_desktop.storage.contact_rows import ContactRows
    from crm_desktop.storage.duplicates import DuplicateRows
    from crm_desktop.storage.journal import Entry, Heard, Journal
    from crm_desktop.storage.recording import Recorder
    from crm_desktop.storage.records import Records
    from crm_desktop.storage.rows import Rows
    from crm_desktop.storage.touch import Affected, Reading

DEVICE_BITS = 40
MANY_KB = -128_000
"""The same for work on very many rows."""


class Action:
    """One named action while it is written. `subject` is the name of what it is about, for the history.

    `along` counts by kind what it took into the bin, or out of it, together with that; `reverts` is the older action
    that it takes back, negative where it does so only in part.
    """

    def __init__(self, recorder: "Recorder", number: int, verb: str) -> None:
        self._recorder = recorder
        self.number = number
        self.verb = verb
        self.kind = ""
        self.subject = ""
        self.along: dict[str, int] = {}
        self.reverts: int | None = None
        self.bulk: list[tuple[str, int, int]] = []
        self.change = Change(0, verb, "", "", ())

    def inserted(self, kind: str, spans: list[tuple[int, int]]) -> None:
        """Tells that whole ranges of new records were written, so that nobody has to look at each row."""
        self.bulk += [(kind, first, last) for first, last in spans]

    def checkpoint(self) -> None:
        """To be called between batches: keeps what is recorded so far when it grows heavy."""
        self._recorder.checkpoint()

    def cut(self) -> None:
        """Begins a new segment: what was written so far can be told from what follows, and be taken back alone."""
        self._recorder.cut()


class _Shape(NamedTuple):
    """The user's own fields by kind, and where everything lies with them."""

    living: dict[str, list[Field]]
    sources: Sources


class Store:
    """The open base. One thread writes; any thread reads, each over its own connection."""

    def __init__(self, path: Path, key: str | None, clock: Clock, rule: ChurnRule) -> None:
        self.path = path
        self.clock = clock
        self.database = Database(path, key, clock)
        self._lock = threading.RLock()
        self._open_action: Action | None = None
        self._shape = _Shape({}, builtin())
        self._ahead: _Shape | None = None
        self._writer = 0
        self._rule = rule
        self.lists = Lists(self.database, lambda: self.sources, clock)
        self.views = ViewRows(self.database, self._take)
        self.own_fields = OwnFields(self.database, self._take)

    # What only writes is loaded with the first write.

    @cached_property
    def journal(self) -> "Journal":
        """What was written, and how it is taken back."""
        from crm_desktop.storage.journal import Journal, tracked_tables

        return Journal(self.database, tracked_tables())

    @cached_property
    def rows(self) -> "Rows":
        """Keeps the derived tables true."""
        from crm_desktop.storage.rows import Rows

        return Rows(self.database, lambda: self.sources, self._rule)

    @cached_property
    def records(self) -> "Records":
        """Writes records."""
        from crm_desktop.storage.records import Records

        return Records(self.database, lambda: self.sources, self._take)

    @property
    def contacts(self) -> "ContactRows":
        """Writes where records are reached."""
        return self.records.contacts

    @cached_property
    def duplicates(self) -> "DuplicateRows":
        """Which records are known to be different."""
        from crm_desktop.storage.duplicates import DuplicateRows

        return DuplicateRows(self.database, self._take)

    @classmethod
    def open(
        cls, path: Path, *, key: str | None = None, clock: Clock | None = None, rule: ChurnRule | None = None
    ) -> "Store":
        """Opens a base, making or migrating it where needed; EnvironmentProblem says what is wrong with a file."""
        migrations.bring_up(path, key, clock or Clock())
        store = cls(path, key, clock or Clock(), rule or ChurnRule())
        with translated(path):
            store.database.connect()
            store.reload()
        if store.meta("aged_on") is None:
            store.set_meta("aged_on", store.clock.today().isoformat())
        if store.meta("derived") == "stale":  # a migration changed what is derived
            store.rebuild()
        return store

    def close(self) -> None:
        """Closes the connections of every thread."""
        self.database.close()
        with translated(self.path), self.database.alone():
            pass

    @property
    def sources(self) -> Sources:
        """Where everything lies. Fields that an open transaction made are there for the thread that writes alone."""
        return self._known().sources

    @sources.setter
    def sources(self, sources: Sources) -> None:
        self._shape = self._shape._replace(sources=sources)

    def _known(self) -> "_Shape":
        ahead = self._ahead
        return ahead if ahead is not None and self._writer == threading.get_ident() else self._shape

    @property
    def catalogue(self) -> Catalogue:
        """What can be known, the user's own fields included."""
        return self.sources.catalogue

    def reload(self) -> None:
        """Reads the user's own fields anew; all that is made of them is made again only where they changed."""
        living = self.own_fields.living()
        if living != self._known().living:
            made = _Shape(living, build(living, self.own_fields.dropped()))
            if self.database.raw.in_transaction:
                self._ahead = made
            else:
                self._shape = made

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For work on the file itself: meanwhile nothing is written and no thread has a connection."""
        with self._lock, translated(self.path), self.database.alone():
            yield
        self.reload()

    @contextmanager
    def apart(self) -> Iterator[apsw.Connection]:
        """A connection of its own, for long reading beside everything else."""
        with translated(self.path), contextlib.closing(open_connection(self.path, self.database.key)) as connection:
            yield connection

    def rebuild(self) -> None:
        """Makes every derived table anew and packs the search; it is no action, for nothing of the user's changes."""
        with self.keeping():
            self.rows.rebuild()
            self.rows.pack()
            self.database.execute_sql("DELETE FROM meta WHERE name = 'derived'")

    def age(self) -> bool:
        """Brings what changes with the day alone to today; whether there was anything to do. It is no action."""
        today = self.clock.today()
        if self.meta("aged_on") == today.isoformat():
            return False
        with self._lock, translated(self.path), self._transaction(many=True):
            return self.rows.age(today) > 0

    @contextmanager
    def action(self, verb: str, kind: str = "", subject: str = "", *, many: bool = False) -> Iterator[Action]:
        """Everything written inside is one action: recorded, undoable, all or nothing. Does not nest.

        `many` gives it more memory, for rows by the hundred thousand.
        """
        with self._lock, translated(self.path):
            if self._open_action is not None:
                raise RuntimeError(f"“{verb}” was begun inside “{self._open_action.verb}”")
            with self._transaction(many):
                number = self.journal.next_number()
                recorder = self.journal.record(number)
                action = Action(recorder, number, verb)
                action.kind, action.subject = kind, subject
                self._open_action = action
                try:
                    yield action
                    self._finish(action, recorder)
                finally:
                    self._open_action = None
                    recorder.close()

    def _finish(self, action: Action, recorder: "Recorder") -> None:
        from crm_desktop.storage.touch import Reading

        reading = Reading(self.database, bulk=bool(action.bulk))
        earlier = range(recorder.segments)
        newest = recorder.keep()
        if not newest and not recorder.segments:
            return
        for span in action.bulk:
            reading.span(*span)
        for segment in earlier:
            reading.read(self.journal.read(action.number, segment))
        reading.read(newest)
        found = reading.resolve()
        self._refresh(found)
        touched, along = found.touched(), tuple(action.along.items())
        action.change = Change(
            action.number, action.verb, action.kind, action.subject, touched, along=along, reverts=action.reverts
        )
        self.journal.write(action.change, self.clock.stamp(), recorder.short, bulk=bool(action.bulk))
        self.journal.index(action.number, found.changed)

    def _refresh(self, found: "Affected") -> None:
        """Makes anew what is stale, by the user's own fields as they are now."""
        if found.shape:
            self.reload()
        self.rows.refresh(found)

    @contextmanager
    def _transaction(self, many: bool = False) -> Iterator[None]:
        self._writer = threading.get_ident()
        try:
            with self._room() if many else contextlib.nullcontext(), self.database.atomic("IMMEDIATE"):
                yield
            self._shape = self._known()
        except BaseException:
            self.journal.forget()
            raise
        finally:
            self._ahead = None

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Without it the pages of growing indexes are written, read and deciphered again and again."""
        raw = self.database.raw
        raw.pragma("cache_size", MANY_KB)
        try:
            yield
        finally:
            raw.pragma("cache_size", CACHE_KB)

    def undo(self, action: int | None = None, heard: "Heard | None" = None) -> Change:
        """Takes the last action back, in one transaction; UserError if there is none or later records depend on it."""
        with self._lock, translated(self.path):
            entry = self.peek_undo()
            if entry is None or (action is not None and action != entry.action):
                raise UserError(
                    "There is nothing to undo." if entry is None else f"Only action {entry.action} can be undone now."
                )
            return self._repeat(entry, "undo", heard, undone=True)

    def redo(self, heard: "Heard | None" = None) -> Change:
        """Does again what was last taken back."""
        with self._lock, translated(self.path):
            entry = self.journal.redoable()
            if entry is None:
                raise UserError("There is nothing to redo.")
            return self._repeat(entry, "redo", heard, undone=False)

    def peek_undo(self) -> "Entry | None":
        """What Ctrl+Z would take back."""
        return self.journal.undoable(self.clock.now())

    def _repeat(self, entry: "Entry", verb: str, heard: "Heard | None", *, undone: bool) -> Change:
        from crm_desktop.storage.journal import Blocked, unheard
        from crm_desktop.storage.touch import Reading

        heard = heard or unheard
        try:
            with self._transaction(entry.bulk):
                reading, segments = Reading(self.database, bulk=entry.bulk), self.journal.segments(entry.action)
                for done, segment in enumerate(segments):
                    heard(done, 2 * len(segments))
                    reading.read(self.journal.read(entry.action, segment))
                self._resolve(entry, reading)
                self.journal.apply(entry.action, invert=undone, heard=lambda done, n: heard(n + done, 2 * n))
                found = self._resolve(entry, reading)
                self._refresh(found)
                change = Change(
                    self.journal.next_number(), entry.verb, entry.kind, entry.subject,
                    found.touched(), undone, of=entry.action,
                )  # fmt: skip
                line = Change(change.action, verb, entry.kind, entry.subject, change.touched)
                self.journal.repeated(line, self.clock.stamp(), entry.action, undone=undone)
        except Blocked as blocked:
            names = ", ".join(f"{kind}:{record}" for kind, record in blocked.rows[:5])
            raise UserError(f"Later records depend on it ({names}). Nothing was changed.") from blocked
        return change

    def _resolve(self, entry: "Entry", reading: "Reading") -> "Affected":
        """What is affected in the base as it is: once before and once after, for links lead elsewhere then."""
        if entry.bulk:
            for touched in entry.touched:
                if self.catalogue.kind(touched.kind).writable:
                    for first, last in touched.ranges:
                        reading.span(touched.kind, first, last)
        return reading.resolve()

    def _take(self, scope: str, count: int) -> int:
        row = self.database.execute_sql(
            "UPDATE counter SET last = last + ? WHERE scope = ?"
            " AND device = (SELECT value FROM meta WHERE name = 'device') RETURNING device, last",
            (count, scope),
        ).fetchall()[0]
        return (int(row[0]) << DEVICE_BITS) + int(row[1]) - count + 1

    def take_part(self) -> int:
        """A new id for a row that is a part of a record."""
        return self._take("part", 1)

    def owner_field(self, kind: str, record: int) -> str:
        """The link of an activity or task that names a record; a customer is a company or a person."""
        if kind != "customer":
            return kind
        found = self.database.execute_sql("SELECT 1 FROM company WHERE id = ?", (record,)).fetchone()
        return "company" if found else "person"

    def meta(self, name: str) -> str | None:
        """A note that the base keeps of itself."""
        row = self.database.execute_sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """For notes the base keeps of itself, all or nothing; what is written so is no action and cannot be undone."""
        with self._lock, translated(self.path), self._transaction():
            yield

    def set_meta(self, name: str, value: str) -> None:
        """Keeps a note."""
        with self._lock, translated(self.path):
            self.database.execute_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
