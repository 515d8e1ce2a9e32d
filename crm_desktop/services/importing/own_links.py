"""Links of the user's own may lead to records of later rows or files: those of new records are set at the end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from crm_desktop.services.importing.links import Links, Wanted
from crm_desktop.services.importing.model import ImportOptions, OnMatch
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
    coming: Collection[str] = ()
    """The kinds of the records in this file and later ones."""
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

    def of_known(self, taken: Taken, known: Collection[int], block: Block) -> None:
        """Puts the ids into rows (by place) that are records already; a kind still to come is not made before."""
        for (name, target), wanted in taken.items():
            said = dict.fromkeys(wanted[at] for at in known)
            look = partial(self.links.look, target)
            found = {each: look(each) for each in said} if target in self.coming else self.links.find(target, said)
            block.values[name] = [found[wanted[at]] if at in known else None for at in range(len(block))]

    def keep(self, kind: str, taken: Taken, block: Block, records: Mapping[int, int], options: ImportOptions) -> None:
        """Keeps those of rows (by place) that became records, and of known ones what was not found yet."""
        for (name, target), wanted in taken.items():
            rows, found = self.found.setdefault((kind, name, target), []), block.take(name) or [None] * len(block)
            for at, record in records.items():
                if any(wanted[at][:3]) and found[at] is None:
                    number = block.numbers[at]
                    rows.append((record, wanted[at], number, options.how(number) is OnMatch.OVERWRITE))

    def write(self, writer: Writer) -> list[tuple[Problem, int, str]]:
        """Sets the links; answers what named no record, as problem, row and text."""
        lost = []
        for (kind, name, target), rows in self.found.items():
            before = dict(self.store.lists.rows(kind, [row[0] for row in rows], [name]))
            rows = [row for row in rows if row[3] or before.get(row[0]) is None]
            self.links.open([target])
            there = self.links.find(target, [wanted for _, wanted, _, _ in rows])
            for record, wanted, number, _ in rows:
                linked, now = there[wanted], before.get(record)
                if linked is None:
                    text = next(filter(None, (wanted[2], wanted[1], wanted[0])), "")
                    lost.append((Problem("value", name, f"Names no {target} that is here", False), number, text))
                elif now is None or now.id != linked:
                    writer.update(kind, record, {name: linked})
        return lost
