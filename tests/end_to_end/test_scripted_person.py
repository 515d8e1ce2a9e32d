"""One person, one keyboard: from the first start to an exported list, through the whole window and never the mouse."""

import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import Program, _show_first, build
from crm_desktop.domain.clock import Clock
from crm_desktop.gui.charts.canvas import ChartCanvas
from crm_desktop.gui.pages.analytics import AnalyticsPage
from crm_desktop.gui.pages.first_run import FirstRunPage
from crm_desktop.gui.pages.importing import ImportPage
from crm_desktop.gui.pages.importing.wizard import Step
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.pages.pipeline import PipelinePage
from crm_desktop.paths import DataDir
from tests.end_to_end.bad_files import NOW

P = TypeVar("P", bound=Page)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
NAMES = ("Joanna Whitlock", "Luca Ferrante", "Marta Kowalczyk", "Ines Duarte", "Oskar Lind", "Yuki Tanabe")


class Keyboard:
    """Keys go to whatever has the focus; before and after each, what is under way is waited for."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        """What has the focus: a list that pops up, a dialog, the window."""
        front = QApplication.activeModalWidget() or self.program.window
        if QApplication.activePopupWidget() is None and not front.isActiveWindow():
            # Without a screen nobody gives the keys back to the window when a list or dialog over it closes.
            front.activateWindow()
            self.until(front.isActiveWindow)
        self.qtbot.waitUntil(lambda: (QApplication.activePopupWidget() or QApplication.focusWidget()) is not None)
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key."""
        QTest.keyClick(self.focus, key, modifiers)
        self.program.context.jobs.wait_idle()
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Write a text."""
        for sign in text:
            QTest.keyClicks(self.focus, sign)
        QApplication.processEvents()

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something can be seen."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def page(self, kind: type[P]) -> P:
        """The page in front, which must be one of that kind."""
        self.until(lambda: isinstance(self.program.window.pages.current, kind))
        found = self.program.window.pages.current
        assert isinstance(found, kind)
        return found


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The whole program over a folder that was never used, as `run` shows it."""
    made = build(DataDir(tmp_path / "data"), Clock.fixed(NOW))
    try:
        _show_first(made.window, made.context)
        made.window.activateWindow()
        made.context.jobs.wait_idle()
        QApplication.processEvents()
        yield made
    finally:
        made.close()


@pytest.fixture
def keys(program: Program, qtbot: QtBot) -> Keyboard:
    """The keyboard of that program."""
    return Keyboard(program, qtbot)


def test_a_first_hour_without_a_mouse(
    keys: Keyboard, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair, exported = tmp_path / "fair.csv", tmp_path / "exported.csv"
    write_leads(fair)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fair), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(exported), ""))
    assert keys.page(FirstRunPage).isVisible()
    keys.press(Qt.Key.Key_1)
    import_leads(keys)
    keys.press(Qt.Key.Key_2, CTRL)
    filter_leads(keys)
    edit_a_score(keys)
    keys.press(Qt.Key.Key_4, CTRL)
    deal = add_a_deal(keys)
    move_and_lose(keys, deal)
    take_it_back(keys, deal)
    keys.press(Qt.Key.Key_9, CTRL)
    shown = open_the_funnel(keys)
    keys.press(Qt.Key.Key_E, CTRL)
    keys.until(exported.exists)
    with exported.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == shown + 1
    assert {row[0] for row in rows[1:]} == set(NAMES)
    assert program.context.services.safety.check().sound


