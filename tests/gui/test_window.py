"""The frame around the pages, as somebody at the keyboard or mouse meets it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListView, QMenu, QPushButton, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from crm_desktop.domain.filter import Filter, Words
from crm_desktop.gui.actions import Command
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.shell.crash import CrashDialog
from crm_desktop.gui.shell.key_sheet import KeySheet
from crm_desktop.gui.shell.menu import CommandMenus
from crm_desktop.gui.shell.sidebar import SidebarModel
from crm_desktop.gui.shell.window import NARROW, MainWindow
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.empty_state import EmptyState

from .conftest import NOW, SPECS, PlainPage, a_change, destroy, press_ready

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def page_of(window: MainWindow) -> PlainPage:
    """The page in front."""
    page = window.pages.current
    assert isinstance(page, PlainPage)
    return page


def click_row(view: QListView, row: int, qtbot: QtBot) -> None:
    """Click a page of the sidebar."""
    at = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def focused() -> QWidget:
    """The widget that keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def titles(view: QListView) -> list[str]:
    """What stands in the sidebar."""
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


# the sidebar


def test_sidebar_shows_groups_and_pages_that_exist(window: MainWindow) -> None:
    assert titles(window.nav_list) == ["Today", "Sell", "Leads", "Pipeline"]
    assert titles(window.foot_list) == ["Settings"]


def test_sidebar_model_keeps_the_rules(qapp: QApplication) -> None:
    model = SidebarModel(SPECS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_count("leads", 3)
    assert tester.model() is model


def test_click_opens_a_page(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window.nav_list, 2, qtbot)
    assert window.pages.current_id == "leads"
    assert window.header.title.text() == "Leads"
    assert window.windowTitle().startswith("Leads")


def test_headings_cannot_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window.nav_list, 1, qtbot)
    assert window.pages.current_id == "today"


def test_arrow_keys_walk_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    press_ready(window.nav_list)
    qtbot.keyClick(window.nav_list, Qt.Key.Key_Down)
    assert window.pages.current_id == "leads"
    assert window.nav_list.hasFocus()
    qtbot.keyClick(window.nav_list, Qt.Key.Key_Up)
    assert window.pages.current_id == "today"


def test_the_sidebar_shows_where_the_keys_begin_on_a_page_of_the_foot(window: MainWindow, qtbot: QtBot) -> None:
    assert window.open("settings") and not window.nav_list.currentIndex().isValid()
    press_ready(window.nav_list)
    assert window.nav_list.currentIndex().row() == 0 and not window.nav_list.selectedIndexes()
    qtbot.keyClick(window.nav_list, Qt.Key.Key_Return)
    assert window.pages.current_id == "today"


def test_a_page_that_is_clicked_or_called_by_its_key_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    click_row(window.nav_list, 2, qtbot)
    assert focused() is page_of(window).view
    click_row(window.foot_list, 0, qtbot)
    assert focused() is page_of(window).view
    press_ready(window.nav_list)
    qtbot.keyClick(window.nav_list, Qt.Key.Key_4, CTRL)
    assert window.pages.current_id == "pipeline" and focused() is page_of(window).view
    press_ready(window.nav_list)
    qtbot.keyClick(window.nav_list, Qt.Key.Key_Return)
    assert focused() is page_of(window).view


@pytest.mark.parametrize(("under", "marked"), [("settings", "foot_list"), ("leads", "nav_list")])
def test_a_page_under_another_one_marks_that(window: MainWindow, under: str, marked: str) -> None:
    window.open("pipeline")
    page = window.pages.current
    assert page is not None
    page.under = under
    window.open("today")
    window.open("pipeline")
    assert window.pages.current_id == "pipeline"
    lists = {name: getattr(window, name) for name in ("nav_list", "foot_list")}
    assert [name for name, view in lists.items() if view.currentIndex().isValid()] == [marked]


def test_counts_are_asked_and_read_aloud(window: MainWindow) -> None:
    window.count_pages()
    spoken = [
        window.nav_list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)
    ]
    assert spoken == ["Today, 2", "Sell", "Leads, 248", "Pipeline"]


def test_counts_are_asked_again_after_a_change(context: AppContext, qtbot: QtBot) -> None:
    counts = iter([1, 7])
    specs = [replace(SPECS[1], count=lambda _: next(counts), kinds=frozenset({"lead"}))]
    window = MainWindow(context, specs)
    qtbot.addWidget(window)
    window.count_pages()
    context.changes.announce(a_change("deal"))
    context.changes.announce(a_change("lead"))

    def spoken() -> str:
        return str(window.nav_list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))

    qtbot.waitUntil(lambda: spoken() == "Leads, 7")


def test_tool_tips_teach_the_keys(window: MainWindow) -> None:
    tip = window.nav_list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("Today") and "1" in tip


