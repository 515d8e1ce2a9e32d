"""The rows of the filter editor that hold others: one for related records, a frame for a group."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Field, FieldType
from crm_desktop.domain.filter import ID, Compare, Op, Words
from crm_desktop.domain.filter_names import unknown
from crm_desktop.domain.filter_pieces import is_between
from crm_desktop.domain.filter_tree import Entry, Group, How, Item, Mode, Related
from crm_desktop.errors import UserError
from crm_desktop.gui.records.filter_desk import RELATION, Desk, NameBox
from crm_desktop.gui.records.filter_items import FixedRow, ItemRow, Row
from crm_desktop.gui.records.filter_values import NUMBERS, Asked, read_value, said_value
from crm_desktop.gui.records.value_boxes import USUAL_DAYS, DaysSpin
from crm_desktop.gui.widgets.buttons import Button


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
        self.days = DaysSpin(self)
        self.days.setSuffix(self.tr(" days"))
        self.days.setMinimumWidth(desk.context.theme.current.px(110))
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
        return [(labels.field(other.name, f.name), f.name) for f in other.fields.values() if f.type in NUMBERS]

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
        self.days.setValue(USUAL_DAYS if entry.days is None else entry.days)
        if entry.value is not None:
            self.number.setText(said_value(self._asked().field, entry.value))
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
