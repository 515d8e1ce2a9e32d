"""The parts of a whole, as a chart of bars shows them."""

from dataclasses import dataclass

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money


@dataclass(frozen=True)
class Bar:
    """One part: its name, how many it has, and a bar that is told by a label and, more quietly, by a note.

    `length` has any unit that the bars of a chart share; of it `part` is dark, without one all of it. `words` say what
    the bar shows; it stands for the records of `filter`, whose number, or sum of the field `measure`, is `value`.
    """

    name: str
    count: str
    length: float
    label: str
    words: str
    filter: Filter
    value: int | Money
    measure: str = "count"
    note: str = ""
    part: float | None = None
