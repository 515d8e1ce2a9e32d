"""Which company belongs to which, while a file comes in; a parent may stand further down than its child."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crm_desktop.services.importing.links import Links, Wanted
from crm_desktop.services.importing.model import ImportOptions, OnMatch
from crm_desktop.services.importing.outcome import Outcome, Problem
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.importing.writer import Writer
from crm_desktop.storage import groups
from crm_desktop.storage.store import Store


@dataclass(slots=True)
class _Said:
    """What a row says of the parent of its company.

    `parent` is None until it is there; `written` with the other values of the row, which is `alone` without any.
    """

    record: int
    name: str
    wanted: Wanted
    row: int
    parent: int | None
    written: bool
    alone: bool


@dataclass
class Parents:
    """Keeps what rows say of parents until every company is there. None comes to stand above itself."""

    store: Store
    links: Links
    outcome: Outcome
    options: ImportOptions
    _said: list[_Said] = field(default_factory=list)

    def of_known(self, wanted: Sequence[Wanted], known: Mapping[int, int], block: Block) -> list[int | None]:
        """The parents, as far as they are there, of rows (by place) that are records already."""
        found: list[int | None] = [None] * len(block)
        above = self._above  # read while nothing of the file is written
        for at, record in known.items():
            parent = self.links.look("company", wanted[at])
            found[at] = parent if parent != record else above.get(record)
        return found

    def keep(
        self,
        wanted: Sequence[Wanted],
        records: Mapping[int, int],
        block: Block,
        changed: Mapping[int, Mapping[str, Any]] | None = None,
    ) -> None:
        """Keeps what rows (by place) say of parents; those of records that were there have `changed` something."""
        for at, record in records.items():
            how = self.options.how(block.numbers[at])
            filled = how is OnMatch.FILL and record in self._above
            if not any(wanted[at][:3]) or how is OnMatch.SKIP or filled:
                continue
            changes = (changed or {}).get(at)
            parent = (changes or {}).get("parent")
            alone = changes is not None and not changes.keys() - {"parent"}
            self._said.append(
                _Said(record, _name(block, at), wanted[at], block.numbers[at], parent, parent is not None, alone)
            )

    def link(self, writer: Writer) -> None:
        """Links them, once every company is there; what would close a circle stays as it was."""
        missing = [said.wanted for said in self._said if said.parent is None]
        found = self.links.find("company", missing) if missing else {}
        for said in self._said:
            said.parent = said.parent or found.get(said.wanted)
        moved = {said.record: said for said in self._said
                 if said.parent not in (None, said.record, self._above.get(said.record))}  # fmt: skip
        for said in self._circular(moved):
            del moved[said.record]
            if said.written:
                writer.update("company", said.record, {"parent": self._above.get(said.record)})
                self._count(said, -1)
        for said in moved.values():
            if not said.written:
                writer.update("company", said.record, {"parent": said.parent})
                self._count(said, 1)

    def _count(self, said: _Said, more: int) -> None:
        """A row that says nothing else is one that changes something, or not, by its parent."""
        for counts in (self.outcome.kind("company"), self.outcome.rows) if said.alone else ():
            counts.unchanged, counts.updated = counts.unchanged - more, counts.updated + more

    @cached_property
    def _above(self) -> dict[int, int]:
        """What stood above each company before the file."""
        return groups.parents(self.store)

    def _circular(self, moved: Mapping[int, _Said]) -> Iterator[_Said]:
        """Those that close circles with the others, or with what there was: of each circle what stands last."""
        above = {**self._above, **{record: said.parent for record, said in moved.items()}}
        left, open_ = dict(moved), list(moved)
        while open_:
            circle = _circle(above, open_.pop())
            if not (among := [left[record] for record in circle if record in left]):
                continue
            last = left.pop(max(among, key=lambda said: said.row).record)
            above[last.record] = self._above.get(last.record)
            open_.append(last.record)
            text = next(filter(None, (last.wanted[2], last.wanted[1], last.wanted[0])), "")
            sentence = f"“{last.name}” cannot belong to “{text}”, which belongs to it"
            self.outcome.problem(Problem("value", "parent", sentence, False), last.row, text)
            yield last


def _circle(above: Mapping[int, int | None], record: int) -> list[int]:
    """The companies above one up to itself; none where it is not above itself."""
    found: dict[int, None] = {}
    here: int | None = record
    while here is not None and here not in found:
        found[here] = None
        here = above.get(here)
    return list(found) if here == record else []


def _name(block: Block, at: int) -> str:
    """What a row calls its company."""
    said = (block.values[name][at] for name in ("name", "domain", "source_id") if name in block.values)
    return str(next(filter(None, said), ""))
