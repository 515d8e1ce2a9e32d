"""The filter editor: any filter made with controls, typed in the same place, with the count of what it finds."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.filter import EVERYTHING, Filter, Node
from crm_desktop.domain.filter_names import usable
from crm_desktop.domain.filter_pieces import pieces
from crm_desktop.domain.filter_tree import Entry, Group, opened
from crm_desktop.errors import CrmError, UserError
from crm_desktop.gui import format
from crm_desktop.gui.actions import native_key
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.language import inside
from crm_desktop.gui.records.filter_desk import Desk
from crm_desktop.gui.records.filter_items import Row
from crm_desktop.gui.records.filter_rows import GroupRow
from crm_desktop.gui.records.tree_edits import change
from crm_desktop.gui.records.typed_filter import TypedFilter
from crm_desktop.gui.widgets.buttons import Button, on_ctrl_enter
from crm_desktop.gui.widgets.content_area import show_instead
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.gui.widgets.tab_order import step_focus
from crm_desktop.gui.widgets.text import label, set_tone
from crm_desktop.services.progress import Progress

COUNTED_AFTER = 150  # milliseconds without an edit before the records are counted
TYPED_AFTER = 250
_WIDTH, _HEIGHT = 940, 560
_AIR = 40  # of the window that stays in sight around it
KEYS = {
    "add": "Ctrl+Shift+N", "add_group": "Ctrl+Shift+G", "wrap": "Ctrl+G", "up": "Ctrl+Shift+Up",
    "down": "Ctrl+Shift+Down", "remove": "Ctrl+Backspace",
}  # fmt: skip


class FilterEditor(QDialog):
    """`made` carries the condition once it is applied. Counted is what `counted` makes of a filter."""

    made = Signal(object)

    def __init__(self, context: AppContext, kind: str, node: Node, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.kind = kind
        self.counted: Callable[[Filter], Filter] = lambda wanted: wanted
        self.tree: Group = opened(context.services.catalogue, kind, node)
        self.desk = Desk(context, self)
        self.desk.edited, self.desk.act, self.desk.replace = self._edited, self._act, self._replace
        self._asked = Latest(context.jobs, self)
        self._wanted = True  # whether what is typed is understood
        self.setWindowTitle(self.tr("Filter %1").replace("%1", inside(context.services.labels.kind(kind, plural=True))))
        self.typed = TypedFilter(context, self)
        self.count = label(role="bodyStrong", tone="muted")
        self.complaint = label(role="small", tone="bad", wrap=True)
        self._counting = QTimer(self, interval=COUNTED_AFTER, singleShot=True)
        self._counting.timeout.connect(self._count)
        self._typing = QTimer(self, interval=TYPED_AFTER, singleShot=True)
        self._typing.timeout.connect(self.read_typed)
        self._arrange()
        px = context.theme.current.px
        self.resize(QSize(px(_WIDTH), px(_HEIGHT)).boundedTo(parent.window().size() - QSize(_AIR, _AIR)))
        self._show_rows(self.tree)
        self._edited()

    # building

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(self.tr("Conditions"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.area, 1)
        layout.addWidget(label(self.tr("The same, typed"), "small", "secondary"))
        self.typed.setAccessibleName(self.tr("The filter, typed"))
        self.typed.textEdited.connect(lambda _text: self._typing.start())
        self.typed.left.connect(self.reject)
        layout.addWidget(self.typed)
        layout.addWidget(self.complaint)
        self.complaint.hide()
        layout.addLayout(self._foot())
        for what, key in KEYS.items():
            QShortcut(QKeySequence(key), self, partial(self._act_here, what))
        on_ctrl_enter(self, self.apply)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        clear = Button(self._context.theme, self, self.tr("Clear"), kind="ghost")
        clear.clicked.connect(lambda: self.show_node(EVERYTHING))
        cancel = Button(self._context.theme, self, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.apply_button = Button(self._context.theme, self, self.tr("Apply"), kind="primary")
        self.apply_button.setDefault(True)
        self.apply_button.setToolTip(native_key("Ctrl+Return"))
        self.apply_button.clicked.connect(self.apply)
        for button in (clear, cancel, self.apply_button):
            button.setAutoDefault(button is self.apply_button)
            row.addWidget(button)
        return row

    def _show_rows(self, at: Entry | None = None) -> None:
        """Make the rows anew, with the focus in one of them."""
        self.desk.rows.clear()
        root = GroupRow(self.desk, self.tree, self, whole=True)
        root.lines.addStretch(1)
        root.setProperty("kind", "plain")
        for button in root.findChildren(Button):
            button.setAutoDefault(False)
        show_instead(self.area, root)
        row = self.desk.rows.get(at) if at is not None else None
        if row is not None:
            root.layout().activate()  # type: ignore[union-attr]
            row.start()
            if at is not self.tree:
                QTimer.singleShot(0, row, lambda: self.area.ensureWidgetVisible(row))

    # what others ask of it

    @property
    def node(self) -> Node:
        """The condition as far as it is said."""
        return self.tree.whole()

    def show_node(self, node: Node) -> None:
        """Show another condition."""
        self.tree = opened(self._context.services.catalogue, self.kind, node)
        self._show_rows()
        self._edited()

    def begin_condition(self) -> None:
        """Ask for one condition more."""
        self._act(self.tree, "add")

    def begin_at(self, number: int) -> None:
        """Go to one of the parts that all must hold."""
        alone = len(pieces(self.tree.whole())) == 1
        items = self.tree.items
        entry: Entry = items[number] if not alone and number < len(items) else self.tree
        self.desk.rows[entry].start()

    # edits

    def _edited(self) -> None:
        self._tell_typed()
        set_tone(self.count, "tone", "muted")
        self._asked.forget()
        self._counting.start()

    def _tell_typed(self) -> None:
        if self.typed.hasFocus():
            return
        self._typing.stop()
        self._say("")
        self._wanted = True
        self.typed.show_kind(self.kind)
        self.typed.setText(self._context.services.lists.text(Filter(self.kind, self.node)))
        self.typed.setCursorPosition(0)

    def read_typed(self) -> bool:
        """Take over what is typed, or say what is wrong with it and keep both."""
        self._typing.stop()
        try:
            wanted = self._context.services.lists.parse(self.kind, self.typed.text())
        except UserError as error:
            self._wanted = False
            self._say(error.sentence)
            return False
        self._wanted = True
        self._say("")
        if wanted.where != self.node:
            self.tree = opened(self._context.services.catalogue, self.kind, wanted.where)
            self._show_rows()
            self._edited()
        return True

    def _say(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        set_tone(self.typed, "wrong", "true" if sentence else "false")
        self.typed.setAccessibleDescription(sentence)

    def _replace(self, entry: Entry, other: Entry) -> None:
        self.tree.replace(entry, other)
        self._show_rows(other)
        self._edited()

    def _act_here(self, what: str) -> None:
        self._act(self._entry_here(), what)

    def _entry_here(self) -> Entry:
        """The entry of the row that has the focus."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Row):
            widget = widget.parentWidget()
        return widget.entry if isinstance(widget, Row) else self.tree

    def _act(self, entry: Entry, what: str) -> None:
        if what == "menu":
            self._open_menu(entry)
            return
        at = change(self.tree, entry, what)
        if at is not None:
            self._show_rows(at)
            self._edited()

    def _open_menu(self, entry: Entry) -> None:
        menu = Menu(self)
        menu.setAccessibleName(self.tr("More for this condition"))
        words = {
            "add": self.tr("Add a condition"), "add_group": self.tr("Add a group"), "up": self.tr("Move up"),
            "down": self.tr("Move down"), "wrap": self.tr("Put into a group"), "unwrap": self.tr("Dissolve the group"),
            "remove": self.tr("Remove"),
        }  # fmt: skip
        for what, text in words.items():
            if what == "unwrap" and not isinstance(entry, Group):
                continue
            menu.offer(text, partial(self._act, entry, what), KEYS.get(what, ""))
        button = self.desk.rows[entry].menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # the end

    def apply(self) -> None:
        """Answer with the condition, or say what is missing where it is."""
        if (self._typing.isActive() or not self._wanted) and not self.read_typed():
            self.typed.setFocus()
            return
        for entry in self.tree.walk():
            row = self.desk.rows[entry]
            if row.fault:
                row.say(row.fault)
                row.start()
                self.area.ensureWidgetVisible(row)
                return
        self.made.emit(self.node)
        self.accept()

    # the count

    def _count(self) -> None:
        wanted = usable(self._context.services.catalogue, Filter(self.kind, self.node))
        self._asked.read(partial(self._counted, wanted), self._show_count, self._uncounted)

    def _counted(self, wanted: Filter, progress: Progress) -> tuple[int, int]:
        lists = self._context.services.lists
        total = lists.count(self.counted(Filter(wanted.kind)), progress)
        return (lists.count(self.counted(wanted), progress) if wanted.where != EVERYTHING else total), total

    def _show_count(self, counts: tuple[int, int]) -> None:
        words = self.tr("%1 of %2").replace("%1", format.count_text(counts[0]))
        self.count.setText(words.replace("%2", format.count_text(counts[1])))
        set_tone(self.count, "tone", "")

    def _uncounted(self, error: Exception) -> None:
        self.count.setText("")
        self._say(error.sentence if isinstance(error, CrmError) else self.tr("The records could not be counted."))

    def focusNextPrevChild(self, forward: bool) -> bool:
        # A value is made anew with every comparison, after what stands behind it.
        return step_focus(self, forward)

    def done(self, result: int) -> None:
        """Close; nothing is counted any more."""
        self._counting.stop()
        self._typing.stop()
        self._asked.forget()
        super().done(result)
