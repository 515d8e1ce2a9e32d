"""Step 5: what will happen, then what has happened and where to go from here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job
from crm_desktop.gui.pages.importing import words
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.tile import Tile


class ResultStep(QWidget):
    """One card in the middle."""

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task = task
        self._tile = Tile(context.theme, self)
        self.figures = label(role="figure", wrap=True)
        self.told = label(role="body", tone="secondary", wrap=True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._arrange()
        context.jobs.progressed.connect(self._show_progress)
        task.busy.connect(self._busy)

    def _arrange(self) -> None:
        card = Card(self._context.theme, self)
        card.setMaximumWidth(760)
        lines = QVBoxLayout()
        lines.setSpacing(6)
        lines.addWidget(self.figures)
        lines.addWidget(self.told)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(lines, 1)
        card.body.addLayout(head)
        card.body.addWidget(self.bar)
        self.line = QFrame(self)
        self.line.setProperty("kind", "line")
        card.body.addWidget(self.line)
        self._buttons.addStretch(1)
        card.body.addLayout(self._buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 8)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)

    def offer(self, actions: ActionRegistry, ids: tuple[str, ...]) -> None:
        """The ways on, as buttons; each is shown while it can be gone."""
        self._ways = [actions.action(each) for each in ids]
        for action in self._ways:
            button = Button(self._context.theme, self, action.text())
            button.follow(action)
            self._buttons.insertWidget(self._buttons.count() - 1, button)
            button.setVisible(action.isEnabled())
            action.changed.connect(lambda b=button, a=action: self._show_way(b, a.isEnabled()))
        self.line.setVisible(any(action.isEnabled() for action in self._ways))

    def _show_way(self, button: Button, usable: bool) -> None:
        button.setVisible(usable)
        self.line.setVisible(any(action.isEnabled() for action in self._ways))

    def renew(self) -> None:
        """Tell what will be, or what was done."""
        imported, plan = self._task.imported, self._task.plan
        if imported is not None:
            counts = imported.result.outcome.rows
            self._tile.set("circle-check", "accent", 44)
            self.figures.setText(words.summary(counts))
            told = self.tr("The import is one step: it can be undone at any time.")
            if not counts.incoming:
                told = self.tr("Nothing was changed.")
            self.told.setText(words.with_statuses(imported.result.outcome, told))
        elif plan is not None and not plan.outcome.rows.incoming:
            self._tile.set("circle-check", "accent", 44)
            self.figures.setText(words.nothing_to_import(plan.outcome.rows))
            self.told.setText(self.tr("Nothing was changed."))
        elif plan is not None:
            self._tile.set("file-input", "accent", 44)
            self.figures.setText(words.summary(plan.outcome.rows))
            told = self.tr("A backup is made first. Until then nothing is saved.")
            self.told.setText(words.with_statuses(plan.outcome, told))

    def _busy(self, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy and self.isVisible())

    def _show_progress(self, job: Job) -> None:
        if job.writes and self.bar.isVisible():
            self.bar.setRange(0, job.progress.total)
            self.bar.setValue(job.progress.step)
            self.bar.setAccessibleName(job.title)
