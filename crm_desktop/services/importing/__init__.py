"""Import: files of other programs become records, in one action that can be taken back."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from crm_desktop.domain.filter import Filter
from crm_desktop.formats.csv_dialect import DELIMITERS, Dialect
from crm_desktop.formats.csv_inspect import Inspection, inspect
from crm_desktop.formats.dates import Order
from crm_desktop.services.fields import Fields
from crm_desktop.services.importing.drafts import Drafting
from crm_desktop.services.importing.meanings import meanings
from crm_desktop.services.importing.model import (
    ColumnMatch,
    ImportDraft,
    ImportOptions,
    Meaning,
    OnFault,
    OnMatch,
    Question,
    Unmapped,
    Why,
)
from crm_desktop.services.importing.outcome import Counts, ImportPlan, ImportResult, Match, Outcome, Problem
from crm_desktop.services.importing.preview import Preview, preview
from crm_desktop.services.importing.questions import readings
from crm_desktop.services.importing.refusals import Refusals
from crm_desktop.services.importing.run import Run, context_of
from crm_desktop.services.importing.targets import Target, base_name, is_outcome, targets
from crm_desktop.services.importing.writer import Planner, Recorder
from crm_desktop.services.labels import Labels
from crm_desktop.services.progress import Progress
from crm_desktop.services.values import Values
from crm_desktop.storage.store import Store

__all__ = [
    "DELIMITERS", "ColumnMatch", "Counts", "Dialect", "ImportDraft", "ImportOptions", "ImportPlan", "ImportResult",
    "Importing", "Inspection", "Match", "Meaning", "OnFault", "OnMatch", "Order", "Outcome", "Preview", "Problem",
    "Question", "Target", "Unmapped", "Why", "base_name", "readings",
]  # fmt: skip

KINDS = ("lead", "customer", "company", "person", "deal", "product", "purchase", "activity", "task")


@contextmanager
def _steady() -> Iterator[None]:
    """Python's search for cycles takes a fifth of the time among so many new values, and there are none."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


class Importing:
    """Looks at files, proposes how to read them, says what would happen, and does it."""

    def __init__(self, store: Store, labels: Labels, values: Values, fields: Fields) -> None:
        self._store = store
        self._labels = labels
        self._spelling = values.spelling
        self._fields = fields

    def inspect(self, path: Path, dialect: Dialect | None = None) -> Inspection:
        """What is in a file, whatever it is imported as; its dialect is found unless given."""
        return inspect(path, dialect)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of record that files of people are made of, the usual ones first."""
        return KINDS

    def targets(self, kind: str) -> tuple[Target, ...]:
        """Where the columns of a file can go; what a lead became is known to our own exports alone."""
        found = targets(self._store.catalogue, kind)
        return tuple(each for each in found.values() if each.name != "id" and not is_outcome(kind, each, found))

    def check(self, draft: ImportDraft) -> None:
        """Raises UserError while no column says what the rows are about."""
        Drafting(self._store, self._labels, self._spelling.order).check(draft)

    @property
    def order(self) -> Order:
        """How dates in numbers are read where neither a value nor the user says it."""
        return self._spelling.order

    def preview(self, draft: ImportDraft, at: int) -> Preview | None:
        """What the row at a place, counted from 0, would become; None below the last row."""
        context = context_of(self._store, self._labels, self._spelling)
        found = preview(draft, at, context, self._store.clock)
        return found and replace(found, fresh=not self._store.lists.ids(Filter(found.kind), None, 1))

    def propose(
        self, paths: Sequence[Path], kind: str = "auto", options: ImportOptions | None = None
    ) -> tuple[ImportDraft, ...]:
        """How the files would be read, in the order in which they will be."""
        drafting = Drafting(self._store, self._labels, self._spelling.order)
        return tuple(drafting.drafts(paths, kind, options or ImportOptions()))

    def remember(self, draft: ImportDraft) -> None:
        """Keeps a matching for files with the same columns."""
        Drafting(self._store, self._labels, self._spelling.order).remember(draft)

    def meanings(self, draft: ImportDraft) -> tuple[Meaning, ...]:
        """What the texts of the columns with choices stand for; none for a column of many different texts."""
        return meanings(self._store, self._labels, draft)

    def plan(self, drafts: Sequence[ImportDraft], progress: Progress | None = None) -> ImportPlan:
        """Reads every row without writing: what would be new, updated, unchanged, a duplicate, refused."""
        run = Run(self._store, self._labels, self._spelling, Planner(), None, progress or Progress())
        run.files(drafts)
        return ImportPlan(tuple(drafts), run.outcome)

    def run(
        self, drafts: Sequence[ImportDraft], progress: Progress | None = None, refused: Path | None = None
    ) -> ImportResult:
        """Imports the files as one action, in one pass; `refused` is a file for the rows that were left out.

        Without one they are kept in memory, until the result is told to save them. Raises `Cancelled` when the progress
        was cancelled; nothing is changed then.
        """
        drafts = tuple(drafts)
        subject = ", ".join(draft.path.name for draft in drafts)
        try:
            # The file of what was left out is whole before the import is kept: where it cannot be written, nothing is.
            with (
                self._store.action("import", drafts[0].kind, subject, many=True) as action,
                Refusals(refused, drafts) as refusals,
                _steady(),
            ):
                recorder = Recorder(self._store, action)
                run = Run(self._store, self._labels, self._spelling, recorder, refusals, progress or Progress())
                run.own_fields = self._fields
                run.files(drafts)
                recorder.close()
        finally:
            self._store.reload()
        change = action.change if action.change.action else None
        return ImportResult(run.outcome, change, refusals.save if refusals.count and refused is None else None)

    def from_files(
        self,
        kind: str,
        paths: Sequence[Path],
        options: ImportOptions,
        *,
        refused: Path | None = None,
        dry_run: bool = False,
    ) -> dict[str, Any]:
        """Proposes, then plans or imports; answers the document of the command line."""
        drafts = self.propose(paths, kind, options)
        if dry_run:
            return ImportResult(self.plan(drafts).outcome, None).to_json()
        return self.run(drafts, refused=refused).to_json()
