"""Rows of records that are already there: what they change, by what the user wants done with matches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.contact import differs, joined
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import ProbabilitySource, StageCategory
from crm_desktop.services.importing.model import ImportDraft, OnMatch
from crm_desktop.services.importing.outcome import COMPARED, Counts, Match
from crm_desktop.services.importing.people import title
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.importing.writer import Writer
from crm_desktop.storage.contact_rows import BY_TEXT
from crm_desktop.storage.joining import merged_sources
from crm_desktop.storage.store import Store
from crm_desktop.storage.unconvert import conversions

_TIGHTENS = "opt_out"
_NAME_PARTS = ("first_name", "last_name")
_ORIGIN = frozenset({"source_system", "source_id"})
_NAMES = frozenset({"name", "last_name"})
_SPLIT = frozenset({"lead", "person"})


@dataclass(slots=True)
class Matched:
    """What became of rows that are already there: counts, the places dealt with, and rows of a record met before.

    `changed` is what rows by their place change, if anything, `moved` the deals that changed their stage; `met` are the
    rows about which there is something to decide, for they say something else than their record.
    """

    counts: Counts = field(default_factory=Counts)
    handled: set[int] = field(default_factory=set)
    changed: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    again: dict[int, int | None] = field(default_factory=dict)
    met: list[Match] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)

    def doubled(self, at: int, record: int) -> None:
        """Notes a row of a record that a row before it met."""
        self.handled.add(at)
        self.counts.duplicate += 1
        self.again[at] = record

    def matched(self, at: int, record: int, changes: Mapping[str, Any]) -> None:
        """Notes what a row changes."""
        self.handled.add(at)
        self.changed[at] = changes
        self.counts.updated += bool(changes)
        self.counts.unchanged += not changes
        if "stage" in changes:
            self.moved[at] = record


class Merger:
    """Brings rows and records together."""

    def __init__(self, store: Store, kind: str, draft: ImportDraft) -> None:
        self._store = store
        self._kind = kind
        self._options = draft.options
        self._fields = store.catalogue.kind(kind).fields
        self._marks = draft.kind == "customer"
        self._met: set[int] = set()
        self._merged = merged_sources(store, kind)

    def merge(self, block: Block, known: Mapping[int, int], writer: Writer) -> Matched:
        """Writes what the rows change; a row of another program's other record is no match after all."""
        names = [name for name in block.values if name in self._fields and self._fields[name].editable]
        there = self._held(names, list(dict.fromkeys(known.values())))
        closed = conversions(self._store, list(there)) if self._kind == "lead" else ()
        result = Matched()
        for at, record in known.items():
            said = {name: block.values[name][at] for name in names}
            part = record in there and self._is_part(record, said)
            if part:
                said = {name: value for name, value in said.items() if name not in _ORIGIN}
            elif record in there and _other(there[record], said):
                continue
            if record not in there or (record in self._met and not part):
                result.doubled(at, record)
                continue
            self._met.add(record)
            if len(result.met) < COMPARED and self._changes(there[record], said, OnMatch.OVERWRITE):
                name = there[record].get("name") or title(said)
                result.met.append(Match(block.numbers[at], self._kind, record, name, said, there[record]))
            how = OnMatch.SKIP if record in closed else self._how(block.numbers[at], part=part)
            changes = self._changes(there[record], said, how)
            result.matched(at, record, changes)
            if changes:
                writer.update(self._kind, record, changes)
                there[record] = there[record] | changes
        return result

    def _held(self, names: Sequence[str], records: Sequence[int]) -> dict[int, dict[str, Any]]:
        """What the records hold in these fields and those by which they are known; addresses with what is noted."""
        fields = list(dict.fromkeys([*names, *self._always()]))
        rows = self._store.lists.rows(self._kind, records, fields)
        there = {row[0]: dict(zip(fields, row[1:], strict=True)) for row in rows}
        for way in BY_TEXT.intersection(names):
            for record, reached in self._store.contacts.reach(way, self._kind, list(there)).items():
                there[record][way] = reached
        if self._marks:
            # Who buys is a customer without a mark.
            for record, *_ in self._store.lists.rows("customer", list(there), ["type"]):
                there[record]["customer"] = True
        return there

    def _how(self, row: int, *, part: bool) -> OnMatch:
        """What is done with a row; of a record that became `part` of another the one that stayed has the say."""
        how = self._options.how(row)
        return OnMatch.FILL if part and how is OnMatch.OVERWRITE else how

    def _is_part(self, record: int, said: Mapping[str, Any]) -> bool:
        """Whether the number of a row is that of a record which became part of this one."""
        return self._merged.get((said.get("source_system"), said.get("source_id") or "")) == record

    def _always(self) -> Sequence[str]:
        wanted = ("name", "source_system", "source_id", "domain", "email")
        return [name for name in wanted if name in self._fields]

    def _changes(self, old: Mapping[str, Any], said: Mapping[str, Any], how: OnMatch) -> dict[str, Any]:
        if how is OnMatch.SKIP:
            return {}
        found = {}
        for name, value in said.items():
            before = None if name in _NAMES and _stands_in(old, old[name]) else old[name]
            wanted = _wanted(self._fields[name], before, value, how)
            if wanted not in (_plain(before), _plain(old[name])) or (name in BY_TEXT and differs(wanted, before or ())):
                found[name] = wanted
        if self._kind in _SPLIT and self._goes_by(old, said):
            found = {name: value for name, value in found.items() if name not in _NAME_PARTS}
        return found | self._follows(found)

    def _goes_by(self, old: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
        """Whether the record already goes by the name that the row says, however it is split."""
        name: str = old["name"] or ""
        return name == " ".join(filter(None, (said.get(part) for part in _NAME_PARTS)))

    def _follows(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What changes with a stage: the pipeline and, unless it is given, the likelihood."""
        if self._kind != "deal" or "stage" not in found:
            return {}
        row = self._store.lists.rows("stage", [found["stage"]], ["pipeline", "probability", "category"])[0]
        follows: dict[str, Any] = {"pipeline": row[1]}
        if "probability" not in found or row[3] != StageCategory.OPEN:
            follows |= {"probability": row[2], "probability_source": ProbabilitySource.STAGE.value}
        return follows


def _wanted(field: Field, old: Any, new: Any, how: OnMatch) -> Any:
    """The value after a row was met; a do-not-contact once set stays."""
    before = _plain(old)
    if new is None or new == () or (field.name == _TIGHTENS and not new):
        return before
    if field.name in BY_TEXT:
        over = how is OnMatch.OVERWRITE
        return joined([text for text in before if text in new] if over else before, new, over=over)
    if how is OnMatch.OVERWRITE:
        return new
    if field.multi:
        return tuple(dict.fromkeys((*(before or ()), *new)))
    return new if before in (None, "") or (field.type is FieldType.YES_NO and not before) else before


def _stands_in(old: Mapping[str, Any], name: Any) -> bool:
    """Whether a name was only made of an address or a number, until the record's own comes."""
    return bool(name) and (name in (old.get("source_id"), old.get("domain")) or name in (old.get("email") or ()))


def _other(old: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether both bear different numbers of one program."""
    number, system = said.get("source_id"), said.get("source_system")
    return bool(number and old.get("source_id") and old["source_system"] == system and old["source_id"] != number)


def _plain(value: Any) -> Any:
    return value.id if isinstance(value, Ref) else value
