"""Editing a field of all ticked rows: what would change is shown before it is done."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from crm_desktop.gui import paint
from crm_desktop.gui.records.bulk_edit import BulkEdit
from crm_desktop.gui.records.name_popover import NamePopover
from crm_desktop.gui.widgets.bulk_bar import BulkBar
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services import Services
from crm_desktop.services.selections import How
from tests.gui.grid import CTRL, SHIFT, Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]

K = Qt.Key


def editor(form: BulkEdit) -> Any:
    """Where the value is given."""
    return form.editor


def dialog(grid: Grid) -> BulkEdit:
    """The form, opened by key over the first four rows."""
    grid.page.records.tick(0, 3, True)
    grid.press(K.Key_E, CTRL | SHIFT)
    found: BulkEdit = grid.page.window().findChild(BulkEdit)
    return found


def shown(form: BulkEdit) -> list[str]:
    model = form.samples.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_it_begins_with_the_status_and_offers_what_people_set(grid: Grid) -> None:
    form = dialog(grid)
    assert form.fields.currentData() == "status" and form.focusWidget() is form.fields
    assert form.told.text() == "Give a value to see what would change."
    assert form.samples.focusPolicy() is Qt.FocusPolicy.NoFocus  # a list of nothing shows no focus
    offered = {form.fields.itemData(row) for row in range(form.fields.count())}
    assert {"source", "segment", "tags", "value"} < offered
    assert not offered & {"created_at", "source_id", "source_system", "mql_on", "converted_on", "last_touch"}
    form.reject()


@pytest.mark.parametrize(("kind", "first"), [("company", "segment"), ("person", "segment"), ("deal", "stage")])
def test_each_kind_begins_with_what_is_set_most(grid: Grid, kind: str, first: str) -> None:
    form = BulkEdit(grid.page.context, kind, lambda: [], 2, grid.page)
    assert form.fields.currentData() == first
    assert form.fields.findData("created_at") < 0
    form.close()


def test_a_field_is_set_after_its_preview(grid: Grid) -> None:
    form = dialog(grid)
    assert form.windowTitle() == "Edit 4 leads"
    form.choose("source")
    assert not form.ok_button.isEnabled()
    QTest.keyClicks(editor(form), "S1")
    form.look()
    assert form.told.text() == "Changes 3 of 4 leads."
    assert shown(form) == ["Lead 0: S0 → S1", "Lead 2: S2 → S1", "Lead 3: S3 → S1"]
    assert form.ok_button.text() == "Change 3 leads"
    QTest.keyClick(editor(form), K.Key_Return)
    assert grid.values("source") == ["S1", "S1", "S1", "S1", "S4", "S5"]
    assert grid.said == "3 leads changed"
    grid.undo()
    assert grid.values("source")[0] == "S0"


def test_what_is_no_value_is_said_and_nothing_done(grid: Grid) -> None:
    form = dialog(grid)
    form.choose("value")
    QTest.keyClicks(editor(form), "1,2,3")
    form.look()
    assert "Needs" in editor(form).complaint.text()
    assert not form.ok_button.isEnabled()
    assert editor(form).text() == "1,2,3"
    form.reject()


def test_dates_move_by_weeks(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads[:2], {"return_on": "2026-11-12"})
    form = dialog(grid)
    form.choose("return_on", How.SHIFT)
    form.days.setValue(2)
    form.unit.setCurrentIndex(1)
    form.look()
    assert form.told.text() == "Changes 2 of 4 leads."
    form.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(form.days, K.Key_Return)
    assert str(services.records.show("lead", leads[0]).values["return_on"]) == "2026-11-26"
    assert grid.said == "Date of 2 leads moved"


def test_one_record_of_many_is_named_as_one(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads[:1], {"return_on": "2026-11-12"})
    form = dialog(grid)
    form.choose("return_on", How.SHIFT)
    form.look()
    assert (form.told.text(), form.ok_button.text()) == ("Changes 1 of 4 leads.", "Change 1 lead")
    form.reject()


def test_tags_are_added_and_taken_off(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads[:2], {"tags": "Fair, Key"})
    grid.page.records.tick(0, 3, True)
    grid.page.context.actions.trigger("leads.untag")
    form = grid.page.window().findChild(BulkEdit)
    assert form.fields.currentData() == "tags" and form.focusWidget() is form.editor
    QTest.keyClicks(editor(form), "fair")
    form.look()
    assert shown(form) == ["Lead 0: Fair, Key → Key", "Lead 1: Fair, Key → Key"]
    form.answer()
    assert services.records.show("lead", leads[0]).values["tags"] == ("Key",)
    assert grid.said == "Tag taken off 2 leads"
    grid.undo()


def test_what_the_rules_refuse_is_said_in_the_form(grid: Grid, services: Services, leads: list[int]) -> None:
    form = dialog(grid)
    form.choose("status")
    QTest.keyClicks(editor(form), "Disqualified")
    editor(form).offer(services.records.links("lead_status", "Disqualified"))
    form.look()
    form.answer()
    assert form.problem.text() == "Say why the lead is disqualified: give it a reason."
    assert form.isVisible()
    form.reject()


def test_without_ticks_it_is_the_current_row(grid: Grid) -> None:
    grid.press(K.Key_E, CTRL | SHIFT)
    form = grid.page.window().findChild(BulkEdit)
    assert form.windowTitle() == "Edit 1 lead"
    form.reject()


def menu_of(grid: Grid) -> QMenu:
    found: QMenu = next(menu for menu in grid.page.findChildren(QMenu) if menu.isVisible())
    return found


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_asks_more_opens_at_its_row_or_button(grid: Grid, direction: Qt.LayoutDirection) -> None:
    grid.page.setLayoutDirection(direction)
    grid.at(2, "source")
    cell, view = grid.table.visualRect(grid.table.currentIndex()), grid.table.viewport()
    grid.press(K.Key_S)
    menu = menu_of(grid)
    assert menu.y() == view.mapToGlobal(cell.bottomLeft()).y()
    assert abs(menu.geometry().center().x() - view.mapToGlobal(cell.center()).x()) < menu.width() + cell.width()
    menu.close()
    grid.page.context.actions.trigger("leads.tag")
    popover = grid.page.findChild(NamePopover)
    assert 0 <= popover.y() - view.mapToGlobal(cell.bottomLeft()).y() < 10
    popover.close()
    popover.deleteLater()
    QApplication.processEvents()
    grid.page.records.tick(0, 3, True)
    QApplication.processEvents()
    button = next(known for known in grid.page.findChildren(Button) if known.text() == "Tag" and known.isVisible())
    grid.page.context.actions.trigger("leads.tag")
    popover = next(known for known in grid.page.findChildren(NamePopover) if known.isVisible())
    assert popover.x() <= button.mapToGlobal(button.rect().center()).x() <= popover.x() + popover.width()
    assert not popover.geometry().intersects(QRect(button.mapToGlobal(QPoint()), button.size()))
    popover.close()


def test_the_bar_hides_no_row_that_keys_go_to(grid: Grid) -> None:
    grid.page.resize(900, grid.page.height() - grid.table.viewport().height() + 150)
    QApplication.processEvents()
    grid.page.records.tick(0, 0, True)
    [bar] = grid.page.findChildren(BulkBar)
    top = grid.table.viewport().mapFromGlobal(bar.mapToGlobal(QPoint(0, paint.SHADOW))).y()
    for _ in range(5):
        grid.press(K.Key_Down)
        assert grid.table.visualRect(grid.table.currentIndex()).bottom() < top


def test_the_bar_can_be_reached_beside_and_over_an_open_panel(grid: Grid) -> None:
    page = grid.page
    page.records.tick(0, 1, True)
    [bar] = page.findChildren(BulkBar)
    delete = next(button for button in bar.findChildren(Button) if button.accessibleName() == "Delete")
    for width, beside in ((1024, True), (500, False), (1024, True)):
        page.resize(width, 680)
        page.chosen.open()
        QApplication.processEvents()
        assert page.body.overlaid and page.panel.isVisible()
        at = delete.mapTo(page, delete.rect().center())
        assert page.childAt(at) is delete
        assert bar.geometry().adjusted(0, 0, -paint.SHADOW, 0).intersects(page.panel.geometry()) is not beside
        page.body.show_panel(False)
        box = bar.geometry()
        assert abs(box.center().x() - page.body.main.geometry().center().x()) <= 1
