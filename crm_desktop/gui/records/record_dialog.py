"""One record that has no page of its own, such as a call or a purchase: its values edited where they stand."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.details import Details
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.records import Record


class RecordDetailsDialog(QDialog):
    """`written` carries each change, `opened` another record to go to."""

    written = Signal(object)
    opened = Signal(object)

    def __init__(self, context: AppContext, target: RecordTarget, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._target = target
        kind = context.services.labels.kind(target.kind)
        self.setWindowTitle(kind)
        self.title = ElidedLabel(context.theme, self)
        self.title.setProperty("role", "heading")
        self.details = Details(context, self)
        self.details.hidden = frozenset({"name", "source_system", "source_id"})
        self.details.edited.connect(self._keep)
        self.complaint = label(role="small", tone="bad", wrap=True)
        self.complaint.hide()
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.complaint)
        layout.addLayout(self._buttons())
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        px = context.theme.current.px
        self.resize(px(460), px(360))
        self._ask()

    def _buttons(self) -> QHBoxLayout:
        theme, row = self._context.theme, QHBoxLayout()
        delete = Button(theme, self, self.tr("Delete"), "trash-2", "danger")
        delete.clicked.connect(self._delete)
        close = Button(theme, self, self.tr("Close"), kind="primary")
        close.clicked.connect(self.accept)
        row.addWidget(delete)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _ask(self) -> None:
        show, (kind, record) = self._context.services.records.show, self._target
        self._context.jobs.read(lambda _progress: show(kind, record), self._show, self._refused, self)

    def _show(self, record: Record) -> None:
        self.title.setText(record.title)
        self.details.show_values(record.kind, record.values)
        self.details.take_focus()

    def _keep(self, name: str, value: Any) -> None:
        records, (kind, record) = self._context.services.records, self._target
        self.complaint.hide()
        self._context.jobs.write(
            lambda _progress: records.set(kind, [record], {name: value}), self.written.emit, self._refused
        )

    def _delete(self) -> None:
        records, (kind, record) = self._context.services.records, self._target

        def gone(change: Any) -> None:
            self.accept()
            self.written.emit(change)

        self._context.jobs.write(lambda _progress: records.delete(kind, [record]), gone, self._refused)

    def _refused(self, error: Exception) -> None:
        self.complaint.setText(str(error))
        self.complaint.show()
