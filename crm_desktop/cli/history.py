"""Commands over the journal: history, undo, redo."""

import argparse
from typing import Any

from crm_desktop.cli.arguments import record
from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.services.history_words import Words


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("history", _history, "what was done, the newest first")
    made.add_argument("--record", metavar="KIND:ID", help="of one record, field by field")
    made.add_argument("--limit", type=int, default=100)
    made = command("undo", _undo, "take back the last action, or the fields that one still holds")
    made.add_argument("action", nargs="?", type=int, metavar="ACTION")
    command("redo", _redo, "do again what was last taken back")


def _history(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    about = record(services, options.record) if options.record else None
    rows: list[dict[str, Any]] = []
    for entry in services.history.entries(options.limit, record=about):
        rows.append({
            "action": entry.action, "at": entry.at, "verb": entry.verb, "kind": entry.kind,
            "subject": entry.subject, "count": entry.count, "state": entry.state,
        })  # fmt: skip
    if about is None:
        return {"rows": rows}
    words = Words(services.catalogue, services.labels)
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
        return changed(services.history.undo(), undone=True)
    reverted = services.history.revert(options.action)
    conflicts = [
        {"record": f"{c.kind}:{c.id}", "field": c.field, "now": c.now, "wanted": c.wanted} for c in reverted.conflicts
    ]
    return changed(reverted.change, undone=True, conflicts=conflicts)


def _redo(session: Session, _options: argparse.Namespace) -> dict[str, Any]:
    return changed(session.writer().history.redo(), undone=False)
