"""The command palette finds, shows, runs and gives the focus back."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.shell.palette import PaletteItem, RecordSource, arranged, match_score, matched, split_prefix
from crm_desktop.gui.shell.palette_box import Palette
from crm_desktop.gui.shell.palette_list import PaletteModel
from crm_desktop.gui.shell.window import MainWindow

from .conftest import PlainPage, destroy, press_ready


@pytest.mark.parametrize(
    ("typed", "prefix", "text"),
    [("astoria", "", "astoria"), ("> move", ">", "move"), (">move", ">", "move"), ("? mql", "?", "mql"),
     ("@ingrid", "@", "ingrid"), ("  ", "", ""), ("a > b", "", "a > b")],
)
def test_prefix_is_told_from_text(typed: str, prefix: str, text: str) -> None:
    assert split_prefix(typed) == (prefix, text)


@pytest.mark.parametrize(
    ("title", "text", "score"),
    [
        ("Hotel Astoria Park", "hotel", 3),
        ("Hotel Astoria Park", "ast", 2),
        ("Hotel Astoria Park", "park hot", 2),
        ("Hotel Astoria Park", "hap", 1),
        ("Hotel Astoria Park", "xyz", 0),
        ("Import & export", "exp", 2),
        ("Anything", "", 3),
        ("Café Morgenrot", "cafe m", 3),
        ("Muller", "MÜLLER", 3),
        ("Rosa Müller", "muller", 2),
    ],
)
def test_better_matches_score_higher(title: str, text: str, score: int) -> None:
    assert match_score(title, text) == score


@pytest.mark.parametrize(
    ("title", "text", "places"),
    [
        ("Hotel Astoria Park", "astoria", [(6, 7)]),
        ("Move to Closing", "clo mo", [(0, 2), (8, 3)]),
        ("Salad sales", "sal", [(0, 3)]),
        ("Reseller", "sell", [(2, 4)]),
        ("Nothing", "xyz", []),
        ("aaa", "a aa", [(0, 1)]),
        ("İstanbul", "st", [(1, 2)]),
        ("Café Morgenrot", "cafe", [(0, 4)]),
        ("Bar Große Straße", "grosse strasse", [(4, 5), (10, 6)]),
    ],
)
def test_typed_words_are_found_in_the_title(title: str, text: str, places: list[tuple[int, int]]) -> None:
    assert matched(title, text) == places


def item(title: str, group: str = "Customers", record: bool = True) -> PaletteItem:
    """Something to choose."""
    return PaletteItem(title, lambda: None, group=group, peek=(lambda: None) if record else None)


def shown(items: list[PaletteItem], text: str = "", open_groups: frozenset[str] = frozenset()) -> list[str]:
    """The rows as words, headings with a colon."""
    rows = arranged(items, text, open_groups)
    return [row.title + ":" if row.heading else row.title for row in rows]


def test_groups_have_headings_and_at_most_three_rows() -> None:
    many = [item(f"Customer {n}", record=False) for n in range(5)]
    assert shown(many) == ["Customers:", "Customer 0", "Customer 1", "Customer 2", "2 more"]
    assert len(shown(many, open_groups=frozenset({"Customers"}))) == 6


def test_best_record_leads() -> None:
    rows = shown([item("Grinders for Astoria", "Deals"), item("Astoria Park")], "astoria")
    assert rows == ["Best match:", "Astoria Park", "Deals:", "Grinders for Astoria"]


def test_commands_are_never_the_best_match() -> None:
    assert shown([item("Log visit", "Do it", record=False)], "log") == ["Do it:", "Log visit"]


def test_model_keeps_the_rules(qapp: QApplication) -> None:
    model = PaletteModel(qapp)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(arranged([item("One"), item("Two")], "", frozenset()))
    assert tester.model() is model
    assert model.rowCount() == 3
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEnabled


class Records:
    """Customers to find, and a note of what was asked and opened."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.opened: list[str] = []

    def find(self, text: str, prefix: str) -> list[PaletteItem]:
        """All customers whose name fits."""
        self.asked.append((text, prefix))
        names = ["Hotel Astoria Park", "Astoria Bakery", "Linden Clinic"] if text else []
        return [
            PaletteItem(
                name, lambda n=name: self.opened.append(n), "building-2", "Customers", "Hospitality",  # type: ignore[misc]
                peek=lambda n=name: self.opened.append("peek " + n),  # type: ignore[misc]
            )
            for name in names
            if match_score(name, text) > 1
        ]


@pytest.fixture
def records() -> Records:
    """What can be found."""
    return Records()


@pytest.fixture
def palette(window: MainWindow, records: Records) -> Palette:
    """The palette of a window that knows some customers."""
    window.palette_box.add_source(RecordSource(records.find, lambda: 3418))
    return window.palette_box


def field(palette: Palette) -> QLineEdit:
    """Where one types."""
    return palette.findChildren(QLineEdit)[0]


def words(palette: Palette) -> list[str]:
    """The titles shown, without headings."""
    return [row.title for row in palette.items if not row.heading]


