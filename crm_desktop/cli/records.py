"""Commands over records: list, show, add, set, delete, restore, move, demo."""

import argparse
from collections.abc import Sequence
from typing import Any

from crm_desktop.cli import portraits
from crm_desktop.cli.arguments import add_filter, change_by, chosen, count, day, pairs, record
from crm_desktop.cli.finding import add_order, order
from crm_desktop.cli.finding import shown as shown_by
from crm_desktop.cli.output import changed
from crm_desktop.cli.people import around
from crm_desktop.cli.session import Session
from crm_desktop.domain.catalogue import Use
from crm_desktop.domain.folding import fold
from crm_desktop.domain.terms import StageCategory
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from crm_desktop.services.bin import KINDS
from crm_desktop.services.lists import ListService
from crm_desktop.services.stages import Stage


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("demo", _demo, "fill an empty base with sample data relative to today")
    made.add_argument("--people", type=count, help="how many leads and people, for trying out large bases")
    made.add_argument("--remove", action="store_true", help="take the sample data out again")
    made.add_argument("--keep-changed", action="store_true", help="with --remove: but not what was changed since")
    made = command("list", _list, "records of a kind")
    made.add_argument("kind")
    add_filter(made)
    made.add_argument("--view", metavar="NAME", help="what a saved view shows, in its order")
    add_order(made)
    made.add_argument("--limit", type=count)
    made.add_argument("--count", action="store_true", help="only how many")
    made.add_argument("--as-of", metavar="DATE", help="as it was at the end of that day")
    made = command("show", _show, "one record with all its values and what belongs to it")
    made.add_argument("record", metavar="KIND:ID")
    alone = made.add_mutually_exclusive_group()
    alone.add_argument("--as-of", metavar="DATE", help="its own values at the end of that day")
    portraits.add(made, alone)
    made = command("add", _add, "a new record")
    made.add_argument("kind")
    made.add_argument("values", nargs="*", metavar="FIELD=VALUE")
    made.add_argument("--from-text", metavar="TEXT", help="for a lead: a signature or a line of text to read it from")
    made = command("set", _set, "set fields of a record, or of all that a filter means")
    made.add_argument("record", metavar="KIND:ID", help="with --filter the kind alone")
    made.add_argument("values", nargs="+", metavar="FIELD=VALUE",
                      help="or one FIELD+=VALUE: a tag more, or a date so much later (10d, 2w); FIELD-=VALUE back")
    _add_many(made)
    made = command("delete", _delete, "put a record in the bin, or all that a filter means")
    made.add_argument("record", metavar="KIND:ID", help="with --filter the kind alone")
    _add_many(made)
    made = command("restore", _restore, "take it out again, or put back what it held on a day")
    made.add_argument("record", metavar="KIND:ID")
    made.add_argument("--as-of", metavar="DATE", help="put back what its fields held at the end of that day")
    made.add_argument("--fields", nargs="+", default=[], metavar="FIELD", help="with --as-of only these")
    made = command("move", _move, "move a deal to a stage")
    made.add_argument("deal", metavar="DEAL")
    made.add_argument("stage", metavar="STAGE")
    made.add_argument("--reason", help="why it was lost")


def _add_many(made: Any) -> None:
    add_filter(made)
    made.add_argument("--dry-run", action="store_true", help="only how many records that would be")


