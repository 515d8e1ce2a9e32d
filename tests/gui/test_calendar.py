"""The calendar wears the colours of the theme, begins its weeks as set, and is worked by keys alone."""

from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDateEdit, QToolButton, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.widgets.calendar import Calendar, give_calendar
from crm_desktop.gui.widgets.day_edit import DayEdit
from crm_desktop.services import Services
from tests.gui.grid import Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize("before", ["light", "dark"])
def test_weekends_are_muted_and_arrows_are_ours_in_both_themes(context: AppContext, qtbot: Any, before: str) -> None:
    context.theme.apply(before, 100)
    parent = QWidget()
    qtbot.addWidget(parent)
    calendar = Calendar(context, parent)
    for name in ("light", "dark"):
        context.theme.apply(name, 100)
        colour = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
        assert colour == context.theme.current.color("textMuted")
        arrows = [button for button in calendar.findChildren(QToolButton) if "month" in button.objectName()]
        assert arrows and calendar.accessibleName() == "Choose a day"


def test_its_weeks_begin_as_the_settings_say(context: AppContext, qtbot: Any) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert Calendar(context, parent).firstDayOfWeek() is Qt.DayOfWeek.Monday
    context.settings_store.update(week_start="sunday")
    assert Calendar(context, parent).firstDayOfWeek() is Qt.DayOfWeek.Sunday


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Down, Alt), (Key.Key_F4, Qt.KeyboardModifier.NoModifier)])
def test_a_day_is_chosen_by_keys_alone(context: AppContext, qtbot: Any, key: Qt.Key, modifier: Any) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    edit = QDateEdit(QDate(2026, 11, 12), parent)
    QVBoxLayout(parent).addWidget(edit)
    give_calendar(context, edit)
    parent.show()
    parent.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    for leaving, day in ((Key.Key_Escape, 12), (Key.Key_Return, 19)):
        QTest.keyClick(edit, key, modifier)
        popup = QApplication.activePopupWidget()
        assert popup is not None and popup.findChild(QCalendarWidget) is not None
        QTest.keyClick(QApplication.focusWidget() or popup, Key.Key_Down)
        QTest.keyClick(QApplication.focusWidget() or popup, leaving)
        assert QApplication.activePopupWidget() is None
        qtbot.waitUntil(edit.hasFocus)
        assert edit.date() == QDate(2026, 11, day)


def test_the_arrow_opens_the_same_calendar(context: AppContext, qtbot: Any) -> None:
    edit = QDateEdit(QDate(2026, 11, 12))
    qtbot.addWidget(edit)
    give_calendar(context, edit)
    edit.show()
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(20, edit.height() // 2))
    assert QApplication.activePopupWidget() is None
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(edit.width() - 8, edit.height() // 2))
    popup = QApplication.activePopupWidget()
    assert popup is not None and popup.accessibleName() == "Choose a day"
    popup.close()


def popup_calendar() -> QCalendarWidget:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    [found] = popup.findChildren(QCalendarWidget)
    return found


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_day_of_a_cell_is_chosen_by_keys_alone(grid: Grid, look: str) -> None:
    grid.page.context.theme.apply(look, 100)
    grid.page.set_columns(("name", "source", "mql_on"), {})
    for typed, leaving, shown in (
        ("", Key.Key_Escape, ""), ("3 Nov 2026", Key.Key_Return, "Tue 10 Nov"), ("", Key.Key_Return, "Tue 17 Nov"),
    ):  # fmt: skip
        grid.at(0, "mql_on")
        grid.press(Key.Key_F2)
        [editor] = [each for each in grid.table.viewport().findChildren(DayEdit) if each.isVisible()]
        if typed:
            editor.setText(typed)
        grid.press(Key.Key_Down, Alt)
        assert popup_calendar().accessibleName() == "Choose a day" and grid.table.editing
        grid.press(Key.Key_Down)
        grid.press(leaving)
        assert QApplication.activePopupWidget() is None
        assert grid.table.editing is (leaving is Key.Key_Escape)
        if grid.table.editing:
            QTest.keyClick(editor, Key.Key_Escape)
        assert not grid.table.editing and grid.cell(0, "mql_on") == shown


def test_the_button_of_a_day_says_what_it_does(grid: Grid) -> None:
    grid.page.set_columns(("name", "source", "mql_on"), {})
    grid.at(0, "mql_on")
    grid.press(Key.Key_F2)
    editor = grid.table.viewport().findChild(DayEdit)
    assert editor is not None and [each.text() for each in editor.actions()] == ["Choose a day"]
    assert ("Alt+Down", "Calendar") in [tuple(each)[:2] for each in grid.page.hints() if isinstance(each, Hint)]
    editor.actions()[0].trigger()
    assert popup_calendar().selectedDate() == QDate(2026, 11, 12)
    popup_calendar().window().close()


def test_a_day_of_the_panel_and_of_a_form_is_chosen_too(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.set("lead", leads[:1], {"mql_on": "2026-11-03"})
    grid.page.chosen.open()
    details = grid.page.panel.body.details
    details.edit("mql_on")
    details.editor.choose()
    assert popup_calendar().selectedDate() == QDate(2026, 11, 3)
    popup_calendar().activated.emit(QDate(2026, 11, 5))
    QApplication.processEvents()
    assert str(services.records.show("lead", leads[0]).values["mql_on"]) == "2026-11-05"
    grid.page.deeds.recycle()
    day = grid.page.deeds.dialog.editors["return_on"]
    assert isinstance(day, DayEdit)
    day.choose()
    popup_calendar().activated.emit(QDate(2027, 1, 5))
    assert day.text() == "5 Jan 2027"
