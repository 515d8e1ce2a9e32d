"""Editors for one value of a record. What is typed is checked before it is let go; the complaint stands below."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Ref
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.day_edit import ChooseDay, DayEdit
from crm_desktop.gui.widgets.offers import Offers
from crm_desktop.gui.widgets.ticks_edit import TicksEdit
from crm_desktop.gui.widgets.value_line import Complaint, LineEdit, Parse, keeps_key, read

__all__ = ["NEW", "ChoiceEdit", "Complaint", "DayEdit", "Editor", "Find", "LineEdit", "LinkEdit", "NoteEdit",
           "TicksEdit", "Wording", "filled", "make_editor", "makes_line"]  # fmt: skip

Find = Callable[[str, Callable[[list[Ref]], object]], object]
NOTE_HEIGHT = 76
NEW = 0
"""The number of a record that is yet to be added."""
_LONG = 10_000


class ChoiceEdit(QComboBox):
    """One of a few values."""

    def __init__(self, choices: list[tuple[str, Any]], held: Any, parent: QWidget) -> None:
        super().__init__(parent)
        for words, value in choices:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(held)))
        self.view().installEventFilter(self)

    def event(self, event: QEvent) -> bool:
        return keeps_key(event) or super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab in the open list takes the line it is at and goes on; Qt would hold it back."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if event.type() == QEvent.Type.KeyPress:
                self.setCurrentIndex(self.view().currentIndex().row())
                self.hidePopup()
                QCoreApplication.postEvent(self, event.clone())
            return True
        return super().eventFilter(watched, event)

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self.currentData()

    def accept(self) -> bool:
        """A choice is always a value."""
        return True


class LinkEdit(LineEdit):
    """Another record, found by the words of its name. `find` answers records to choose from, later.

    With `adds` a name that is not known yet can be chosen too: its record has the number NEW.
    """

    adds = False

    def __init__(self, theme: ThemeManager, held: Ref | None, find: Find, parent: QWidget) -> None:
        super().__init__(theme, self._read, str(held or ""), parent)
        self._find = find
        self._known: dict[str, Ref] = {str(held): held} if held is not None else {}
        self._names = QStringListModel(self)
        completer = self._found = Offers(self, self._names, inside=True)
        self._adding = ""  # the name that the last line of the list would add
        # Later, for Qt writes the line that was chosen into the field.
        completer.activated.connect(self._chosen, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self.editingFinished.connect(lambda: self._chosen(self.text()))  # arrow and Tab only write the line there
        self._pause = QTimer(self, interval=150, singleShot=True)
        self._pause.timeout.connect(lambda: self._find(self.text(), self.offer))
        self.textEdited.connect(lambda: self._pause.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._found.view.isVisible():
            self._find(self.text() if self.isModified() else "", self.offer)
        else:
            super().keyPressEvent(event)

    def offer(self, found: list[Ref]) -> None:
        """Show these records to choose from."""
        self._known |= {ref.name: ref for ref in found}
        names = [ref.name for ref in found]
        typed = self.text().strip()
        known = typed.casefold() in (name.casefold() for name in self._known)
        self._adding = typed if self.adds and not known else ""
        self._names.setStringList([*names, *([self._adding_words()] if self._adding else [])])
        if self.hasFocus() and self._names.stringList():
            self._found.complete()

    def _adding_words(self) -> str:
        return self.tr("Add “%1”").replace("%1", self._adding)

    def _chosen(self, words: str) -> None:
        if self._adding and words == self._adding_words():
            self._known[self._adding] = Ref(NEW, self._adding)
            self.setText(self._adding)
            self.complaint.say("")

    def _read(self, text: str) -> Ref | None:
        self._chosen(text)
        wanted = self.text().strip()
        if not wanted:
            return None
        for name, ref in self._known.items():
            if name.casefold() == wanted.casefold():
                return ref
        if self.adds:
            self._find(wanted, self.offer)
            raise UserError(self.tr("“%1” is not known yet: choose it from the list to add it.").replace("%1", wanted))
        raise UserError(self.tr("Choose one from the list."))


def makes_line(event: QKeyEvent) -> bool:
    """Whether a key makes a new line, as in spreadsheets: Enter with Alt or Shift."""
    with_them = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(with_them)


class NoteEdit(QPlainTextEdit):
    """Text of several lines."""

    def __init__(self, theme: ThemeManager, parse: Parse, held: str | None, parent: QWidget) -> None:
        super().__init__(held or "", parent)
        self._parse = parse
        self.value: Any = held
        self.complaint = Complaint(self)
        self.destroyed.connect(self.complaint.deleteLater)
        self._refused = ""
        self.textChanged.connect(self._changed)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.current.px(NOTE_HEIGHT))

    def event(self, event: QEvent) -> bool:
        return keeps_key(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if makes_line(event):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A text that no value can be is not taken in at all: of a word of a million letters the window would stop."""
        if len(source.text()) < _LONG or read(self._parse, source.text(), self.complaint):
            super().insertFromMimeData(source)

    def accept(self) -> bool:
        """Whether the text is a value, which then is in `value`."""
        self._refused = self.toPlainText()
        found = read(self._parse, self._refused.strip(), self.complaint)
        self.value = found[0] if found else self.value
        return bool(found)

    def _changed(self) -> None:
        # Said too when only the colour of its frame changes.
        if self.toPlainText() != self._refused:
            self.complaint.say("")


Editor = LineEdit | ChoiceEdit | NoteEdit


def filled(editor: Editor) -> bool:
    """Whether anything stands in an editor, be it a value or not."""
    if isinstance(editor, ChoiceEdit):
        return editor.value is not None
    return bool((editor.toPlainText() if isinstance(editor, NoteEdit) else editor.text()).strip())


class Wording(NamedTuple):
    """How the values of a field are read from text, what the codes of a choice are called, how records are found.

    `currency` is the one that is meant where none is typed; `choose_day` opens the calendar of a date.
    """

    parse: Parse
    name: Callable[[str], str] = str
    find: Find | None = None
    currency: str = ""
    choose_day: ChooseDay | None = None


def make_editor(theme: ThemeManager, field: Field, held: Any, wording: Wording, parent: QWidget) -> Editor:
    """The editor for a field, with the value that is held."""
    if field.type is FieldType.LINK and wording.find is not None:
        return LinkEdit(theme, held, wording.find, parent)
    if field.type is FieldType.YES_NO:
        return ChoiceEdit([(format.typed(field, known), known) for known in (True, False)], bool(held), parent)
    if field.type is FieldType.CHOICE and field.multi:
        words = [(wording.name(code), code) for code in field.choices]
        return TicksEdit(theme, words, held or (), wording.parse, parent)
    if field.type is FieldType.CHOICE:
        # What a record holds may no longer be one of the choices.
        codes = field.choices if not held or held in field.choices else (*field.choices, held)
        empty = [] if held and field.required else [("", None)]
        return ChoiceEdit(empty + [(wording.name(code), code) for code in codes], held, parent)
    if field.type is FieldType.LONG_TEXT:
        return NoteEdit(theme, wording.parse, held, parent)
    named = wording.name(held) if held and field.type is FieldType.TEXT and not field.multi else held
    shown = format.edited(field, named, wording.currency)

    def read_back(text: str) -> Any:
        # What was not touched stays exactly what it is, as the seconds of an instant.
        return held if text and text == shown else wording.parse(text)

    if field.type is FieldType.DATE and wording.choose_day is not None:
        return DayEdit(theme, read_back, shown, wording.choose_day, parent)
    return LineEdit(theme, read_back, shown, parent)
