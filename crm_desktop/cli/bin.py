"""The command over the bin."""

import argparse
from typing import Any

from crm_desktop.cli.arguments import count
from crm_desktop.cli.session import Session


def add(command: Any) -> None:
    """Adds the command of this group."""
    made = command("bin", _bin, "what was deleted, the last first; restore KIND:ID brings it back")
    made.add_argument("text", nargs="*", metavar="TEXT", help="words of its name")
    made.add_argument("--kind", help="of one kind")
    made.add_argument("--limit", type=count, default=100)


def _bin(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader()
    rows = [
        {"record": f"{e.kind}:{e.id}", "name": e.name, "deleted_at": e.deleted_at, "verb": e.verb or None,
         "action": e.action, "merged_into": f"{e.kind}:{e.merged_into.id}" if e.merged_into else None}
        for e in services.bin.entries(" ".join(options.text), options.kind, options.limit)
    ]  # fmt: skip
    return {"rows": rows}
