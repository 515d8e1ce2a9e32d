"""Step 2: which column goes to which field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing import words
from crm_desktop.gui.pages.importing.columns_model import ColumnsModel, Place
from crm_desktop.gui.pages.importing.columns_table import ColumnsTable
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.picker import Picker
from crm_desktop.gui.pages.importing.preview_card import PreviewCard
from crm_desktop.gui.pages.importing.question_card import QuestionCard
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.sheet import Sheet
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.importing import Why

_SIDE = 340
_NARROW = 720  # below it the side stands under the table
_MOST = 16_777_215  # no limit, as Qt writes it
_NOTE, _DROP = "note:", "drop:"  # no field has a colon in its name


class MatchStep(QWidget):
    """The table of columns; at its side the question about one, the record that comes of it, and the memory."""

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task = task
        theme = context.theme
        self.columns = ColumnsModel(task, context.services.labels, self)
        self.table = ColumnsTable(theme, self.columns, self)
        self.refusal = label(role="body", tone="bad", wrap=True)
        self.refusal.hide()
        self.question = QuestionCard(theme, task, self)
        self.preview = PreviewCard(context, task, self)
        self.picker = Picker(theme, self, self.tr("Goes to"))
        self.remember = Switch(theme, self, self.tr("Remember this matching"))
        self._for_files = label(role="small", tone="secondary", wrap=True)
        self._arrange()
        self.table.choose_wanted.connect(self.choose)
        self.table.row_changed.connect(self._row_changed)
        self.picker.picked.connect(self._picked)
        self.remember.toggled.connect(self._remember)
        task.looked.connect(self._renew)
        task.matched.connect(self._matched)

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(Sheet(self._context.theme, self.table), 1)
        left.addWidget(self.refusal)
        memory = Card(self._context.theme, self)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.remember, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(self.tr("Remember this matching"), "bodyMedium"))
        lines.addWidget(self._for_files)
        row.addLayout(lines, 1)
        memory.body.addLayout(row)
        side = QWidget(self)
        side.setProperty("kind", "plain")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in (self.question, self.preview, memory):
            column.addWidget(card)
        column.addStretch(1)
        self._side = QScrollArea(self)
        self._side.setWidget(side)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(20, 16, 20, 16)
        self._row.setSpacing(16)
        self._row.addLayout(left, 1)
        self._row.addWidget(self._side)

    def tally(self) -> str:
        """What stands in the foot."""
        columns = self._task.draft.columns
        return words.tally(columns, sum(bool(self._task.open_question(column)) for column in columns))

    def choose(self, row: int) -> None:
        """Offer the fields for a column."""
        column = self.columns.column_at(row)
        labels, kind = self._context.services.labels, self._task.draft.kind
        goals = [(words.place(labels, kind, target.name), target.name) for target in self._task.targets()]
        offered = [(self.tr("Do not import"), _DROP), (self.tr("Keep in the note"), _NOTE), *sorted(goals)]
        self.picker.offer(offered, column.field or (_NOTE if column.noted else _DROP))
        place = self.table.visualRect(self.columns.index(row, Place.GOAL))
        self.picker.open_at(self.table.viewport(), place.adjusted(8, 0, -8, -6))
        self.picker.search.setFocus()

    def _picked(self, goal: object) -> None:
        row = self.table.currentIndex().row()
        if goal in (_NOTE, _DROP):
            refused = self._task.give(row, None, Why.NOTED if goal == _NOTE else Why.CHOSEN)
        else:
            refused = self._task.give(row, str(goal))
        self._refuse(refused)
        self.table.setFocus()

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        if sentence:
            announce(self.table, sentence)

    def _renew(self) -> None:
        self._refuse("")
        self.remember.setChecked(self._task.remember)
        self.preview.at = 0
        name = self._task.path.name if self._task.path else ""
        self._for_files.setText(self.tr("For files with the columns of “%1”").replace("%1", name))
        columns = self._task.draft.columns
        first = next((c.at for c in columns if self._task.open_question(c)), 0)
        self.table.setCurrentIndex(self.columns.index(first, 0))
        self._row_changed(first)
        self.preview.renew()

    def _matched(self) -> None:
        self._row_changed(self.table.currentIndex().row())
        self.preview.renew()

    def _row_changed(self, row: int) -> None:
        known = 0 <= row < self.columns.rowCount()
        self.question.ask(self.columns.column_at(row) if known else None)

    def _remember(self, on: bool) -> None:
        self._task.remember = on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.theme.current
        stacked = self.width() < theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setStretch(1, 1 if stacked else 0)
        wide = _MOST if stacked else theme.px(_SIDE)
        self._side.setMinimumWidth(0 if stacked else wide)
        self._side.setMaximumWidth(wide)
