"""Commands are registered once and are valid where they should be."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.actions import ActionRegistry, Command, Scope, is_letter, keys_here, native_key
from crm_desktop.gui.theme import ThemeManager

from .conftest import press_ready


class Bench:
    """A window with two views and a text field, and a note of what ran."""

    def __init__(self, theme: ThemeManager, qtbot: QtBot) -> None:
        self.ran: list[str] = []
        self.registry = ActionRegistry(theme)
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.page = QWidget(self.window)
        self.window.setCentralWidget(self.page)
        layout = QVBoxLayout(self.page)
        self.view, self.other, self.field = QPushButton("view"), QPushButton("other"), QLineEdit()
        for widget in (self.view, self.other, self.field):
            layout.addWidget(widget)
        self.window.show()

    def add(self, name: str, key: str, scope: Scope = Scope.VIEW, when: bool = True) -> None:
        """Register a command that notes its name."""
        owner = {Scope.VIEW: self.view, Scope.PAGE: self.page, Scope.EVERYWHERE: None}[scope]
        command = Command(name, name.title(), lambda: self.ran.append(name), key, "plus", lambda: when, scope)
        action = self.registry.add(command, owner)
        if owner is None:
            self.window.addAction(action)


@pytest.fixture
def bench(theme: ThemeManager, qtbot: QtBot) -> Bench:
    """A window to press keys in."""
    return Bench(theme, qtbot)


@pytest.mark.parametrize(
    ("system", "keys"),
    [
        ("win32", ["Alt+Left", "Ctrl+Y", "Ctrl+Shift+Z", "Del"]),
        ("darwin", ["Ctrl+[", "Ctrl+Shift+Z", "Ctrl+Backspace"]),
    ],
)
def test_some_keys_differ_on_a_mac(system: str, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_desktop.gui.actions.sys.platform", system)
    assert keys_here("Alt+Left; Ctrl+Y; Ctrl+Shift+Z; Del") == keys


@pytest.mark.parametrize(("key", "letter"), [("L", True), ("Shift+S", True), ("Ctrl+L", False), ("Space", False)])
def test_letters_are_told_from_other_keys(key: str, letter: bool) -> None:
    assert is_letter(key) is letter


def test_letter_acts_while_its_view_has_the_focus(bench: Bench, qtbot: QtBot) -> None:
    bench.add("log", "L")
    press_ready(bench.view)
    qtbot.keyClick(bench.view, Qt.Key.Key_L)
    assert bench.ran == ["log"]


def test_letter_does_nothing_elsewhere(bench: Bench, qtbot: QtBot) -> None:
    bench.add("log", "L")
    press_ready(bench.other)
    qtbot.keyClick(bench.other, Qt.Key.Key_L)
    press_ready(bench.field)
    qtbot.keyClick(bench.field, Qt.Key.Key_L)
    assert bench.ran == []
    assert bench.field.text() == "l"


def test_letter_is_typed_in_an_editor_inside_the_view(bench: Bench, qtbot: QtBot) -> None:
    bench.add("log", "L")
    editor = QLineEdit(bench.view)
    editor.show()
    press_ready(editor)
    qtbot.keyClick(editor, Qt.Key.Key_L)
    assert bench.ran == []
    assert editor.text() == "l"


def test_page_key_acts_anywhere_on_its_page_and_not_when_hidden(bench: Bench, qtbot: QtBot) -> None:
    bench.add("new", "Ctrl+N", Scope.PAGE)
    press_ready(bench.field)
    qtbot.keyClick(bench.field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert bench.ran == ["new"]
    bench.page.hide()
    qtbot.keyClick(bench.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert bench.ran == ["new"]


def test_two_pages_may_use_one_key(bench: Bench, qtbot: QtBot) -> None:
    hidden = QWidget(bench.window)
    hidden.hide()
    bench.add("new", "Ctrl+N", Scope.PAGE)
    bench.registry.add(Command("other", "Other", lambda: bench.ran.append("other"), "Ctrl+N"), hidden)
    press_ready(bench.view)
    qtbot.keyClick(bench.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert bench.ran == ["new"]


def test_letters_can_be_switched_off(bench: Bench, qtbot: QtBot) -> None:
    bench.add("log", "L")
    bench.add("new", "Ctrl+N", Scope.PAGE)
    bench.registry.set_letter_keys(False)
    press_ready(bench.view)
    qtbot.keyClick(bench.view, Qt.Key.Key_L)
    qtbot.keyClick(bench.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert bench.ran == ["new"]
    assert bench.registry.action("log").shortcut().isEmpty()
    bench.registry.set_letter_keys(True)
    qtbot.keyClick(bench.view, Qt.Key.Key_L)
    assert bench.ran == ["new", "log"]


def test_one_id_is_registered_once(bench: Bench) -> None:
    bench.add("log", "L")
    with pytest.raises(ValueError, match="log"):
        bench.add("log", "M")


def test_trigger_runs_what_can_run(bench: Bench) -> None:
    bench.add("log", "L")
    bench.add("never", "M", when=False)
    assert bench.registry.trigger("log")
    assert not bench.registry.trigger("never")
    assert not bench.registry.trigger("unknown")
    assert bench.ran == ["log"]


def test_refresh_asks_again_and_tells(bench: Bench, qtbot: QtBot) -> None:
    chosen: list[int] = []
    action = bench.registry.add(Command("call", "Call", lambda: None, "C", when=lambda: bool(chosen)), bench.page)
    assert not action.isEnabled()
    chosen.append(1)
    with qtbot.waitSignal(bench.registry.changed):
        bench.registry.refresh()
    assert action.isEnabled()
    with qtbot.assertNotEmitted(bench.registry.changed):
        bench.registry.refresh()


def test_command_goes_with_its_page(bench: Bench, qtbot: QtBot) -> None:
    page = QWidget(bench.window)
    bench.registry.add(Command("gone", "Gone", lambda: None), page)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    assert bench.registry.find("gone") is None
    assert all(entry.command.id != "gone" for entry in bench.registry)


def test_usable_means_visible_and_possible(bench: Bench) -> None:
    bench.add("log", "L")
    bench.add("never", "M", when=False)
    log, never = bench.registry.find("log"), bench.registry.find("never")
    assert log is not None and never is not None
    assert log.usable and not never.usable
    bench.view.hide()
    assert not log.usable


def test_tool_tip_teaches_the_key(bench: Bench) -> None:
    bench.add("find", "Ctrl+F", Scope.EVERYWHERE)
    assert bench.registry.action("find").toolTip() == f"Find  {native_key('Ctrl+F')}"


def test_icons_follow_the_theme(bench: Bench, theme: ThemeManager) -> None:
    bench.add("log", "L")
    before = bench.registry.action("log").icon().cacheKey()
    theme.apply("dark")
    assert bench.registry.action("log").icon().cacheKey() != before


def test_several_keys_lead_to_one_command(bench: Bench) -> None:
    bench.add("larger", "Ctrl++; Ctrl+=", Scope.EVERYWHERE)
    assert bench.registry.action("larger").shortcuts() == [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")]


@pytest.mark.parametrize(
    ("key", "letter"), [("L", True), ("1", True), ("Ctrl+L", False), ("F2", False), ("Del", False)]
)
def test_letters_are_told_from_keys(key: str, letter: bool) -> None:
    assert is_letter(key) is letter


def test_native_text_is_the_systems() -> None:
    assert native_key("Ctrl+K") == QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
    assert native_key("") == ""
