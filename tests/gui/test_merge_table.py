"""Records beside each other: values stand under the titles of their columns."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.merge_table import MergeLine, MergeTable


def edge(picture: QImage, part: QRect, mirrored: bool) -> int:
    """Where the words in a part of a picture begin."""
    columns = range(part.right(), part.left(), -1) if mirrored else range(part.left() + 1, part.right())
    rows = range(part.top() + 4, part.bottom() - 4)
    ground = picture.pixel(part.center())
    return next(x for x in columns if any(picture.pixel(x, y) != ground for y in rows))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("scale", [100, 160])
def test_values_begin_where_the_titles_do(qtbot: QtBot, theme: ThemeManager, scale: int, mirrored: bool) -> None:
    theme.apply("light", scale)
    table = MergeTable(theme, None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(table)
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    table.lines.show_lines(["HIH", "HIH"], [MergeLine("source", "HIH", ("HIH", "HIH"), 0, "HIH")])
    table.resize(800, 200)
    table.show()
    header, view = table.horizontalHeader(), table.viewport()
    titles, values = header.grab().toImage(), view.grab().toImage()
    for column in (1, 2):
        cell = table.visualRect(table.lines.index(0, column))
        title = QRect(header.sectionViewportPosition(column), 0, header.sectionSize(column), header.height())
        assert abs(edge(titles, title, mirrored) - edge(values, cell, mirrored)) <= theme.current.px(2)
