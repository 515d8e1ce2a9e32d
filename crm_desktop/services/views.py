"""Saved views: a list as somebody wants to see it, kept in the base and undone like everything else."""

import json
from dataclasses import dataclass, replace

from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.errors import UserError
from crm_desktop.storage.store import Store


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
        """Keeps a view: a new one where its id is 0."""
        if not view.name.strip():
            raise UserError("A view needs a name.")
        with self._store.action("save_view", view.kind, view.name) as action:
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


def stored(view: View) -> dict[str, object]:
    """A view as storage keeps it."""
    return {
        "kind": view.kind, "name": view.name.strip(), "filter": json.dumps(view.filter.to_json()),
        "columns": json.dumps(dict.fromkeys(view.columns, 0) | dict(view.widths)),
        "sort": view.sort.field if view.sort else None, "descending": int(view.sort.descending) if view.sort else 0,
        "density": view.density, "position": view.position,
    }  # fmt: skip


def _read(row: tuple[object, ...]) -> View:
    number, kind, name, wanted, columns, sort, descending, density, position = row
    order = Sort(str(sort), bool(descending)) if sort else None
    widths: dict[str, int] = dict(json.loads(str(columns)))
    return View(
        int(str(number)), str(name), str(kind), Filter.from_json(json.loads(str(wanted))), tuple(widths), order,
        str(density), int(str(position)), tuple((column, width) for column, width in widths.items() if width),
    )  # fmt: skip
