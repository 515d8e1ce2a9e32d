"""One row of a file as the record it would become, before anything is read in earnest."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from crm_desktop.domain.clock import Clock
from crm_desktop.formats.csv_reader import CsvTable
from crm_desktop.services.importing import people
from crm_desktop.services.importing.meanings import edited
from crm_desktop.services.importing.model import ImportDraft, Why
from crm_desktop.services.importing.shape import Context, Shaper
from crm_desktop.services.importing.targets import base_name
from crm_desktop.services.labels import Labels


@dataclass(frozen=True, slots=True)
class Preview:
    """The values of a row by field, in the order of the columns; `texts` is what the file says for each.

    Links are still the names that the file gives. `problems` says why the row would be left out. It is `fresh` where
    the base has nothing of its kind; else only the check of all rows tells whether it is there.
    """

    row: int
    kind: str
    title: str
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    problems: tuple[str, ...]
    fresh: bool = False


def preview(draft: ImportDraft, at: int, context: Context, clock: Clock) -> Preview | None:
    """The record that the row at a place, counted from 0, would become; None below the last row."""
    row = next(islice(edited(draft, CsvTable(draft.path, draft.dialect).rows()), at, None), None)
    if row is None:
        return None
    kind = _kind(draft, row[1], context.labels)
    rows = people.as_companies(draft, [row]) if kind == "company" else [row]
    columns = [column for column in people.columns_for(draft, kind) if column.why is not Why.OWN]
    block = Shaper(draft, kind, columns, context).block(rows)
    people.complete(block, draft, kind, clock)
    texts: dict[str, str] = {}
    for column in columns:
        if column.field:
            text = rows[0][1][column.at].strip()
            name = column.field if column.field in block.values else base_name(column.field)
            texts[name] = ", ".join(filter(None, (texts.get(name), text)))
    values = {name: block.values[name][0] for name in (*texts, *block.values) if name in block.values}
    problems = [fault.sentence for faults in block.faults.values() for _, fault in faults]
    return Preview(row[0], kind, people.title(values), values, texts, tuple(problems))


def _kind(draft: ImportDraft, cells: list[str], labels: Labels) -> str:
    if draft.kind not in ("person", "customer"):
        return draft.kind
    return "company" if people.company_test(draft, labels)(cells) else "person"
