"""Saved views: a list as somebody wants to see it, kept in the base and undone like everything else."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.filter import Filter, Sort, is_
from crm_desktop.domain.filter_names import renamed
from crm_desktop.domain.folding import fold
from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store
from crm_desktop.storage.views import NAMES

_DRAFTS = "view_drafts"
_RENAMINGS = "view_renamings"
_HELD = "renamings"
"""The actions whose names held when a draft was kept."""


@dataclass(frozen=True, slots=True)
class View:
    """A view of one kind. Without columns or sort the standard ones are shown; id 0 is the view of everything."""

    id: int
    name: str
    kind: str
    filter: Filter
    columns: tuple[str, ...] = ()
    sort: Sort | None = None
    density: str = "normal"
    position: int = 0
    widths: tuple[tuple[str, int], ...] = ()
    """The columns made wider or narrower by hand; where there are such, the columns are named."""


class Views:
    """Lists, saves and deletes views."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, kind: str) -> list[View]:
        """The view of everything, then the saved ones in their order."""
        return [View(0, "", kind, Filter(kind)), *self._store.views.of(kind, _read)]

    def save(self, view: View) -> Added:
        """Keeps a view: a new one where its id is 0. UserError where it has no name, or that of another one."""
        name = view.name.strip()
        if not name:
            raise UserError("A view needs a name.")
        known = {each.id: each.name for each in self._store.views.of(view.kind, _read)}
        others = {fold(known[number]) for number in known.keys() - {view.id}}
        if name != known.get(view.id) and fold(name) in others:
            raise UserError(f"There is a view “{name}” already. Choose another name.")
        renamed = known.get(view.id, name) != name
        with self._store.action("rename_view" if renamed else "save_view", view.kind, name) as action:
            number = self._store.views.write(view.id, stored(view))
        return Added(number, action.change)

    def delete(self, number: int) -> Change:
        """Drops a view."""
        with self._store.action("delete_view") as action:
            action.kind, action.subject = self._store.views.delete(number, self._store.clock.stamp())
        return action.change

    def rename(self, view: View, name: str) -> Added:
        """Gives a view another name."""
        return self.save(replace(view, name=name))

    def order(self, kind: str, numbers: Sequence[int]) -> Change:
        """Puts the views of a kind in this order."""
        known = {view.id: view for view in self.list(kind)}
        with self._store.action("order_views", kind) as action:
            for position, number in enumerate(numbers, start=1):
                self._store.views.write(number, stored(replace(known[number], position=position)))
        return action.change

    def find(self, kind: str, name: str) -> View:
        """A saved view by its name; UserError if there is none."""
        saved = self.list(kind)[1:]
        wanted = fold(name.strip())
        for view in saved:
            if fold(view.name) == wanted:
                return view
        names = ", ".join(view.name for view in saved) or "none yet"
        raise UserError(f"There is no view “{name}” of {self._store.catalogue.kind(kind).plural}; there are: {names}.")

    # What was changed of a view and not saved is a note that the base keeps: no action, and nothing to undo.

    def drafts(self, kind: str) -> dict[int, View]:
        """The views of a kind that were changed and not saved, by their number, as they were shown last."""
        notes = ((key, note) for key, note in _kept(self._store).items() if note["kind"] == kind)
        found = (_from_draft(key, _as_named(self._store, note)) for key, note in notes)
        return {view.id: view for view in found}

    def keep_drafts(self, kind: str, drafts: Iterable[View]) -> None:
        """Keeps these drafts of a kind in the place of those there were."""
        others = {key: note for key, note in _kept(self._store).items() if note["kind"] != kind}
        held = _holding(self._store)
        # The view of everything has the number 0 in every kind.
        mine = {f"{kind}:{view.id}": {**stored(view), _HELD: held} for view in drafts}
        self._store.set_meta(_DRAFTS, json.dumps({**others, **mine}))


