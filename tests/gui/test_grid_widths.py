"""How wide columns are by themselves: their words are read, and what room is left goes to those of words."""

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.filter import Sort
from crm_desktop.gui import format, paint
from crm_desktop.gui.delegates.records_delegate import FULL_SCORE, PAD, pencil_box
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.services import Services
from tests.gui.grid import Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]


def width(grid: Grid, name: str) -> int:
    return grid.table.columnWidth(grid.column(name))


def cut(grid: Grid, name: str) -> list[int]:
    """The rows whose words do not fit into a column."""
    records, section = grid.page.records, grid.column(name)
    return [
        row for row in range(records.rowCount())
        if (cell := records.cell(row, section)) is not None and grid.table.measure(cell) > width(grid, name)
    ]  # fmt: skip


def test_days_are_shown_with_their_year_and_time(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.set("lead", [leads[0]], {"return_on": "2025-09-28", "created_at": "2025-09-28 20:48"})
    grid.page.resize(1000, 600)
    grid.page.set_columns(("name", "return_on", "created_at", "source", "segment", "job_title", "value"), {})
    grid.page.on_change(services.records.set("lead", [leads[0]], {"source": "Fair"}))
    QApplication.processEvents()
    assert format.full_day(services.records.show("lead", leads[0]).values["return_on"]) in grid.cell(0, "return_on")
    assert not cut(grid, "return_on") and not cut(grid, "created_at")


def test_room_goes_to_the_words_that_need_it(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads[:1], {"job_title": "Deputy head of facilities management"})
    grid.page.resize(1440, 600)
    grid.page.set_columns(("name", "job_title", "segment", "source", "value"), {})
    grid.page.on_change(services.records.set("lead", [leads[0]], {"source": "Fair"}))
    QApplication.processEvents()
    assert not cut(grid, "job_title")
    assert sum(grid.table.columnWidth(n) for n in range(6)) == grid.table.viewport().width()


def test_the_sorted_title_has_room_for_its_arrow(grid: Grid) -> None:
    grid.page.resize(700, 600)
    grid.page.set_columns(("name", "last_touch", "segment", "score", "value", "source"), {})
    grid.page.sort(Sort("last_touch"))
    QApplication.processEvents()
    title = grid.page.records.columns[1].title
    words = paint.width_of(title, grid.table.theme.current.font("smallStrong"))
    assert width(grid, "last_touch") >= words + 2 * PAD + 14 + 4
    grid.page.records.sort_by = Sort("segment")  # as while another order is asked for
    grid.page.records.ticked.emit()
    grid.page.sort(Sort("segment"))
    QApplication.processEvents()
    words = paint.width_of("Segment", grid.table.theme.current.font("smallStrong"))
    assert width(grid, "segment") >= words + 2 * PAD + 14 + 4


def test_the_pencil_covers_no_number(grid: Grid, services: Services, leads: list[int]) -> None:
    for amount in ("24000", "123456789.5"):
        grid.page.on_change(services.records.set("lead", [leads[0]], {"value": amount}))
        QApplication.processEvents()
        cell = grid.page.records.cell(0, grid.column("value"))
        rect = grid.table.visualRect(grid.page.records.index(0, grid.column("value")))
        words = rect.right() - (grid.table.measure(cell) - PAD)
        assert pencil_box(grid.table, rect, 0, grid.column("value")).right() <= words


@pytest.mark.parametrize("scale", [90, 100, 125, 160])
def test_a_full_score_is_not_cut(theme: ThemeManager, scale: int) -> None:
    theme.apply(scale=scale)
    words = paint.width_of("100", theme.current.font("bodyStrong", tabular=True))
    assert words <= theme.current.px(FULL_SCORE)