def write_leads(path: Path) -> None:
    """Leads of a fair; every other one came by the web."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["First name", "Last name", "E-mail", "Source", "Score"])
        for number, name in enumerate(NAMES):
            first, last = name.split()
            source = "Web" if number % 2 else "Fair"
            table.writerow([first, last, f"{last.lower()}@fenwick.example", source, 40 + number])


def import_leads(keys: Keyboard) -> None:
    """Through the five steps; nothing is saved before the last."""
    page, services = keys.page(ImportPage), keys.program.context.services
    wizard = page.wizard
    keys.press(Qt.Key.Key_O, CTRL)
    keys.until(lambda: page.running)
    assert (wizard.file.name.text(), wizard.file.kind_box.currentText()) == ("fair.csv", "Leads")
    keys.press(Qt.Key.Key_Return, CTRL)
    assert (wizard.step, wizard.tally_label.text()) == (Step.MATCH, "5 columns · 5 matched")
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.until(lambda: wizard.step is Step.CHECK)
    assert wizard.tally_label.text() == "6 new"
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert (wizard.step, wizard.next_button.text()) == (Step.RESULT, "Import 6 rows")
    assert services.base.is_empty()
    keys.press(Qt.Key.Key_Space)
    keys.until(lambda: wizard.finished)
    assert wizard.result.figures.text() == "6 new"
    assert services.base.counts()["lead"] == 6


def filter_leads(keys: Keyboard) -> None:
    """Half of them came from the fair."""
    page = keys.page(LeadsPage)
    keys.until(lambda: page.records.rowCount() == 6)
    assert page.filter_bar.summary.text().startswith("6")
    keys.press(Qt.Key.Key_F, CTRL)
    keys.write("source:fair")
    keys.press(Qt.Key.Key_Return)
    keys.until(lambda: page.records.rowCount() == 3)
    keys.until(lambda: page.filter_bar.summary.text().startswith("3 of 6"))
    keys.press(Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.records.rowCount() == 3


def edit_a_score(keys: Keyboard) -> None:
    """A wrong value stays open with its sentence; a right one is saved."""
    page, services = keys.page(LeadsPage), keys.program.context.services
    lead = page.table.current_id
    names = ["", *(column.name for column in page.records.columns)]
    while names[page.table.current_column] != "score":
        keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_F2)
    keys.write("high")
    keys.press(Qt.Key.Key_Return)
    assert "whole number" in keys.focus.accessibleDescription()
    QTest.keyClick(keys.focus, Qt.Key.Key_A, CTRL)
    keys.write("91")
    keys.press(Qt.Key.Key_Return)
    keys.until(lambda: not page.table.editing)
    keys.until(lambda: services.records.show("lead", lead).values["score"] == 91)
    row, column = page.records.row_of(lead), page.table.current_column
    assert "91" in str(page.records.index(row, column).data())


def stage_of(keys: Keyboard, deal: int) -> tuple[str, str]:
    """Status and stage of a deal in the base."""
    values = keys.program.context.services.records.show("deal", deal).values
    return values["status"], values["stage"].name


def stands_in(keys: Keyboard, deal: int, stage: str) -> bool:
    """Whether a deal is open in a stage."""
    return stage_of(keys, deal) == ("open", stage)


def add_a_deal(keys: Keyboard) -> int:
    """A deal with nothing but a title, in the first stage."""
    page, services = keys.page(PipelinePage), keys.program.context.services
    keys.press(Qt.Key.Key_N, CTRL)
    keys.write("Coffee corner")
    keys.press(Qt.Key.Key_Return)
    keys.until(lambda: page.board.deal is not None)
    deal = page.board.deal
    assert deal is not None
    assert services.records.show("deal", deal).title == "Coffee corner"
    assert stage_of(keys, deal) == ("open", "Lead generation")
    return deal


def said(keys: Keyboard, words: str) -> None:
    """Wait for a toast."""
    toasts = keys.program.window.toasts
    keys.until(lambda: toasts.current is not None and toasts.current.sentence.text() == words)


def move_and_lose(keys: Keyboard, deal: int) -> None:
    """Two stages on, then lost with a reason."""
    page = keys.page(PipelinePage)
    for index, stage in ((1, "Qualification"), (2, "Proposal")):
        keys.press(Qt.Key.Key_Right, SHIFT)
        keys.until(partial(stands_in, keys, deal, stage))
        assert (page.board.index, page.board.deal) == (index, deal)
    keys.press(Qt.Key.Key_X)
    keys.write("price")
    keys.press(Qt.Key.Key_Return)
    keys.until(lambda: stage_of(keys, deal) == ("lost", "Lost"))
    keys.until(lambda: page.board.deal is None)
    assert keys.program.context.services.records.show("deal", deal).values["lost_reason"] == "price"


def take_it_back(keys: Keyboard, deal: int) -> None:
    """Each undo takes back one step, the last first, and says which."""
    page = keys.page(PipelinePage)
    for words, index, stage in (
        ("Undone: Coffee corner lost", 2, "Proposal"),
        ("Undone: Coffee corner moved", 1, "Qualification"),
        ("Undone: Coffee corner moved", 0, "Lead generation"),
    ):
        keys.press(Qt.Key.Key_Z, CTRL)
        said(keys, words)
        keys.until(partial(stands_in, keys, deal, stage))
        keys.until(lambda: page.board.deal == deal)
        assert page.board.index == index


def open_the_funnel(keys: Keyboard) -> int:
    """The first mark of the funnel opens the leads it counts; answers how many."""
    page = keys.page(AnalyticsPage)
    walk_to(keys, lambda: keys.focus.accessibleName() == "Overview")
    while keys.focus.accessibleName() != "Funnel":
        keys.press(Qt.Key.Key_Right)
    walk_to(keys, lambda: isinstance(keys.focus, ChartCanvas))
    canvas = keys.focus
    assert isinstance(canvas, ChartCanvas) and page.isAncestorOf(canvas)
    keys.until(lambda: canvas.marks)
    keys.press(Qt.Key.Key_Home)
    mark = canvas.marks[0]
    keys.press(Qt.Key.Key_Return)
    leads = keys.page(LeadsPage)
    keys.until(lambda: leads.records.rowCount() == mark.value)
    assert str(mark.value) in mark.words
    assert keys.program.context.services.lists.count(mark.filter) == mark.value == 6
    return leads.records.rowCount()


def walk_to(keys: Keyboard, there: Callable[[], bool]) -> None:
    """Press Tab until it is reached; going round without is a fault."""
    for _ in range(40):
        if there():
            return
        keys.press(Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there")
