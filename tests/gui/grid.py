"""A page of leads with cells to work in, as its user sees and works them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.bootstrap import open_services
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.records.refused_cells import RefusedCells
from crm_desktop.gui.widgets.record_table import RecordTable
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from tests.gui.pages.conftest import announce
from tests.gui.pages.lists import Shown, show

__all__ = ["Grid", "grid", "leads", "served", "services", "show", "shown_refused"]

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
COUNT = 6


@pytest.fixture
def services(context: AppContext, tmp_path: Path) -> Iterator[Services]:
    """The services over an empty base, at the time of the tests."""
    made = open_services(DataDir(tmp_path / "data"), Settings(currency="EUR"), context.clock)
    yield made
    made.close()


@pytest.fixture
def served(context: AppContext, services: Services) -> AppContext:
    """The context of pages; writes are announced as in the running program."""
    context.settings_store.update(currency="EUR")
    made = replace(context, services=services)
    made.jobs.written.connect(partial(announce, made))
    return made


@pytest.fixture
def leads(services: Services) -> list[int]:
    """Six leads, the hottest first: their sources are S0, S1 ..."""
    made = []
    for n in range(COUNT):
        values = {"name": f"Lead {n}", "score": str(90 - n), "source": f"S{n}", "value": f"{n}00"}
        made.append(services.records.add("lead", values).id)
    return made


class Grid(Shown):
    """The page with a few plain columns."""

    @property
    def table(self) -> RecordTable:
        """Its table."""
        found: RecordTable = self.page.table
        return found

    def at(self, row: int, name: str) -> None:
        """Make a cell the current one."""
        self.table.setCurrentIndex(self.page.records.index(row, self.column(name)))

    def place(self, row: int, name: str) -> QPoint:
        """The middle of a cell on screen."""
        return self.table.visualRect(self.page.records.index(row, self.column(name))).center()

    def select(self, first: tuple[int, str], last: tuple[int, str]) -> None:
        """Drag a range with the mouse."""
        view = self.table.viewport()
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=self.place(*first))
        QTest.mouseMove(view, self.place(*last))
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=self.place(*last))

    @property
    def range(self) -> tuple[int, ...] | None:
        """The rows and the columns of the range: from, from, to, to."""
        spans = self.table.ranges.spans
        return None if spans is None else tuple(spans)

    def values(self, name: str) -> list[str]:
        """What a column shows, from top to bottom."""
        return [self.cell(row, name) for row in range(self.page.records.rowCount())]


@pytest.fixture
def grid(show: Callable[[type[Page]], Shown], leads: list[int]) -> Grid:
    """The page over six leads."""
    page = show(LeadsPage).page
    made = Grid(page)
    page.set_columns(("name", "source", "segment", "score", "value"), {})
    made.at(0, "source")
    page.table.setFocus()
    QApplication.processEvents()
    return made


def shown_refused(grid: Grid) -> list[list[str]]:
    """The list of cells that were not taken, as the toast opens it."""
    words, run = grid.notices[-1].more or ("", lambda: None)
    assert words == "Show them"
    run()
    view = grid.page.window().findChild(RefusedCells).view
    return [[view.item(row, column).text() for column in range(5)] for row in range(view.rowCount())]
