"""Taking the conversion of leads back: what it wrote goes, what it made goes to the bin unless somebody used it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.errors import UserError
from crm_desktop.storage.changesets import RowChange, changes
from crm_desktop.storage.database import AMONG, packed
from crm_desktop.storage.joining import VALUES, WORK_LINKS, Joiner, namings
from crm_desktop.storage.journal import Entry
from crm_desktop.storage.later import Later, first_action, later, named
from crm_desktop.storage.revert import Back, Conflict
from crm_desktop.storage.store import Store

CONVERT, UNCONVERT = "convert", "unconvert"
_MADE = ("deal", "person", "company")
_OWN_DOING = ("stage_log", "conversion")
"""What other work leaves beside itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that the conversion made and that stays, for somebody worked on it since."""

    kind: str
    id: int
    name: str


@dataclass(slots=True)
class TakenBack:
    """`kept` records stay for the `later` work on them; `conflicts` are fields that were changed since.

    `reverts` is the one action that made the conversions, negative where some of it still hold; None of several.
    """

    kept: list[Kept] = field(default_factory=list)
    reverts: int | None = None
    later: list[Later] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


Wrote = Callable[[int], object]

Segments = dict[int, list[RowChange]]
"""The changes of each conversion of one action, by the number of the conversion."""


def conversions(store: Store, leads: Sequence[int]) -> dict[int, list[int]]:
    """Those of the leads that became something, with their conversions: several where converted leads were merged."""
    found: dict[int, list[int]] = {}
    sql = f"SELECT lead_id, id FROM conversion WHERE deleted_at IS NULL AND lead_id {AMONG} ORDER BY id"
    for lead, conversion in store.database.execute_sql(sql, (packed(leads),)).fetchall():
        found.setdefault(lead, []).append(conversion)
    return found


def leads_of(store: Store, entry: Entry) -> list[int]:
    """The leads that an action converted and that still are."""
    # Not what it touched: to that belong other conversions to the same records.
    spans = store.journal.written(entry.action, "conversion")
    sql = "SELECT lead_id FROM conversion WHERE deleted_at IS NULL AND id BETWEEN ? AND ?"
    return [row[0] for span in spans for row in store.database.execute_sql(sql, span).fetchall()]


def contradicted(store: Store, action: int) -> int | None:
    """A lead that is otherwise than a conversion which an action wrote says: with another status, or converted anew."""
    spans = store.journal.written(action, "conversion")
    written = {number for first, last in spans for number in range(first, last + 1)}
    sql = (
        "SELECT c.lead_id, c.id, s.type FROM conversion o JOIN conversion c ON c.lead_id = o.lead_id"
        " JOIN lead l ON l.id = c.lead_id JOIN lead_status s ON s.id = l.status_id"
        f" WHERE o.id {AMONG} AND o.deleted_at IS NULL AND c.deleted_at IS NULL ORDER BY 1"
    )
    for lead, conversion, type_ in store.database.execute_sql(sql, (packed(written),)).fetchall():
        if type_ != "converted" or conversion not in written:
            return int(lead)
    return None


def take_back(store: Store, conversions: Collection[int], wrote: Wrote) -> TakenBack:
    """Takes conversions back; belongs inside an action.

    `wrote` hears how many were done; that is told while it is found out what goes to the bin, which takes
    longest. UserError where the history does not reach so far.
    """
    actions: dict[int, Segments] = {}
    back = Back(store)
    for conversion in sorted(conversions, reverse=True):
        number = _action_of(store, conversion)
        if number not in actions:
            actions[number] = dict(_segments(store, number))
        segment = actions[number][conversion]
        back.new.clear()
        back.note_new(iter(segment))
        for change in reversed(segment):
            if change.table == "conversion":
                store.database.execute_sql("DELETE FROM conversion WHERE id = ?", (change.id,))
            elif not (change.op == "INSERT" and change.table in _MADE):
                back.take(change)
        wrote(0)
    found = TakenBack(conflicts=back.conflicts, reverts=_whole(store, list(actions)))
    told_of = set[tuple[str, int]]()
    for number, segments in actions.items():
        taken = segments.keys() & set(conversions)
        became = {key for conversion in taken for key in _became(segments[conversion])}
        sorting = _Bin(store, list(segments.values()), became, found)
        sorting.sort_out(len(taken), wrote)
        told = {(each.kind, each.id) for each in found.later}
        beside = {(each.kind, each.id): each for each in _later(store, became - sorting.made, number)}
        found.later += [each for key, each in beside.items() if key not in told]
        _leave(store, became - sorting.made, actions)
        told_of |= became
    for segments in actions.values():
        _sort_out_silently(store, segments, _left_over(store, segments) - told_of)
    return found


def _leave(store: Store, there: Iterable[tuple[str, int]], taken: Collection[int]) -> None:
    """Puts into the bin what other conversions made that were taken back before; these were why it stayed."""
    made: dict[int, set[tuple[str, int]]] = {}
    for kind, record in there:
        sql = f"SELECT 1 FROM conversion WHERE deleted_at IS NULL AND {kind}_id = ?"
        if store.database.execute_sql(sql, (record,)).fetchone() is None:
            made.setdefault(first_action(store, kind, record), set()).add((kind, record))
    for action in sorted(made.keys() - set(taken)):
        entry = store.journal.entry(action)
        if entry is not None and entry.verb == CONVERT:
            segments = dict(_segments(store, action))
            _sort_out_silently(store, segments, made[action] | _left_over(store, segments))


def _left_over(store: Store, segments: Segments) -> set[tuple[str, int]]:
    """What leads became that are leads again: what goes to the bin now may be all for which it stayed."""
    sql = f"SELECT id FROM conversion WHERE deleted_at IS NULL AND id {AMONG}"
    living = {row[0] for row in store.database.execute_sql(sql, (packed(segments),)).fetchall()}
    return {key for conversion in segments.keys() - living for key in _became(segments[conversion])}


def _sort_out_silently(store: Store, segments: Segments, became: set[tuple[str, int]]) -> None:
    alive = {(kind, record) for kind, record in became if not store.records.in_bin(kind, [record])}
    if alive:
        _Bin(store, list(segments.values()), alive, TakenBack()).sort_out(0, lambda _: None)


def _later(store: Store, there: Iterable[tuple[str, int]], action: int) -> Iterator[Later]:
    """The work that came after an action to records that were there before it."""
    entry = store.journal.entry(action)
    for kind, record in sorted(there):
        if entry is not None and not store.records.in_bin(kind, [record]):
            yield from (each for each in later(store, (kind, record), entry) if each.kind not in _OWN_DOING)


def _whole(store: Store, actions: list[int]) -> int | None:
    if len(actions) != 1:
        return None
    entry = store.journal.entry(actions[0])
    return -actions[0] if entry is None or leads_of(store, entry) else actions[0]


def _action_of(store: Store, conversion: int) -> int:
    for entry in store.journal.entries(record=("conversion", conversion)):
        done = entry.verb == CONVERT and entry.target is None and entry.state == "done"
        if done and entry.action > store.journal.barrier():
            return entry.action
    raise UserError("This conversion lies before the history was compacted and cannot be taken back.")


def _segments(store: Store, action: int) -> Iterator[tuple[int, list[RowChange]]]:
    for segment in store.journal.segments(action):
        found = list(changes(store.journal, action, segment))
        for change in found:
            if change.table == "conversion" and change.op == "INSERT":
                yield change.id, found


def _became(segment: list[RowChange]) -> Iterator[tuple[str, int]]:
    """The records that a lead became."""
    for change in segment:
        if change.table == "conversion":
            known = ((kind, change.after[f"{kind}_id"]) for kind in _MADE)
            yield from (key for key in known if key[1] is not None)


class _Bin:
    """Says which of the records that an action made, and that leads became which are leads again, go to the bin."""

    def __init__(
        self, store: Store, written: list[list[RowChange]], became: set[tuple[str, int]], found: TakenBack
    ) -> None:
        self._store = store
        self._joiner = Joiner(store)
        self._found = found
        self._rows = {(c.table, c.id): c for segment in written for c in segment if c.op == "INSERT"}
        self.made = became & self._rows.keys()
        self._left = dict.fromkeys(key for key in sorted(self.made) if not store.records.in_bin(key[0], [key[1]]))
        self._then = _by_owner(self._rows.values())
        self._beside = {(c.table, c.id): segment for segment in written for c in segment if c.op == "INSERT"}
        self._kept: set[tuple[str, int]] = set()

    def sort_out(self, leads: int, wrote: Wrote) -> None:
        """Puts into the bin what nobody used, and lists the rest with the work on it."""
        used, edited, parts = {}, set(), len(self._left)
        for place, key in enumerate(self._left):
            used[key] = list(self._used_by(*key))
            edited |= {key} if self._edited(*key) else set()
            wrote(leads * (place + 1) // parts - leads * place // parts)
        wrote(0 if parts else leads)
        while True:
            stay = {
                key for key in self._left
                if key in edited or any(by not in self._left or by in self._kept for by in used[key])
            }  # fmt: skip
            if stay == self._kept:
                break
            self._kept = stay
        stamp = self._store.clock.stamp()
        for kind, record in self._left:
            if (kind, record) not in self._kept:
                self._store.records.delete(kind, [record], stamp)
            else:
                work = dict.fromkeys(self._leads(by) for by in used[kind, record] if by not in self._left)
                self._found.later += named(self._store, (kind, record), list(work))
                rows = self._store.lists.whole(kind, [record], ["name"])
                self._found.kept.append(Kept(kind, record, str(rows[0][1] or "")))

    def _leads(self, by: tuple[str, int]) -> tuple[str, int]:
        """Instead of a conversion the lead that it is of."""
        if by[0] != "conversion":
            return by
        return "lead", int(next(self._joiner.rows("conversion", "id = ?", by[1]))["lead_id"])

    def _used_by(self, kind: str, record: int) -> Iterator[tuple[str, int]]:
        """The records that name it and are not the conversion's own doing."""
        for naming in namings(self._store, kind):
            if naming.table in ("distinct_pair", "stage_log"):
                continue
            owner = naming.table.removesuffix("_link") if naming.table in WORK_LINKS else naming.kind
            column = f"{owner}_id" if naming.table in WORK_LINKS else "id"
            for row in self._joiner.rows(naming.table, f"{naming.column} = ? ORDER BY id", record):
                own = (naming.table, row["id"]) in self._rows and owner != "conversion"
                if own and (owner, row["id"]) not in self._left and owner not in _MADE:
                    continue
                if not self._store.records.in_bin(owner, [row[column]]):
                    yield owner, row[column]

    def _edited(self, kind: str, record: int) -> bool:
        """Whether somebody changed a value of it since; what a later lead of the same conversion added is no change."""
        tables = {kind: "id", f"{kind}_custom": "id", **dict.fromkeys(VALUES, f"{kind}_id")}
        beside = {(change.table, change.id) for change in self._beside[kind, record]}
        for table, column in tables.items():
            if column not in self._store.journal.columns(table):
                continue
            now = {row["id"]: row for row in self._joiner.rows(table, f"{column} = ?", record)}
            then = self._then.get((table, column, record), {})
            gone = any((table, number) in beside for number in then.keys() - now.keys())
            if gone or any(row != then.get(number) and _says(row, column) for number, row in now.items()):
                return True
        return False


def _by_owner(rows: Iterable[RowChange]) -> dict[tuple[str, str, int], dict[int, dict[str, Any]]]:
    """Rows as they were made, by table and by a column that names the record they belong to."""
    found: dict[tuple[str, str, int], dict[int, dict[str, Any]]] = {}
    for row in rows:
        for column in ("id", *(f"{kind}_id" for kind in _MADE)):
            if row.after.get(column) is not None:
                found.setdefault((row.table, column, row.after[column]), {})[row.id] = dict(row.after)
    return found


def _says(row: Mapping[str, Any], owner: str) -> bool:
    """Whether a row holds anything beside whose it is."""
    return any(value is not None for column, value in row.items() if column not in ("id", owner))
