"""Step 3: what values stand for, and what is wrong with rows, one group for each thing that mends them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.meanings_card import MeaningsCard, to_ask
from crm_desktop.gui.pages.importing.mending_table import MendingTable
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.importing import OnFault, Problem

_USUAL = "usual"
_EXAMPLES = 3


class ProblemCard(Card):
    """One group: how many rows, what is wrong, examples, and what becomes of them."""

    def __init__(self, context: AppContext, task: Import, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, tone="" if problem.refused else "warn")
        self._task = task
        self.problem = problem
        self.heading = label(role="bodyStrong", wrap=True)
        self.examples = label(role="small", tone="secondary", wrap=True)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.heading)
        lines.addWidget(self.examples)
        self.choice = Segmented(context.theme, self)
        self.choice.setAccessibleName(self.tr("What becomes of these rows"))
        self.choice.set_parts(self._parts(), self._held())
        self.choice.chosen.connect(self._decide)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(lines, 1)
        self.table: MendingTable | None = None
        self.fix_button = Button(context.theme, self, self.tr("Fix in table"), "pencil")
        self.fix_button.setVisible(bool(problem.column) and problem.column in {c.column for c in task.draft.columns})
        self.fix_button.clicked.connect(self.fix)
        row.addWidget(self.fix_button)
        row.addWidget(self.choice)
        self.body.addLayout(row)
        self.renew()
        task.planned.connect(self.renew)

    def renew(self) -> None:
        """Tell of the rows that were not mended yet."""
        problem, open_ = self.problem, self._open()
        edits, column = self._task.draft.options.edits, problem.column or ""
        left = [(row, edits.get(row, {}).get(column, text)) for row, text in problem.cells if row in open_]
        count = problem.count - len(problem.cells) + len(left) if left else 0
        where = f"{problem.column}: " if problem.column else ""
        rows = self.tr("%Ln rows", "", count)
        title = f"{rows} · {where}{problem.sentence}"
        self.setAccessibleName(title)
        self.heading.setText(title)
        self.examples.setText(self._examples(left, count))
        self.examples.setVisible(bool(left))

    def _open(self) -> set[int]:
        """The rows with a problem in this column; what was decided of one mends none of them."""
        plan, edits = self._task.plan, self._task.draft.options.edits
        problems = plan.outcome.problems.values() if plan else ()
        open_ = {row for each in problems if each.column == self.problem.column for row, _ in each.cells}
        if self._held() == _USUAL:
            return open_
        column = self.problem.column or ""
        return open_ | {row for row, _ in self.problem.cells if column not in edits.get(row, {})}

    def fix(self) -> None:
        """Open the rows to be mended here, or close them."""
        if self.table is None:
            self.table = MendingTable(self._theme, self._task, self.problem, self)
            self.table.hide()
            self.body.addWidget(self.table)
        self.table.setVisible(self.table.isHidden())
        if self.table.isVisible():
            self.table.setFocus()

    def _examples(self, cells: Sequence[tuple[int, str]], count: int) -> str:
        rows = ", ".join(format.count_text(row) for row, _ in cells[:_EXAMPLES])
        different = list(dict.fromkeys(text for _, text in cells if text))
        values = ", ".join(f"“{value}”" for value in different[:_EXAMPLES])
        words = self.tr("Row %1").replace("%1", rows) + ("…" if count > _EXAMPLES else "")
        return f"{words}: {values}" if values else words

    def _parts(self) -> list[tuple[str, str, str]]:
        skip, empty = self.tr("Skip rows"), self.tr("Leave empty")
        if self.problem.column is None:
            return [(_USUAL, skip, "")]
        if self.problem.refused:
            return [(_USUAL, skip, ""), (OnFault.EMPTY.value, empty, "")]
        kept = self.tr("Keep in the note")
        return [(_USUAL, kept, ""), (OnFault.EMPTY.value, empty, ""), (OnFault.SKIP.value, skip, "")]

    def _held(self) -> str:
        held = self._task.draft.options.faults.get((self.problem.column or "", self.problem.sentence))
        return held.value if held else _USUAL

    def _decide(self, chosen: str) -> None:
        if chosen != self._held():
            how = None if chosen == _USUAL else OnFault(chosen)
            self._task.decide_fault(self.problem.column or "", self.problem.sentence, how)


class CheckStep(QWidget):
    """Errors first, then what comes in all the same."""

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task = task
        self.cards: list[ProblemCard] = []
        self.meanings: list[MeaningsCard] = []
        self.empty = EmptyState(context.theme, self)
        self._list = QWidget(self)
        self._list.setProperty("kind", "plain")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(10)
        self._scroller = QScrollArea(self)
        self._scroller.setWidget(self._list)
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroller)
        layout.addWidget(self.empty)

    def show_problems(self) -> None:
        """Show the problems of the plan; they stay while the user decides."""
        assert self._task.plan is not None
        while (item := self._column.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        problems = sorted(self._task.plan.outcome.problems.values(), key=lambda each: -each.count)
        self.cards = []
        asked = to_ask(self._task.meanings)
        self.meanings = [MeaningsCard(self._context, self._task, each, self._list) for each in asked]
        for card in self.meanings:
            self._column.addWidget(card)
        self._group(self.tr("These rows stay out unless you leave the value empty"), [p for p in problems if p.refused])
        self._group(self.tr("These rows come in"), [p for p in problems if not p.refused])
        self._column.addStretch(1)
        self._scroller.setVisible(bool(problems or asked))
        self.empty.setVisible(not problems and not asked)
        words = self.tr("All %Ln rows can be read.", "", self._task.plan.outcome.rows.read)
        self.empty.tell("circle-check", words)

    def _group(self, title: str, problems: Sequence[Problem]) -> None:
        if not problems:
            return
        self._column.addWidget(label(title, "smallStrong", "secondary"))
        for problem in problems:
            card = ProblemCard(self._context, self._task, problem, self._list)
            self.cards.append(card)
            self._column.addWidget(card)
