"""One address of a record, to add or to change: its label and what stands in it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crm_desktop.domain.contact import LABELS, PLACE, ContactPoint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.ask_dialog import AskDialog, add_line

Given = str | Mapping[str, str]
Write = Callable[[Given, str], Any]


def label_words(code: str) -> str:
    """What a label is called; one of the user's own is its own name."""
    words = {"work": tr("Work"), "home": tr("Home"), "mobile": tr("Mobile"), "other": tr("Other")}
    return words.get(code, code)


def label_code(words: str) -> str:
    """The label that a text means."""
    wanted = words.strip()
    return next((code for code in LABELS if label_words(code).casefold() == wanted.casefold()), wanted)


class PointDialog(AskDialog):
    """Asks for an address; `write` is given what was typed, and the dialog stays open until that worked.

    `written` carries its answer.
    """

    written = Signal(object)

    def __init__(
        self, context: AppContext, way: str, point: ContactPoint | None, write: Write, parent: QWidget
    ) -> None:
        super().__init__(context, parent)
        self._write = write
        words = context.services.labels.field("person", way) if way != "address" else self.tr("Address")
        self.entitle(words, self.tr("Add") if point is None else self.tr("Keep"))
        self.edits = self._lines(way, point)
        self.label_box = self._labels(point)
        form = self.add_form()
        for name, edit in self.edits.items():
            edit.setMinimumWidth(context.theme.current.px(280))
            add_line(form, context.services.labels.field("person", name), edit)
        add_line(form, self.tr("Label"), self.label_box)
        next(iter(self.edits.values())).setFocus()

    def _labels(self, point: ContactPoint | None) -> QComboBox:
        box = QComboBox(self)
        box.setEditable(True)
        box.addItems(["", *map(label_words, LABELS)])
        box.setCurrentText(label_words(point.label) if point is not None else "")
        return box

    def _lines(self, way: str, point: ContactPoint | None) -> dict[str, QLineEdit]:
        if way != "address":
            return {way: QLineEdit(point.value if point is not None else "", self)}
        parts = point.parts if point is not None else {}
        return {name: QLineEdit(parts.get(name, ""), self) for name in PLACE}

    def answer(self) -> None:
        """Write what was typed."""
        texts = {name: edit.text() for name, edit in self.edits.items()}
        given: Given = next(iter(texts.values())) if len(texts) == 1 else texts
        code = label_code(self.label_box.currentText())
        self.write(lambda _progress: self._write(given, code), self._done)

    def _done(self, answer: Any) -> None:
        self.accept()
        self.written.emit(answer)

    def _refused(self, error: Exception) -> None:
        super()._refused(error)
        next(iter(self.edits.values())).setFocus()
