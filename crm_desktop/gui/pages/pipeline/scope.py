"""Which deals the page shows: what was asked for, narrowed by the chips that are on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.deals import AWAKE, OPEN, SNOOZED
from crm_desktop.domain.figures import Figure
from crm_desktop.domain.filter import Compare, Filter, Node, Op, both, parts

NO_STEP = Compare("next_activity", Op.EMPTY, True)


@dataclass(frozen=True)
class Scope:
    """`asked` is the filter of the page; snoozed deals are shown only when they are asked for."""

    asked: Filter
    snoozed: bool = False
    no_step: bool = False
    figures: tuple[Figure, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether it asks for closed deals, which no board shows."""
        return "status" in set(_fields(self.asked.to_json()))

    @property
    def base(self) -> Filter:
        """What the figures count: open deals that are not snoozed, unless closed ones are asked for."""
        return self.asked if self.closed else self.asked & OPEN & AWAKE

    @property
    def shown(self) -> Filter:
        """What board and list show."""
        found = self.asked & OPEN & SNOOZED if self.snoozed else self.base
        for figure in self.figures:
            found = found & figure.filter
        return found & NO_STEP if self.no_step else found


def without_open(wanted: Filter) -> Filter:
    """A filter without the condition that the page adds by itself."""
    kept: list[Node] = [node for node in parts(wanted.where) if node not in (OPEN, AWAKE)]
    return Filter(wanted.kind, both(*kept))


def _fields(document: Any) -> Iterator[str]:
    """The fields that a filter in its JSON form names."""
    if isinstance(document, dict):
        if isinstance(document.get("field"), str):
            yield document["field"]
        for value in document.values():
            yield from _fields(value)
    elif isinstance(document, list):
        for value in document:
            yield from _fields(value)
