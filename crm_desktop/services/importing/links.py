"""Links by what a file says of the other record: its number, an address, a name. What is missing is made."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.folding import fold, key, words
from crm_desktop.domain.terms import LeadStatus
from crm_desktop.services.importing.model import ImportDraft
from crm_desktop.services.importing.outcome import Outcome
from crm_desktop.services.importing.people import split_name
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.importing.writer import Writer, stored
from crm_desktop.services.statuses import Statuses
from crm_desktop.storage.joining import merged_sources
from crm_desktop.storage.store import Store

REACH = {"company": "domain", "person": "email", "lead": "email", "product": "code", "lead_status": "type"}
"""What beside its name and numbers a record of a kind is found by."""

MADE = frozenset({"company", "person", "product", "lead_status"})
"""Kinds of linked records that are made where they are missing."""

_FIELDS: Mapping[str, Sequence[str]] = {
    "company": ["name", "domain", "source_id"],
    "person": ["name", "email", "source_id", "company"],
    "lead": ["name", "email", "source_id"],
    "product": ["name", "code", "source_id"],
    "deal": ["name", "source_id"],
    "lead_status": ["name", "type"],
}

_ANYWHERE = -1
"""Stands for any company, or none."""

_SEVERAL = re.compile(r"\s*[;,]\s*")

Wanted = tuple[str | None, str | None, str | None, int | None]
"""What a row says of a linked record: its number, its address, its name, and the company it belongs to."""


@dataclass(slots=True)
class Directory:
    """Records of one kind by name, address, number elsewhere, and id in the base that an export came from.

    People are also known by name and company: two of one name may work at two.
    """

    names: dict[tuple[str, int | None], int] = field(default_factory=dict)
    reach: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    ours: dict[str, int] = field(default_factory=dict)
    stored: set[int] = field(default_factory=set)

    def add(self, record: int, name: str | None, reach: Any, number: str | None, owner: int | None = None) -> None:
        """Notes a record; who came first keeps a name."""
        if name:
            self.names.setdefault((_folded(name), owner), record)
            self.names.setdefault((_folded(name), _ANYWHERE), record)
        for each in reach if isinstance(reach, tuple) else (reach,):
            if each:
                self.reach.setdefault(each.lower(), record)
        if number:
            self.numbers.setdefault(number, record)

    def look(self, wanted: Wanted) -> int | None:
        """The record that a row means: by number, else by address, else by name."""
        number, reach, name, owner = wanted
        if number:
            record = self.ours.get(number) or self.numbers.get(number)
            if record is None and number.isdecimal() and int(number) in self.stored:
                record = int(number) if self._named(name, owner) == int(number) else None
            if record is not None:
                return record
        if reach and (record := self.reach.get(reach.lower())) is not None:
            return record
        return self._named(name, owner)

    def _named(self, name: str | None, owner: int | None) -> int | None:
        if not name:
            return None
        if owner is None:
            return self.names.get((_folded(name), _ANYWHERE))
        return self.names.get((_folded(name), owner)) or self.names.get((_folded(name), None))


class Links:
    """Finds linked records and makes those that are missing; each is looked up once.

    `states` tells the type of lead statuses by their folded names.
    """

    def __init__(self, store: Store, writer: Writer, outcome: Outcome, states: Mapping[str, str]) -> None:
        self._store = store
        self._states = states
        self._writer = writer
        self._outcome = outcome
        self._now = store.clock.stamp()
        self._directories: dict[str, Directory] = {}
        self._tags = {fold(name) for _, name in store.lists.values(Filter("tag"), ["name"])}
        self._systems: dict[str, str] = {}

    def begin(self, draft: ImportDraft) -> None:
        """Looks whose numbers a file has for linked records; those of our exports are nobody else's."""
        self._systems = {}
        for column in draft.columns if not draft.ours else ():
            link, _, part = (column.field or "").rpartition("_")
            if part == "id" and link in MADE:
                self._systems[link] = draft.preset or " ".join(words(column.column))

    def open(self, kinds: Iterable[str]) -> None:
        """Reads the directories that will be needed, before anything is written."""
        for kind in kinds:
            if kind not in self._directories:
                self._directories[kind] = self._read(kind)

    def note(self, kind: str, block: Block, places: Sequence[int], ids: Sequence[int]) -> None:
        """Adds new records, so that later rows and files find them."""
        if kind == "tag":
            self._tags |= {fold(block.values["name"][at]) for at in places}
        directory = self._directories.get(kind)
        if directory is None:
            return
        names = _full_names(kind, block)
        reach, numbers = block.column(REACH.get(kind, "")), block.column("source_id")
        owners = block.column("company") if kind == "person" else [None] * len(block)
        for at, record in zip(places, ids, strict=True):
            directory.add(record, names[at], reach[at], numbers[at], owners[at])

    def note_ours(self, kind: str, old: Sequence[Any], records: Sequence[int | None]) -> None:
        """Notes which record the id of an export now stands for."""
        directory = self._directories.get(kind)
        if directory is not None:
            for number, record in zip(old, records, strict=True):
                if number is not None and record is not None:
                    directory.ours[str(number)] = record

    def resolve(self, block: Block, link: str, target: str, *, left_out: Collection[int]) -> None:
        """Puts the ids of linked records in the place of what the rows say of them."""
        wanted = self.wanted(block, link, target)
        if wanted is None:
            return
        found = self.find(target, [each for at, each in enumerate(wanted) if at not in left_out])
        column: list[Any] = [found.get(each) for each in wanted]
        for at, each in enumerate(wanted):
            if column[at] is None and any(each[:3]) and at not in left_out:
                text = each[2] or each[1] or each[0] or ""
                block.keep(at, link.capitalize(), text, f"Names no {target} that is here")
        block.values[link] = column

    def wanted(self, block: Block, link: str, target: str) -> list[Wanted] | None:
        """What the rows say of a linked record, taken out of the block; None if the file has no such column."""
        parts = [block.take(name) for name in (f"{link}_id", f"{link}_{REACH.get(target, '')}", link)]
        if not any(part is not None for part in parts):
            return None
        numbers, reach, names = (part or [None] * len(block) for part in parts)
        numbers = [_SEVERAL.split(each)[0] if each else None for each in numbers]
        owners = block.column("company") if target == "person" else [None] * len(block)
        owners = [owner if isinstance(owner, int) else None for owner in owners]  # a name that is not looked up yet
        return list(zip(numbers, reach, names, owners, strict=True))

    def look(self, kind: str, wanted: Wanted) -> int | None:
        """The record that a row means, if it is there."""
        return self._directories[kind].look(wanted)

    def find(self, kind: str, wanted: Iterable[Wanted], number_names: bool = False) -> dict[Wanted, int | None]:
        """The record for each, made where it is missing; `number_names` makes those of which only a number is known."""
        directory = self._directories[kind]
        found: dict[Wanted, int | None] = {each: directory.look(each) for each in dict.fromkeys(wanted)}
        if kind not in MADE:
            return found
        missing = [each for each, record in found.items() if record is None and (number_names or each[1] or each[2])]
        for placed in (True, False):  # who is named without a company may be one of those named with one
            new = [each for each in missing if (each[3] is not None) is placed and directory.look(each) is None]
            if new:
                self._make(kind, new, directory)
        found |= {each: directory.look(each) for each in missing}
        return found

    def tags(self, block: Block) -> None:
        """Makes the tags that are missing, so that they are known as new records."""
        said = {tag for tags in block.column("tags") if tags for tag in tags}
        new = {fold(tag): tag for tag in sorted(said) if fold(tag) not in self._tags}
        if new:
            self._writer.insert("tag", {"name": list(new.values())}, len(new))
            self._tags |= new.keys()

    def _make(self, kind: str, missing: Sequence[Wanted], directory: Directory) -> None:
        rows: dict[str, tuple[Any, ...]] = {}
        for each in missing:
            rows.setdefault(_identity(each), self._row(kind, each, len(rows)))
        fields = _MADE_FIELDS[kind]
        columns = dict(zip(fields, zip(*rows.values(), strict=True), strict=True))
        if kind == "lead_status":
            self._outcome.statuses += columns["name"]
        else:
            columns["created_at"] = (self._now,) * len(rows)
        ids = self._writer.insert(kind, columns, len(rows))
        self._outcome.kind(kind).new += len(rows)
        for record, row in zip(ids, rows.values(), strict=True):
            values = dict(zip(fields, row, strict=True))
            name = values.get("name") or " ".join(filter(None, (values.get("first_name"), values.get("last_name"))))
            directory.add(record, name, values.get(REACH[kind]), values.get("source_id"), values.get("company"))

    def _row(self, kind: str, wanted: Wanted, earlier: int) -> tuple[Any, ...]:
        if kind == "lead_status":
            name = wanted[2] or wanted[1] or ""
            known = set(self._directories[kind].names.values())  # each is there by several words
            type_ = self._states.get(_folded(name), LeadStatus.WORKING.value)
            # Conversion alone makes a lead a converted one.
            type_ = LeadStatus.QUALIFIED.value if type_ == LeadStatus.CONVERTED else type_
            return name, type_, len(known) + earlier + 1
        return _row(kind, wanted, self._systems.get(kind))

    def _read(self, kind: str) -> Directory:
        directory = Directory()
        if kind == "lead_status":
            directory.names = {(word, _ANYWHERE): each.id for word, each in Statuses(self._store).said().items()}
        fields = _FIELDS.get(kind, ["name"])
        for chunk in stored(self._store, kind, fields):
            for row in chunk:
                values = dict(zip(fields, row[1:], strict=True))
                reach, firm = values.get(REACH.get(kind, "")), values.get("company")
                owner = firm.id if firm is not None else None
                directory.add(row[0], values.get("name"), reach, values.get("source_id"), owner)
                directory.stored.add(row[0])
        for (_, number), record in merged_sources(self._store, kind).items():
            directory.numbers.setdefault(number, record)
        return directory


