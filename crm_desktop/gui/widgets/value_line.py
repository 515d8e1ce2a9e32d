"""One value as a line of text. What is typed is checked before it is let go; the complaint stands below."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.errors import UserError
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.text import set_tone

_LONGEST = 2**31 - 1  # a paste must not be cut unseen
Parse = Callable[[str], Any]


class Complaint(QLabel):
    """What is wrong with a value, just below its editor: over what stands there, or in a layout of its own."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor.window())
        self._editor = editor
        self._floats = True
        self.setProperty("role", "complaint")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        editor.installEventFilter(self)
        editor.destroyed.connect(self.clear)  # what is around it may be scrolled before this is deleted too

    def settle(self) -> QVBoxLayout:
        """A column of the editor and the sentence, which then takes room of its own and covers nothing."""
        self._floats = False
        self.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._editor)
        column.addWidget(self)
        return column

    def say(self, sentence: str) -> None:
        """Show a sentence; hide without one."""
        if self._floats and self.parentWidget() is not self._editor.window():
            # The editor may have been made before its page came into the window.
            self.setParent(self._editor.window())
        self._watch_around(bool(sentence))
        self.setText(sentence)
        set_tone(self._editor, "wrong", "true" if sentence else "false")
        self._editor.setAccessibleDescription(sentence)
        self._follow()
        if sentence:
            announce(self._editor, sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Editors of cells are deleted later; their complaint must not outlive the look of them.
        if event.type() in (QEvent.Type.Hide, QEvent.Type.DeferredDelete):
            self.hide()
        elif event.type() in (QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        return False

    def _watch_around(self, watched: bool) -> None:
        """What the editor stands in may be scrolled as a whole."""
        around = self._editor.parentWidget() if self._floats else None
        while around is not None and not around.isWindow():
            (around.installEventFilter if watched else around.removeEventFilter)(self)
            around = around.parentWidget()

    def _follow(self) -> None:
        """Stand below the editor, where that goes when it is scrolled; out of sight with it, and with its page."""
        self.setVisible(bool(self.text()) and not (self._floats and self._editor.visibleRegion().isEmpty()))
        if self.text() and self._floats:
            self.adjustSize()
            below = self._editor.mapTo(self.window(), QPoint(0, self._editor.height() + 2))
            self.move(max(0, min(below.x(), self.window().width() - self.width() - 4)), below.y())
            self.raise_()


def keeps_key(event: QEvent) -> bool:
    """Keys typed into an editor are its own, also those that are commands of the view around it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if plain:
        event.accept()
    return plain


def leaves_undo(editor: QLineEdit, event: QEvent) -> bool:
    """Where nothing is typed in a line, the key of Undo is for what was done last."""
    undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
    if event.type() != QEvent.Type.ShortcutOverride or not undo or editor.isUndoAvailable():
        return False
    event.ignore()
    return True


def read(parse: Parse, text: str, complaint: Complaint) -> tuple[Any] | None:
    """The value of a text; None where it is none, which the complaint then says."""
    try:
        value = parse(text)
    except UserError as error:
        complaint.say(error.sentence)
        return None
    complaint.say("")
    return (value,)


class LineEdit(QLineEdit):
    """Any value as text; `accept` reads it or says why it cannot."""

    def __init__(self, theme: ThemeManager, parse: Parse, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self.setText(text)
        self._parse = parse
        self.value: Any = None
        self.complaint = Complaint(self)
        self.destroyed.connect(self.complaint.deleteLater)
        self.textEdited.connect(lambda: self.complaint.say(""))
        self.setProperty("kind", "cell")

    def accept(self) -> bool:
        """Whether the text is a value, which then is in `value`."""
        found = read(self._parse, self.text(), self.complaint)
        self.value = found[0] if found else self.value
        return bool(found)

    def event(self, event: QEvent) -> bool:
        return keeps_key(event) or super().event(event)
