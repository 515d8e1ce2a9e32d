"""Menus of a deal: what a pointer without dragging can do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QAbstractItemView, QMenu

from crm_desktop.domain.terms import StageCategory
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.services.progress import Progress
from crm_desktop.services.stages import Stage

if TYPE_CHECKING:
    from crm_desktop.gui.pages.pipeline.page import PipelinePage


class DealMenus(QObject):
    """Opens them over board and list."""

    def __init__(self, page: PipelinePage) -> None:
        super().__init__(page)
        self._page = page

    def show_stages(self, deal: int) -> None:
        """The stages of its pipeline, at the deal."""
        page = self._page
        if page.one_pipeline:
            self._popup_stages(deal, [model.column.stage for model in page.model.stages])
            return
        services = page.context.services

        def read(_progress: Progress) -> list[Stage]:
            pipeline = services.records.show("deal", deal).values["pipeline"]
            found: list[Stage] = services.pipeline.stages(pipeline.id if pipeline else None)
            return [stage for stage in found if stage.category is StageCategory.OPEN]

        page.context.jobs.read(read, partial(self._popup_stages, deal), page.tell_refused, self)

    def _popup_stages(self, deal: int, stages: Sequence[Stage]) -> None:
        menu = self._menu()
        self._fill_stages(menu, deal, stages)
        if self._page.listed:
            self._page.bulk.popup(menu)
            return
        view = self._page.panes()[0]
        assert isinstance(view, QAbstractItemView)
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center()))

    def show_deal(self, deal: int, at: QPoint) -> None:
        """Everything, at a place on the screen."""
        menu = self._menu()
        action = self._page.context.actions.action
        menu.addAction(action("pipeline.open"))
        stages = [model.column.stage for model in self._page.model.stages]
        self._fill_stages(menu.addMenu(self.tr("Move to")), deal, stages)
        menu.addAction(action("pipeline.follow_up"))
        menu.addSeparator()
        for name in ("won", "lost", "snooze"):
            menu.addAction(action(f"pipeline.{name}"))
        menu.addSeparator()
        for name in ("history", "delete"):
            menu.addAction(action(f"pipeline.{name}"))
        menu.popup(at)

    def _menu(self) -> QMenu:
        menu = Menu(self._page)
        return menu

    def _fill_stages(self, menu: QMenu, deal: int, stages: Sequence[Stage]) -> None:
        menu.setAccessibleName(self.tr("Move to"))
        several = self._page.listed and self._page.records.ticked_count
        here = None if several else self._page.model.stage_of(deal)
        for stage in stages:
            entry = menu.addAction(stage.name)
            entry.setCheckable(True)
            entry.setChecked(here is not None and stage.id == here.column.stage.id)
            entry.setEnabled(not entry.isChecked())
            entry.triggered.connect(partial(self._page.move_to, deal, stage.id))
