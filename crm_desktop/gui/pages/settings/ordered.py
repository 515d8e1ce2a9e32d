"""A group of settings that is a list in an order: each line has a name, something of its own, and its moves."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.settings.panel import Panel
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.text import label
from crm_desktop.gui.widgets.value_line import Complaint, leaves_undo

Deed = tuple[str, str, Callable[[], object], bool]


class NameEdit(QLineEdit):
    """A name; where nothing is typed in it, the keys of Undo and Escape are for others."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._name = name
        self.complaint = Complaint(self)
        self.textEdited.connect(lambda: self.complaint.say(""))

    def event(self, event: QEvent) -> bool:
        if leaves_undo(self, event):
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.text() != self._name:
            if event.type() == QEvent.Type.KeyPress:
                self.setText(self._name)
                self.textEdited.emit(self._name)
            event.accept()
            return True
        return super().event(event)


class OrderedPanel(Panel):
    """Shows things with `id` and `name`, one a line; every edit is one action and can be undone."""

    def __init__(self, context: AppContext, title: str, note: str, add: str) -> None:
        super().__init__(context, title)
        self.column.insertWidget(1, label(note, "body", "secondary", wrap=True))
        self._lines = QWidget(self.card)
        self.card.body.addWidget(self._lines)
        self.add_button = Button(context.theme, self, add, "plus")
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.foot.addStretch(1)
        self.column.insertLayout(self.column.count() - 1, self.foot)
        self.things: Sequence[Any] = ()
        self._narrow = False
        self._new: int | None = None  # the line whose name is still the one it was made with
        self._adding = False
        self._refused: dict[int, tuple[str, str]] = {}  # names that could not be, and why

    def add_choice(self, words: str) -> QComboBox:
        """A choice over the lines, which says what they are of."""
        box = QComboBox(self)
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(lambda _index: self.refresh())
        self.head = QWidget(self)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(words, "bodyMedium"))
        row.addWidget(box)
        row.addStretch(1)
        self.column.insertWidget(2, self.head)
        return box

    def show_things(self, things: Sequence[Any]) -> None:
        """Show these in their order; the focus stays where it is, or where the line was that is gone."""
        before, focused = [thing.id for thing in self.things], self.focused_in(self._lines)
        self.things = things
        holder = QWidget(self.card)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        heads = self.heads() if things else (self.tr("None yet."),)
        for column, words in enumerate(heads[:1] if self._narrow else heads):
            grid.addWidget(label(words, "small", "secondary"), 0, column)
        for index, thing in enumerate(things):
            self._add_line(grid, holder, index, thing)
        self.card.body.replaceWidget(self._lines, holder)
        holder.show()  # what is not shown yet takes no focus
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = holder
        new = [thing.id for thing in things if thing.id not in before]
        if self._adding and new:
            self._adding, self._new, focused = False, new[0], f"name{new[0]}"
        if focused:
            self._focus_again(focused, before)

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_things(self.things)

    def add(self, work: Callable[[], Any], words: str) -> None:
        """Make a new thing; as soon as it is there its name can be typed."""
        self._adding = True
        self.write(work, words)

    def _focus_again(self, name: str, before: Sequence[int]) -> None:
        """Give the focus to the control of that name, or to what stands in its place now."""
        names, ends = [name], [number for number in before if name.endswith(str(number))]
        if self.things and ends:
            own = max(ends)
            left = [thing.id for thing in self.things]
            there = own if own in left else left[min(before.index(own), len(left) - 1)]
            names += [f"{name.removesuffix(str(own))}{there}", f"name{there}"]
        found = (part for each in names for part in self._lines.findChildren(QWidget, each) if part.isEnabled())
        part = next(found, self.add_button)
        part.setFocus()
        if isinstance(part, QLineEdit) and part.objectName() == f"name{self._new}":
            part.selectAll()

    def _add_line(self, grid: QGridLayout, holder: QWidget, index: int, thing: Any) -> None:
        name = NameEdit(thing.name, holder)
        name.setObjectName(f"name{thing.id}")
        name.setAccessibleName(self.name_words(index))
        name.editingFinished.connect(partial(self._named, thing, name))
        name.textEdited.connect(lambda _text: self._refused.pop(thing.id, None))
        if thing.id in self._refused:
            text, sentence = self._refused[thing.id]
            name.setText(text)
            name.complaint.say(sentence)
        buttons = (
            *self.own_buttons(thing),
            ("arrow-up", self.tr("Move %1 up"), partial(self._move, index, -1), index > 0),
            ("arrow-down", self.tr("Move %1 down"), partial(self._move, index, 1), index + 1 < len(self.things)),
            ("trash-2", self.tr("Delete %1"), partial(self.delete, thing), self.may_delete(thing)),
        )
        # Where there is little room the name has a line of its own.
        row = (1 + self._narrow) * index + 1
        grid.addLayout(name.complaint.settle(), row, 0, 1, len(buttons) + 2 if self._narrow else 1)
        row += self._narrow
        grid.addWidget(self.own_part(thing, holder), row, 0 if self._narrow else 1)
        for place, (glyph, words, run, allowed) in enumerate(buttons, 2):
            button = IconButton(self.context.theme, holder, glyph, words.replace("%1", thing.name))
            button.setObjectName(f"{glyph}{thing.id}")
            button.setEnabled(allowed)
            button.clicked.connect(run)
            grid.addWidget(button, row, place)

    def own_buttons(self, thing: Any) -> Sequence[Deed]:
        """What else can be done with a line: glyph, words with the name as %1, deed, whether it can be done."""
        return ()

    def _named(self, thing: Any, edit: QLineEdit) -> None:
        typed = edit.text()
        refused, _ = self._refused.get(thing.id, (None, ""))
        if " ".join(typed.split()) == thing.name or typed == refused:
            return
        self._new = None
        work, words = self.renaming(thing, typed)
        self.write(work, words, refused=partial(self._refuse, thing, typed))

    def _refuse(self, thing: Any, typed: str, sentence: str) -> None:
        """Keep what was typed, with the sentence below it; the keys go on there unless the page was left."""
        edit = self._lines.findChild(NameEdit, f"name{thing.id}")
        if edit is None or edit.text() != typed:
            return
        self._refused[thing.id] = typed, sentence
        edit.complaint.say(sentence)
        focus: QWidget | None = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            edit.setFocus()

    def _move(self, index: int, by: int) -> None:
        order = [thing.id for thing in self.things]
        order.insert(index + by, order.pop(index))
        self.order(order, self.things[index].name)

    def free_name(self, first: str) -> str:
        """A name for a new one that none has yet."""
        taken = {thing.name for thing in self.things}
        names = (first if n == 1 else f"{first} {n}" for n in count(1))
        return next(name for name in names if name not in taken)

    # what a panel says of its things

    @abstractmethod
    def heads(self) -> Sequence[str]:
        """The words over the first columns."""

    @abstractmethod
    def name_words(self, index: int) -> str:
        """What the name of a line is called by a screen reader."""

    @abstractmethod
    def own_part(self, thing: Any, holder: QWidget) -> QWidget:
        """What stands beside the name."""

    @abstractmethod
    def renaming(self, thing: Any, name: str) -> tuple[Callable[[], object], str]:
        """What calls it something else, and the words for that."""

    @abstractmethod
    def order(self, ids: list[int], moved: str) -> None:
        """Put all into this order; `moved` is the name of the one that was moved."""

    @abstractmethod
    def may_delete(self, thing: Any) -> bool:
        """Whether it can be left out."""

    @abstractmethod
    def delete(self, thing: Any) -> None:
        """Leave it out."""
