"""The rows of the filter editor that stand for one condition, and what all rows have."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.filter import All, Compare, Node, Op, Scalar, Words
from crm_desktop.domain.filter_names import unknown
from crm_desktop.domain.filter_tree import Entry, Group, Item, Related
from crm_desktop.errors import UserError
from crm_desktop.gui.records.comparisons import Comparison, comparisons, taken_apart
from crm_desktop.gui.records.filter_desk import FIELD, RELATION, WORDS, Desk, NameBox
from crm_desktop.gui.records.filter_values import Asked
from crm_desktop.gui.records.value_boxes import ValueBox, WordsBox
from crm_desktop.gui.records.which_box import value_box
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.text import label

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
        items = [line.itemAt(at) for line in lines for at in range(line.count())]
        shown = [item.widget() for item in items if item is not None]
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
        self.sign_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sign_box.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
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
