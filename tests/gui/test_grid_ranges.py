"""Ranges of cells: by keys, by mouse, beside ticks."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.gui.models.row_pages import SIZE
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.widgets.buttons import KeyButton
from crm_desktop.services import Services
from tests.gui.grid import CTRL, SHIFT, Grid, grid, leads, served, services, show
from tests.gui.pages.lists import Show, held
from tests.gui.test_records_model import Held

__all__ = ["grid", "held", "leads", "served", "services", "show"]

K = Qt.Key


def test_shift_and_arrows_grow_a_range_and_tick_nothing(grid: Grid) -> None:
    grid.at(1, "source")
    grid.press(K.Key_Down, SHIFT)
    grid.press(K.Key_Right, SHIFT)
    assert grid.range == (1, 2, 2, 3)
    assert grid.page.records.ticked_count == 0
    grid.press(K.Key_Up, SHIFT)
    grid.press(K.Key_Up, SHIFT)
    assert grid.range == (0, 2, 1, 3)
    grid.press(K.Key_Down)
    assert grid.range is None


def test_a_range_ends_where_it_began(grid: Grid) -> None:
    grid.press(K.Key_Down, SHIFT)
    grid.press(K.Key_Up, SHIFT)
    assert grid.range is None


def test_ctrl_and_end_go_to_the_edges_and_no_further(grid: Grid) -> None:
    grid.press(K.Key_Down, SHIFT | CTRL)
    grid.press(K.Key_End, SHIFT)
    grid.press(K.Key_Right, SHIFT)
    assert grid.range == (0, 2, 5, 5)
    grid.press(K.Key_Home, SHIFT)
    grid.press(K.Key_Left, SHIFT)
    assert grid.range == (0, 1, 5, 2)
    grid.press(K.Key_PageUp, SHIFT)
    assert grid.range == (0, 1, 0, 2)


def test_arrows_without_shift_never_stand_on_the_tick_box(grid: Grid) -> None:
    for _ in range(3):
        grid.press(K.Key_Left)
    assert grid.table.current_column == 1
    grid.press(K.Key_Home)
    assert grid.table.current_column == 1


def test_escape_clears_the_range_before_the_ticks(grid: Grid) -> None:
    grid.press(K.Key_Space)
    grid.press(K.Key_Down, SHIFT)
    assert grid.page.on_escape()
    assert (grid.range, grid.page.records.ticked_count) == (None, 1)


def test_space_ticks_the_rows_of_the_range(grid: Grid) -> None:
    grid.press(K.Key_Down, SHIFT)
    grid.press(K.Key_Space)
    assert [row for row in range(6) if grid.page.records.is_ticked(row)] == [0, 1]
    grid.press(K.Key_Space)
    assert grid.page.records.ticked_count == 0


def test_the_mouse_draws_a_range(grid: Grid) -> None:
    grid.select((1, "source"), (3, "score"))
    assert grid.range == (1, 2, 3, 4)
    assert grid.page.records.ticked_count == 0
    QTest.mouseClick(grid.table.viewport(), Qt.MouseButton.LeftButton, pos=grid.place(2, "segment"))
    assert grid.range is None


def test_shift_click_reaches_to_a_cell_and_on_boxes_ticks_all_between(grid: Grid) -> None:
    view = grid.table.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, grid.place(2, "segment"))
    assert grid.range == (0, 2, 2, 3)
    box = grid.table.visualRect(grid.page.records.index(4, 0)).center()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, SHIFT, box)
    assert [row for row in range(6) if grid.page.records.is_ticked(row)] == [2, 3, 4]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, CTRL, grid.place(0, "source"))
    assert grid.page.records.is_ticked(0)


def test_the_range_is_filled_and_no_other_cell(grid: Grid) -> None:
    grid.press(K.Key_Down, SHIFT)
    table = grid.table
    assert [table.fill_of(1, column) for column in range(1, 5)] == ["", "selected", "", ""]
    grid.page.on_escape()
    assert {table.fill_of(1, column) for column in range(5)} == {"selected"}


def test_another_order_ends_the_range(grid: Grid) -> None:
    grid.press(K.Key_Down, SHIFT)
    grid.table.sort_by_column(grid.column("name"))
    assert grid.range is None


def test_from_the_right_left_is_onwards(grid: Grid) -> None:
    grid.table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    grid.press(K.Key_Left, SHIFT)
    assert grid.range == (0, 2, 0, 3)


def test_the_button_of_the_panel_is_about_a_row_that_was_read_meanwhile(
    show: Show, held: Held, services: Services
) -> None:
    for n in range(SIZE + 2):
        reached = "sql" if n else "subscriber"
        services.records.add("lead", {"name": f"Lead {n}", "score": str(n % 90), "lifecycle": reached})
    shown = Grid(show(LeadsPage, held).page)
    page, table = shown.page, shown.page.table
    page.chosen.show()
    button = next(known for known in page.panel.findChildren(KeyButton) if known.text() == "Customer and deal")
    table.setFocus()
    held.holding = True
    shown.press(K.Key_End, SHIFT | CTRL)
    assert table.current_row == SIZE + 1 and not button.isVisible()
    held.go_on()
    assert button.text() == "Qualify as Lead" and button.isVisible()
