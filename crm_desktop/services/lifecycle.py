"""The lifecycle of leads: forward by itself, back only by hand, the first entry into each step dated.

Inside an action the list rows are those from before it, so records are read whole here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from crm_desktop.domain.terms import Lifecycle
from crm_desktop.storage.store import Store

ENTRY: Mapping[Lifecycle, str] = {step: f"{step.value}_on" for step in Lifecycle}
"""The field that keeps the day a lead first entered a step."""

Given = Mapping[str, Any]


class Lifecycles:
    """Dates the steps of leads and takes leads forward; `advance` belongs inside an action."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def first(self, given: Given) -> dict[str, Any]:
        """What a new lead has of its lifecycle: its step and the day it entered it, today unless `given` says."""
        step = Lifecycle(given.get("lifecycle") or Lifecycle.LEAD)
        return {"lifecycle": step.value, **self._dated(step, {}, given)}

    def entered(self, leads: Sequence[int], given: Given) -> Iterator[tuple[Sequence[int], dict[str, Any]]]:
        """Leads whose step is set, in groups, with the day each group enters it where it did not before."""
        step = Lifecycle(given["lifecycle"])
        groups: dict[bool, list[int]] = {}
        for lead, entered in self._store.lists.whole("lead", leads, [ENTRY[step]]):
            groups.setdefault(entered is not None, []).append(lead)
        for known, chosen in groups.items():
            yield chosen, self._dated(step, {ENTRY[step]: known}, given)

    def advance(self, leads: Sequence[int], step: Lifecycle, day: date | None = None) -> None:
        """Takes leads that have not come so far to a step, today unless a day is given; nobody is taken back."""
        order = list(Lifecycle)
        rows = self._store.lists.whole("lead", leads, ["lifecycle"])
        behind = [lead for lead, reached in rows if order.index(reached) < order.index(step)]
        for chosen, dated in self.entered(behind, {"lifecycle": step.value, ENTRY[step]: day}):
            self._store.records.update("lead", chosen, {"lifecycle": step.value, **dated})

    def of_deals(self, deals: Sequence[int], *, won: bool) -> None:
        """A lead with a deal is an opportunity since it was opened, with a won one a customer since it was closed."""
        step, when = (Lifecycle.CUSTOMER, "closed_on") if won else (Lifecycle.OPPORTUNITY, "opened_on")
        days: dict[date | None, list[int]] = {}
        for _, lead, day in self._store.lists.whole("deal", deals, ["lead", when]):
            if lead is not None:
                days.setdefault(day, []).append(lead.id)
        for day in sorted(days, key=lambda day: day or date.max):
            self.advance(list(dict.fromkeys(days[day])), step, day)

    def _dated(self, step: Lifecycle, known: Mapping[str, bool], given: Given) -> dict[str, Any]:
        name = ENTRY[step]
        return {} if known.get(name) else {name: given.get(name) or self._store.clock.today()}
