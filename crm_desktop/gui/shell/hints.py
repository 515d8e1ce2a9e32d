"""Which keys the hint bar names: those that work where the focus is."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from crm_desktop.gui.actions import ActionRegistry, Registered, Scope, native_key
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Hint, Page

_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit)


def hints_at(here: QWidget | None, page: Page, actions: ActionRegistry) -> Iterator[Hint]:
    """What a page names, as far as it works at the widget with the focus.

    What it names without a command, as arrows, is of the list or the board that its letter keys are for.
    """
    named = page.hints()
    found = [entry for entry in (actions.find(hint) for hint in named if isinstance(hint, str)) if entry is not None]
    letters = [entry for entry in found if entry.command.scope is Scope.VIEW]
    if here is None or not letters or _in_view(here, letters):
        yield from _told(named, actions)
        return
    yield from _own(here)
    working = [entry.command.id for entry in found if entry not in letters or _reaches(entry, here)]
    yield from _told([*working, "view.pane"], actions)


def _told(named: Sequence[Hint | str], actions: ActionRegistry) -> Iterator[Hint]:
    for hint in named:
        entry = actions.find(hint) if isinstance(hint, str) else None
        if isinstance(hint, Hint):
            yield hint
        elif entry is not None and entry.usable and entry.key_text:
            yield Hint(entry.key_text, entry.command.hint or entry.command.text)


def _in_view(here: QWidget, letters: Sequence[Registered]) -> bool:
    """Whether the focus is in the list or board itself, not at a button beside it."""
    inside = any(_reaches(entry, here) for entry in letters)
    return any(entry.owner is here for entry in letters) or (inside and not isinstance(here, QAbstractButton))


def _reaches(entry: Registered, here: QWidget) -> bool:
    owner = entry.owner
    typing = isinstance(here, _TYPED_INTO)
    return not typing and (owner is None or owner is here or owner.isAncestorOf(here))


def _own(here: QWidget) -> Iterator[Hint]:
    """The keys that a kind of widget has by itself."""
    if isinstance(here, QAbstractButton):
        yield Hint(native_key("Space"), tr("Press"))
    elif isinstance(here, QAbstractItemView):
        yield Hint("↑↓", tr("Move"))
        yield Hint(native_key("Return"), tr("Open"))
    yield Hint("Tab", tr("Next"))
