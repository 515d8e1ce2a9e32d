"""The journal for people: what was done, undo and redo, the history of one record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.change import Change
from crm_desktop.domain.clock import stamp
from crm_desktop.domain.filter import Filter, Ref, picked
from crm_desktop.domain.speech import Speech
from crm_desktop.errors import UserError
from crm_desktop.services.deed_words import TURNED, Deed
from crm_desktop.services.lists import ListService
from crm_desktop.services.progress import Progress
from crm_desktop.services.stages import Stages
from crm_desktop.services.statuses import Statuses
from crm_desktop.storage import as_of, history, names, revert
from crm_desktop.storage.history import FieldChange
from crm_desktop.storage.journal import Entry as JournalEntry
from crm_desktop.storage.later import Later
from crm_desktop.storage.merge_units import MERGE
from crm_desktop.storage.revert import Conflict
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import CONVERT, UNCONVERT, Kept, contradicted

if TYPE_CHECKING:
    from crm_desktop.services.conversion import Conversion
    from crm_desktop.services.merging import Merging

__all__ = ["Entry", "FieldChange", "History", "Reverted", "Then"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `count`: records of its kind that it wrote; `next`: what Ctrl+Z takes back.

    `again`: the verb of the action that an undo, a redo or a revert was about in the end, and `way` what became of that
    one: `undo` or `redo`. The state of one that a revert took back is `reverted`.
    """

    action: int
    at: str
    verb: str
    kind: str
    subject: str
    count: int
    state: str
    next: bool = False
    again: str = ""
    way: str = ""

    @property
    def undone(self) -> bool:
        """Whether it was taken back, by its step or by itself: for the reader it is the same."""
        return self.state in ("undone", "abandoned", "reverted") and self.verb not in ("undo", "redo")

    @property
    def deed(self) -> Deed:
        """It, as it is told."""
        # What an import names is its file.
        subject = "" if "import" in (self.verb, self.again) else self.subject
        return Deed(self.way or self.verb, self.kind, self.count, subject, again=self.again)


@dataclass(frozen=True, slots=True)
class Reverted:
    """An older action taken back as far as nobody touched its fields since; the others are listed as they are.

    `kept` are the records that a conversion made and that stay, for somebody worked on them since; `later` is the
    work that was added since a conversion or merge and stays where it is.
    """

    change: Change
    conflicts: tuple[Conflict, ...]
    kept: tuple[Kept, ...] = ()
    later: tuple[Later, ...] = ()


