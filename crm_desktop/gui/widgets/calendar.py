"""A calendar to choose a day from, in our colours."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from crm_desktop.gui import icons
from crm_desktop.gui.theme import ThemeManager

_STEPS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class Calendar(QCalendarWidget):
    """Weekends are muted, for red says that something is wrong; the arrows are ours."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setAccessibleName(self.tr("Choose a day"))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        theme, weekend = self._theme.current, QTextCharFormat()
        weekend.setForeground(theme.color("textMuted"))
        for day in _WEEKEND:
            self.setWeekdayTextFormat(day, weekend)
        for name, glyph in _STEPS.items():
            for button in self.findChildren(QToolButton, name):
                button.setIcon(icons.icon(glyph, theme, "text"))
                button.setIconSize(QSize(theme.px(16), theme.px(16)))
