"""The rows of the filter editor: one for a condition, one for related records, a frame for a group."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import ID, All, Compare, Node, Op, Scalar, Words
from crm_desktop.domain.filter_names import unknown
from crm_desktop.domain.filter_pieces import is_between
from crm_desktop.domain.filter_tree import Entry, Group, How, Item, Mode, Related
from crm_desktop.errors import UserError
from crm_desktop.gui.forms import pad
from crm_desktop.gui.records.comparisons import Comparison, comparisons, taken_apart
from crm_desktop.gui.records.filter_desk import FIELD, RELATION, WORDS, Desk, NameBox
from crm_desktop.gui.records.filter_values import (
    MOST_DAYS,
    USUAL_DAYS,
    Asked,
    ValueBox,
    read_value,
    said_value,
    value_box,
)
from crm_desktop.gui.widgets.buttons import Button, IconButton
from crm_desktop.gui.widgets.text import label

_SUMMED = (FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY)
_INDENT = 18
_GAP = 6


class Row(QWidget):
    """Base of all rows; `fault` is what is still missing, said once somebody wants to apply it."""

    def __init__(self, desk: Desk, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.entry = entry
        self.fault = ""
        desk.rows[entry] = self
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(4)
        self.top = QHBoxLayout()
        self.top.setSpacing(_GAP)
        self.lines.addLayout(self.top)
        self.below = QHBoxLayout()
        self.below.setSpacing(_GAP)
        self.lines.addLayout(self.below)
        self.folding: list[QWidget] = []
        """What goes into a second line where the first has too little room for all."""
        self._unfolded_at = 0
        self.complaint = label(role="small", tone="bad", wrap=True)
        self.complaint.hide()

    def finish(self) -> None:
        """To be called when the first line is filled."""
        menu = IconButton(self.desk.context.theme, self, "ellipsis", self.tr("More for this condition"))
        menu.clicked.connect(lambda: self.desk.act(self.entry, "menu"))
        self.menu_button = menu
        drop = IconButton(self.desk.context.theme, self, "x", self.tr("Remove"), "Ctrl+Backspace")
        drop.clicked.connect(lambda: self.desk.act(self.entry, "remove"))
        self.top.addWidget(menu)
        self.top.addWidget(drop)
        self.lines.insertWidget(2, self.complaint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Lay the row out in one line or in two, as its width allows."""
        lines = (self.top, self.below)
        shown = [line.itemAt(at).widget() for line in lines for at in range(line.count())]
        parts = [part for part in shown if part is not None and not part.isHidden()]
        needed = sum(part.sizeHint().expandedTo(part.minimumSize()).width() + _GAP for part in parts)
        folded = needed > self.width()
        if not self.folding or folded == (self.below.count() > 0):
            return
        if folded:
            self._unfolded_at = self.top.indexOf(self.folding[0])
        for at, part in enumerate(self.folding):
            if folded:
                self.below.addWidget(part, 1)
            else:
                self.top.insertWidget(self._unfolded_at + at, part, 1)

    def indent(self, inside: QBoxLayout) -> None:
        """Let what belongs to the row begin further in; Qt does not mirror margins."""
        room = self.desk.context.theme.current.px(_INDENT)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inside.setContentsMargins(0 if right else room, 0, room if right else 0, 0)

    def say(self, sentence: str) -> None:
        """What is missing in this row."""
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        self.setAccessibleDescription(sentence)

    def start(self) -> None:
        """Put the focus where one goes on."""
        self.setFocus()

    def edited(self, fault: str = "") -> None:
        """Tell of an edit; a fault is said only once somebody wants to apply it."""
        self.fault = fault
        self.say("")
        self.desk.edited()


