"""The bar over the list: whose history it is and until when, and the day to choose."""

from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QDateEdit, QWidget

from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.widgets.calendar import give_calendar
from crm_desktop.gui.widgets.filter_bar import Condition, FilterBar
from crm_desktop.gui.widgets.text import label

RECORD, DAY = "record", "day"


class ScopeBar(FilterBar):
    """`removed` carries RECORD or DAY, `chosen` a date."""

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._clock = context.clock
        self.add_chip.hide()
        edit = self.day_edit = self.after = QDateEdit(self)
        give_calendar(context, edit)
        edit.setDisplayFormat("d MMM yyyy")
        edit.setKeyboardTracking(False)
        edit.setAccessibleName(self.tr("Show it as of the end of this day"))
        self.show_day(None)
        edit.dateChanged.connect(lambda day: self.chosen.emit(date(day.year(), day.month(), day.day())))
        self.add_widget(label(self.tr("As of"), "small", "secondary"))
        self.add_widget(edit)

    def show_day(self, day: date | None) -> None:
        """Stand on this day, without one on today."""
        shown = day or self._clock.today()
        with QSignalBlocker(self.day_edit):
            self.day_edit.setDate(QDate(shown.year, shown.month, shown.day))

    def tell(self, whose: str, day: date | None) -> None:
        """Say whose history is listed, empty for all, and until when."""
        found = [Condition(RECORD, whose)] if whose else []
        if day is not None:
            found.append(Condition(DAY, self.tr("Until %1").replace("%1", format.full_day(day))))
        self.set_conditions(found)
        self.set_summary("" if found else self.tr("Everything, the newest first"))
