"""Changes of one field of many records: first what would become of them, then the change itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm_desktop.domain.catalogue import Field, FieldType, Use
from crm_desktop.domain.change import Change
from crm_desktop.errors import UserError
from crm_desktop.services.progress import Progress
from crm_desktop.services.records import RecordService, moved, tags_with, tags_without
from crm_desktop.storage.store import Store

SHOWN = 6
"""Records that a preview shows one by one."""
_CHUNK = 5_000


class How(StrEnum):
    """What is done with the field."""

    SET = "set"
    ADD = "add"  # a tag beside those there are
    REMOVE = "remove"  # a tag
    SHIFT = "shift"  # a date, by days


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one field; `value` is what it is set to, the tag, or the number of days."""

    field: str
    how: How
    value: Any


@dataclass(frozen=True, slots=True)
class Sample:
    """One record that would change."""

    id: int
    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Preview:
    """How many of the chosen records would change, and the first of them."""

    total: int
    changed: int
    samples: tuple[Sample, ...]


class Selections:
    """Edits a field of many records, as one action that one undo takes back."""

    def __init__(self, store: Store, records: RecordService) -> None:
        self._store = store
        self._records = records

    def ways(self, kind: str, name: str) -> tuple[How, ...]:
        """What can be done with a field; nothing with one that cannot be set."""
        field = self._store.catalogue.field(kind, name)
        if not _settable(field):
            return ()
        if name == "tags":
            return (How.ADD, How.REMOVE, How.SET)
        return (How.SET, How.SHIFT) if field.type is FieldType.DATE else (How.SET,)

    def fields(self, kind: str) -> list[Field]:
        """The fields that can be edited; what the program notes by itself is none of them."""
        return [field for field in self._store.catalogue.kind(kind).fields.values() if _settable(field)]

    def preview(self, kind: str, ids: Sequence[int], edit: Edit, progress: Progress | None = None) -> Preview:
        """What an edit would do, without doing it."""
        known = self._store.catalogue.kind(kind)
        named = ["name"] if "name" in known.fields else []
        changed = 0
        samples: list[Sample] = []
        for start in range(0, len(ids), _CHUNK):
            if progress is not None:
                progress.check_cancelled()
            chunk = ids[start : start + _CHUNK]
            for record, held, *name in self._store.lists.rows(known.name, chunk, [edit.field, *named]):
                after = _after(held, edit)
                if after != held:
                    changed += 1
                    if len(samples) < SHOWN:
                        samples.append(Sample(record, str(name[0] or "") if name else "", held, after))
        return Preview(len(ids), changed, tuple(samples))

    def apply(self, kind: str, ids: Sequence[int], edit: Edit, progress: Progress | None = None) -> Change:
        """Does it; UserError where it cannot be done for all of them."""
        if edit.how not in self.ways(kind, edit.field):
            raise UserError(f"“{edit.field}” cannot be changed like this.")
        match edit.how:
            case How.ADD:
                return self._records.tag(kind, ids, edit.value, progress)
            case How.REMOVE:
                return self._records.untag(kind, ids, edit.value, progress)
            case How.SHIFT:
                return self._records.shift(kind, ids, edit.field, edit.value, progress)
        return self._records.set(kind, ids, {edit.field: edit.value}, progress)


def _settable(field: Field) -> bool:
    return field.editable and Use.NOTED not in field.uses


def _after(held: Any, edit: Edit) -> Any:
    match edit.how:
        case How.ADD:
            return tags_with(held, edit.value)
        case How.REMOVE:
            return tags_without(held, edit.value)
        case How.SHIFT:
            return None if held is None else moved(held, edit.value)
    return edit.value
