"""The tick box and the name stay while the table is scrolled sideways."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.widgets.value_edit import LineEdit
from tests.gui.grid import Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]

MANY = ("name", "source", "segment", "score", "value", "lifecycle", "email", "phone", "city", "job_title", "note")


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft], ids=["ltr", "rtl"])
def wide(grid: Grid, request: pytest.FixtureRequest) -> Grid:
    """More columns than there is room for, read from either side, the last one in sight."""
    grid.page.setLayoutDirection(request.param)
    grid.page.resize(1000, 500)
    grid.page.body.show_panel(False)
    grid.page.set_columns(MANY, dict.fromkeys(MANY, 150))
    QApplication.processEvents()
    grid.at(0, "note")
    QApplication.processEvents()
    assert grid.table.horizontalScrollBar().value() > 0
    return grid


def name_cell(grid: Grid, row: int) -> QPoint:
    view = grid.table.viewport()
    start = grid.table.columnWidth(0) + 60
    x = view.width() - start if grid.table.mirrored else start
    return QPoint(x, grid.table.rowViewportPosition(row) + 15)


def test_the_name_stays_where_it_is(wide: Grid) -> None:
    table = wide.table
    assert table.indexAt(name_cell(wide, 2)) == wide.page.records.index(2, 1)
    assert table.visualRect(wide.page.records.index(2, 1)).contains(name_cell(wide, 2))
    assert table.indexAt(wide.place(2, "note")) == wide.page.records.index(2, wide.column("note"))


def test_no_column_hides_beneath_it(wide: Grid) -> None:
    table = wide.table
    free = range(table.frozen.free()[0], table.frozen.free()[1] + 1)
    for name in reversed(MANY[1:]):
        wide.at(0, name)
        rect = table.visualRect(wide.page.records.index(0, wide.column(name)))
        assert rect.left() in free and rect.right() in free
    scrolled = table.horizontalScrollBar().value()
    wide.at(1, "name")
    assert table.horizontalScrollBar().value() == scrolled


def test_it_is_painted_over_the_others(wide: Grid) -> None:
    table = wide.table
    before = table.viewport().grab(table.visualRect(wide.page.records.index(2, 1))).toImage()
    table.horizontalScrollBar().setValue(0)
    assert table.viewport().grab(table.visualRect(wide.page.records.index(2, 1))).toImage().size() == before.size()
    colours = {before.pixelColor(x, 20).name() for x in range(before.width())}
    assert len(colours) > 2


def test_the_mouse_works_on_it(wide: Grid) -> None:
    view = wide.table.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=name_cell(wide, 3))
    assert (wide.table.current_row, wide.table.current_column) == (3, 1)
    box = wide.table.visualRect(wide.page.records.index(2, 0)).center()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=box)
    assert wide.page.records.is_ticked(2)
    QTest.mouseMove(view, name_cell(wide, 1))
    assert wide.table.mouse.pencil_in(1, 1)


def test_a_range_reaches_across_it(wide: Grid) -> None:
    QTest.mousePress(wide.table.viewport(), Qt.MouseButton.LeftButton, pos=name_cell(wide, 0))
    QTest.mouseMove(wide.table.viewport(), wide.place(2, "note"))
    QTest.mouseRelease(wide.table.viewport(), Qt.MouseButton.LeftButton, pos=wide.place(2, "note"))
    assert wide.range == (0, 1, 2, wide.column("note"))


def test_it_is_edited_where_it_stands(wide: Grid) -> None:
    wide.at(1, "name")
    wide.press(Qt.Key.Key_F2)
    editor = wide.table.viewport().findChild(LineEdit)
    assert editor is not None and editor.geometry().contains(name_cell(wide, 1))
    wide.press(Qt.Key.Key_Escape)


def test_its_title_sorts(wide: Grid) -> None:
    header = wide.table.header
    at = QPoint(name_cell(wide, 0).x(), header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wide.page.records.sort_by.field == "name"


def test_what_fits_is_not_scrolled(grid: Grid) -> None:
    assert grid.table.horizontalScrollBar().maximum() == 0
    assert not grid.table.frozen.on


def test_a_name_that_leaves_no_room_scrolls_with_the_others(wide: Grid) -> None:
    table = wide.table
    table.column_widths.change("name", 600)
    wide.at(0, "note")
    assert table.horizontalScrollBar().value() > 0
    assert not table.frozen.on
    assert table.indexAt(table.viewport().rect().center()).column() > 1
