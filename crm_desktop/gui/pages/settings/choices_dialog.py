"""Other choices for a field: called otherwise, in another order, new ones; what is used goes nowhere unasked."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from crm_desktop.domain.catalogue import Field
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.content_area import show_instead
from crm_desktop.gui.widgets.text import label


@dataclass(slots=True)
class Line:
    """A choice: as it was (empty for a new one), as it is to be, and whether it goes; what records hold instead."""

    before: str
    now: str
    gone: bool = False
    instead: str = ""


class ChoicesDialog(AskDialog):
    """A line for each choice."""

    def __init__(self, context: AppContext, field: Field, used: dict[str, int], parent: QWidget) -> None:
        super().__init__(context, parent)
        self._used = used
        held = [choice for choice in used if choice not in field.choices]
        self.lines = [Line(choice, choice) for choice in (*field.choices, *held)]
        self.entitle(self.tr("Choices of %1").replace("%1", str(field.label)), self.tr("Keep"))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMinimumSize(context.theme.current.px(440), context.theme.current.px(260))
        add = Button(context.theme, self, self.tr("Add a choice"), "plus")
        add.setAutoDefault(False)
        add.clicked.connect(self.add_choice)
        self.content.addWidget(self._area, 1)
        self.content.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)
        self._show(0)

    # what was chosen

    @property
    def choices(self) -> list[str]:
        """The choices in their order."""
        return [line.now.strip() for line in self.lines if not line.gone and line.now.strip()]

    @property
    def moved(self) -> dict[str, str]:
        """What records hold instead of a choice of before."""
        names = {line.before: line.now.strip() for line in self.lines if line.before and not line.gone}
        gone = {line.before: names.get(line.instead, "") for line in self.lines if line.gone}
        return {before: now for before, now in (names | gone).items() if before != now}

    # what the user does

    def add_choice(self) -> None:
        """A new line, ready to be typed."""
        self.lines.append(Line("", ""))
        self._show(len(self.lines) - 1)

    def remove(self, index: int) -> None:
        """Take a choice away; of one that records hold it is asked what they hold instead."""
        line = self.lines[index]
        if line.before in self._used:
            line.gone = True
        else:
            del self.lines[index]
        self._show(min(index, len(self.lines) - 1))

    def _move(self, index: int, by: int) -> None:
        self.lines.insert(index + by, self.lines.pop(index))
        self._show(index + by)

    def _bring_back(self, index: int) -> None:
        self.lines[index].gone = False
        self._show(index)

    # lines

    def _show(self, focused: int) -> None:
        holder = QWidget()
        holder.setProperty("kind", "plain")
        grid = QGridLayout(holder)
        grid.setColumnStretch(0, 1)
        for index, line in enumerate(self.lines):
            self._add_gone(grid, index, line) if line.gone else self._add_line(grid, index, line)
        grid.setRowStretch(len(self.lines), 1)
        show_instead(self._area, holder)
        for edit in holder.findChildren(QWidget, f"choice{focused}"):
            edit.setFocus()

    def _add_line(self, grid: QGridLayout, index: int, line: Line) -> None:
        holder = grid.parentWidget()
        edit = QLineEdit(line.now, holder)
        edit.setObjectName(f"choice{index}")
        edit.setAccessibleName(self.tr("Choice %1").replace("%1", str(index + 1)))
        edit.textEdited.connect(lambda text: setattr(line, "now", text))
        grid.addWidget(edit, index, 0)
        count = self._used.get(line.before, 0)
        grid.addWidget(label(self.tr("%Ln records", "", count) if count else "", "small", "secondary"), index, 1)
        for place, (glyph, words, run, allowed) in enumerate((
            ("arrow-up", self.tr("Move %1 up"), partial(self._move, index, -1), index > 0),
            ("arrow-down", self.tr("Move %1 down"), partial(self._move, index, 1), index + 1 < len(self.lines)),
            ("trash-2", self.tr("Delete %1"), partial(self.remove, index), True),
        ), 2):  # fmt: skip
            button = IconButton(self.context.theme, holder, glyph, words.replace("%1", line.now))
            button.setEnabled(allowed)
            button.clicked.connect(run)
            grid.addWidget(button, index, place)

    def _add_gone(self, grid: QGridLayout, index: int, line: Line) -> None:
        holder = grid.parentWidget()
        words = self.tr("%Ln records hold “%1”. Instead:", "", self._used[line.before]).replace("%1", line.before)
        box = QComboBox(holder)
        box.setObjectName(f"choice{index}")
        box.setAccessibleName(words)
        box.addItem(self.tr("Nothing"), "")
        for other in self.lines:
            if other.before and not other.gone:
                box.addItem(other.now, other.before)
        box.setCurrentIndex(max(0, box.findData(line.instead)))
        box.activated.connect(lambda _index: setattr(line, "instead", box.currentData()))
        row = QHBoxLayout()
        row.addWidget(label(words, "small", "secondary"))
        row.addWidget(box)
        grid.addLayout(row, index, 0, 1, 4)
        back = IconButton(self.context.theme, holder, "undo-2", self.tr("Keep %1").replace("%1", line.before))
        back.clicked.connect(partial(self._bring_back, index))
        grid.addWidget(back, index, 4)
