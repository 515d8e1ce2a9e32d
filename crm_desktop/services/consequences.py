"""What follows from the values of a record: what a new one has without being told, what changes along with others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from crm_desktop.domain.catalogue import Kind
from crm_desktop.domain.terms import LeadStatus, ProbabilitySource, StageCategory
from crm_desktop.errors import UserError
from crm_desktop.services.converted import became
from crm_desktop.services.employments import Employments
from crm_desktop.services.labels import Labels
from crm_desktop.services.lifecycle import Lifecycles
from crm_desktop.services.recycling import Recycling
from crm_desktop.services.stages import Stages, check_close
from crm_desktop.services.statuses import Statuses, left_behind
from crm_desktop.storage.store import Store

_BATCH = 2_000
"""Records that are written between two checkpoints, and so may be taken back in one go."""

Wrote = Callable[[int], object]
"""Hears how many records were written."""

_OF_CLOSE = ("probability", "closed_on", "lost_reason")


class Consequences:
    """Writes values with all that follows from them; belongs inside an action."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._store = store
        self._stages = Stages(store)
        self._statuses = Statuses(store)
        self._employments = Employments(store)
        self._lifecycles = Lifecycles(store)
        self._recycling = Recycling(store, labels)

    def complete(self, kind: Kind, read: dict[str, Any]) -> dict[str, Any]:
        """What a new record has without being told."""
        for field in kind.fields.values():
            if field.required and field.type.textual and field.name not in read:
                raise UserError(f"A {kind.name} needs a {field.name}.")
        if "created_at" in kind.fields:
            read.setdefault("created_at", self._store.clock.now())
        if kind.name == "lead":
            read = {"status": self._statuses.first(LeadStatus.OPEN).id, **read, **self._lifecycles.first(read)}
        if kind.name == "lead_status":
            read = self._statuses.complete(read)
        if kind.name == "stage":
            self._stages.check_names(read)
        if kind.name == "deal":
            read = self._staged(read)
        if kind.name == "product":
            read.setdefault("active", True)
        if kind.name in ("activity", "task") and (lead := read.get("lead")) is not None:
            # What happens with a lead that was converted happens with those that it became.
            read = {part: ref.id for part, ref in became(self._store, int(getattr(lead, "id", lead)))} | read
        if kind.name == "activity":
            at, clock = read.get("happened_at"), self._store.clock
            read.setdefault("happened_on", clock.day(at) if at is not None else clock.today())
        return read

    def _staged(self, read: dict[str, Any]) -> dict[str, Any]:
        """A new deal with its stage, pipeline and likelihood; in the first open stage where none is given."""
        chosen = read.get("stage")
        stage = self._stages.get(getattr(chosen, "id", chosen)) if chosen is not None else self._stages.first()
        today = self._store.clock.today()
        more = {"stage": stage.id, "pipeline": stage.pipeline, "opened_on": read.get("opened_on") or today}
        if stage.category is not StageCategory.OPEN:
            more["closed_on"] = read.get("closed_on") or today
            more["opened_on"] = read.get("opened_on") or min(today, more["closed_on"])
        check_close(stage.category, {"lost_reason": None, **read, **more})
        usual = stage.probability if stage.certain is None else stage.certain
        return {"probability": usual} | stage.likely(read) | more

    def begin(self, kind: str, record: int, read: Mapping[str, Any]) -> None:
        """What follows once a new record is there."""
        if kind == "deal":
            self._enter_stage(record, read)
            self._lifecycles.of_deals([record], won=self._stages.get(read["stage"]).category is StageCategory.WON)
        if kind == "lead":
            self._with_status([record], read)
        if kind == "employment":
            self._employments.tell([record], read)

    def _enter_stage(self, deal: int, read: Mapping[str, Any]) -> None:
        entered = {"deal": deal, "stage": read["stage"], "entered_on": read.get("closed_on") or read["opened_on"]}
        self._store.records.insert("stage_log", entered)

    def update(self, kind: str, ids: Sequence[int], read: dict[str, Any], wrote: Wrote) -> None:
        """Sets values on records with all that follows; after each batch `wrote` hears how many it had."""
        if kind == "deal" and "stage" in read:
            self._move(ids, read, wrote)
            return
        if kind == "person" and "company" in read:
            self._employments.follow(ids, read)
        if kind == "lead_status":
            self._statuses.check_kept(ids, read)
        if kind == "stage":
            self._stages.check_names(read, ids)
        roles = ids if kind == "employment" else ()
        lasting = self._employments.lasting(roles)
        for chosen, more in self._with_more(kind, ids, read):
            for batch in batches(chosen):
                self._store.records.update(kind, batch, read | more)
                wrote(len(batch))
        self._employments.tell(roles, read, lasting)
        if kind == "deal" and read.get("lead") is not None:
            won = [deal for deal, status in self._store.lists.rows("deal", ids, ["status"]) if status == "won"]
            self._lifecycles.of_deals(ids, won=False)
            self._lifecycles.of_deals(won, won=True)

    def _move(self, ids: Sequence[int], read: dict[str, Any], wrote: Wrote) -> None:
        """A stage set by hand means all that entering it means."""
        stage = read.pop("stage")
        if stage is None:
            raise UserError("A deal needs a stage.")
        target = self._stages.get(getattr(stage, "id", stage))
        for batch in batches(ids):
            self._stages.enter(batch, target, read)
            wrote(len(batch))

    def _with_more(
        self, kind: str, ids: Sequence[int], read: dict[str, Any]
    ) -> list[tuple[Sequence[int], dict[str, Any]]]:
        """Records in groups with what else changes: the first entry into each step of the lifecycle is dated."""
        if kind == "deal" and not read.keys().isdisjoint(_OF_CLOSE):
            for status in {status for _, status in self._store.lists.rows(kind, ids, ["status"])}:
                check_close(status, read)
                if "probability" in read and status != StageCategory.OPEN:
                    raise UserError("A closed deal is won or lost for sure; reopen it to set its likelihood.")
        if kind == "deal" and "probability" in read:
            return [(ids, {"probability_source": read.get("probability_source") or ProbabilitySource.MANUAL.value})]
        if kind != "lead":
            return [(ids, {})]
        if "return_on" in read and "status" not in read:
            self._put_off(ids, read)
        more = self._with_status(ids, read) if "status" in read else {}
        if "lifecycle" not in read:
            return [(ids, more)]
        return [(chosen, more | dated) for chosen, dated in self._lifecycles.entered(ids, read)]

    def _with_status(self, leads: Sequence[int], read: Mapping[str, Any]) -> dict[str, Any]:
        """What leads no longer have with a status; those put back until a day have a follow-up on it."""
        type_ = self._statuses.check(leads, read)
        if type_ is LeadStatus.RECYCLED and "return_on" in read:
            self._recycling.plan(leads, read["return_on"], read.get("status_reason"))
        elif type_ is LeadStatus.DISQUALIFIED:
            self._recycling.drop(leads)
        return {name: None for name in left_behind(type_) if name not in read}

    def _put_off(self, leads: Sequence[int], read: Mapping[str, Any]) -> None:
        """Leads that are put back until another day keep their status; their follow-up moves along."""
        known = self._store.lists.rows("lead", leads, ["status", "status_type"])
        back = {lead: status for lead, status, type_ in known if type_ == LeadStatus.RECYCLED}
        if back:
            self._with_status(list(back), {"status": next(iter(back.values())), **read})


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Records in batches, between which an action is checked on."""
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
