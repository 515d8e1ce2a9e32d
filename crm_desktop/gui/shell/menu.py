"""The menu bar of macOS, made of the registered commands. Other systems have none: everything is in the window."""

from PySide6.QtWidgets import QMenu, QMenuBar

from crm_desktop.gui.actions import ActionRegistry, Scope
from crm_desktop.gui.language import tr


class CommandMenus:
    """One menu for each group of commands, and one for the page in front."""

    def __init__(self, actions: ActionRegistry, page_title: str) -> None:
        self._actions = actions
        # Without a parent the system shows it for every window of the program.
        self.bar = QMenuBar()
        self._menus: dict[str, QMenu] = {}
        self._page_menu = self.bar.addMenu(page_title)
        self.refresh()

    def refresh(self) -> None:
        """Take in new commands, and show those of the page in front.

        Commands of hidden pages must not stay: a menu would make their keys valid everywhere.
        """
        self._page_menu.clear()
        for entry in self._actions:
            if entry.command.scope is Scope.EVERYWHERE and entry.owner is None:
                self._menu(entry.command.group).addAction(self._actions.action(entry.command.id))
            elif entry.command.scope is Scope.PAGE and entry.usable:
                self._page_menu.addAction(self._actions.action(entry.command.id))

    def _menu(self, group: str) -> QMenu:
        if not group:
            group = tr("More")
        if group not in self._menus:
            self._menus[group] = self.bar.addMenu(group)
        return self._menus[group]
