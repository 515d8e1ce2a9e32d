"""What was done, in words: made of the verb, the kind and the count of an action."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

Naming = Callable[[str, bool], str]
"""Answers what one record of a kind, or many, are called."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("deeds", text)


def icon_of(verb: str) -> str:
    """The icon of a verb."""
    return _ICONS.get(verb, "pencil-line")


_ICONS = {
    "add": "plus", "set": "pencil-line", "delete": "trash-2", "restore": "archive-restore", "move": "arrow-right",
    "win": "trophy", "lose": "circle-x", "reopen": "rotate-ccw", "snooze": "alarm-clock", "wake": "bell",
    "import": "file-input", "merge": "merge", "undo": "undo-2", "redo": "redo-2", "revert": "rotate-ccw",
    "demo": "package", "demo_remove": "package", "save_view": "bookmark", "delete_view": "bookmark",
}  # fmt: skip


def describe(verb: str, kind: str, count: int, naming: Naming) -> str:
    """One sentence: "Lead added", "3 leads changed", "Sample data added"."""
    whole = {
        "demo": _tr("Sample data added"),
        "demo_remove": _tr("Sample data removed"),
        "save_view": _tr("View saved"),
        "delete_view": _tr("View deleted"),
        "add_field": _tr("Field added"),
        "delete_field": _tr("Field deleted"),
        "order": _tr("Stages put in order"),
        "undo": _tr("Taken back"),
        "redo": _tr("Done again"),
    }
    if verb in whole:
        return whole[verb]
    done = {
        "add": _tr("%1 added"),
        "delete": _tr("%1 deleted"),
        "restore": _tr("%1 restored"),
        "move": _tr("%1 moved"),
        "win": _tr("%1 won"),
        "lose": _tr("%1 lost"),
        "reopen": _tr("%1 opened again"),
        "snooze": _tr("%1 snoozed"),
        "wake": _tr("%1 woken"),
        "import": _tr("%1 imported"),
        "merge": _tr("%1 merged"),
        "revert": _tr("%1 as before"),
    }
    many = count > 1 or not kind
    what = naming(kind, many) if kind else _tr("Records")
    return done.get(verb, _tr("%1 changed")).replace("%1", f"{count} {what}" if count > 1 else what)
