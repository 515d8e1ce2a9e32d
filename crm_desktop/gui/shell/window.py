"""The main window: sidebar, header, the page in front, hint bar, and what floats above them."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.domain.change import Change
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.format import ago
from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.page import Count, Hint, Notice, Page, PageSpec
from crm_desktop.gui.shell.brand import Brand
from crm_desktop.gui.shell.commands import add_window_commands, focus_pane
from crm_desktop.gui.shell.header import PageHeader
from crm_desktop.gui.shell.hint_bar import HintBar, hints_at
from crm_desktop.gui.shell.pages import PageStack
from crm_desktop.gui.shell.saved_note import SavedNote
from crm_desktop.gui.shell.sidebar import NavList
from crm_desktop.gui.widgets.buttons import IconButton, SearchButton
from crm_desktop.services.progress import Progress

if TYPE_CHECKING:
    from crm_desktop.gui.shell.palette import PaletteSource
    from crm_desktop.gui.shell.palette_box import Palette
    from crm_desktop.gui.widgets.toast import Toasts

SIZE = QSize(1440, 900)
_FRAME = QSize(0, 40)  # what a title bar may need above it
NARROW = 1200
OLD_BACKUP = timedelta(days=7)
RECOUNT_AFTER = 200  # milliseconds: several changes in a row are counted once

_DRESSING = frozenset({"sidebar_collapsed", "hint_bar", "letter_keys"})


def _counted(count: Count, context: AppContext, _progress: Progress) -> int | None:
    return count(context)


class MainWindow(Form, QMainWindow):
    """Everything around the pages. What floats above them is loaded and made when it is first called for."""

    ui = "main_window"
    sidebar: QWidget
    sidebar_layout: QVBoxLayout
    brand: Brand
    brand_label: QWidget
    fold_button: IconButton
    search_button: SearchButton
    nav_list: NavList
    foot_list: NavList
    saved_note: SavedNote
    main_area: QWidget
    header: PageHeader
    stack: QStackedWidget
    hint_bar: HintBar

    visited = Signal(object)  # RecordTarget of a record that the user opened

    def __init__(self, context: AppContext, specs: Sequence[PageSpec]) -> None:
        super().__init__(context.theme)
        self.context = context
        self.helper: Callable[[str], object] | None = None
        self.pages = PageStack(context, specs, self.stack)
        self._sources: list[Callable[[], PaletteSource]] = []
        self._recount = QTimer(self, interval=RECOUNT_AFTER, singleShot=True)
        self._recount.timeout.connect(self.count_pages)
        self._fill_sidebar(specs)
        add_window_commands(self)
        self._adopt_actions()
        self._connect()
        self._dress()
        self.resize(SIZE)
        if sys.platform == "darwin":
            from crm_desktop.gui.shell.menu import CommandMenus

            self.menus = CommandMenus(context.actions, self.tr("Page"))
            self.pages.shown.connect(self.menus.refresh)

    # what others ask of the window

    def place(self, left: str) -> None:
        """Stand as `left` says; without that in the usual size, or on all of a screen that has no room for it."""
        if left and self.restoreGeometry(QByteArray.fromBase64(left.encode())):
            return
        wanted, room = SIZE + _FRAME, self.screen().availableSize()
        if wanted.boundedTo(room) != wanted:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    @property
    def placed(self) -> str:
        """Where it stands, to be kept."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    @cached_property
    def palette_box(self) -> "Palette":
        """The box in which everything is searched."""
        from crm_desktop.gui.shell.palette import ActionSource
        from crm_desktop.gui.shell.palette_box import Palette

        box = Palette(self.theme, self.context.jobs, self)
        box.add_source(ActionSource(self.context.actions))
        for make in self._sources:
            box.add_source(make())
        return box

    def let_find(self, make: "Callable[[], PaletteSource]") -> None:
        """Let the palette search a source more, which is made when the palette is."""
        self._sources.append(make)

    @cached_property
    def toasts(self) -> "Toasts":
        """Where it is said what happened."""
        from crm_desktop.gui.widgets.toast import Toasts

        return Toasts(self.theme, self.main_area)

    def open(self, page_id: str, target: object = None) -> bool:
        """Open a page, with a filter or record to show; False if there is no such page."""
        return self.pages.open(page_id, target)

    def follow(self, page_id: str) -> bool:
        """Open a page with the kind of record that the present one is about."""
        page = self.pages.current
        return self.open(page_id, (page.kind_here or None) if page is not None else None)

    def say(self, text: str, undo: Callable[[], object] | None = None, kind: str = "ok") -> None:
        """Show a toast."""
        self.toasts.show(text, undo, kind)

    def show_backup(self, made: datetime | None) -> None:
        """Tell when the last backup was made; amber after a week without one."""
        if made is None:
            self.saved_note.set_backup(self.tr("No backup yet"), old=True)
            return
        now = self.context.clock.now()
        self.saved_note.set_backup(self.tr("Backup %1").replace("%1", ago(made, now)), now - made > OLD_BACKUP)

    def set_helper(self, helper: Callable[[str], object]) -> None:
        """Who explains a term when a "?" is pressed."""
        self.helper = helper

    def show_keys(self) -> None:
        """Open the sheet of all keys."""
        from crm_desktop.gui.shell.key_sheet import KeySheet

        page = self.pages.current
        fixed = [hint for hint in page.hints() if isinstance(hint, Hint)] if page is not None else []
        self._ask(KeySheet(self.theme, self.context.actions, fixed, self))

    def show_crash(self, report: str) -> None:
        """Tell of a bug of ours."""
        from crm_desktop.gui.shell.crash import CrashDialog

        self._ask(CrashDialog(self.theme, report, self))

    def step_out(self) -> None:
        """Esc: one level back inside the page."""
        page = self.pages.current
        if page is not None:
            page.on_escape()

    def count_pages(self) -> None:
        """Ask the pages' counts again."""
        for spec in self.pages.specs.values():
            if spec.count is not None:
                self.context.jobs.read(partial(_counted, spec.count, self.context), partial(self._show_count, spec.id))

    def fold(self, folded: bool) -> None:
        """Show the sidebar as icons only."""
        self.context.settings_store.update(sidebar_collapsed=folded)

    @property
    def folded(self) -> bool:
        """Whether the sidebar shows icons only, by choice or for want of room."""
        return self.context.settings_store.current.sidebar_collapsed or self.width() < NARROW

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in order."""
        page = self.pages.current
        inner = [part for part in page.panes() if not self.header.isAncestorOf(part)] if page is not None else []
        return [self.nav_list, self.header, *inner, self.hint_bar]

    # how it is put together

    def _fill_sidebar(self, specs: Sequence[PageSpec]) -> None:
        self.nav_list.set_specs([spec for spec in specs if spec.group not in ("foot", "hidden")])
        self.foot_list.set_specs([spec for spec in specs if spec.group == "foot"])
        self.foot_list.setAccessibleName(self.tr("More pages"))
        self.fold_button.set_name(self.tr("Fold the sidebar"), "Ctrl+B")
        self.fold_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for part in (self.nav_list, self.foot_list):
            part.chosen.connect(self.open)
        self.search_button.clicked.connect(lambda: self.palette_box.open())
        self.saved_note.clicked.connect(lambda: self.context.actions.trigger("backups.open"))

    def _adopt_actions(self) -> None:
        adopted = set(self.actions())
        entries = (entry for entry in self.context.actions if entry.owner is None)
        self.addActions([entry.action for entry in entries if entry.action not in adopted])

    def _connect(self) -> None:
        context = self.context
        context.actions.changed.connect(self._adopt_actions)
        context.actions.changed.connect(self._show_hints)
        context.changes.changed.connect(self._hear)
        context.settings_store.changed.connect(self._settings_changed)
        context.theme.changed.connect(self._dress)
        self.pages.built.connect(self._page_built)
        self.pages.shown.connect(self._page_shown)
        self.header.helped.connect(self._help)
        self.header.back_wanted.connect(lambda: self.context.actions.trigger("go.back"))
        self.hint_bar.watch(context.jobs)
        self.hint_bar.keys_wanted.connect(self.show_keys)
        self.fold_button.clicked.connect(lambda: self.context.actions.trigger("view.sidebar"))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def _page_built(self, page: Page) -> None:
        page.noticed.connect(self._notice)
        page.opened.connect(self.open)
        page.helped.connect(self._help)
        page.visited.connect(self.visited)
        page.hints_changed.connect(self._show_hints)
        page.header_changed.connect(self._show_title)

    def _page_shown(self, page: Page) -> None:
        self.sidebar.setVisible(not page.whole_window)
        self.header.setVisible(not page.whole_window and not page.own_header)
        self.header.show_page(page, self.context.actions)
        self.header.offer_back(self.pages.came_from)
        for part in (self.nav_list, self.foot_list):
            part.show_page(page.under or self.pages.current_id)
        if not (self.nav_list.walking or self.foot_list.walking):
            focus_pane(page.panes()[0])
        self._show_title()
        self.context.actions.refresh()
        self._show_hints()

    def _show_title(self) -> None:
        if self.pages.current is not None:
            self.setWindowTitle(self.tr("%1 – CRM Desktop").replace("%1", self.pages.current.title))

    def _notice(self, notice: Notice) -> None:
        self.toasts.show(notice.text, notice.undo, notice.kind, notice.more)

    def _help(self, term: str) -> None:
        if self.helper is not None:
            self.helper(term)

    def _show_count(self, page_id: str, count: int | None) -> None:
        self.nav_list.set_count(page_id, count)
        self.foot_list.set_count(page_id, count)

    def _show_hints(self) -> None:
        if not self.isVisible():
            return  # shown with the window; while pages are made, their commands come one by one
        page = self.pages.current
        hints = list(hints_at(self.focusWidget(), page, self.context.actions)) if page is not None else []
        self.hint_bar.show_hints(hints)
        self.hint_bar.allow_keys(self.context.settings_store.current.hint_bar and bool(hints))

    def _hear(self, change: Change) -> None:
        specs = self.pages.specs.values()
        if any(spec.count is not None and (not spec.kinds or spec.kinds & change.kinds) for spec in specs):
            self._recount.start()

    def _settings_changed(self, names: frozenset[str]) -> None:
        if names & _DRESSING:
            self._dress()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self:
            self.context.actions.refresh()
            self._show_hints()

    def _dress(self) -> None:
        theme = self.theme.current
        folded = self.folded
        self.sidebar.setFixedWidth(theme.size("sidebarIcons" if folded else "sidebar") + 1)
        self.search_button.compact = self.saved_note.compact = folded
        self.brand_label.setVisible(not folded)
        # Folded by choice, the button stands where the mark was, so that the mouse can unfold it.
        wide = self.width() >= NARROW
        self.brand.setVisible(not (folded and wide))
        self.fold_button.setVisible(wide)
        for part in (self.nav_list, self.foot_list):
            part.set_compact(folded)
        self.foot_list.setFixedHeight(self.foot_list.content_height())
        self._show_hints()
        self.sidebar.update()

    def _ask(self, dialog: QDialog) -> None:
        before: QWidget | None = self.focusWidget()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def give_back() -> None:
            if before is not None and isValid(before):
                before.setFocus()

        dialog.finished.connect(give_back)
        dialog.open()

    def focusNextPrevChild(self, forward: bool) -> bool:
        from crm_desktop.gui.widgets.tab_order import step_focus

        return step_focus(self, forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now are pages and views visible, on which keys depend.
        self.context.actions.refresh()
        self._show_hints()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A window that was not shown before has no old size to compare with.
        if self.fold_button.isHidden() != (event.size().width() < NARROW):
            self._dress()
