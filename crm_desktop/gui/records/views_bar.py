"""The saved views of a kind as tabs with counts; what was changed shows a dot until it is saved, and is never lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.domain.filter_names import usable
from crm_desktop.domain.folding import fold
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Job
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.gui.widgets.tabs import Tab, TabsBar
from crm_desktop.services.progress import Progress
from crm_desktop.services.views import View

ALL = 0
KEPT_AFTER = 120
"""Milliseconds after the last change until it is kept: widths change many times while a border is drawn."""
LEFT, RIGHT = "Ctrl+Shift+PgUp", "Ctrl+Shift+PgDown"


class Usual(NamedTuple):
    """What a list shows where its view says nothing else."""

    columns: tuple[str, ...] = ()
    sort: Sort | None = None


NOTHING = Usual()


class Ground(NamedTuple):
    """What a page asks of all its lists without saying so: `bare` is a filter without it, `whole` one with it.

    `counted` is what a tab counts.
    """

    bare: Callable[[Filter], Filter]
    whole: Callable[[Filter], Filter]
    counted: Callable[[Filter], Filter]


def _same(wanted: Filter) -> Filter:
    return wanted


NO_GROUND = Ground(_same, _same, _same)


class ViewsBar(QObject):
    """Keeps the tabs. A view is a `View` of the services; `now` is the chosen one as it is shown, saved or not.

    What is shown otherwise than it was saved is a draft, kept in the base until it is saved or reset.
    """

    chosen = Signal(object)  # View
    counted = Signal()
    told = Signal()  # what can be done with the views may be other things now
    said = Signal(str, object)  # sentence, Change

    def __init__(
        self, context: AppContext, bar: TabsBar, all_words: Callable[[], str], ground: Ground = NO_GROUND
    ) -> None:
        super().__init__(bar)
        self._ground = ground
        self._context = context
        self._bar = bar
        self._all_words = all_words
        self._usual = Usual()
        self._views: list[Any] = []
        self._drafts: dict[int, Any] = {}
        self._passing: Filter | None = None
        self._state: tuple[int, bool, int] | None = None
        self._counts: dict[int, int] = {}
        self._job: Job | None = None
        self._asking: Job | None = None
        self._known = False  # whether the drafts in the base are known
        self._unkept = False  # whether some are not in the base yet
        self._written_out = 0  # drafts on their way into the base
        self._uncounted: list[Any] = []
        self._keeping = QTimer(self, interval=KEPT_AFTER, singleShot=True)
        self._keeping.timeout.connect(self.keep)
        program = QCoreApplication.instance()
        assert program is not None
        program.aboutToQuit.connect(self.keep)
        self.kind = ""
        self.now: Any = None
        bar.chosen.connect(self._choose)
        bar.add_wanted.connect(lambda: self.ask_name(None))
        bar.menu_wanted.connect(self._open_menu)
        bar.moved.connect(self._move_to)

    @property
    def total(self) -> int | None:
        """How many records the view of everything has; None while it is being counted."""
        return self._counts.get(ALL)

    @property
    def saved(self) -> Any:
        """The chosen view as it was saved."""
        return self._saved(self.now.id)

    @property
    def changed(self) -> bool:
        """Whether what is shown differs from what was saved."""
        return bool(self.now is not None and self.now != self.saved)

    def load(self, kind: str, usual: Usual = NOTHING) -> None:
        """Show the views of a kind, with that of everything chosen; the saved ones come a moment later."""
        self.keep()
        self.kind, self._usual, self._passing = kind, usual, None
        self._counts, self._drafts, self._known = {}, {}, False
        self._views = [View(ALL, "", kind, Filter(kind))]
        self.now = self._shown(ALL)
        self.chosen.emit(self.now)
        self._tell()
        self.refresh()

    def refresh(self) -> None:
        """Records or views have changed: ask again, and keep what is chosen and what is not saved."""
        if self._asking is not None:
            self._asking.cancel()
        kind, views = self.kind, self._services.views
        self._asking = self._context.jobs.read(
            lambda _progress: (views.list(kind), views.drafts(kind)), self._heard, owner=self
        )

    def _heard(self, found: tuple[list[View], dict[int, View]]) -> None:
        self._asking = None
        before = self.now
        self._views = [self._plain(view) for view in found[0]]
        if not self._known or not (self._written_out or self._unkept):
            # What was changed meanwhile is newer than what the base says.
            fresh = {} if self._known else self._drafts
            self._drafts = {number: self._plain(view) for number, view in found[1].items()} | fresh
            self._known = True
            if self._unkept:
                self._keep_soon()
        known = any(view.id == before.id for view in self._views)
        self.now = self._shown(before.id if known else ALL)
        if known and self._passing is not None:
            self.now = replace(self.now, filter=self._passing)
        if self.now != before:
            self.chosen.emit(self.now)
        self.count()

    def show(self, *, keep: bool = True, **changed: Any) -> None:
        """What is shown of the chosen view is now this; a filter not to `keep` is forgotten with the next tab."""
        if "columns" in changed:
            changed["columns"] = self._with_gone(changed["columns"])
        if "filter" in changed:
            self._passing = None if keep else changed["filter"]
        self.now = self._plain(replace(self.now, **changed))
        passing = self.now.filter == self._passing
        self._note(replace(self.now, filter=self._shown(self.now.id).filter) if passing else self.now)
        self._tell()

    def reset(self) -> None:
        """Back to what was saved."""
        self._drop_draft(self.now.id)
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
        popover = NamePopover(self._context.theme, self._bar, title, view.name if view else "",
                              [known.name for known in self._views if known != view])  # fmt: skip
        popover.named.connect(partial(self._named, view))
        popover.open_at(self._bar)

    def leave_passing(self) -> None:
        """Back to the chosen view from a list that was looked at in passing."""
        if self._passing is not None:
            self._choose(str(self.now.id))

    def step(self, by: int) -> None:
        """Choose the view after or before the chosen one."""
        ids = [view.id for view in self._views]
        self._choose(str(ids[(ids.index(self.now.id) + by) % len(ids)]))

    def move(self, by: int) -> None:
        """Put the chosen view one place to the left (-1) or to the right (1)."""
        ids = [view.id for view in self._views if view.id != ALL]
        if self.now.id in ids:
            self._move_to(str(self.now.id), ids.index(self.now.id) + by)

    def _move_to(self, view_id: str, place: int) -> None:
        """Put a view at a place among the saved ones."""
        ids = [view.id for view in self._views if view.id != ALL]
        number = int(view_id)
        if number not in ids or not 0 <= place < len(ids) or ids.index(number) == place:
            return
        ids.remove(number)
        ids.insert(place, number)
        kind, services = self.kind, self._services
        done = partial(self._moved, ids)
        self._context.jobs.write(lambda _progress: services.views.order(kind, ids), done, self._refused)

    def _moved(self, ids: list[int], _change: Any) -> None:
        self._put(*(replace(view, position=ids.index(view.id) + 1) for view in self._views if view.id in ids))
        self._tell()

    def _put(self, *views: View) -> None:
        """What was written, in its place among the tabs."""
        others = [known for known in self._views if known.id not in {view.id for view in views}]
        self._views = sorted((*others, *views), key=lambda view: (view.id != ALL, view.position, view.id))

    def duplicate(self, view: Any) -> None:
        """A second view like one."""
        copy = self.tr("%1, copy").replace("%1", view.name or self._all_words())
        taken = {fold(known.name) for known in self._views}
        tried = (copy, *(f"{copy} {number}" for number in range(2, len(taken) + 3)))
        name = next(each for each in tried if fold(each) not in taken)
        self._write(replace(view, id=ALL, name=name, position=self._last + 1))

    @property
    def sort(self) -> Sort | None:
        """The order of the chosen view; the usual one where its field is gone."""
        wanted = self.now.sort
        known = self._context.services.catalogue.kind(self.kind).fields
        field = known.get(wanted.field) if wanted is not None else None
        return wanted if field is not None and field.sortable else self._usual.sort

    @property
    def gone_columns(self) -> tuple[str, ...]:
        """Columns of the chosen view whose fields are gone; they come back with them."""
        return self._without_field(self.now.columns)

    @property
    def gone(self) -> tuple[str, ...]:
        """The same, and the field of its order where that is gone."""
        return self._without_field((*self.now.columns, *([self.now.sort.field] if self.now.sort else ())))

    def _without_field(self, names: Sequence[str]) -> tuple[str, ...]:
        known = self._context.services.catalogue.kind(self.kind).fields
        return tuple(name for name in names if name not in known)

    # drafts

    @property
    def _services(self) -> Any:
        return self._context.services

    @property
    def _last(self) -> int:
        return max((view.position for view in self._views), default=0)

    def _saved(self, number: int) -> Any:
        return next(view for view in self._views if view.id == number)

    def _shown(self, number: int) -> Any:
        """A view as it was shown last: what was changed of it, under the name and at the place that it has now."""
        saved = self._saved(number)
        draft = self._drafts.get(number)
        return saved if draft is None else replace(draft, name=saved.name, position=saved.position)

    def _plain(self, view: Any) -> Any:
        """The view without saying what is usual anyway."""
        view = replace(view, filter=self._ground.bare(view.filter))
        if view.columns == self._usual.columns and not view.widths:
            view = replace(view, columns=())
        return replace(view, sort=None) if view.sort == self._usual.sort else view

    def _with_gone(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Columns as they are shown, with those whose fields are gone where they stood."""
        found = list(columns)
        for name in self.gone_columns:
            if name not in found:
                found.insert(min(self.now.columns.index(name), len(found)), name)
        return tuple(found)

    def forget_column(self, name: str) -> None:
        """Take a column whose field is gone out of the view."""
        kept = tuple(column for column in self.now.columns if column != name)
        self.now = replace(self.now, columns=kept)
        self.show()

    def _note(self, view: Any) -> None:
        if view == self._saved(view.id):
            self._drop_draft(view.id)
        elif self._drafts.get(view.id) != view:
            self._drafts[view.id] = view
            self._keep_soon()

    def _drop_draft(self, number: int) -> None:
        if self._drafts.pop(number, None) is not None:
            self._keep_soon()

    def _keep_soon(self) -> None:
        self._unkept = True
        self._keeping.start()

    def keep(self) -> None:
        """Keep the drafts in the base, where they are found after the next start."""
        if not self._unkept or not self._known:
            return
        self._unkept = False
        self._keeping.stop()
        self._written_out += 1
        kind, drafts, services = self.kind, list(self._drafts.values()), self._services
        self._context.jobs.write(lambda _progress: services.views.keep_drafts(kind, drafts), self._kept)

    def _kept(self, _none: None) -> None:
        self._written_out -= 1

    # writing

    def _named(self, view: Any, name: str) -> None:
        if view is not None:
            self._write(replace(view, name=name))
        else:
            self._drop_draft(self.now.id)
            self._write(replace(self.now, id=ALL, name=name, position=self._last + 1))

    def _write(self, view: Any) -> None:
        services, whole = self._services, replace(view, filter=self._ground.whole(view.filter))
        done = partial(self._written, view)
        self._context.jobs.write(lambda _progress: services.views.save(whole), done, self._refused)

    def _written(self, view: Any, added: Any) -> None:
        self._put(self._plain(replace(view, id=added.id, name=view.name.strip())))
        if view.id in (ALL, self.now.id):
            renamed = view.id == self.now.id and replace(view, name=self.now.name) != self.now
            if not renamed:
                self._drop_draft(added.id)
            self.now = self._shown(added.id)
            self.chosen.emit(self.now)
        self.count()
        self.said.emit(self.tr("View “%1” saved").replace("%1", view.name), added.change)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.said.emit(error.sentence, None)

    def _choose(self, view_id: str) -> None:
        self._passing = None
        self.now = self._shown(int(view_id))
        self._tell()
        self.chosen.emit(self.now)

    def _open_menu(self, view_id: str, at: QPoint) -> None:
        view = self._saved(int(view_id))
        menu = Menu(self._bar)
        if view.id == self.now.id and self.changed:
            menu.addAction(self.tr("Save changes"), self.save)
            menu.addAction(self.tr("Reset"), self.reset)
        if view.id != ALL:
            menu.addAction(self.tr("Rename…"), lambda: self.ask_name(view))
            self._add_moves(menu, view)
        menu.addAction(self.tr("Duplicate"), lambda: self.duplicate(self._shown(view.id)))
        if view.id != ALL:
            menu.addAction(self.tr("Delete view"), lambda: self.delete(view))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _add_moves(self, menu: QMenu, view: Any) -> None:
        ids = [known.id for known in self._views if known.id != ALL]
        at = ids.index(view.id)
        for words, by, key in ((self.tr("Move left"), -1, LEFT), (self.tr("Move right"), 1, RIGHT)):
            action = menu.addAction(words, partial(self._move_to, str(view.id), at + by))
            action.setEnabled(0 <= at + by < len(ids))
            if view.id == self.now.id:
                action.setShortcut(QKeySequence(key))
                action.setShortcutVisibleInContextMenu(True)

    def delete(self, view: Any) -> None:
        """Drop a view; what it shows stays."""
        services = self._services
        done = partial(self._deleted, view)
        self._context.jobs.write(lambda _progress: services.views.delete(view.id), done, self._refused)

    def _deleted(self, view: Any, change: Any) -> None:
        self.refresh()
        self.said.emit(self.tr("View “%1” deleted").replace("%1", view.name), change)

    # counts

    def count(self) -> None:
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
            work = partial(self._count_view, self._ground.counted(usable(self._services.catalogue, view.filter)))
            failed = partial(self._not_counted, view.id)
            self._job = self._context.jobs.read(work, partial(self._counted, view.id), failed, self, patient=True)

    def _count_view(self, wanted: Filter, progress: Progress) -> int:
        return int(self._services.lists.count(wanted, progress))

    def _counted(self, view_id: int, count: int) -> None:
        self._counts[view_id] = count
        self._tell()
        self.counted.emit()
        self._count_next()

    def _not_counted(self, view_id: int, _error: Exception) -> None:
        # The list says what is wrong with its filter; the tab only has no number.
        self._counts.pop(view_id, None)
        self._count_next()

    def _tell(self) -> None:
        tabs = []
        for view in self._views:
            known = self._counts.get(view.id)
            shown = self.now if view.id == self.now.id else self._shown(view.id)
            count = "" if known is None else format.count_text(known)
            tabs.append(Tab(str(view.id), view.name or self._all_words(), count, shown != view, view.id != ALL))
        self._bar.set_tabs(tabs, str(self.now.id))
        state = (self.now.id, self.changed, len(tabs))
        if state != self._state:
            self._state = state
            self.told.emit()