class ItemRow(Row):
    """One condition: field, comparison, value."""

    def __init__(self, desk: Desk, entry: Item, parent: QWidget) -> None:
        super().__init__(desk, entry, parent)
        self.item = entry
        self.fault = self.tr("A value is missing.") if entry.node is None else ""
        self.name_box = NameBox(desk, entry.kind, self._about(), self)
        self.name_box.chosen.connect(self._choose)
        self.sign_box = QComboBox(self)
        self.sign_box.setAccessibleName(self.tr("Comparison"))
        self.sign_box.activated.connect(lambda _row: self._choose_sign())
        self.box = ValueBox(self)
        self._signs: list[Comparison] = []
        self.top.addWidget(self.name_box, 2)
        self.top.addWidget(self.sign_box, 1)
        self.top.addWidget(self.box, 3)
        self.folding = [self.box]
        self.finish()
        self.show_item()

    @property
    def path(self) -> str:
        """The path of the field; empty for words and as long as none is chosen."""
        node = self.item.node
        if isinstance(node, All):
            node = node.parts[0]
        return node.path if isinstance(node, Compare) else ""

    def _about(self) -> str:
        if self.item.node is None:
            return self.desk.begun.get(self.item, "")
        return WORDS if isinstance(self.item.node, Words) else FIELD + self.path

    def show_item(self) -> None:
        """Show the condition as it is."""
        node = self.item.node
        if node is None:
            self.sign_box.setEnabled(False)
            self._begin(self._about())
        elif isinstance(node, Words):
            self._show_words(node.text)
        else:
            asked = self._asked(self.path)
            comparison, values = taken_apart(asked.field, node, negated=self.item.negated)
            self._show_signs(asked, comparison, values)
            works = self.desk.words.works(self.item.kind, node)
            self.say("" if works else self.desk.words.begin(self.item.kind, node))

    def _asked(self, path: str) -> Asked:
        owner = self.desk.words.owner(self.item.kind, path.rpartition(".")[0])
        field = self.desk.catalogue.field(self.item.kind, path)
        return Asked(self.desk.context, self.item.kind, path, owner, field, self.desk.words)

    def _show_signs(self, asked: Asked, chosen: Comparison, values: tuple[Scalar, ...]) -> None:
        self._signs = comparisons(asked.field)
        if chosen not in self._signs:
            self._signs.append(chosen)
        self._asked_now = asked
        self.sign_box.clear()
        self.sign_box.addItems([sign.words for sign in self._signs])
        self.sign_box.setCurrentIndex(self._signs.index(chosen))
        self.sign_box.setEnabled(True)
        self._show_box(value_box(asked, chosen, values, self))

    def _show_words(self, text: str) -> None:
        self.sign_box.clear()
        self.sign_box.addItems([self.tr("has"), self.tr("does not have")])
        self.sign_box.setCurrentIndex(int(self.item.negated))
        self.sign_box.setEnabled(True)
        self._show_box(WordsBox(self, text))

    def _show_box(self, box: ValueBox) -> None:
        before, self.box = self.box, box
        self.folding = [box]
        self.lines.replaceWidget(before, box)
        before.hide()
        before.deleteLater()
        box.changed.connect(self._read)
        box.show()
        for one, following in ((self.name_box, self.sign_box), (self.sign_box, box), (box, self.menu_button)):
            QWidget.setTabOrder(one, following)

    # edits

    def _choose(self, what: str) -> None:
        if what.startswith(RELATION):
            relation = self.desk.catalogue.relation(self.item.kind, what.removeprefix(RELATION))
            made = Related(self.item.kind, relation, days=None, where=Group(relation.kind))
            self.desk.replace(self.item, made)
            return
        self.item.node, self.item.negated = None, False
        self.desk.begun[self.item] = what
        self._begin(what)
        self._read()
        self.box.setFocus()

    def _begin(self, what: str) -> None:
        if what == WORDS:
            self._show_words("")
        elif what:
            asked = self._asked(what.removeprefix(FIELD))
            self._show_signs(asked, comparisons(asked.field)[0], ())

    def _choose_sign(self) -> None:
        if not isinstance(self.box, WordsBox):
            try:
                values = self.box.values()
            except UserError:
                values = ()
            chosen = self._signs[self.sign_box.currentIndex()]
            before = type(self.box)
            fresh = value_box(self._asked_now, chosen, (), self)
            if type(fresh) is before and values:
                fresh.show_values(values)
            self._show_box(fresh)
        self._read()

    def _read(self) -> None:
        """Take over what the boxes say."""
        try:
            self.item.node, self.item.negated = self._said()
        except UserError as error:
            self.item.node = None
            self.desk.begun[self.item] = WORDS if isinstance(self.box, WordsBox) else FIELD + self._asked_now.path
            self.edited(error.sentence)
        else:
            self.edited()

    def _said(self) -> tuple[Node, bool]:
        values = self.box.values()
        if isinstance(self.box, WordsBox):
            return Words(str(values[0])), self.sign_box.currentIndex() == 1
        chosen = self._signs[self.sign_box.currentIndex()]
        return chosen.node(self._asked_now.path, values), chosen.negated and chosen.op is not Op.EMPTY

    def start(self) -> None:
        (self.box if self._signs or isinstance(self.box, WordsBox) else self.name_box).setFocus()


