"""Editors for the values of a condition. Each reads what it holds, or says what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import category

from PySide6.QtCore import QDate, QEvent, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Ref, Scalar, Span
from crm_desktop.domain.filter_values import number, typed
from crm_desktop.domain.money import Money
from crm_desktop.errors import UserError
from crm_desktop.gui import format, icons
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.forms import pad
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.comparisons import DATES, Asks, Comparison
from crm_desktop.gui.records.filter_words import FilterWords
from crm_desktop.gui.records.known_names import UNKNOWN
from crm_desktop.gui.records.record_form import value_editor
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.calendar import asks_for_calendar, choose_day
from crm_desktop.gui.widgets.offers import Offers
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.text import inset, label
from crm_desktop.gui.widgets.ticks_edit import TickList

MOST_DAYS = 9_999
USUAL_DAYS = 30
LISTED = 200
NUMBERS = (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY)
_NUMBER = Field("number", FieldType.NUMBER)
_AMOUNT = Field("amount", FieldType.MONEY)


@dataclass(frozen=True)
class Asked:
    """The field that values are asked for: its path from `kind`, whose it is, what it is, how its values are said."""

    context: AppContext
    kind: str
    path: str
    owner: str
    field: Field
    words: FilterWords


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


class DaysBox(ValueBox):
    """A number of days."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.spin = QSpinBox(self)
        inset(self.spin)
        self.spin.setRange(1, MOST_DAYS)
        self.spin.setValue(USUAL_DAYS)
        self.spin.setAccessibleName(self.tr("Days"))
        pad(self.spin)
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


