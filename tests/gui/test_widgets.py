"""The parts pages are made of: they can be seen, clicked, reached by key and heard."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from crm_desktop.gui import paint
from crm_desktop.gui.forms import pad
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.bulk_bar import BulkBar
from crm_desktop.gui.widgets.buttons import Button, HelpMark, IconButton, KeyButton, SearchButton
from crm_desktop.gui.widgets.card import Card, PanelSection
from crm_desktop.gui.widgets.chips import Chip
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.filter_bar import Condition, FilterBar
from crm_desktop.gui.widgets.key_cap import KeyCap, cap_width, spaced
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.gui.widgets.pill import Pill
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.segmented import Segmented
from crm_desktop.gui.widgets.stepper import Stepper
from crm_desktop.gui.widgets.switch import Switch
from crm_desktop.gui.widgets.tabs import Tab, TabButton, TabsBar
from crm_desktop.gui.widgets.text import ElidedLabel, label, set_tone
from crm_desktop.gui.widgets.toast import Toast, Toasts

from .conftest import destroy, press_ready

Made = Callable[[ThemeManager], QWidget]


def tabs(theme: ThemeManager) -> TabsBar:
    """Three saved views."""
    bar = TabsBar(theme)
    bar.set_tabs([Tab("all", "All leads", "248"), Tab("hot", "Hot", "18"), Tab("mine", "Mine", "", True)], "all")
    return bar


def filters(theme: ThemeManager) -> FilterBar:
    """Two conditions."""
    bar = FilterBar(theme)
    bar.set_conditions([Condition("status", "Status: MQL"), Condition("score", "Score 40 or more")])
    return bar


def segments(theme: ThemeManager) -> Segmented:
    """Board or list."""
    made = Segmented(theme)
    made.set_parts([("board", "Board", "square-kanban"), ("list", "List", "list")], "board")
    return made


def steps(theme: ThemeManager) -> Stepper:
    """The import wizard on its second step."""
    made = Stepper(theme)
    made.set_steps(["File", "Match columns", "Check rows"])
    made.set_current(1)
    return made


ALL: dict[str, Made] = {
    "button": lambda theme: Button(theme, text="New lead", glyph="plus", kind="primary"),
    "icon": lambda theme: IconButton(theme, None, "columns-3", "Columns"),
    "help": lambda theme: HelpMark(theme, None, "lead"),
    "search": SearchButton,
    "card": lambda theme: Card(theme, None, "Sales funnel", "funnel"),
    "section": lambda theme: PanelSection(theme, None, "Details"),
    "chip": lambda theme: Chip(theme, "Status: MQL"),
    "add chip": lambda theme: Chip(theme, "Filter", "add"),
    "option": lambda theme: Chip(theme, "At risk", "option"),
    "filters": filters,
    "key": lambda theme: KeyCap(theme, None, "Ctrl+K"),
    "pill": lambda theme: Pill(theme, None, "MQL", "violet"),
    "segmented": segments,
    "stepper": steps,
    "switch": lambda theme: Switch(theme, None, "Remember"),
    "tabs": tabs,
    "toast": lambda theme: Toast(theme, "Saved", lambda: None),
}


def picture(widget: QWidget) -> QImage:
    """How the widget looks."""
    return widget.grab().toImage()


def inked(image: QImage) -> int:
    """How many different colours it shows."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(image.height())})


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_everything_paints_itself_in_both_themes(name: str, look: str, theme: ThemeManager, qtbot: QtBot) -> None:
    theme.apply(look)
    widget = ALL[name](theme)
    qtbot.addWidget(widget)
    widget.show()
    assert inked(picture(widget)) > 2


@pytest.mark.parametrize("name", ["button", "card", "filters", "pill", "tabs", "key", "switch"])
def test_everything_changes_with_the_theme(name: str, theme: ThemeManager, qtbot: QtBot) -> None:
    widget = ALL[name](theme)
    qtbot.addWidget(widget)
    widget.show()
    light = picture(widget)
    theme.apply("dark")
    assert picture(widget) != light


