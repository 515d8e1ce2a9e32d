"""The stages of a pipeline: names, likelihood, order."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QSpinBox, QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import StageCategory
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.pages.settings.ordered import OrderedPanel
from crm_desktop.gui.pages.settings.rows import give_air
from crm_desktop.gui.widgets.text import inset
from crm_desktop.services.progress import Progress
from crm_desktop.services.stages import Stage

FEWEST, MOST = 3, 8
NEW_LIKELIHOOD = 50
_Found = tuple[list[Ref], int, list[Stage]]
"""The pipelines, and of the one that is shown its id and its stages."""


class StagesPanel(OrderedPanel):
    """A line for each open stage of a pipeline, which is chosen where there are several."""

    def __init__(self, context: AppContext) -> None:
        note = self.tr("Three to eight stages. A deal takes the likelihood of the stage it enters.")
        super().__init__(context, self.tr("Pipeline"), note, self.tr("Add a stage"))
        self.add_button.clicked.connect(self.add_stage)
        self.pipeline_box = self.add_choice(self.tr("Stages of"))
        self.closed: list[Stage] = []
        self._asked = Latest(context.jobs, self)

    @property
    def stages(self) -> Sequence[Stage]:
        """The open stages in their order."""
        return self.things

    def search(self, text: str) -> bool:
        """The stages are one thing: found by the title, the note or a name."""
        words = (self.title, self.tr("Stages"), self.tr("Likelihood"), *(stage.name for stage in self.stages))
        return any(text.casefold() in word.casefold() for word in words)

    def refresh(self) -> None:
        pipeline, chosen = self.context.services.pipeline, self.pipeline_box.currentData()

        def look_up(_progress: Progress) -> _Found:
            known = pipeline.pipelines()
            shown = chosen if chosen in [each.id for each in known] else known[0].id
            return known, shown, pipeline.stages(shown)

        self._asked.read(look_up, self._show)

    def _show(self, found: _Found) -> None:
        pipelines, shown, stages = found
        self.pipeline_box.clear()
        for pipeline in pipelines:
            self.pipeline_box.addItem(pipeline.name, pipeline.id)
        self.pipeline_box.setCurrentIndex(self.pipeline_box.findData(shown))
        self.head.setVisible(len(pipelines) > 1)
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
        likely.valueChanged.connect(lambda value: self.write(*self._setting(thing, {"probability": value})))
        return likely

    # what the user does

    def add_stage(self) -> None:
        """A new stage behind the last open one."""
        last = self.stages[-1] if self.stages else None
        name = self.free_name(self.tr("New stage"))
        values = {
            "name": name, "pipeline": self.pipeline_box.currentData(), "category": StageCategory.OPEN.value,
            "probability": max(NEW_LIKELIHOOD, last.probability if last else 0),
            "position": last.position if last else 1,
        }  # fmt: skip
        records = self.context.services.records
        self.add(lambda: records.add("stage", values), self.tr("Stage added"))

    def renaming(self, thing: Stage, name: str) -> tuple[Callable[[], object], str]:
        return self._setting(thing, {"name": name})

    def _setting(self, stage: Stage, values: dict[str, Any]) -> tuple[Callable[[], object], str]:
        change = partial(self.context.services.records.set, "stage", [stage.id], values)
        return change, self.tr("Stage %1 changed").replace("%1", stage.name)

    def order(self, ids: list[int], moved: str) -> None:
        closed = [stage.id for stage in self.closed]
        pipeline = self.context.services.pipeline
        self.write(lambda: pipeline.order(ids + closed), self.tr("Stage %1 moved").replace("%1", moved))

    def may_delete(self, thing: Stage) -> bool:
        return len(self.stages) > FEWEST

    def delete(self, thing: Stage) -> None:
        records = self.context.services.records
        words = self.tr("Stage %1 deleted").replace("%1", thing.name)
        self.write(lambda: records.delete("stage", [thing.id]), words)
