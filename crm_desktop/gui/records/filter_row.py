"""The filter bar of a list: a chip for each condition, the typed filter, and what is shown of how many."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crm_desktop.domain.filter import EVERYTHING, Filter, Node, both
from crm_desktop.domain.filter_names import usable
from crm_desktop.domain.filter_pieces import pieces, tidy
from crm_desktop.errors import UserError
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.widgets.filter_bar import Condition, FilterBar

if TYPE_CHECKING:
    from crm_desktop.gui.records.filter_editor import FilterEditor
    from crm_desktop.gui.records.filter_words import FilterWords
    from crm_desktop.gui.records.typed_filter import TypedFilter

_COLUMN = "column:"
TYPED_AFTER = 180  # milliseconds without a key before what was typed is tried


class FilterRow(QObject):
    """`filter` is what the chips and the typed field say together; `changed` comes when the user changed it.

    `counted` is what a page shows of a filter.
    """

    changed = Signal(object)  # Filter
    left = Signal()  # the typed field was left with Esc
    doubled = Signal(str)  # the words of a condition that was typed and stands there already
    gone_removed = Signal(str)  # a column whose field is gone is wanted no more

    def __init__(self, context: AppContext, bar: FilterBar) -> None:
        super().__init__(bar)
        self._context = context
        self._bar = bar
        self._nodes: tuple[Node, ...] = ()
        self._typed: Node = EVERYTHING
        self.kind = ""
        self.counted: Callable[[Filter], Filter] = lambda wanted: wanted
        self._pause = QTimer(self, interval=TYPED_AFTER, singleShot=True)
        self._pause.timeout.connect(self._try_typed)
        self._line: TypedFilter | None = None
        self.editor: FilterEditor | None = None
        bar.add_wanted.connect(lambda: self.ask(None))
        self._gone: tuple[str, ...] = ()
        bar.opened.connect(lambda chip: self.ask(int(chip)) if chip.isdigit() else None)
        bar.removed.connect(self._remove)

    @cached_property
    def words(self) -> "FilterWords":
        """What says conditions; loaded with the first one."""
        from crm_desktop.gui.records.filter_words import FilterWords
        from crm_desktop.gui.records.known_names import KnownNames

        names = KnownNames(self._context, self)
        names.learned.connect(self._tell)
        return FilterWords(self._context, names)

    @property
    def typed(self) -> "TypedFilter":
        """The typed field, made when it is first wanted."""
        if self._line is None:
            self._line = self._make_line()
        return self._line

    @property
    def typing(self) -> bool:
        """Whether the typed field stands in the bar."""
        return self._line is not None and self._line.isVisibleTo(self._bar)

    def _make_line(self) -> "TypedFilter":
        from crm_desktop.gui.records.typed_filter import TypedFilter

        line = TypedFilter(self._context, self._bar)
        line.setAccessibleName(self.tr("Filter this page"))
        line.setFixedWidth(self._context.theme.current.px(250))
        line.hide()
        layout = self._bar.layout()
        assert layout is not None
        layout.insertWidget(0, line)  # type: ignore[attr-defined]
        line.textChanged.connect(self._pause.start)
        line.returnPressed.connect(self._keep_typed)
        line.left.connect(self._leave)
        self._tell_kind(line)
        return line

    def hints(self) -> Sequence[Hint]:
        """The keys of the typed field while it is typed into; none elsewhere."""
        if self._line is None or not self._line.hasFocus():
            return ()
        return Hint(native_key("Return"), self.tr("Keep as a filter")), Hint("Esc", self.tr("Back to the list"))

    @property
    def filter(self) -> Filter:
        """What is said."""
        return Filter(self.kind, both(*self._nodes, self._typed))

    @property
    def usable(self) -> Filter:
        """What is shown: conditions on fields that are gone stand in the bar and find nothing out."""
        return usable(self._context.services.catalogue, self.filter)

    def show(self, wanted: Filter) -> None:
        """Show the conditions of a filter as chips."""
        if wanted.kind != self.kind:
            self.kind = wanted.kind
            if self._line is not None:
                self._tell_kind(self._line)
        self._nodes = pieces(tidy(wanted.where))
        self._clear_typed()
        self._tell()

    def refresh(self) -> None:
        """Records or fields have changed, and may be called otherwise."""
        if "words" in vars(self):
            self.words.names.forget()
        self._tell()

    def _tell_kind(self, line: "TypedFilter") -> None:
        line.show_kind(self.kind)
        line.setPlaceholderText(self._example())

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
        """Open the editor for a new condition, or at one of the chips."""
        from crm_desktop.gui.records.filter_editor import FilterEditor

        self.editor = editor = FilterEditor(self._context, self.kind, self.filter.where, self._bar.window())
        editor.counted = self.counted
        editor.made.connect(self._made)
        editor.finished.connect(editor.deleteLater)
        editor.open()
        if number is None:
            editor.begin_condition()
        else:
            editor.begin_at(number)

    def _made(self, node: Node) -> None:
        self._nodes = pieces(node)
        self._clear_typed()
        self._announce()

    def show_gone(self, columns: tuple[str, ...]) -> None:
        """Say which columns of the view have lost their fields."""
        if columns != self._gone:
            self._gone = columns
            self._tell()

    def _remove(self, chip: str) -> None:
        if chip.isdigit():
            self._without(int(chip))
        else:
            self.gone_removed.emit(chip.removeprefix(_COLUMN))

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
        if not self._try_typed() or self._typed == EVERYTHING:
            return
        kept = pieces(tidy(self._typed))
        added = tuple(node for node in kept if node not in self._nodes)
        self._nodes += added
        self._clear_typed()
        if len(added) == len(kept):
            self._tell()
            return
        self._announce()
        if not added:
            number = self._nodes.index(kept[0])
            self.doubled.emit(self.words.begin(self.kind, kept[0]))
            self._bar.focus_on(str(number))

    def _leave(self) -> None:
        had = self._typed != EVERYTHING
        self._clear_typed()
        self.typed.hide()
        if had:
            self._announce()
        self.left.emit()

    def _clear_typed(self) -> None:
        self._typed = EVERYTHING
        if self._line is not None:
            self._line.clear()
            self._line.complaint.say("")
        self._pause.stop()

    def _announce(self) -> None:
        self._tell()
        self.changed.emit(self.filter)

    def _tell(self) -> None:
        # Columns come first, for what is folded away opens in the editor, which knows no columns.
        gone = self._gone
        shown = [Condition(_COLUMN + name, self.words.gone_column(self.kind, name), True) for name in gone]
        for number, node in enumerate(self._nodes):
            bad = not self.words.works(self.kind, node)
            shown.append(Condition(str(number), self.words.begin(self.kind, node), bad))
        self._bar.set_conditions(shown)