@pytest.mark.parametrize("name", ["button", "chip", "pill", "key", "tabs", "switch"])
def test_everything_grows_with_the_text(name: str, theme: ThemeManager, qtbot: QtBot) -> None:
    widget = ALL[name](theme)
    qtbot.addWidget(widget)
    widget.ensurePolished()
    before = widget.sizeHint().height()
    theme.apply(scale=160)
    widget.ensurePolished()
    assert widget.sizeHint().height() > before * 1.3 or widget.height() > before * 1.3


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("button", "filters", "segmented", "tabs")])
def test_everything_has_a_name(name: str, theme: ThemeManager, qtbot: QtBot) -> None:
    widget = ALL[name](theme)
    qtbot.addWidget(widget)
    assert widget.accessibleName() != ""


@pytest.mark.parametrize("name", ["icon", "chip", "option", "switch"])
def test_targets_are_large_enough(name: str, theme: ThemeManager, qtbot: QtBot) -> None:
    widget = ALL[name](theme)
    qtbot.addWidget(widget)
    widget.ensurePolished()
    hint = widget.sizeHint()
    assert hint.width() >= 24 and hint.height() >= 24


# buttons


def test_icon_button_teaches_its_key(theme: ThemeManager, qtbot: QtBot) -> None:
    button = IconButton(theme, None, "download", "Export", "Ctrl+E")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Export"
    assert button.toolTip().startswith("Export") and "E" in button.toolTip()[6:]


@pytest.mark.parametrize("kind", ["primary", "secondary", "ghost", "segment"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_words_of_a_button_that_does_nothing_are_dim(
    kind: str, look: str, theme: ThemeManager, qtbot: QtBot
) -> None:
    theme.apply(look)
    button = Button(theme, None, "Merge", kind=kind)
    qtbot.addWidget(button)
    usable = picture(button)
    button.setEnabled(False)
    assert picture(button) != usable


@pytest.mark.parametrize("kind", [Button, KeyButton])
def test_an_action_outlives_its_button(kind: type[Button], theme: ThemeManager, area: QWidget) -> None:
    action = QAction("Merge", area)
    button = kind(theme, area, "Merge")
    button.follow(action)
    action.setEnabled(False)
    assert not button.isEnabled()
    destroy(button)
    with capture_exceptions() as thrown:
        action.setText("Merge all")
    assert thrown == []


def test_button_shows_another_icon(theme: ThemeManager, qtbot: QtBot) -> None:
    button = Button(theme, None, "Board", "square-kanban")
    qtbot.addWidget(button)
    before = button.icon().cacheKey()
    button.set_glyph("list")
    assert button.icon().cacheKey() != before


def test_help_mark_without_a_term_is_hidden(theme: ThemeManager, qtbot: QtBot) -> None:
    card = Card(theme, None, "Sales funnel")
    qtbot.addWidget(card)
    card.show()
    assert not card.help_mark.isVisible()
    card.set_term("funnel")
    assert card.help_mark.isVisible()
    with qtbot.waitSignal(card.helped) as asked:
        qtbot.mouseClick(card.help_mark, Qt.MouseButton.LeftButton)
    assert asked.args == ["funnel"]


# chips


def test_chip_opens_on_click_and_goes_on_its_cross(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = filters(theme)
    qtbot.addWidget(bar)
    bar.resize(800, 44)
    bar.show()
    chip = bar.strip.chips[0]
    with qtbot.waitSignal(bar.opened) as opened:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, 14))
    assert opened.args == ["status"]
    with qtbot.waitSignal(bar.removed) as removed:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, 14))
    assert removed.args == ["status"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_chip_goes_with_a_key(key: Qt.Key, theme: ThemeManager, qtbot: QtBot) -> None:
    chip = Chip(theme, "Status: MQL")
    qtbot.addWidget(chip)
    chip.show()
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, key)


