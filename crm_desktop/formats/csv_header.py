"""Whether the first row of a table names its columns, and what the columns are called."""

import re
from collections.abc import Sequence

_KINDS = (
    re.compile(r"[-+(]?\s*[$€£¥]?\s*\d[\d.,' ]*%?\)?"),  # numbers
    re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?"),  # dates
    re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),  # e-mail addresses
    re.compile(r"https?://\S+"),
    re.compile(r"(?i)true|false"),
)
_YEAR = re.compile(r"(19|20)\d\d")
_ROWS_JUDGED = 100


def has_header(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the first of `rows` is a header: most columns vote by how it differs from what follows.

    Text over values of another kind speaks for a header, a value over values of its own kind
    against it; when nothing speaks either way there is one, as nearly every file has.
    """
    if not rows or not any(rows[0]):
        return False
    below = rows[1 : 1 + _ROWS_JUDGED]
    votes = [_vote(rows[0][at].strip() if at < len(rows[0]) else "", _column(below, at)) for at in range(width)]
    if not below:
        return not any(_kind(cell.strip()) for cell in rows[0])
    return sum(votes) >= 0


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]


def _vote(first: str, below: list[str]) -> int:
    if not first or not below:
        return 0
    kinds = {_kind(value) for value in below}
    if len(kinds) > 1 or None in kinds:
        return 0
    if _YEAR.fullmatch(first) and not all(_YEAR.fullmatch(value) for value in below):
        return 1  # one column for each year
    return -1 if _kind(first) in kinds else 1


def _kind(value: str) -> int | None:
    return next((at for at, pattern in enumerate(_KINDS, 1) if pattern.fullmatch(value)), None)


def unique_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """`width` different names: blanks become `Column 3`, repeated ones `name_2`."""
    names: list[str] = []
    taken = {cell.strip() for cell in header}
    seen: set[str] = set()
    for at in range(width):
        name = wanted = (header[at].strip() if at < len(header) else "") or f"Column {at + 1}"
        number = 2
        while name in seen or (name != wanted and name in taken):
            name, number = f"{wanted}_{number}", number + 1
        seen.add(name)
        names.append(name)
    return tuple(names)
