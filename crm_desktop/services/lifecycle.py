"""The lifecycle of leads: forward by itself, back only by hand, the first entry into each step dated.

Inside an action the list rows are those from before it, so records are read whole here.
"""

from collections.abc import Iterator, Mapping, Sequence
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

    def advance(self, leads: Sequence[int], step: Lifecycle) -> None:
        """Takes those of the leads that have not come so far to a step; nobody is taken back."""
        order = list(Lifecycle)
        rows = self._store.lists.whole("lead", leads, ["lifecycle"])
        behind = [lead for lead, reached in rows if order.index(reached) < order.index(step)]
        for chosen, dated in self.entered(behind, {"lifecycle": step.value}):
            self._store.records.update("lead", chosen, {"lifecycle": step.value, **dated})

    def of_deals(self, deals: Sequence[int], *, won: bool) -> None:
        """A lead with a deal is an opportunity, with a won one a customer."""
        leads = [lead.id for _, lead in self._store.lists.whole("deal", deals, ["lead"]) if lead is not None]
        self.advance(list(dict.fromkeys(leads)), Lifecycle.CUSTOMER if won else Lifecycle.OPPORTUNITY)

    def _dated(self, step: Lifecycle, known: Mapping[str, bool], given: Given) -> dict[str, Any]:
        name = ENTRY[step]
        return {} if known.get(name) else {name: given.get(name) or self._store.clock.today()}
