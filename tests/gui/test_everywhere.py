"""What holds for every page and dialog: names for screen readers, commands in the palette, room for words."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from crm_desktop.gui.actions import Scope
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.pipeline import PipelinePage
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.shell.link import ServicesLink
from crm_desktop.gui.shell.palette import ActionSource
from crm_desktop.gui.shell.term_help import TermHelp
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.services import Services

from .conftest import destroy

GUI = Path(__file__).parents[2] / "crm_desktop" / "gui"
PAGES = [spec.id for spec in page_specs()]
CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
DIALOGS = {
    "leads.new": "leads", "customers.new": "customers", "pipeline.new": "pipeline", "keys.show": "leads",
    "leads.log": "leads", "leads.follow_up": "leads", "pipeline.open": "pipeline", "pipeline.won": "pipeline",
    "pipeline.lost": "pipeline", "pipeline.snooze": "pipeline", "pipeline.follow_up": "pipeline",
    "leads.edit_many": "leads", "leads.convert": "leads", "leads.from_text": "leads", "leads.disqualify": "leads",
    "leads.recycle": "leads",
}  # fmt: skip
"""Commands that open a dialog, and the page they belong to."""


@pytest.fixture
def window(context: AppContext, filled: Services) -> Iterator[MainWindow]:
    """The whole window over it."""
    made = MainWindow(replace(context, services=filled), page_specs())
    ServicesLink(made)
    TermHelp(made)
    made.show()
    yield made
    made.close()
    destroy(made)


def opened(window: MainWindow, page: str) -> QWidget:
    """A page in front, as it is drawn."""
    assert window.open(page)
    for _ in range(3):
        QApplication.processEvents()
    window.grab()
    found = window.pages.current
    assert found is not None
    return found


def of_qt(widget: QWidget) -> bool:
    """Whether Qt made it inside of one of ours."""
    inside_combo = isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
    return widget.objectName().startswith("qt_") or inside_combo or isinstance(widget, QHeaderView)


def unnamed(root: QWidget) -> list[str]:
    """Controls on screen that a screen reader could not name."""
    found = []
    for widget in root.findChildren(QWidget):
        stops = isinstance(widget, QScrollArea) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not (stops or isinstance(widget, CONTROLS)) or not widget.isVisible() or of_qt(widget):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return found


def test_a_control_without_a_name_is_noticed(window: MainWindow) -> None:
    QLineEdit(window).show()
    assert unnamed(window) == ["QLineEdit  in MainWindow"]


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name(page: str, window: MainWindow) -> None:
    opened(window, page)
    assert unnamed(window) == []


def place(window: MainWindow) -> QWidget:
    """The innermost area that has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    around = [pane for pane in window.panes() if pane.isAncestorOf(focused)]
    return min(around, key=lambda pane: pane.width() * pane.height())


@pytest.mark.parametrize("page", PAGES)
def test_the_areas_of_a_page_are_gone_through_by_key_both_ways(page: str, window: MainWindow) -> None:
    opened(window, page)
    window.activateWindow()
    QApplication.processEvents()
    step = {"on": "view.pane", "back": "view.pane_back"}
    seen = []
    for _ in range(2 * len(window.panes())):
        assert window.context.actions.trigger(step["on"])
        seen.append(place(window))
    once = list(dict.fromkeys(seen))
    assert seen[: len(once)] == seen[len(once) : 2 * len(once)] == once
    assert {window.nav_list} & {*once} or not window.nav_list.isVisible()
    at = seen[-1]
    for _ in once:
        assert window.context.actions.trigger(step["back"])
    assert place(window) is at


@pytest.mark.parametrize("page", ["analytics", "pipeline", "settings"])
def test_the_way_back_leads_to_where_one_was(page: str, window: MainWindow) -> None:
    opened(window, page)
    window.activateWindow()
    QApplication.processEvents()
    while place(window) is not window.panes()[3]:
        assert window.context.actions.trigger("view.pane")
    before = QApplication.focusWidget()
    opened(window, "leads")
    assert window.context.actions.trigger("go.back")
    assert QApplication.focusWidget() is before


