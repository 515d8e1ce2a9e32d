"""Merging leads, companies or people that are one and the same, field by field, and taking a merge apart again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.domain.merging import blank
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.errors import UserError
from crm_desktop.services.labels import Labels
from crm_desktop.services.merge_fields import MergeFields
from crm_desktop.services.merge_plan import Merged, MergePlan, MergeRecord, Unmerged
from crm_desktop.services.merge_words import told
from crm_desktop.services.progress import Progress
from crm_desktop.storage.joining import Joiner
from crm_desktop.storage.later import later
from crm_desktop.storage.merge_units import MERGE, UNMERGE, units_of
from crm_desktop.storage.revert import standing
from crm_desktop.storage.store import Store
from crm_desktop.storage.unmerge import unmerge

_CHUNK = 200
_PARTS = ("email", "phone", "tags")
"""Fields whose values are rows with labels and flags, copied one by one."""


class Merging:
    """Brings records together and takes them apart. Every merge is one action that can be undone, or taken back later.

    A merged record stays in the bin with all its own values and points at the one that it became part of.
    """

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._labels = labels
        self._joiner = Joiner(store)
        self._fields = MergeFields(store)

    def survivor(self, kind: str, ids: Sequence[int]) -> int:
        """The record that others should become part of: a converted one, else the most complete, else the oldest."""
        return _best(self._plans(kind, [(ids[0], ids[1:])], {})[0].records)

    def preview(
        self, kind: str, survivor: int, losers: Sequence[int], choices: Mapping[str, int] | None = None
    ) -> MergePlan:
        """What merging would do, field by field. `choices` say by field whose value is kept: the id of a record.

        UserError where the records cannot be merged, or a choice is none.
        """
        return self._plans(kind, [(survivor, losers)], choices or {})[0]

    def merge(
        self, kind: str, survivor: int, losers: Sequence[int], choices: Mapping[str, int] | None = None
    ) -> Merged:
        """Makes the losers part of the survivor, as `preview` says; what they had otherwise is kept as a note."""
        plan = self.preview(kind, survivor, losers, choices)
        with self._store.action(MERGE, plan.kind, plan.records[0].name) as action:
            self._write(plan)
        return Merged(action.change, 1, len(plan.records) - 1)

    def merge_groups(self, kind: str, groups: Iterable[Sequence[int]], progress: Progress | None = None) -> Merged:
        """Merges the records of each group, as one action: one undo takes all back, `unmerge` all or one.

        Of each group the record stays that `survivor` names. Records in several groups are merged with the first.
        """
        known, progress = self._known(kind), progress or Progress()
        wanted = _apart(groups)
        done = records = 0
        with self._store.action(MERGE, known) as action:
            for start in range(0, len(wanted), _CHUNK):
                for plan in self._best_plans(known, wanted[start : start + _CHUNK]):
                    self._write(plan)
                    action.cut()
                    done, records = done + 1, records + len(plan.records) - 1
                progress.report(min(start + _CHUNK, len(wanted)), len(wanted))
        return Merged(action.change, done, records)

    def unmerge(self, action: int, record: int | None = None) -> Unmerged:
        """Takes a merge back, also after later work: the records are on their own again with what was theirs.

        Of an action that merged many groups, only that of one `record` if asked. What somebody changed since stays as
        it is and is told; what was added to the record that stayed, stays with it. UserError if there is no such merge.
        """
        entry = standing(self._store, action)
        if entry.verb != MERGE:
            raise UserError(f"Action {action} is no merge.")
        rows = self._store.lists.whole(entry.kind, [] if record is None else [record], ["name"])
        subject = str(rows[0][1] or "") if rows else entry.subject
        with self._store.action(UNMERGE, entry.kind, subject) as done:
            units = units_of(self._store, entry)
            back = unmerge(self._store, entry.kind, units, record)
            done.reverts = -action if back.left(units) else action
        kept = [each for owner in back.survivors for each in later(self._store, (entry.kind, owner), entry)]
        return Unmerged(done.change, tuple(back.freed), tuple(kept), tuple(back.conflicts))

    def _known(self, kind: str) -> str:
        known = self._store.catalogue.kind(kind)
        if not known.mergeable:
            raise UserError(f"Only leads, companies and people can be merged; a {known.name} cannot.")
        return known.name

    def _best_plans(self, kind: str, groups: Sequence[Sequence[int]]) -> list[MergePlan]:
        """The plans of groups with the best record first; a group of which only one is left is none."""
        living = {row[0] for row in self._store.lists.rows(kind, [i for group in groups for i in group], [])}
        left = [[i for i in group if i in living] for group in groups]
        ordered = []
        for plan in self._plans(kind, [(group[0], group[1:]) for group in left if len(group) > 1], {}):
            best = _best(plan.records)
            ordered.append((best, [record.id for record in plan.records if record.id != best]))
        return self._plans(kind, ordered, {})

    def _plans(
        self, kind: str, groups: Sequence[tuple[int, Sequence[int]]], choices: Mapping[str, int]
    ) -> list[MergePlan]:
        known = self._known(kind)
        ids = [record for survivor, losers in groups for record in (survivor, *losers)]
        values = self._fields.read(known, ids)
        children = self._joiner.children(known, ids) if ids else {}
        plans = []
        for survivor, losers in groups:
            wanted = (survivor, *dict.fromkeys(losers))
            missing = next((record for record in wanted if record not in values), None)
            if missing is not None:
                raise UserError(f"There is no {known} with the number {missing}.")
            if len(wanted) < 2 or survivor in wanted[1:]:
                raise UserError("Merging needs two different records.")
            fields = self._fields.compared(known, {i: values[i] for i in wanted}, choices)
            records = [_record(i, values[i], sum(children[i].values())) for i in wanted]
            coming: dict[str, int] = {}
            for loser in wanted[1:]:
                for name, count in children[loser].items():
                    coming[name] = coming.get(name, 0) + count
            plans.append(MergePlan(known, tuple(records), fields, coming))
        return plans

    def _write(self, plan: MergePlan) -> None:
        survivor, *losers = (record.id for record in plan.records)
        stamp = self._store.clock.stamp()
        for loser in losers:
            self._joiner.unite(plan.kind, survivor, loser)
        values = {f.field: f.value for f in plan.fields if f.field not in _PARTS and f.value != f.values[0]}
        self._store.records.update(plan.kind, [survivor], values)
        self._joiner.become(plan.kind, losers, survivor, stamp)
        self._joiner.move(plan.kind, survivor, losers, stamp)
        self._note(plan)

    def _note(self, plan: MergePlan) -> None:
        subject, text = told(self._labels, plan, self._store.clock.day)
        now = self._store.clock.now()
        self._store.records.insert("activity", {
            "type": "note", "subject": subject, "note": text, "happened_on": self._store.clock.today(),
            "created_at": now, plan.kind: plan.records[0].id,
        })  # fmt: skip


def _apart(groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """Groups without the records that an earlier group has."""
    taken: set[int] = set()
    found = []
    for group in groups:
        found.append([record for record in dict.fromkeys(group) if record not in taken])
        taken.update(group)
    return [group for group in found if len(group) > 1]


def _record(record: int, values: Mapping[str, Any], children: int) -> MergeRecord:
    filled = sum(not blank(value) for value in values.values())
    return MergeRecord(
        record, str(values["name"] or ""), values["created_at"], filled, children,
        values.get("status_type") == LeadStatus.CONVERTED,
    )  # fmt: skip


def _best(records: Sequence[MergeRecord]) -> int:
    """A converted record, else the one with the most values, else the one with the most belonging to it, the oldest."""
    return max(records, key=lambda record: (record.converted, record.filled, record.children, -record.id)).id
