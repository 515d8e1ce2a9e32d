"""The calendar wears the colours of the theme, begins its weeks as set, and is worked by keys alone."""

from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QDateEdit, QToolButton, QVBoxLayout, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.calendar import Calendar, give_calendar

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
