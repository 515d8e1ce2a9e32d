"""What was done, in words: the one wording of toasts and history."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QLocale

from crm_desktop.domain.change import Change
from crm_desktop.gui.format import count_text

Naming = Callable[[str, bool], str]
"""Answers what one record of a kind, or many, are called."""


@dataclass(frozen=True)
class Deed:
    """An action as it is told. `subject` names its one record, `to` where that came.

    `again` is the verb of what an undo took back or a redo did again; `along` counts by kind what went with it.
    """

    verb: str
    kind: str
    count: int
    subject: str = ""
    to: str = ""
    again: str = ""
    along: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, change: Change, to: str = "") -> "Deed":
        """What a change did."""
        # What an import names is its file.
        subject = "" if change.verb == "import" else change.subject
        return cls(change.verb, change.kind, change.count(change.kind), subject, to, along=change.along)


def _tr(text: str) -> str:
    return QCoreApplication.translate("deeds", text)


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
    "demo": "package", "demo_remove": "package", "save_view": "bookmark", "delete_view": "bookmark",
    "order_views": "bookmark", "paste": "clipboard-check", "fill": "arrow-down", "clear": "x",
    "shift": "calendar-clock", "tag": "tag", "untag": "tag",
    "pin": "pin", "unpin": "pin",
}  # fmt: skip


def describe(deed: Deed, naming: Naming) -> str:
    """One sentence: "Lead added", "Brightwater Offices moved to Closing", "Taken back: 1,240 leads imported"."""
    if deed.again:
        told = taken_back if deed.verb == "undo" else done_again
        return told(describe(replace(deed, verb=deed.again, again=""), naming))
    whole = _whole()
    if deed.verb in whole:
        return whole[deed.verb]
    done = {
        "add": _tr("%1 added"),
        "delete": _tr("%1 deleted"),
        "restore": _tr("%1 restored"),
        "move": _tr("%1 moved to %2") if deed.to else _tr("%1 moved"),
        "win": _tr("%1 won"),
        "lose": _tr("%1 lost"),
        "reopen": _tr("%1 opened again"),
        "snooze": _tr("%1 snoozed until %2") if deed.to else _tr("%1 snoozed"),
        "wake": _tr("%1 woken"),
        "import": _tr("%1 imported"),
        "merge": _tr("%1 merged"),
        "unmerge": _tr("Merge of %1 taken apart"),
        "convert": _tr("%1 converted"),
        "unconvert": _tr("Conversion of %1 taken back"),
        "distinct": _tr("%1 set apart"),
        "revert": _tr("%1 as before"),
        "qualify": _tr("%1 qualified"),
        "disqualify": _tr("%1 disqualified"),
        "recycle": _tr("%1 put back for later"),
        "rename": _tr("%1 renamed"),
        "paste": _tr("Pasted into %1"),
        "fill": _tr("%1 filled down"),
        "clear": _tr("Cells of %1 emptied"),
        "shift": _tr("Date of %1 moved"),
        "tag": _tr("Tag put on %1"),
        "untag": _tr("Tag taken off %1"),
        "pin": _tr("%1 pinned"),
        "unpin": _tr("%1 no longer pinned"),
    }
    words = done.get(deed.verb, _tr("%1 changed"))
    words = words.replace("%2", deed.to).replace("%1", _what(deed, naming))
    if not deed.along:
        return words
    listed = [f"{count_text(count)} {inside(naming(kind, count > 1))}" for kind, count in deed.along]
    joined = listed[0] if len(listed) == 1 else _tr("%1 and %2").replace("%2", listed[1]).replace("%1", listed[0])
    return _tr("%1, with %2").replace("%2", joined).replace("%1", words)


def _whole() -> dict[str, str]:
    """The sentences of deeds that need no names."""
    return {
        "demo": _tr("Sample data added"),
        "demo_remove": _tr("Sample data removed"),
        "save_view": _tr("View saved"),
        "delete_view": _tr("View deleted"),
        "order_views": _tr("Views put in order"),
        "add_field": _tr("Field added"),
        "delete_field": _tr("Field deleted"),
        "rename_field": _tr("Field renamed"),
        "order_fields": _tr("Fields put in order"),
        "field_choices": _tr("Choices changed"),
        "order": _tr("Put in order"),
        "undo": _tr("Taken back"),
        "redo": _tr("Done again"),
    }


def taken_back(words: str) -> str:
    """That something was undone, by the sentence about it."""
    return _tr("Taken back: %1").replace("%1", words)


def done_again(words: str) -> str:
    """That something was redone, by the sentence about it."""
    return _tr("Done again: %1").replace("%1", words)


def _what(deed: Deed, naming: Naming) -> str:
    if deed.count > 1:
        return _tr("%1 %2").replace("%2", inside(_named(deed, naming))).replace("%1", count_text(deed.count))
    return deed.subject or _named(deed, naming)


def _named(deed: Deed, naming: Naming) -> str:
    return naming(deed.kind, deed.count > 1 or not deed.kind) if deed.kind else _tr("Records")


def inside(noun: str) -> str:
    """A noun as it stands inside a sentence; German keeps its capital, and so do abbreviations."""
    if QLocale().language() == QLocale.Language.German or noun.isupper():
        return noun
    return noun[:1].lower() + noun[1:]