def test_chip_opens_with_enter(theme: ThemeManager, qtbot: QtBot) -> None:
    chip = Chip(theme, "Status: MQL")
    qtbot.addWidget(chip)
    chip.show()
    with qtbot.waitSignal(chip.clicked):
        qtbot.keyClick(chip, Qt.Key.Key_Return)


def test_cross_lies_at_the_other_side_in_right_to_left(theme: ThemeManager, qtbot: QtBot) -> None:
    chip = Chip(theme, "Status: MQL")
    qtbot.addWidget(chip)
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    chip.show()
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 14))


def test_option_switches_on_and_off(theme: ThemeManager, qtbot: QtBot) -> None:
    option = Chip(theme, "At risk", "option")
    qtbot.addWidget(option)
    option.show()
    states: list[bool] = []
    option.toggled.connect(states.append)
    qtbot.mouseClick(option, Qt.MouseButton.LeftButton)
    qtbot.keyClick(option, Qt.Key.Key_Return)
    assert states == [True, False]


def test_conditions_are_replaced(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = filters(theme)
    qtbot.addWidget(bar)
    bar.show()
    bar.set_conditions([Condition("segment", "Segment: Hospitality")])
    bar.set_summary("64 of 248 · sorted by score")
    assert [chip.text() for chip in bar.strip.chips] == ["Segment: Hospitality"]
    assert bar.summary.text() == "64 of 248 · sorted by score"
    with qtbot.waitSignal(bar.add_wanted):
        qtbot.mouseClick(bar.add_chip, Qt.MouseButton.LeftButton)


LONG = [Condition(str(n), f"Condition {n} about something that takes room", n == 4) for n in range(5)]


@pytest.mark.parametrize("scale", [100, 160])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_chips_without_room_are_folded_into_one(
    theme: ThemeManager, qtbot: QtBot, scale: int, direction: Qt.LayoutDirection
) -> None:
    theme.apply(scale=scale)
    bar = FilterBar(theme)
    qtbot.addWidget(bar)
    bar.setLayoutDirection(direction)
    bar.set_conditions(LONG)
    bar.set_summary("64 of 248 · sorted by score")
    bar.show()
    strip = bar.strip
    counts = set()
    for width in (3600, 1300, 968, 700, bar.minimumSizeHint().width()):
        bar.resize(width, 43)
        QApplication.processEvents()
        seen = [chip for chip in (*strip.chips, strip.more, bar.add_chip) if chip.isVisible()]
        boxes = [QRect(chip.mapTo(bar, QPoint()), chip.size()) for chip in seen]
        boxes = boxes if direction is Qt.LayoutDirection.LeftToRight else boxes[::-1]
        assert all(one.right() < other.left() for one, other in pairwise(boxes))
        assert all(bar.rect().contains(box) for box in boxes)
        assert all(chip.width() >= chip.sizeHint().width() for chip in seen[1:])
        assert all(other.left() - one.right() == strip.GAP + 1 for one, other in pairwise(boxes))
        assert strip.more.isVisible() is (strip.shown < 5)
        if strip.shown < 5:
            assert strip.more.text() == f"+{5 - strip.shown} more" and strip.more.bad
            assert LONG[4].text in strip.more.accessibleName() and LONG[4].text in strip.more.toolTip()
            with qtbot.waitSignal(bar.opened) as opened:
                qtbot.keyClick(strip.more, Qt.Key.Key_Return)
            assert opened.args == [str(strip.shown)]
        counts.add(strip.shown)
    assert {1, 5} <= counts


def test_the_summary_gives_way_before_a_chip_is_cut(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = FilterBar(theme)
    qtbot.addWidget(bar)
    bar.set_conditions(LONG[:2])
    bar.set_summary("64 of 248 · sorted by score", "64 of 248")
    bar.show()
    widths: dict[str, list[int]] = {}
    for width in range(bar.minimumSizeHint().width(), 1300, 20):
        bar.resize(width, 43)
        QApplication.processEvents()
        chip = bar.strip.chips[0]
        widths.setdefault(bar.summary.text(), []).append(width)
        assert bar.summary.text() == "64 of 248" or chip.width() == chip.sizeHint().width()
        assert bar.summary.width() >= bar.summary.sizeHint().width()
    assert max(widths["64 of 248"]) < min(widths["64 of 248 · sorted by score"])


def test_who_takes_chips_away_by_key_goes_on_at_the_next(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = FilterBar(theme)
    qtbot.addWidget(bar)
    bar.resize(2600, 43)
    left = list(LONG)

    def take(name: str) -> None:
        left[:] = [condition for condition in left if condition.id != name]
        bar.set_conditions(left)

    bar.removed.connect(take)
    bar.set_conditions(left)
    bar.show()
    bar.activateWindow()
    QApplication.processEvents()
    bar.strip.chips[3].setFocus()
    for name in ("3", "4"):
        focused = QApplication.focusWidget()
        assert isinstance(focused, Chip) and focused.text() == LONG[int(name)].text
        qtbot.keyClick(focused, Qt.Key.Key_Delete)
    assert QApplication.focusWidget() is bar.add_chip and len(left) == 3


# tabs, segments, steps


def test_tabs_tell_which_was_chosen(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = tabs(theme)
    qtbot.addWidget(bar)
    bar.show()
    with qtbot.waitSignal(bar.chosen) as chosen:
        bar.choose("hot")
    assert chosen.args == ["hot"]
    assert bar.current == "hot"


def test_arrows_go_from_tab_to_tab(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = tabs(theme)
    qtbot.addWidget(bar)
    bar.show()
    first = bar.findChildren(TabButton)[0]
    press_ready(first)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert bar.current == "hot"
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert bar.current == "all"


def test_changed_tab_says_so(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = tabs(theme)
    qtbot.addWidget(bar)
    names = [button.accessibleName() for button in bar.findChildren(TabButton)]
    assert names == ["All leads 248", "Hot 18", "Mine changed"]


def test_tabs_are_reused_and_dropped(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = tabs(theme)
    qtbot.addWidget(bar)
    first = bar.findChildren(TabButton)[0]
    bar.set_tabs([Tab("all", "All leads", "249")], "all")
    qtbot.waitUntil(lambda: len(bar.findChildren(TabButton)) == 1)
    assert bar.findChildren(TabButton)[0] is first
    assert first.tab.count == "249"


def test_tab_menu_and_new_view_are_offered(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = tabs(theme)
    qtbot.addWidget(bar)
    bar.show()
    with qtbot.waitSignal(bar.menu_wanted) as asked:
        bar.findChildren(TabButton)[1].customContextMenuRequested.emit(QPoint(3, 3))
    assert asked.args is not None and asked.args[0] == "hot"
    plus = next(button for button in bar.findChildren(IconButton) if button.accessibleName() == "New view")
    with qtbot.waitSignal(bar.add_wanted):
        qtbot.mouseClick(plus, Qt.MouseButton.LeftButton)
    bar.allow_add(False)
    assert not plus.isVisible()


def test_tab_order_is_the_order_on_screen(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    bar = tabs(theme)
    for widget in (bar, Button(theme, area, "after")):
        layout = area.layout()
        assert layout is not None
        layout.addWidget(widget)
    buttons: list[QWidget] = [*bar.findChildren(TabButton)]
    press_ready(buttons[0])
    for expected in buttons[1:]:
        assert buttons[buttons.index(expected) - 1].nextInFocusChain() is expected
    assert isinstance(buttons[-1].nextInFocusChain(), IconButton)


def test_one_segment_is_always_chosen(theme: ThemeManager, qtbot: QtBot) -> None:
    made = segments(theme)
    qtbot.addWidget(made)
    made.show()
    assert made.current == "board"
    buttons = made.findChildren(Button)
    with qtbot.waitSignal(made.chosen) as chosen:
        qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["list"]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert made.current == "list"


def test_arrows_choose_segments(theme: ThemeManager, qtbot: QtBot) -> None:
    made = segments(theme)
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.current == "list"
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.current == "list"
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.current == "board"


def test_steps_done_lead_back_and_others_do_not(theme: ThemeManager, qtbot: QtBot) -> None:
    made = steps(theme)
    qtbot.addWidget(made)
    made.show()
    buttons = [child for child in made.findChildren(QWidget) if child.accessibleName().startswith("Step ")]
    assert [button.accessibleName() for button in buttons] == [
        "Step 1, File, done",
        "Step 2, Match columns, current",
        "Step 3, Check rows",
    ]
    with qtbot.waitSignal(made.chosen) as chosen:
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert chosen.args == [0]
    with qtbot.assertNotEmitted(made.chosen):
        qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)


# switch, pill, key cap, labels


def test_switch_works_by_mouse_and_key(theme: ThemeManager, qtbot: QtBot) -> None:
    switch = Switch(theme, None, "Remember this matching")
    qtbot.addWidget(switch)
    switch.show()
    off = picture(switch)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
    assert picture(switch) != off
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_pill_without_a_word_hides(theme: ThemeManager, qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    pill = Pill(theme, area, "MQL", "violet")
    area.show()
    assert pill.isVisible()
    pill.set("", "neutral")
    assert not pill.isVisible()


@pytest.mark.parametrize(
    ("key", "cap"),
    [("Ctrl+K", "Ctrl K"), ("Shift+Left", "Shift ←"), ("Ctrl++", "Ctrl +"), ("+", "+"), ("Return", "Enter")],
)
def test_keys_are_written_as_on_caps(key: str, cap: str) -> None:
    assert spaced(key) == cap


def test_caps_are_at_least_square(theme: ThemeManager) -> None:
    assert cap_width("I", theme.current) >= 18
    assert cap_width("Ctrl K", theme.current) > 30


def test_cut_label_tells_the_whole(theme: ThemeManager, qtbot: QtBot) -> None:
    made = ElidedLabel(theme, None, "A very long sentence about the funnel of this year")
    qtbot.addWidget(made)
    made.resize(80, 20)
    made.show()
    assert made.toolTip() == made.text()
    made.resize(600, 20)
    assert made.toolTip() == ""


def test_tone_changes_at_once(theme: ThemeManager, qtbot: QtBot) -> None:
    made = label("2 days late", "small", "muted")
    qtbot.addWidget(made)
    made.show()
    before = picture(made)
    set_tone(made, "tone", "bad")
    assert picture(made) != before


# cards, empty states


def test_card_names_its_group_and_hides_an_empty_head(theme: ThemeManager, qtbot: QtBot) -> None:
    card = Card(theme)
    qtbot.addWidget(card)
    card.show()
    assert not card.title_label.isVisible()
    card.set_title("Churn rate")
    card.set_sentence("Back under target since September.")
    assert card.title_label.isVisible() and card.sentence.isVisible()
    assert card.accessibleName() == "Churn rate"


def test_section_takes_something_at_its_right(theme: ThemeManager, qtbot: QtBot) -> None:
    section = PanelSection(theme, None, "Lead score", "lead_score")
    qtbot.addWidget(section)
    figure = label("72", "figure")
    section.add_right(figure)
    section.resize(300, 80)
    section.show()
    assert figure.x() > section.title_label.x() + section.title_label.width()


def test_empty_state_offers_a_way_out(theme: ThemeManager, qtbot: QtBot) -> None:
    state = EmptyState(theme)
    qtbot.addWidget(state)
    state.tell("user-plus", "No leads yet.")
    ran: list[str] = []
    button = state.offer("Import CSV", lambda: ran.append("import"))
    state.offer("New lead", lambda: ran.append("new"), "link")
    state.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ran == ["import"]
    assert state.sentence.text() == "No leads yet."
    state.tell("search", "No lead matches.")
    qtbot.waitUntil(lambda: not state.findChildren(Button))


# toasts and the bulk bar


@pytest.fixture
def area(theme: ThemeManager, qtbot: QtBot) -> QWidget:
    """Something that toasts float over."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_toast_offers_undo_once(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    toasts = Toasts(theme, area)
    undone: list[bool] = []
    toasts.show("Brightwater Offices moved to Qualification", lambda: undone.append(True))
    assert toasts.current is not None and toasts.current.isVisible()
    qtbot.mouseClick(toasts.current.undo_button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert toasts.current is None


def test_a_toast_gives_the_focus_back(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    line = QLineEdit(area)
    line.show()
    area.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    toasts = Toasts(theme, area)
    toasts.show("Saved", lambda: None)
    assert toasts.current is not None
    button = toasts.current.undo_button
    button.setFocus()
    assert button.hasFocus()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line.hasFocus()


def test_a_new_toast_replaces_the_old(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    toasts = Toasts(theme, area)
    toasts.show("First")
    first = toasts.current
    toasts.show("Second", kind="bad")
    assert toasts.current is not first
    assert toasts.current is not None and toasts.current.accessibleName() == "Second"


def quick(theme: ThemeManager, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let toasts live only a moment."""
    motion = dict(theme.current.tokens["motion"], toastVisible=60)
    monkeypatch.setitem(theme.current.tokens, "motion", motion)


def test_toast_goes_after_its_time(
    theme: ThemeManager, area: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(theme, monkeypatch)
    toasts = Toasts(theme, area)
    toasts.show("Saved")
    qtbot.waitUntil(lambda: toasts.current is None, timeout=2000)


def test_toast_waits_while_it_has_the_focus(
    theme: ThemeManager, area: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(theme, monkeypatch)
    field = Button(theme, area, "elsewhere")
    field.show()
    toasts = Toasts(theme, area)
    toasts.show("Saved", lambda: None)
    assert toasts.current is not None
    press_ready(toasts.current.undo_button)
    qtbot.wait(150)
    assert toasts.current is not None
    press_ready(field)
    qtbot.waitUntil(lambda: toasts.current is None, timeout=2000)


def test_toast_stays_centred_when_the_window_changes(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    toasts = Toasts(theme, area)
    toasts.show("Saved")
    assert toasts.current is not None
    area.resize(1200, 700)
    assert toasts.current.geometry().center().x() == pytest.approx(600, abs=1)
    assert toasts.current.geometry().bottom() < 700


def test_bulk_bar_shows_how_many_are_ticked(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    bar = BulkBar(theme, area)
    ran: list[str] = []
    bar.add("Delete", "trash-2").clicked.connect(lambda: ran.append("delete"))
    assert not bar.isVisible()
    bar.set_count(3)
    assert bar.isVisible() and bar.count_label.text() == "3 selected"
    buttons = bar.findChildren(Button)
    qtbot.mouseClick(next(button for button in buttons if button.text() == "Delete"), Qt.MouseButton.LeftButton)
    assert ran == ["delete"]
    with qtbot.waitSignal(bar.cleared):
        qtbot.mouseClick(next(button for button in buttons if button.text() == "Esc"), Qt.MouseButton.LeftButton)
    bar.set_count(0)
    assert not bar.isVisible()


def test_bulk_bar_stays_at_the_foot(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    bar = BulkBar(theme, area)
    bar.add("Delete", "trash-2")
    bar.set_count(1)
    area.resize(700, 400)
    box = bar.geometry().adjusted(paint.SHADOW, paint.SHADOW, -paint.SHADOW, -paint.SHADOW)
    assert area.rect().contains(box)
    assert box.bottom() > 400 - BulkBar.ROOM


def test_bulk_bar_shows_icons_where_room_is_short(theme: ThemeManager, area: QWidget, qtbot: QtBot) -> None:
    bar = BulkBar(theme, area)
    names = ("Set status", "Follow-up", "Add to campaign", "Merge", "Export", "Delete")
    buttons = [bar.add(name, "check") for name in names]
    area.resize(1000, 500)
    bar.set_count(2)
    assert [button.text() for button in buttons] == list(names)
    area.resize(420, 500)
    assert {button.text() for button in buttons} == {""}
    assert [button.toolTip() for button in buttons] == list(names)
    assert bar.width() <= 420 + 2 * paint.SHADOW
    area.resize(1000, 500)
    assert [button.text() for button in buttons] == list(names)


@pytest.mark.parametrize("make", [tabs, filters], ids=["tabs", "chips"])
def test_words_give_way_but_nothing_overlaps(make: Made, theme: ThemeManager, qtbot: QtBot) -> None:
    theme.apply(scale=160)
    bar = make(theme)
    qtbot.addWidget(bar)
    bar.resize(bar.minimumSizeHint())
    bar.show()
    parts = [part for part in bar.findChildren(QWidget) if isinstance(part, (TabButton, Chip))]
    parts = [part for part in parts if part.isVisible()]
    boxes = sorted((QRect(part.mapTo(bar, QPoint()), part.size()) for part in parts), key=QRect.left)
    assert len(boxes) > 1 and all(one.right() < other.left() for one, other in pairwise(boxes))
    assert all(part.toolTip() for part in parts if isinstance(part, TabButton) or part.text() != "Filter")


def test_fields_with_arrows_have_the_air_of_others(theme: ThemeManager, qtbot: QtBot) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    pad(spin)
    edit = spin.findChild(QLineEdit)
    assert edit is not None and edit.textMargins().left() == 8


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_with_the_focus_is_pressed_by_key(qtbot: QtBot, theme: ThemeManager, key: Qt.Key) -> None:
    button = Button(theme, text="Import a file", kind="primary")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked, timeout=1000):
        qtbot.keyClick(button, key)


def test_an_open_popover_keeps_single_keys_from_what_lies_behind_it(theme: ThemeManager, qtbot: QtBot) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    button = Button(theme, behind, "Open")
    heard: list[str] = []
    letter = QShortcut(QKeySequence("V"), behind, lambda: heard.append("V"))
    letter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    behind.show()
    behind.activateWindow()
    popover = Popover(theme, button, "Help")
    link = Button(theme, popover, "More")
    popover.body.addWidget(link)
    popover.open_at(button)
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_V)
    assert heard == [] and popover.isVisible()
    QTest.keyClick(link, Qt.Key.Key_Escape)
    assert not popover.isVisible()


@pytest.mark.parametrize("key", [">", "Ctrl+PgDown"])
def test_keys_are_never_mirrored(theme: ThemeManager, qtbot: QtBot, key: str) -> None:
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        cap = KeyCap(theme, key=key)
        qtbot.addWidget(cap)
        cap.setLayoutDirection(direction)
        cap.resize(cap.sizeHint())
        pictures.append(cap.grab().toImage())
    assert pictures[0] == pictures[1]


def test_a_letter_goes_to_the_next_entry_that_begins_with_it(area: QWidget) -> None:
    menu = Menu(area)
    ran: list[str] = []
    for words in ("Stage", "Status", "Élan", "R&&D"):
        menu.addAction(words, partial(ran.append, words))
    inner = menu.addMenu("Another field")
    for words in ("City", "Country"):
        inner.addAction(words, partial(ran.append, words))
    menu.addAction("Strength").setEnabled(False)
    menu.popup(area.mapToGlobal(QPoint()))
    for key, words in (
        ("s", "Stage"), ("s", "Status"), ("s", "Stage"), ("e", "Élan"), ("r", "R&&D"), ("x", "R&&D"),
        ("a", "Another field"),
    ):  # fmt: skip
        QTest.keyClicks(menu, key)
        assert menu.activeAction().text() == words and QApplication.activePopupWidget() is menu
    QTest.keyClick(menu, Qt.Key.Key_Right)
    assert inner.activeAction().text() == "City"
    QTest.keyClicks(inner, "c")
    QTest.keyClick(inner, Qt.Key.Key_Return)
    assert ran == ["Country"]
