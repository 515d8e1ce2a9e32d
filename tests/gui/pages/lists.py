"""List pages in a window, as their user sees and works them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.jobs import Runner
from crm_desktop.gui.pages.page import Notice, Page
from tests.gui.conftest import destroy
from tests.gui.pages.conftest import announce
from tests.gui.test_records_model import Held

Show = Callable[..., "Shown"]
"""Opens a page of a class, with another runner of jobs if given."""


class Shown:
    """A page in a window, and the toasts it asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.notices: list[Notice] = []
        page.noticed.connect(self.notices.append)

    def names(self) -> list[str]:
        """The names in the table, from top to bottom."""
        model = self.page.records
        column = [c.name for c in model.columns].index("name") + 1
        return [model.cell(row, column).text for row in range(model.rowCount())]

    def cell(self, row: int, name: str) -> str:
        """What a cell shows."""
        model = self.page.records
        return str(model.index(row, self.column(name)).data())

    def column(self, name: str) -> int:
        """The section of a field."""
        return [c.name for c in self.page.records.columns].index(name) + 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def chips(self) -> list[str]:
        """The conditions in the filter bar."""
        return [condition.text for condition in self.page.filter_bar.conditions]

    def undo(self) -> None:
        """Press Undo in the last toast."""
        undo = self.notices[-1].undo
        assert undo is not None
        undo()

    @property
    def said(self) -> str:
        """The last toast."""
        return self.notices[-1].text if self.notices else ""


@pytest.fixture
def show(served: AppContext, qtbot: Any) -> Iterator[Show]:
    """Opens a page of a class, as the window does."""
    shown: list[QWidget] = []

    def make(kind: type[Page], jobs: Runner | None = None) -> Shown:
        page = kind(served if jobs is None else replace(served, jobs=jobs))
        page.resize(1300, 700)
        shown.append(page)
        made = Shown(page)
        page.on_shown()
        page.show()
        page.activateWindow()
        page.panes()[0].setFocus()
        QApplication.processEvents()
        return made

    yield make
    for page in shown:
        page.close()
        destroy(page)


@pytest.fixture
def held(served: AppContext, errors: ErrorReporter) -> Held:
    """The page's work, done when it is told to."""
    jobs = Held(errors)
    jobs.written.connect(lambda result: announce(served, result))
    return jobs
