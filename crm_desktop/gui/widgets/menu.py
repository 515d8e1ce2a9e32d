"""A menu whose keys are its own, and where one about an item opens."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from crm_desktop.domain.folding import fold


class _Keys(QMenu):
    """A letter goes to the next entry that begins with it. Qt does so by marked letters alone, and marks are not ours:
    names of fields, views and stages are the user's.
    """

    def addMenu(self, title: str) -> QMenu:  # type: ignore[override]
        """A menu within this one, of the same keys."""
        inner = _Keys(title, self)
        super().addMenu(inner)
        return inner

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marked = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        found = None if marked else self._beginning(fold(event.text()).strip())
        if found is None:
            super().keyPressEvent(event)
            return
        # Step by step, for Qt would open a menu within this one if it were made the active entry itself.
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        for _ in self.actions():
            super().keyPressEvent(down)
            if self.activeAction() is found:
                break

    def _beginning(self, letter: str) -> QAction | None:
        """The next entry after the active one that begins so."""
        entries = [entry for entry in self.actions() if entry.isVisible() and entry.isEnabled()]
        active = self.activeAction()
        after = entries.index(active) + 1 if active in entries else 0
        following = [*entries[after:], *entries[:after]] if letter.isprintable() and letter else []
        return next((each for each in following if fold(each.text().replace("&", "")).startswith(letter)), None)


class Menu(_Keys):
    """While it is open no key is a command of the page behind it: Del would delete what the menu is about.

    It is made for one asking, and gone when it closes.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)

    def offer(self, words: str, run: Callable[[], object], key: str = "") -> QAction:
        """One thing to do; a key is shown only, for it works in the window already."""
        action = self.addAction(words, run)
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(bool(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action


def asked_about(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """The item that a menu is asked for, and its place on the screen: by key that of the current item."""
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return view.indexAt(event.pos()), event.globalPos()
    index = view.currentIndex()
    return index, view.viewport().mapToGlobal(view.visualRect(index).center())
