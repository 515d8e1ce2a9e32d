"""What is shown of a bug of ours."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget

from crm_desktop.gui.forms import Form
from crm_desktop.gui.theme import ThemeManager


class CrashDialog(Form, QDialog):
    """Says that the data is safe and offers the report."""

    ui = "crash"
    report_text: QPlainTextEdit
    copy_button: QPushButton
    close_button: QPushButton
    copied_label: QLabel

    def __init__(self, theme: ThemeManager, report: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.report_text.setPlainText(report)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report_text.toPlainText())
        self.copied_label.setText(self.tr("Copied"))
