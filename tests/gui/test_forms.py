"""Forms load, and say clearly when file and class disagree."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

import crm_desktop.gui
from crm_desktop import paths
from crm_desktop.gui.forms import Form, load
from crm_desktop.gui.shell.crash import CrashDialog
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button

FORMS = sorted(path.stem for path in (paths.data_root() / "ui").glob("*.ui"))


def all_modules() -> list[str]:
    """Every module of the window, so that all promoted widgets are known."""
    return [found.name for found in pkgutil.walk_packages(crm_desktop.gui.__path__, "crm_desktop.gui.")]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_loads(name: str, theme: ThemeManager, qtbot: QtBot) -> None:
    for module in all_modules():
        import_module(module)
    widget = load(name, theme)
    qtbot.addWidget(widget)
    assert isinstance(widget, QWidget)


@pytest.mark.parametrize("name", FORMS)
def test_object_names_are_snake_case(name: str) -> None:
    text = paths.form(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if 'name="' in line and ("<widget" in line or "<layout" in line):
            found = line.split('name="')[1].split('"')[0]
            assert found == found.lower() and " " not in found


@pytest.mark.parametrize("name", FORMS)
def test_forms_hold_no_style_sheets(name: str) -> None:
    assert "styleSheet" not in paths.form(name).read_text(encoding="utf-8")


def test_children_are_bound_with_their_class(theme: ThemeManager, qtbot: QtBot) -> None:
    dialog = CrashDialog(theme, "report")
    qtbot.addWidget(dialog)
    assert isinstance(dialog.report_text, QPlainTextEdit)
    assert isinstance(dialog.copy_button, Button)
    assert dialog.objectName() == "crash"


class MissingChild(Form, QDialog):
    ui = "crash"
    nobody_label: QLabel


class WrongClass(Form, QDialog):
    ui = "crash"
    report_text: QLineEdit


class NoFile(Form, QDialog):
    ui = "no_such_form"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (MissingChild, "crash.ui has no QLabel named nobody_label"),
        (WrongClass, "crash.ui has no QLineEdit named report_text"),
    ],
)
def test_disagreement_is_named(form: type[Form], sentence: str, theme: ThemeManager) -> None:
    with pytest.raises(TypeError, match=sentence):
        form(theme)


def test_missing_file_is_named(theme: ThemeManager) -> None:
    with pytest.raises(FileNotFoundError, match="no_such_form"):
        NoFile(theme)


def test_forms_lie_where_the_program_looks() -> None:
    assert all(paths.form(name).is_file() for name in FORMS)
    assert isinstance(paths.data_root(), Path)
