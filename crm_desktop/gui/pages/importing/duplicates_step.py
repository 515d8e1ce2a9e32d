"""Step 4: rows whose record is already there, side by side, and what becomes of them."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.pages.importing.text_table import TextTable
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.plain_list import PlainList
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.sheet import Sheet
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.importing import Counts, Match, OnMatch

_AS_ALL = "all"


class DuplicatesStep(QWidget):
    """The choice for all above; the rows at the left, the chosen one beside its record at the right."""

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._task = task
        self.matches: list[Match] = []
        theme = context.theme
        self.for_all = Segmented(theme, self)
        self.for_all.setAccessibleName(self.tr("For all of them"))
        self.for_one = QComboBox(self)
        self.for_one.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.for_one.setAccessibleName(self.tr("For this one"))
        self.list = PlainList(theme, self.tr("Rows that are already there"), self)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._show_match(now.row()))
        self.sides = TextTable(theme, self.tr("The row beside the record"), self)
        self.title = ElidedLabel(theme, self)
        self.title.setProperty("role", "cardTitle")
        self.told = label(role="small", tone="secondary", wrap=True)
        self.empty = EmptyState(theme, self)
        self._arrange()
        self.for_all.chosen.connect(self._decide_all)
        self.for_one.activated.connect(self._decide_one)

    def _choices(self) -> list[tuple[str, str, str]]:
        return [
            (OnMatch.FILL.value, self.tr("Update empty fields"), ""),
            (OnMatch.OVERWRITE.value, self.tr("Overwrite"), ""),
            (OnMatch.ADD.value, self.tr("Add anyway"), ""), (OnMatch.SKIP.value, self.tr("Skip"), ""),
        ]  # fmt: skip

    def _arrange(self) -> None:
        theme = self._context.theme
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(label(self.tr("For all of them"), "bodyStrong"))
        above.addWidget(self.for_all)
        above.addStretch(1)
        left = Sheet(theme, self.list, 6)
        left.setFixedWidth(260)
        self._right = right = Card(theme, self)
        right.body.addWidget(self.title)
        right.body.addWidget(self.sides, 1)
        one = QHBoxLayout()
        one.setSpacing(12)
        one.addWidget(label(self.tr("For this one"), "bodyStrong"))
        one.addWidget(self.for_one)
        one.addStretch(1)
        right.body.addLayout(one)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(left)
        row.addWidget(right, 1)
        self._whole = QWidget(self)
        inner = QVBoxLayout(self._whole)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        inner.addLayout(above)
        inner.addWidget(self.told)
        inner.addLayout(row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        layout.addWidget(self.empty)

    def show_matches(self) -> None:
        """Show the rows of the plan that are already there; they stay while the user decides."""
        assert self._task.plan is not None
        outcome = self._task.plan.outcome
        self.matches = list(outcome.matches)
        # Rows that are added all the same are no matches any more; the choice for all is still open.
        open_ = bool(self.matches) or self._task.draft.options.on_match is OnMatch.ADD
        self._right.setVisible(bool(self.matches))
        self._whole.setVisible(open_)
        self.empty.setVisible(not open_)
        self.empty.tell("circle-check", self._nothing(outcome.rows))
        self.for_all.set_parts(self._choices(), str(self._task.draft.options.on_match))
        self.told.setText(self._repeated(outcome.rows.duplicate))
        self.told.setVisible(bool(outcome.rows.duplicate))
        self.list.show_texts([(self._in_list(match), match.row) for match in self.matches])

    def _in_list(self, match: Match) -> str:
        row = self.tr("row %1").replace("%1", format.count_text(match.row))
        return f"{match.name} · {row}"

    def _nothing(self, rows: Counts) -> str:
        words = self.tr("None of the rows is here already.")
        if rows.unchanged:
            words = self.tr("%Ln rows are here already and say nothing new.", "", rows.unchanged)
        return f"{words} {self._repeated(rows.duplicate)}" if rows.duplicate else words

    def _repeated(self, count: int) -> str:
        return self.tr("%Ln rows only repeat an earlier row of the file and are left out.", "", count)

    def _show_match(self, row: int) -> None:
        if not 0 <= row < len(self.matches):
            return
        match = self.matches[row]
        self.title.setText(match.name)
        texts = []
        for name, said in match.said.items():
            here = match.there.get(name)
            new, old = self._text(match.kind, name, said), self._text(match.kind, name, here)
            if new or old:
                texts.append((self._context.services.labels.field(match.kind, name), new, old))
        self.sides.texts.show((self.tr("Field"), self.tr("In the file"), self.tr("Here now")), texts)
        self._tell_single(match)

    def _tell_single(self, match: Match) -> None:
        held = self._task.draft.options.rows.get(match.row)
        self.for_one.clear()
        self.for_one.addItem(self.tr("As for all"), _AS_ALL)
        for value, text, _ in self._choices():
            self.for_one.addItem(text, value)
        self.for_one.setCurrentIndex(self.for_one.findData(held.value if held else _AS_ALL))

    def _text(self, kind: str, name: str, value: Any) -> str:
        field, labels = self._context.services.catalogue.kind(kind).fields[name], self._context.services.labels
        if isinstance(value, str) and field.type is not FieldType.CHOICE:
            return value.replace("\n", " · ")
        words = format.value(field, value, self._context.clock.today(), partial(labels.choice, kind, name))
        return words.replace("\n", " · ")

    def _decide_all(self, chosen: str) -> None:
        if chosen != self._task.draft.options.on_match:
            self._task.decide_match(None, OnMatch(chosen))

    def _decide_one(self, _index: int) -> None:
        chosen = self.for_one.currentData()
        match = self.matches[self.list.currentIndex().row()]
        held = self._task.draft.options.rows.get(match.row)
        how = None if chosen == _AS_ALL else OnMatch(chosen)
        if how != held:
            self._task.decide_match(match.row, how)
