"""F1: every key that works here, by group."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QScrollArea, QWidget

from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.forms import Form
from crm_desktop.gui.key_groups import key_groups, this_page
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.shell.palette import match_score
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.content_area import show_instead
from crm_desktop.gui.widgets.empty_state import EmptyState
from crm_desktop.gui.widgets.key_list import KeyList


class KeySheet(Form, QDialog):
    """Commands that have a key, and the fixed keys of the page in front; typing narrows them."""

    ui = "key_sheet"
    search_edit: QLineEdit
    scroll_area: QScrollArea

    def __init__(
        self, theme: ThemeManager, actions: ActionRegistry, fixed: Sequence[Hint] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._actions = actions
        self._fixed = fixed
        self.search_edit.textChanged.connect(self._fill)
        self._fill("")
        self.search_edit.setFocus()

    def groups(self, text: str = "") -> dict[str, list[tuple[str, str]]]:
        """What is shown for a text: words and keys by heading, those of the page in front first."""
        fixed = [(hint.text, hint.keys) for hint in self._fixed if match_score(hint.text, text)]
        found = key_groups(self._actions, text)
        own = [*fixed, *found.pop(this_page(), ())]
        return ({this_page(): own} if own else {}) | found

    def _fill(self, text: str) -> None:
        groups = self.groups(text)
        show_instead(self.scroll_area, KeyList(self.theme, groups) if groups else self._nothing())

    def _nothing(self) -> EmptyState:
        state = EmptyState(self.theme)
        state.tell("search", self.tr("No shortcut matches."))
        state.offer(self.tr("Show all"), self.search_edit.clear, "link")
        return state
