"""A chart in the window: mouse, keys, theme and size."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.charts.canvas import RESIZE_PAUSE, ChartCanvas
from crm_desktop.gui.charts.churn import ChurnChart
from crm_desktop.gui.charts.funnel import FunnelChart
from crm_desktop.gui.theme import ThemeManager

from ..conftest import destroy, press_ready
from .conftest import churn_rows, funnel_rows


@pytest.fixture
def canvas(theme: ThemeManager) -> Iterator[ChartCanvas]:
    """A canvas in a window, with a funnel."""
    window = QWidget()
    made = ChartCanvas(theme, window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    window.resize(560, 260)
    window.show()
    made.show_chart(FunnelChart(funnel_rows()))
    yield made
    window.close()
    destroy(window)


def centre(canvas: ChartCanvas, index: int) -> QPoint:
    return canvas._box(canvas.marks[index]).center().toPoint()


def opened_by(canvas: ChartCanvas) -> list[Filter]:
    found: list[Filter] = []
    canvas.opened.connect(found.append)
    return found


def test_a_click_opens_the_records_of_the_bar(canvas: ChartCanvas) -> None:
    found = opened_by(canvas)
    for index in range(5):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=centre(canvas, index))
    assert found == [mark.filter for mark in canvas.marks]


def test_the_pointer_finds_bars_that_have_no_size(canvas: ChartCanvas) -> None:
    canvas.show_chart(ChurnChart(churn_rows((0, 1, 2)), 0.02))
    found = opened_by(canvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(centre(canvas, 0).x(), 120))
    assert found == [canvas.marks[0].filter]


def test_hovering_shows_the_words_of_a_mark_without_drawing_the_chart(canvas: ChartCanvas) -> None:
    before = canvas.grab().toImage()
    QTest.mouseMove(canvas, centre(canvas, 2))
    assert canvas.current == 2
    marks = canvas.marks
    assert canvas.grab().toImage() != before
    assert canvas.marks is marks
    QTest.mouseMove(canvas, centre(canvas, 3))
    assert canvas.current == 3


def test_arrows_walk_the_marks_and_enter_opens_one(canvas: ChartCanvas) -> None:
    press_ready(canvas)
    found = opened_by(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    start = canvas.current
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert (start, canvas.current) == (1, 4)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert found == [canvas.marks[4].filter]
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.current == 0


def test_keys_of_the_page_pass_through(canvas: ChartCanvas) -> None:
    press_ready(canvas)
    canvas.walk(1)
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.current == 1


def test_a_new_theme_or_text_size_draws_the_chart_anew(canvas: ChartCanvas, theme: ThemeManager) -> None:
    light = canvas.grab().toImage()
    theme.apply("dark")
    dark = canvas.grab().toImage()
    assert dark.pixelColor(5, 5) == theme.current.color("card") and dark != light
    theme.apply("light", 160)
    assert canvas.grab().toImage() != light


def test_a_new_size_draws_the_chart_after_a_pause(canvas: ChartCanvas, qtbot: QtBot) -> None:
    before = canvas.marks[0].patch.get_width()
    canvas.window().resize(760, 300)
    assert canvas.marks[0].patch.get_width() == before
    qtbot.waitUntil(lambda: canvas.marks[0].patch.get_width() == before + 200, timeout=20 * RESIZE_PAUSE)


def test_a_chart_without_room_waits(theme: ThemeManager) -> None:
    tiny = ChartCanvas(theme)
    tiny.resize(40, 20)
    tiny.show_chart(FunnelChart(funnel_rows()))
    assert tiny.marks == []
    destroy(tiny)
