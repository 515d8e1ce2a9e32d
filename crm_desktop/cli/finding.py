"""Commands that find: search through everything, and saved views."""

import argparse
from dataclasses import replace
from typing import Any

from crm_desktop.cli.arguments import add_filter, chosen, count
from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.domain.filter_names import unknown, usable
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.views import View


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("search", _search, "records of every kind by their words, phone numbers and notes")
    made.add_argument("words", nargs="+")
    made.add_argument("--kind", metavar="KIND")
    made.add_argument("--limit", type=count, default=20, help="records of each kind (20)")
    command("views", _views, "the saved views of a kind").add_argument("kind")
    made = command("save-view", _save, "save a view of a kind, or save it anew")
    made.add_argument("kind")
    made.add_argument("name")
    add_filter(made)
    add_order(made)
    made.add_argument("--fields", metavar="A,B", help="the columns, in order")
    for name, run, text in (
        ("rename-view", _rename, "call a view otherwise"),
        ("delete-view", _delete, "delete a view; undo brings it back"),
    ):  # fmt: skip
        made = command(name, run, text)
        made.add_argument("kind")
        made.add_argument("name")
        if run is _rename:
            made.add_argument("new_name", metavar="NEW")
    made = command("order-views", _order, "put the views of a kind in an order")
    made.add_argument("kind")
    made.add_argument("names", nargs="+", metavar="NAME", help="those not named follow as they stand")


def add_order(made: Any) -> None:
    """Adds the options that say in which order records are listed."""
    made.add_argument("--sort", metavar="FIELD[:desc]")
    made.add_argument("--group", metavar="FIELD", help="records with the same value of it together")


def order(options: argparse.Namespace) -> Sort | None:
    """The order that is asked for: `FIELD` or `FIELD:desc`, within the groups where there are such."""
    if not options.sort:
        return Sort(options.group, group=options.group) if options.group else None
    name, _, way = options.sort.partition(":")
    if way.lower() not in ("", "asc", "desc"):
        raise UserError(f"“{options.sort}” is no order; write {name} or {name}:desc.")
    return Sort(name, way.lower() == "desc", options.group)


def shown(services: Services, kind: str, name: str, text: str | None) -> tuple[Filter, Sort | None]:
    """What a view shows, narrowed by a filter; conditions on fields that are gone find nothing out."""
    view = services.views.find(kind, name)
    wanted = usable(services.catalogue, view.filter) & chosen(services, kind, text)
    known = services.catalogue.kind(kind).fields
    if view.sort is None or view.sort.field not in known:
        return wanted, None
    return wanted, view.sort if view.sort.group in known else replace(view.sort, group=None)


def _search(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    kinds = [services.catalogue.kind(options.kind).name] if options.kind else None
    hits = services.lists.search(" ".join(options.words), kinds, options.limit)
    about = services.lists.concerned(hits)
    rows = [
        {"kind": hit.kind, "id": hit.id, "title": services.labels.title(hit.kind, hit.title), "detail": hit.detail,
         "about": f"{whose.kind}:{whose.id}" if whose is not None else None}
        for hit, whose in zip(hits, about, strict=True)
    ]  # fmt: skip
    return {"rows": rows}


def _views(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    kind = services.catalogue.kind(options.kind).name
    return {"kind": kind, "rows": [_told(services, view) for view in services.views.list(kind)[1:]]}


def _told(services: Services, view: View) -> dict[str, Any]:
    works = usable(services.catalogue, view.filter)
    gone = [f"{kind}.{name}" for kind, name in unknown(services.catalogue, view.kind, view.filter.where)]
    sort = f"{view.sort.field}{':desc' if view.sort.descending else ''}" if view.sort else None
    return {
        "id": view.id, "name": view.name, "count": services.lists.count(works),
        "typed": services.lists.text(view.filter),
        "sort": sort, "group": view.sort.group if view.sort else None, "fields": ",".join(view.columns) or None,
        **({"gone": gone} if gone else {}),
        "filter": view.filter.to_json(),
    }  # fmt: skip


def _save(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind = services.catalogue.kind(options.kind).name
    fields = tuple(filter(None, (options.fields or "").split(",")))
    for name in fields:
        services.catalogue.field(kind, name)
    known = services.views.list(kind)
    made = View(0, options.name, kind, chosen(services, kind, options.filter), fields, order(options))
    same = next((view for view in known[1:] if view.name == options.name.strip()), None)
    place = same or replace(made, position=max(view.position for view in known) + 1)
    added = services.views.save(replace(made, id=place.id, position=place.position, density=place.density))
    return changed(added.change, id=added.id)


def _rename(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind = services.catalogue.kind(options.kind).name
    added = services.views.rename(services.views.find(kind, options.name), options.new_name)
    return changed(added.change, id=added.id)


def _delete(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind = services.catalogue.kind(options.kind).name
    return changed(services.views.delete(services.views.find(kind, options.name).id))


def _order(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind = services.catalogue.kind(options.kind).name
    named = [services.views.find(kind, name).id for name in options.names]
    others = [view.id for view in services.views.list(kind)[1:]]
    return changed(services.views.order(kind, list(dict.fromkeys([*named, *others]))))
