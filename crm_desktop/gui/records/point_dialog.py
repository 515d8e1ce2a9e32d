"""One address of a record, to add or to change: its label and what stands in it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.contact import LABELS, PLACE, ContactPoint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label

Given = str | Mapping[str, str]
Write = Callable[[Given, str], Any]


def _tr(text: str) -> str:
    return QCoreApplication.translate("contact_points", text)


def label_words(code: str) -> str:
    """What a label is called; one of the user's own is its own name."""
    words = {"work": _tr("Work"), "home": _tr("Home"), "mobile": _tr("Mobile"), "other": _tr("Other")}
    return words.get(code, code)


def label_code(words: str) -> str:
    """The label that a text means."""
    wanted = words.strip()
    return next((code for code in LABELS if label_words(code).casefold() == wanted.casefold()), wanted)


class PointDialog(QDialog):
    """Asks for an address; `write` is given what was typed, and the dialog stays open until that worked.

    `written` carries its answer.
    """

    written = Signal(object)

    def __init__(
        self, context: AppContext, way: str, point: ContactPoint | None, write: Write, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._write = write
        words = context.services.labels.field("person", way) if way != "address" else self.tr("Address")
        self.setWindowTitle(words)
        self.edits = self._lines(way, point)
        self.label_box = self._labels(point)
        self.complaint = label(role="small", tone="bad", wrap=True)
        self.complaint.hide()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        for name, edit in self.edits.items():
            title = context.services.labels.field("person", name)
            edit.setAccessibleName(title)
            edit.setMinimumWidth(context.theme.current.px(280))
            form.addRow(label(title, tone="secondary"), edit)
        form.addRow(label(self.tr("Label"), tone="secondary"), self.label_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(label(words, "heading"))
        layout.addLayout(form)
        layout.addWidget(self.complaint)
        layout.addLayout(self._buttons(self.tr("Add") if point is None else self.tr("Keep")))
        self.finished.connect(self.deleteLater)
        next(iter(self.edits.values())).setFocus()

    def _labels(self, point: ContactPoint | None) -> QComboBox:
        box = QComboBox(self)
        box.setEditable(True)
        box.addItems(["", *map(label_words, LABELS)])
        box.setCurrentText(label_words(point.label) if point is not None else "")
        box.setAccessibleName(self.tr("Label"))
        return box

    def _lines(self, way: str, point: ContactPoint | None) -> dict[str, QLineEdit]:
        if way != "address":
            return {way: QLineEdit(point.value if point is not None else "", self)}
        parts = point.parts if point is not None else {}
        return {name: QLineEdit(parts.get(name, ""), self) for name in PLACE}

    def _buttons(self, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(self._context.theme, self, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.keep_button = Button(self._context.theme, self, words, kind="primary")
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.keep)
        row.addWidget(cancel)
        row.addWidget(self.keep_button)
        return row

    def keep(self) -> None:
        """Write what was typed."""
        texts = {name: edit.text() for name, edit in self.edits.items()}
        given: Given = next(iter(texts.values())) if len(texts) == 1 else texts
        code = label_code(self.label_box.currentText())
        self._context.jobs.write(lambda _progress: self._write(given, code), self._done, self._say)

    def _done(self, answer: Any) -> None:
        self.accept()
        self.written.emit(answer)

    def _say(self, error: Exception) -> None:
        self.complaint.setText(str(error))
        self.complaint.show()
        next(iter(self.edits.values())).setFocus()
