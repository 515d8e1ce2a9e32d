"""Spellings that a search takes for the same: accents, joined and parted names, umlauts written out, phone numbers."""

import re
from itertools import groupby

from crm_desktop.domain.folding import fold, looks_like_number, number_digits, words

_PARTED = re.compile(r"[^\W\d_]+(?:['’ʼ`´-][^\W\d_]+)+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WITH_UMLAUT = re.compile(r"\w*[äöüÄÖÜ]\w*")
_TRUNK = re.compile(r"\(\s*0\s*\)")
_COUNTRIES = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90"
    " 91 92 93 94 95 98".split()
)
"""Country codes of two digits; 1 and 7 have one, all others three (ITU-T E.164)."""
_END = "\ue000"
"""Stands before digits read from their end, where it keeps them apart from others: no word that is typed has it."""
_SHORTEST_END = 4
"""Digits at the end of a number that tell something."""


def searchable(text: str) -> str:
    """Folded text, with the other spellings of its words behind it."""
    more = [_joined(parted) for parted in _PARTED.findall(text)] if _may_part(text) else []
    if not text.isascii():
        more += [fold(word.lower().translate(_UMLAUTS)) for word in _WITH_UMLAUT.findall(text)]
    return " ".join([fold(text), *more])


def number_words(number: str) -> str:
    """What a phone number is found by: its digits as written, as dialled in its own country, and from its end."""
    ways = numbers(number)
    return " ".join([*ways, _from_end(ways[0])]) if ways else ""


def numbers(text: str) -> tuple[str, ...]:
    """The digits of a phone number, or of the beginning of one, in each way that it may have been written.

    The first has all that were typed.
    """
    bare = text.strip()
    full = number_digits(bare)
    if bare.startswith("00") and len(full) <= _SHORTEST_END:
        return (full,)  # too short to begin with the code of a country, it is the end of a number
    if not bare.startswith(("+", "00")):
        return tuple(dict.fromkeys(filter(None, (full, full.lstrip("0")))))
    dialled = number_digits(_TRUNK.sub("", bare)) if "(" in bare else full
    dialled = dialled if bare[0] == "+" else dialled[2:]
    code = 1 if dialled[:1] in ("1", "7") else 2 if dialled[:2] in _COUNTRIES else 3
    return tuple(dict.fromkeys(filter(None, (full, dialled, dialled[code:].lstrip("0")))))


def sought(text: str) -> list[list[list[str]]]:
    """What to look for: of each word typed the ways to spell it, of each way the words that must all be there.

    Numbers that stand together are the beginning of one phone number, or its end, or what they are.
    """
    found: list[list[list[str]]] = []
    for number, run in groupby(text.split(), looks_like_number):
        typed = list(run)
        found += [_number_ways(" ".join(typed))] if number else map(_ways, typed)
    return [ways for ways in found if ways]


def _number_ways(typed: str) -> list[list[str]]:
    parts = words(_TRUNK.sub(" ", typed))
    ways = [[number] for number in numbers(typed)]
    ends = [[_from_end(number)] for [number] in ways if len(number) >= _SHORTEST_END]
    return ways + ends + ([parts] if len(parts) > 1 else [])


def _from_end(digits: str) -> str:
    return f"{_END}{digits[::-1]}"


def _ways(typed: str) -> list[list[str]]:
    parts = words(typed)
    ways = [parts]
    if len(parts) > 1 and _may_part(typed) and _PARTED.fullmatch(typed.strip(".,;:()\"")):
        ways.append([_joined(typed)])
    if not typed.isascii() and _WITH_UMLAUT.search(typed):
        ways.append(words(typed.lower().translate(_UMLAUTS)))
    return [way for way in ways if way]


def _may_part(text: str) -> bool:
    return any(sign in text for sign in "'’ʼ`´-")


def _joined(parted: str) -> str:
    return "".join(words(parted))