def test_only_the_page_in_front_is_marked(window: MainWindow) -> None:
    window.open("settings")
    assert not window.nav_list.selectionModel().hasSelection()
    assert window.foot_list.currentIndex().row() == 0
    window.open("leads")
    assert window.nav_list.currentIndex().row() == 2
    assert not window.foot_list.selectionModel().hasSelection()


def test_sidebar_folds_by_key_and_back_by_mouse(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1400, 800)
    wide = window.sidebar.width()
    qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
    assert window.sidebar.width() < 60 < wide
    assert window.context.settings_store.current.sidebar_collapsed
    qtbot.mouseClick(window.fold_button, Qt.MouseButton.LeftButton)
    assert window.sidebar.width() == wide


def test_narrow_window_shows_icons_only(window: MainWindow) -> None:
    window.resize(NARROW + 50, 800)
    wide = window.sidebar.width()
    window.resize(NARROW - 50, 800)
    assert window.sidebar.width() < wide
    assert not window.brand_label.isVisible()
    assert not window.context.settings_store.current.sidebar_collapsed


def test_smallest_window_is_1024_by_680(window: MainWindow) -> None:
    window.resize(300, 300)
    assert (window.width(), window.height()) == (1024, 680)


@pytest.mark.parametrize(
    ("age", "words"),
    [(None, "No backup yet"), (timedelta(hours=2), "Backup 2 h ago"), (timedelta(days=9), "Backup 9 days ago")],
)
def test_foot_tells_of_the_backup(age: timedelta | None, words: str, window: MainWindow) -> None:
    window.show_backup(None if age is None else NOW - age)
    assert window.saved_note.accessibleName() == f"Saved on this laptop. {words}"


def test_foot_leads_to_the_backups(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[bool] = []
    window.context.actions.add(Command("backups.open", "Backups", lambda: opened.append(True)))
    qtbot.mouseClick(window.saved_note, Qt.MouseButton.LeftButton)
    assert opened == [True]


# pages


def test_page_is_built_on_its_first_visit_only(window: MainWindow) -> None:
    window.open("leads")
    first = page_of(window)
    window.open("today")
    window.open("leads")
    assert page_of(window) is first
    assert first.heard == ["shown"]


def test_unknown_page_is_refused(window: MainWindow) -> None:
    assert not window.open("nowhere")
    assert window.pages.current_id == "today"


def test_page_opens_with_a_filter(window: MainWindow) -> None:
    assert window.open("leads", "hot leads")
    assert page_of(window).heard == ["hot leads"]


def test_a_page_can_open_another(window: MainWindow) -> None:
    page_of(window).go("leads", "from a chart")
    assert window.pages.current_id == "leads"
    assert page_of(window).heard == ["from a chart"]


def test_back_and_forward(window: MainWindow, qtbot: QtBot) -> None:
    window.open("leads", "hot")
    window.open("pipeline")
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.pages.current_id == "leads"
    assert page_of(window).heard == ["hot", "hot"]
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert window.pages.current_id == "today"
    qtbot.keyClick(window, Qt.Key.Key_Right, ALT)
    assert window.pages.current_id == "leads"


def test_going_elsewhere_drops_the_way_forward(window: MainWindow) -> None:
    window.open("leads")
    window.pages.step(-1)
    window.open("pipeline")
    assert not window.pages.step(1)
    assert window.pages.step(-1)
    assert window.pages.current_id == "today"


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_2, "leads"), (Qt.Key.Key_4, "pipeline"), (Qt.Key.Key_Comma, "settings")]
)
def test_pages_have_keys(key: Qt.Key, page: str, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, key, CTRL)
    assert window.pages.current_id == page


def test_visible_page_hears_changes_of_its_kinds(window: MainWindow) -> None:
    page = page_of(window)
    page.heard.clear()
    window.context.changes.announce(a_change("deal"))
    assert page.heard == []
    window.context.changes.announce(a_change("lead"))
    assert page.heard == ["shown"]


def test_hidden_page_asks_again_when_it_is_shown(window: MainWindow) -> None:
    today = page_of(window)
    window.open("leads")
    today.heard.clear()
    window.context.changes.announce(a_change("lead"))
    window.context.changes.announce(a_change("lead"))
    assert today.heard == []
    window.open("today")
    assert today.heard == ["shown"]
    window.open("leads")
    window.open("today")
    assert today.heard == ["shown"]


def test_plain_page_needs_nothing(context: AppContext, qtbot: QtBot) -> None:
    page = Page(context)
    qtbot.addWidget(page)
    page.on_shown()
    page.open_filter("anything")
    assert page.header_actions() == () and page.hints() == ()
    assert not page.on_escape()
    assert page.panes() == (page,)


# header and hints


