"""The inbox folder on the command line: cards and mails become leads."""

import argparse
from pathlib import Path
from typing import Any

from crm_desktop.cli.output import changed
from crm_desktop.cli.session import Session
from crm_desktop.errors import UserError
from crm_desktop.services.inbox import TABLES


def add(command: Any) -> None:
    """Adds the command."""
    made = command("inbox", _inbox, "make leads of business cards (vCard) and mails, each once; “import” reads tables")
    made.add_argument("paths", nargs="*", type=Path, metavar="PATH",
                      help="files, or folders of them; without one the inbox folder that is set")  # fmt: skip
    made.add_argument("--dry-run", action="store_true", help="only say which files wait")


def _inbox(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.reader() if options.dry_run else session.writer()
    paths = options.paths or ([Path(session.settings.inbox_folder)] if session.settings.inbox_folder else [])
    if not paths:
        raise UserError("No inbox folder is set. Name a folder or files, or set it in Settings under Inbox folder.")
    people: list[Path] = []
    tables: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UserError(f"There is no “{path}”.")
        if not path.is_dir():
            (tables if path.suffix.lower() in TABLES else people).append(path)
            continue
        waiting = services.inbox.waiting(path)
        if waiting.problem:
            raise UserError(waiting.problem)
        people += waiting.people
        tables += waiting.tables
    more = {"tables": [str(path) for path in tables]}
    if options.dry_run:
        return {"files": [str(path) for path in people], **more}
    taken = services.inbox.take(people)
    return changed(taken.change, leads=list(taken.leads), known=taken.known, refused=list(taken.refused), **more)
