"""Order keys between any two neighbours, so that moving one card never rewrites the others.

A rank is a string of the digits 0-9 A-Z a-z, read as a fraction; it never ends in `0`.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)


def between(low: str | None, high: str | None) -> str:
    """A rank after `low` and before `high`; None stands for the open end. Error if low >= high."""
    if low is not None and high is not None and low >= high:
        raise ValueError(f"no rank lies between {low!r} and {high!r}")
    prefix, floor, ceiling = "", low or "", high
    while True:
        lower = DIGITS.index(floor[0]) if floor else 0
        upper = DIGITS.index(ceiling[0]) if ceiling else BASE
        if upper - lower > 1:
            return prefix + DIGITS[(lower + upper) // 2]
        prefix += DIGITS[lower]
        floor = floor[1:]
        ceiling = ceiling[1:] if ceiling and upper == lower else None


def sequence(count: int) -> list[str]:
    """`count` ranks in order, evenly spread."""
    width = 1
    while BASE**width <= count + 1:
        width += 1
    step = BASE**width // (count + 1)
    return [_digits(step * n, width) for n in range(1, count + 1)]


def _digits(value: int, width: int) -> str:
    text = ""
    for _ in range(width):
        value, rest = divmod(value, BASE)
        text = DIGITS[rest] + text
    return text.rstrip("0")
