"""Asks for a passphrase: a new one twice, a known one once."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from crm_desktop.gui.forms import Form
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button

SHORTEST = 8


class PassphraseDialog(Form, QDialog):
    """`wanted` is told the passphrase; the dialog closes only when it fits."""

    ui = "passphrase"
    note_label: QLabel
    first_edit: QLineEdit
    again_label: QLabel
    again_edit: QLineEdit
    problem_label: QLabel
    cancel_button: Button
    ok_button: Button

    def __init__(self, theme: ThemeManager, new: bool, wanted: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._new = new
        self._wanted = wanted
        self.setWindowTitle(self.tr("Encrypt") if new else self.tr("Decrypt"))
        self.ok_button.setText(self.tr("Encrypt now") if new else self.tr("Decrypt now"))
        self.note_label.setText(
            self.tr("Nobody can open your customers without this passphrase, not even you. Keep it in a safe place.")
            if new
            else self.tr("The passphrase under which your customers are encrypted.")
        )
        for widget in (self.again_label, self.again_edit):
            widget.setVisible(new)
        self.problem_label.hide()
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button.clicked.connect(self._check)
        self.first_edit.setFocus()

    def _check(self) -> None:
        problem, edit = self._problem()
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
        edit.setAccessibleDescription(problem)
        if problem:
            edit.setFocus()
            return
        self.accept()
        self._wanted(self.first_edit.text())

    def _problem(self) -> tuple[str, QLineEdit]:
        text = self.first_edit.text()
        if self._new and len(text) < SHORTEST:
            return self.tr("Needs at least %Ln letters or signs.", None, SHORTEST), self.first_edit
        if self._new and text != self.again_edit.text():
            return self.tr("The two are not the same."), self.again_edit
        return "" if text else self.tr("The passphrase is missing."), self.first_edit
