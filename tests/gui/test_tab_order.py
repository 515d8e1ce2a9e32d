"""Tab goes through the window in the order of reading, whatever was made last."""

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.shell.commands import focus_pane
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.widgets.tab_order import scroll_to, step_focus
from crm_desktop.paths import DataDir

from .conftest import destroy

K = Qt.Key


class Window(QWidget):
    """Two columns below a line, filled from the last to the first; the right one scrolls."""

    def __init__(self, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> None:
        super().__init__()
        self.setLayoutDirection(direction)
        inner = QWidget()
        right = QVBoxLayout(inner)
        for n in range(30, 0, -1):
            right.insertWidget(0, QPushButton(f"r{n}"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        left = QVBoxLayout()
        for n in (2, 1):
            left.insertWidget(0, QLineEdit(f"l{n}"))
        left.addStretch(1)
        columns = QHBoxLayout()
        columns.addWidget(scroll)
        columns.insertLayout(0, left)
        left.setContentsMargins(4, 30, 4, 0)  # so that lines of one column lie beside none of the other
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.insertWidget(0, QPushButton("top"))
        self.resize(400, 300)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward)


def walked(window: QWidget, steps: int, key: Qt.Key = K.Key_Tab) -> list[str]:
    found = []
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        part = window.focusWidget()
        assert isinstance(part, QPushButton | QLineEdit)
        found.append(part.text())
    return found


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_lines_from_the_top_and_columns_one_after_the_other(qapp: QApplication, direction: Qt.LayoutDirection) -> None:
    window = Window(direction)
    window.show()
    window.activateWindow()
    assert walked(window, 6) == ["top", "l1", "l2", "r1", "r2", "r3"]
    assert walked(window, 3, K.Key_Backtab) == ["r2", "r1", "l2"]
    assert walked(window, 31)[-2:] == ["r30", "top"]
    destroy(window)


def test_what_is_reached_by_tab_is_scrolled_to(qapp: QApplication) -> None:
    window = Window()
    window.show()
    [scroll] = window.findChildren(QScrollArea)
    window.findChildren(QPushButton)[-1].setFocus()
    while window.focusWidget().text() != "r30":  # type: ignore[attr-defined]
        walked(window, 1)
    bar = scroll.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    assert focus_pane(scroll) and bar.value() < bar.maximum(), "as what is reached by F6 is"
    destroy(window)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_is_beside_is_scrolled_to_in_both_directions(qapp: QApplication, direction: Qt.LayoutDirection) -> None:
    area, inner = QScrollArea(), QWidget()
    area.setLayoutDirection(direction)
    row = QHBoxLayout(inner)
    parts = [QPushButton(f"b{n}") for n in range(12)]
    for part in parts:
        part.setFixedWidth(90)
        row.addWidget(part)
    area.setWidget(inner)
    area.resize(300, 80)
    area.show()
    for part in (*parts, *reversed(parts)):
        scroll_to(area, part)
        assert area.viewport().rect().contains(QRect(part.mapTo(area.viewport(), QPoint()), part.size())), part.text()
    destroy(area)


@pytest.fixture
def window(context: AppContext, tmp_path: object) -> Iterator[MainWindow]:
    services = open_services(DataDir(tmp_path / "data"), context.settings_store.current, context.clock)  # type: ignore[operator]
    for n in range(3):
        services.records.add("person", {"name": f"Ada {n}", "email": f"a{n}@b.example", "phone": "+44 20 7946 0018"})
    made = MainWindow(replace(context, services=services), page_specs())
    made.resize(1440, 900)
    made.open("customers", Filter("person"))
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()
    destroy(made)
    services.close()


def test_the_parts_of_the_window_follow_each_other_as_they_stand(window: MainWindow) -> None:
    page = window.pages.current
    assert page is not None
    parts = (window.nav_list, window.header, page.tabs, page.filter_bar, page.table, page.panel, window.hint_bar)  # type: ignore[attr-defined]
    page.chosen.show()  # type: ignore[attr-defined]
    QApplication.processEvents()
    window.search_button.setFocus()
    passed: list[QWidget] = []
    for _ in range(80):
        QTest.keyClick(window.focusWidget(), K.Key_Tab)
        now = window.focusWidget()
        if now is window.search_button:
            break
        passed += [part for part in parts if (part is now or part.isAncestorOf(now)) and part not in passed]
    assert window.focusWidget() is window.search_button
    assert [type(part) for part in passed] == [type(part) for part in parts]


def test_in_the_settings_groups_come_before_the_one_that_is_shown(window: MainWindow) -> None:
    window.open("settings", "leads")
    QApplication.processEvents()
    page = window.pages.current
    assert page is not None
    page.body.groups_list.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(window.focusWidget(), K.Key_Tab)
    panel = page.current  # type: ignore[attr-defined]
    assert panel.isAncestorOf(window.focusWidget())
    gc.collect()
    assert isValid(panel)
