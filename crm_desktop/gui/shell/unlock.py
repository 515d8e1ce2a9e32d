"""Asks for the passphrase of an encrypted base before anything else is shown."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from crm_desktop.errors import WrongPassphrase
from crm_desktop.gui.forms import Form
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button


class UnlockDialog(Form, QDialog):
    """`attempt` is told each passphrase that is typed; the dialog stays until one fits or another error comes.

    `error` is that other error, which the dialog cannot mend.
    """

    ui = "passphrase"
    note_label: QLabel
    first_edit: QLineEdit
    again_label: QLabel
    again_edit: QLineEdit
    problem_label: QLabel
    cancel_button: Button
    ok_button: Button

    def __init__(self, theme: ThemeManager, attempt: Callable[[str], object], problem: str = "") -> None:
        super().__init__(theme)
        self._attempt = attempt
        self.error: Exception | None = None
        self.setWindowTitle(self.tr("CRM Desktop"))
        self.note_label.setText(self.tr("Your customers are encrypted. Type the passphrase to open them."))
        self.cancel_button.setText(self.tr("Quit"))
        self.ok_button.setText(self.tr("Open"))
        hidden: tuple[QWidget, ...] = (self.again_label, self.again_edit)
        for widget in hidden:
            widget.hide()
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button.clicked.connect(self._try)
        self._tell(problem)

    def _try(self) -> None:
        if not self.first_edit.text():
            self._tell(self.tr("The passphrase is missing."))
            return
        try:
            self._attempt(self.first_edit.text())
        except WrongPassphrase as error:
            self._tell(error.sentence)
        except Exception as error:
            self.error = error
            self.reject()
        else:
            self.accept()

    def _tell(self, problem: str) -> None:
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
        self.first_edit.setAccessibleDescription(problem)
        self.first_edit.selectAll()
        self.first_edit.setFocus()
