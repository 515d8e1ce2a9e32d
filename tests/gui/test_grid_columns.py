"""Columns are moved, made wider, hidden and sorted by mouse and by keys, and the view remembers it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.records.columns_popover import ColumnsPopover
from crm_desktop.services import Services
from crm_desktop.services.views import View
from tests.gui.grid import CTRL, SHIFT, Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHOWN = ("name", "source", "segment", "score", "value")


def saved_view(grid: Grid, services: Services) -> None:
    """A saved view in front."""
    services.views.save(View(0, "Mine", "lead", Filter("lead"), SHOWN))
    grid.page.views.refresh()
    grid.page.views.step(1)
    grid.table.setFocus()
    assert grid.page.views.now.name == "Mine" and not grid.page.views.changed


def menu(grid: Grid) -> dict[str, object]:
    """The menu of the column that is open, by its words."""
    found = [each for each in grid.page.findChildren(QMenu) if each.isVisible()]
    return {action.text(): action for action in found[-1].actions() if action.text()}


def test_keys_move_a_column_and_the_current_cell_goes_along(grid: Grid) -> None:
    grid.press(K.Key_Right, ALT | SHIFT)
    assert grid.page.shown_fields == ("name", "segment", "source", "score", "value")
    assert grid.table.current_column == 3
    grid.press(K.Key_Left, ALT | SHIFT)
    grid.press(K.Key_Left, ALT | SHIFT)
    assert grid.page.shown_fields == SHOWN


def test_the_name_stays_the_first(grid: Grid) -> None:
    grid.at(0, "name")
    grid.press(K.Key_Right, ALT | SHIFT)
    assert grid.page.shown_fields == SHOWN
    grid.page.show_columns(("source", "name"))
    assert grid.page.shown_fields == ("name", "source")


def test_keys_make_a_column_wider(grid: Grid) -> None:
    before = grid.table.columnWidth(2)
    grid.press(K.Key_Up, ALT | SHIFT)
    assert dict(grid.table.column_widths.by_hand)["source"] == before + 16
    grid.press(K.Key_Down, ALT | SHIFT)
    assert grid.table.columnWidth(2) == before


def test_moving_widening_hiding_and_sorting_show_in_the_view(grid: Grid, services: Services) -> None:
    for change in (
        lambda: grid.press(K.Key_Right, ALT | SHIFT),
        lambda: grid.press(K.Key_Up, ALT | SHIFT),
        lambda: grid.page.column_menu.hide(2),
        lambda: grid.page.table.sort_by_column(1),
        grid.page.toolbar.next_density,
    ):
        saved_view(grid, services) if grid.page.views.now.name != "Mine" else None
        grid.at(0, "source")
        change()
        assert grid.page.views.changed
        assert "changed" in grid.page.tabs.findChildren(type(grid.page.tabs._tabs[0]))[1].accessibleName()
        grid.press(K.Key_S, CTRL)
        assert not grid.page.views.changed
        services.history.undo()
        grid.page.views.refresh()
        grid.page.views.reset()


def test_a_title_is_dragged_to_another_place(grid: Grid) -> None:
    header = grid.table.header
    middle = header.height() // 2

    def at(section: int) -> QPoint:
        return QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) // 2, middle)

    view = header.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(2))
    for step in range(5):
        QTest.mouseMove(view, at(2) + (at(4) - at(2)) * (step / 4) + QPoint(6 if step == 4 else 0, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(4) + QPoint(6, 0))
    QApplication.processEvents()
    assert grid.page.shown_fields == ("name", "segment", "score", "source", "value")
    assert [header.logicalIndex(place) for place in range(6)] == list(range(6))


def test_the_menu_of_a_column_is_opened_by_key(grid: Grid) -> None:
    grid.press(K.Key_M, CTRL | SHIFT)
    assert list(menu(grid)) == [
        "Sort ascending", "Sort descending", "Group by this", "Move left", "Move right", "Wider", "Narrower",
        "Usual width", "Hide", "Columns…",
    ]  # fmt: skip
    assert not menu(grid)["Move left"].isEnabled()  # type: ignore[attr-defined]
    menu(grid)["Sort descending"].trigger()  # type: ignore[attr-defined]
    assert grid.values("source")[0] == "S5"
    assert grid.page.records.sort_by.field == "source"


def test_a_column_is_hidden_from_its_title(grid: Grid) -> None:
    header = grid.table.header
    place = QPoint(header.sectionViewportPosition(3) + 5, 5)
    header.customContextMenuRequested.emit(place)
    menu(grid)["Hide"].trigger()  # type: ignore[attr-defined]
    assert grid.page.shown_fields == ("name", "source", "score", "value")


def test_the_picker_works_by_keys_and_keeps_the_name_on_top(grid: Grid) -> None:
    grid.page.choose_columns()
    popover = grid.page.findChild(ColumnsPopover)
    popover.list.setCurrentRow(2)
    QTest.keyClick(popover.list, K.Key_Up, ALT)
    assert grid.page.shown_fields[:3] == ("name", "segment", "source")
    QTest.keyClick(popover.list, K.Key_Up, ALT)
    assert grid.page.shown_fields[:2] == ("name", "segment")
    QTest.keyClick(popover.list, K.Key_Space)
    assert "segment" not in grid.page.shown_fields
    popover.close()
