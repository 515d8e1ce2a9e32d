"""Import & export: a file in by five steps, files out, and every import that can be taken back."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Compare, Filter, Op, Ordered, picked
from crm_desktop.gui import exporting
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import Deed, describe
from crm_desktop.gui.file_choice import file_to_open, file_to_save
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.importing.draft import AUTO, Import
from crm_desktop.gui.pages.importing.start import StartView
from crm_desktop.gui.pages.importing.wizard import Step, Wizard
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.sample_data import remove_sample
from crm_desktop.gui.taking_back import take_back
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services.history import Entry, History, Reverted
from crm_desktop.services.progress import Progress

_LISTED = {"lead": "leads", "customer": "customers", "company": "customers", "person": "customers", "deal": "pipeline"}
_OF_CUSTOMERS = ("company", "person")
_ENTRIES = 1000


class _Past(NamedTuple):
    """What there was: imports, sample data, an import that was left."""

    imports: list[Entry]
    sample: bool
    left: Path | None


class ImportPage(Page):
    """The start, or the import under way; leaving the page keeps it as it is."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.title = self.tr("Import & export")
        self._kind = AUTO
        self.task = Import(context, self)
        self.start = StartView(context, self)
        self.wizard = Wizard(context, self.task, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.wizard)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._add_commands()
        self._connect()

    # what it shows

    def header_actions(self) -> Sequence[str | QWidget]:
        return (self._over,)

    def hints(self) -> Sequence[Hint | str]:
        return ()

    def panes(self) -> Sequence[QWidget]:
        if not self.running:
            return (self.start.drop, self.start.exports)
        return (self.wizard.steps, self.wizard.next_button)

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self.stack.currentWidget() is self.wizard

    def on_shown(self) -> None:
        self.context.jobs.read(self._look, self._show_past, None, self)

    def open_filter(self, target: Filter | object) -> None:
        known = self.context.services.importing.kinds()
        self._kind = target if isinstance(target, str) and target in known else AUTO
        if isinstance(target, Path) and target != self.task.path and target.is_file():
            self.open_file(target)  # not once more on the way back to this page
        self.on_shown()

    def on_called(self) -> None:
        if self.wizard.finished:
            self.leave()

    def on_escape(self) -> bool:
        if not self.running:
            return False
        self.wizard.go_back() if self.wizard.can_go_back() else self.leave()
        return True

    # what is done

    def ask_file(self) -> None:
        """Ask for a file and look at it."""
        patterns = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        path = file_to_open(self, self.tr("Import a file"), patterns)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Begin the import of a file."""
        self.start.drop.tell("")
        self.task.look(path, self._kind)

    def leave(self) -> None:
        """Go back to the start; what was not imported is forgotten, and the rows that were left out."""
        self.task.forget()
        self.start.drop.tell("")
        self.start.drop.offer_resume(None)
        self.stack.setCurrentWidget(self.start)
        self._tell_header()
        self.start.drop.button.setFocus()

    def undo_import(self) -> None:
        """Take the import just done back."""
        change = self.task.imported.change if self.task.imported else None
        if change is not None:
            history = self.context.services.history
            find = partial(_entry_of, history, change.action)
            self.context.jobs.read(find, self._undo_entry, self._refused, self)

    def show_new(self) -> None:
        """Show the records that the import added."""
        imported = self.task.imported
        kind = self._new_kind()
        if imported is None or not kind:
            return
        fresh = Filter(kind, Compare("created_at", Op.AT_LEAST, imported.since))
        if any(column.field == "created_at" for column in self.task.draft.columns) and imported.change is not None:
            # The file says when its records were added, so they cannot be told by that.
            kinds = _OF_CUSTOMERS if kind == "customer" else (kind,)
            spans = chain.from_iterable(each.ranges for each in imported.change.touched if each.kind in kinds)
            fresh = picked(kind, chain.from_iterable(range(first, last + 1) for first, last in spans))
        self.go(_LISTED[kind], fresh)

    def save_skipped(self) -> None:
        """Keep the rows that were left out, with their reasons, as a file to mend and import again."""
        name = f"{self.task.path.stem if self.task.path else 'rows'}-left-out.csv"
        out = file_to_save(self, self.tr("Save rows left out"), name, self.tr("CSV files (*.csv)"))
        save = self._left_out()
        if out is not None and save is not None:
            words = self.tr("Rows left out are in %1").replace("%1", out.name)
            self.context.jobs.read(lambda _progress: save(out), lambda _: self.say(words), self._refused, self)

    def export(self, kind: str) -> None:
        """Export all records of a kind."""
        exporting.export_view(self.context, self, Ordered(Filter(kind)), None)

    def remove_sample(self) -> None:
        """Take the sample data out again."""
        remove_sample(self.context, self, self._sample_removed, self._refused)

    # parts

    def _new_kind(self) -> str:
        """The kind of the most new records that a page lists; empty if there is none."""
        if self.task.imported is None:
            return ""
        kinds = self.task.imported.result.outcome.kinds
        fresh = [(counts.new, kind) for kind, counts in kinds.items() if counts.new and kind in _LISTED]
        if fresh and self.task.draft.kind == "customer":
            return "customer"
        return max(fresh)[1] if fresh else ""

    def _left_out(self) -> Callable[[Path], None] | None:
        """What saves the rows that were left out, if any were."""
        return self.task.imported.result.save_left_out if self.task.imported else None

    def _can_undo(self) -> bool:
        return self.task.imported is not None and self.task.imported.change is not None

    def _add_commands(self) -> None:
        def always() -> bool:
            return True

        group = tr("Import & export")
        wizard = self.wizard
        for name, text, run, key, icon, when in (
            ("open", self.start.drop.action_text, self.ask_file, "Ctrl+O", "folder-open", always),
            ("resume", tr("Go on with the import"), self.task.resume, "", "redo-2", self._can_resume),
            ("next", tr("Next step"), wizard.advance, "Ctrl+Return", "arrow-right", lambda: self._can(True)),
            ("back", tr("Step back"), wizard.go_back, "Ctrl+Backspace", "arrow-left", lambda: self._can(False)),
            ("over", tr("Start over"), self.leave, "", "rotate-ccw", lambda: self.running),
            ("row_next", tr("Preview the next row"), partial(self._step_row, 1), "Alt+Down", "", self._matching),
            ("row_back", tr("Preview the row before"), partial(self._step_row, -1), "Alt+Up", "", self._matching),
            ("show", tr("Open the new records"), self.show_new, "", "list", lambda: bool(self._new_kind())),
            ("skipped", tr("Save rows left out"), self.save_skipped, "", "download", lambda: bool(self._left_out())),
            ("undo", tr("Undo import"), self.undo_import, "", "undo-2", self._can_undo),
            ("export_all", tr("Export everything"), self._export_all, "Ctrl+E", "download", always),
            ("sample", tr("Remove the sample data"), self.remove_sample, "", "trash-2", always),
        ):
            self.add_command(Command(f"import.{name}", text, run, key, icon, when, Scope.PAGE, group))
        actions = self.context.actions
        self.start.drop.button.follow(actions.action("import.open"))
        self.start.drop.resume_button.clicked.connect(self.task.resume)
        wizard.result.offer(actions, ("import.show", "import.skipped", "import.undo"))
        self.start.offer_sample(actions, "import.sample")
        self.start.offer_everything(actions.action("import.export_all"))

    def _connect(self) -> None:
        self._over = Button(self.theme, None, self.tr("Start over"), "rotate-ccw", "ghost")
        self._over.hide()
        self._over.follow(self.context.actions.action("import.over"))
        self.start.drop.dropped.connect(self.open_file)
        self.start.past.undo_wanted.connect(self._undo_entry)
        self.start.offer_exports(self.context.services.importing.kinds(), self.export)
        self.wizard.file.other_button.clicked.connect(self.ask_file)
        self.wizard.cancel_button.clicked.connect(self._cancel)
        self.wizard.back_button.clicked.connect(self.wizard.go_back)
        self.wizard.next_button.clicked.connect(self.wizard.advance)
        self.wizard.run_wanted.connect(self.task.run)
        self.wizard.closed.connect(self.leave)
        self.wizard.moved.connect(self._moved)
        self.task.looked.connect(self._looked)
        self.task.failed.connect(self.start.drop.tell)
        self.task.busy.connect(self.start.drop.set_busy)
        self.task.done.connect(self.on_shown)

    def _looked(self) -> None:
        if not self.running:
            self.stack.setCurrentWidget(self.wizard)
        self.wizard.go(Step.FILE)

    def _moved(self) -> None:
        self._tell_header()
        self.refresh_actions()

    def _tell_header(self) -> None:
        title, line = self.tr("Import & export"), ""
        if self.running and self.task.looked_at is not None:
            line = self.wizard.file.sub_line()
            if not self.task.draft.doubt:
                kind = self.context.services.labels.kind(self.task.draft.kind, plural=True).lower()
                title = self.tr("Import %1").replace("%1", kind)
        self._over.setVisible(self.running)
        self.set_header(title, line)
        self.refresh_actions()

    def _cancel(self) -> None:
        if self.wizard.busy:
            self.task.cancel()
            self.wizard.tell(self.tr("Cancelled. Nothing was changed."))
        else:
            self.leave()

    def _can(self, forward: bool) -> bool:
        return self.running and (self.wizard.can_advance() if forward else self.wizard.can_go_back())

    def _can_resume(self) -> bool:
        return not self.start.drop.resume_button.isHidden()

    def _matching(self) -> bool:
        return self.running and self.wizard.step is Step.MATCH

    def _step_row(self, by: int) -> None:
        self.wizard.match.preview.step(by)

    def _export_all(self) -> None:
        exporting.export_everything(self.context, self)

    def _look(self, _progress: Progress) -> _Past:
        services = self.context.services
        imports = [entry for entry in services.history.entries(_ENTRIES) if entry.verb == "import"]
        left = self.task.kept()
        return _Past(imports, services.demo.present(), left.path if left is not None else None)

    def _show_past(self, past: _Past) -> None:
        done = self.task.imported.change if self.task.imported else None
        if done is not None and any(each.action == done.action and each.state != "done" for each in past.imports):
            self.leave()
        if not self.start.past.show_entries(past.imports):
            self.start.drop.button.setFocus()
        self.start.sample.setVisible(past.sample)
        self.start.drop.offer_resume(past.left)

    def _undo_entry(self, entry: Entry) -> None:
        take_back(self, entry, partial(self._undone, entry.deed))

    def _undone(self, deed: Deed, result: Reverted | Change) -> None:
        words = describe(deed.undone, self.context.services.labels.kind)
        kept = len(result.conflicts) if isinstance(result, Reverted) else 0
        if kept:
            words += ". " + self.tr("%Ln values were changed since and stay", "", kept)
        self.say(words)

    def _sample_removed(self, change: Change) -> None:
        undo = partial(self.context.actions.trigger, "edit.undo")
        self.say(describe(Deed.of(change), self.context.services.labels.kind), undo)

    def _refused(self, error: Exception) -> None:
        self.say(str(error), kind="bad")


def _entry_of(history: History, action: int, _progress: Progress) -> Entry:
    return history.entries(1, before=action + 1)[0]
