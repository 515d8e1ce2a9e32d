"""Which record a row is: by numbers, the user's key, addresses, names, or all that it says. Keys are kept as hashes.

A strong key (an e-mail address, a domain, a product code) decides alone. A weak one (a name with its company) decides
only where the row or the record has no strong key.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from crm_desktop.domain.filter import Filter, Ref
from crm_desktop.domain.folding import fold, key
from crm_desktop.services.importing.model import ImportDraft, OnMatch
from crm_desktop.services.importing.people import GIVEN
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.importing.writer import stored
from crm_desktop.storage.joining import merged_sources
from crm_desktop.storage.store import Store

_STRONG = {"lead": "email", "person": "email", "company": "domain", "product": "code"}
_NAMES = {
    "lead": ("first_name", "last_name"), "person": ("first_name", "last_name"), "company": ("name",),
    "product": ("name",), "pipeline": ("name",), "tag": ("name",), "stage": ("name", "pipeline"),
}  # fmt: skip
_BESIDE = {"lead": "company_name", "person": "company"}
_DETAILS = ("phone", "street", "postcode", "city", "birthday")
_NOT_SAID = frozenset({"source_system", "source_id", "created_at", "id", "probability", "probability_source"})
_ELSEWHERE = {"deal": {"status", "stage_since"}, "lead": {"name"}, "person": {"name"}}
"""Fields that a row may have and that the record has from elsewhere: a deal from its stages, a name from its parts."""
_COUNTED = frozenset({"purchase"})
"""Kinds of which equal records are different ones: the same thing may be bought twice on a day."""

Values = Mapping[str, Sequence[Any]]


class Identity:
    """Finds what a row of one file already is: a row before it, or a record of the base."""

    def __init__(self, store: Store, draft: ImportDraft, kind: str, fields: Sequence[str]) -> None:
        self._store = store
        self._kind = kind
        self._options = draft.options
        self._key = draft.options.key
        self._said = sorted(set(fields) - _NOT_SAID - _ELSEWHERE.get(kind, set()))
        self._details = [name for name in _DETAILS if name in fields]  # what a file does not say tells nobody apart
        self._doubtful: set[int] = set()
        self._same: dict[int, int] = {}
        self._any = bool(store.lists.ids(Filter(kind), None, 1))
        self._seen: set[Any] = set()
        self._times: dict[int, int] = {}
        self._lines: dict[str, set[int]] = {}
        self._sources: dict[int, int] | None = None
        self._strong: dict[int, int] | None = None
        self._weak: tuple[dict[int, int], dict[int, int]] | None = None

    @property
    def possible(self) -> bool:
        """Whether the base has any record that a row could be."""
        return self._any

    def primary(self, block: Block) -> list[int]:
        """For each row the hash by which it is told from the other rows of the file."""
        values = block.values
        numbers = _sources(values, len(block))
        strong = [] if self._key else self._addresses(values, len(block))
        found = []
        for at, number in enumerate(numbers):
            if number is not None:
                found.append(number)
            elif strong and strong[at]:
                found.append(strong[at][0])
            else:
                found.append(self._weakest(values, at))
        return found

    def repeated(self, primary: Sequence[Any], block: Block) -> set[int]:
        """The places of rows that say what an earlier row of the file says; rows left out say nothing.

        A row that is to be added all the same is none of them, and leaves its number to the earlier row.
        """
        fresh = set(primary)
        if not block.faults and len(fresh) == len(primary) and self._seen.isdisjoint(fresh):
            self._seen |= fresh
            return set()
        again = set()
        for at, each in enumerate(primary):
            if at not in block.faults:
                if each in self._seen and self._options.how(block.numbers[at]) is OnMatch.ADD:
                    block.column("source_id")[at] = None
                elif each in self._seen:
                    again.add(at)
                self._seen.add(each)
        return again

    def number_lines(self, block: Block) -> None:
        """Lines of one order bear its number: those after the first get a number of their own, in their order."""
        ids = block.values.get("source_id")
        if self._kind not in _COUNTED or ids is None:
            return
        for at, number in enumerate(ids):
            if number:
                lines = self._lines.setdefault(number, set())
                said = self._digest(block.values, at)
                if said not in lines:
                    lines.add(said)
                    ids[at] = number if len(lines) == 1 else f"{number}#{len(lines)}"

    def record(self, values: Values, at: int, primary: int) -> int | None:
        """The record of the base that a row is, if any; `primary` is its hash in the file."""
        if _has(values, "source_id", at) and (record := self._by_source().get(primary)) is not None:
            return record
        if self._kind in _COUNTED:
            return None if _has(values, "source_id", at) else self._by_weak()[0].get(primary)
        strong = () if self._key else self._addresses_of(values, at)
        for each in strong:
            if (record := self._by_strong().get(each)) is not None:
                return record
        everyone, without = self._by_weak()
        weak = self._weakest(values, at)
        if weak in self._doubtful:  # of two of one name it is the one of whom it says nothing new
            return self._same.get(hash((weak, self._digest(values, at))))
        return (without if strong else everyone).get(weak)

    def yield_number(self, block: Block, at: int, primary: int) -> None:
        """A row that is added beside its record leaves the number to it: no two records bear one."""
        if _has(block.values, "source_id", at) and primary in self._by_source():
            block.values["source_id"][at] = None

    def _by_source(self) -> dict[int, int]:
        if self._sources is None:
            self._sources = {}
            for ids, values in self._stored(["source_system", "source_id"]):
                for record, number in zip(ids, _sources(values, len(ids)), strict=True):
                    if number is not None:
                        self._sources[number] = record
            for (system, each), record in merged_sources(self._store, self._kind).items():
                self._sources.setdefault(hash(f"{system or ''}\x1f{each}"), record)
        return self._sources

    def _by_strong(self) -> dict[int, int]:
        if self._strong is None:
            self._strong = {}
            field = _STRONG.get(self._kind)
            for ids, values in self._stored([field] if field else []):
                for record, hashes in zip(ids, self._addresses(values, len(ids)), strict=True):
                    for each in hashes:
                        self._strong.setdefault(each, record)
        return self._strong

    def _by_weak(self) -> tuple[dict[int, int], dict[int, int]]:
        """Records by weak key: all of them, and those without a strong key."""
        if self._weak is None:
            everyone: dict[int, int] = {}
            without: dict[int, int] = {}
            self._weak = everyone, without
            alike: dict[int, list[int]] = {}
            times, self._times = self._times, {}
            for ids, values in self._stored(self._needed()):
                strong = self._addresses(values, len(ids))
                for at, record in enumerate(ids):
                    weak = self._weakest(values, at)
                    if weak in everyone:
                        alike.setdefault(weak, [everyone[weak]]).append(record)
                    if not strong[at]:
                        everyone[weak] = without.setdefault(weak, record)
                    else:
                        everyone.setdefault(weak, record)
            self._times = times
            self._find_doubtful(alike)
        return self._weak

    def _find_doubtful(self, alike: Mapping[int, Sequence[int]]) -> None:
        """Notes the weak keys whose records are told apart by what the file does not say."""
        unsaid = [name for name in _DETAILS if name not in self._details]
        if self._key or self._kind not in _BESIDE or not unsaid:
            return
        fields, records = self._needed(), list(chain.from_iterable(alike.values()))
        rows = {row[0]: row[1:] for row in self._store.lists.rows(self._kind, records, fields)}
        for weak, group in alike.items():
            values = dict(zip(fields, zip(*map(rows.__getitem__, group), strict=True), strict=True))
            told = ({_text(values, name, at) for at in range(len(group))} - {""} for name in unsaid)
            if any(len(each) > 1 for each in told):
                self._doubtful.add(weak)
                for at, record in enumerate(group):
                    self._same.setdefault(hash((weak, self._digest(values, at))), record)

    def _needed(self) -> list[str]:
        known = self._store.catalogue.kind(self._kind).fields
        rules = [table[self._kind] for table in (_BESIDE, _STRONG) if self._kind in table]
        wanted = [*self._key, *_NAMES.get(self._kind, ()), *rules]
        return [name for name in dict.fromkeys([*wanted, *_DETAILS, *self._said]) if name in known]

    def _stored(self, fields: Sequence[str]) -> Iterator[tuple[Sequence[int], Values]]:
        if not fields or not self._any:
            return
        for chunk in stored(self._store, self._kind, fields):
            columns = list(zip(*chunk, strict=True))
            yield columns[0], dict(zip(fields, columns[1:], strict=True))

    def _addresses(self, values: Values, count: int) -> list[tuple[int, ...]]:
        field = _STRONG.get(self._kind)
        column = values.get(field or "")
        if column is None:
            return [()] * count
        if field == "email":
            return [tuple([hash(each.lower()) for each in addresses]) if addresses else () for addresses in column]
        return [(hash(f"\x1d{key(text)}"),) if text else () for text in column]

    def _addresses_of(self, values: Values, at: int) -> tuple[int, ...]:
        column = values.get(_STRONG.get(self._kind, ""))
        return self._addresses({_STRONG[self._kind]: column[at : at + 1]}, 1)[0] if column is not None else ()

    def _weakest(self, values: Values, at: int) -> int:
        if self._key:
            parts = [_text(values, name, at) for name in self._key]
            return hash("\x1e" + "\x1f".join(parts)) if all(parts) else self._digest(values, at)
        names = _NAMES.get(self._kind)
        if names is None:
            said = self._digest(values, at)
            if self._kind in _COUNTED:
                self._times[said] = self._times.get(said, 0) + 1
                return hash((said, self._times[said]))
            return said
        name = key(" ".join(_text(values, each, at) for each in names))
        beside = _text(values, _BESIDE.get(self._kind, ""), at)
        if not name and not beside:
            return self._digest(values, at)
        if self._kind in _BESIDE and not (name and beside):
            beside += "\x1f" + "\x1f".join(_text(values, each, at) for each in self._details)
        return hash(f"\x1c{name}\x1f{beside}")

    def _digest(self, values: Values, at: int) -> int:
        """A hash of all that a row says."""
        usual = GIVEN.get(self._kind, {})
        said = [(_plain(values[name][at]) if name in values else None) or usual.get(name) for name in self._said]
        return hash(tuple(said))


def _sources(values: Values, count: int) -> list[int | None]:
    numbers, systems = values.get("source_id"), values.get("source_system")
    if numbers is None:
        return [None] * count
    return [
        hash(f"{system or ''}\x1f{number}") if number else None
        for number, system in zip(numbers, systems or [None] * count, strict=True)
    ]


def _has(values: Values, name: str, at: int) -> bool:
    column = values.get(name)
    return column is not None and bool(column[at])


def _plain(value: Any) -> Any:
    """A value as it can be compared: links by id; nothing, no and empty alike."""
    return value.id if isinstance(value, Ref) else value or None


def _text(values: Values, name: str, at: int) -> str:
    column = values.get(name)
    value = _plain(column[at]) if column is not None else None
    return "" if value is None else fold(" ".join(value) if isinstance(value, tuple) else str(value))
