"""Several choices in one text, as people type them and as other programs write them."""

import re
from collections.abc import Callable, Iterator

BETWEEN = "; "
"""What stands between choices that are written."""

_MOST = 8  # parts that a choice with commas may have
_SURE = re.compile(r"\s*:::\s*|\s*;\s*|\s+\|\s+|\s*\n\s*")
_BAR = re.compile(r"\s*\|\s*")


def parse_choices(text: str, choose: Callable[[str], str | None]) -> tuple[str, ...]:
    """The choices that a text lists, each once, in its order; ValueError names the part that is no choice."""
    found: dict[str, None] = {}
    for part, choice in parts(text, choose):
        if choice is None:
            raise ValueError(f"“{part}” is none of the choices")
        found[choice] = None
    return tuple(found)


def parts(text: str, choose: Callable[[str], str | None]) -> Iterator[tuple[str, str | None]]:
    """What a text lists, each with the choice that it names for `choose`; None where it names none.

    Choices stand between `;`, `:::`, `|`, lines or commas; a choice may hold commas and bars itself.
    """
    for part in filter(None, _SURE.split(text.strip())):
        whole = choose(part)
        if whole is not None:
            yield part, whole
            continue
        for each in _BAR.split(part):
            yield from _by_commas(each, choose)


def _by_commas(text: str, choose: Callable[[str], str | None]) -> Iterator[tuple[str, str | None]]:
    words = text.split(",")
    while words:
        for count in range(min(len(words), _MOST), 0, -1):
            part = ",".join(words[:count]).strip()
            if (choice := choose(part)) is not None:
                yield part, choice
                del words[:count]
                break
        else:
            if words[0].strip():
                yield words[0].strip(), None
            del words[0]


def format_choices(choices: tuple[str, ...]) -> str:
    """The inverse of `parse_choices`."""
    return BETWEEN.join(choices)
