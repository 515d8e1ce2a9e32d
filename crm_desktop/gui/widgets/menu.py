"""A menu whose keys are its own, and where one about an item opens."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget


class Menu(QMenu):
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

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def asked_about(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """The item that a menu is asked for, and its place on the screen: by key that of the current item."""
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return view.indexAt(event.pos()), event.globalPos()
    index = view.currentIndex()
    return index, view.viewport().mapToGlobal(view.visualRect(index).center())
