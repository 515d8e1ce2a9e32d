"""Change: what happened. One named action in one transaction, recorded by SQLite's sessions; undo applies the inverse.

An action is a row of segments in order; each segment is one changeset, small enough to be held, compressed in parts.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import apsw

from crm_desktop.domain.change import Change, Touched, ranges
from crm_desktop.domain.clock import stamp
from crm_desktop.storage import migrations, models
from crm_desktop.storage.database import Database
from crm_desktop.storage.recording import JournalBroken, Recorder, apply, same
from crm_desktop.storage.sources import table

STEPS = 200
DAYS = 30
"""So many steps and days undo reaches back."""

_JSON = json.JSONEncoder(separators=(",", ":"))

Heard = Callable[[int, int], object]
"""Hears how many parts of how many are done; may raise to stop, and nothing was changed then."""


def unheard(_done: int, _all: int) -> None:
    """Where nobody waits."""


class Blocked(Exception):
    """Later records depend on what would be taken back; carries (table, id) of each."""

    def __init__(self, rows: list[tuple[str, int]]) -> None:
        super().__init__(f"{len(rows)} later records depend on it")
        self.rows = rows


@dataclass(slots=True)
class Touch:
    """Ids of records by kind, as single ids and as ranges (for bulk work, where no list of ids is kept)."""

    ids: dict[str, set[int]] = field(default_factory=dict)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, kind: str, record: int) -> None:
        """Notes one record."""
        self.ids.setdefault(kind, set()).add(record)

    def update(self, kind: str, records: Iterable[int]) -> None:
        """Notes several records."""
        self.ids.setdefault(kind, set()).update(records)

    def span(self, kind: str, first: int, last: int) -> None:
        """Notes a whole range of records."""
        known = self.spans.setdefault(kind, [])
        if (first, last) not in known:
            known.append((first, last))

    def merge(self, other: "Touch") -> None:
        """Notes all that the other notes."""
        for kind, found in other.ids.items():
            self.update(kind, found)
        for kind, spans in other.spans.items():
            for first, last in spans:
                self.span(kind, first, last)

    def kinds(self) -> list[str]:
        """The kinds noted."""
        return sorted({*self.ids, *self.spans})

    def touched(self) -> tuple[Touched, ...]:
        """As the domain says it."""
        found = []
        for kind in self.kinds():
            spans = self.spans.get(kind, [])
            single = self._single(kind)
            count = len(single) + sum(last - first + 1 for first, last in spans)
            found.append(Touched(kind, count, tuple(sorted((*spans, *ranges(single))))))
        return tuple(found)

    def exact(self) -> Iterator[tuple[str, int, int]]:
        """Each kind with the first and last id of every range, none of which holds a record that is not noted."""
        for kind in self.kinds():
            for first, last in (*self.spans.get(kind, []), *ranges(self._single(kind), None)):
                yield kind, first, last

    def _single(self, kind: str) -> list[int]:
        spans = self.spans.get(kind, [])
        return [i for i in self.ids.get(kind, ()) if not any(first <= i <= last for first, last in spans)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. `reverts`: the older action that it took back, if only in part.

    `reverted`: that one which took it back whole still holds, and was not taken back itself.
    """

    action: int
    at: str
    verb: str
    kind: str
    subject: str
    touched: tuple[Touched, ...]
    state: str
    target: int | None
    bulk: bool
    reverts: int | None = None
    reverted: bool = False


_ENTRY = "SELECT id, at, verb, kind, subject, touched, state, target, bulk, reverts FROM action"


