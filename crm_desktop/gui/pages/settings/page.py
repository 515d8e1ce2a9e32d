"""The page: groups at the left, the form of the chosen one at the right, a search over all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.delegates.choice_delegate import ChoiceDelegate, Index
from crm_desktop.gui.forms import Form
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.pages.settings import groups
from crm_desktop.gui.pages.settings.backups import BackupsPanel
from crm_desktop.gui.pages.settings.data import AboutPanel, InboxPanel, SamplePanel
from crm_desktop.gui.pages.settings.fields import FieldsPanel
from crm_desktop.gui.pages.settings.panel import Panel
from crm_desktop.gui.pages.settings.stages import StagesPanel
from crm_desktop.gui.pages.settings.statuses import StatusesPanel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.empty_state import EmptyState

LIST_WIDTH = 216
NARROW = 500  # width of a form under which its controls lie below their words

PANELS: dict[str, tuple[str, Callable[[AppContext], Panel]]] = {
    "appearance": ("sun", groups.appearance),
    "region": ("globe", groups.region),
    "pipeline": ("square-kanban", StagesPanel),
    "leads": ("user-plus", StatusesPanel),
    "fields": ("list-checks", FieldsPanel),
    "terms": ("percent", groups.terms),
    "inbox": ("file-input", InboxPanel),
    "backups": ("database-backup", BackupsPanel),
    "sample": ("package", SamplePanel),
    "about": ("info", AboutPanel),
}
"""The groups in their order: icon and form of each, by the name under which other pages ask for it."""


def _glyph(group: Index) -> str:
    return PANELS[group.data(Qt.ItemDataRole.UserRole)][0]


class SettingsBody(Form, QWidget):
    """What lies below the header."""

    ui = "settings"
    search_edit: QLineEdit
    groups_list: QListWidget
    panels: QStackedWidget

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.nothing = EmptyState(theme, self)
        self.panels.addWidget(self.nothing)
        self.groups_list.setItemDelegate(ChoiceDelegate(theme, self.groups_list, _glyph))
        self.groups_list.setMouseTracking(True)


class SettingsPage(Page):
    """Everything the user can choose."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Settings")
        self.body = SettingsBody(context.theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.groups: dict[str, Panel] = {name: make(context) for name, (_, make) in PANELS.items()}
        for name, panel in self.groups.items():
            self._add_group(name, panel)
        self.body.groups_list.currentItemChanged.connect(self._show_chosen)
        self.body.search_edit.textChanged.connect(self.search)
        context.theme.changed.connect(self._restyle)
        self._restyle()
        self.body.groups_list.setCurrentRow(0)

    def _add_group(self, name: str, panel: Panel) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(panel)
        self.body.panels.addWidget(area)
        panel.said.connect(self.noticed)
        item = QListWidgetItem(panel.title)
        item.setData(Qt.ItemDataRole.UserRole, name)
        self.body.groups_list.addItem(item)

    # what the shell asks

    def hints(self) -> Sequence[Hint | str]:
        return (Hint("↑↓", self.tr("Next group")), Hint("Tab", self.tr("Next setting")), "edit.undo")

    def panes(self) -> Sequence[QWidget]:
        return (self.body.groups_list, self.body.panels)

    def on_shown(self) -> None:
        self._refresh()

    def open_filter(self, target: Filter | object) -> None:
        """Show a group by its name."""
        names = list(self.groups)
        self.body.search_edit.clear()
        if target in names:
            self.body.groups_list.setCurrentRow(names.index(str(target)))
        self._refresh()

    def on_escape(self) -> bool:
        if not self.body.search_edit.text():
            return False
        self.body.search_edit.clear()
        return True

    # groups

    @property
    def current(self) -> Panel | None:
        """The form in front."""
        item: QListWidgetItem | None = self.body.groups_list.currentItem()
        if item is None:
            return None
        return None if item.isHidden() else self.groups[item.data(Qt.ItemDataRole.UserRole)]

    def search(self, text: str) -> None:
        """Show only what has to do with a text."""
        words, found = text.strip(), []
        for row in range(self.body.groups_list.count()):
            item = self.body.groups_list.item(row)
            matches = self.groups[item.data(Qt.ItemDataRole.UserRole)].search(words)
            item.setHidden(not matches)
            if matches:
                found.append(row)
        if found and self.body.groups_list.currentRow() not in found:
            self.body.groups_list.setCurrentRow(found[0])
        self._show_chosen()

    def _show_chosen(self) -> None:
        panel = self.current
        if panel is None:
            self.body.nothing.tell("search", self.tr("No setting matches."))
            self.body.nothing.offer(self.tr("Show all"), self.body.search_edit.clear, "link")
            self.body.panels.setCurrentWidget(self.body.nothing)
            return
        self.body.panels.setCurrentIndex(1 + list(self.groups.values()).index(panel))
        self._refresh()

    def _refresh(self) -> None:
        if self.current is not None and self.isVisible():
            self.current.refresh()

    def _restyle(self) -> None:
        theme = self.theme.current
        self.body.groups_list.doItemsLayout()
        self.body.groups_list.setFixedWidth(theme.px(LIST_WIDTH))
        self.body.search_edit.setFixedWidth(theme.px(196))
        self._share_room()

    def _share_room(self) -> None:
        theme = self.theme.current
        narrow = self.width() - theme.px(LIST_WIDTH) < theme.px(NARROW)
        for panel in self.groups.values():
            panel.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
