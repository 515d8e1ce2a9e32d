"""Deals of other programs in our stages: which stage a text means, what its dates mean, which entries it proves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm_desktop.domain.folding import key, words
from crm_desktop.domain.terms import ProbabilitySource, StageCategory
from crm_desktop.errors import UserError
from crm_desktop.services.importing.shape import Block
from crm_desktop.services.labels import Labels
from crm_desktop.services.stages import Stage, Stages
from crm_desktop.storage.store import Store

_WON = frozenset({"won", "gewonnen", "gagné", "ganado"})
_LOST = frozenset({"lost", "verloren", "perdu", "perdido"})
_AFTER_COLON = re.compile(r".*[:>/]\s*")


class KnownStages:
    """The stages of the base and of the file, and the one that a text of another program means."""

    def __init__(self, store: Store, labels: Labels) -> None:
        self._labels = labels
        self._meant: dict[tuple[str | None, int], Stage | None] = {}
        here = Stages(store)
        self.pipelines: dict[str, int] = {}
        self.all: dict[int, Stage] = {}
        for pipeline in here.pipelines():
            self.pipelines.setdefault(key(pipeline.name), pipeline.id)
            self.all |= {stage.id: stage for stage in here.of(pipeline.id)}

    def note(self, kind: str, values: Mapping[str, Sequence[Any]], ids: Sequence[int]) -> None:
        """Adds pipelines or stages that were just made."""
        for at, record in enumerate(ids):
            name = values["name"][at]
            if kind == "pipeline":
                self.pipelines.setdefault(key(name), record)
            elif pipeline := values["pipeline"][at]:
                held = {each: column[at] for each, column in values.items()}
                self.all[record] = Stage(
                    record, name, StageCategory(held.get("category") or StageCategory.OPEN),
                    held.get("probability") or 0, held.get("position"), held.get("rot_days") or 0, pipeline,
                )  # fmt: skip

    @property
    def usual(self) -> int:
        """The pipeline that deals are in unless they name another."""
        if not self.pipelines:
            raise UserError("There is no pipeline for the deals. Add one, then import again.")
        return next(iter(self.pipelines.values()))

    def first(self, pipeline: int) -> Stage:
        """The first open stage of a pipeline."""
        return self._of(pipeline, StageCategory.OPEN)

    def find(self, text: str | None, pipeline: int) -> Stage | None:
        """The stage that a text means, None if it means none."""
        if (text, pipeline) not in self._meant:
            self._meant[text, pipeline] = self._find(text or "", pipeline)
        return self._meant[text, pipeline]

    def closed(self, pipeline: int, status: str) -> Stage:
        """The stage of won or lost deals."""
        return self._of(pipeline, StageCategory(status))

    def _of(self, pipeline: int, category: StageCategory) -> Stage:
        fitting = [stage for stage in self.all.values() if stage.category == category]
        if not fitting:
            raise UserError(f"No pipeline has a stage for {category.value} deals. Add one, then import again.")
        return next((stage for stage in fitting if stage.pipeline == pipeline), fitting[0])

    def _find(self, text: str, pipeline: int) -> Stage | None:
        named = {key(stage.name): stage for stage in self.all.values() if stage.pipeline == pipeline}
        for spelling in (text, _AFTER_COLON.sub("", text)):
            folded = key(spelling)
            ours = self._labels.stages().get(folded, "")
            if found := named.get(folded) or named.get(key(ours)):
                return found
        said = set(words(text))
        if said & _WON:
            return self._of(pipeline, StageCategory.WON)
        return self._of(pipeline, StageCategory.LOST) if said & _LOST else None


def complete_deals(block: Block, stages: KnownStages) -> None:
    """Names, stages, dates and likelihoods of the rows of a block."""
    _names(block)
    chosen = _stages(block, stages)
    _dates(block, chosen)
    _likelihood(block, chosen)
    told = block.values if block.values.keys() & {"stage", "status"} else block.new
    told["stage"] = [stage.id for stage in chosen]
    told = block.values if "pipeline" in block.values else block.new
    told["pipeline"] = [stage.pipeline for stage in chosen]
    block.values.pop("status", None)


def _names(block: Block) -> None:
    """A deal without a name is called after its customer and product."""
    given = block.values if "name" in block.values else block.new
    names = given.setdefault("name", [None] * len(block))
    customer = block.values.get("company") or block.values.get("company_domain") or [None] * len(block)
    others = (block.column("product"), block.column("person"), block.column("person_email"), block.column("source_id"))
    for at, name in enumerate(names):
        if not name:
            firm, (product, person, email, number) = customer[at], [other[at] for other in others]
            names[at] = ", ".join(filter(None, (firm, product))) or person or email or number
            if not names[at]:
                block.refuse(at, "Needs a name, a company or a product")


def _stages(block: Block, stages: KnownStages) -> list[Stage]:
    texts = block.column("stage")
    status = block.column("status")
    pipelines = block.column("pipeline")
    found = []
    for at, (text, closed, named) in enumerate(zip(texts, status, pipelines, strict=True)):
        pipeline = stages.pipelines.get(key(named)) if named else None
        if named and pipeline is None:
            block.keep(at, "Pipeline", named, "Is no pipeline here; the deal went to the usual one")
        where = pipeline or stages.usual
        stage = stages.find(text, where) if text else None
        if closed in ("won", "lost"):
            stage = stage if stage and stage.category == closed else stages.closed(where, closed)
        if stage is None:
            stage = stages.first(where)
            if text:
                block.keep(at, "Stage", text, f"Is no stage here; the deal went to “{stage.name}”")
        found.append(stage)
    return found


def _dates(block: Block, chosen: Sequence[Stage]) -> None:
    """The one close date that many programs have is expected while a deal is open, and real once it is closed."""
    if "closed_on" not in block.values and "expected_close" not in block.values:
        return
    closed, expected = block.column("closed_on"), block.column("expected_close")
    for at, stage in enumerate(chosen):
        if stage.category == StageCategory.OPEN:
            if closed[at] is not None:
                expected[at], closed[at] = expected[at] or closed[at], None
        elif closed[at] is None:
            closed[at] = expected[at]
    block.values["closed_on"], block.values["expected_close"] = closed, expected


def _likelihood(block: Block, chosen: Sequence[Stage]) -> None:
    """Won is 100 and lost 0; an open deal keeps what the file says, else it has that of its stage."""
    given = block.values.get("probability")
    usual = [stage.probability for stage in chosen]
    block.new["probability"] = usual
    block.new["probability_source"] = [ProbabilitySource.STAGE.value] * len(block)
    if given is not None:
        for at, stage in enumerate(chosen):
            if stage.category != StageCategory.OPEN:
                given[at] = stage.probability
            elif given[at] is not None and given[at] != stage.probability:
                block.new["probability_source"][at] = ProbabilitySource.MANUAL.value


@dataclass(slots=True)
class StageLog:
    """The entries into stages that the dates of a file prove: first stage, present stage, won or lost."""

    stages: KnownStages
    rows: list[tuple[int, int, date]] = field(default_factory=list)

    def note(self, deal: int, values: dict[str, Any], since: date | None) -> None:
        """Notes the entries of a deal; an entry without a date is not proved and not noted."""
        stage = self.stages.all[values["stage"]]
        first = self.stages.first(stage.pipeline)
        entered = {first.id: values.get("opened_on")}
        if stage.category != StageCategory.OPEN:
            entered[stage.id] = values.get("closed_on") or since
        elif since is not None:
            entered[stage.id] = since
        self.rows += [(deal, number, day) for number, day in entered.items() if day is not None]

    def move(self, deal: int, stage: int, day: date | None) -> None:
        """Notes that a deal that is there came to another stage, where the file tells the day."""
        if day is not None:
            self.rows.append((deal, stage, day))

    def taken(self) -> list[tuple[int, int, date]]:
        """The entries noted so far, handed over."""
        rows, self.rows = self.rows, []
        return rows
