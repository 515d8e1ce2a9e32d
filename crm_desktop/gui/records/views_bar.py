"""The saved views of a kind as tabs with counts; what was changed shows a dot until it is saved, and is never lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QPoint, Signal

from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.domain.folding import fold
from crm_desktop.errors import CrmError
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.records.view_counts import ViewCounts
from crm_desktop.gui.records.view_drafts import ViewDrafts
from crm_desktop.gui.widgets.tabs import Tab, TabsBar
from crm_desktop.services.views import View

ALL = 0


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
    said = Signal(str, object)  # sentence, empty for the usual one, and Change

    def __init__(
        self, context: AppContext, bar: TabsBar, all_words: Callable[[], str], ground: Ground = NO_GROUND
    ) -> None:
        super().__init__(bar)
        self._ground = ground
        self._context = context
        self._bar = bar
        self._all_words = all_words
        self._usual = NOTHING
        self._views: list[View] = []
        self._drafts = ViewDrafts(context, self)
        self._counts = ViewCounts(context, ground.counted, self)
        self._counts.changed.connect(self._tell_count)
        self._asked = Latest(context.jobs, self)
        self._passing: Filter | None = None
        self._state: tuple[int, bool, int] | None = None
        self.kind = ""
        self.now: Any = None
        bar.chosen.connect(self._choose)
        bar.add_wanted.connect(lambda: self.ask_name(None))
        bar.menu_wanted.connect(self._open_menu)
        bar.moved.connect(lambda view_id, place: self.put_at(int(view_id), place))

    @property
    def total(self) -> int | None:
        """How many records the view of everything has; None while it is being counted."""
        return self._counts.of(ALL)

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
        self.kind, self._usual, self._passing = kind, usual, None
        self._drafts.begin(kind)
        self._counts.clear()
        self._views = [View(ALL, "", kind, Filter(kind))]
        self.now = self.shown(ALL)
        self.chosen.emit(self.now)
        self._tell()
        self.refresh()

    def refresh(self) -> None:
        """Records or views have changed: ask again, and keep what is chosen and what is not saved."""
        kind, views = self.kind, self._services.views
        self._asked.read(lambda _progress: (views.list(kind), views.drafts(kind)), self._heard)

    def _heard(self, found: tuple[list[View], dict[int, View]]) -> None:
        before = self.now
        self._views = [self._plain(view) for view in found[0]]
        self._drafts.hear({number: self._plain(draft) for number, draft in found[1].items()})
        known = any(view.id == before.id for view in self._views)
        self.now = self.shown(before.id if known else ALL)
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
        self._note(replace(self.now, filter=self.shown(self.now.id).filter) if passing else self.now)
        self._tell()

    def reset(self) -> None:
        """Back to what was saved."""
        self._drafts.drop(self.now.id)
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
        popover.open_at(self._bar, self._bar.place_of(str(view.id)) if view else None)

    def leave_passing(self) -> None:
        """Back to the chosen view from a list that was looked at in passing."""
        if self._passing is not None:
            self._choose(str(self.now.id))

    def step(self, by: int) -> None:
        """Choose the view after or before the chosen one."""
        ids = [view.id for view in self._views]
        self._choose(str(ids[(ids.index(self.now.id) + by) % len(ids)]))

    @property
    def order(self) -> list[int]:
        """The numbers of the saved views as their tabs stand."""
        return [view.id for view in self._views if view.id != ALL]

    def move(self, by: int) -> None:
        """Put the chosen view one place to the left (-1) or to the right (1)."""
        if self.now.id in self.order:
            self.put_at(self.now.id, self.order.index(self.now.id) + by)

    def put_at(self, number: int, place: int) -> None:
        """Put a view at a place among the saved ones."""
        ids = self.order
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
        wanted: Sort | None = self.now.sort
        known = self._context.services.catalogue.kind(self.kind).fields
        field = known.get(wanted.field) if wanted is not None else None
        if wanted is None or field is None or not field.sortable:
            return self._usual.sort
        return replace(wanted, group=None) if wanted.group and wanted.group not in known else wanted

    @property
    def gone_columns(self) -> tuple[str, ...]:
        """Columns of the chosen view whose fields are gone; they come back with them."""
        return self._without_field(self.now.columns)

    @property
    def gone(self) -> tuple[str, ...]:
        """The same, and the fields of its order where these are gone."""
        order = self.now.sort
        return self._without_field((*self.now.columns, *filter(None, (order.field, order.group) if order else ())))

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

    def shown(self, number: int) -> Any:
        """A view as it was shown last: what was changed of it, under the name and at the place that it has now."""
        saved = self._saved(number)
        draft = self._drafts.of(number)
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

    def _note(self, view: View) -> None:
        if view == self._saved(view.id):
            self._drafts.drop(view.id)
        else:
            self._drafts.put(view)

    def keep(self) -> None:
        """Keep what is not saved in the base."""
        self._drafts.keep()

    # writing

    def _named(self, view: Any, name: str) -> None:
        if view is not None:
            self._write(replace(view, name=name))
        else:
            self._drafts.drop(self.now.id)
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
                self._drafts.drop(added.id)
            self.now = self.shown(added.id)
            self.chosen.emit(self.now)
        self.count()
        self.said.emit("", added.change)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.said.emit(error.sentence, None)

    def _choose(self, view_id: str) -> None:
        self._passing = None
        self.now = self.shown(int(view_id))
        self._tell()
        self.chosen.emit(self.now)

    def _open_menu(self, view_id: str, at: QPoint) -> None:
        from crm_desktop.gui.records.view_menu import ViewMenu

        ViewMenu(self, self._saved(int(view_id)), self._bar).popup(at)

    def delete(self, view: Any) -> None:
        """Drop a view; what it shows stays."""
        services = self._services
        self._context.jobs.write(lambda _progress: services.views.delete(view.id), self._deleted, self._refused)

    def _deleted(self, change: Any) -> None:
        self.refresh()
        self.said.emit("", change)

    # telling

    def count(self) -> None:
        """Count what each view finds anew."""
        self._tell()
        self._counts.count(self._views)

    def _tell_count(self) -> None:
        self._tell()
        self.counted.emit()

    def _tell(self) -> None:
        tabs = []
        for view in self._views:
            known = self._counts.of(view.id)
            shown = self.now if view.id == self.now.id else self.shown(view.id)
            count = "" if known is None else format.count_text(known)
            tabs.append(Tab(str(view.id), view.name or self._all_words(), count, shown != view, view.id != ALL))
        self._bar.set_tabs(tabs, str(self.now.id))
        state = (self.now.id, self.changed, len(tabs))
        if state != self._state:
            self._state = state
            self.told.emit()