@pytest.mark.parametrize("command", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(command: str, window: MainWindow) -> None:
    page = opened(window, DIALOGS[command])
    if isinstance(page, PipelinePage):
        page.board.choose(page.model.stages[0].ids[0])
    window.context.actions.refresh()
    assert window.context.actions.trigger(command)
    QApplication.processEvents()
    dialogs = [found for found in window.findChildren(QDialog) if found.isVisible()]
    assert dialogs
    for dialog in dialogs:
        assert unnamed(dialog) == []
        dialog.reject()


def test_every_command_has_words_and_lies_in_the_palette(window: MainWindow) -> None:
    for page in PAGES:
        opened(window, page)
    kept_out = {"palette.open", "go.escape", "view.pane"}
    for entry in window.context.actions:
        assert entry.command.text and entry.command.text[0].isupper(), entry.command.id
        # What is not offered there is offered under another name, or leads into the palette or out of it.
        assert entry.command.in_palette or entry.command.id in kept_out | {"customers.new"}, entry.command.id
    everywhere = [entry for entry in window.context.actions if entry.command.scope is Scope.EVERYWHERE]
    titles = {item.title for item in ActionSource(window.context.actions).search("", "")}
    assert {entry.command.text for entry in everywhere if entry.usable and entry.command.in_palette} <= titles


def cut(root: QWidget) -> list[str]:
    """Words on screen that do not fit where they stand and have no tool tip."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible() or widget.toolTip():
            continue
        words = widget.text()
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        room = widget.sizeHint().height() if wraps else widget.sizeHint().width()
        if wraps and widget.hasHeightForWidth():
            room = widget.heightForWidth(widget.width())
        if words and room > (widget.height() if wraps else widget.width()) + 2 and not clipped_by_scrolling(widget):
            found.append(f"{type(widget).__name__} “{words}” needs {room}")
    return found


def clipped_by_scrolling(widget: QWidget) -> bool:
    """Whether it stands in an item view, which draws its own words."""
    return isinstance(widget.parentWidget(), QAbstractItemView)


def test_words_that_do_not_fit_are_noticed(window: MainWindow) -> None:
    narrow = QLabel("Far too long for its place", window)
    narrow.resize(20, 20)
    narrow.show()
    assert len(cut(window)) == 1


LOOKS = [("light", 90), ("dark", 160)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("look", "scale"), LOOKS)
def test_words_fit_in_the_smallest_window(page: str, look: str, scale: int, window: MainWindow) -> None:
    window.context.theme.apply(look, scale)
    window.resize(1024, 680)
    assert cut(opened(window, page)) == []


class Pseudo(QTranslator):
    """Every word 40 % longer, with accents and in brackets."""

    ACCENTS = str.maketrans("aeiouAEIOUcnsy", "áéíóúÁÉÍÓÚçñšý")

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, _hint: str | None = None, _n: int = -1) -> str:
        return f"[{source.translate(self.ACCENTS)}{'~' * (len(source) * 2 // 5)}]"


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    """A language that nobody speaks, read from the right."""
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QLocale.setDefault(QLocale("ar"))
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def foreign(pseudo: None, window: MainWindow) -> MainWindow:
    """The window in that language."""
    return window


@pytest.mark.parametrize("page", PAGES)
def test_long_words_from_the_right_fit(page: str, foreign: MainWindow) -> None:
    foreign.resize(1280, 760)
    assert cut(opened(foreign, page)) == []


SHOWN = {
    "setText", "setToolTip", "setPlaceholderText", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "setTitle", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "addAction", "addMenu",
    "label", "say", "Button", "IconButton", "Command", "Hint", "Notice", "tell", "offer", "ElidedLabel",
}  # fmt: skip
"""What is called with words that people read."""
PARAMETERS = {"Button": 2, "IconButton": 3, "Command": 1, "Hint": 1, "tell": 1}
"""Where the words stand among the arguments, if not first."""


def called(node: ast.Call) -> str:
    """The name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def literal_words(node: ast.AST) -> bool:
    """Whether it is a text in letters that stands there as it is."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any(c.isalpha() for c in node.value)


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: str(path.relative_to(GUI)))
def test_words_are_translated(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    wrong = []
    for call in calls:
        name = called(call)
        if name in SHOWN:
            at = PARAMETERS.get(name, 0)
            if len(call.args) > at and literal_words(call.args[at]):
                wrong.append(f"line {call.lineno}: {ast.unparse(call)[:80]}")
    assert wrong == []
