"""Stages of pipelines, and what entering one means for a deal, however it gets there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.deals import in_order
from crm_desktop.domain.filter import Filter, Ref, is_
from crm_desktop.domain.folding import key
from crm_desktop.domain.terms import ProbabilitySource, StageCategory
from crm_desktop.errors import UserError
from crm_desktop.services.lifecycle import Lifecycles
from crm_desktop.storage.store import Store

_Known = Mapping[str, Any]
"""What a deal has before it enters a stage."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a pipeline; `probability` in percent, `rot_days` 0 where deals never rot."""

    id: int
    name: str
    category: StageCategory
    probability: int
    position: int | None
    rot_days: int
    pipeline: int

    @property
    def certain(self) -> int | None:
        """The likelihood of deals that are closed here; None where they are open."""
        return {StageCategory.WON: 100, StageCategory.LOST: 0}.get(self.category)

    def likely(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is said of a deal in this stage: a likelihood counts as set by hand unless it is said whose it is.

        A closed deal is sure, and keeps the day and the reason of its close unless others are said.
        """
        kept = {StageCategory.WON: ("closed_on",), StageCategory.LOST: ("closed_on", "lost_reason")}
        said = {name: value for name, value in values.items() if value or name not in kept.get(self.category, ())}
        if said.get("probability") is None:
            said.pop("probability", None)
        elif self.certain is None:
            said["probability_source"] = said.get("probability_source") or ProbabilitySource.MANUAL.value
        else:
            said["probability"] = self.certain
        return said


def check_close(category: str, values: Mapping[str, Any]) -> None:
    """Raises UserError where a closed deal would lose the day or reason of its close, or an open one be given a day."""
    closed, day = category != StageCategory.OPEN, values.get("closed_on")
    if closed and "closed_on" in values and day is None:
        raise UserError("A closed deal has the day of its close; reopen it to take that away.")
    if not closed and day is not None:
        raise UserError("An open deal is not closed yet; win or lose it, or say when it is expected to close.")
    if category == StageCategory.LOST and "lost_reason" in values and not values["lost_reason"]:
        raise UserError("Say why the deal is lost: give it a reason.")


class Stages:
    """Knows the stages and puts deals into them; `enter` belongs inside an action."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pipelines(self) -> list[Ref]:
        """The pipelines in their order."""
        rows = self._store.lists.values(Filter("pipeline"), ("name", "position"))
        return [Ref(number, name) for number, name, _ in sorted(rows, key=lambda row: in_order(row[2], row[0]))]

    def pipeline(self, chosen: int | None) -> int:
        """The pipeline chosen, or the first one."""
        if chosen is not None:
            return chosen
        known = self.pipelines()
        if not known:
            raise UserError("There is no pipeline. Add one first.")
        return known[0].id

    def of(self, pipeline: int | None = None) -> list[Stage]:
        """The stages of a pipeline in their order; without one of the first."""
        chosen = self.pipeline(pipeline)
        fields = ("name", "category", "probability", "position", "rot_days")
        rows = self._store.lists.values(Filter("stage", is_("pipeline", chosen)), fields)
        made = [
            Stage(number, name, StageCategory(category), probability or 0, position, rot or 0, chosen)
            for number, name, category, probability, position, rot in rows
        ]
        return sorted(made, key=lambda stage: in_order(stage.position, stage.id))

    def all(self) -> list[Stage]:
        """The stages of all pipelines, in the order of both."""
        return [stage for pipeline in self.pipelines() for stage in self.of(pipeline.id)]

    def get(self, stage: int) -> Stage:
        """A stage by its id."""
        for found in self.all():
            if found.id == stage:
                return found
        raise UserError("This stage is no longer there.")

    def end(self, pipeline: int | None, category: StageCategory) -> Stage:
        """The stage of a pipeline where deals are won or lost."""
        for stage in self.of(pipeline):
            if stage.category is category:
                return stage
        raise UserError(f"This pipeline has no stage for {category.value} deals. Add one first.")

    def first(self, pipeline: int | None = None) -> Stage:
        """The stage in which new deals begin."""
        return self.end(pipeline, StageCategory.OPEN)

    def check_left(self, kind: str, ids: Sequence[int]) -> None:
        """Raises UserError where stages or pipelines would be taken from under living deals; also inside an action."""
        records = self._store.records
        deals = [deal for each in ids for deal in records.naming("deal", kind, each)]
        count = len(deals) - len(records.in_bin("deal", deals))
        if count:
            them, it = ("deal is", "it") if count == 1 else ("deals are", "them")
            raise UserError(f"{count:,} {them} in this {kind}. Move {it} first.")

    def check_names(self, read: Mapping[str, Any], stages: Sequence[int] = ()) -> None:
        """Raises UserError where stages, or without any a new one, would share a name within their pipeline."""
        if read.keys().isdisjoint(("name", "pipeline")):
            return
        known = self.all()
        held = [(each.id, each.name, each.pipeline) for each in known if each.id in stages]
        for own, name, pipeline in held or [(0, "", 0)]:
            called, chosen = read.get("name") or name, read.get("pipeline", pipeline)
            beside = [each for each in known if each.pipeline == getattr(chosen, "id", chosen) and each.id != own]
            if key(called) in [key(each.name) for each in beside]:
                raise UserError(f"There is a stage “{called}” already.")

    def enter(self, deals: Sequence[int], target: Stage, values: Mapping[str, Any]) -> None:
        """Puts deals into a stage, with what else is said of them, and notes the day in their log.

        A closed deal has its day (today unless given) and a sure likelihood; an open one has neither, and follows the
        likelihood of its stage unless a person set it.
        """
        known, said = self._known(deals), target.likely(values)
        check_close(target.category, said)
        unsaid = target.category is StageCategory.LOST and not said.get("lost_reason")
        if unsaid and not all(deal["lost_reason"] for deal in known.values()):
            raise UserError("Say why the deal is lost: give it a reason.")
        there = [number for number, deal in known.items() if deal["stage"] and deal["stage"].id == target.id]
        self._store.records.update("deal", there, said)
        coming = {number: deal for number, deal in known.items() if number not in set(there)}
        self._put(coming, target, said)
        if target.category is StageCategory.WON:
            Lifecycles(self._store).of_deals(list(coming), won=True)

    def _put(self, deals: Mapping[int, _Known], target: Stage, values: dict[str, Any]) -> None:
        today = self._store.clock.today()
        found: dict[str, Any] = {"pipeline": target.pipeline, "stage": target.id}
        if target.certain is not None:
            found |= {"closed_on": today, "probability": target.certain, "snoozed_until": None}
        else:
            found["closed_on"] = None
        if target.category is not StageCategory.LOST:
            found |= {"lost_reason": None, "lost_note": None}
        self._store.records.update("deal", list(deals), found | values)
        if target.certain is None and "probability" not in values:
            following = [number for number, deal in deals.items() if _follows(deal)]
            usual = {"probability": target.probability, "probability_source": ProbabilitySource.STAGE.value}
            self._store.records.update("deal", following, usual)
        day = (found | values)["closed_on"] or today
        rows = ((deal, target.id, day) for deal in deals)
        self._store.records.insert_many("stage_log", ("deal", "stage", "entered_on"), rows)

    def _known(self, deals: Sequence[int]) -> dict[int, _Known]:
        fields = ("stage", "status", "probability_source", "lost_reason")
        rows = self._store.lists.rows("deal", deals, fields)
        if len(rows) < len(set(deals)):
            raise UserError("This deal is no longer there." if len(deals) == 1 else "Some deals are no longer there.")
        return {row[0]: dict(zip(fields, row[1:], strict=True)) for row in rows}


def _follows(deal: _Known) -> bool:
    """Whether a deal takes the likelihood of the stage it comes to, for no person set its own."""
    closed = deal["status"] in (StageCategory.WON, StageCategory.LOST)
    return closed or deal["probability_source"] != ProbabilitySource.MANUAL.value
