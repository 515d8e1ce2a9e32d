"""The five steps of an import, and the way through them."""

from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.importing import words
from crm_desktop.gui.pages.importing.check_step import CheckStep
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.duplicates_step import DuplicatesStep
from crm_desktop.gui.pages.importing.file_step import FileStep
from crm_desktop.gui.pages.importing.match_step import MatchStep
from crm_desktop.gui.pages.importing.result_step import ResultStep
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.stepper import Stepper
from crm_desktop.gui.widgets.text import set_tone


class Step(IntEnum):
    """The steps in their order."""

    FILE = 0
    MATCH = 1
    CHECK = 2
    DUPLICATES = 3
    RESULT = 4


class Wizard(Form, QWidget):
    """Shows one step; Next does what is needed for the following one."""

    ui = "import_wizard"
    stepper: Stepper
    steps: QStackedWidget
    tally_label: QLabel
    cancel_button: Button
    back_button: Button
    next_button: Button

    moved = Signal()
    run_wanted = Signal()
    closed = Signal()

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._task = task
        self._problem = ""
        self.busy = False
        self.file = FileStep(context, task, self)
        self.match = MatchStep(context, task, self)
        self.check = CheckStep(context, task, self)
        self.duplicates = DuplicatesStep(context, task, self)
        self.result = ResultStep(context, task, self)
        for part in (self.file, self.match, self.check, self.duplicates, self.result):
            self.steps.addWidget(part)
        titles = (self.tr("File"), self.tr("Match columns"), self.tr("Check rows"), self.tr("Duplicates"))
        self.stepper.set_steps([*titles, self.tr("Import")])
        self.stepper.chosen.connect(lambda index: self.go(Step(index)))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # The arrow of Next stands behind its word.
        ways = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)
        self.next_button.setLayoutDirection(ways[not mirrored])
        self._connect()

    def _connect(self) -> None:
        task = self._task
        task.matched.connect(self._clear_problem)
        task.looked.connect(self._clear_problem)
        task.planned.connect(self._planned)
        task.done.connect(lambda: self.go(Step.RESULT))
        task.failed.connect(self.tell)
        task.busy.connect(self._set_busy)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return Step(self.steps.currentIndex())

    @property
    def finished(self) -> bool:
        """Whether the import was done."""
        return self._task.imported is not None

    @property
    def _closes(self) -> bool:
        """Whether nothing is left to be done."""
        return self.step is Step.RESULT and (self.finished or not self._incoming())

    def go(self, step: Step) -> None:
        """Show a step."""
        self.steps.setCurrentIndex(step)
        self.stepper.set_current(step)
        self._problem = ""
        if step is Step.CHECK:
            self.check.show_problems()
        elif step is Step.DUPLICATES:
            self.duplicates.show_matches()
        elif step is Step.RESULT:
            self.result.renew()
        self._tell()
        self._focus()
        self.moved.emit()

    def can_advance(self) -> bool:
        """Whether Next does anything now."""
        if self.busy or self._task.looked_at is None or self._task.draft.doubt:
            return False
        if self.step is Step.RESULT and not self.finished:
            return self._task.plan is not None
        return self._task.rows > 0

    def advance(self) -> None:
        """The next step, or what it needs first."""
        if not self.can_advance():
            return
        if self.step is Step.MATCH:
            self._task.check()
        elif self.step is not Step.RESULT:
            self.go(Step(self.step + 1))
        elif self._closes:
            if not self.finished:
                self._task.put_aside()
            self.closed.emit()
        else:
            self.run_wanted.emit()

    def can_go_back(self) -> bool:
        """Whether there is a step before this one that can still be changed."""
        return self.step > Step.FILE and not self.finished and not self.busy

    def go_back(self) -> None:
        """The step before."""
        if self.can_go_back():
            self.go(Step(self.step - 1))

    def tell(self, sentence: str) -> None:
        """Say in place why it does not go on; what could not be pressed meanwhile has the focus again."""
        self._problem = sentence
        self._tell()
        self._focus()

    def _planned(self) -> None:
        if self.step is Step.MATCH:
            self.go(Step.CHECK)
        else:
            self.result.renew()
            self._tell()

    def _clear_problem(self) -> None:
        self._problem = ""
        self._tell()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._tell()
        self.moved.emit()

    def _tell(self) -> None:
        if self._task.looked_at is None:
            return
        problem = self._problem or self._task.draft.doubt
        self.tally_label.setText(problem or self._tally())
        set_tone(self.tally_label, "tone", "bad" if problem else "secondary")
        self.next_button.setText(self._next_words())
        self.next_button.set_glyph("check" if self._closes else "arrow-right")
        self.next_button.setEnabled(self.can_advance())
        self.back_button.setVisible(not self.finished)
        self.back_button.setEnabled(self.can_go_back())
        self.cancel_button.setVisible(not self.finished)

    def _tally(self) -> str:
        if self.step is Step.MATCH:
            return self.match.tally()
        if self.step is Step.FILE or self._task.plan is None:
            return ""
        outcome = self._task.imported.result.outcome if self._task.imported else self._task.plan.outcome
        return words.summary(outcome.rows)

    def _next_words(self) -> str:
        rows = self._task.rows
        if self._closes:
            return self.tr("Done") if self.finished else self.tr("Close")
        if self.step is Step.RESULT:
            return self.tr("Import %Ln rows", "", self._incoming())
        if self.step is Step.MATCH:
            return self.tr("Check %Ln rows", "", rows)
        return (self.tr("Match columns"), "", self.tr("Look for duplicates"), self.tr("Summary"))[self.step]

    def _incoming(self) -> int:
        """Rows that would change something."""
        return self._task.plan.outcome.rows.incoming if self._task.plan else 0

    def _focus(self) -> None:
        matches = self.duplicates.list if self.duplicates.matches else self.next_button
        places = (self.file.kind_box, self.match.table, self.next_button, matches, self.next_button)
        places[self.step].setFocus()
