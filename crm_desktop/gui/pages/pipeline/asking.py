"""Small dialogs that ask for what a move needs: amount and day of a won deal, why one is lost, until when one waits."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from crm_desktop.domain.folding import fold
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.forms import Form
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import Button, on_ctrl_enter
from crm_desktop.gui.widgets.plain_table import Padded
from crm_desktop.gui.widgets.value_line import Complaint

Parse = Callable[[str, str], Any]  # field of a deal and text to value


class Asking(Form, QDialog):
    """Base: lines of text that are read when the answer is given; `answered` carries the values by field.

    `edits` names the line of each field. What cannot be read is said below its line.
    """

    answered = Signal(dict)
    title_label: QLabel
    form_layout: QFormLayout
    problem_label: QLabel
    cancel_button: Button
    ok_button: Button

    def __init__(self, theme: ThemeManager, parse: Parse, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._parse = parse
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.problem_label.hide()
        self.ok_button.setDefault(True)
        self.ok_button.clicked.connect(self.answer)
        on_ctrl_enter(self, self.ok_button.click)
        self.cancel_button.clicked.connect(self.reject)
        self._complaints = {edit: self._complaint(edit) for edit in self.edits().values()}

    def _complaint(self, edit: QLineEdit) -> Complaint:
        complaint = Complaint(edit)
        row, role = cast(Any, self.form_layout).getWidgetPosition(edit)
        self.form_layout.removeWidget(edit)
        self.form_layout.setLayout(row, role, complaint.settle())
        return complaint

    def edits(self) -> Mapping[str, QLineEdit]:
        """The lines by the field they ask for."""
        return {}

    def values(self) -> dict[str, Any]:
        """Everything answered; UserError where something is missing."""
        return {}

    def answer(self) -> None:
        """Read what was typed; close if all of it can be used."""
        read: dict[str, Any] = {}
        self.problem_label.hide()
        for name, edit in self.edits().items():
            try:
                read[name] = self._parse(name, edit.text())
                self._complaints[edit].say("")
            except UserError as error:
                self.complain(error.sentence, edit)
                return
        try:
            read |= self.values()
        except UserError as error:
            self.complain(error.sentence)
            return
        self.answered.emit(read)
        self.accept()

    def complain(self, sentence: str, edit: QLineEdit | None = None) -> None:
        """Say what is wrong, at the line it belongs to."""
        if edit is None:
            self.problem_label.setText(sentence)
            self.problem_label.show()
            announce(self, sentence)
        else:
            self._complaints[edit].say(sentence)
            edit.setFocus()
            edit.selectAll()


class WonDialog(Asking):
    """For which amount and on which day."""

    ui = "won_dialog"
    amount_edit: QLineEdit
    day_edit: QLineEdit

    def edits(self) -> Mapping[str, QLineEdit]:
        return {"amount": self.amount_edit, "closed_on": self.day_edit}

    def fill(self, title: str, amount: str, day: str) -> None:
        """What is known already."""
        self.title_label.setText(self.tr("%1 is won").replace("%1", title))
        self.amount_edit.setText(amount)
        self.day_edit.setText(day)
        self.amount_edit.selectAll()


class SnoozeDialog(Asking):
    """Until when."""

    ui = "snooze_dialog"
    day_edit: QLineEdit
    choices_layout: QHBoxLayout

    def edits(self) -> Mapping[str, QLineEdit]:
        return {"snoozed_until": self.day_edit}

    def values(self) -> dict[str, Any]:
        if not self.day_edit.text().strip():
            raise UserError(self.tr("Needs a date like 20 Nov."))
        return {}

    def fill(self, title: str, today: date, spell: Callable[[date], str]) -> None:
        """Days often chosen, and the first of them as the answer."""
        self.title_label.setText(self.tr("Snooze %1").replace("%1", title))
        monday = today + timedelta(days=7 - today.weekday())
        choices = (
            (self.tr("Tomorrow"), today + timedelta(days=1)),
            (self.tr("Monday"), monday),
            (self.tr("In two weeks"), today + timedelta(days=14)),
            (self.tr("In a month"), today + timedelta(days=30)),
        )
        for words, day in choices:
            button = Button(self.theme, self, words, kind="pill")
            button.setAutoDefault(False)
            button.setToolTip(format.full_day(day))
            button.clicked.connect(lambda _=False, day=day: self.day_edit.setText(spell(day)))
            self.choices_layout.insertWidget(self.choices_layout.count() - 1, button)
        self.day_edit.setText(spell(monday))
        self.day_edit.selectAll()


class LostDialog(Asking):
    """Why: a list one can type in to find a reason; what is typed is a reason too."""

    ui = "lost_dialog"
    find_edit: QLineEdit
    reason_list: QListWidget
    note_edit: QLineEdit

    def fill(self, title: str, reasons: Sequence[tuple[str, str]]) -> None:
        """The reasons as (code, words)."""
        self.title_label.setText(self.tr("Why is %1 lost?").replace("%1", title))
        self._reasons = tuple(reasons)
        self.find_edit.textChanged.connect(self._find)
        self.find_edit.installEventFilter(self)
        self.reason_list.setItemDelegate(Padded(self.reason_list))
        self.reason_list.itemDoubleClicked.connect(lambda _item: self.answer())
        self._find("")

    def values(self) -> dict[str, Any]:
        chosen = self.reason_list.currentItem()
        if chosen is None:
            self.find_edit.setFocus()
            raise UserError(self.tr("Choose a reason."))
        return {"lost_reason": chosen.data(Qt.ItemDataRole.UserRole), "lost_note": self.note_edit.text()}

    def _find(self, text: str) -> None:
        wanted = fold(text.strip())
        found = [(code, words) for code, words in self._reasons if wanted in fold(words)]
        if wanted and all(fold(words) != wanted for _, words in found):
            found.append((text.strip(), self.tr("Other reason: %1").replace("%1", text.strip())))
        self.reason_list.clear()
        for code, words in found:
            item = QListWidgetItem(words, self.reason_list)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setSizeHint(QSize(0, self.theme.current.row_height("compact")))
        if wanted:
            self.reason_list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the line walk through the list."""
        if watched is self.find_edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                row = self.reason_list.currentRow() + step
                self.reason_list.setCurrentRow(max(0, min(self.reason_list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)
