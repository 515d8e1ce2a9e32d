"""The look comes from the tokens, in both themes and at every text size."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from crm_desktop import paths
from crm_desktop.gui.fonts import FAMILY, load_fonts
from crm_desktop.gui.theme import Theme, ThemeManager, read_tokens

TOKENS = read_tokens(paths.resource("styles", "tokens.json"))
LOOKS = [Theme(TOKENS), Theme(TOKENS, dark=True)]
# What the product needs of each pair; text must reach 4.5, parts of controls 3 (WCAG 2.2 AA).
PARTS = {"borderControl", "okFill", "warnFill", "badFill", "focus"}


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG contrast of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
@pytest.mark.parametrize("pair", TOKENS["contrast"], ids=lambda pair: f"{pair['fg']}-on-{pair['on']}")
def test_contrast_is_what_the_tokens_claim(look: Theme, pair: dict[str, str]) -> None:
    measured = contrast(look.color(pair["fg"]), look.color(pair["on"]))
    assert measured == pytest.approx(float(pair[look.name]), abs=0.02)
    if not pair["fg"].startswith("chart"):
        assert measured >= (3.0 if pair["fg"] in PARTS else 4.5)


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_what_floats_is_readable(look: Theme) -> None:
    assert contrast(look.color("onFloat"), look.color("floatFill")) > 7


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_high_contrast_has_strong_edges_and_no_soft_fills(dark: bool) -> None:
    look = Theme(TOKENS, dark, strong=True)
    assert contrast(look.color("border"), look.color("surface")) >= 3
    assert contrast(look.color("textMuted"), look.color("surface")) > 10
    assert look.color("okSoft") == look.color("surface")


def test_the_system_may_ask_for_high_contrast(theme: ThemeManager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThemeManager, "_wants_contrast", lambda _manager: True)
    theme.apply()
    assert theme.current.strong


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_palette_speaks_the_tokens(look: Theme) -> None:
    palette = look.palette()
    assert palette.color(QPalette.ColorRole.Window) == look.color("canvas")
    assert palette.color(QPalette.ColorRole.Accent) == look.color("accent")
    assert palette.color(QPalette.ColorRole.PlaceholderText) == look.color("textMuted")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == look.color("disabled")


def test_scrim_is_see_through() -> None:
    assert LOOKS[0].color("scrim").alphaF() == pytest.approx(0.45, abs=0.01)
    assert LOOKS[1].color("scrim").alphaF() == pytest.approx(0.65, abs=0.01)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    look = LOOKS[0]
    assert look.mixed("accent", 1).name() == look.color("accent").name()
    assert look.mixed("accent", 0).name() == look.color("surface").name()


def test_heat_ramp_has_seven_steps() -> None:
    assert len(LOOKS[0].heat) == len(LOOKS[1].heat) == 7


@pytest.mark.parametrize(("scale", "body", "button", "row"), [(90, 12, 27, 31), (100, 13, 30, 34), (160, 21, 48, 54)])
def test_text_size_scales_type_and_rows(scale: int, body: int, button: int, row: int) -> None:
    look = Theme(TOKENS, scale=scale)
    assert look.font("body").pixelSize() == body
    assert look.size("button") == button
    assert look.row_height("normal") == row


def test_rows_of_two_lines_are_higher() -> None:
    assert LOOKS[0].row_height("comfortable", 2) == 52
    assert LOOKS[0].row_height("compact", 2) == 38


@pytest.mark.parametrize("role", [*TOKENS["type"]["px"], "smallStrong", "bodyMedium"])
def test_every_role_has_a_font(role: str) -> None:
    font = LOOKS[0].font(role)
    assert font.family() == FAMILY
    assert font.pixelSize() >= 11
    assert font.weight() >= QFont.Weight.Normal


def test_figures_may_have_one_width() -> None:
    plain, tabular = LOOKS[0].font("body"), LOOKS[0].font("body", tabular=True)
    assert not plain.isFeatureSet(QFont.Tag("tnum"))
    assert tabular.isFeatureSet(QFont.Tag("tnum"))


def test_a_font_is_made_once() -> None:
    assert LOOKS[0].font("page") is LOOKS[0].font("page")


def test_inter_is_on_board(qapp: QApplication) -> None:
    assert load_fonts(paths.resource("fonts")) == FAMILY


def test_without_font_files_the_system_font_is_used(qapp: QApplication, tmp_path: Path) -> None:
    assert load_fonts(tmp_path) != ""


def template() -> str:
    """The style sheet as it lies in the file."""
    return paths.resource("styles", "app.qss").read_text(encoding="utf-8")


def test_style_sheet_stays_small_and_without_rules_for_items_of_views() -> None:
    rules = re.findall(r"\{", template())
    assert len(rules) < 80
    assert set(re.findall(r"(\w+)::item", template())) == {"QMenu"}


def test_style_sheet_names_no_colour_itself() -> None:
    assert not re.findall(r"#[0-9A-Fa-f]{6}", template())


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark"])
def test_style_sheet_is_filled(look: Theme) -> None:
    filled = look.fill(template(), lambda icon, colour: f"{icon}{colour}.svg")
    assert "@" not in filled
    assert look.hex("accent") in filled


def test_style_sheet_asks_for_icons_that_exist() -> None:
    icons: list[str] = []

    def note(icon: str, _colour: str) -> str:
        icons.append(icon)
        return ""

    LOOKS[0].fill(template(), note)
    assert icons
    assert all(paths.resource("icons", f"{name}.svg").is_file() for name in icons)


def test_applying_dresses_the_application(theme: ThemeManager, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply("dark", 120)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert theme.current.dark
    assert app.palette().color(QPalette.ColorRole.Window) == theme.current.color("canvas")
    assert app.font().pixelSize() == 16
    assert theme.mode == "dark"


@pytest.mark.parametrize(("asked", "worn"), [(50, 90), (130, 130), (400, 160)])
def test_text_size_stays_within_its_bounds(theme: ThemeManager, asked: int, worn: int) -> None:
    theme.apply(scale=asked)
    assert theme.current.scale == worn


def test_what_is_not_given_stays(theme: ThemeManager) -> None:
    theme.apply("dark", 130)
    theme.apply(scale=110)
    assert theme.current.dark
    theme.apply("light")
    assert theme.current.scale == 110


def test_system_mode_follows_the_system(theme: ThemeManager) -> None:
    theme.apply("system")
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.current.dark == dark


def test_a_change_of_the_system_is_ignored_when_the_user_chose(theme: ThemeManager, qtbot: QtBot) -> None:
    theme.apply("dark")
    with qtbot.assertNotEmitted(theme.changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current.dark


def test_reduced_motion_stands_still(theme: ThemeManager) -> None:
    assert theme.motion("panel") == 140
    theme.reduced_motion = True
    assert theme.motion("panel") == 0


def test_labels_wear_their_role(theme: ThemeManager, qtbot: QtBot) -> None:
    label = QLabel("Leads")
    label.setProperty("role", "page")
    label.setProperty("tone", "muted")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pixelSize() == 18
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.current.color("textMuted")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_chosen_item_of_a_menu_stands_out(theme: ThemeManager, name: str) -> None:
    theme.apply(name, 100)
    menu = QMenu()
    for words in ("New", "Working"):
        menu.addAction(words)
    chosen = menu.actions()[0]
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    before = menu.grab().toImage()
    menu.setActiveAction(chosen)
    after, place = menu.grab().toImage(), menu.actionGeometry(chosen)
    corner = place.topRight() + QPoint(-3, 3)
    assert after.pixelColor(corner) == theme.current.color("selected") != before.pixelColor(corner)
    line = [after.pixelColor(x, place.center().y()) for x in range(place.left(), place.right())]
    assert any(contrast(colour, theme.current.color("selected")) > 4 for colour in line)