def _demo(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    if options.remove:
        edited = {kind: len(ids) for kind, ids in services.demo.changed().items()}
        return changed(services.demo.remove(keep_changed=options.keep_changed), changed=edited)
    change = services.demo.fill(options.people)
    return changed(change, counts=services.base.counts())


def _list(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    then = day(options.as_of)
    if then is not None:
        with services.history.as_of(then) as lists:
            return _rows(services, lists, options)
    return _rows(services, services.lists, options)


def _rows(services: Services, lists: ListService, options: argparse.Namespace) -> dict[str, Any]:
    kind = services.catalogue.kind(options.kind)
    sort = None
    if options.view:
        wanted, sort = shown_by(services, kind.name, options.view, options.filter)
    else:
        wanted = chosen(services, kind.name, options.filter)
    count = lists.count(wanted)
    if options.count:
        return {"kind": kind.name, "count": count}
    sort = order(options) or sort
    ids = lists.ids(wanted, sort, options.limit)
    shown = options.json or not (columns := [f.name for f in kind.with_use(Use.COLUMN)])
    fields = list(kind.fields) if shown else columns
    rows = []
    for start in range(0, len(ids), 1000):
        for row in lists.rows(kind.name, ids[start : start + 1000], fields):
            rows.append({"id": row[0], **dict(zip(fields, row[1:], strict=True))})
    more: dict[str, Any] = {}
    if sort is not None and sort.group:
        more = {"groups": [{"value": value, "count": held} for value, held in lists.parts(wanted, sort.group)]}
    return {"kind": kind.name, "count": count, **more, "rows": rows}


def _show(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    kind, number = record(services, options.record)
    then = day(options.as_of)
    if then is not None:
        was = services.history.held_on(kind, number, then)
        if not was.there:
            raise UserError(f"This {kind} did not exist on {then} yet.")
        more = {"deleted": True} if was.deleted else {}
        return {"kind": kind, "id": number, **more, **was.then, "changed_since": list(was.changed)}
    found = services.records.show(kind, number)
    if options.timeline:
        return portraits.timeline(services, kind, number, options.type, options.limit)
    if options.portrait:
        return portraits.portrait(services, kind, number)
    more = {"deleted": True} if found.deleted else {}
    return {"kind": kind, "id": number, **more, **found.values, **around(services, kind, number)}


def _add(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind = services.catalogue.kind(options.kind).name
    values = pairs(options.values)
    if options.from_text is not None:
        if kind != "lead":
            raise UserError(f"Only leads are read from a text, not a {kind}.")
        people = [{**read, **values} for read in services.leads.read_all(options.from_text)]
        made = services.records.add_all(kind, people)
        return changed(made.change, kind=kind, id=made.id)
    if not values:
        raise UserError(f"Say what the {kind} is: give FIELD=VALUE.")
    made = services.records.add(kind, values)
    return changed(made.change, kind=kind, id=made.id)


def _set(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    kind, ids, more = _meant(services, options)
    if edit := change_by(options.values):
        if options.dry_run:
            return {**more, "changed": services.selections.preview(kind, ids, edit).changed}
        return changed(services.selections.apply(kind, ids, edit), **more)
    values = pairs(options.values)
    if options.dry_run:
        services.records.read(kind, values)
        return more
    return changed(services.records.set(kind, ids, values), **more)


def _meant(services: Services, options: argparse.Namespace) -> tuple[str, Sequence[int], dict[str, Any]]:
    """The records that a command is about, and what its answer says of them."""
    if options.filter is None:
        kind, number = record(services, options.record)
        return kind, [number], {"kind": kind, "id": number}
    if not options.filter.strip():  # as of a variable that was never set
        raise UserError("The filter is empty and would mean every record; say which ones.")
    kind = services.catalogue.kind(options.record).name
    ids = services.lists.ids(chosen(services, kind, options.filter))
    return kind, ids, {"kind": kind, "count": len(ids)}


def _delete(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    kind, ids, more = _meant(services, options)
    if options.dry_run:
        services.records.read(kind, {})  # refuses kinds that are not written
        return more
    return changed(services.records.delete(kind, ids), **more)


def _restore(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    kind, number = record(services, options.record)
    then = day(options.as_of)
    if then is None:
        if options.fields:
            raise UserError("Say of which day the fields are put back: --as-of DATE.")
        restore = services.bin.restore if kind in KINDS else services.records.restore
        return changed(restore(kind, [number]), kind=kind, id=number)
    was = services.history.held_on(kind, number, then)
    if not was.there:
        raise UserError(f"This {kind} did not exist on {then} yet.")
    wanted = options.fields or list(was.back)
    missing = [name for name in wanted if name not in was.back]
    if missing or not wanted:
        what = f"“{missing[0]}”" if missing else f"this {kind}"
        raise UserError(f"Of {what} nothing can be put back to {then}.")
    return changed(services.records.put_back(kind, number, was, wanted), kind=kind, id=number, fields=wanted)


def _move(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    _, number = record(services, options.deal, "deal")
    stage = _stage(services, number, options.stage)
    if stage.category is StageCategory.LOST:
        change = services.pipeline.lost(number, options.reason or "")
    elif stage.category is StageCategory.WON:
        change = services.pipeline.won(number)
    else:
        change = services.pipeline.move(number, stage.id)
    return changed(change, id=number, stage=stage.name)


def _stage(services: Services, deal: int, name: str) -> Stage:
    """A stage of the deal's pipeline by its name."""
    pipeline = services.records.show("deal", deal).values["pipeline"]
    stages = services.pipeline.stages(pipeline.id if pipeline else None)
    for stage in stages:
        if fold(stage.name) == fold(name) or str(stage.id) == name:
            return stage
    raise UserError(f"There is no stage “{name}”; there are {', '.join(s.name for s in stages)}.")