@dataclass(frozen=True, slots=True)
class _Renaming:
    """What an action called otherwise in a field: new names by the old ones, and back as far as that is clear."""

    action: int
    kind: str
    field: str
    names: dict[str, str]
    back: dict[str, str]

    def put(self, store: Store, wanted: Filter, names: Mapping[str, str]) -> Filter:
        """A filter with other names in it; records are asked for by name in links to them too."""

        def named(owner: str, of: Field) -> bool:
            return (owner, of.name) == (self.kind, self.field) or (self.field == "name" and of.target == self.kind)

        return renamed(store.catalogue, wanted, named, names)

    def holds(self, store: Store) -> bool:
        """Whether the action was not taken back, neither by undo nor later."""
        entry = store.journal.entry(self.action)
        return entry is None or (entry.state == "done" and not entry.reverted)


def follow(
    store: Store, action: int, field: tuple[str, str], names: Mapping[str, str], taken: Collection[str] = ()
) -> None:
    """Filters of views ask for values of a kind's field by the names that these have now; belongs inside an action.

    Drafts are not undone: they are read by the names that hold then. `taken` are names that mean another value too.
    """
    new = {old: name for old, name in names.items() if name and name != old}
    if not new:
        return
    back = {name: old for old, name in new.items() if name not in taken and list(new.values()).count(name) == 1}
    one = _Renaming(action, *field, new, back)
    for view in store.views.every(_read):
        if (wanted := one.put(store, view.filter, new)) != view.filter:
            store.views.write(view.id, stored(replace(view, filter=wanted)))
    store.set_meta(_RENAMINGS, json.dumps([asdict(each) for each in (*_renamings(store), one)]))


def follow_name(store: Store, action: int, kind: str, record: int, name: str) -> None:
    """The same for a record that gets another name: a status, a stage, whatever conditions ask for by name.

    To be called before that is written. Where another record goes by the old name too, conditions go on naming it.
    """
    [(_, before)] = store.lists.rows(kind, [record], ["name"])
    if store.lists.count(Filter(kind, is_("name", before))) == 1:
        follow(store, action, (kind, "name"), {before: name})


def _kept(store: Store) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(store.meta(_DRAFTS) or "{}")
    return found


def _renamings(store: Store) -> list[_Renaming]:
    return [_Renaming(**each) for each in json.loads(store.meta(_RENAMINGS) or "[]")]


def _holding(store: Store) -> list[int]:
    """The actions whose names hold now."""
    return [each.action for each in _renamings(store) if each.holds(store)]


def _as_named(store: Store, note: Mapping[str, Any]) -> dict[str, Any]:
    """A note by the names of now: those given since it was kept put in, those taken back since put out."""
    wanted = Filter.from_json(json.loads(note["filter"]))
    renamings, now, then = _renamings(store), _holding(store), note.get(_HELD, ())
    for each in reversed(renamings):
        if each.action in then and each.action not in now:
            wanted = each.put(store, wanted, each.back)
    for each in renamings:
        if each.action in now and each.action not in then:
            wanted = each.put(store, wanted, each.names)
    return {**note, "filter": json.dumps(wanted.to_json())}


def stored(view: View) -> dict[str, object]:
    """A view as storage keeps it."""
    return {
        "kind": view.kind, "name": view.name.strip(), "filter": json.dumps(view.filter.to_json()),
        "columns": json.dumps(dict.fromkeys(view.columns, 0) | dict(view.widths)),
        "sort": view.sort.field if view.sort else None, "descending": int(view.sort.descending) if view.sort else 0,
        "density": view.density, "position": view.position, "grouped": view.sort.group if view.sort else None,
    }  # fmt: skip


def _from_draft(key: str, values: Mapping[str, object]) -> View:
    number = int(key.rpartition(":")[2])
    return _read((number, *(values.get(name) for name in NAMES)))


def _read(row: tuple[object, ...]) -> View:
    number, kind, name, wanted, columns, sort, descending, density, position, grouped = row
    order = Sort(str(sort), bool(descending), str(grouped) if grouped else None) if sort else None
    widths: dict[str, int] = dict(json.loads(str(columns)))
    return View(
        int(str(number)), str(name), str(kind), Filter.from_json(json.loads(str(wanted))), tuple(widths), order,
        str(density), int(str(position)), tuple((column, width) for column, width in widths.items() if width),
    )  # fmt: skip
