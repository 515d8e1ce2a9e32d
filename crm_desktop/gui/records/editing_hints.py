"""What the hint bar says while a value is being typed: how it is kept, and how not."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from crm_desktop.gui.actions import native_key
from crm_desktop.gui.pages.page import Hint


def editing_hints(*, long: bool, beside: bool = False) -> Sequence[Hint]:
    """The keys of an open value; `long` where it may have several lines, `beside` where Tab opens the next cell."""
    keys = [("Return", _tr("Keep"))]
    if long:
        keys.append(("Alt+Return", _tr("New line")))
    if beside:
        keys.append(("Tab", _tr("Keep, next cell")))
    return [Hint(native_key(key), words) for key, words in (*keys, ("Esc", _tr("Discard")))]


def _tr(text: str) -> str:
    return QCoreApplication.translate("editing_hints", text)
