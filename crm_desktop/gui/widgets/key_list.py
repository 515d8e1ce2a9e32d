"""Keys by group, in two columns: what the key sheet and the help page show."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.text import label

KeyGroups = Mapping[str, Sequence[tuple[str, str]]]
"""Headings with their pairs of words and key."""


class KeyList(QWidget):
    """Every group under its heading; the shorter column takes the next one."""

    def __init__(self, theme: ThemeManager, groups: KeyGroups) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "plain")
        columns = QHBoxLayout(self)
        columns.setContentsMargins(20, 12, 20, 16)
        columns.setSpacing(32)
        sides = [QVBoxLayout(), QVBoxLayout()]
        for side in sides:
            side.setSpacing(8)
            columns.addLayout(side, 1)
        heights = [0, 0]
        for name, keys in groups.items():
            lower = heights.index(min(heights))
            heights[lower] += len(keys) + 2
            self._add_group(sides[lower], name, keys)
        for side in sides:
            side.addStretch(1)

    def _add_group(self, side: QVBoxLayout, name: str, keys: Sequence[tuple[str, str]]) -> None:
        side.addWidget(label(name, "smallStrong", "secondary"))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(6)
        for row, (words, key) in enumerate(keys):
            grid.addWidget(label(words, wrap=True), row, 0)
            grid.addWidget(KeyCap(self._theme, self, key), row, 1, Qt.AlignmentFlag.AlignRight)
        side.addLayout(grid)
        side.addSpacing(8)
