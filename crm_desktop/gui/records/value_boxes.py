"""Editors for the values of a condition. Each reads what it holds, or says what is wrong with it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Scalar
from crm_desktop.errors import UserError
from crm_desktop.gui import icons
from crm_desktop.gui.forms import pad
from crm_desktop.gui.records.comparisons import DATES
from crm_desktop.gui.records.filter_values import Asked, in_use, read_value, said_value
from crm_desktop.gui.widgets.calendar import asks_for_calendar, choose_day
from crm_desktop.gui.widgets.offers import Offers
from crm_desktop.gui.widgets.text import inset, label

MOST_DAYS = 9_999
USUAL_DAYS = 30


class ValueBox(QWidget):
    """Base: `changed` comes with each edit by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)

    def values(self) -> tuple[Scalar, ...]:
        """What it holds; UserError with the sentence to say."""
        return ()

    def show_values(self, values: Sequence[Scalar]) -> None:
        """Hold these."""


class NoBox(ValueBox):
    """Where nothing is asked for: whether the field is empty is all there is to say."""

    def __init__(self, parent: QWidget, wanted: bool) -> None:
        super().__init__(parent)
        self._wanted = wanted

    def values(self) -> tuple[Scalar, ...]:
        return (self._wanted,)


class DaysSpin(QSpinBox):
    """A number of days, typed or stepped through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        inset(self)
        self.setRange(1, MOST_DAYS)
        self.setValue(USUAL_DAYS)
        self.setAccessibleName(self.tr("Days"))
        pad(self)


class DaysBox(ValueBox):
    """A number of days."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.spin = DaysSpin(self)
        self.spin.valueChanged.connect(lambda _days: self.changed.emit())
        self.row.addWidget(self.spin)
        self.row.addWidget(label(self.tr("days"), tone="secondary"))
        self.row.addStretch(1)
        self.setFocusProxy(self.spin)

    def values(self) -> tuple[Scalar, ...]:
        return (self.spin.value(),)

    def show_values(self, values: Sequence[Scalar]) -> None:
        self.spin.setValue(int(str(values[0])))


class ListBox(ValueBox):
    """One of a few values."""

    def __init__(self, parent: QWidget, asked: Asked, values: Sequence[Scalar]) -> None:
        super().__init__(parent)
        self._asked = asked
        self._known: list[Scalar] = []
        self.box = QComboBox(self)
        self.box.setAccessibleName(self.tr("Value"))
        for value in values:
            self._add(value)
        self.box.activated.connect(lambda _row: self.changed.emit())
        self.row.addWidget(self.box, 1)
        self.setFocusProxy(self.box)

    def _add(self, value: Scalar) -> None:
        words = self._asked.words.value(self._asked.kind, self._asked.path, value)
        self._known.append(value)
        self.box.addItem(words[:1].upper() + words[1:])

    def values(self) -> tuple[Scalar, ...]:
        return (self._known[self.box.currentIndex()],)

    def show_values(self, values: Sequence[Scalar]) -> None:
        if values[0] not in self._known:
            self._add(values[0])
        self.box.setCurrentIndex(self._known.index(values[0]))


class LineBox(ValueBox):
    """A value as it is typed; of text with the values that are in use to complete it."""

    _dated = False  # Qt sends it events before it is made whole

    def __init__(self, parent: QWidget, asked: Asked, name: str) -> None:
        super().__init__(parent)
        self._asked = asked
        self._dated = asked.field.type in (*DATES, FieldType.ANNIVERSARY)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        if self._dated:
            self.line.setPlaceholderText(self.tr("20 Nov, today, -60d"))
            self._add_calendar()
        elif asked.field.type.textual:
            in_use(asked, self._offer, self.line)

    def _offer(self, used: list[str]) -> None:
        names = Offers(self.line, QStringListModel(used, self.line), inside=True)
        self.line.setCompleter(names)
        names.activated.connect(lambda _text: self.changed.emit())

    def _add_calendar(self) -> None:
        theme = self._asked.context.theme.current
        action = self.line.addAction(
            icons.icon("calendar", theme, "textSecondary"), QLineEdit.ActionPosition.TrailingPosition
        )
        action.setText(self.tr("Choose a day"))
        action.triggered.connect(self._choose_day)

    def event(self, event: QEvent) -> bool:
        if self._dated and asks_for_calendar(event):
            if event.type() is QEvent.Type.KeyPress:
                self._choose_day()
            return True
        return super().event(event)

    def _choose_day(self) -> None:
        def chosen(day: QDate) -> None:
            self.line.setText(day.toString(Qt.DateFormat.ISODate))
            self.changed.emit()

        choose_day(self._asked.context, self.line, self._shown_day(), chosen)

    def _shown_day(self) -> QDate:
        today = self._asked.context.clock.today()
        try:
            value = self.values()[0]
        except UserError:
            value = today
        day = value if isinstance(value, date) else today
        return QDate(day.year, day.month, day.day)

    def values(self) -> tuple[Scalar, ...]:
        text = self.line.text().strip()
        if not text:
            raise UserError(self.tr("A value is missing."))
        return (read_value(self._asked, text),)

    def show_values(self, values: Sequence[Scalar]) -> None:
        self.line.setText(said_value(self._asked.field, values[0]))


class TwoBox(ValueBox):
    """From a value to another."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self.low = LineBox(self, asked, self.tr("From"))
        self.high = LineBox(self, asked, self.tr("To"))
        self.row.addWidget(self.low, 1)
        self.row.addWidget(label(self.tr("to"), tone="secondary"))
        self.row.addWidget(self.high, 1)
        self.low.changed.connect(self.changed)
        self.high.changed.connect(self.changed)
        self.setFocusProxy(self.low)

    def values(self) -> tuple[Scalar, ...]:
        return (*self.low.values(), *self.high.values())

    def show_values(self, values: Sequence[Scalar]) -> None:
        self.low.show_values(values[:1])
        self.high.show_values(values[1:])


class WordsBox(ValueBox):
    """Words to search for."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.line = QLineEdit(text, self)
        self.line.setAccessibleName(self.tr("Words"))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)

    def values(self) -> tuple[Scalar, ...]:
        if not self.line.text().strip():
            raise UserError(self.tr("Words are missing."))
        return (self.line.text().strip(),)


class SaidBox(ValueBox):
    """Values that no editor holds: said as they are, and kept until another comparison is chosen."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._asked = asked
        self._held: tuple[Scalar, ...] = ()
        self._label = label(tone="secondary")
        self.row.addWidget(self._label, 1)
        asked.words.names.learned.connect(self._tell)

    def values(self) -> tuple[Scalar, ...]:
        return self._held

    def show_values(self, values: Sequence[Scalar]) -> None:
        self._held = tuple(values)
        self._tell()

    def _tell(self) -> None:
        said = [self._asked.words.value(self._asked.kind, self._asked.path, value) for value in self._held]
        self._label.setText(", ".join(said))