class TicksBox(ValueBox):
    """Several values, ticked in a list that opens below; of text others can be added."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._asked = asked
        self._ticked: list[str] = []
        self._listed = list(asked.field.choices)
        self.button = Button(asked.context.theme, self, kind="secondary")
        self.button.clicked.connect(self.choose)
        self.row.addWidget(self.button, 1)
        self.setFocusProxy(self.button)
        self._tell()
        if asked.field.type is not FieldType.CHOICE:
            in_use(asked, self._listed.extend, self.button)

    def choose(self) -> None:
        """Open the list."""
        asked = self._asked
        popover = Popover(asked.context.theme, self, self.tr("Values"))
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        codes = list(dict.fromkeys([*self._ticked, *self._listed]))
        ticks = TickList(asked.context.theme, [(self._said(code), code) for code in codes], self._ticked)
        ticks.setAccessibleName(self.tr("Values"))
        ticks.itemChanged.connect(lambda _item: self._choose(list(ticks.ticked)))
        ticks.done.connect(popover.close)
        popover.body.addWidget(ticks)
        if asked.field.type is not FieldType.CHOICE:
            self._add_other(popover)
        popover.open_at(self.button)
        ticks.setFocus()

    def _add_other(self, popover: Popover) -> None:
        other = QLineEdit(popover)
        other.setAccessibleName(self.tr("Another value"))
        other.setPlaceholderText(self.tr("Another value"))

        def add() -> None:
            if other.text().strip():
                self._choose(list(dict.fromkeys([*self._ticked, other.text().strip()])))
            popover.close()

        other.returnPressed.connect(add)
        popover.body.addWidget(other)

    def _choose(self, ticked: list[str]) -> None:
        self._ticked = ticked
        self._tell()
        self.changed.emit()

    def _said(self, code: str) -> str:
        return self._asked.words.value(self._asked.kind, self._asked.path, code)

    def _tell(self) -> None:
        words = ", ".join(map(self._said, self._ticked)) or self.tr("Choose…")
        self.button.setText(words.replace("&", "&&"))
        self.button.setToolTip(words)
        self.button.setAccessibleName(self.tr("Values: %1").replace("%1", words))

    def values(self) -> tuple[Scalar, ...]:
        if not self._ticked:
            raise UserError(self.tr("Choose at least one value."))
        return tuple(self._ticked)

    def show_values(self, values: Sequence[Scalar]) -> None:
        self._ticked = [str(value) for value in values]
        self._tell()


class LinkBox(ValueBox):
    """Another record, found by the words of its name."""

    def __init__(self, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._asked = asked
        self._editor: Any = None
        self._shown: tuple[Scalar, ...] = ()
        self._hold(None)
        asked.words.names.learned.connect(self._learn)

    def _learn(self) -> None:
        """The record was shown before its name was known."""
        if self._editor.text() == UNKNOWN:
            self.show_values(self._shown)

    def _hold(self, held: Ref | None) -> None:
        if self._editor is not None:
            self._editor.deleteLater()
        single = replace(self._asked.field, multi=False)
        self._editor = value_editor(self._asked.context, self._asked.owner, single, held, self)
        self._editor.setAccessibleName(self.tr("Record"))
        self._editor.textEdited.connect(lambda _text: self.changed.emit())
        if self._editor.completer() is not None:
            self._editor.completer().activated.connect(lambda _text: self.changed.emit())
        self._editor.setProperty("kind", "")
        self.row.addWidget(self._editor, 1)
        self.setFocusProxy(self._editor)

    def values(self) -> tuple[Scalar, ...]:
        if not self._editor.text().strip():
            raise UserError(self.tr("A value is missing."))
        if not self._editor.accept():
            # Said by the row once somebody wants to apply it, not while one types.
            said = self._editor.complaint.text()
            self._editor.complaint.say("")
            raise UserError(said)
        return (self._editor.value.id,)

    def show_values(self, values: Sequence[Scalar]) -> None:
        self._shown = tuple(values)
        number = values[0]
        if isinstance(number, int):
            words = self._asked.words.value(self._asked.kind, self._asked.path, number)
            self._hold(Ref(number, words))


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


SPANS = tuple(Span(unit, offset) for unit in ("week", "month", "quarter", "year") for offset in (0, -1, 1))


def value_box(asked: Asked, comparison: Comparison, values: Sequence[Scalar], parent: QWidget) -> ValueBox:
    """The editor for the values of a comparison, holding these."""
    made = _made(asked, comparison, values, parent)
    if values:
        made.show_values(values)
    return made


def _made(asked: Asked, comparison: Comparison, values: Sequence[Scalar], parent: QWidget) -> ValueBox:
    field = asked.field
    match comparison.asks:
        case Asks.NOTHING:
            return NoBox(parent, not comparison.negated)
        case Asks.LAST_DAYS | Asks.NEXT_DAYS:
            return DaysBox(parent)
        case Asks.SPAN:
            return ListBox(parent, asked, SPANS)
        case Asks.TWO:
            return TwoBox(parent, asked)
        case Asks.SEVERAL:
            ticked = field.type is FieldType.CHOICE or field.type.textual
            return TicksBox(parent, asked) if ticked and _texts(values) else SaidBox(parent, asked)
    if field.type is FieldType.YES_NO:
        return ListBox(parent, asked, (True, False))
    if field.type is FieldType.LINK and comparison.op is not comparison.op.CONTAINS and not _texts(values[:1] or (0,)):
        return LinkBox(parent, asked)
    return LineBox(parent, asked, tr("Value"))


def _texts(values: Sequence[Scalar]) -> bool:
    return all(isinstance(value, str) for value in values)


def said_value(field: Field, value: Scalar) -> str:
    """A value as one types it; `read_value` reads it back."""
    if isinstance(value, Money):
        return format.edited(_AMOUNT, value)
    if field.type in NUMBERS:
        try:
            # A view keeps numbers with decimals as text.
            return format.edited(_NUMBER, Decimal(str(value)))
        except InvalidOperation:
            return str(value)
    if field.type is FieldType.INSTANT and isinstance(value, str):
        value = kept_instant(value)
    if isinstance(value, datetime):
        # As the clock on the wall shows it, for so it is read back.
        return format.local(value).replace(tzinfo=None).isoformat(" ")
    return value if isinstance(value, str) else typed(value)


def kept_instant(text: str) -> Scalar:
    """An instant as it is kept in a saved view; what is none stays as it is."""
    try:
        return datetime.fromisoformat(text) if "T" in text else text
    except ValueError:
        return text


def read_value(asked: Asked, text: str) -> Scalar:
    """What is typed for a field, in the typed form of filters or as people write it."""
    field = asked.field
    if field.type.textual or field.type is FieldType.LINK:
        return text
    if field.type in NUMBERS:
        return _read_number(asked, text)
    try:
        return asked.context.services.lists.value(asked.owner, field, text)
    except UserError as error:
        services = asked.context.services
        try:
            value = services.values.parse(replace(field, multi=False, required=False), text)
        except UserError:
            raise error from None
    return str(value) if field.type is FieldType.ANNIVERSARY else value


def _read_number(asked: Asked, text: str) -> Scalar:
    """A number as cells read it; an amount without a currency is one in any."""
    values = asked.context.services.values
    if asked.field.type is FieldType.MONEY and any(sign.isalpha() or category(sign) == "Sc" for sign in text):
        return values.parse(_AMOUNT, text)  # type: ignore[no-any-return]
    return number(typed(values.parse(_NUMBER, text)))


def in_use(asked: Asked, answer: Callable[[list[str]], object], owner: QWidget) -> None:
    """Look up the values that a text field has."""
    services = asked.context.services
    asked.context.jobs.read(
        lambda _progress: services.lists.values_in_use(asked.owner, asked.field.name, LISTED), answer, owner=owner
    )


