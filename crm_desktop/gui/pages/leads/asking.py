"""Small forms of the page of leads: why one is put aside, until when, why it is ready; one read from a text."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.contact import known_of
from crm_desktop.errors import UserError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.records.lookalike_line import LookalikeLine
from crm_desktop.gui.records.point_dialog import label_words
from crm_desktop.gui.records.record_form import ValuesDialog
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.value_edit import Editor

_LONGEST = 4_000  # characters of a text that may be about one lead
_CHIPS = 420  # pixels that usual answers have beside each other
READ_AFTER = 150  # milliseconds without a key before a text is read
_PARTS = (
    "name", "first_name", "last_name", "job_title", "department", "company_name", "email", "phone", "website", "street",
    "postcode", "city", "region", "country", "note",
)  # fmt: skip


class LeadValuesDialog(ValuesDialog):
    """Asks for a few fields of leads; answers that were `usual` so far can be had with a press."""

    def __init__(
        self, context: AppContext, parent: QWidget, words: tuple[str, str], fields: Mapping[str, Any],
        usual: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(context, "lead", fields, parent)
        self.entitle(*words)
        # The first field is what the title asks for, also where it has a usual answer, which typing replaces.
        asked = next(iter(self.editors.values()))
        asked.setFocus()
        if isinstance(asked, QLineEdit):
            asked.selectAll()
        if usual:
            self.content.addLayout(self._chips(usual))

    def _chips(self, usual: Sequence[str]) -> QHBoxLayout:
        """Answers often given, as many as find room: a press writes one into the first field."""
        row = QHBoxLayout()
        row.setSpacing(6)
        first = next(iter(self.editors.values()))
        room = self.context.theme.current.px(_CHIPS)
        for words in usual:
            chip = Button(self.context.theme, self, words)
            needed = chip.sizeHint().width() + row.spacing()
            chip.setHidden(needed > room)
            room -= needed if needed <= room else 0
            chip.setAutoDefault(False)
            chip.clicked.connect(partial(_write, first, words))
            row.addWidget(chip)
        row.addStretch(1)
        return row


def _write(editor: Editor, words: str) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(words)
        editor.setFocus()


class PasteDialog(AskDialog):
    """A text on the left, what it says of leads on the right, as it is typed; `answered` carries the values of each.

    It begins with the text that is given, else with what was copied, and tells of who is there already.
    """

    def __init__(self, context: AppContext, parent: QWidget, text: str = "") -> None:
        super().__init__(context, parent)
        self.people: list[dict[str, Any]] = []
        self.text_edit = _TextEdit(self.complain, self)
        self.text_edit.setAccessibleName(self.tr("Signature or text"))
        self.text_edit.setPlaceholderText(self.tr("Paste a signature, a business card or a line of text"))
        self.text_edit.setTabChangesFocus(True)
        self.text_edit.sent.connect(self.answer)
        self._found = QWidget(self)
        self.parts = QGridLayout(self._found)  # a form gives texts of several lines too little room
        self.parts.setHorizontalSpacing(12)
        self.parts.setColumnStretch(1, 1)
        self._found.setAccessibleName(self.tr("What is read from it"))
        self._pause = QTimer(self, interval=READ_AFTER, singleShot=True)
        self._pause.timeout.connect(self.read)
        self.text_edit.textChanged.connect(self._pause.start)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.text_edit, 1)
        row.addWidget(self._found, 1)
        self.lookalike = LookalikeLine(context, "lead", self)
        self.several = label(role="small", tone="warn", wrap=True)
        self.several.setText(self.tr("Addresses at two companies: of two people, paste one after the other."))
        self.content.addLayout(row)
        self.content.addWidget(self.several)
        self.content.addWidget(self.lookalike)
        self.resize(context.theme.current.px(680), context.theme.current.px(380))
        known = text or QGuiApplication.clipboard().text()
        if known.strip() and len(known) <= _LONGEST:
            self.text_edit.setPlainText(known)
            self.text_edit.selectAll()
        self.copied = "" if text else self.text_edit.toPlainText()
        self.text_edit.setFocus()
        self.read()

    def read(self) -> None:
        """Show what the text says."""
        self.problem.hide()
        try:
            self.people = self.context.services.leads.read_all(self.text_edit.toPlainText())
        except UserError as error:
            self.people = []
            if self.text_edit.toPlainText().strip():
                self.problem.setText(str(error))
                self.problem.show()
        self.ok_button.setEnabled(bool(self.people))
        count = max(1, len(self.people))
        self.entitle(self.tr("New lead from text"), self.tr("Add %Ln leads", "", count))
        one = self.people[0] if len(self.people) == 1 else {}
        self.several.setVisible(self.context.services.leads.may_be_several(one))
        self.lookalike.look_for(one)
        self._show_people()

    def _show_people(self) -> None:
        while (item := self.parts.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.parts.setRowStretch(self.parts.rowCount() - 1, 0)
        row, above = 0, Qt.AlignmentFlag.AlignTop
        for number, values in enumerate(self.people, 1):
            if len(self.people) > 1:
                self.parts.addWidget(self._part_head(number, values), row, 0, 1, 2)
                row += 1
            for name in filter(values.get, _PARTS):
                self.parts.addWidget(self._heading(name), row, 0, above)
                self.parts.addWidget(self._value(values[name]), row, 1, above)
                row += 1
        self.parts.setRowStretch(row, 1)

    def _part_head(self, number: int, values: Mapping[str, Any]) -> QWidget:
        """Above each of several: which it is, and who is there already."""
        head = QWidget(self._found)
        words = self.tr("%1 of %2").replace("%1", str(number)).replace("%2", str(len(self.people)))
        lookalike = LookalikeLine(self.context, "lead", head)
        lookalike.wanted.connect(self.lookalike.wanted)
        lookalike.look_for(values)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0 if number == 1 else 12, 0, 0)
        column.addWidget(label(words, "smallStrong", "muted"))
        column.addWidget(lookalike)
        return head

    def _heading(self, name: str) -> QLabel:
        words = self.context.services.labels.field("lead", name)
        return label(str(words), tone="secondary")

    def _value(self, value: Any) -> QLabel:
        lines = map(_labelled, value) if isinstance(value, tuple) else (str(value),)
        return label("\n".join(lines), wrap=True)

    def answer(self) -> None:
        self.read()
        if self.people:
            self.answered.emit(self.people)


def _labelled(text: str) -> str:
    """An address or number with what it is for, where that was said."""
    known = known_of(text)[0]
    return f"{text} ({label_words(known)})" if known else text


class _TextEdit(QPlainTextEdit):
    """A text too long to be about one lead is not taken in: of a word of a million letters the window would stop."""

    sent = Signal()

    def __init__(self, complain: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._complain = complain

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter would put a line in place of all that is selected, as it is when the dialog opens: it answers."""
        whole = self.textCursor().selectedText()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and whole and len(whole) == len(self.toPlainText()):
            self.sent.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) <= _LONGEST:
            super().insertFromMimeData(source)
        else:
            self._complain(self.tr("This text is too long to be about one lead. Paste a part of it."))