def test_ctrl_k_opens_it(window: MainWindow, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert palette.isVisible()
    assert field(palette).hasFocus()
    assert palette.geometry() == window.rect()


def test_search_button_opens_it(window: MainWindow, palette: Palette, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.search_button, Qt.MouseButton.LeftButton)
    assert palette.isVisible()


def test_typing_finds_records_and_enter_opens(palette: Palette, records: Records, qtbot: QtBot) -> None:
    palette.open()
    qtbot.keyClicks(field(palette), "linden")
    assert words(palette) == ["Linden Clinic"]
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert records.opened == ["Linden Clinic"]
    assert not palette.isVisible()


def test_ctrl_enter_peeks(palette: Palette, records: Records, qtbot: QtBot) -> None:
    palette.open("linden")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert records.opened == ["peek Linden Clinic"]


def test_arrows_skip_headings(palette: Palette, records: Records, qtbot: QtBot) -> None:
    palette.open("astoria")
    assert words(palette) == ["Astoria Bakery", "Hotel Astoria Park"]
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert records.opened == ["Hotel Astoria Park"]


def test_prefix_shows_commands_only(palette: Palette, records: Records) -> None:
    palette.open("> leads")
    assert words(palette) == ["Go to Leads"]
    assert records.asked == []


def test_people_prefix_asks_records_only(palette: Palette, records: Records) -> None:
    palette.open("@linden")
    assert words(palette) == ["Linden Clinic"]
    assert records.asked == [("linden", "@")]


def test_command_runs(window: MainWindow, palette: Palette, qtbot: QtBot) -> None:
    palette.open("> pipeline")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert window.pages.current_id == "pipeline"


def test_a_command_is_found_by_its_other_name_too(window: MainWindow, palette: Palette) -> None:
    palette.open("> dark theme")
    assert words(palette) == ["Dark colours"]


def test_a_page_comes_before_commands_of_the_view(window: MainWindow, palette: Palette) -> None:
    page = window.pages.current
    assert isinstance(page, PlainPage)
    page.add_command(Command("double", "Pipeline, a copy", lambda: None, scope=Scope.VIEW))
    palette.open("> pipel")
    assert words(palette)[:2] == ["Go to Pipeline", "Pipeline, a copy"]


def test_commands_of_the_chosen_record_come_first(window: MainWindow, palette: Palette) -> None:
    page = window.pages.current
    assert isinstance(page, PlainPage)
    palette.open("> log")
    assert "Log visit" not in words(palette)
    page.chosen = True
    page.refresh_actions()
    palette.open(">")
    assert palette.items[0].title == "For the chosen record"
    assert palette.items[1].title == "Log visit" and palette.items[1].key == "L"


def test_more_opens_the_rest_of_a_group(palette: Palette, qtbot: QtBot) -> None:
    palette.open(">")
    before = len(words(palette))
    more = next(row for row, shown in enumerate(palette.items) if shown.more)
    palette._run(more)
    assert len(words(palette)) > before
    assert palette.isVisible()


def foot(palette: Palette) -> str:
    """What the foot tells."""
    return palette._count.text()


def test_the_foot_tells_what_was_looked_through(palette: Palette) -> None:
    palette.open("linden")
    assert re.fullmatch(r"3,?418 records · \d+ ms", foot(palette))
    palette.open("> leads")
    assert re.fullmatch(r"1 of \d+ commands", foot(palette))
    palette.open("qqqqqq")
    assert foot(palette) == "Nothing found"


def test_records_lead_before_anything_is_typed(window: MainWindow) -> None:
    last = [item("Hotel Astoria Park", "Opened last")]
    window.palette_box.add_source(RecordSource(lambda text, _prefix: [] if text else last, lambda: 1))
    window.palette_box.open()
    assert [row.title for row in window.palette_box.items[:2]] == ["Opened last", "Hotel Astoria Park"]


def test_nothing_found_is_said(palette: Palette, qtbot: QtBot) -> None:
    palette.open("qqqqqq")
    assert palette.items == []
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert palette.isVisible()


def test_escape_closes_and_gives_the_focus_back(window: MainWindow, palette: Palette, qtbot: QtBot) -> None:
    page = window.pages.current
    assert isinstance(page, PlainPage)
    press_ready(page.view)
    palette.open("x")
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert page.view.hasFocus()
    assert "escape" not in page.heard


def test_it_closes_and_runs_though_what_had_the_focus_is_gone(
    window: MainWindow, palette: Palette, qtbot: QtBot
) -> None:
    page = window.pages.current
    assert isinstance(page, PlainPage)
    press_ready(page.view)
    palette.open("> new today")
    destroy(page.view)
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert page.heard[-1] == "new"


def test_it_makes_way_where_a_key_leads_the_focus_elsewhere(
    window: MainWindow, palette: Palette, qtbot: QtBot
) -> None:
    page = window.pages.current
    assert isinstance(page, PlainPage)
    press_ready(page.view)
    palette.open()
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(field(palette), Qt.Key.Key_F6)
    assert not palette.isVisible()
    assert not field(palette).hasFocus()


def test_click_beside_the_box_closes(palette: Palette, qtbot: QtBot) -> None:
    palette.open()
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_painted_with_the_scrim(look: str, window: MainWindow, palette: Palette) -> None:
    window.context.theme.apply(look)
    before = window.grab().toImage().pixelColor(4, 400)
    palette.open("astoria")
    after = window.grab().toImage().pixelColor(4, 400)
    assert after.lightness() < before.lightness()


def test_it_follows_the_size_of_the_window(window: MainWindow, palette: Palette) -> None:
    palette.open("astoria")
    window.resize(1100, 700)
    assert palette.size() == window.size()
    assert window.rect().contains(field(palette).geometry())


def test_its_head_is_mirrored_with_the_window(palette: Palette) -> None:
    def gaps() -> tuple[int, int]:
        palette.open()
        box, line = palette._box(), palette._typed.geometry()
        palette.close_box()
        return line.left() - box.left(), box.right() - line.right()

    left, right = gaps()
    palette.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert left > 0 and gaps() == (right, left)
