"""What became of the rows of a file: problems, repetitions, records that are there already, examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from crm_desktop.domain.filter import Ref
from crm_desktop.services.importing.links import REACH
from crm_desktop.services.importing.model import Question
from crm_desktop.services.importing.outcome import COMPARED, SHOWN, Duplicate, Match, Outcome, Problem
from crm_desktop.services.importing.people import title
from crm_desktop.services.importing.refusals import Refusals
from crm_desktop.services.importing.shape import Block, Rows
from crm_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the outcome of an import about the blocks of one file."""

    store: Store
    file: str
    outcome: Outcome
    refusals: Refusals | None

    def report(self, kind: str, block: Block, rows: Rows, repeated: set[int]) -> None:
        """Rows that stay out, values kept in the note, and rows that repeat an earlier one."""
        outcome, number = self.outcome, block.numbers
        for at, faults in block.faults.items():
            for column, fault in faults:
                outcome.problem(Problem("value", column, fault.sentence, True), number[at], fault.text)
            if self.refusals is not None:
                said = "; ".join(f"{column}: {f.sentence}" if column else f.sentence for column, f in faults)
                self.refusals.add(rows[at][1], f"Row {number[at]:,}: {said}")
        for at, kept in block.rest.items():
            for column, fault in kept:
                outcome.problem(Problem("kept", column, fault.sentence, False), number[at], fault.text)
                answer = "kept in the note"
                outcome.ask(Question("value", f"What does “{fault.text}” in “{column}” mean?", answer, column))
        self.duplicates(kind, block, dict.fromkeys(sorted(repeated)))

    def duplicates(self, kind: str, block: Block, places: Mapping[int, int | None]) -> None:
        """Rows, by their place, that say what an earlier row or a record says."""
        shown = self.outcome.duplicates
        for at, record in places.items():
            if len(shown) >= SHOWN:
                return
            name = title({name: column[at] for name, column in block.values.items()})
            shown.append(Duplicate(self.file, block.numbers[at], kind, record, name))

    def sample(self, kind: str, values: Mapping[str, Sequence[Any]]) -> None:
        """The first new records."""
        samples = self.outcome.samples
        for row in islice(zip(*values.values(), strict=True), SHOWN - len(samples)):
            samples.append({"kind": kind, **dict(zip(values, row, strict=True))})

    def matches(self, kind: str, met: Sequence[Match], block: Block, texts: Mapping[str, Sequence[Any]]) -> None:
        """Rows whose record is there. Links bear its name, or what the file says of one that is still to come."""
        shown = self.outcome.matches
        shown += self._named(kind, list(met[: COMPARED - len(shown)]), block, texts)

    def _named(self, kind: str, met: list[Match], block: Block, texts: Mapping[str, Sequence[Any]]) -> Sequence[Match]:
        fields, lists = self.store.catalogue.kind(kind).fields, self.store.lists
        places = {number: at for at, number in enumerate(block.numbers)}
        for name, target in {name: fields[name].target for match in met for name in match.said}.items():
            if target is None:
                continue
            ids = {match.said[name] for match in met} - {None}
            names = dict(lists.rows(target, sorted(ids), ["name"]))
            spoken = [texts[each] for each in (name, f"{name}_{REACH.get(target)}", f"{name}_id") if each in texts]
            for at, match in enumerate(met):
                if (record := match.said[name]) is not None:
                    text = next((str(each[places[match.row]]) for each in spoken if each[places[match.row]]), "")
                    met[at] = replace(match, said={**match.said, name: Ref(record, names.get(record, text))})
        return met