def test_header_shows_the_primary_action(window: MainWindow, qtbot: QtBot) -> None:
    button = next(b for b in window.header.findChildren(Button) if b.text() == "New Today" and b.isVisible())
    assert button.property("kind") == "primary"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "new" in page_of(window).heard


def test_a_button_that_can_do_no_more_leaves_the_focus_to_its_page(window: MainWindow) -> None:
    button = next(b for b in window.header.findChildren(Button) if b.text() == "New Today" and b.isVisible())
    button.setFocus()
    window.context.actions.action("Today.new").setEnabled(False)
    page = page_of(window)
    assert focused() is page or page.isAncestorOf(focused())


def test_header_follows_the_page(window: MainWindow) -> None:
    page_of(window).set_header("Today", "Thursday 12 November 2026")
    assert window.header.sub_line.text() == "Thursday 12 November 2026"
    window.open("leads")
    assert window.header.sub_line.text() == ""
    visible = [b.text() for b in window.header.findChildren(Button) if b.isVisible() and b.text()]
    assert visible == ["New Leads"]


def test_header_without_a_line_is_lower(window: MainWindow) -> None:
    with_line = window.header.height()
    window.open("leads")
    page_of(window).header_line = False
    window.open("today")
    window.open("leads")
    assert window.header.height() < with_line


def test_help_mark_asks_the_helper(window: MainWindow, qtbot: QtBot) -> None:
    asked: list[str] = []
    window.set_helper(asked.append)
    page_of(window).help_term = "lead"
    page_of(window).set_header("Today")
    qtbot.mouseClick(window.header.help_mark, Qt.MouseButton.LeftButton)
    page_of(window).helped.emit("mql")
    assert asked == ["lead", "mql"]


def hints(window: MainWindow) -> str:
    """What the hint bar says to a screen reader."""
    return next(w.accessibleName() for w in window.hint_bar.findChildren(QWidget) if " " in w.accessibleName())


def test_hints_show_the_keys_valid_now(window: MainWindow) -> None:
    page = page_of(window)
    assert hints(window) == "↑↓ Move"
    page.chosen = True
    page.refresh_actions()
    assert hints(window) == "↑↓ Move, L Log"


def test_hints_are_those_of_what_has_the_focus(window: MainWindow) -> None:
    page = page_of(window)
    page.chosen = True
    page.refresh_actions()
    button = next(part for part in window.header.findChildren(QPushButton) if part.text() == "New Today")
    for part, told in (
        (button, "Space Press, Tab Next, F6 Next pane"),
        (window.nav_list, "↑↓ Move, Enter Open, Tab Next, F6 Next pane"),
        (page.view, "↑↓ Move, L Log"),
    ):
        press_ready(part)
        assert hints(window) == told


def test_hint_bar_can_be_hidden(window: MainWindow) -> None:
    assert window.hint_bar.isVisible()
    window.context.settings_store.update(hint_bar=False)
    assert not window.hint_bar.isVisible()


def test_escape_goes_back_inside_the_page(window: MainWindow, qtbot: QtBot) -> None:
    press_ready(page_of(window).view)
    qtbot.keyClick(page_of(window).view, Qt.Key.Key_Escape)
    assert page_of(window).heard[-1] == "escape"


