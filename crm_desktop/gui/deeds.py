"""What was done, as the window tells it: in its language, with an icon."""

from collections.abc import Mapping

from crm_desktop.gui.format import count_text
from crm_desktop.gui.language import inside, tr
from crm_desktop.services import deed_words
from crm_desktop.services.deed_words import Deed, Naming, Telling

__all__ = ["Deed", "Naming", "by_kind", "describe", "icon_of"]


def describe(deed: Deed, naming: Naming) -> str:
    """One sentence in the language of the window, as `services.deed_words` makes it."""
    return deed_words.describe(deed, naming, Telling(tr, count_text, inside))


def by_kind(counts: Mapping[str, int], naming: Naming) -> str:
    """Records counted by kind, the most first: "7,375 deals, 1 task"."""
    most = sorted(counts.items(), key=lambda each: -each[1])
    return ", ".join(f"{count_text(n)} {inside(naming(kind, n != 1))}" for kind, n in most if n)


def icon_of(verb: str) -> str:
    """The icon of a verb."""
    return _ICONS.get(verb, "pencil-line")


_ICONS = {
    "add": "plus", "set": "pencil-line", "delete": "trash-2", "restore": "archive-restore", "move": "arrow-right",
    "win": "trophy", "lose": "circle-x", "reopen": "rotate-ccw", "snooze": "alarm-clock", "wake": "bell",
    "import": "file-input", "merge": "merge", "unmerge": "git-compare",
    "convert": "repeat", "unconvert": "undo-2", "distinct": "git-compare", "undo": "undo-2", "redo": "redo-2",
    "revert": "rotate-ccw",
    "qualify": "badge-check", "disqualify": "circle-x", "recycle": "calendar-clock", "rename": "pencil-line",
    "demo": "package", "demo_remove": "package", "save_view": "bookmark", "rename_view": "bookmark",
    "delete_view": "bookmark",
    "order_views": "bookmark", "paste": "clipboard-check", "fill": "arrow-down", "clear": "x", "clear_cell": "x",
    "shift": "calendar-clock", "tag": "tag", "untag": "tag",
    "pin": "pin", "unpin": "pin",
}  # fmt: skip
