"""The filter bar of a list: a chip for each condition, the typed filter, and what is shown of how many."""

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from crm_desktop.domain.filter import EVERYTHING, Filter, Node, both, parts
from crm_desktop.errors import UserError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.records.condition_popover import ConditionPopover
from crm_desktop.gui.records.filter_words import FilterWords
from crm_desktop.gui.widgets.chips import Condition, FilterBar
from crm_desktop.gui.widgets.value_edit import Complaint

TYPED_AFTER = 180  # milliseconds without a key before what was typed is tried
_BREAKS = " ("


class TypedFilter(QLineEdit):
    """The typed form of a filter with completion of the names of fields at its last word."""

    left = Signal()

    def __init__(self, parent: FilterBar) -> None:
        super().__init__(parent)
        self._names = QCompleter(self)
        self._names.setWidget(self)
        self._names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._names.activated.connect(self._complete)
        self.complaint = Complaint(self)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._offer)

    def set_names(self, names: list[str]) -> None:
        """Offer these names of fields."""
        self._names.setModel(QStringListModel(sorted(names), self))

    def _offer(self, _text: str) -> None:
        word = self._word()
        self._names.setCompletionPrefix(word)
        popup = self._names.popup()
        assert popup is not None
        if len(word) < 2 or not self._names.completionCount():
            popup.hide()
            return
        popup.setAccessibleName(self.tr("Fields"))
        popup.setCurrentIndex(self._names.completionModel().index(0, 0))
        self._names.complete()

    def _word(self) -> str:
        before = self.text()[: self.cursorPosition()]
        start = max(before.rfind(sign) for sign in _BREAKS) + 1
        return before[start:].lstrip("-")

    def _complete(self, name: str) -> None:
        at = self.cursorPosition()
        before = self.text()[: at - len(self._word())]
        self.setText(f"{before}{name}{self.text()[at:]}")
        self.setCursorPosition(len(before) + len(name))

    def event(self, event: QEvent) -> bool:
        # Esc belongs to this field first; else the window's key would take it.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)


class FilterRow(QObject):
    """`filter` is what the chips and the typed field say together; `changed` comes when the user changed it."""

    changed = Signal(object)  # Filter
    left = Signal()  # the typed field was left with Esc

    def __init__(self, context: AppContext, bar: FilterBar) -> None:
        super().__init__(bar)
        self._context = context
        self._bar = bar
        self._nodes: tuple[Node, ...] = ()
        self._typed: Node = EVERYTHING
        self.kind = ""
        self.words = FilterWords(context.services, context.clock.today)
        self.typed = TypedFilter(bar)
        self.typed.setAccessibleName(self.tr("Filter this page"))
        self.typed.setFixedWidth(context.theme.current.px(250))
        self.typed.hide()
        layout = bar.layout()
        assert layout is not None
        layout.insertWidget(0, self.typed)  # type: ignore[attr-defined]
        self._pause = QTimer(self, interval=TYPED_AFTER, singleShot=True)
        self._pause.timeout.connect(self._try_typed)
        self.typed.textChanged.connect(self._pause.start)
        self.typed.returnPressed.connect(self._keep_typed)
        self.typed.left.connect(self._leave)
        bar.add_wanted.connect(lambda: self.ask(None))
        bar.opened.connect(lambda number: self.ask(int(number)))
        bar.removed.connect(lambda number: self._without(int(number)))

    @property
    def filter(self) -> Filter:
        """What is shown."""
        return Filter(self.kind, both(*self._nodes, self._typed))

    def show(self, wanted: Filter) -> None:
        """Show the conditions of a filter as chips."""
        if wanted.kind != self.kind:
            self.kind = wanted.kind
            self.typed.set_names(list(self._context.services.catalogue.kind(wanted.kind).fields))
            self.typed.setPlaceholderText(self._example())
        self._nodes = parts(wanted.where)
        self._clear_typed()
        self._tell()

    def _example(self) -> str:
        examples = {
            "lead": self.tr("Words or score>70 source:fair"),
            "deal": self.tr("Words or amount>5000 next:none"),
            "customer": self.tr("Words or revenue>5000 next:none"),
        }
        return examples.get(self.kind, self.tr("Words or next:none"))

    def clear(self) -> None:
        """Take all conditions away."""
        self._nodes = ()
        self._clear_typed()
        self._announce()

    def start_typing(self) -> None:
        """Open the typed field."""
        self.typed.show()
        self.typed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.typed.selectAll()

    def ask(self, number: int | None) -> None:
        """Open the popover for a new condition, or for one of the chips."""
        node = self._nodes[number] if number is not None else None
        popover = ConditionPopover(self._context, self._bar, self.kind, node)
        popover.made.connect(lambda made: self._put(number, made))
        popover.dropped.connect(lambda: self._without(number) if number is not None else None)
        popover.open_at(self._bar.add_chip)

    def _put(self, number: int | None, node: Node) -> None:
        if number is None:
            self._nodes = (*self._nodes, node)
        else:
            self._nodes = (*self._nodes[:number], node, *self._nodes[number + 1 :])
        self._announce()

    def _without(self, number: int) -> None:
        self._nodes = self._nodes[:number] + self._nodes[number + 1 :]
        self._announce()

    def _try_typed(self) -> bool:
        self._pause.stop()
        try:
            node = self._context.services.lists.parse(self.kind, self.typed.text()).where
        except UserError as error:
            self.typed.complaint.say(error.sentence)
            return False
        self.typed.complaint.say("")
        if node != self._typed:
            self._typed = node
            self._announce()
        return True

    def _keep_typed(self) -> None:
        if self._try_typed() and self._typed != EVERYTHING:
            self._nodes = parts(self.filter.where)
            self._clear_typed()
            self._tell()

    def _leave(self) -> None:
        had = self._typed != EVERYTHING
        self._clear_typed()
        self.typed.hide()
        if had:
            self._announce()
        self.left.emit()

    def _clear_typed(self) -> None:
        self._typed = EVERYTHING
        self.typed.clear()
        self._pause.stop()
        self.typed.complaint.say("")

    def _announce(self) -> None:
        self._tell()
        self.changed.emit(self.filter)

    def _tell(self) -> None:
        said = [self.words.say(self.kind, node) for node in self._nodes]
        self._bar.set_conditions([Condition(str(number), words) for number, words in enumerate(said)])
