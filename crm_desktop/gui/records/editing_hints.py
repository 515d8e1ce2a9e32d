"""What the hint bar says while a value is being typed: how it is kept, and how not."""

from collections.abc import Sequence

from crm_desktop.gui.actions import native_key
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Hint


def editing_hints(*, long: bool, day: bool, beside: bool = False) -> Sequence[Hint]:
    """The keys of an open value; `long` where it may have several lines, `beside` where Tab opens the next cell.

    A `day` has a calendar.
    """
    keys = [("Return", tr("Keep"))]
    if long:
        keys.append(("Alt+Return", tr("New line")))
    if day:
        keys.append(("Alt+Down", tr("Calendar")))
    if beside:
        keys.append(("Tab", tr("Keep, next cell")))
    return [Hint(native_key(key), words) for key, words in (*keys, ("Esc", tr("Discard")))]