class WordsBox(ValueBox):
    """Words to search for."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.line = QLineEdit(text, self)
        self.line.setAccessibleName(self.tr("Words"))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)

    def values(self) -> tuple[Scalar, ...]:
        if not self.line.text().strip():
            raise UserError(self.tr("Words are missing."))
        return (self.line.text().strip(),)


class FixedRow(Row):
    """A condition that no control shows, such as one on a field that is gone; it can be moved and taken away."""

    def __init__(self, desk: Desk, entry: Item, parent: QWidget) -> None:
        super().__init__(desk, entry, parent)
        node = entry.closed()
        assert node is not None
        self._node = node
        gone = unknown(desk.catalogue, entry.kind, node)
        self.words = label(tone="bad" if gone else "secondary", wrap=True)
        self.top.addWidget(self.words, 1)
        desk.words.names.learned.connect(self._tell)
        self._tell()
        self.finish()

    def _tell(self) -> None:
        self.words.setText(self.desk.words.begin(self.entry.kind, self._node))

    def start(self) -> None:
        self.menu_button.setFocus()


class RelatedRow(Row):
    """Records that belong to one: whether there are such, how many, or a sum; below stands which are meant."""

    def __init__(self, desk: Desk, entry: Related, parent: QWidget) -> None:
        super().__init__(desk, entry, parent)
        self.related = entry
        self.name_box = NameBox(desk, entry.kind, RELATION + entry.relation.name, self)
        self.name_box.chosen.connect(self._choose)
        self.how_box = self._list(self.tr("What is asked of them"), self._hows())
        self.of_box = self._list(self.tr("Sum of"), self._summed())
        self.sign_box = self._list(self.tr("Comparison"), self._signs())
        self.number = QLineEdit(self)
        self.number.setAccessibleName(self.tr("Number"))
        self.number.setPlaceholderText(self.tr("Number"))
        self.number.setMinimumWidth(desk.context.theme.current.px(92))
        self.number.textEdited.connect(lambda _text: self._read())
        self.when_box = self._list(self.tr("When"), self._times())
        self.days = QSpinBox(self)
        self.days.setRange(1, MOST_DAYS)
        self.days.setAccessibleName(self.tr("Days"))
        self.days.setSuffix(self.tr(" days"))
        self.days.setMinimumWidth(desk.context.theme.current.px(110))
        pad(self.days)
        self._show()
        self.days.valueChanged.connect(lambda _days: self._read())
        self._arrange()

    def _list(self, name: str, entries: list[tuple[str, Any]]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        for words, value in entries:
            box.addItem(words, value)
        box.activated.connect(lambda _row: self._read())
        return box

    def _hows(self) -> list[tuple[str, Any]]:
        hows = [
            (self.tr("has"), "has"), (self.tr("has none"), "none"), (self.tr("number"), "count"),
            (self.tr("sum of"), "sum"), (self.tr("number, not"), "-count"), (self.tr("sum of, not"), "-sum"),
        ]  # fmt: skip
        # Turned round they are only where a filter from elsewhere is.
        usual = [how for how in hows if not how[1].startswith("-") or how[1] == self._how()]
        return usual if self._summed() else [how for how in usual if not how[1].endswith("sum")]

    def _how(self) -> str:
        if self.related.how is How.HAS:
            return "none" if self.related.negated else "has"
        return f"-{self.related.how}" if self.related.negated else self.related.how.value

    def _summed(self) -> list[tuple[str, Any]]:
        other = self.desk.catalogue.kind(self.related.relation.kind)
        labels = self.desk.context.services.labels
        return [(labels.field(other.name, f.name), f.name) for f in other.fields.values() if f.type in _SUMMED]

    def _signs(self) -> list[tuple[str, Any]]:
        return [
            (self.tr("more than"), Op.MORE), (self.tr("at least"), Op.AT_LEAST), (self.tr("less than"), Op.LESS),
            (self.tr("at most"), Op.AT_MOST), (self.tr("exactly"), Op.IS), (self.tr("not"), Op.IS_NOT),
        ]  # fmt: skip

    def _times(self) -> list[tuple[str, Any]]:
        return [(self.tr("at any time"), False), (self.tr("in the last"), True)]

    def _show(self) -> None:
        entry = self.related
        self.how_box.setCurrentIndex(self.how_box.findData(self._how()))
        self.of_box.setCurrentIndex(max(0, self.of_box.findData(entry.of)))
        self.sign_box.setCurrentIndex(self.sign_box.findData(entry.op))
        self.when_box.setCurrentIndex(int(entry.days is not None))
        self.days.setValue(entry.days if entry.days is not None else USUAL_DAYS)
        if entry.value is not None:
            self.number.setText(said_value(entry.value))
        self._show_parts()

    def _asked(self) -> Asked:
        other = self.related.relation.kind
        name = self.of_box.currentData()
        counted = Field("number", FieldType.NUMBER)
        field = self.desk.catalogue.field(other, name) if self.related.how is How.SUM and name else counted
        return Asked(self.desk.context, other, field.name, other, field, self.desk.words)

    def _arrange(self) -> None:
        self.top.addWidget(self.name_box, 2)
        for box in (self.how_box, self.of_box, self.sign_box, self.number):
            self.top.addWidget(box, 1)
        self.folding = [self.of_box, self.sign_box, self.number]
        self.top.addStretch(0)
        self.finish()
        self.inner = GroupRow(self.desk, self.related.where, self, whole=True)
        self.inner.top.insertWidget(0, self.when_box)
        self.inner.top.insertWidget(1, self.days)
        frame = QHBoxLayout()
        self.indent(frame)
        frame.addWidget(self.inner)
        self.lines.addLayout(frame)

    def _show_parts(self) -> None:
        counted = self.related.how is not How.HAS
        self.of_box.setVisible(self.related.how is How.SUM)
        self.sign_box.setVisible(counted)
        self.number.setVisible(counted)
        self.when_box.setVisible(self.related.relation.when is not None)
        self.days.setVisible(self.related.days is not None)
        self.fold()

    def _choose(self, what: str) -> None:
        if what.startswith(RELATION):
            relation = self.desk.catalogue.relation(self.related.kind, what.removeprefix(RELATION))
            self.desk.replace(self.entry, Related(self.related.kind, relation, where=Group(relation.kind)))
        else:
            made = Item(self.related.kind)
            self.desk.begun[made] = what
            self.desk.replace(self.entry, made)

    def _read(self) -> None:
        entry, how = self.related, str(self.how_box.currentData())
        entry.negated = how == "none" or how.startswith("-")
        entry.how = How.HAS if how in ("has", "none") else How(how.lstrip("-"))
        entry.op = self.sign_box.currentData()
        entry.of = self.of_box.currentData() if entry.how is How.SUM else None
        entry.days = self.days.value() if self.when_box.currentData() and entry.relation.when else None
        fault = ""
        if entry.how is not How.HAS:
            fault = self._read_number()
        self._show_parts()
        self.edited(fault)

    def _read_number(self) -> str:
        self.related.value = None
        text = self.number.text().strip()
        if not text:
            return self.tr("A number is missing.")
        try:
            self.related.value = read_value(self._asked(), text)
        except UserError as error:
            return error.sentence
        return ""

    def start(self) -> None:
        (self.number if self.fault else self.how_box).setFocus()


class GroupRow(Row):
    """A group: how many of its rows must hold, the rows, and buttons for more."""

    def __init__(self, desk: Desk, entry: Group, parent: QWidget, whole: bool = False) -> None:
        super().__init__(desk, entry, parent)
        self.group = entry
        self._whole = whole
        theme = desk.context.theme
        self.mode_box = QComboBox(self)
        self.mode_box.setAccessibleName(self.tr("How many of these must hold"))
        for words, mode in (
            (self.tr("All of these"), Mode.ALL), (self.tr("Any of these"), Mode.ANY),
            (self.tr("None of these"), Mode.NONE), (self.tr("Not all of these"), Mode.NOT_ALL),
        ):  # fmt: skip
            self.mode_box.addItem(words, mode)
        self.mode_box.setCurrentIndex(self.mode_box.findData(entry.mode))
        self.mode_box.activated.connect(lambda _row: self._choose_mode())
        self.add_button = Button(theme, self, self.tr("Condition"), "plus", "ghost")
        self.add_button.setAccessibleName(self.tr("Add a condition"))
        self.add_button.clicked.connect(lambda: desk.act(entry, "add"))
        self.group_button = Button(theme, self, self.tr("Group"), "plus", "ghost")
        self.group_button.setAccessibleName(self.tr("Add a group"))
        self.group_button.clicked.connect(lambda: desk.act(entry, "add_group"))
        for button in (self.mode_box, self.add_button, self.group_button):
            self.top.addWidget(button)
        self.top.addStretch(1)
        if not whole:
            self.finish()
        self._add_rows()

    def _add_rows(self) -> None:
        inside = QVBoxLayout()
        self.indent(inside)
        inside.setSpacing(6)
        for item in self.group.items:
            inside.addWidget(make_row(self.desk, item, self))
        self.lines.addLayout(inside)
        few = self._whole and len(self.group.items) < 2 and self.group.mode is Mode.ALL
        self.mode_box.setVisible(not few or not isinstance(self.parent(), RelatedRow))

    def _choose_mode(self) -> None:
        self.group.mode = self.mode_box.currentData()
        self.edited()

    def start(self) -> None:
        first = self.desk.rows.get(self.group.items[0]) if self.group.items else None
        if first is None:
            self.add_button.setFocus()
        else:
            first.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._whole and not isinstance(self.parent(), RelatedRow):
            return
        theme = self.desk.context.theme.current
        painter = QPainter(self)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - 2 if right else 0, 0, 2, self.height(), theme.color("divider"))


def make_row(desk: Desk, entry: Entry, parent: QWidget) -> Row:
    """The row for an entry."""
    if isinstance(entry, Group):
        return GroupRow(desk, entry, parent)
    if isinstance(entry, Related):
        return RelatedRow(desk, entry, parent)
    return ItemRow(desk, entry, parent) if _shown(desk, entry) else FixedRow(desk, entry, parent)


def _shown(desk: Desk, entry: Item) -> bool:
    """Whether a condition has controls: not one on a field that is gone, nor records picked one by one."""
    node = entry.node
    if node is None:
        return True
    if unknown(desk.catalogue, entry.kind, node) or (isinstance(node, Compare) and node.path == ID):
        return False
    return isinstance(node, Words | Compare) or is_between(node)
