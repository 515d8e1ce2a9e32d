"""Which company belongs to which, while a file comes in; a parent may stand further down than its child."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from crm_desktop.services.importing.links import Links, Wanted
from crm_desktop.services.importing.model import ImportOptions, OnMatch, Outcome, Problem
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.importing.writer import Writer
from crm_desktop.storage import groups
from crm_desktop.storage.store import Store


@dataclass
class Parents:
    """Keeps what rows say of parents until every company is there. None comes to stand above itself."""

    store: Store
    links: Links
    outcome: Outcome
    options: ImportOptions
    later: list[tuple[int, Wanted, int, bool]] = field(default_factory=list)

    def of_known(self, wanted: Sequence[Wanted], known: Mapping[int, int], block: Block) -> list[int | None]:
        """The parents, as far as they are there, of rows (by place) that are records already."""
        found: list[int | None] = [None] * len(block)
        for at, record in known.items():
            parent = self.links.look("company", wanted[at])
            settable = self._settable(record, block.numbers[at])
            found[at] = self._fitting(record, parent, wanted[at], block.numbers[at]) if settable else parent
        return found

    def keep(
        self, wanted: Sequence[Wanted], records: Mapping[int, int], block: Block, same: Container[int] = ()
    ) -> None:
        """Keeps what rows (by place) say of parents that are not there yet; `same` rows were told to change nothing."""
        for at, record in records.items():
            if any(wanted[at][:3]) and self._settable(record, block.numbers[at]):
                self.later.append((record, wanted[at], block.numbers[at], at in same))

    def link(self, writer: Writer) -> None:
        """Links them, once every company is there."""
        found = self.links.find("company", [wanted for _, wanted, _, _ in self.later]) if self.later else {}
        for record, wanted, number, same in self.later:
            parent = self._fitting(record, found.get(wanted), wanted, number)
            if parent is None:
                continue
            writer.update("company", record, {"parent": parent})
            for counts in (self.outcome.kind("company"), self.outcome.rows) if same else ():
                counts.unchanged, counts.updated = counts.unchanged - 1, counts.updated + 1

    def _settable(self, record: int, number: int) -> bool:
        how = self.options.rows.get(number, self.options.on_match)
        return how is not OnMatch.SKIP and not (how is OnMatch.FILL and record in self._above)

    @cached_property
    def _above(self) -> dict[int, int]:
        return groups.parents(self.store)

    def _fitting(self, record: int, parent: int | None, wanted: Wanted, number: int) -> int | None:
        """The parent, unless the company stands above it; one that is said to belong to itself is at the top."""
        if parent is None or parent == record:
            return None
        here: int | None = parent
        while here is not None and here != record:
            here = self._above.get(here)
        if here is None:
            self._above[record] = parent
            return parent
        text = next(filter(None, (wanted[2], wanted[1], wanted[0])), "")
        said = Problem("value", "parent", "Belongs to this company already, so it cannot stand above it", False)
        self.outcome.problem(said, number, text)
        return None
