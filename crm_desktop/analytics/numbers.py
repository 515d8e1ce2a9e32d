"""The few operations every report needs, exact and without surprises where there is nothing to divide by."""

from collections.abc import Sequence
from fractions import Fraction


def ratio(part: float, whole: float) -> float | None:
    """The fraction `part / whole`; None where there is no whole, which is shown as a dash and not as 0."""
    return part / whole if whole else None


def mean(values: Sequence[int]) -> Fraction | None:
    """The exact arithmetic mean; None of nothing."""
    return Fraction(sum(values), len(values)) if values else None


def median(values: Sequence[int]) -> Fraction | None:
    """The exact median, the mean of the middle two where their number is even; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return Fraction(ordered[middle]) if len(ordered) % 2 else Fraction(ordered[middle - 1] + ordered[middle], 2)
