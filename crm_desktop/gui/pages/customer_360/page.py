"""The page: looks the record up and does what its parts ask for."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import ID, Compare, Filter, Op, Sort
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.figure_help import explain_figure
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.pages.customer_360.answer import Answer, Told, Wanted, look_back, look_up
from crm_desktop.gui.pages.customer_360.body import Body
from crm_desktop.gui.pages.customer_360.commands import add_commands
from crm_desktop.gui.pages.customer_360.deeds import Deeds
from crm_desktop.gui.pages.customer_360.words import kpis
from crm_desktop.gui.pages.page import Hint, RecordTarget, Walk
from crm_desktop.gui.records.editing_hints import editing_hints
from crm_desktop.gui.records.places import OPENED, place_of
from crm_desktop.gui.records.record_dialog import RecordDetailsDialog
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.value_edit import DayEdit, NoteEdit
from crm_desktop.services.timeline import Group, Moment


class Customer360Page(WritingPage):
    """One company, person or lead, with all that is known of it."""

    own_header = True
    under = "customers"
    kinds = frozenset({"lead", "customer", "company", "person", "deal", "stage", "activity", "task", "purchase", "loss",
                       "employment", "relation", "occasion", "contact_role"})

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.title = self.tr("Customer")
        self.target: RecordTarget | None = None
        self.walk: Walk | None = None
        self.answer: Answer | None = None
        self._told: Told | None = None
        self._records, self._lines, self._kinds = (Latest(context.jobs, self) for _ in range(3))
        self.dialog: RecordDetailsDialog | None = None
        body = self.body = Body(context, self)
        self.head, self.strip, self.switch = body.head, body.strip, body.switch
        self.left, self.timeline, self.right = body.left, body.timeline, body.right
        self.empty = EmptyState(context.theme, self)
        self.pile = QStackedWidget(self)
        self.pile.setMinimumSize(320, 240)  # less than the columns want: they give way when it becomes narrow
        self.pile.addWidget(self.body)
        self.pile.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pile)
        self.deeds = Deeds(self)
        add_commands(self)
        self.head.set_buttons(("customer_360.new_deal", "customer_360.follow_up", "customer_360.log"))
        self._connect()

    def _connect(self) -> None:
        self.head.list_wanted.connect(self.back_to_list)
        for button, step in ((self.head.up, "previous"), (self.head.down, "next")):
            action = self.context.actions.action(f"customer_360.{step}")
            button.clicked.connect(action.trigger)
            button.set_name(action.text(), {"previous": "Alt+Up", "next": "Alt+Down"}[step])
        self.strip.opened.connect(self.show_rows)
        self.strip.helped.connect(partial(explain_figure, self))
        for part in (self.left, self.right):
            part.opened.connect(self.open_target)
        self.left.wanted.connect(self.write)
        self.left.told.connect(self.tell_written)
        self.right.deals_wanted.connect(lambda: self._show_figure("open_deals"))
        self.right.purchases_wanted.connect(partial(self._show_group, Group.PURCHASES))
        self.timeline.wanted.connect(self._ask_lines)
        self.timeline.opened.connect(lambda moment: self.open_target(RecordTarget(moment.kind, moment.id)))
        self.timeline.chosen.connect(self.refresh_actions)

    # Page

    def hints(self) -> Sequence[Hint | str]:
        editor = self.left.details.editor
        if editor is not None:
            return editing_hints(long=isinstance(editor, NoteEdit), day=isinstance(editor, DayEdit))
        names = ("log", "new_deal", "follow_up", "edit", "open", "pin", "done", "search")
        walk = (Hint("Alt ↑↓", self.tr("Previous, next")),) if self.walk is not None else ()
        return [*(f"customer_360.{name}" for name in names), *walk, Hint("Esc", self.tr("Back"))]

    def panes(self) -> Sequence[QWidget]:
        return (self.timeline.lines, self.right, self.head, self.strip, self.left)

    def on_shown(self) -> None:
        if self.target is None:
            first = partial(self.context.services.lists.ids, Filter("customer"), Sort("revenue", True), 1)
            self._kinds.read(lambda _progress: self._kinds_of(first()), self._show_first, self._gone)
        else:
            self._ask()

    def on_change(self, change: Change) -> None:
        self._ask()

    def open_filter(self, target: Filter | object) -> None:
        """Show a record, alone or with the way through the list it came from."""
        if isinstance(target, Walk):
            self.walk, target = target, target.target
        elif isinstance(target, RecordTarget):
            self.walk = None
        if isinstance(target, RecordTarget):
            self._open(target)

    def on_escape(self) -> bool:
        if self.timeline.step_back():
            self.timeline.take_focus()
        elif self.walk is not None:
            self.back_to_list()  # as it is: its row too
        else:
            self.context.actions.trigger("go.back")
        return True

    def has_record(self) -> bool:
        """Whether a record is shown."""
        return self.answer is not None

    # which record

    def _open(self, target: RecordTarget) -> None:
        self._kinds.forget()
        fresh = target != self.target
        self.target = target
        if fresh:
            self.answer = None
            self.timeline.reset(target)
        self.visited.emit(target)
        self._show_place()
        self._ask()

    def step(self, by: int) -> None:
        """Go to the record above or below in the list one came from."""
        if self.walk is None or self.target is None or not self.can_step(by):
            return
        record = self.walk.ids[self._place + by]
        self.walk.follow(record)
        kind_of = self.walk.kind_of
        self._kinds.read(lambda _progress: RecordTarget(kind_of(record), record), self._open, self._gone)

    def can_step(self, by: int) -> bool:
        """Whether there is one."""
        return self.walk is not None and self._place >= 0 and 0 <= self._place + by < len(self.walk.ids)

    @property
    def _place(self) -> int:
        """Where in the list one is; -1 outside of it."""
        if self.walk is None or self.target is None:
            return -1
        try:
            return self.walk.ids.index(self.target.id)
        except ValueError:
            return -1

    def _show_place(self) -> None:
        page = self.tr("Leads") if self.walk is not None and self.walk.page == "leads" else self.tr("Customers")
        title, count = (self.walk.title, len(self.walk.ids)) if self.walk is not None else ("", 0)
        self.head.show_place(page, title, self._place, count)

    def back_to_list(self) -> None:
        """Go to the list one came from."""
        self.go(self.walk.page if self.walk is not None else self.under)

    def _kinds_of(self, ids: Sequence[int]) -> list[RecordTarget]:
        rows = self.context.services.lists.rows("customer", ids, ["type"])
        return [RecordTarget(str(kind), number) for number, kind in rows]

    def _show_first(self, found: list[RecordTarget]) -> None:
        if found:
            self._open(found[0])
        else:
            self.empty.tell("building-2", self.tr("No customers yet. Who buys appears here."))
            self.empty.offer(self.tr("Customers"), self.back_to_list)
            self.pile.setCurrentWidget(self.empty)

    # reading

    def _ask(self) -> None:
        if self.target is None:
            return
        self._records.read(partial(look_up, self.context.services, self.target), self._show, self._gone)
        if not self.timeline.figure:
            self._ask_lines(self.timeline.now)

    def _ask_lines(self, wanted: Wanted) -> None:
        if self.target is not None:
            ask = partial(look_back, self.context.services, self.target, wanted)
            self._lines.read(ask, self._show_told, self._gone)

    def _show(self, answer: Answer) -> None:
        if self.answer is None or self.answer.record.id != answer.record.id:
            for column in (self.left, self.right):
                column.verticalScrollBar().setValue(0)
        self.answer = answer
        self.title = str(answer.record.values.get("name") or answer.record.title)
        self.pile.setCurrentWidget(self.body)
        self.head.show_record(answer.record)
        self.strip.show_figures(kpis(answer.portrait, self.context.clock.today()))
        self.left.show_answer(answer)
        self.right.show_portrait(answer.portrait)
        self.header_changed.emit()
        self.refresh_actions()

    def _show_told(self, told: Told) -> None:
        self._told = told
        self.timeline.show_told(told)

    def _gone(self, error: Exception) -> None:
        """The record was deleted meanwhile."""
        self.answer = None
        self.empty.tell("info", str(error))
        self.empty.offer(self.tr("Back"), lambda: self.context.actions.trigger("go.back"))
        self.pile.setCurrentWidget(self.empty)
        self.refresh_actions()

    # opening

    def open_target(self, target: Filter | RecordTarget) -> None:
        """Open a record or the records of a filter where they are shown."""
        if isinstance(target, Filter):
            sole = _sole(target)
            if sole is None:
                self.show_rows(target)
                return
            target = sole
        if target == self.target:
            self.edit()
        elif target.kind in OPENED:
            self.go(place_of(target), target)
        else:
            self._open_details(target)

    def show_rows(self, wanted: Filter, name: str = "") -> None:
        """Show the records behind a figure of that name: deals on their page, what happened in the timeline."""
        if self.answer is None or self._told is None:
            return
        if wanted.kind in ("deal", "company", "person"):
            self.go(place_of(wanted), wanted)
            return
        filters = self.answer.portrait.sales if wanted.kind == "customer" else (wanted,)
        behind = self.context.services.timeline.behind
        if wanted.kind == "customer":
            self.body.show_part("timeline")
        self._lines.read(lambda _progress: [moment for each in filters for moment in behind(each)],
                         partial(self._show_behind, name or self.tr("Chosen")), self._gone)

    def _show_behind(self, name: str, moments: list[Moment]) -> None:
        if self._told is not None:
            self.body.show_part("timeline")
            self.timeline.show_figure(name, moments, self._told.counts)

    def _show_figure(self, name: str) -> None:
        if self.answer is not None:
            self.show_rows(self.answer.portrait.figures[name].filter)

    def _show_group(self, group: Group) -> None:
        self.body.show_part("timeline")
        self.timeline.show_group(group)
        self.timeline.take_focus()

    def _open_details(self, target: RecordTarget) -> None:
        self.dialog = RecordDetailsDialog(self.context, target, self.window())
        self.dialog.written.connect(partial(self.tell_written, ""))
        self.dialog.open()

    # commands

    def log(self) -> None:
        """Let the line be typed that says what happened."""
        self.body.show_part("timeline")
        self.timeline.log_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search(self) -> None:
        """Let words of the timeline be typed."""
        self.body.show_part("timeline")
        self.timeline.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit(self) -> None:
        """Let the keys edit the details."""
        self.body.show_part("left")
        self.left.edit()

    def show_history(self) -> None:
        """Open what was done to the record."""
        self.go("history", self.target)

    def take_back(self, error: Exception) -> None:
        """Say why something was not kept, and show what is there."""
        self.tell_refused(error)
        self._ask()


def _sole(wanted: Filter) -> RecordTarget | None:
    """The one record that a filter names."""
    node = wanted.where
    if isinstance(node, Compare) and node.path == ID and node.op is Op.ANY_OF and isinstance(node.value, tuple):
        ids = node.value
        if len(ids) == 1 and isinstance(ids[0], int):
            return RecordTarget(wanted.kind, ids[0])
    return None