@dataclass(frozen=True, slots=True)
class Then:
    """A record as it was: its values `then` and `now` by field, those that are worked out left out.

    `there`: whether it existed; `deleted`: whether it was in the bin. `back` are those of `then` that it can be given
    again: what is otherwise now and a person may set, unless the record or what it names is in the bin now. `roles` are
    those that changed with the company of a person since, as they were.
    """

    there: bool
    deleted: bool
    then: Mapping[str, Any]
    now: Mapping[str, Any]
    back: Mapping[str, Any]
    roles: Mapping[int, history.Held] = field(default_factory=dict)

    def given(self, names: Iterable[str]) -> dict[str, Any]:
        """Those of `back`, each with what is told along with it."""
        wanted = dict.fromkeys(each for name in names for each in (name, _BESIDE.get(name)) if each in self.back)
        return {name: self.back[name] for name in wanted if name}

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that hold something else now."""
        return tuple(name for name, value in self.then.items() if self.now.get(name) != value)


_NAMED = 20
"""The newest lines of a record that is no more, among which its name is looked for."""

_BESIDE = {"probability": "probability_source"}
"""What is told with a value, for else it would count as set by hand."""


class History:
    """Undo, redo and the list of actions. Merges and conversions are taken back by those who know how."""

    def __init__(self, store: Store, merging: "Callable[[], Merging]", conversion: "Callable[[], Conversion]") -> None:
        self._store = store
        self._merging = merging
        self._conversion = conversion

    def undo(self, action: int | None = None, progress: Progress | None = None) -> Change:
        """Takes the last action back; UserError if there is none or if `action` is not the last one."""
        return self._told(self._store.undo(action, (progress or Progress()).report))

    def redo(self, progress: Progress | None = None) -> Change:
        """Does again what was last taken back."""
        return self._told(self._store.redo((progress or Progress()).report))

    def peek_undo(self) -> Entry | None:
        """What Ctrl+Z would take back."""
        found = self._store.peek_undo()
        return self._shown(found, found.action) if found else None

    def peek_redo(self) -> Entry | None:
        """What Ctrl+Y would do again."""
        found = self._store.journal.redoable()
        return self._shown(found, None) if found else None

    def entries(
        self,
        limit: int = 100,
        before: int | None = None,
        record: tuple[str, int] | None = None,
        until: date | None = None,
    ) -> list[Entry]:
        """The newest actions first, of one record (kind, id) if asked, and only those `until` the end of a day."""
        if until is not None and before is None:
            before = self._last_on(until) + 1
        following = self._store.peek_undo()
        last = following.action if following else None
        return [self._shown(e, last) for e in self._store.journal.entries(limit, before=before, record=record)]

    def revert(self, action: int, record: int | None = None, progress: Progress | None = None) -> Reverted:
        """Takes an older action back field by field; this is an action of its own and can be undone.

        A merge is taken apart and a conversion taken back, whatever was merged or converted since; of an action that
        merged many groups or converted many leads only that of one `record` if asked.
        """
        entry = self._store.journal.entry(action)
        verb = entry.verb if entry is not None else ""
        if verb == MERGE:
            apart = self._merging().unmerge(action, record)
            return Reverted(apart.change, apart.conflicts, later=apart.later)
        if verb == CONVERT:
            back = self._conversion().unconvert_action(action, record, progress)
            return Reverted(back.change, back.conflicts, back.kept, back.later)

        # Work is told by its tags, however many are called so; other doubles nobody could tell apart.
        held = names.borne(self._store, names.KINDS - ({"tag"} if entry is None or entry.kind != "tag" else set()))

        def settle(gone: Mapping[str, Sequence[int]]) -> None:
            self._settle(gone)
            names.refuse_doubles(self._store, held)
            if verb == UNCONVERT:
                self._refuse_contradiction(action)

        change, conflicts = revert.revert(self._store, action, settle, (progress or Progress()).report)
        return Reverted(self._told(change), tuple(conflicts))

    def _settle(self, gone: Mapping[str, Sequence[int]]) -> None:
        """What goes to the bin does not leave leads or deals without a status or stage."""
        Statuses(self._store).vacate(gone.get("lead_status", ()))
        for kind in ("stage", "pipeline"):
            Stages(self._store).check_left(kind, gone.get(kind, ()))

    def _refuse_contradiction(self, action: int) -> None:
        """Leads that were put aside or converted anew since do not become what they were before as well."""
        lead = contradicted(self._store, action)
        if lead is not None:
            name = self.name("lead", lead)
            raise UserError(f"“{name}” was worked on since it is a lead again; convert it instead.")

    def records(self, action: int, kind: str) -> Filter:
        """The records of a kind that an action wrote, whatever became of them since."""
        spans = self._store.journal.written(action, kind)
        return picked(kind, chain.from_iterable(range(first, last + 1) for first, last in spans))

    def used(self, action: int) -> dict[str, int]:
        """How many records of each kind name one that goes to the bin when this older action is taken back.

        Empty for a merge or a conversion, which are taken apart by those who know how.
        """
        entry = self._store.journal.entry(action)
        if entry is None or entry.verb in (MERGE, CONVERT):
            return {}
        return revert.hanging(self._store, action)

    def held(self, kind: str, record: int, action: int) -> Then:
        """What a record held right after an action, read off its own lines of the journal."""
        known = self._store.catalogue.kind(kind)
        then, now = history.held(self._store, known.name, record, action)
        found = Then(then.there, then.deleted, dict(then.values), dict(now.values), {})
        if not then.there or not now.there or now.deleted:
            return found
        fields = [known.fields[name] for name in found.changed if name in known.fields]
        may = [each.name for each in fields if each.editable and self._living(each, then.values[each.name])]
        may += [beside for name, beside in _BESIDE.items() if name in may and beside in then.values]
        roles = history.roles_along(self._store, record, action) if known.name == "person" and "company" in may else {}
        return replace(found, back={name: then.values[name] for name in may}, roles=roles)

    def held_on(self, kind: str, record: int, day: date) -> Then:
        """What a record held at the end of a day; UserError where the history does not reach back so far."""
        return self.held(kind, record, self._last_on(day))

    def _last_on(self, day: date) -> int:
        """The number of the last line that was written until the end of a day."""
        return self._store.journal.last_before(stamp(self._store.clock.bounds(day)[1]))

    def _living(self, field: Field, value: Any) -> bool:
        """Whether what a value names is there, and not in the bin."""
        if not isinstance(value, Ref):
            return True
        return bool(self._store.lists.rows(field.target or "", [value.id], []))

    def name(self, kind: str, record: int) -> str:
        """What a record is called or was called last; empty where nobody knows it."""
        rows = self._store.lists.whole(kind, [record], ["name"])
        told = (e.subject for e in self._store.journal.entries(_NAMED, record=(kind, record)) if e.kind == kind)
        return str(rows[0][1] or "") if rows else next(filter(None, told), "")

    def words(self, kind: str, record: int) -> list[FieldChange]:
        """What was done to the fields of a record and still holds, the newest first."""
        return history.field_changes(self._store, self._store.catalogue.kind(kind).name, record)

    @contextmanager
    def as_of(self, day: date) -> Iterator[ListService]:
        """Lists of the base as it was at the end of a day."""
        with as_of.as_of(self._store, day) as then:
            yield ListService(then, Speech)

    def _shown(self, entry: JournalEntry, last: int | None) -> Entry:
        count = sum(t.count for t in entry.touched if t.kind == entry.kind)
        state = "reverted" if entry.reverted and entry.state == "done" else entry.state
        verb, way = meant(self._store, entry)
        again = verb if way else ""
        return Entry(
            entry.action, entry.at, entry.verb, entry.kind, entry.subject, count, state,
            entry.action == last, again, way,
        )  # fmt: skip

    def _told(self, change: Change) -> Change:
        """The change with what a revert was about."""
        entry = self._store.journal.entry(change.of or change.action) if change.verb == "revert" else None
        verb, way = meant(self._store, entry) if entry else ("", "")
        return replace(change, again=verb, way=way) if way else change


def meant(store: Store, entry: JournalEntry) -> tuple[str, str]:
    """The verb of the action that a line is about in the end, and whether it undid or redid that, or neither."""
    target = entry.target if entry.target is not None else entry.reverts
    about = store.journal.entry(target) if target is not None else None
    if about is None:
        return entry.verb, ""
    verb, way = meant(store, about)
    if entry.verb == "redo":
        return verb, way or "redo"
    return verb, TURNED[way or "do"]
