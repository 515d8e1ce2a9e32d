"""Menus of a deal: what a pointer without dragging can do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu

from crm_desktop.gui.widgets.menu import Menu

if TYPE_CHECKING:
    from crm_desktop.gui.pages.pipeline.page import PipelinePage


class DealMenus(QObject):
    """Opens them over board and list."""

    def __init__(self, page: PipelinePage) -> None:
        super().__init__(page)
        self._page = page

    def show_stages(self, deal: int) -> None:
        """The stages, at the deal."""
        view = self._page.panes()[0]
        assert isinstance(view, QAbstractItemView)
        menu = self._menu()
        self._fill_stages(menu, deal)
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center()))

    def show_deal(self, deal: int, at: QPoint) -> None:
        """Everything, at a place on the screen."""
        menu = self._menu()
        action = self._page.context.actions.action
        menu.addAction(action("pipeline.open"))
        self._fill_stages(menu.addMenu(self.tr("Move to")), deal)
        menu.addAction(action("pipeline.follow_up"))
        menu.addSeparator()
        for name in ("won", "lost", "snooze"):
            menu.addAction(action(f"pipeline.{name}"))
        menu.addSeparator()
        menu.addAction(action("pipeline.delete"))
        menu.popup(at)

    def _menu(self) -> QMenu:
        menu = Menu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _fill_stages(self, menu: QMenu, deal: int) -> None:
        menu.setAccessibleName(self.tr("Move to"))
        several = self._page.listed and self._page.records.ticked_count
        here = None if several else self._page.model.stage_of(deal)
        for model in self._page.model.stages:
            stage = model.column.stage
            entry = menu.addAction(stage.name)
            entry.setCheckable(True)
            entry.setChecked(model is here)
            entry.setEnabled(model is not here)
            entry.triggered.connect(partial(self._page.move_to, deal, stage.id))
