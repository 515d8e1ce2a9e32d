"""Commands over the journal: history, undo, redo."""

import argparse
from typing import Any

from crm_desktop.cli.arguments import count, record
from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.domain.change import Change
from crm_desktop.errors import UserError
from crm_desktop.services.deed_words import Deed, describe
from crm_desktop.services.history_words import Words
from crm_desktop.services.labels import Labels


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("history", _history, "what was done, the newest first")
    made.add_argument("--record", metavar="KIND:ID", help="of one record, field by field")
    made.add_argument("--limit", type=count, default=100)
    made = command("undo", _undo, "take back the last action, or the fields that one still holds")
    made.add_argument("action", nargs="?", type=count, metavar="ACTION")
    made.add_argument("--anyway", action="store_true", help="although later records name some that go to the bin")
    command("redo", _redo, "do again what was last taken back")


def _history(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    about = record(services, options.record) if options.record else None
    rows: list[dict[str, Any]] = []
    for entry in services.history.entries(options.limit, record=about):
        codes = {"verb": entry.verb, "kind": entry.kind, "subject": entry.subject, "count": entry.count}
        state = {"state": entry.state if options.json else "undone" if entry.undone else ""}
        told = {"what": describe(entry.deed, Labels().kind)}
        rows.append({
            "action": entry.action, "at": entry.at, **(codes | told | state if options.json else state | told),
        })  # fmt: skip
    if about is None:
        return {"rows": rows}
    if not rows:
        services.records.show(*about)  # says so where there is no such record
    words = Words(services.catalogue, services.labels, day=services.clock.day)
    fields = [
        {"action": c.action, "at": c.at, "field": c.field, "of": c.of or None, "old": c.old, "new": c.new,
         "words": words.line(about[0], c)}
        for c in services.history.words(*about)
    ]  # fmt: skip
    if not options.json:
        fields = [{"action": f["action"], "at": f["at"], "what": f["words"]} for f in fields]
    return {"rows": rows, "fields": fields}


def _undo(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer()
    following = services.history.peek_undo()
    if options.action is None or (following is not None and following.action == options.action):
        return _undone(services.history.undo())
    used = {} if options.anyway else services.history.used(options.action)
    if used:
        kind_of = Labels().kind
        listed = ", ".join(f"{count:,} {kind_of(kind, plural=count != 1).lower()}" for kind, count in used.items())
        raise UserError(f"Later work uses what it made: {listed}. Nothing was changed; with --anyway it is undone.")
    reverted = services.history.revert(options.action)
    conflicts = [
        {"record": f"{c.kind}:{c.id}", "field": c.field, "now": c.now, "wanted": c.wanted} for c in reverted.conflicts
    ]
    return _undone(reverted.change, conflicts=conflicts)


def _redo(session: Session, _options: argparse.Namespace) -> dict[str, Any]:
    change = session.writer().history.redo()
    return changed(change, what=describe(Deed.of(change).redone, Labels().kind), undone=False)


def _undone(change: Change, **more: Any) -> dict[str, Any]:
    deed = Deed.of(change)
    what = describe(deed.undone if change.undone else deed, Labels().kind)
    return changed(change, what=what, undone=True, **more)
