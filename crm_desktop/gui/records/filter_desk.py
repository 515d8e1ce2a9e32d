"""What the rows of the filter editor share: the names to choose from, and the box that chooses one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from crm_desktop.domain.filter_tree import Entry, Item
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.filter_words import FilterWords
from crm_desktop.gui.records.known_names import KnownNames
from crm_desktop.gui.widgets.offers import Offers

if TYPE_CHECKING:
    from crm_desktop.gui.records.filter_items import Row

_WHAT = Qt.ItemDataRole.UserRole
FIELD, RELATION, WORDS = "field:", "relation:", "words:"


class Names:
    """What conditions can be about, for each kind: its fields, what belongs to it, words, fields of linked records."""

    def __init__(self, services: Any, words: FilterWords, parent: QObject) -> None:
        self._services = services
        self._words = words
        self._parent = parent
        self._made: dict[str, QStandardItemModel] = {}

    def of(self, kind: str) -> QStandardItemModel:
        """The names of a kind, each with what it stands for."""
        if kind not in self._made:
            self._made[kind] = QStandardItemModel(self._parent)
            for words, what in self._listed(kind):
                self.add(kind, words, what)
        return self._made[kind]

    def add(self, kind: str, words: str, what: str) -> None:
        """One name more, such as a field over two links."""
        item = QStandardItem(words)
        item.setData(what, _WHAT)
        self._made[kind].appendRow(item)

    def _listed(self, kind: str) -> list[tuple[str, str]]:
        known = self._services.catalogue.kind(kind)
        own = sorted((self._words.field(kind, name), FIELD + name) for name in known.fields)
        related = sorted((self.relation(kind, name), RELATION + name) for name in known.relations)
        linked = []
        for name, field in known.fields.items():
            target = self._services.catalogue.kinds.get(field.target or "")
            if target is not None and not field.multi:
                linked += [(self._words.field(kind, f"{name}.{n}"), f"{FIELD}{name}.{n}") for n in target.fields]
        return [*own, *related, (self._words_name(), WORDS), *sorted(linked)]

    def relation(self, kind: str, name: str) -> str:
        """What related records are called."""
        other = self._services.catalogue.relation(kind, name).kind
        return str(self._services.labels.kind(other, plural=True))

    def _words_name(self) -> str:
        return tr("Words")


class Desk:
    """What the rows of one editor share, and whom they tell: of an edit, and of what is to be done with an entry."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self.context = context
        self.words = FilterWords(context, KnownNames(context, owner))
        self.names = Names(context.services, self.words, owner)
        self.rows: dict[Entry, Row] = {}
        self.begun: dict[Item, str] = {}
        """What conditions are about whose value is still missing."""
        self.edited: Callable[[], object] = lambda: None
        self.act: Callable[[Entry, str], object] = lambda _entry, _what: None
        self.replace: Callable[[Entry, Entry], object] = lambda _entry, _other: None

    @property
    def catalogue(self) -> Any:
        """What can be known."""
        return self.context.services.catalogue


class NameBox(QComboBox):
    """Chooses what a condition is about, by typing a part of its name or from the list."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, kind: str, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(desk.names.of(kind))
        self.setMaxVisibleItems(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumWidth(desk.context.theme.current.px(110))
        self.setAccessibleName(self.tr("Field"))
        offers = Offers(self, self.model(), inside=True)
        offers.setMaxVisibleItems(14)
        offers.view.setAccessibleName(self.accessibleName())
        self.setCompleter(offers)
        self.show_what(what)
        self.activated.connect(self._activated)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(self.tr("Field…"))
        line.setAccessibleName(self.accessibleName())
        line.editingFinished.connect(self._settle)

    def show_what(self, what: str) -> None:
        """Show what the condition is about."""
        if what.startswith(FIELD) and self.findData(what) < 0:
            self._desk.names.add(self._kind, self._desk.words.field(self._kind, what.removeprefix(FIELD)), what)
        self.setCurrentIndex(self.findData(what) if what else -1)
        self._what = what
        self._show_start()

    def _show_start(self) -> None:
        """A name too long for the box is read from its start; the tool tip has all of it."""
        line = self.lineEdit()
        assert line is not None
        line.setCursorPosition(0)
        self.setToolTip(self.currentText())

    def _activated(self, row: int) -> None:
        what = str(self.itemData(row) or "")
        if what and what != self._what:
            self._what = what
            self._show_start()
            self.chosen.emit(what)

    def _settle(self) -> None:
        """A name that was typed in full is chosen, else the first that is offered; without one it is what it was."""
        typed = self.currentText().strip()
        row = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if row < 0 and typed:
            row = self.findText(typed, Qt.MatchFlag.MatchContains)
        if row >= 0:
            self.setCurrentIndex(row)
            self._activated(row)
        else:
            self.setCurrentIndex(self.findData(self._what) if self._what else -1)
