"""What a typed line means: its first word says how one was in touch, then when, and the rest what about."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from crm_desktop.domain.terms import ActivityType
from crm_desktop.gui.language import tr

LONGEST = 90
"""A line up to this length is a title, a longer one a note."""


class Logged(NamedTuple):
    """An activity as it was typed; `day` is None where none was."""

    type: ActivityType
    subject: str
    note: str
    day: date | None


def read(text: str, past: Callable[[str], tuple[date | None, str]]) -> Logged:
    """The activity that a line means: "visit yesterday price ok"; without a known first word it is a note.

    `past` finds the day with which a text begins; a note without its word is a sentence, which is kept whole.
    """
    first, _, rest = text.strip().partition(" ")
    known = {
        tr("visit"): ActivityType.VISIT, tr("call"): ActivityType.CALL, tr("mail"): ActivityType.EMAIL_OUT,
        tr("note"): ActivityType.NOTE, tr("meeting"): ActivityType.MEETING,
    }  # fmt: skip
    type_ = known.get(first.lower().rstrip(":"))
    day, words = (None, text.strip()) if type_ is None else past(rest.strip())
    words = words[:1].upper() + words[1:]
    title = len(words) <= LONGEST
    return Logged(type_ or ActivityType.NOTE, words if title else "", "" if title else words, day)
