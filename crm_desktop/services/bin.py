"""The bin: finding what was deleted, and taking it out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Ref
from crm_desktop.errors import UserError
from crm_desktop.services.history import meant
from crm_desktop.services.records import RecordService
from crm_desktop.storage import bin as stored
from crm_desktop.storage.bin import KINDS, Gone
from crm_desktop.storage.store import Store

__all__ = ["KINDS", "MOST", "Bin", "BinEntry"]

MOST = 200
"""So many are listed; older ones are found by their words."""


@dataclass(frozen=True, slots=True)
class BinEntry:
    """A record in the bin. `verb` is that of the action `action` which put it there, empty where nobody knows it.

    Where that one took another one back or did it again, `again` is the verb of that and `way` says which of both.

    A record that became part of another one names it as `merged_into`; taking the merge apart brings it back.
    """

    kind: str
    id: int
    name: str
    deleted_at: datetime
    action: int | None
    verb: str
    merged_into: Ref | None = None
    again: str = ""
    way: str = ""


class Bin:
    """Lists and restores deleted records. Work that went with a record comes back with it and is not listed itself."""

    def __init__(self, store: Store, records: RecordService) -> None:
        self._store = store
        self._records = records

    def entries(self, text: str = "", kind: str | None = None, limit: int = MOST) -> list[BinEntry]:
        """The last deleted first; every word of `text` is in the name, whatever its case and accents."""
        kinds = KINDS if kind is None else (self._known(kind),)
        return [self._entry(each) for each in stored.gone(self._store, text, kinds, limit)]

    def restore(self, kind: str, ids: Sequence[int]) -> Change:
        """Takes records out of the bin as one action, with what went along.

        UserError where one became part of another record, for then its values are there too.
        """
        known = self._known(kind)
        self._refuse_merged(known, ids)
        return self._records.restore(known, ids)

    def _refuse_merged(self, kind: str, ids: Sequence[int]) -> None:
        for _, into in self._merged(kind, ids):
            name = f"“{into.name}”" if into.name else f"another {kind}"
            raise UserError(f"This {kind} was merged into {name}; take the merge apart instead.")

    def restore_several(self, records: Sequence[tuple[str, int]]) -> Change:
        """Takes records of any kinds (kind, id) out of the bin, as one action; UserError as `restore` says."""
        by_kind: dict[str, list[int]] = {}
        for kind, record in records:
            by_kind.setdefault(self._known(kind), []).append(record)
        if len(by_kind) == 1:
            [(kind, ids)] = by_kind.items()
            return self.restore(kind, ids)
        with self._store.action("restore") as action:
            for kind, ids in by_kind.items():
                self._refuse_merged(kind, ids)
                for work, count in stored.bring_along(self._store, kind, ids).items():
                    action.along[work] = action.along.get(work, 0) + count
                self._store.records.restore(kind, self._store.records.in_bin(kind, ids))
                action.checkpoint()
        return action.change

    def _known(self, kind: str) -> str:
        known = self._store.catalogue.kind(kind).name
        if known not in KINDS:
            raise UserError(f"The bin is not searched for a {known}.")
        return known

    def _entry(self, gone: Gone) -> BinEntry:
        by = stored.deleted_by(self._store, gone)
        into = next((into for _, into in self._merged(gone.kind, [gone.id])), None) if gone.merged_into else None
        when = datetime.fromisoformat(gone.deleted_at)
        if by is None:
            return BinEntry(gone.kind, gone.id, gone.name, when, None, "", into)
        verb, way = meant(self._store, by)
        return BinEntry(gone.kind, gone.id, gone.name, when, by.action, by.verb, into, verb if way else "", way)

    def _merged(self, kind: str, ids: Sequence[int]) -> list[tuple[int, Ref]]:
        """Those of the records that became part of another one."""
        if "merged_into" not in self._store.catalogue.kind(kind).fields:
            return []
        rows = self._store.lists.whole(kind, ids, ["merged_into"])
        return [(record, into) for record, into in rows if into is not None]
