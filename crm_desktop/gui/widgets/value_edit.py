"""Editors for one value of a record. What is typed is checked before it is let go; the complaint stands below."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QStringListModel, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QPlainTextEdit, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import Ref
from crm_desktop.errors import UserError
from crm_desktop.gui import format
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.text import set_tone

Parse = Callable[[str], Any]
Find = Callable[[str, Callable[[list[Ref]], object]], object]


class Complaint(QLabel):
    """What is wrong with a value, just below its editor."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor.window())
        self._editor = editor
        self.setProperty("role", "complaint")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; hide without one."""
        if self.parentWidget() is not self._editor.window():
            # The editor may have been made before its page came into the window.
            self.setParent(self._editor.window())
        self.setText(sentence)
        set_tone(self._editor, "wrong", "true" if sentence else "false")
        self._editor.setAccessibleDescription(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self.adjustSize()
            below = self._editor.mapTo(self.window(), QPoint(0, self._editor.height() + 2))
            self.move(max(0, min(below.x(), self.window().width() - self.width() - 4)), below.y())
            self.raise_()
            announce(self._editor, sentence)


def _keeps_key(event: QEvent) -> bool:
    """Keys typed into an editor are its own, also those that are commands of the view around it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if plain:
        event.accept()
    return plain


class LineEdit(QLineEdit):
    """Any value as text; `accept` reads it or says why it cannot."""

    def __init__(self, theme: ThemeManager, parse: Parse, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._parse = parse
        self.value: Any = None
        self.complaint = Complaint(self)
        self.destroyed.connect(self.complaint.deleteLater)
        self.textEdited.connect(lambda: self.complaint.say(""))
        self.setProperty("kind", "cell")

    def accept(self) -> bool:
        """Whether the text is a value, which then is in `value`."""
        try:
            self.value = self._parse(self.text())
        except UserError as error:
            self.complaint.say(error.sentence)
            return False
        self.complaint.say("")
        return True

    def event(self, event: QEvent) -> bool:
        # Editors of cells are deleted later; their complaint must not outlive the look of them.
        if event.type() == QEvent.Type.DeferredDelete:
            self.complaint.hide()
        return _keeps_key(event) or super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.complaint.hide()
        super().hideEvent(event)


class ChoiceEdit(QComboBox):
    """One of a few values."""

    def __init__(self, choices: list[tuple[str, Any]], held: Any, parent: QWidget) -> None:
        super().__init__(parent)
        for words, value in choices:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(held)))

    def event(self, event: QEvent) -> bool:
        return _keeps_key(event) or super().event(event)

    @property
    def value(self) -> Any:
        """What is chosen."""
        return self.currentData()

    def accept(self) -> bool:
        """A choice is always a value."""
        return True


class LinkEdit(LineEdit):
    """Another record, found by the words of its name. `find` answers records to choose from, later."""

    def __init__(self, theme: ThemeManager, held: Ref | None, find: Find, parent: QWidget) -> None:
        super().__init__(theme, self._read, str(held or ""), parent)
        self._find = find
        self._known: dict[str, Ref] = {str(held): held} if held is not None else {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self._pause = QTimer(self, interval=150, singleShot=True)
        self._pause.timeout.connect(lambda: self._find(self.text(), self.offer))
        self.textEdited.connect(lambda: self._pause.start())

    def offer(self, found: list[Ref]) -> None:
        """Show these records to choose from."""
        self._known |= {ref.name: ref for ref in found}
        self._names.setStringList([ref.name for ref in found])
        if self.hasFocus() and found:
            self.completer().complete()

    def _read(self, text: str) -> Ref | None:
        wanted = text.strip()
        if not wanted:
            return None
        for name, ref in self._known.items():
            if name.casefold() == wanted.casefold():
                return ref
        raise UserError(self.tr("Choose one from the list."))


class NoteEdit(QPlainTextEdit):
    """Text of several lines; any text is a value."""

    def __init__(self, theme: ThemeManager, held: str | None, parent: QWidget) -> None:
        super().__init__(held or "", parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.current.px(76))

    def event(self, event: QEvent) -> bool:
        return _keeps_key(event) or super().event(event)

    @property
    def value(self) -> str | None:
        """The text, or None without any."""
        return self.toPlainText().strip() or None

    def accept(self) -> bool:
        """A note is always a value."""
        return True


Editor = LineEdit | ChoiceEdit | NoteEdit


class Wording(NamedTuple):
    """How the values of a field are read from text, and what the codes of a choice are called."""

    parse: Parse
    name: Callable[[str], str] = str


def make_editor(theme: ThemeManager, field: Field, held: Any, wording: Wording, parent: QWidget) -> Editor:
    """The editor for a field, with the value that is held."""
    if field.type is FieldType.YES_NO:
        return ChoiceEdit([(format.typed(field, known), known) for known in (True, False)], bool(held), parent)
    if field.type is FieldType.CHOICE:
        empty = [] if held and field.required else [("", None)]
        return ChoiceEdit(empty + [(wording.name(code), code) for code in field.choices], held, parent)
    if field.type is FieldType.LONG_TEXT:
        return NoteEdit(theme, held, parent)
    return LineEdit(theme, wording.parse, format.typed(field, held), parent)
