"""The buttons beside the views: filter, columns, row height, export, and saving the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.gui.records.views_bar import ALL
from crm_desktop.gui.widgets.buttons import Button, IconButton

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage

DENSITIES = ("compact", "normal", "comfortable")


class Toolbar(QObject):
    """What they do changes the view that is shown."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        theme = page.context.theme
        self._filter = IconButton(theme, page, "list-filter", self.tr("Filter this page"), "Ctrl+F")
        self.columns_button = IconButton(theme, page, "columns-3", self.tr("Columns"))
        self.group_button = IconButton(theme, page, "table-2", self.tr("Group by"), "Alt+G")
        self._density = IconButton(theme, page, "rows-3", self.tr("Row height"))
        self.save_button = Button(theme, page, self.tr("Save view"), "bookmark", "pill")
        self.save_button.setAccessibleName(self.save_button.text())
        for button, run in (
            (self._filter, page.filters.start_typing), (self.columns_button, page.choose_columns),
            (self.group_button, lambda: page.groups.offer()), (self._density, self.next_density),
        ):  # fmt: skip
            page.tabs.add_widget(button)
            button.clicked.connect(run)
        if page.command_id("export") not in page.header_actions():
            self._offer_export()
        page.filter_bar.add_widget(self.save_button)
        self.save_button.clicked.connect(page.views.save)

    def _offer_export(self) -> None:
        button = Button(self._page.theme, self._page, self.tr("Export"), "download", "ghost")
        button.setToolTip(self.tr("Export this view"))
        button.clicked.connect(self.export)
        self._page.tabs.add_widget(button)

    def refresh(self) -> None:
        """A view that is saved as it is shown needs no saving; that of everything can be saved as another."""
        views = self._page.views
        wanted = views.changed or (views.now is not None and views.now.id == ALL)
        self.save_button.setVisible(wanted and self._page.shows_list())

    def next_density(self) -> None:
        """Compact, normal, comfortable, and round again."""
        page = self._page
        now = DENSITIES[(DENSITIES.index(page.views.now.density) + 1) % len(DENSITIES)]
        page.table.set_density(now)
        page.views.show(density=now)
        self.refresh()

    def export(self) -> None:
        """Export the list as it is shown."""
        from crm_desktop.gui.exporting import export_view

        page = self._page
        export_view(page.context, page, page.shown_list, page.shown_fields)