class Journal:
    """Reads and keeps the journal; `Store` opens its transactions."""

    def __init__(self, database: Database, tables: tuple[str, ...]) -> None:
        self._database = database
        self.tables = tables
        self._known: tuple[apsw.Connection, int, int] | None = None

    def record(self, action: int) -> Recorder:
        """Starts to record the open transaction as the action of a number."""
        return Recorder(self._database, self.tables, action)

    def next_number(self) -> int:
        """The number that the next action gets."""
        row = self._database.execute_sql("SELECT coalesce(max(id), 0) + 1 FROM action").fetchone()
        return int(row[0])

    def write(self, change: Change, at: str, short: bytes, *, bulk: bool) -> None:
        """Notes an action, with its changeset where that is short. It ends the redo branch, not the history.

        `bulk` says that its ranges are exact and that its rows are too many to be read one by one.
        """
        self._database.execute_sql("UPDATE action SET state = 'abandoned' WHERE state = 'undone'")
        self._line(change, at, state="done", bulk=bulk, changeset=short or None, reverts=change.reverts)

    def repeated(self, change: Change, at: str, target: int, *, undone: bool) -> None:
        """Notes that an action was taken back or done again; it needs no changeset of its own."""
        self._line(change, at, state="abandoned", bulk=False, target=target)
        state = "undone" if undone else "done"
        self._database.execute_sql("UPDATE action SET state = ? WHERE id = ?", (state, target))

    def _line(self, change: Change, at: str, **more: Any) -> None:
        values = {
            "id": change.action, "at": at, "verb": change.verb, "kind": change.kind, "subject": change.subject,
            "touched": _touched_json(change.touched), "schema_version": migrations.VERSION, "layout": self._layout(),
            **more,
        }  # fmt: skip
        sql = f"INSERT INTO action ({', '.join(values)}) VALUES (?{', ?' * (len(values) - 1)})"
        self._database.execute_sql(sql, tuple(values.values()))

    def index(self, action: int, changed: Touch) -> None:
        """Notes of which records an action is a part of the history."""
        rows = ((kind, first, last, action) for kind, first, last in changed.exact())
        self._database.raw.executemany("INSERT INTO journal_row (kind, first, last, action) VALUES (?, ?, ?, ?)", rows)

    def _layout(self) -> int:
        """The row that holds the columns of every tracked table as they are now.

        SQLite counts the changes of the schema, so it is looked for once.
        """
        raw = self._database.raw
        schema = int(raw.pragma("schema_version"))
        if self._known is not None and self._known[:2] == (raw, schema):
            return self._known[2]
        columns = json.dumps({name: self.columns(name) for name in self.tables}, sort_keys=True)
        row = self._database.execute_sql("SELECT id FROM layout WHERE columns = ?", (columns,)).fetchone()
        if row is None:
            self._database.execute_sql("INSERT INTO layout (columns) VALUES (?)", (columns,))
        self._known = raw, schema, int(row[0]) if row else int(raw.last_insert_rowid())
        return self._known[2]

    def forget(self) -> None:
        """To be called when a transaction is rolled back, with what it wrote of the layout."""
        self._known = None

    def columns(self, name: str) -> list[str]:
        """The columns of a table, in order."""
        found = self._database.execute_sql(f"SELECT name FROM pragma_table_info('{name}')").fetchall()
        return [str(row[0]) for row in found]

    def columns_of(self, action: int) -> dict[str, list[str]]:
        """The columns that the tables had when an action was recorded; later ones stand behind them."""
        sql = "SELECT l.columns FROM action a JOIN layout l ON l.id = a.layout WHERE a.id = ?"
        found: dict[str, list[str]] = json.loads(self._database.execute_sql(sql, (action,)).fetchone()[0])
        return found

    def entries(
        self, limit: int = -1, *, before: int | None = None, record: tuple[str, int] | None = None
    ) -> list[Entry]:
        """The newest lines first, all without a limit; of one record if asked."""
        where, values = ["id < ?"], [before if before is not None else 1 << 62]
        if record is not None:
            where.append("id IN (SELECT action FROM journal_row WHERE kind = ? AND first <= ? AND last >= ?)")
            values += [record[0], record[1], record[1]]  # type: ignore[list-item]
        sql = f"{_ENTRY} WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?"
        return self._entries(sql, (*values, limit))

    def lines(self, record: tuple[str, int], after: int) -> list[Entry]:
        """The lines after an action that wrote a record, also by taking back or doing again, the newest first."""
        about = "SELECT action FROM journal_row WHERE kind = ? AND first <= ? AND last >= ?"
        sql = f"{_ENTRY} WHERE id > ? AND (id IN ({about}) OR target IN ({about})) ORDER BY id DESC"
        values = (record[0], record[1], record[1])
        return self._entries(sql, (after, *values, *values))

    def written(self, action: int, kind: str) -> list[tuple[int, int]]:
        """The records of a kind that an action wrote and no others, as ranges of ids (first, last)."""
        entry = self.entry(action)
        near = [span for each in entry.touched if each.kind == kind for span in each.ranges] if entry else []
        # The rows lie by their record; what the action touched says where its own are.
        sql = "SELECT first, last FROM journal_row WHERE kind = ? AND first BETWEEN ? AND ? AND action = ?"
        found = (self._database.execute_sql(sql, (kind, *span, action)).fetchall() for span in near)
        return sorted({(first, last) for rows in found for first, last in rows})

    def last_before(self, at: str) -> int:
        """The number of the last line that was written before an instant as stored; 0 if there is none."""
        row = self._database.execute_sql("SELECT coalesce(max(id), 0) FROM action WHERE at < ?", (at,)).fetchone()
        return int(row[0])

    def entry(self, action: int) -> Entry | None:
        """One line, by its number."""
        return next(iter(self._entries(f"{_ENTRY} WHERE id = ?", (action,))), None)

    def of_verbs(self, kind: str, verbs: tuple[str, ...]) -> list[Entry]:
        """The actions of a kind and some verbs that are done and can be taken back, the oldest first."""
        marks = ", ".join("?" for _ in verbs)
        where = f"kind = ? AND verb IN ({marks}) AND state = 'done' AND target IS NULL AND id > ?"
        return self._entries(f"{_ENTRY} WHERE {where} ORDER BY id", (kind, *verbs, self.barrier()))

    def since(self, action: int) -> Iterator[Entry]:
        """The actions after one that still hold, the oldest first."""
        sql = f"{_ENTRY} WHERE id > ? AND state = 'done' AND target IS NULL ORDER BY id"
        yield from self._entries(sql, (action,))

    def reaches(self, entry: Entry) -> bool:
        """Whether an action is done and lies behind nothing that bars the way back."""
        return entry.target is None and entry.state == "done" and entry.action > self.barrier()

    def undoable(self, now: datetime) -> Entry | None:
        """The action that Ctrl+Z takes back: the last one done, unless it is too old or out of reach."""
        sql = f"{_ENTRY} WHERE state = 'done' AND id > ? ORDER BY id DESC LIMIT 1"
        found = next(iter(self._entries(sql, (self.barrier(),))), None)
        since = stamp(now - timedelta(days=DAYS))
        return found if found and found.at >= since and not self._far(found.action) else None

    def redoable(self) -> Entry | None:
        """The action that Ctrl+Y does again."""
        return next(iter(self._entries(f"{_ENTRY} WHERE state = 'undone' ORDER BY id LIMIT 1")), None)

    def _entries(self, sql: str, values: tuple[Any, ...] = ()) -> list[Entry]:
        found = self._database.execute_sql(sql, values).fetchall()
        reverted = self._reverted(min(row[0] for row in found)) if found else set()
        return [_entry(row, reverted) for row in found]

    def _reverted(self, first: int) -> set[int]:
        """The actions from one on that were taken back whole by one that was not taken back itself."""
        # In an order by number SQLite would go down all actions, not by the index of the few that revert.
        sql = "SELECT id, reverts FROM action WHERE reverts >= ? AND state = 'done'"
        found: set[int] = set()
        for number, reverts in sorted(self._database.execute_sql(sql, (first,)).fetchall(), reverse=True):
            if number not in found:
                found.add(reverts)
        return found

    def _far(self, action: int) -> bool:
        """Whether so many steps were taken back already that the reach of undo ends."""
        sql = "SELECT count(*) FROM action WHERE state = 'undone' AND id > ?"
        return int(self._database.execute_sql(sql, (action,)).fetchone()[0]) >= STEPS

    def barrier(self) -> int:
        """The last action that can no longer be taken back."""
        row = self._database.execute_sql("SELECT value FROM meta WHERE name = 'undo_barrier'").fetchone()
        return int(row[0]) if row else 0

    def segments(self, action: int) -> list[int]:
        """The segments of an action, in order."""
        sql = (
            "SELECT 0 FROM action WHERE id = ?1 AND changeset IS NOT NULL"
            " UNION ALL SELECT segment FROM action_chunk WHERE action = ?1 AND part = 0 ORDER BY 1"
        )
        return [int(row[0]) for row in self._database.execute_sql(sql, (action,)).fetchall()]

    def read(self, action: int, segment: int) -> bytes:
        """One changeset, whole."""
        sql = "SELECT changeset FROM action WHERE id = ? AND changeset IS NOT NULL"
        short = self._database.execute_sql(sql, (action,)).fetchone()
        if short:
            return bytes(short[0])
        sql = "SELECT data FROM action_chunk WHERE action = ? AND segment = ? ORDER BY part"
        unpacker = zlib.decompressobj()
        packed = self._database.execute_sql(sql, (action, segment)).fetchall()
        return b"".join(unpacker.decompress(row[0]) for row in packed)

    def apply(self, action: int, *, invert: bool, heard: Heard = unheard) -> None:
        """Applies an action or its inverse, segment by segment, and holds what it did against what it should do.

        Blocked if a foreign key would break, JournalBroken on any difference.
        """
        found = self.segments(action)
        for done, segment in enumerate(reversed(found) if invert else found):
            heard(done, len(found))
            recorder = self.record(action)
            try:
                changeset = self.read(action, segment)
                if apply(self._database.raw, changeset, invert=invert):
                    sql = 'SELECT "table", rowid FROM pragma_foreign_key_check LIMIT 20'
                    raise Blocked([(str(row[0]), int(row[1])) for row in self._database.execute_sql(sql).fetchall()])
                if not same(self._database.raw, changeset, recorder.changeset(), inverted=invert):
                    raise JournalBroken(f"action {action} did something else than the journal says")
            finally:
                recorder.close()


def tracked_tables() -> tuple[str, ...]:
    """The tables that sessions record: all that a person can change, and nothing derived."""
    return (*(table(model) for model in models.TABLES), *(f"{kind}_custom" for kind in models.CUSTOMISED))


def _touched_json(touched: tuple[Touched, ...]) -> str:
    return _JSON.encode([[t.kind, t.count, t.ranges] for t in touched])


def _entry(row: tuple[Any, ...], reverted: set[int]) -> Entry:
    touched = tuple(
        Touched(kind, count, tuple((first, last) for first, last in spans)) for kind, count, spans in json.loads(row[5])
    )
    reverts = abs(row[9]) if row[9] else None
    known = row[0] in reverted
    return Entry(row[0], row[1], row[2], row[3], row[4], touched, row[6], row[7], bool(row[8]), reverts, known)
