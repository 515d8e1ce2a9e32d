"""The saved views of a kind as tabs with counts; what was changed shows a dot until it is saved."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.filter import Filter
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job
from crm_desktop.gui.widgets.tabs import Tab, TabsBar
from crm_desktop.services.progress import Progress

ALL = 0


class ViewsBar(QObject):
    """Keeps the tabs. A view is a `View` of the services; `now` is the chosen one as it is shown, saved or not."""

    chosen = Signal(object)  # View
    counted = Signal()
    said = Signal(str, object)  # sentence, Change

    def __init__(self, context: AppContext, bar: TabsBar, all_words: Callable[[], str]) -> None:
        super().__init__(bar)
        self._context = context
        self._bar = bar
        self._all_words = all_words
        self._views: list[Any] = []
        self._counts: dict[int, int] = {}
        self._job: Job | None = None
        self._uncounted: list[Any] = []
        self.kind = ""
        self.now: Any = None
        bar.chosen.connect(self._choose)
        bar.add_wanted.connect(lambda: self.ask_name(None))
        bar.menu_wanted.connect(self._open_menu)

    @property
    def total(self) -> int | None:
        """How many records the view of everything has; None while it is being counted."""
        return self._counts.get(ALL)

    @property
    def saved(self) -> Any:
        """The chosen view as it was saved."""
        return next(view for view in self._views if view.id == self.now.id)

    @property
    def changed(self) -> bool:
        """Whether what is shown differs from what was saved."""
        return bool(self.now is not None and self.now != self.saved)

    def load(self, kind: str) -> None:
        """Show the views of a kind, with that of everything chosen."""
        self.kind = kind
        self._counts = {}
        self._views = self._context.services.views.list(kind)
        self.now = self._views[0]
        self.chosen.emit(self.now)
        self._count()

    def refresh(self) -> None:
        """Records or views have changed: ask again, and keep what is chosen."""
        before, was_changed = self.now, self.changed
        self._views = self._context.services.views.list(self.kind)
        known = next((view for view in self._views if view.id == before.id), None)
        if known is None:
            self.now = self._views[0]
            self.chosen.emit(self.now)
        elif not was_changed and known != before:
            self.now = known
            self.chosen.emit(known)
        self._count()

    def show(self, **changed: Any) -> None:
        """What is shown of the chosen view is now this."""
        self.now = replace(self.now, **changed)
        self._tell()

    def reset(self) -> None:
        """Back to what was saved."""
        self._choose(str(self.now.id))

    def save(self) -> None:
        """Save what is shown; a view of everything asks for a name first."""
        if self.now.id == ALL:
            self.ask_name(None)
        else:
            self._write(self.now)

    def ask_name(self, view: Any) -> None:
        """Ask for the name of a new view, or for another name of a saved one."""
        from crm_desktop.gui.records.name_popover import NamePopover

        title = self.tr("Save as a new view") if view is None else self.tr("Rename this view")
        popover = NamePopover(self._context.theme, self._bar, title, view.name if view else "")
        popover.named.connect(partial(self._named, view))
        popover.open_at(self._bar)

    def step(self, by: int) -> None:
        """Choose the view after or before the chosen one."""
        ids = [view.id for view in self._views]
        self._choose(str(ids[(ids.index(self.now.id) + by) % len(ids)]))

    def _named(self, view: Any, name: str) -> None:
        if view is not None:
            self._write(replace(view, name=name))
        else:
            self._write(replace(self.now, id=ALL, name=name, position=len(self._views)))

    def _write(self, view: Any) -> None:
        services = self._context.services
        done = partial(self._written, view)
        self._context.jobs.write(lambda _progress: services.views.save(view), done, self._refused)

    def _written(self, view: Any, added: Any) -> None:
        self._views = self._context.services.views.list(self.kind)
        saved = next(known for known in self._views if known.id == added.id)
        self.now = saved
        self._count()
        self.said.emit(self.tr("View “%1” saved").replace("%1", view.name), added.change)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.said.emit(error.sentence, None)

    def _choose(self, view_id: str) -> None:
        self.now = next(view for view in self._views if str(view.id) == view_id)
        self._tell()
        self.chosen.emit(self.now)

    def _open_menu(self, view_id: str, at: QPoint) -> None:
        view = next(known for known in self._views if str(known.id) == view_id)
        menu = QMenu(self._bar)
        if view.id == self.now.id and self.changed:
            menu.addAction(self.tr("Save changes"), self.save)
            menu.addAction(self.tr("Reset"), self.reset)
        if view.id != ALL:
            menu.addAction(self.tr("Rename…"), lambda: self.ask_name(view))
            menu.addAction(self.tr("Delete view"), lambda: self.delete(view))
        if not menu.isEmpty():
            menu.popup(at)

    def delete(self, view: Any) -> None:
        """Drop a view; what it shows stays."""
        services = self._context.services
        done = partial(self._deleted, view)
        self._context.jobs.write(lambda _progress: services.views.delete(view.id), done, self._refused)

    def _deleted(self, view: Any, change: Any) -> None:
        self.refresh()
        self.said.emit(self.tr("View “%1” deleted").replace("%1", view.name), change)

    # counts

    def _count(self) -> None:
        """Count one view after the other, so that rows on screen never wait behind them for a reader."""
        if self._job is not None:
            self._job.cancel()
        self._uncounted = list(self._views)
        self._tell()
        self._count_next()

    def _count_next(self) -> None:
        self._job = None
        if self._uncounted:
            view = self._uncounted.pop(0)
            work = partial(self._count_view, view.filter)
            self._job = self._context.jobs.read(work, partial(self._counted, view.id), owner=self)

    def _count_view(self, wanted: Filter, _progress: Progress) -> int:
        return int(self._context.services.lists.count(wanted))

    def _counted(self, view_id: int, count: int) -> None:
        self._counts[view_id] = count
        self._tell()
        self.counted.emit()
        self._count_next()

    def _tell(self) -> None:
        tabs = []
        for view in self._views:
            known = self._counts.get(view.id)
            changed = view.id == self.now.id and view.id != ALL and self.changed
            count = "" if known is None else format.count_text(known)
            tabs.append(Tab(str(view.id), view.name or self._all_words(), count, changed))
        self._bar.set_tabs(tabs, str(self.now.id))
