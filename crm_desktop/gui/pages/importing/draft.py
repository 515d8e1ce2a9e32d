"""The import under way: what was found, what the user decided, what would happen. Nothing is written before `run`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.change import Change
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job
from crm_desktop.gui.pages.importing.keeping import Kept, keep, kept
from crm_desktop.services.importing import (
    ColumnMatch,
    Dialect,
    ImportDraft,
    ImportOptions,
    ImportPlan,
    ImportResult,
    Inspection,
    Meaning,
    OnFault,
    OnMatch,
    Order,
    Preview,
    Target,
    Why,
    base_name,
    readings,
)
from crm_desktop.services.inbox import table_imported
from crm_desktop.services.progress import Progress

T = TypeVar("T")
AUTO = "auto"


@dataclass(frozen=True)
class Looked:
    """A first look at a file: what it holds and how it would be read."""

    inspection: Inspection
    draft: ImportDraft


@dataclass(frozen=True)
class Imported:
    """What was done, and when it began: new records were added since. `stays` is why the file is not put aside."""

    result: ImportResult
    since: str
    stays: str = ""

    @property
    def change(self) -> Change | None:
        """What was written."""
        return self.result.change


class Import(QObject):
    """One import from the choice of a file to its undoing. All reading and writing is done away from the window."""

    looked = Signal()
    matched = Signal()  # where columns go, or how values are written, has changed
    planned = Signal()
    done = Signal()
    failed = Signal(str)
    busy = Signal(bool)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._place = context.services.data_dir.begun_import
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.cancel()
        self.path: Path | None = None
        self.kind = AUTO
        self.dialect: Dialect | None = None
        self.looked_at: Looked | None = None
        self.plan: ImportPlan | None = None
        self.meanings: tuple[Meaning, ...] = ()
        self.imported: Imported | None = None
        self.remember = True
        self._left: Kept | None = None

    def kept(self) -> Kept | None:
        """The import that was left when the program ended."""
        return kept(self._place)

    def forget(self) -> None:
        """Begin anew, also after a restart."""
        self.clear()
        self._place.unlink(missing_ok=True)

    def resume(self) -> None:
        """Go on where it was left."""
        left = self.kept()
        if left is not None:
            self.clear()
            self.path = left.path
            self._left = left
            self.look(kind=left.kind, dialect=left.dialect)

    @property
    def draft(self) -> ImportDraft:
        """How the file will be read; only once it was looked at."""
        assert self.looked_at is not None
        return self.looked_at.draft

    @property
    def usual_order(self) -> Order:
        """How dates in numbers are written here."""
        return self._context.services.importing.order

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.looked_at.inspection.rows if self.looked_at else 0

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # the file

    def look(self, path: Path | None = None, kind: str | None = None, dialect: Dialect | None = None) -> None:
        """Look at a file, or at the same one in another way."""
        if path is not None:
            self.clear()
            self.path = path
        self.kind = kind or self.kind
        self.dialect = dialect or self.dialect
        assert self.path is not None
        importing, where, wanted = self._context.services.importing, self.path, self.kind
        options = ImportOptions(dialect=self.dialect, by_hand=True)

        def work(_progress: Progress) -> Looked:
            inspection = importing.inspect(where, options.dialect)
            return Looked(inspection, importing.propose([where], wanted, options)[0])

        self._read(work, self._show_look, self.tr("Reading the file"))

    def _show_look(self, looked: Looked) -> None:
        left, self._left = self._left, None
        draft = left.applied(looked.draft) if left is not None else looked.draft
        self.looked_at, self.plan, self.imported = replace(looked, draft=draft), None, None
        if draft.doubt:
            self._place.unlink(missing_ok=True)
        else:
            self.kind = draft.kind
            self._keep(draft)
        self.looked.emit()
        if left is not None and left.outdated(looked.draft):
            words = self.tr("“%1” was changed since, so what was mended in its rows is asked for again.")
            self.failed.emit(words.replace("%1", left.path.name))

    # where columns go

    def targets(self) -> tuple[Target, ...]:
        """Where columns can go."""
        return self._context.services.importing.targets(self.draft.kind)

    def give(self, at: int, name: str | None, why: Why = Why.CHOSEN) -> str:
        """Give a column to a field; with None to none: `why` says what becomes of it. Answers why that cannot be."""
        if name is not None:
            target = next(each for each in self.targets() if each.name == name)
            owner = next((c for c in self.draft.columns if c.field == name and c.at != at), None)
            if owner is not None and not target.multi:
                words = self.tr("“%1” goes there already. Choose another place for it first.")
                return words.replace("%1", owner.column)
            name = self._numbered(at, name) if target.multi else name
        columns = [replace(c, field=name, why=why, question=None) if c.at == at else c for c in self.draft.columns]
        self._change(replace(self.draft, columns=tuple(columns)))
        return ""

    def _numbered(self, at: int, name: str) -> str:
        taken = {column.field for column in self.draft.columns if column.at != at}
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        return free

    def set_order(self, order: Order) -> None:
        """Say how dates are written."""
        self._set_options(date_order=order)

    def set_decimal(self, sign: str) -> None:
        """Say which sign divides."""
        self._set_options(decimal=sign)

    def set_scale(self, column: str, top: int) -> None:
        """Say what counts as 100 in a column of scores."""
        self._set_options(scales={**self.draft.options.scales, column: top})

    def open_question(self, column: ColumnMatch) -> str:
        """What a column leaves open: "date", "decimal", "scale" or nothing."""
        kind, options = self.asked(column), self.draft.options
        if kind == "scale":
            return "" if column.column in options.scales else kind
        if not kind or not column.guess.ambiguous:
            return ""
        answered = options.date_order if kind == "date" else options.decimal
        return "" if answered else kind

    def asked(self, column: ColumnMatch) -> str:
        """What could be read in two ways in a column that goes somewhere: "date", "decimal", "scale" or nothing."""
        target = self.target(column.field) if column.field is not None else None
        return readings(column, target) if target else ""  # where only our own exports bring something nothing is open

    def target(self, name: str) -> Target | None:
        """The place of that name among those that are offered; numbered columns share one."""
        return next((each for each in self.targets() if each.name in (name, base_name(name))), None)

    def preview(self, at: int, done: Callable[[Preview | None], object]) -> None:
        """Ask what a row would become."""
        importing, draft = self._context.services.importing, self.draft
        self._context.jobs.read(lambda _progress: importing.preview(draft, at), done, self._tell, self)

    # what would happen

    def check(self) -> None:
        """Read every row without writing."""
        importing, draft = self._context.services.importing, self.draft

        def work(progress: Progress) -> tuple[ImportPlan, tuple[Meaning, ...]]:
            importing.check(draft)
            return importing.plan([draft], progress), importing.meanings(draft)

        self._read(work, self._show_plan, self.tr("Reading rows"))

    def _show_plan(self, found: tuple[ImportPlan, tuple[Meaning, ...]]) -> None:
        self.plan, self.meanings = found
        self.planned.emit()

    def decide_meaning(self, column: str, text: str, code: str | None) -> None:
        """What a text of a column stands for; None is what it is taken for by itself."""
        meanings = self.draft.options.meanings
        said = {key: value for key, value in meanings.get(column, {}).items() if key != text}
        self._set_options(meanings={**meanings, column: said if code is None else {**said, text: code}})
        self.check()

    def mend(self, row: int, column: str, text: str) -> None:
        """Read another text in a cell of the file; the file stays as it is."""
        edits = self.draft.options.edits
        self._set_options(edits={**edits, row: {**edits.get(row, {}), column: text}})
        self.check()

    def decide_fault(self, column: str, sentence: str, how: OnFault | None) -> None:
        """What becomes of rows with a problem; None is what is usual."""
        faults = {key: value for key, value in self.draft.options.faults.items() if key != (column, sentence)}
        if how is not None:
            faults[column, sentence] = how
        self._set_options(faults=faults)
        self.check()

    def decide_match(self, row: int | None, how: OnMatch | None) -> None:
        """What becomes of one row that is already there, or of all; None is as for all."""
        if row is None:
            self._set_options(on_match=how or OnMatch.FILL)
        else:
            rows = {key: value for key, value in self.draft.options.rows.items() if key != row}
            self._set_options(rows=rows if how is None else {**rows, row: how})
        self.check()

    # doing it

    def run(self) -> None:
        """Back up, then import as one action. Cancelled, nothing was changed."""
        services, draft, remember = self._context.services, self.draft, self.remember
        since, inbox = self._context.clock.stamp(), self._context.settings_store.current.inbox_folder

        def work(progress: Progress) -> Imported:
            services.safety.backup()
            result = services.importing.run([draft], progress)
            if remember:
                services.importing.remember(draft)
            return Imported(result, since, table_imported(draft.path, inbox))

        self.busy.emit(True)
        title = self.tr("Importing")
        self._job = self._context.jobs.write(work, self._show_result, self._tell, title)

    def _show_result(self, imported: Imported) -> None:
        self._job = None
        self.imported = imported
        self._place.unlink(missing_ok=True)
        self.busy.emit(False)
        self.done.emit()
        self._stays(imported.stays)

    def put_aside(self) -> None:
        """A file of the inbox folder whose rows all are there already counts as taken in; with others it stays."""
        rows = self.plan.outcome.rows if self.plan is not None else None
        if rows is not None and not rows.incoming and not rows.refused:
            path, inbox = self.draft.path, self._context.settings_store.current.inbox_folder
            self._context.jobs.write(lambda _progress: table_imported(path, inbox), self._stays)

    # parts

    def _stays(self, why: str) -> None:
        if why:
            self.failed.emit(why)

    def _set_options(self, **values: Any) -> None:
        self._change(replace(self.draft, options=replace(self.draft.options, **values)))

    def _change(self, draft: ImportDraft) -> None:
        assert self.looked_at is not None
        self.looked_at = replace(self.looked_at, draft=draft)
        self._keep(draft)
        self.matched.emit()

    def _keep(self, draft: ImportDraft) -> None:
        keep(self._place, draft, texts=not self._context.services.safety.encrypted)

    def _read(self, work: Callable[[Progress], T], done: Callable[[T], None], title: str = "") -> None:
        self.cancel()
        self.busy.emit(True)
        self._job = self._context.jobs.read(work, partial(self._end, done), self._tell, self)
        self._job.title = title

    def _end(self, done: Callable[[T], None], answer: T) -> None:
        self._job = None
        self.busy.emit(False)
        done(answer)

    def _tell(self, error: Exception) -> None:
        self._job = None
        self.busy.emit(False)
        self.failed.emit(str(error) or self.tr("Nothing was changed."))
