"""A list is grouped: a bar tells its groups and leads to them, lines part them, and the view keeps it."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from crm_desktop.domain.filter import Sort
from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.pages.pipeline import PipelinePage
from crm_desktop.services import Services
from crm_desktop.services.lists import ListService
from tests.gui.grid import Grid, grid, leads, served, services, show
from tests.gui.pages.lists import Shown

__all__ = ["grid", "leads", "served", "services", "show"]


def _bar(page: Page) -> list[str]:
    """The groups that are shown, with their numbers; the one of the current row is marked."""
    bar = page.groups.bar  # type: ignore[attr-defined]
    tabs = bar.tabs if bar.isVisible() else []
    return [f"{'*' if each.id == bar.current else ''}{each.text} {each.count}" for each in tabs]


def _settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.fixture
def parted(grid: Grid, services: Services, leads: list[int]) -> Grid:
    """Six leads of two segments and one of none, grouped by them."""
    services.records.set("lead", leads[:2], {"segment": "Retail"})
    services.records.set("lead", leads[2:5], {"segment": "Healthcare"})
    grid.page.sort(Sort("score", True))
    grid.page.groups.by("segment")
    _settle()
    grid.at(0, "name")
    return grid


def test_the_bar_tells_the_groups_and_leads_to_them(parted: Grid) -> None:
    assert parted.names() == ["Lead 2", "Lead 3", "Lead 4", "Lead 0", "Lead 1", "Lead 5"]
    assert _bar(parted.page) == ["*Healthcare 3", "Retail 2", "None 1"]
    assert parted.table.group_starts == {3, 5}
    parted.page.groups.bar.choose("1")
    assert parted.table.current_row == 3
    assert _bar(parted.page) == ["Healthcare 3", "*Retail 2", "None 1"]
    parted.page.context.actions.trigger("leads.next_group")
    assert parted.table.current_row == 5
    parted.page.context.actions.trigger("leads.next_group")
    parted.page.context.actions.trigger("leads.previous_group")
    assert parted.table.current_row == 3


def test_it_follows_what_changes(parted: Grid, services: Services, leads: list[int]) -> None:
    parted.page.on_change(services.records.set("lead", [leads[5]], {"segment": "Retail"}))
    _settle()
    assert _bar(parted.page) == ["*Healthcare 3", "Retail 3"]
    parted.page.on_change(services.history.undo())
    _settle()
    assert _bar(parted.page) == ["*Healthcare 3", "Retail 2", "None 1"]


def test_groups_of_another_field_are_gone_while_the_new_ones_are_counted(
    parted: Grid, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[list[str]] = []
    parts = ListService.parts

    def seen(*asked: Any) -> Any:
        bars.append(_bar(parted.page))
        return parts(*asked)

    monkeypatch.setattr(ListService, "parts", seen)
    parted.page.groups.by("lifecycle")
    _settle()
    assert bars and not bars[0]
    assert len(_bar(parted.page)) == 1


def test_another_order_stays_in_the_groups(parted: Grid) -> None:
    parted.table.sort_by_column(parted.column("name"))
    _settle()
    assert parted.page.records.sort_by == Sort("name", False, "segment")
    assert parted.names() == ["Lead 2", "Lead 3", "Lead 4", "Lead 0", "Lead 1", "Lead 5"]
    parted.page.groups.by(None)
    _settle()
    assert _bar(parted.page) == [] and not parted.table.group_starts
    assert parted.names() == [f"Lead {n}" for n in range(6)]


def test_the_view_keeps_it(parted: Grid, services: Services) -> None:
    views = parted.page.views
    views.ask_name(None)
    views._named(None, "By segment")
    _settle()
    assert services.views.find("lead", "By segment").sort == Sort("score", True, "segment")
    views._choose("0")
    views.reset()
    _settle()
    assert _bar(parted.page) == []
    views.step(1)
    _settle()
    assert [each.strip("*") for each in _bar(parted.page)] == ["Healthcare 3", "Retail 2", "None 1"]


def test_what_it_can_be_grouped_by_is_offered(parted: Grid) -> None:
    parted.page.context.actions.trigger("leads.group_by")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = {action.text(): action for action in menu.actions()}
    assert words["Segment"].isChecked() and not words["Source"].isChecked()
    assert "Lead" not in words
    words["Source"].trigger()
    menu.close()
    _settle()
    assert _bar(parted.page)[0].strip("*") == "S0 1"


def test_many_groups_are_shown_around_the_current_one(grid: Grid, services: Services) -> None:
    for n in range(100):
        services.records.add("lead", {"name": f"More {n}", "source": f"T{n:03}"})
    grid.page.on_change(services.records.add("lead", {"name": "Last", "source": "Z"}).change)
    grid.page.groups.by("source")
    _settle()
    assert len(_bar(grid.page)) == 60
    grid.table.setCurrentIndex(grid.page.records.index(106, 1))
    assert _bar(grid.page)[-1] == "*Z 1"


@pytest.mark.parametrize("kind", [CustomersPage, PipelinePage])
def test_other_lists_are_grouped_too(
    show: Callable[[type[Page]], Shown], services: Services, kind: type[Page]
) -> None:
    services.demo.fill()
    page = show(kind).page
    if kind is PipelinePage:
        page.switcher.choose("list")
    _settle()
    page.groups.by("stage" if kind is PipelinePage else "segment")
    _settle()
    told = _bar(page)
    assert sum(each.startswith("*") for each in told) == 1 and len(told) > 3
    assert sum(int(each.rpartition(" ")[2]) for each in told) == page.records.rowCount()
