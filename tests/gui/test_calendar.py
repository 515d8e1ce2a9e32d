"""The calendar wears the colours of the theme."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.calendar import Calendar


@pytest.mark.parametrize("before", ["light", "dark"])
def test_weekends_are_muted_and_arrows_are_ours_in_both_themes(theme: ThemeManager, qtbot: Any, before: str) -> None:
    theme.apply(before, 100)
    parent = QWidget()
    qtbot.addWidget(parent)
    calendar = Calendar(theme, parent)
    for name in ("light", "dark"):
        theme.apply(name, 100)
        colour = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
        assert colour == theme.current.color("textMuted")
        arrows = [button for button in calendar.findChildren(QToolButton) if "month" in button.objectName()]
        assert arrows and calendar.accessibleName() == "Choose a day"