def test_f6_cycles_through_the_panes(window: MainWindow, qtbot: QtBot) -> None:
    press_ready(window.nav_list)
    seen: list[str] = []
    for _ in range(4):
        qtbot.keyClick(focused(), Qt.Key.Key_F6)
        pane = next(p for p in window.panes() if p is focused() or p.isAncestorOf(focused()))
        seen.append(type(pane).__name__)
    assert seen == ["PageHeader", "PlainPage", "HintBar", "NavList"]
    qtbot.keyClick(window.nav_list, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.hint_bar.isAncestorOf(focused())


def test_the_page_of_the_start_has_the_focus(window: MainWindow) -> None:
    assert page_of(window).isAncestorOf(focused())


def test_opening_a_page_puts_the_focus_into_it(window: MainWindow, qtbot: QtBot) -> None:
    press_ready(page_of(window).view)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    assert page_of(window).isAncestorOf(focused())


# what floats


def test_pages_can_say_something_with_undo(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[bool] = []
    page_of(window).say("Lead deleted", lambda: undone.append(True))
    toast = window.toasts.current
    assert toast is not None and toast.sentence.text() == "Lead deleted"
    qtbot.mouseClick(toast.undo_button, Qt.MouseButton.LeftButton)
    assert undone == [True]


def test_f1_shows_the_keys_and_narrows_them(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(KeySheet)
    assert sheet is not None and sheet.isVisible()
    names = {words for keys in sheet.groups().values() for words, _ in keys}
    assert {"Move", "Log visit", "New Today", "Search or run", "Go to Leads"} <= names
    found = [words for keys in sheet.groups("pipeline").values() for words, _ in keys]
    assert found == ["Go to Pipeline"]
    qtbot.keyClicks(sheet.search_edit, "xyzzy")
    nothing = sheet.scroll_area.widget()
    assert isinstance(nothing, EmptyState) and nothing.sentence.text() == "No shortcut matches."
    asked = nothing.way_out
    assert asked is not None
    qtbot.keyClick(asked, Qt.Key.Key_Space)
    assert isValid(asked)  # it is in the midst of its own press
    assert sheet.search_edit.text() == "" and not isinstance(sheet.scroll_area.widget(), EmptyState)
    qtbot.keyClicks(sheet.search_edit, "leads")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(KeySheet) is None)


def test_click_on_the_hint_shows_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.hint_bar.keys_wanted.emit()
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    sheet.reject()


def test_crash_dialog_gives_the_focus_back(window: MainWindow, qtbot: QtBot) -> None:
    view = page_of(window).view
    press_ready(view)
    window.show_crash("report")
    dialog = window.findChild(CrashDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.hasFocus)


def test_a_dialog_closes_quietly_though_what_had_the_focus_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    view = page_of(window).view
    press_ready(view)
    window.show_crash("report")
    destroy(view)
    dialog = window.findChild(CrashDialog)
    assert dialog is not None
    with capture_exceptions() as thrown:
        dialog.reject()
    assert thrown == [] and not dialog.isVisible()


# looks


def test_colours_are_chosen_in_the_palette_too(window: MainWindow) -> None:
    actions, store = window.context.actions, window.context.settings_store
    for look in ("dark", "light", "system"):
        entry = actions.find(f"view.{look}")
        assert entry is not None and entry.command.in_palette and actions.trigger(entry.command.id)
        assert store.current.theme == look


def test_text_size_by_key(window: MainWindow, qtbot: QtBot) -> None:
    store = window.context.settings_store
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert store.current.text_scale == 110
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert store.current.text_scale == 90
    qtbot.keyClick(window, Qt.Key.Key_0, CTRL)
    assert store.current.text_scale == 100


@pytest.mark.parametrize("scale", [90, 160])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_part_is_on_screen_at_any_text_size(look: str, scale: int, window: MainWindow) -> None:
    window.resize(1024, 680)
    window.context.theme.apply(look, scale)
    QApplication.processEvents()
    for part in (window.header, window.hint_bar, window.stack, window.nav_list):
        at = part.mapTo(window, QPoint(0, 0))
        assert part.isVisible()
        assert at.x() + part.width() <= window.width()
        assert at.y() + part.height() <= window.height()


def test_right_to_left_mirrors_the_window(window: MainWindow) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert window.sidebar.mapTo(window, QPoint(0, 0)).x() > window.width() / 2
    assert not window.grab().isNull()


def test_theme_change_repaints_the_window(window: MainWindow) -> None:
    light = window.grab().toImage()
    window.context.theme.apply("dark")
    dark = window.grab().toImage()
    at = QPoint(window.width() - 5, window.height() // 2)
    assert light.pixelColor(at) != dark.pixelColor(at)
    assert dark.pixelColor(at).lightness() < 60


def test_menus_hold_every_command_and_only_the_page_in_front(window: MainWindow) -> None:
    menus = CommandMenus(window.context.actions, "Page")

    def words(title: str) -> list[str]:
        menu = next(action.menu() for action in menus.bar.actions() if action.text() == title)
        assert isinstance(menu, QMenu)
        return [action.text() for action in menu.actions()]

    assert words("Page") == ["New Today"]
    assert "Sidebar as icons" in words("View") and "Go to Leads" in words("Go to")
    window.open("leads")
    menus.refresh()
    assert words("Page") == ["New Leads"]
    assert words("View").count("Sidebar as icons") == 1


def test_a_sign_in_the_name_of_a_page_is_no_key(window: MainWindow) -> None:
    window.header.offer_back("Import & export")
    assert window.header.back_button.text() == "Back to Import && export"  # as Qt wants a sign written


def test_a_list_called_anew_has_no_way_back_to_a_figure(window: MainWindow) -> None:
    window.open("leads", Filter("lead"))
    window.open("leads")
    assert not window.header.back_button.isVisible()
    assert window.pages.step(-1) and window.pages.current_id == "today"


def test_records_behind_a_figure_offer_the_way_back(window: MainWindow) -> None:
    window.open("leads", Filter("lead"))
    assert window.header.back_button.isVisible() and window.header.back_button.text() == "Back to Today"
    window.open("leads", Filter("lead", Words("adler")))
    assert not window.header.back_button.isVisible()
    window.context.actions.trigger("go.back")
    window.header.back_button.click()
    assert window.pages.current_id == "today" and not window.header.back_button.isVisible()
