"""The centre: a line to log something, and the one timeline of everything."""

from collections.abc import Hashable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListView, QWidget

from crm_desktop.gui import format, icons
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.customer_360.answer import Told, Wanted
from crm_desktop.gui.pages.customer_360.moments import MomentsModel
from crm_desktop.gui.pages.customer_360.moments_delegate import MomentsDelegate
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.empty_state import EmptyState, TableOrEmpty
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.tabs import Tab, TabsBar
from crm_desktop.gui.widgets.value_line import leaves_undo
from crm_desktop.services.timeline import Group, Moment

STEP = 100
"""Lines that are read at once."""
SETTLE = 150  # milliseconds after which a typed word is looked for
ALL, FIGURE = "all", "figure"


class LineEdit(QLineEdit):
    """An input with an icon at its start. `down` tells that the keys want to go on below it."""

    down = Signal()

    def __init__(self, theme: ThemeManager, parent: QWidget, glyph: str, name: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self._glyph = glyph
        self.setAccessibleName(name)
        picture = icons.icon(glyph, theme.current, "textMuted")
        self._action = self.addAction(picture, QLineEdit.ActionPosition.LeadingPosition)
        self._action.setText(name)  # of the button that Qt makes of it
        theme.changed.connect(self._restyle)

    def event(self, event: QEvent) -> bool:
        return not leaves_undo(self, event) and super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)

    def show_key(self, key: str) -> None:
        """Show the key that leads here at the end."""
        cap = KeyCap(self._theme, self, key)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(cap)
        room = cap.sizeHint().width() + 6
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)

    def _restyle(self) -> None:
        self._action.setIcon(icons.icon(self._glyph, self._theme.current, "textMuted"))


