"""A day: typed, or chosen from the calendar that opens below."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.errors import UserError
from crm_desktop.gui import format, icons
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.calendar import asks_for_calendar
from crm_desktop.gui.widgets.value_line import LineEdit, Parse

ChooseDay = Callable[[QWidget, QDate | None, Callable[[QDate], object]], object]
"""Opens a calendar below a field, at a day if there is one; answers the day that is chosen."""


class DayEdit(LineEdit):
    """The editor; `chosen` comes when a day of the calendar was chosen."""

    chosen = Signal()

    def __init__(self, theme: ThemeManager, parse: Parse, text: str, choose: ChooseDay, parent: QWidget) -> None:
        super().__init__(theme, parse, text, parent)
        self._choose = choose
        place = QLineEdit.ActionPosition.TrailingPosition
        button = self.addAction(icons.icon("calendar", theme.current, "textSecondary"), place)
        button.setText(self.tr("Choose a day"))
        button.triggered.connect(self.choose)

    def event(self, event: QEvent) -> bool:
        if not asks_for_calendar(event):
            return super().event(event)
        if event.type() is QEvent.Type.KeyPress:
            self.choose()
        return True

    def choose(self) -> None:
        """Open the calendar at the day that is typed; left with Esc everything stays as it is."""
        self._choose(self, self._shown(), self._take)

    def _shown(self) -> QDate | None:
        try:
            day: Any = self._parse(self.text())
        except UserError:
            return None
        return None if day is None else QDate(day.year, day.month, day.day)

    def _take(self, day: QDate) -> None:
        self.setText(format.edited_day(date(day.year(), day.month(), day.day())))
        self.accept()
        self.chosen.emit()
