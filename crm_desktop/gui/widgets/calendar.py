"""A calendar to choose a day from, in our colours, and the keys that open it."""

from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QStyle, QStyleOptionComboBox, QToolButton, QWidget

from crm_desktop.gui import icons
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.popover import Popover

_STEPS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class Calendar(QCalendarWidget):
    """Weekends are muted, for red says that something is wrong; weeks begin as the settings say."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme = context.theme
        self.setFirstDayOfWeek(Qt.DayOfWeek(context.settings_store.current.first_weekday + 1))
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


def choose_day(context: AppContext, anchor: QWidget, shown: QDate | None, chosen: Callable[[QDate], object]) -> None:
    """Open a calendar below a field, at a day or at today; `chosen` hears of the day, of none after Esc."""
    popover = Popover(context.theme, anchor, "")
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calendar = Calendar(context, popover)
    popover.setAccessibleName(calendar.accessibleName())
    today = context.clock.today()
    calendar.setSelectedDate(shown or QDate(today.year, today.month, today.day))

    def take(day: QDate) -> None:
        popover.close()
        chosen(day)

    calendar.activated.connect(take)
    calendar.clicked.connect(take)
    popover.body.addWidget(calendar)
    popover.open_at(anchor)
    calendar.setFocus()


_KEYS = ((Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down), (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F4))


def asks_for_calendar(event: QEvent) -> bool:
    """Whether a key opens the calendar of a field, as it opens any other list; it is the field's then."""
    if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
        return False
    asked = (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())) in _KEYS
    if asked:
        event.accept()
    return asked


def give_calendar(context: AppContext, edit: QDateEdit) -> None:
    """Let a field for a day open a calendar, by its arrow or by keys; that of Qt opens by the arrow alone."""
    edit.setCalendarPopup(True)
    edit.installEventFilter(_Opening(context, edit))


class _Opening(QObject):
    def __init__(self, context: AppContext, edit: QDateEdit) -> None:
        super().__init__(edit)
        self._context = context
        self._edit = edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        asked = asks_for_calendar(event) or self._arrow_pressed(event)
        if asked and event.type() is not QEvent.Type.ShortcutOverride:
            choose_day(self._context, self._edit, self._edit.date(), self._edit.setDate)
        return asked

    def _arrow_pressed(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.MouseButtonPress or not isinstance(event, QMouseEvent):
            return False
        option = QStyleOptionComboBox()
        option.initFrom(self._edit)
        option.editable = True
        whole, arrow = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxArrow
        return self._edit.style().subControlRect(whole, option, arrow, self._edit).contains(event.position().toPoint())