_MADE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "company": ("name", "domain", "source_system", "source_id"),
    "person": ("first_name", "last_name", "email", "company", "source_system", "source_id"),
    "product": ("name", "code", "active", "source_system", "source_id"),
    "lead_status": ("name", "type", "position"),
}


def _row(kind: str, wanted: Wanted, system: str | None) -> tuple[Any, ...]:
    """The values of a record of which only this is known; its number elsewhere is kept to know it again."""
    number, reach, name, owner = wanted
    origin = (system, number) if system and number else (None, None)
    if kind == "company":
        return (name or reach or number, reach, *origin)
    if kind == "product":
        return (name or reach or number, reach, True, *origin)
    first, last = split_name(name) if name else (None, reach or number)
    return (first, last, (reach.lower(),) if reach else None, owner, *origin)


def _identity(wanted: Wanted) -> str:
    number, reach, name, owner = wanted
    if reach:
        return f"@{reach.lower()}"
    return f"#{number}" if number else f"{_folded(name or '')}\x1f{owner or ''}"


def _folded(name: str) -> str:
    return key(name)


def _full_names(kind: str, block: Block) -> list[str | None]:
    if kind not in ("person", "lead"):
        return block.values.get("name") or block.new.get("name") or block.column("name")
    both = zip(block.column("first_name"), block.column("last_name"), block.column("company_name"), strict=True)
    return [" ".join(filter(None, (first, last))) or firm for first, last, firm in both]
