"""Nobody's exception is lost, and none shows what customers are called."""

import sys
import threading

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from crm_desktop.errors import UserError
from crm_desktop.gui.errors import ErrorReporter, crash_report
from crm_desktop.gui.shell.crash import CrashDialog
from crm_desktop.gui.theme import ThemeManager


def raised() -> Exception:
    """An exception with a trace and something private in its words."""
    try:
        raise ValueError("joanna@fenwick.example was refused")
    except ValueError as error:
        return error


def test_report_names_places_but_no_people() -> None:
    report = crash_report(raised())
    assert "ValueError" in report
    assert "test_errors.py" in report
    assert "joanna" not in report
    assert "CRM Desktop" in report and "Qt" in report


def test_bugs_and_problems_take_different_ways(errors: ErrorReporter, qtbot: QtBot) -> None:
    with qtbot.waitSignal(errors.problem) as problem:
        errors.report(UserError("Needs a date like 20 Nov."))
    assert problem.args == ["Needs a date like 20 Nov."]
    with qtbot.waitSignal(errors.crashed) as crashed:
        errors.report(raised())
    assert "ValueError" in crashed.args[0]


def test_hooks_catch_and_are_taken_back(errors: ErrorReporter, qtbot: QtBot) -> None:
    before = sys.excepthook, threading.excepthook
    restore = errors.install()
    try:
        error = raised()
        with qtbot.waitSignal(errors.crashed):
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        restore()
    assert (sys.excepthook, threading.excepthook) == before


def test_errors_of_threads_are_shown(errors: ErrorReporter, qtbot: QtBot) -> None:
    restore = errors.install()
    try:
        with qtbot.waitSignal(errors.crashed) as crashed:
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
    finally:
        restore()
    assert "ZeroDivisionError" in crashed.args[0]


def test_report_can_be_copied(theme: ThemeManager, qtbot: QtBot) -> None:
    dialog = CrashDialog(theme, "line one\nline two")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.report_text.isReadOnly()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "line one\nline two"
    assert dialog.copied_label.text() == "Copied"


def test_dialog_goes_on_with_one_key(theme: ThemeManager, qtbot: QtBot) -> None:
    dialog = CrashDialog(theme, "report")
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.close_button, Qt.Key.Key_Return)
