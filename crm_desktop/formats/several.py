"""Several choices in one text, as people type them and as other programs write them."""

import re
from collections.abc import Callable, Iterator
from itertools import chain

BETWEEN = "; "
"""What stands between choices that are written."""

_MOST = 8  # parts that a choice with commas may have
_SURE = re.compile(r"\s*:::\s*|\s*;\s*|\s+\|\s+|\s*\n\s*")
_BAR = re.compile(r"\s*\|\s*")


def parse_choices(text: str, choose: Callable[[str], str | None]) -> tuple[str, ...]:
    """The choices that a text lists, each once, in its order; `choose` gives the choice that a part names.

    Choices stand between `;`, `:::`, `|`, lines or commas; a choice may hold commas and bars itself. ValueError names
    the part that is no choice.
    """
    found: dict[str, None] = {}
    for part in filter(None, _SURE.split(text.strip())):
        whole = choose(part)
        named = [whole] if whole is not None else chain(*(_by_commas(each, choose) for each in _BAR.split(part)))
        found |= dict.fromkeys(named)
    return tuple(found)


def _by_commas(text: str, choose: Callable[[str], str | None]) -> Iterator[str]:
    words = text.split(",")
    while words:
        for count in range(min(len(words), _MOST), 0, -1):
            choice = choose(",".join(words[:count]).strip())
            if choice is not None:
                yield choice
                del words[:count]
                break
        else:
            if words[0].strip():
                raise ValueError(f"“{words[0].strip()}” is none of the choices")
            del words[0]


def format_choices(choices: tuple[str, ...]) -> str:
    """The inverse of `parse_choices`."""
    return BETWEEN.join(choices)