class MomentsView(QListView):
    """The lines; Enter opens one."""

    def __init__(self, context: AppContext, model: MomentsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(MomentsDelegate(context.theme, self))
        self.setAccessibleName(tr("Timeline"))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalScrollBar().setSingleStep(24)
        context.theme.changed.connect(self.scheduleDelayedItemsLayout)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the page; they never jump to a line."""

    @property
    def current(self) -> Moment | None:
        """The chosen line."""
        index = self.currentIndex()
        model = self.model()
        assert isinstance(model, MomentsModel)
        return model.rows[index.row()].moment if index.isValid() else None

    def choose(self, row: int) -> None:
        """Make a line the current one, or the nearest that can be."""
        model = self.model()
        for at in (*range(row, model.rowCount()), *range(min(row, model.rowCount()) - 1, -1, -1)):
            if at >= 0 and model.flags(model.index(at, 0)) & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(model.index(at, 0))
                return


class TimelineCard(Card):
    """`wanted` asks for other lines, `logged` carries a typed line, `opened` the record of one."""

    wanted = Signal(object)
    logged = Signal(str)
    opened = Signal(object)
    chosen = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self.setAccessibleName(tr("Timeline"))
        theme = context.theme
        self.now = Wanted(limit=STEP)
        self.figure = ""
        self._record: Hashable = None
        self._drafts: dict[Hashable, str] = {}
        self.log_edit = LineEdit(theme, self, "pencil-line", tr("Log a visit, call or note"))
        self.log_edit.setPlaceholderText(tr("Log a visit, call or note...   visit price ok, wants a quote"))
        self.log_edit.setMaxLength(4000)
        self.log_edit.returnPressed.connect(self._log)
        self.log_edit.show_key("L")
        self.search_edit = LineEdit(theme, self, "search", tr("Search the timeline"))
        self.search_edit.setPlaceholderText(tr("Search"))
        self.search_edit.setClearButtonEnabled(True)
        self._settle = QTimer(self, interval=SETTLE, singleShot=True)
        self._settle.timeout.connect(self._search)
        self.search_edit.textChanged.connect(lambda _text: self._settle.start())
        self.search_edit.returnPressed.connect(self._go_to_found)
        self.search_edit.down.connect(self._go_to_found)
        self.tabs = TabsBar(theme, self)
        self.tabs.allow_add(False)
        self.tabs.chosen.connect(self._choose_tab)
        self.model = MomentsModel(context, self)
        self.model.more_wanted.connect(self._ask_more)
        self.view = MomentsView(context, self.model, self)
        self.view.doubleClicked.connect(lambda _index: self.open_current())
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.empty = EmptyState(theme, self)
        self.pile = TableOrEmpty(self.view, self.empty, self)
        self._fill(theme)

    def _fill(self, theme: ThemeManager) -> None:
        edits = QHBoxLayout()
        edits.setContentsMargins(14, 0, 14, 0)
        edits.setSpacing(8)
        edits.addWidget(self.log_edit, 3)
        edits.addWidget(self.search_edit, 1)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(1, 5, 1, 1)
        self.body.addLayout(edits)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.pile, 1)
        self.body.setSpacing(4)

    def reset(self, record: Hashable) -> None:
        """Another record is shown: all its lines are wanted, from the top. What was typed for the other waits there."""
        self.view.setCurrentIndex(QModelIndex())
        self._drafts[self._record] = self.log_edit.text()
        self._record = record
        self.now, self.figure = Wanted(limit=STEP), ""
        self._settle.stop()
        self.search_edit.blockSignals(True)
        self.search_edit.clear()
        self.search_edit.blockSignals(False)
        self.log_edit.setText(self._drafts.pop(record, ""))

    def show_told(self, told: Told) -> None:
        """Show these lines; the chosen one stays chosen."""
        self._show_tabs(told.counts)
        self._show_moments(told.moments, told.more, told.counts[None])

    def show_figure(self, name: str, moments: list[Moment], counts: Mapping[Group | None, int]) -> None:
        """Show the lines behind a figure, as a tab of its own that is left by choosing another."""
        self.figure = name
        self._show_tabs(counts, len(moments))
        self._show_moments(moments, more=False, total=counts[None])
        self.take_focus()

    def show_group(self, group: Group | None) -> None:
        """Show the lines of a group."""
        self._choose_tab(group.value if group is not None else ALL)

    @property
    def lines(self) -> QWidget:
        """What is shown below the tabs: the lines, or why there are none."""
        return self.pile.pane

    def take_focus(self) -> None:
        """Let the keys go through the lines, or to the way out where there are none."""
        way_out = self.empty.way_out
        (way_out if self.lines is self.empty and way_out is not None else self.view).setFocus()

    def step_back(self) -> bool:
        """Leave the line that is typed, or what the lines were narrowed to; False where neither is."""
        if self.log_edit.hasFocus():
            return True
        if self.search_edit.text():
            self.search_edit.clear()
            self._search()
        elif self.figure or self.now.group is not None:
            self._choose_tab(ALL)
        else:
            return False
        return True

    def open_current(self) -> None:
        """Open the record of the chosen line."""
        if self.view.current is not None:
            self.opened.emit(self.view.current)

    def _show_moments(self, moments: list[Moment], more: bool, total: int) -> None:
        current, row = self.view.current, self.view.currentIndex().row()
        at = self.view.verticalScrollBar().value()
        seen = self.view.viewport().rect().intersects(self.view.visualRect(self.view.currentIndex()))
        self.model.show(moments, more)
        found = self.model.row_of(current.kind, current.id) if current is not None else -1
        self.view.choose(found if found >= 0 else max(0, row))
        if current is not None:
            self.view.doItemsLayout()
            self.view.verticalScrollBar().setValue(at)
            if seen:
                self.view.scrollTo(self.view.currentIndex())  # it may stand elsewhere now, pinned for one
        else:
            self.view.scrollToTop()
        if not moments:
            self._tell_nothing(total)
        self.pile.show_empty(not moments)
        self.chosen.emit()

    def _show_tabs(self, counts: Mapping[Group | None, int], of_figure: int = 0) -> None:
        tabs = [Tab(ALL, tr("All"), format.count_text(counts[None]))]
        if self.figure:
            tabs.append(Tab(FIGURE, self.figure, format.count_text(of_figure)))
        names = {
            Group.VISITS: tr("Visits"), Group.CALLS: tr("Calls"), Group.EMAILS: tr("Emails"), Group.NOTES: tr("Notes"),
            Group.DEALS: tr("Deals"), Group.PURCHASES: tr("Purchases"), Group.TASKS: tr("Tasks"),
        }  # fmt: skip
        tabs += [
            Tab(group.value, words, format.count_text(counts[group])) for group, words in names.items()
            if counts[group] or group is self.now.group
        ]  # fmt: skip
        current = FIGURE if self.figure else self.now.group.value if self.now.group is not None else ALL
        self.tabs.set_tabs(tabs, current)

    def _tell_nothing(self, total: int) -> None:
        some = bool(total or self.now.text)
        words = tr("Nothing here matches.") if some else tr("Nothing happened yet.")
        self.empty.tell("history", words)
        if some:
            self.empty.offer(tr("Show all"), self.step_back)
        else:
            self.empty.offer(tr("Log a visit, call or note"), self.log_edit.setFocus)

    def _choose_tab(self, tab: str) -> None:
        if tab == FIGURE:
            return
        self.figure = ""
        self._ask(self.now._replace(group=None if tab == ALL else Group(tab), limit=STEP))

    def _search(self) -> None:
        self._settle.stop()
        self.figure = ""
        self._ask(self.now._replace(text=self.search_edit.text().strip(), limit=STEP))

    def _go_to_found(self) -> None:
        if self._settle.isActive():
            self._search()
        self.take_focus()

    def _ask_more(self) -> None:
        self._ask(self.now._replace(limit=self.now.limit + STEP))

    def _ask(self, wanted: Wanted) -> None:
        self.now = wanted
        self.wanted.emit(wanted)

    def _log(self) -> None:
        text = self.log_edit.text().strip()
        if text:
            self.logged.emit(text)
