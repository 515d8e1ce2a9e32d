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
    "add": QT_TR_NOOP("%1 added"),
    "set": QT_TR_NOOP("%1 changed"),
    "delete": QT_TR_NOOP("%1 deleted"),
    "restore": QT_TR_NOOP("%1 restored"),
    "move": QT_TR_NOOP("%1 moved"),
    "win": QT_TR_NOOP("%1 won"),
    "lose": QT_TR_NOOP("%1 lost"),
    "reopen": QT_TR_NOOP("%1 reopened"),
    "snooze": QT_TR_NOOP("%1 snoozed"),
    "wake": QT_TR_NOOP("%1 no longer snoozed"),
    "import": QT_TR_NOOP("%1 imported"),
    "merge": QT_TR_NOOP("%1 merged"),
    "convert": QT_TR_NOOP("%1 converted"),
    "distinct": QT_TR_NOOP("%1 marked as not the same"),
    "qualify": QT_TR_NOOP("%1 qualified"),
    "disqualify": QT_TR_NOOP("%1 disqualified"),
    "recycle": QT_TR_NOOP("%1 put back for later"),
    "rename": QT_TR_NOOP("%1 renamed"),
    "paste": QT_TR_NOOP("Pasted into %1"),
    "fill": QT_TR_NOOP("Filled down in %1"),
    "clear_cell": QT_TR_NOOP("Cell of %1 emptied"),
    "clear": QT_TR_NOOP("Cells of %1 emptied"),
    "shift": QT_TR_NOOP("Date of %1 moved"),
    "tag": QT_TR_NOOP("%1 tagged"),
    "untag": QT_TR_NOOP("Tag taken off %1"),
    "pin": QT_TR_NOOP("%1 pinned"),
    "unpin": QT_TR_NOOP("%1 unpinned"),
    "order": QT_TR_NOOP("%1 put in order"),
    "nothing": QT_TR_NOOP("Nothing was changed"),
    "undo": QT_TR_NOOP("Undone"),
    "redo": QT_TR_NOOP("Redone"),
    "demo": QT_TR_NOOP("Sample data added"),
    "demo_remove": QT_TR_NOOP("Sample data removed"),
    "save_view": QT_TR_NOOP("View saved"),
    "rename_view": QT_TR_NOOP("View renamed"),
    "delete_view": QT_TR_NOOP("View deleted"),
    "order_views": QT_TR_NOOP("Views put in order"),
    "add_field": QT_TR_NOOP("Field added"),
    "delete_field": QT_TR_NOOP("Field deleted"),
    "rename_field": QT_TR_NOOP("Field renamed"),
    "order_fields": QT_TR_NOOP("Fields put in order"),
    "field_choices": QT_TR_NOOP("Choices changed"),
}
"""That something was done."""

_PLACED = {
    "move": QT_TR_NOOP("%1 moved to %2"),
    "snooze": QT_TR_NOOP("%1 snoozed until %2"),
}
"""The words where it is known where the record came."""

_NAMED = {
    "save_view": QT_TR_NOOP("View “%1” saved"),
    "rename_view": QT_TR_NOOP("View renamed “%1”"),
    "delete_view": QT_TR_NOOP("View “%1” deleted"),
    "add_field": QT_TR_NOOP("Field %1 added"),
    "delete_field": QT_TR_NOOP("Field %1 deleted"),
    "rename_field": QT_TR_NOOP("Field %1 renamed"),
    "field_choices": QT_TR_NOOP("Choices of %1 changed"),
}
"""The words where it is known which view or field it was: that is no record of a kind."""

_UNDOES = {"unmerge": "merge", "unconvert": "convert", "revert": "set"}
"""Verbs that undo what another one did; to undo them is to redo that. A revert is one whose action is not known."""

_UNDONE, _REDONE = QT_TR_NOOP("Undone: %1"), QT_TR_NOOP("Redone: %1")

TURNED = {"do": "undo", "undo": "redo", "redo": "undo"}
"""What happens to an action where one that undoes it is done, undone or redone."""


def describe(deed: Deed, naming: Naming, telling: Telling = ENGLISH) -> str:
    """One sentence: "Lead added", "Offices moved to Closing", "Undone: Ada King converted"."""
    verb, happened = (deed.again, deed.verb) if deed.again else (deed.verb, "do")
    if verb in _UNDOES:
        verb, happened = _UNDOES[verb], TURNED[happened]
    words_of = VERBS | (_NAMED if deed.subject else {}) | (_PLACED if deed.to else {})
    words = telling.say(words_of.get(verb, VERBS["set"]))
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
