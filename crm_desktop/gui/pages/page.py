"""What a page of the sidebar is. The shell draws header and hint bar from it; the page owns what lies between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.context import AppContext


class Hint(NamedTuple):
    """Keys and what they do, for the hint bar: Hint("↑↓", "Move")."""

    keys: str
    text: str


class RecordTarget(NamedTuple):
    """One record to show, as the palette asks for it."""

    kind: str
    id: int


@dataclass(frozen=True, eq=False)
class Walk:
    """The list from which a record was opened, so that one can go on to the next: its ids in their order.

    `kind_of` answers the kind under which one of them is known, `follow` makes it the current one of the list.
    """

    target: RecordTarget
    ids: Sequence[int]
    title: str  # of the view
    page: str
    kind_of: Callable[[int], str]
    follow: Callable[[int], object]


Count = Callable[[AppContext], int | None]


@dataclass(frozen=True)
class PageSpec:
    """A page the shell can open. `factory` runs on the first visit; `count` in a reader thread."""

    id: str
    title: str
    icon: str
    factory: Callable[[AppContext], "Page"]
    group: str = ""  # heading in the sidebar; "foot" for the entries at its foot, "hidden" for none
    key: str = ""
    count: Count | None = None
    alert: bool = False  # its count asks for attention and is drawn red
    kinds: frozenset[str] = frozenset()  # kinds of record its count depends on; empty means any
    also: str = ""  # what it does, by which the palette finds it too
    follows: bool = False  # begins with the kind of record of the page that it is called from


class Notice(NamedTuple):
    """A sentence in a toast; with `undo` it offers to take the change back."""

    text: str
    undo: Callable[[], object] | None = None
    kind: str = "ok"  # ok, info, warn, bad
    more: tuple[str, Callable[[], object]] | None = None  # another button: its words and what it does


class Page(QWidget):
    """Base of all pages. Set `title`, `sub_line` and `help_term`, and override what you need."""

    header_changed = Signal()
    hints_changed = Signal()
    noticed = Signal(object)  # Notice
    opened = Signal(str, object)  # page id, Filter or other target
    helped = Signal(str)  # term of the glossary
    visited = Signal(object)  # RecordTarget of a record that the user opened

    title = ""
    sub_line = ""
    help_term = ""  # glossary term behind the "?" of the header
    header_line = True  # False where tabs or a filter bar follow and draw the line themselves
    whole_window = False  # True where neither sidebar nor header stand around it
    own_header = False  # True where it shows a head of its own
    under = ""  # id of the page that the sidebar marks while this one is shown
    kinds: frozenset[str] = frozenset()  # kinds of record it shows; empty means any

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.theme = context.theme
        self._stale = False
        context.changes.changed.connect(self._hear)

    def header_actions(self) -> Sequence[str | QWidget]:
        """What stands at the right of the header: ids of commands or widgets, the primary one last."""
        return ()

    def hints(self) -> Sequence[Hint | str]:
        """What the hint bar shows: ids of commands (shown while usable) or fixed hints."""
        return ()

    def panes(self) -> Sequence[QWidget]:
        """Where F6 goes inside this page, in order."""
        return (self,)

    def on_shown(self) -> None:
        """The page became visible and what it shows may be old: ask again."""

    def on_change(self, change: Change) -> None:
        """Records it shows have changed while it is visible; unless overridden it asks for everything again."""
        self.on_shown()

    def open_filter(self, target: Filter | object) -> None:
        """Show the records of a `Filter`, as asked by a figure, or one by its `RecordTarget`."""

    @property
    def kind_here(self) -> str:
        """The kind of record that it is about now; empty where it is about several or none."""
        return ""

    def on_called(self) -> None:
        """The user asks for the page anew, not on the way back: put away what is over and done."""

    def on_escape(self) -> bool:
        """Go back one level inside the page; False when there is none."""
        return False

    def add_command(self, command: Command, view: QWidget | None = None) -> QAction:
        """Register a command of this page, or of one of its views (letter keys need one)."""
        owner = view if command.scope is Scope.VIEW and view is not None else self
        return self.context.actions.add(command, owner)

    def say(self, text: str, undo: Callable[[], object] | None = None, kind: str = "ok") -> None:
        """Show a toast."""
        self.noticed.emit(Notice(text, undo, kind))

    def go(self, page_id: str, target: object = None) -> None:
        """Open another page, with a filter or record."""
        self.opened.emit(page_id, target)

    def set_header(self, title: str | None = None, sub_line: str | None = None) -> None:
        """Change the words of the header."""
        self.title = self.title if title is None else title
        self.sub_line = self.sub_line if sub_line is None else sub_line
        self.header_changed.emit()

    def refresh_actions(self) -> None:
        """Call when the selection changed: buttons, keys and hints follow."""
        self.context.actions.refresh()
        self.hints_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.on_shown()

    def _hear(self, change: Change) -> None:
        if self.kinds and not (self.kinds & change.kinds):
            return
        if self.isVisible():
            self.on_change(change)
        else:
            self._stale = True
