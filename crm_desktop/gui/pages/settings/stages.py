"""The stages of the pipeline: names, likelihood, order."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QSpinBox, QWidget

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.terms import StageCategory
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings.ordered import OrderedPanel
from crm_desktop.gui.pages.settings.rows import give_air
from crm_desktop.gui.widgets.text import inset
from crm_desktop.services.stages import Stage

FEWEST, MOST = 3, 8
NEW_LIKELIHOOD = 50


class StagesPanel(OrderedPanel):
    """A line for each open stage."""

    def __init__(self, context: AppContext) -> None:
        note = self.tr("Three to eight stages. A deal takes the likelihood of the stage it enters.")
        super().__init__(context, self.tr("Pipeline"), note, self.tr("Add a stage"))
        self.add_button.clicked.connect(self.add_stage)
        self.closed: list[Stage] = []

    @property
    def stages(self) -> Sequence[Stage]:
        """The open stages in their order."""
        return self.things

    def search(self, text: str) -> bool:
        """The stages are one thing: found by the title, the note or a name."""
        words = (self.title, self.tr("Stages"), self.tr("Likelihood"), *(stage.name for stage in self.stages))
        return any(text.casefold() in word.casefold() for word in words)

    def refresh(self) -> None:
        pipeline = self.context.services.pipeline
        self.context.jobs.read(lambda _progress: pipeline.stages(), self._show, owner=self)

    def _show(self, stages: list[Stage]) -> None:
        self.closed = [stage for stage in stages if stage.category is not StageCategory.OPEN]
        self.show_things([stage for stage in stages if stage.category is StageCategory.OPEN])
        self.add_button.setEnabled(len(self.stages) < MOST)

    # what a line has

    def heads(self) -> Sequence[str]:
        return (self.tr("Stage"), self.tr("Likelihood"))

    def name_words(self, index: int) -> str:
        return self.tr("Name of stage %1").replace("%1", str(index + 1))

    def own_part(self, thing: Stage, holder: QWidget) -> QWidget:
        likely = QSpinBox(holder)
        likely.setObjectName(f"likely{thing.id}")
        inset(likely)
        likely.setRange(0, 100)
        likely.setSuffix(" %")
        likely.setKeyboardTracking(False)
        give_air(likely)
        likely.setValue(thing.probability)
        likely.setAccessibleName(self.tr("Likelihood of %1").replace("%1", thing.name))
        likely.valueChanged.connect(lambda value: self._set(thing, {"probability": value}))
        return likely

    # what the user does

    def add_stage(self) -> None:
        """A new stage behind the last open one."""
        last = self.stages[-1]
        name = self.free_name(self.tr("New stage"))
        values = {
            "name": name, "pipeline": last.pipeline, "category": StageCategory.OPEN.value,
            "probability": max(NEW_LIKELIHOOD, last.probability), "position": last.position,
        }  # fmt: skip
        records = self.context.services.records
        self.add(lambda: records.add("stage", values), self.tr("Stage added"))

    def rename(self, thing: Stage, name: str) -> None:
        self._set(thing, {"name": name})

    def _set(self, stage: Stage, values: dict[str, Any]) -> None:
        records = self.context.services.records
        words = self.tr("Stage %1 changed").replace("%1", stage.name)
        self.write(lambda: records.set("stage", [stage.id], values), words)

    def order(self, ids: list[int], moved: str) -> None:
        closed = [stage.id for stage in self.closed]
        pipeline = self.context.services.pipeline
        self.write(lambda: pipeline.order(ids + closed), self.tr("Stage %1 moved").replace("%1", moved))

    def may_delete(self, thing: Stage) -> bool:
        return len(self.stages) > FEWEST

    def delete(self, thing: Stage) -> None:
        lists, records = self.context.services.lists, self.context.services.records
        held = lists.count(Filter("deal", is_("stage", thing.id)))
        if held:
            words = self.tr("%Ln deals are in %1. Move them to another stage first.", None, held)
            self.say(Notice(words.replace("%1", thing.name), kind="bad"))
            return
        words = self.tr("Stage %1 deleted").replace("%1", thing.name)
        self.write(lambda: records.delete("stage", [thing.id]), words)
