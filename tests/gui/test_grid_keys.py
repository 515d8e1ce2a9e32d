"""What Delete, Backspace and F2 do with the current cell, and that it is said before and after."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.page import Hint
from crm_desktop.services import Services
from tests.gui.grid import CTRL, Grid, grid, leads, served, services, show
from tests.gui.pages.lists import Show

__all__ = ["grid", "leads", "served", "services", "show"]

K = Qt.Key


def taking(grid: Grid) -> dict[str, str]:
    """What the hint bar says of the keys that take something away."""
    hints = [hint for hint in grid.page.hints() if isinstance(hint, Hint)]
    return {hint.keys: hint.text for hint in hints if hint.keys in ("Del", "Delete", "Backspace")}


def test_backspace_empties_the_current_cell_alone(grid: Grid) -> None:
    grid.at(1, "source")
    grid.press(K.Key_Backspace)
    assert grid.values("source") == ["S0", "", "S2", "S3", "S4", "S5"]
    grid.undo()
    assert grid.cell(1, "source") == "S1"


def test_backspace_leaves_the_name_alone(grid: Grid) -> None:
    grid.at(1, "name")
    grid.press(K.Key_Backspace)
    assert grid.cell(1, "name") == "Lead 1" and not grid.notices
    assert taking(grid) == {"Del": "Delete lead"}


def test_what_cannot_be_empty_is_not_offered_to_be_and_stays(grid: Grid) -> None:
    grid.page.set_columns(("name", "lifecycle", "source"), {})
    grid.at(1, "lifecycle")
    assert taking(grid) == {"Del": "Delete lead"}
    grid.press(K.Key_Backspace)
    assert grid.said == "Lifecycle stays as it was: This cannot be empty."


def test_the_hint_bar_says_what_the_keys_take_away_now(grid: Grid) -> None:
    grid.at(1, "source")
    assert taking(grid) == {"Del": "Delete lead", "Backspace": "Empty “Source”"}
    grid.page.records.tick(0, 2, True)
    assert taking(grid)["Del"] == "Delete 3 leads"
    grid.select((0, "source"), (1, "segment"))
    assert taking(grid) == {"Del": "Empty cells"}


def test_f2_on_what_cannot_be_edited_says_where_it_comes_from(grid: Grid) -> None:
    grid.page.set_columns(("name", "next_step", "last_touch", "strength", "value"), {})
    for name, said in (
        ("next_step", "Next step comes from the tasks; F adds one."),
        ("last_touch", "Last contact comes from what was logged; L logs more."),
    ):
        grid.at(1, name)
        grid.press(K.Key_F2)
        assert grid.said == said
        assert not grid.table.editing and grid.table.current_column == grid.column(name)
        assert taking(grid) == {"Del": "Delete lead"}


def test_a_double_click_opens_a_cell_or_says_why_not(grid: Grid) -> None:
    grid.page.set_columns(("name", "next_step", "value"), {})
    view = grid.table.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=grid.place(1, "next_step"))
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=grid.place(1, "next_step"))
    assert grid.said.startswith("Next step comes from the tasks") and not grid.table.editing
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=grid.place(1, "value"))
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=grid.place(1, "value"))
    assert grid.table.editing
    grid.press(K.Key_Escape)


def test_cells_of_customers_say_where_they_are_kept(show: Show, services: Services) -> None:
    company = services.records.add("company", {"name": "Astoria", "customer": "yes", "segment": "Hotels"}).id
    services.records.add("purchase", {"company": company, "bought_on": "2026-11-01", "amount": "100"})
    shown = Grid(show(CustomersPage).page)
    shown.page.show_listing(next(listing for listing in shown.page.listings if listing.kind == "customer"))
    shown.page.set_columns(("name", "segment", "last_purchase"), {})
    for name, said in (
        ("last_purchase", "Last purchase comes from the purchases."),
        ("segment", "Segment is kept at the company or the person; Enter opens it."),
    ):
        shown.at(0, name)
        shown.page.table.setFocus()
        for key, modifier in ((K.Key_F2, Qt.KeyboardModifier.NoModifier), (K.Key_V, CTRL)):
            shown.notices.clear()
            shown.press(key, modifier)
            assert shown.said == said and not shown.table.editing
    assert not taking(shown)
