"""Shapes shared by widgets and delegates."""

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from crm_desktop.gui import paint
from crm_desktop.gui.theme import ThemeManager

RED, GREY = QColor("#ff0000"), QColor("#cccccc")


def canvas(width: int = 100, height: int = 20) -> tuple[QImage, QPainter]:
    """A white picture and somebody to draw on it."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    return image, QPainter(image)


def filled(image: QImage, colour: QColor, y: int) -> int:
    """How many pixels of a line have the colour."""
    return sum(image.pixelColor(x, y) == colour for x in range(image.width()))


@pytest.mark.parametrize(("share", "low", "high"), [(0.0, 0, 0), (0.5, 47, 52), (1.0, 96, 100), (2.0, 96, 100)])
def test_bar_is_as_long_as_its_share(share: float, low: int, high: int) -> None:
    image, painter = canvas()
    paint.bar(painter, QRectF(0, 8, 100, 5), share, RED, GREY)
    painter.end()
    assert low <= filled(image, RED, 10) <= high


def test_small_shares_can_be_seen() -> None:
    image, painter = canvas()
    paint.bar(painter, QRectF(0, 8, 100, 5), 0.001, RED, GREY)
    painter.end()
    assert filled(image, RED, 10) >= 3


def test_long_text_is_cut_with_an_ellipsis(theme: ThemeManager) -> None:
    font = theme.current.font("body")
    whole = "Fenwick Schools Trust"
    assert paint.elided(whole, font, 400) == whole
    cut = paint.elided(whole, font, 60)
    assert cut.endswith("…") and len(cut) < len(whole)
    assert paint.width_of(cut, font) <= 60


def test_text_answers_how_wide_it_became(theme: ThemeManager) -> None:
    image, painter = canvas()
    font = theme.current.font("body")
    width = paint.text(painter, QRectF(0, 0, 100, 20), "Leads", font, QColor("black"))
    painter.end()
    assert width == paint.width_of("Leads", font)
    assert any(image.pixelColor(x, 10) != QColor("white") for x in range(int(width) + 1))


def test_lines_of_a_text_are_painted_as_one(theme: ThemeManager) -> None:
    pictures = []
    for words in ("one two", "one\ntwo"):
        image, painter = canvas()
        paint.text(painter, QRectF(0, 0, 100, 20), words, theme.current.font("body"), QColor("black"))
        painter.end()
        pictures.append(image)
    assert pictures[0] == pictures[1]


def test_pill_is_as_wide_as_its_word(theme: ThemeManager) -> None:
    assert paint.pill_width("MQL", theme.current) < paint.pill_width("Customer", theme.current)


@pytest.mark.parametrize("tone", ["accent", "ok", "warn", "bad", "violet", "neutral"])
def test_every_tone_has_fill_and_text(tone: str, theme: ThemeManager) -> None:
    image, painter = canvas(60, 20)
    paint.pill(painter, QRectF(0, 0, 60, 20), "Word", theme.current, tone)
    painter.end()
    assert image.pixelColor(4, 10) == theme.current.color(f"{tone}Soft")
    assert theme.current.color(paint.tone_text(tone)).isValid()


def test_same_initials_have_the_same_colour(theme: ThemeManager) -> None:
    def disc(initials: str) -> QImage:
        image, painter = canvas(24, 24)
        paint.avatar(painter, QRectF(0, 0, 24, 24), initials, theme.current)
        painter.end()
        return image

    assert disc("JW") == disc("JW")
    assert disc("JW") != disc("NH")


def test_tick_box_has_three_looks(theme: ThemeManager) -> None:
    looks = []
    for state in Qt.CheckState:
        image, painter = canvas(16, 16)
        paint.tick_box(painter, QRectF(0, 0, 16, 16), theme.current, state)
        painter.end()
        looks.append(image)
    assert looks[0] != looks[1] != looks[2] != looks[0]


@pytest.mark.parametrize(("direction", "left"), [("LeftToRight", 10), ("RightToLeft", 160)])
def test_rectangles_are_mirrored(direction: str, left: int) -> None:
    inside = QRect(0, 0, 200, 20)
    box = paint.mirrored(QRectF(10, 0, 30, 20), inside, Qt.LayoutDirection[direction])
    assert box.left() == left


def test_shadow_lies_around_the_box_and_fades(theme: ThemeManager) -> None:
    image, painter = canvas(200, 120)
    paint.shadow(painter, QRect(50, 30, 100, 50), theme.current, 8)
    painter.end()
    near, far = image.pixelColor(100, 83), image.pixelColor(100, 100)
    assert near.lightness() < far.lightness() <= 255
    assert image.pixelColor(2, 2) == QColor("white")


def test_focus_ring_is_two_pixels_inside(theme: ThemeManager) -> None:
    image, painter = canvas(60, 30)
    paint.focus_ring(painter, QRectF(0, 0, 60, 30), theme.current)
    painter.end()
    ring = theme.current.color("focus")
    assert [image.pixelColor(30, y) == ring for y in (0, 1, 2)] == [True, True, False]
