"""F1: every key that works here, by group."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.gui.actions import ActionRegistry, Registered, Scope
from crm_desktop.gui.forms import Form
from crm_desktop.gui.shell.palette import match_score
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.text import label


class KeySheet(Form, QDialog):
    """Actions that have a key, those of the page in front first; typing narrows them."""

    ui = "key_sheet"
    search_edit: QLineEdit
    scroll_area: QScrollArea

    def __init__(self, theme: ThemeManager, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._actions = actions
        self.search_edit.textChanged.connect(self._fill)
        self._fill("")
        self.search_edit.setFocus()

    def groups(self, text: str = "") -> dict[str, list[Registered]]:
        """What is shown for a text: commands with a key whose page is in front, by heading."""
        headings = {
            Scope.VIEW: self.tr("The chosen record"),
            Scope.PAGE: self.tr("This page"),
            Scope.EVERYWHERE: self.tr("Everywhere"),
        }
        found: dict[str, list[Registered]] = {headings[scope]: [] for scope in headings}
        for entry in self._actions:
            shown = entry.owner is None or entry.owner.isVisible()
            if entry.key_text and shown and match_score(entry.command.text, text):
                found.setdefault(entry.command.group or headings[entry.command.scope], []).append(entry)
        return {name: entries for name, entries in found.items() if entries}

    def _fill(self, text: str) -> None:
        content = QWidget()
        content.setProperty("kind", "plain")
        columns = QHBoxLayout(content)
        columns.setContentsMargins(20, 12, 20, 16)
        columns.setSpacing(32)
        sides = [QVBoxLayout(), QVBoxLayout()]
        for side in sides:
            side.setSpacing(8)
            columns.addLayout(side, 1)
        heights = [0, 0]
        for name, entries in self.groups(text).items():
            lower = heights.index(min(heights))
            heights[lower] += len(entries) + 2
            self._add_group(sides[lower], name, entries)
        for side in sides:
            side.addStretch(1)
        self.scroll_area.setWidget(content)

    def _add_group(self, side: QVBoxLayout, name: str, entries: list[Registered]) -> None:
        side.addWidget(label(name, "smallStrong", "secondary"))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(6)
        for row, entry in enumerate(entries):
            grid.addWidget(label(entry.command.text, wrap=True), row, 0)
            cap = KeyCap(self.theme, self, entry.key_text)
            grid.addWidget(cap, row, 1, Qt.AlignmentFlag.AlignRight)
        side.addLayout(grid)
        side.addSpacing(8)
