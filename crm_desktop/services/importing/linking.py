"""The links of a block of rows, by the rules of its kind: to whom, and what is made where it is missing."""

from functools import cached_property
from typing import Any

from crm_desktop.domain.terms import LeadStatus
from crm_desktop.services.importing.links import Links
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.statuses import Statuses
from crm_desktop.storage.store import Store

_APART = {"deal": ("stage", "pipeline"), "purchase": ("company", "person")}
"""Links of a kind that have rules of their own."""


class Linking:
    """Puts records in the place of what rows say of them; exports of `ours` tell what converted leads became."""

    def __init__(self, store: Store, links: Links, *, ours: bool) -> None:
        self._store = store
        self._links = links
        self._ours = ours

    def resolve(self, kind: str, block: Block) -> None:
        """Links by what the row says; records that are missing are made."""
        left_out = set(block.faults)
        self._links.tags(block)
        if kind == "lead":
            block.new["status"] = [self._first_status] * len(block)
        if kind == "purchase":
            self._customers(block, left_out)
        apart = _APART.get(kind, ())
        for name, link in self._store.catalogue.kind(kind).fields.items():
            if link.target and link.editable and not link.custom and name not in apart:
                self._links.resolve(block, name, link.target, left_out=left_out)
        if kind == "lead" and "status" in block.values and not self._ours:
            block.values["status"] = [self._unconverted.get(each, each) for each in block.values["status"]]

    @cached_property
    def _unconverted(self) -> dict[int | None, int]:
        """For each status that conversion alone gives the one that such a lead has before."""
        statuses = Statuses(self._store)
        return {each.id: statuses.unconverted(each).id for each in statuses.all()}

    @cached_property
    def _first_status(self) -> int:
        """The status that leads have of which none is said."""
        return Statuses(self._store).first(LeadStatus.OPEN).id

    def _customers(self, block: Block, left_out: set[int]) -> None:
        """A purchase is of one company or one person; a customer known by a number alone gets a record."""
        said = {kind: self._links.wanted(block, kind, kind) for kind in ("company", "person")}
        found: list[Any] = [None] * len(block)
        for kind, wanted in said.items():
            if wanted is None:
                continue
            open_ = [at for at, each in enumerate(wanted) if any(each[:3]) and not found[at] and at not in left_out]
            records = self._links.find(kind, [wanted[at] for at in open_], number_names=True)
            block.values[kind] = [None] * len(block)
            for at in open_:
                block.values[kind][at] = found[at] = records[wanted[at]]
        for at, record in enumerate(found):
            if record is None and at not in left_out:
                block.refuse(at, "Names no customer")
                left_out.add(at)
