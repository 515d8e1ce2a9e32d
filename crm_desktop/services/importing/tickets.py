"""Files of tickets, for which there is no place yet: known by their headings, so that they do not become deals."""

from collections.abc import Sequence
from pathlib import Path

from crm_desktop.domain.folding import key, words

_NUMBERS = frozenset(
    "ticketid ticketnumber ticketno ticketnr ticketnummer ticketkey issuekey casenumber caseid incidentnumber".split()
)
_URGENT = frozenset("priority severity prioritat priorite prioridad".split())


def refusal(path: Path, columns: Sequence[str]) -> str:
    """Why a file cannot be imported as what it is, where its columns are clearly those of tickets; else nothing.

    They bear a number of their own, and are urgent or not.
    """
    numbered = any(key(column) in _NUMBERS for column in columns)
    urgent = any(_URGENT.intersection(words(column)) for column in columns)
    if not (numbered and urgent):
        return ""
    return f"“{path.name}” holds tickets, which cannot be imported yet. Say what else its rows are to become."
