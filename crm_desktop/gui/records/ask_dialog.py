"""A dialog that asks before something is done, and stays open until that worked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job, Work
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import Button, on_ctrl_enter
from crm_desktop.gui.widgets.content_area import ContentArea, fit
from crm_desktop.gui.widgets.tab_order import step_focus
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.value_line import Complaint


class AskDialog(QDialog):
    """A title, content, and two buttons; `complain` says below what is wrong. `answered` carries the answer."""

    answered = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._writing: Job | None = None
        self._title = label(role="heading")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        room = self.bar.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # so nothing jumps when work begins
        self.bar.setSizePolicy(room)
        self.bar.hide()
        self.problem = label(role="small", tone="bad", wrap=True)
        self.problem.hide()
        self._content_area = ContentArea(self)
        self.content = self._content_area.content
        self.content.setSpacing(10)
        self.cancel_button = Button(context.theme, self, self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button = Button(context.theme, self, kind="primary")
        self.ok_button.setDefault(True)
        self.ok_button.clicked.connect(self.answer)
        on_ctrl_enter(self, self.ok_button.click)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.ok_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addWidget(self._content_area, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.bar)
        layout.addLayout(buttons)
        context.jobs.progressed.connect(self._show_progress)

    def entitle(self, title: str, verb: str) -> None:
        """Say what is asked, and what the button does."""
        self.setWindowTitle(title)
        self._title.setText(title)
        self.ok_button.setText(verb)

    def add_form(self) -> QFormLayout:
        """Lines of words and what is asked for, below the content so far."""
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.content.addLayout(form)
        return form

    def shrink(self) -> None:
        """Be no higher than what is shown now."""
        self.content.activate()
        self._content_area.updateGeometry()
        self.adjustSize()

    def answer(self) -> None:
        """Give the answer; the dialog stays open until `accept`."""
        self.answered.emit(None)

    def write(self, work: Work[Any], done: Callable[[Any], object]) -> None:
        """Change records while the dialog waits: it tells how far the work is, and Cancel stops it.

        `done` hears of the result, and closes the dialog or asks on.
        """
        self.problem.hide()
        self.ok_button.setEnabled(False)
        job = self.context.jobs.write(work, partial(self._written, done), self._refused, self.windowTitle())
        self._writing = job if job in self.context.jobs.running else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def event(self, event: QEvent) -> bool:
        known = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            fit(self)
        return known

    def focusNextPrevChild(self, forward: bool) -> bool:
        # The buttons were made before what stands above them.
        return step_focus(self, forward)

    def reject(self) -> None:
        """Stop what is being done, else close."""
        if self._writing is None:
            super().reject()
        else:
            self._writing.cancel()
            self.cancel_button.setEnabled(False)

    def _written(self, done: Callable[[Any], object], result: Any) -> None:
        self._stand_by()
        done(result)

    def _refused(self, error: Exception) -> None:
        self._stand_by()
        self.complain(error)

    def _stand_by(self) -> None:
        self._writing = None
        self.bar.hide()
        self.ok_button.setEnabled(True)
        self.cancel_button.setEnabled(True)

    def _show_progress(self, job: Job) -> None:
        if job is self._writing and not job.progress.cancelled:
            self.bar.setRange(0, job.progress.total)
            self.bar.setValue(job.progress.step)
            self.bar.setAccessibleName(job.title)
            self.bar.show()

    def complain(self, error: Exception | str) -> None:
        """Say why it cannot be done; everything stays as it was typed."""
        self.problem.setText(str(error))
        self.problem.show()
        announce(self, str(error))


def add_line(form: QFormLayout, words: str, part: QWidget) -> None:
    """One thing that is asked for; the words name it for everybody, and what is wrong with it stands below it."""
    part.setAccessibleName(words)
    complaint: Complaint | None = getattr(part, "complaint", None)
    form.addRow(label(words, tone="secondary"), part if complaint is None else complaint.settle())
