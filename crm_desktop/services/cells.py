"""Blocks of cells: pasted, filled down and emptied, each as one action. What a cell cannot take is told, not lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crm_desktop.domain.catalogue import Kind
from crm_desktop.domain.change import Change
from crm_desktop.errors import UserError
from crm_desktop.formats.blocks import html_block, read_block, write_block
from crm_desktop.services.converted import STAYS
from crm_desktop.services.labels import Labels
from crm_desktop.services.lifecycle import ENTRY
from crm_desktop.services.records import RecordService
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import conversions

__all__ = ["MOST", "Cells", "Pasted", "Refused", "html_block", "read_block", "write_block"]

MOST = 100_000
"""Cells that one block may have; more come in by import, or by setting a value for ticked records."""

_GONE = "This record is no longer there."
_EMPTY = "This cannot be empty."
_NEVER_EMPTY = frozenset({"name", "lifecycle", "stage"})
_TOGETHER: Mapping[str, frozenset[str]] = {
    "lead": frozenset({"lifecycle", "status", "status_reason", "return_on", *ENTRY.values()}),
    "deal": frozenset({"stage", "probability", "lead", "lost_reason", "lost_note", "closed_on"}),
    "person": frozenset({"company", "job_title", "department"}),
    "company": frozenset({"parent"}),
    "product": frozenset(),
    "purchase": frozenset(),
    "activity": frozenset(),
    "task": frozenset(),
}
"""Fields whose values bring others with them or depend on one another; of kinds not named here all do."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that kept what it had: its row and column in the block, from 0, what was to go in, and why it did not.

    `name` is that of the record in this row.
    """

    row: int
    column: int
    field: str
    text: str
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a block: the cells that were taken and those that were not; `skipped` fields cannot be set."""

    change: Change
    taken: int
    refused: tuple[Refused, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """The cells that were to be set."""
        return self.taken + len(self.refused)


@dataclass(slots=True)
class _Block:
    """A block while it is written: the values of each record, and which cell each came from."""

    kind: Kind
    values: dict[int, Values]
    cells: dict[int, dict[str, tuple[int, int, str]]]
    """By record and field: row, column and text."""
    names: dict[int, dict[str, str]]
    """By record and what is kept: the field of the block it came from; a whole name is kept in two parts."""
    refused: dict[tuple[int, int], Refused]

    def put(self, record: int, field: str, place: tuple[int, int, str], read: Values) -> None:
        self.cells.setdefault(record, {})[field] = place
        self.values.setdefault(record, {}).update(read)
        self.names.setdefault(record, {}).update(dict.fromkeys(read, field))

    def refuse(self, record: int, names: Sequence[str], reason: str) -> None:
        for field in {self.names[record][name] for name in names}:
            row, column, text = self.cells[record][field]
            self.refused[row, column] = Refused(row, column, field, text, reason)


class Cells:
    """Writes many cells at once by the rules that hold for one."""

    def __init__(self, store: Store, records: RecordService, labels: Labels) -> None:
        self._store = store
        self._records = records
        self._labels = labels

    def paste(self, kind: str, ids: Sequence[int], fields: Sequence[str], texts: Sequence[Sequence[str]]) -> Pasted:
        """Reads each text by the type of its field and sets it; rows may be shorter than the fields.

        UserError where nothing of it can be set, as with records that are worked out by the program.
        """
        return self._write("paste", kind, ids, (fields, texts))

    def clear(self, kind: str, ids: Sequence[int], fields: Sequence[str]) -> Pasted:
        """Empties fields of records."""
        verb = "clear_cell" if len(ids) == len(fields) == 1 else "clear"
        return self._write(verb, kind, ids, (fields, [[""] * len(fields)] * len(ids)))

    def fill(self, kind: str, source: int, ids: Sequence[int], fields: Sequence[str]) -> Pasted:
        """Gives records the values that another one has in these fields."""
        known = self._writable(kind)
        _check_size(len(ids) * len(fields))
        names = [name for name in fields if self._settable(known, name)]
        if not names:
            raise UserError(self._cannot_set(kind, fields))
        rows = self._store.lists.rows(known.name, [source], names)
        if not rows:
            raise UserError(_GONE)
        held = dict(zip(names, rows[0][1:], strict=True))
        block = _Block(known, {}, {}, {}, {})
        read = {name: self._records.read(known.name, {name: value}) for name, value in held.items()}
        for row, record in enumerate(ids):
            for column, name in enumerate(fields):
                if name in read:
                    block.put(record, name, (row, column, str(held[name] or "")), read[name])
        return self._apply("fill", block, fields, ids)

    def _write(
        self, verb: str, kind: str, ids: Sequence[int], given: tuple[Sequence[str], Sequence[Sequence[str]]]
    ) -> Pasted:
        known, (fields, texts) = self._writable(kind), given
        settable = [self._settable(known, name) for name in fields]
        if not any(settable):
            raise UserError(self._cannot_set(kind, fields))
        _check_size(sum(map(len, texts)))
        block = _Block(known, {}, {}, {}, {})
        known_texts: dict[tuple[str, str], Values | str] = {}
        for row, (record, line) in enumerate(zip(ids, texts, strict=False)):
            for column, (name, text) in enumerate(zip(fields, line, strict=False)):
                if not settable[column]:
                    continue
                if (name, text) not in known_texts:
                    known_texts[name, text] = self._read(known, name, text)
                read = known_texts[name, text]
                if isinstance(read, str):
                    block.refused[row, column] = Refused(row, column, name, text, read)
                else:
                    block.put(record, name, (row, column, text), read)
        return self._apply(verb, block, fields, ids)

    def _apply(self, verb: str, block: _Block, fields: Sequence[str], ids: Sequence[int]) -> Pasted:
        kind = block.kind
        named = ["name"] if "name" in kind.fields else []
        here = {row[0]: "".join(map(str, row[1:])) for row in self._store.lists.rows(kind.name, ids, named)}
        for record in [known for known in block.values if known not in here]:
            block.refuse(record, list(block.values.pop(record)), _GONE)
        self._leave_out_converted(block)
        subject = here.get(ids[0], "") if len(ids) == 1 else ""
        with self._store.action(verb, kind.name, subject) as action:
            plain, ruled = self._parted(block)
            self._set_plain(block, plain)
            for values, chosen in _alike(ruled):
                self._set_ruled(block, chosen, values)
                action.checkpoint()
        cells = sum(len(places) for places in block.cells.values())
        written = {(place[0], place[1]) for places in block.cells.values() for place in places.values()}
        taken = cells - len(written & block.refused.keys())
        refused = tuple(
            replace(block.refused[place], name=here.get(ids[place[0]], "")) for place in sorted(block.refused)
        )
        skipped = tuple(name for name in fields if not self._settable(kind, name))
        return Pasted(action.change, taken, refused, skipped)

    def _leave_out_converted(self, block: _Block) -> None:
        for record in conversions(self._store, list(block.values)) if block.kind.name == "lead" else ():
            block.refuse(record, list(block.values.pop(record)), STAYS)

    def _parted(self, block: _Block) -> tuple[dict[int, Values], dict[int, Values]]:
        """The values that stand for themselves, and those that rules are about."""
        together = _TOGETHER.get(block.kind.name, frozenset(block.kind.fields))
        plain: dict[int, Values] = {}
        ruled: dict[int, Values] = {}
        for record, values in block.values.items():
            for name, value in values.items():
                (ruled if name in together else plain).setdefault(record, {})[name] = value
        return plain, ruled

    def _set_plain(self, block: _Block, values: dict[int, Values]) -> None:
        """All at once; where the base refuses one of them, half and half again until it is found."""
        if not values:
            return
        try:
            self._store.records.update_each(block.kind.name, values)
        except UserError as error:
            if len(values) == 1:
                for record, own in values.items():
                    block.refuse(record, list(own), error.sentence)
                return
            for half in _halves(list(values)):
                self._set_plain(block, {record: values[record] for record in half})

    def _set_ruled(self, block: _Block, ids: Sequence[int], values: Values) -> None:
        try:
            with self._store.records.together():
                self._records.update(block.kind.name, ids, values, lambda _count: None)
        except UserError as error:
            if len(ids) == 1:
                block.refuse(ids[0], list(values), error.sentence)
                return
            for half in _halves(ids):
                self._set_ruled(block, half, values)

    def _read(self, kind: Kind, name: str, text: str) -> Values | str:
        """What a text means in a field, or why it means nothing."""
        field = kind.fields[name]
        try:
            if not text.strip() and (field.required or name in _NEVER_EMPTY):
                return _EMPTY
            return self._records.read(kind.name, {name: text})
        except UserError as error:
            return error.sentence

    def _writable(self, kind: str) -> Kind:
        known = self._store.catalogue.kind(kind)
        self._records.read(known.name, {})
        return known

    def _settable(self, kind: Kind, name: str) -> bool:
        return kind.fields[name].editable or (name == "name" and kind.name in ("lead", "person"))

    def _cannot_set(self, kind: str, fields: Sequence[str]) -> str:
        names = ", ".join(self._labels.field(kind, name) for name in fields)
        return f"“{names}” is worked out by the program and cannot be set."


def _check_size(cells: int) -> None:
    if cells > MOST:
        raise UserError(f"These are {cells:,} cells; at most {MOST:,} go in at once. Import them as a file instead.")


def _halves(ids: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    middle = len(ids) // 2
    return ids[:middle], ids[middle:]


def _alike(rows: Mapping[int, Values]) -> list[tuple[Values, list[int]]]:
    """Records that get the same values, together."""
    groups: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for record, values in rows.items():
        groups.setdefault(tuple(values.items()), []).append(record)
    return [(dict(values), ids) for values, ids in groups.items()]
