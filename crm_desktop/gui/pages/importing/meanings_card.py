"""What the values of a column stand for here, each with the choice of another."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from crm_desktop.domain.folding import key
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing import words
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.importing import Meaning


class MeaningsCard(Card):
    """The values of one column."""

    def __init__(self, context: AppContext, task: Import, found: Sequence[Meaning], parent: QWidget) -> None:
        super().__init__(context.theme, parent, " ")
        self._task = task
        name = words.place(context.services.labels, task.draft.kind, found[0].field)
        title = self.tr("What “%1” stands for in %2").replace("%1", found[0].column).replace("%2", name)
        self.set_title(title)
        self.setAccessibleName(title)
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        for row, each in enumerate(found):
            grid.addWidget(label(each.text, "bodyMedium"), row, 0)
            count = label(format.count_text(each.count), tone="secondary")
            grid.addWidget(count, row, 1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._box(each), row, 2)
        self.body.addLayout(grid)

    def _box(self, meaning: Meaning) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("“%1” stands for").replace("%1", meaning.text))
        if meaning.made:
            box.addItem(self.tr("Add as a new status"), None)
        elif meaning.code is None:
            box.addItem(self.tr("Not known here"), None)
        for code, name in meaning.offered:
            box.addItem(name, code)
        box.setCurrentIndex(box.findData(meaning.code))
        box.activated.connect(partial(self._decide, meaning, box))
        self.boxes[meaning.text] = box
        return box

    def _decide(self, meaning: Meaning, box: QComboBox, _index: int) -> None:
        self._task.decide_meaning(meaning.column, meaning.text, box.currentData())


def to_ask(found: Sequence[Meaning]) -> list[list[Meaning]]:
    """By column the values of which one is not called as it is here."""
    columns: dict[str, list[Meaning]] = {}
    for each in found:
        columns.setdefault(each.column, []).append(each)
    return [each for each in columns.values() if any(map(_otherwise, each))]


def _otherwise(meaning: Meaning) -> bool:
    name = dict(meaning.offered).get(meaning.code or "")
    return name is None or key(name) != key(meaning.text)
