"""The chip that shows and changes the period."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QMenu, QWidget

from crm_desktop.domain.periods import Period
from crm_desktop.gui.charts.words import period_long
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.analytics.span import ALL, CUSTOM, THIS_YEAR, YEAR, Span
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.calendar import give_calendar
from crm_desktop.gui.widgets.menu import Menu


class PeriodDialog(Form, QDialog):
    """Asks for the first and the last day."""

    ui = "period"
    start_edit: QDateEdit
    end_edit: QDateEdit
    cancel_button: Button
    show_button: Button

    def __init__(self, context: AppContext, period: Period, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        for edit, day in ((self.start_edit, period.start), (self.end_edit, period.end)):
            give_calendar(context, edit)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.dateChanged.connect(self._check)
        self.cancel_button.clicked.connect(self.reject)
        self.show_button.clicked.connect(self.accept)
        self._check()

    @property
    def period(self) -> Period:
        """What was chosen."""
        start, end = (edit.date() for edit in (self.start_edit, self.end_edit))
        return Period(date(start.year(), start.month(), start.day()), date(end.year(), end.month(), end.day()))

    def _check(self) -> None:
        right = self.start_edit.date() <= self.end_edit.date()
        self.show_button.setEnabled(right)
        self.show_button.setToolTip("" if right else self.tr("The last day lies before the first."))


class PeriodChip(Button):
    """A pill with a menu. `chosen` carries the new Span."""

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, glyph="calendar-range", kind="pill")
        self._context = context
        self.span = Span.chosen(YEAR, context.clock.today())
        self.clicked.connect(self.open_menu)
        self.show_span(self.span)

    def renew(self) -> None:
        """Let the choice mean the days that it means today."""
        if self.span.choice != CUSTOM:
            self.show_span(Span.chosen(self.span.choice, self._context.clock.today()))

    def show_span(self, span: Span) -> None:
        """Say which days are shown."""
        self.span = span
        words = self._words().get(span.choice) or period_long(span.period)
        self.setText(words)
        self.setAccessibleName(self.tr("Period: %1").replace("%1", words))

    def open_menu(self) -> None:
        """Offer the choices."""
        menu = self.make_menu()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def make_menu(self) -> QMenu:
        """The choices, that of now ticked."""
        menu, today = Menu(self), self._context.clock.today()
        for choice, words in self._words().items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(choice == self.span.choice)
            action.triggered.connect(lambda _=False, c=choice: self.chosen.emit(Span.chosen(c, today)))
        menu.addSeparator()
        menu.addAction(self.tr("Choose days ...")).triggered.connect(self._ask)
        return menu

    def _words(self) -> dict[str, str]:
        return {
            YEAR: self.tr("Last 12 months"),
            THIS_YEAR: self.tr("This year"),
            ALL: self.tr("Everything"),
        }

    def _ask(self) -> None:
        period = self.span.period or Span.chosen(YEAR, self._context.clock.today()).period
        assert period is not None
        dialog = PeriodDialog(self._context, period, self)
        dialog.accepted.connect(lambda: self.chosen.emit(Span(CUSTOM, dialog.period)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
