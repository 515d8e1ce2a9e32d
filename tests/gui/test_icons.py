"""Icons are there, take the colour asked for and are rendered once."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from crm_desktop import paths
from crm_desktop.gui import icons
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.theme import ThemeManager

SOURCE = Path(icons.__file__).parent


def colours_of(image: QImage) -> set[str]:
    """The colours of the pixels that are not see-through."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def used_names() -> set[str]:
    """Words in quotes in the source that look like the name of an icon and stand where icons do."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"""(?:icons\.(?:draw|icon|pixmap)\((?:painter, )?|glyph=)"([a-z0-9-]+)\"""", text))
    return found


def test_every_named_icon_is_there() -> None:
    missing = [name for name in used_names() if not paths.resource("icons", f"{name}.svg").is_file()]
    assert used_names()
    assert not missing


def test_icons_of_the_pages_are_there() -> None:
    names = [spec.icon for spec in page_specs()]
    assert names
    assert all(paths.resource("icons", f"{name}.svg").is_file() for name in names)


def test_every_icon_is_used() -> None:
    forms = paths.resource("icons").parents[1] / "ui"
    source = "".join(path.read_text("utf-8") for path in (*SOURCE.rglob("*.py"), *forms.glob("*.ui")))
    names = {path.stem for path in paths.resource("icons").glob("*.svg")} - {"app"}
    assert [name for name in sorted(names) if f'"{name}"' not in source and f">{name}<" not in source] == []


@pytest.mark.parametrize("name", ["sun", "users", "handshake", "check", "chevron-down"])
def test_icon_has_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, QColor("#CF630D"), 20, 2.0).toImage()
    assert image.width() == 40
    assert colours_of(image) == {"#cf630d"}


def test_icon_is_rendered_once(qapp: QApplication) -> None:
    one = icons.pixmap("sun", QColor("red"), 16)
    other = icons.pixmap("sun", QColor("red"), 16)
    assert one.cacheKey() == other.cacheKey()


def test_small_icons_have_stronger_strokes(qapp: QApplication) -> None:
    def ink(bold: bool) -> int:
        image = icons.pixmap("square-kanban", QColor("black"), 20, 1.0, bold).toImage()
        return sum(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20))

    assert ink(bold=True) > ink(bold=False)


def test_arrows_point_the_other_way_in_right_to_left(qapp: QApplication) -> None:
    left = icons.pixmap("arrow-left", QColor("#010101"), 18).toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = icons.pixmap("arrow-left", QColor("#020202"), 18).toImage()
        same = icons.pixmap("check", QColor("#020202"), 18).toImage()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    usual = icons.pixmap("check", QColor("#010101"), 18).toImage()

    def shape(image: QImage) -> list[bool]:
        return [image.pixelColor(x, y).alpha() > 127 for y in range(18) for x in range(18)]

    assert shape(mirrored) == shape(left.flipped(Qt.Orientation.Horizontal))
    assert shape(same) == shape(usual)


def test_icon_of_a_button_has_a_disabled_look(theme: ThemeManager) -> None:
    made = icons.icon("plus", theme.current, "onAccent", 48)
    normal = colours_of(made.pixmap(48, QIcon.Mode.Normal).toImage())
    disabled = colours_of(made.pixmap(48, QIcon.Mode.Disabled).toImage())
    assert theme.current.hex("onAccent").lower() in normal
    assert theme.current.hex("disabled").lower() in disabled


def test_gap_makes_the_icon_wider(theme: ThemeManager) -> None:
    made = icons.icon("plus", theme.current, gap=4)
    assert made.availableSizes()[0].width() == 20


def test_drawing_centres_the_icon(theme: ThemeManager) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icons.draw(painter, "plus", QColor("black"), QRectF(10, 10, 20, 20))
    painter.end()
    inked = [x for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 100]
    assert min(inked) + max(inked) == pytest.approx(39, abs=1)


def test_where_there_is_no_room_nothing_is_drawn(theme: ThemeManager) -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.draw(painter, "x", theme.current.color("text"), QRectF(5, 5, 10, 0))
    painter.end()
    assert not any(image.pixel(x, y) for x in range(20) for y in range(20))


def test_a_wrong_name_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", QColor("black"), 16)
