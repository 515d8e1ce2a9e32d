"""Commands that keep data safe: backup, check, encryption."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crm_desktop.cli.session import Session
from crm_desktop.errors import EnvironmentProblem, Trouble, UserError


def add(command: Any) -> None:
    """Adds the commands of this group."""
    made = command("backup", _backup, "copy the base, into the backups or to a file")
    made.add_argument("out", nargs="?", type=Path)
    command("backups", _backups, "the backups there are")
    made = command("restore-backup", _restore_backup, "go back to a backup; what is there now is backed up first")
    made.add_argument("file", type=Path)
    made.add_argument("--dry-run", action="store_true", help="only say what would be")
    made = command("check", _check, "look whether the base is sound and everything derived is true")
    made.add_argument("--repair", action="store_true", help="make anew what is derived")
    command("encrypt", _encrypt, "encrypt the base with the passphrase of --passphrase-file")
    command("decrypt", _decrypt, "make it a plain file again")


def _backup(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    return {"backup": str(session.reader().safety.backup(options.out))}


def _backups(session: Session, _options: argparse.Namespace) -> dict[str, Any]:
    found = session.reader().safety.backups()
    return {"rows": [{"path": str(b.path), "at": b.at, "bytes": b.size, "what": _what(b.schema)} for b in found]}


def _what(schema: int | None) -> str:
    return "backup" if schema is None else f"before the update from schema {schema}"


def _restore_backup(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    try:
        safety = session.writer().safety
    except EnvironmentProblem as problem:
        # A damaged base cannot be opened, and this is the way out; it is kept beside the backup that takes its place.
        if problem.trouble is not Trouble.DAMAGED or options.dry_run:
            raise
        from crm_desktop.services.safety import rescue

        return {"path": str(options.file), "damaged": str(rescue(session.data, options.file, session.passphrase()))}
    return asdict(safety.restore_backup(options.file, options.dry_run, passphrase=session.passphrase()))


def _check(session: Session, options: argparse.Namespace) -> dict[str, Any]:
    services = session.writer() if options.repair else session.reader()
    found = services.safety.check(repair=options.repair)
    if not found.sound:
        session.show(asdict(found))
        how = "go back to a backup by “restore-backup”" if options.repair else "“check --repair” mends what is derived"
        raise EnvironmentProblem(f"The base is not sound: {how}.", Trouble.DAMAGED)
    return asdict(found)


def _encrypt(session: Session, _options: argparse.Namespace) -> dict[str, Any]:
    session.writer().safety.encrypt(_passphrase(session))
    return {"encrypted": True}


def _decrypt(session: Session, _options: argparse.Namespace) -> dict[str, Any]:
    session.writer().safety.decrypt(_passphrase(session))
    return {"encrypted": False}


def _passphrase(session: Session) -> str:
    """From the file; asked for where a person sits at a terminal."""
    found = session.passphrase()
    if found is None and sys.stdin is not None and sys.stdin.isatty():
        import getpass

        found = getpass.getpass("Passphrase: ")
    if not found:
        raise UserError("This needs a passphrase; put it into a file and name it with --passphrase-file.")
    return found
