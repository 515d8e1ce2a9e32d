"""What was done, in words: the one wording of toasts, the history and the command line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from crm_desktop.domain.change import Change

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
        if not change.action:
            return cls("nothing", "", 0)
        # What an import names is its file.
        subject = "" if "import" in (change.verb, change.again) else change.subject
        verb, count = change.way or change.verb, change.count(change.kind)
        return cls(verb, change.kind, count, subject, to, change.again, change.along)

    @property
    def undone(self) -> "Deed":
        """That it was undone."""
        return replace(self, verb=TURNED[self.verb if self.again else "do"], again=self.again or self.verb)

    @property
    def redone(self) -> "Deed":
        """That it was done again; to do an undo again is that undo."""
        return self if self.again else replace(self, verb="redo", again=self.verb)


class Telling(NamedTuple):
    """How texts are said to the reader, how counts are written, and a noun as it stands inside a sentence."""

    say: Callable[[str], str]
    number: Callable[[int], str]
    inside: Callable[[str], str]


def lowered(noun: str) -> str:
    """A noun as it stands inside an English sentence; abbreviations keep their capitals."""
    return noun if noun.isupper() else noun[:1].lower() + noun[1:]


ENGLISH = Telling(str, "{:,}".format, lowered)

VERBS = {
    "add": ("%1 added", "Adding %1"),
    "set": ("%1 changed", "Change to %1"),
    "delete": ("%1 deleted", "Deletion of %1"),
    "restore": ("%1 restored", "Restoring %1"),
    "move": ("%1 moved", "Move of %1"),
    "win": ("%1 won", "Win of %1"),
    "lose": ("%1 lost", "Loss of %1"),
    "reopen": ("%1 reopened", "Reopening %1"),
    "snooze": ("%1 snoozed", "Snooze of %1"),
    "wake": ("%1 no longer snoozed", "Waking %1"),
    "import": ("%1 imported", "Import of %1"),
    "merge": ("%1 merged", "Merge of %1"),
    "convert": ("%1 converted", "Conversion of %1"),
    "distinct": ("%1 marked as not the same", "“Not the same” for %1"),
    "qualify": ("%1 qualified", "Qualification of %1"),
    "disqualify": ("%1 disqualified", "Disqualification of %1"),
    "recycle": ("%1 put back for later", "Putting back %1"),
    "rename": ("%1 renamed", "Renaming %1"),
    "paste": ("Pasted into %1", "Paste into %1"),
    "fill": ("Filled down in %1", "Fill down in %1"),
    "clear_cell": ("Cell of %1 emptied", "Emptying a cell of %1"),
    "clear": ("Cells of %1 emptied", "Emptying cells of %1"),
    "shift": ("Date of %1 moved", "Moving the date of %1"),
    "tag": ("%1 tagged", "Tagging %1"),
    "untag": ("Tag taken off %1", "Taking a tag off %1"),
    "pin": ("%1 pinned", "Pinning %1"),
    "unpin": ("%1 unpinned", "Unpinning %1"),
    "order": ("%1 put in order", "New order of %1"),
    "nothing": ("Nothing was changed", "Nothing"),
    "undo": ("Undone", "Undoing"),
    "redo": ("Redone", "Redoing"),
    "demo": ("Sample data added", "Adding sample data"),
    "demo_remove": ("Sample data removed", "Removing sample data"),
    "save_view": ("View saved", "Saving the view"),
    "delete_view": ("View deleted", "Deletion of the view"),
    "order_views": ("Views put in order", "New order of the views"),
    "add_field": ("Field added", "Adding the field"),
    "delete_field": ("Field deleted", "Deletion of the field"),
    "rename_field": ("Field renamed", "Renaming the field"),
    "order_fields": ("Fields put in order", "New order of the fields"),
    "field_choices": ("Choices changed", "Change to the choices"),
}
"""That something was done, and what it is called: of that it is told that it was undone or redone."""

_PLACED = {
    "move": ("%1 moved to %2", "Move of %1 to %2"),
    "snooze": ("%1 snoozed until %2", "Snooze of %1 until %2"),
}
"""The words where it is known where the record came."""

_UNDOES = {"unmerge": "merge", "unconvert": "convert", "revert": "set"}
"""Verbs that undo what another one did; to undo them is to redo that. A revert is one whose action is not known."""

TURNED = {"do": "undo", "undo": "redo", "redo": "undo"}
"""What happens to an action where one that undoes it is done, undone or redone."""


def describe(deed: Deed, naming: Naming, telling: Telling = ENGLISH) -> str:
    """One sentence: "Lead added", "Offices moved to Closing", "Conversion of Ada King undone"."""
    verb, happened = (deed.again, deed.verb) if deed.again else (deed.verb, "do")
    if verb in _UNDOES:
        verb, happened = _UNDOES[verb], TURNED[happened]
    done, act = (_PLACED if deed.to and verb in _PLACED else VERBS).get(verb, VERBS["set"])
    words = telling.say(done if happened == "do" else act)
    noun = _what(replace(deed, verb=verb), naming, telling, begins=words.startswith("%1"))
    words = words.replace("%2", deed.to).replace("%1", noun)
    if happened != "do":
        words = telling.say("%1 undone" if happened == "undo" else "%1 redone").replace("%1", words)
    return _with_along(words, deed, naming, telling)


def _what(deed: Deed, naming: Naming, telling: Telling, begins: bool) -> str:
    """What it was done to: its name, how many, or what one is called where the sentence begins with it."""
    if deed.subject and deed.count < 2:
        return deed.subject
    if deed.verb == "order" or not deed.kind:
        many = naming(deed.kind, True) if deed.kind else telling.say("Records")
        return many if begins else telling.inside(many)
    if deed.count < 2 and begins:
        return naming(deed.kind, False)
    noun, count = telling.inside(naming(deed.kind, deed.count > 1)), telling.number(max(1, deed.count))
    return telling.say("%1 %2").replace("%2", noun).replace("%1", count)


def _with_along(words: str, deed: Deed, naming: Naming, telling: Telling) -> str:
    if not deed.along:
        return words
    listed = [f"{telling.number(count)} {telling.inside(naming(kind, count > 1))}" for kind, count in deed.along]
    joined = listed[0]
    if len(listed) > 1:
        joined = telling.say("%1 and %2").replace("%2", listed[1]).replace("%1", listed[0])
    return telling.say("%1, with %2").replace("%2", joined).replace("%1", words)
