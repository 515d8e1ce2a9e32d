"""Everything the user can do, registered once: buttons, keys, palette, hint bar, key sheet and menus read it here."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from crm_desktop.gui import icons
from crm_desktop.gui.theme import ThemeManager


class Scope(Enum):
    """Where an action and its key are valid."""

    EVERYWHERE = "everywhere"
    PAGE = "page"  # while its page is shown
    VIEW = "view"  # while its list, board or record has the focus


def _always() -> bool:
    return True


class Command(NamedTuple):
    """One thing the user can do. `owner` is the page or view it belongs to, None for the window."""

    id: str
    text: str
    run: Callable[[], object]
    key: str = ""  # as Qt writes it: "Ctrl+N", "L"; several keys are divided by "; "
    icon: str = ""
    when: Callable[[], bool] = _always
    scope: Scope = Scope.EVERYWHERE
    group: str = ""  # heading in the key sheet and menu
    hint: str = ""  # short text in the hint bar; the full text where empty
    tip: str = ""
    checkable: bool = False
    in_palette: bool = True
    also: str = ""  # another name it is found by in the palette


@dataclass
class Registered:
    """A command and the QAction made of it."""

    command: Command
    action: QAction
    owner: QWidget | None = field(default=None)

    @property
    def words(self) -> str:
        """What it is called now; undo and redo name what they are about."""
        return self.action.text().replace("&&", "&")

    @property
    def key_text(self) -> str:
        """The first key as this system writes it: "Ctrl+K" or "⌘K"; empty when it has none now."""
        return native_key(self.action.shortcut())

    @property
    def usable(self) -> bool:
        """Whether it could run now: enabled, and its page or view is on screen."""
        shown = self.owner is None or self.owner.isVisible()
        return shown and self.command.when()


def native_key(key: QKeySequence | str) -> str:
    """A key as it is written here: "Ctrl+K" or "⌘K"; that for lines bears "Enter" where it has a word."""
    if isinstance(key, str):
        key = next(iter(keys_here(key)), "")
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def keys_here(key: str) -> list[str]:
    """The keys of a command on this system, the one that is shown first; macOS has its own for some."""
    keys = [part for part in key.split("; ") if part]
    if sys.platform == "darwin":
        return list(dict.fromkeys(_ON_A_MAC.get(part, part) for part in keys))
    return sorted(keys, key=lambda part: part.endswith("Return"))  # menus write "Enter", as the key does


# Qt writes Ctrl for the Cmd key of macOS.
_ON_A_MAC = {
    "Alt+Left": "Ctrl+[", "Alt+Right": "Ctrl+]", "Ctrl+Y": "Ctrl+Shift+Z", "Del": "Ctrl+Backspace", "F1": "Ctrl+/",
}  # fmt: skip


def is_letter(key: str) -> bool:
    """Whether a key is typed without Ctrl or Alt, so that it must stay out of text fields."""
    return len(key.removeprefix("Shift+")) == 1


class ActionRegistry(QObject):
    """All commands by id. `changed` comes when one was added, removed, enabled or disabled."""

    changed = Signal()

    def __init__(self, theme: ThemeManager, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letters = True
        self._all: dict[str, Registered] = {}
        theme.changed.connect(self._recolour)

    def add(self, command: Command, owner: QWidget | None = None) -> QAction:
        """Register a command; `owner` is the page (Scope.PAGE) or the view (Scope.VIEW) it belongs to.

        Without an owner the action is put into the main window by the shell.
        """
        if command.id in self._all:
            raise ValueError(f"action {command.id} is registered twice")
        action = QAction(command.text, owner or self)
        action.setObjectName(command.id)
        action.setCheckable(command.checkable)
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
            if command.scope is Scope.VIEW
            else Qt.ShortcutContext.WindowShortcut
        )
        action.triggered.connect(lambda _checked=False: command.run())
        entry = Registered(command, action, owner)
        self._all[command.id] = entry
        self._set_key(entry)
        self._set_tip(entry)
        if owner is not None:
            owner.addAction(action)
            owner.destroyed.connect(lambda: self._all.pop(command.id, None))
        action.setEnabled(command.when())
        self.changed.emit()
        return action

    def find(self, action_id: str) -> Registered | None:
        """The registered command, or None where nobody offers it."""
        return self._all.get(action_id)

    def action(self, action_id: str) -> QAction:
        """The QAction of a command that must exist, with its icon as a menu shows it.

        Icons are drawn only when asked for here: most commands never stand in a menu.
        """
        entry = self._all[action_id]
        if entry.command.icon and entry.action.icon().isNull():
            self._set_icon(entry)
        return entry.action

    def __iter__(self) -> Iterator[Registered]:
        return iter([entry for entry in self._all.values() if isValid(entry.action)])

    def trigger(self, action_id: str) -> bool:
        """Run a command if it is there and usable; answers whether it ran."""
        entry = self._all.get(action_id)
        if entry is None or not entry.command.when():
            return False
        entry.action.trigger()
        return True

    def refresh(self) -> None:
        """Ask every command again whether it can run; pages call it when their selection changes."""
        moved = False
        for entry in self:
            enabled = entry.command.when()
            if entry.action.isEnabled() != enabled:
                entry.action.setEnabled(enabled)
                moved = True
        if moved:
            self.changed.emit()

    def set_letter_keys(self, on: bool) -> None:
        """Switch the single letter keys of all views on or off (WCAG 2.1.4)."""
        self._letters = on
        for entry in self:
            self._set_key(entry)
        self.changed.emit()

    def _set_key(self, entry: Registered) -> None:
        usable = [key for key in keys_here(entry.command.key) if self._letters or not is_letter(key)]
        entry.action.setShortcuts([QKeySequence(key) for key in usable])

    def _set_icon(self, entry: Registered) -> None:
        entry.action.setIcon(icons.icon(entry.command.icon, self._theme.current))

    def _set_tip(self, entry: Registered) -> None:
        words = entry.command.tip or entry.command.text
        entry.action.setToolTip(f"{words}  {entry.key_text}".rstrip())

    def _recolour(self) -> None:
        for entry in self:
            if not entry.action.icon().isNull():
                self._set_icon(entry)
