"""Links of the user's own may lead to records of later files, so they are set once every file was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_desktop.services.importing.links import Links, Wanted
from crm_desktop.services.importing.model import OnMatch
from crm_desktop.services.importing.outcome import Problem
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.importing.writer import Writer
from crm_desktop.storage.store import Store

Taken = dict[tuple[str, str], list[Wanted]]
"""What the rows of a block say of each link, by its name and the kind that it leads to."""


@dataclass(slots=True)
class OwnLinks:
    """Keeps what rows say of such links until the end."""

    store: Store
    links: Links
    found: dict[tuple[str, str, str], list[tuple[int, Wanted, int, bool]]] = field(default_factory=dict)

    def take(self, kind: str, block: Block) -> Taken:
        """Takes them out of a block."""
        taken: Taken = {}
        for own in self.store.catalogue.kind(kind).fields.values():
            if own.custom and own.target:
                wanted = self.links.wanted(block, own.name, own.target)
                if wanted is not None:
                    taken[own.name, own.target] = wanted
        return taken

    def keep(self, kind: str, taken: Taken, block: Block, records: Mapping[int, int], how: OnMatch) -> None:
        """Keeps those of the rows that became records; the links of a record that was there are filled in only."""
        if how is OnMatch.SKIP:
            return
        for (name, target), wanted in taken.items():
            rows = self.found.setdefault((kind, name, target), [])
            for at, record in records.items():
                if any(wanted[at][:3]):
                    rows.append((record, wanted[at], block.numbers[at], how is OnMatch.OVERWRITE))

    def write(self, writer: Writer) -> list[tuple[Problem, int, str]]:
        """Sets the links; answers what named no record, as problem, row and text."""
        lost = []
        for (kind, name, target), rows in self.found.items():
            self.links.open([target])
            there = self.links.find(target, [wanted for _, wanted, _, _ in rows])
            before = dict(self.store.lists.rows(kind, [row[0] for row in rows], [name]))
            for record, wanted, number, overwrite in rows:
                linked, now = there[wanted], before.get(record)
                if linked is None:
                    text = next(filter(None, (wanted[2], wanted[1], wanted[0])), "")
                    lost.append((Problem("value", name, f"Names no {target} that is here", False), number, text))
                elif now is None or (overwrite and now.id != linked):
                    writer.update(kind, record, {name: linked})
        return lost
