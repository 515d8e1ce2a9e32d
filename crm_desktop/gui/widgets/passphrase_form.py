"""What dialogs that ask for a passphrase look like."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from crm_desktop.gui.forms import Form
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.content_area import fit


class PassphraseForm(Form, QDialog):
    """A note, a passphrase, a new one once more, and below what is wrong with it."""

    ui = "passphrase"
    note_label: QLabel
    first_edit: QLineEdit
    again_label: QLabel
    again_edit: QLineEdit
    problem_label: QLabel
    cancel_button: Button
    ok_button: Button

    def __init__(self, theme: ThemeManager, new: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        for widget in (self.again_label, self.again_edit):
            widget.setVisible(new)
        self.problem_label.hide()
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button.clicked.connect(self.answer)
        self.first_edit.setFocus()

    def answer(self) -> None:
        """Take what was typed."""
        raise NotImplementedError

    def tell(self, problem: str, edit: QLineEdit) -> None:
        """Say what is wrong with what was typed, and let it be typed again."""
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
        edit.setAccessibleDescription(problem)
        edit.selectAll()
        edit.setFocus()

    def event(self, event: QEvent) -> bool:
        known = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            fit(self)
        return known
