"""Asks for the passphrase of an encrypted base before anything else is shown."""

from collections.abc import Callable

from crm_desktop.errors import WrongPassphrase
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.passphrase_form import PassphraseForm


class UnlockDialog(PassphraseForm):
    """`attempt` is told each passphrase that is typed; the dialog stays until one fits or another error comes.

    `error` is that other error, which the dialog cannot mend.
    """

    def __init__(self, theme: ThemeManager, attempt: Callable[[str], object], problem: str = "") -> None:
        super().__init__(theme, new=False)
        self._attempt = attempt
        self.error: Exception | None = None
        self.setWindowTitle(self.tr("CRM Desktop"))
        self.note_label.setText(self.tr("Your customers are encrypted. Type the passphrase to open them."))
        self.cancel_button.setText(self.tr("Quit"))
        self.ok_button.setText(self.tr("Open"))
        self.tell(problem, self.first_edit)

    def answer(self) -> None:
        if not self.first_edit.text():
            self.tell(self.tr("The passphrase is missing."), self.first_edit)
            return
        try:
            self._attempt(self.first_edit.text())
        except WrongPassphrase as error:
            self.tell(error.sentence, self.first_edit)
        except Exception as error:
            self.error = error
            self.reject()
        else:
            self.accept()
