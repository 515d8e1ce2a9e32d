"""How an open value is left: whatever would lead away from it waits until it is one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from crm_desktop.gui.widgets.value_edit import Editor

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Leaving(QObject):
    """Watches the window of an editor while it is open.

    A press elsewhere, the key of a command or closing the window leave the editor: what it holds is kept first, by
    `keep`. Where it is no value they do nothing: `reveal` brings it back into sight, and the sentence says why.
    """

    def __init__(self, editor: Editor, reveal: Callable[[], object], keep: Callable[[], object] = lambda: None) -> None:
        super().__init__(editor)
        self._editor = editor
        self._reveal = reveal
        self._keep = keep
        self._refused = False  # a press was, and its release is to come
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor:
            self._watch(event.type())
        if self._refused and event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QWidget):
            # There are lists that answer to the release alone.
            self._refused = False
            return True
        if not self._leads_away(watched, event) or not self._editor.isVisible():
            return False
        if not self._editor.accept():
            event.ignore()
            self._refused = event.type() in _PRESSES
            self._editor.setFocus()
            self._reveal()
            return True
        self._keep()
        return False

    def _watch(self, told: QEvent.Type) -> None:
        """All events of the program, but only while the editor is seen: what filters them must not die among them."""
        program = QApplication.instance()
        if program is not None and told == QEvent.Type.Show:
            program.installEventFilter(self)
        elif program is not None and told == QEvent.Type.Hide:
            program.removeEventFilter(self)

    def _leads_away(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PRESSES:
            return isinstance(watched, QWidget) and self._outside(watched)
        if event.type() == QEvent.Type.Close:
            return watched is self._editor.window()
        return event.type() == QEvent.Type.Shortcut

    def _outside(self, watched: QWidget) -> bool:
        """Lists that an editor opens are windows of their own; and one may look around before typing on."""
        editor = self._editor
        own = watched is editor or editor.isAncestorOf(watched) or isinstance(watched, QScrollBar)
        return not own and watched.window() is editor.window()
