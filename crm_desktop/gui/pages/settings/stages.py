"""The stages of the pipeline: names, likelihood, order."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.domain.terms import StageCategory
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Notice
from crm_desktop.gui.pages.settings.panel import Panel
from crm_desktop.gui.pages.settings.rows import give_air
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.stages import Stage

FEWEST, MOST = 3, 8
NEW_LIKELIHOOD = 50


class StagesPanel(Panel):
    """A line for each open stage; every edit is one action and can be undone."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, self.tr("Pipeline"))
        note = self.tr("Three to eight stages. A deal takes the likelihood of the stage it enters.")
        self.column.insertWidget(1, label(note, "body", "secondary", wrap=True))
        self._grid_holder = QWidget(self.card)
        self.card.body.addWidget(self._grid_holder)
        self.add_button = Button(context.theme, self, self.tr("Add a stage"), "plus")
        self.add_button.clicked.connect(self.add_stage)
        self.column.insertWidget(self.column.count() - 1, self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.stages: list[Stage] = []
        self.closed: list[Stage] = []

    def search(self, text: str) -> bool:
        """The stages are one thing: found by the title, the note or a name."""
        words = (self.title, self.tr("Stages"), self.tr("Likelihood"), *(stage.name for stage in self.stages))
        return any(text.casefold() in word.casefold() for word in words)

    def refresh(self) -> None:
        pipeline = self.context.services.pipeline
        self.context.jobs.read(lambda _progress: pipeline.stages(), self._show, owner=self)

    def _show(self, stages: list[Stage]) -> None:
        self.stages = [stage for stage in stages if stage.category is StageCategory.OPEN]
        self.closed = [stage for stage in stages if stage.category is not StageCategory.OPEN]
        holder = QWidget(self.card)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for column, words in enumerate((self.tr("Stage"), self.tr("Likelihood"))):
            grid.addWidget(label(words, "small", "secondary"), 0, column)
        for index, stage in enumerate(self.stages):
            self._add_line(grid, index, stage)
        focused = self.focused_in(self._grid_holder)
        self.card.body.replaceWidget(self._grid_holder, holder)
        self._grid_holder.hide()
        self._grid_holder.deleteLater()
        self._grid_holder = holder
        for edit in holder.findChildren(QWidget, focused) if focused else ():
            edit.setFocus()
        self.add_button.setEnabled(len(self.stages) < MOST)

    def _add_line(self, grid: QGridLayout, index: int, stage: Stage) -> None:
        holder = grid.parentWidget()
        name = QLineEdit(stage.name, holder)
        name.setObjectName(f"name{stage.id}")
        name.setAccessibleName(self.tr("Name of stage %1").replace("%1", str(index + 1)))
        name.editingFinished.connect(lambda: self._rename(stage, name))
        likely = QSpinBox(holder)
        likely.setObjectName(f"likely{stage.id}")
        likely.setRange(0, 100)
        likely.setSuffix(" %")
        likely.setKeyboardTracking(False)
        give_air(likely)
        likely.setValue(stage.probability)
        likely.setAccessibleName(self.tr("Likelihood of %1").replace("%1", stage.name))
        likely.valueChanged.connect(lambda value: self._set(stage, {"probability": value}))
        grid.addWidget(name, index + 1, 0)
        grid.addWidget(likely, index + 1, 1)
        buttons = (
            ("arrow-up", self.tr("Move %1 up"), partial(self._move, index, -1), index > 0),
            ("arrow-down", self.tr("Move %1 down"), partial(self._move, index, 1), index + 1 < len(self.stages)),
            ("trash-2", self.tr("Delete %1"), partial(self._delete, stage), len(self.stages) > FEWEST),
        )
        for place, (glyph, words, run, allowed) in enumerate(buttons, 2):
            button = IconButton(self.context.theme, holder, glyph, words.replace("%1", stage.name))
            button.setObjectName(f"{glyph}{stage.id}")
            button.setEnabled(allowed)
            button.clicked.connect(run)
            grid.addWidget(button, index + 1, place)

    # what the user does

    def add_stage(self) -> None:
        """A new stage behind the last open one."""
        last = self.stages[-1]
        values = {
            "name": self.tr("New stage"), "pipeline": last.pipeline, "category": StageCategory.OPEN.value,
            "probability": max(NEW_LIKELIHOOD, last.probability), "position": last.position,
        }  # fmt: skip
        records = self.context.services.records
        self.write(lambda: records.add("stage", values), self.tr("Stage added"))

    def _rename(self, stage: Stage, edit: QLineEdit) -> None:
        name = edit.text().strip()
        if not name:
            edit.setText(stage.name)
        elif name != stage.name:
            self._set(stage, {"name": name})

    def _set(self, stage: Stage, values: dict[str, Any]) -> None:
        records = self.context.services.records
        words = self.tr("Stage %1 changed").replace("%1", stage.name)
        self.write(lambda: records.set("stage", [stage.id], values), words)

    def _move(self, index: int, by: int) -> None:
        order = [stage.id for stage in self.stages]
        order.insert(index + by, order.pop(index))
        closed = [stage.id for stage in self.closed]
        pipeline = self.context.services.pipeline
        words = self.tr("Stage %1 moved").replace("%1", self.stages[index].name)
        self.write(lambda: pipeline.order(order + closed), words)

    def _delete(self, stage: Stage) -> None:
        lists, records = self.context.services.lists, self.context.services.records
        held = lists.count(Filter("deal", is_("stage", stage.id)))
        if held:
            words = self.tr("%n deals are in %1. Move them to another stage first.", None, held)
            self.say(Notice(words.replace("%1", stage.name), kind="bad"))
            return
        words = self.tr("Stage %1 deleted").replace("%1", stage.name)
        self.write(lambda: records.delete("stage", [stage.id]), words)
