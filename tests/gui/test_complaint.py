"""The sentence below a value that is none."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.errors import UserError
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.value_edit import LineEdit


def refuse(text: str) -> None:
    raise UserError("Needs a day.")


def test_a_complaint_is_silent_once_its_editor_is_gone(theme: ThemeManager) -> None:
    window = QWidget()
    around = QWidget(window)
    editor = LineEdit(theme, refuse, "31/02", around)
    window.show()
    complaint = editor.complaint
    assert not editor.accept() and complaint.isVisible()
    editor.deleteLater()
    QCoreApplication.sendPostedEvents(editor, QEvent.Type.DeferredDelete)
    around.resize(300, 200)
    assert not complaint.isVisible() and not complaint.text()
