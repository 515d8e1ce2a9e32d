"""Asks for a passphrase: a new one twice, a known one once."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.passphrase_form import PassphraseForm

SHORTEST = 8


class PassphraseDialog(PassphraseForm):
    """`wanted` is told the passphrase; the dialog closes only when it fits."""

    def __init__(self, theme: ThemeManager, new: bool, wanted: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(theme, new, parent)
        self._new = new
        self._wanted = wanted
        self.setWindowTitle(self.tr("Encrypt") if new else self.tr("Decrypt"))
        self.ok_button.setText(self.tr("Encrypt now") if new else self.tr("Decrypt now"))
        self.note_label.setText(
            self.tr("Nobody can open your customers without this passphrase, not even you. Keep it in a safe place.")
            if new
            else self.tr("The passphrase under which your customers are encrypted.")
        )

    def answer(self) -> None:
        problem, edit = self._problem()
        self.tell(problem, edit)
        if not problem:
            self.accept()
            self._wanted(self.first_edit.text())

    def _problem(self) -> tuple[str, QLineEdit]:
        text = self.first_edit.text()
        if self._new and len(text) < SHORTEST:
            return self.tr("Needs at least %Ln letters or signs.", None, SHORTEST), self.first_edit
        if self._new and text != self.again_edit.text():
            return self.tr("The two are not the same."), self.again_edit
        return "" if text else self.tr("The passphrase is missing."), self.first_edit
