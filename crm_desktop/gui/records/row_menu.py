"""What a right click on a row, or the menu key, offers: what the keys do, for who has not learnt them yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from crm_desktop.gui.widgets.menu import Menu

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage

PARTS = (
    ("open",),
    ("call", "email", "log", "follow_up"),
    ("qualify", "convert", "unconvert", "disqualify", "recycle", "stage", "won", "lost", "snooze"),
    ("edit", "copy_cells", "paste_cells", "fill_cells"),
    ("set_status", "tag", "edit_many", "merge", "history", "delete"),
)
"""The commands of a list page by name, as the menu groups them; each page has some of them."""


def show_row_menu(page: ListPage, at: QPoint) -> None:
    """Offer what can be done now with the current row, the ticked ones or the range."""
    actions, menu = page.context.actions, Menu(page)
    menu.setAccessibleName(page.group)
    for names in PARTS:
        for name in map(page.command_id, names):
            entry = actions.find(name)
            if entry is not None and entry.command.when():
                menu.addAction(actions.action(name))
        menu.addSeparator()
    menu.popup(at)
