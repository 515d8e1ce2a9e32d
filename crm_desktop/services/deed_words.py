"""What was done, in words: the one wording of toasts, the history and the command line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from crm_desktop.domain.change import Change
from crm_desktop.services.labels import lowered

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


def QT_TR_NOOP(text: str) -> str:  # noqa: N802
    """Marks a text that the window translates when it tells it; lupdate looks for this name."""
    return text


ENGLISH = Telling(str, "{:,}".format, lowered)

VERBS = {
    "add": (QT_TR_NOOP("%1 added"), QT_TR_NOOP("Adding %1")),
    "set": (QT_TR_NOOP("%1 changed"), QT_TR_NOOP("Change to %1")),
    "delete": (QT_TR_NOOP("%1 deleted"), QT_TR_NOOP("Deletion of %1")),
    "restore": (QT_TR_NOOP("%1 restored"), QT_TR_NOOP("Restoring %1")),
    "move": (QT_TR_NOOP("%1 moved"), QT_TR_NOOP("Move of %1")),
    "win": (QT_TR_NOOP("%1 won"), QT_TR_NOOP("Win of %1")),
    "lose": (QT_TR_NOOP("%1 lost"), QT_TR_NOOP("Loss of %1")),
    "reopen": (QT_TR_NOOP("%1 reopened"), QT_TR_NOOP("Reopening %1")),
    "snooze": (QT_TR_NOOP("%1 snoozed"), QT_TR_NOOP("Snooze of %1")),
    "wake": (QT_TR_NOOP("%1 no longer snoozed"), QT_TR_NOOP("Waking %1")),
    "import": (QT_TR_NOOP("%1 imported"), QT_TR_NOOP("Import of %1")),
    "merge": (QT_TR_NOOP("%1 merged"), QT_TR_NOOP("Merge of %1")),
    "convert": (QT_TR_NOOP("%1 converted"), QT_TR_NOOP("Conversion of %1")),
    "distinct": (
        QT_TR_NOOP("%1 marked as not the same"), QT_TR_NOOP("“Not the same” for %1")
    ),
    "qualify": (QT_TR_NOOP("%1 qualified"), QT_TR_NOOP("Qualification of %1")),
    "disqualify": (QT_TR_NOOP("%1 disqualified"), QT_TR_NOOP("Disqualification of %1")),
    "recycle": (QT_TR_NOOP("%1 put back for later"), QT_TR_NOOP("Putting back %1")),
    "rename": (QT_TR_NOOP("%1 renamed"), QT_TR_NOOP("Renaming %1")),
    "paste": (QT_TR_NOOP("Pasted into %1"), QT_TR_NOOP("Paste into %1")),
    "fill": (QT_TR_NOOP("Filled down in %1"), QT_TR_NOOP("Fill down in %1")),
    "clear_cell": (
        QT_TR_NOOP("Cell of %1 emptied"), QT_TR_NOOP("Emptying a cell of %1")
    ),
    "clear": (QT_TR_NOOP("Cells of %1 emptied"), QT_TR_NOOP("Emptying cells of %1")),
    "shift": (QT_TR_NOOP("Date of %1 moved"), QT_TR_NOOP("Moving the date of %1")),
    "tag": (QT_TR_NOOP("%1 tagged"), QT_TR_NOOP("Tagging %1")),
    "untag": (QT_TR_NOOP("Tag taken off %1"), QT_TR_NOOP("Taking a tag off %1")),
    "pin": (QT_TR_NOOP("%1 pinned"), QT_TR_NOOP("Pinning %1")),
    "unpin": (QT_TR_NOOP("%1 unpinned"), QT_TR_NOOP("Unpinning %1")),
    "order": (QT_TR_NOOP("%1 put in order"), QT_TR_NOOP("New order of %1")),
    "nothing": (QT_TR_NOOP("Nothing was changed"), QT_TR_NOOP("Nothing")),
    "undo": (QT_TR_NOOP("Undone"), QT_TR_NOOP("Undoing")),
    "redo": (QT_TR_NOOP("Redone"), QT_TR_NOOP("Redoing")),
    "demo": (QT_TR_NOOP("Sample data added"), QT_TR_NOOP("Adding sample data")),
    "demo_remove": (
        QT_TR_NOOP("Sample data removed"), QT_TR_NOOP("Removing sample data")
    ),
    "save_view": (QT_TR_NOOP("View saved"), QT_TR_NOOP("Saving the view")),
    "rename_view": (QT_TR_NOOP("View renamed"), QT_TR_NOOP("Renaming the view")),
    "delete_view": (QT_TR_NOOP("View deleted"), QT_TR_NOOP("Deletion of the view")),
    "order_views": (
        QT_TR_NOOP("Views put in order"), QT_TR_NOOP("New order of the views")
    ),
    "add_field": (QT_TR_NOOP("Field added"), QT_TR_NOOP("Adding the field")),
    "delete_field": (QT_TR_NOOP("Field deleted"), QT_TR_NOOP("Deletion of the field")),
    "rename_field": (QT_TR_NOOP("Field renamed"), QT_TR_NOOP("Renaming the field")),
    "order_fields": (
        QT_TR_NOOP("Fields put in order"), QT_TR_NOOP("New order of the fields")
    ),
    "field_choices": (
        QT_TR_NOOP("Choices changed"), QT_TR_NOOP("Change to the choices")
    ),
}
"""That something was done, and what it is called: of that it is told that it was undone or redone."""

_PLACED = {
    "move": (QT_TR_NOOP("%1 moved to %2"), QT_TR_NOOP("Move of %1 to %2")),
    "snooze": (QT_TR_NOOP("%1 snoozed until %2"), QT_TR_NOOP("Snooze of %1 until %2")),
}
"""The words where it is known where the record came."""

_NAMED = {
    "save_view": (QT_TR_NOOP("View “%1” saved"), QT_TR_NOOP("Saving the view “%1”")),
    "rename_view": (QT_TR_NOOP("View renamed “%1”"), QT_TR_NOOP("Renaming the view “%1”")),
    "delete_view": (
        QT_TR_NOOP("View “%1” deleted"), QT_TR_NOOP("Deletion of the view “%1”")
    ),
    "add_field": (QT_TR_NOOP("Field %1 added"), QT_TR_NOOP("Adding the field %1")),
    "delete_field": (
        QT_TR_NOOP("Field %1 deleted"), QT_TR_NOOP("Deletion of the field %1")
    ),
    "rename_field": (
        QT_TR_NOOP("Field %1 renamed"), QT_TR_NOOP("Renaming the field %1")
    ),
    "field_choices": (
        QT_TR_NOOP("Choices of %1 changed"),
        QT_TR_NOOP("Change to the choices of %1"),
    ),
}
"""The words where it is known which view or field it was: that is no record of a kind."""

_UNDOES = {"unmerge": "merge", "unconvert": "convert", "revert": "set"}
"""Verbs that undo what another one did; to undo them is to redo that. A revert is one whose action is not known."""

_UNDONE, _REDONE = QT_TR_NOOP("%1 undone"), QT_TR_NOOP("%1 redone")

TURNED = {"do": "undo", "undo": "redo", "redo": "undo"}
"""What happens to an action where one that undoes it is done, undone or redone."""


def describe(deed: Deed, naming: Naming, telling: Telling = ENGLISH) -> str:
    """One sentence: "Lead added", "Offices moved to Closing", "Conversion of Ada King undone"."""
    verb, happened = (deed.again, deed.verb) if deed.again else (deed.verb, "do")
    if verb in _UNDOES:
        verb, happened = _UNDOES[verb], TURNED[happened]
    words_of = VERBS | (_NAMED if deed.subject else {}) | (_PLACED if deed.to else {})
    done, act = words_of.get(verb, VERBS["set"])
    words = telling.say(done if happened == "do" else act)
    noun = _what(replace(deed, verb=verb), naming, telling, begins=words.startswith("%1"))
    words = words.replace("%2", deed.to).replace("%1", noun)
    if happened != "do":
        words = telling.say(_UNDONE if happened == "undo" else _REDONE).replace("%1", words)
    return _with_along(words, deed, naming, telling)


def _what(deed: Deed, naming: Naming, telling: Telling, begins: bool) -> str:
    """What it was done to: its name, how many, or what one is called where the sentence begins with it."""
    # A merge is about the record that stays, however many became part of it; a field, however many records hold it.
    if deed.subject and (deed.count < 2 or deed.verb in ("merge", *_NAMED)):
        return deed.subject
    if deed.verb == "order" or not deed.kind:
        many = naming(deed.kind, True) if deed.kind else telling.say(QT_TR_NOOP("Records"))
        return many if begins else telling.inside(many)
    if deed.count < 2 and begins:
        return naming(deed.kind, False)
    noun, count = telling.inside(naming(deed.kind, deed.count > 1)), telling.number(max(1, deed.count))
    return telling.say(QT_TR_NOOP("%1 %2")).replace("%2", noun).replace("%1", count)


def _with_along(words: str, deed: Deed, naming: Naming, telling: Telling) -> str:
    if not deed.along:
        return words
    listed = [f"{telling.number(count)} {telling.inside(naming(kind, count > 1))}" for kind, count in deed.along]
    joined = listed[0]
    if len(listed) > 1:
        joined = telling.say(QT_TR_NOOP("%1 and %2")).replace("%2", listed[1]).replace("%1", listed[0])
    return telling.say(QT_TR_NOOP("%1, with %2")).replace("%2", joined).replace("%1", words)
