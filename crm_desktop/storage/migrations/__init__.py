"""Schema versions: one module per step in an explicit list, each in one exclusive transaction after a backup."""

from pathlib import Path

import apsw

from crm_desktop.domain.clock import Clock
from crm_desktop.errors import EnvironmentProblem, Trouble, explaining
from crm_desktop.storage.database import APPLICATION_ID, backup, open_connection, register_functions, translated

VERSION = 10
"""The schema that this program knows: as many steps as there are."""

STAMP = "%Y%m%d-%H%M%S"
"""How the name of a copy says when it was made (UTC)."""


def bring_up(path: Path, key: str | None, clock: Clock, *, keep: bool = True) -> None:
    """Makes a base or brings an older one up to date; a newer or foreign file is refused untouched.

    Of an older one a copy is kept, unless it is a copy itself.
    """
    if path.exists():
        _refuse_what_is_no_file(path)
        _bring_up(path, key, clock, keep)
        return
    # Made beside its place, so that a half-made file is never taken for a base.
    new = path.with_name(f"{path.name}.new")
    try:
        with explaining(path):
            new.unlink(missing_ok=True)
        _bring_up(new, key, clock, keep=False)
        with explaining(path):
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _bring_up(path: Path, key: str | None, clock: Clock, keep: bool) -> None:
    with translated(path):
        connection = open_connection(path, key)
        try:
            connection.set_busy_timeout(5000)
            version = int(connection.pragma("user_version"))
            refuse_foreign(connection, path)
            if version == VERSION:
                return
            if version and keep:
                _keep_copy(connection, path, key, f"{clock.now().strftime(STAMP)}-schema-{version}")
            register_functions(connection, clock)
            # Not in WAL mode before it is opened for work: a log left beside a new file would be lost with its name.
            _run(connection, version)
        finally:
            connection.close()


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise EnvironmentProblem(f"“{path.name}” is a folder, not a base. Nothing was changed; choose a file.")
    if path.stat().st_size == 0:
        raise EnvironmentProblem(
            f"“{path.name}” is empty and holds no base. It was left as it is; restore the last backup, or move the file"
            " away to begin anew.",
            Trouble.DAMAGED,
        )


def refuse_foreign(connection: apsw.Connection, path: Path) -> None:
    """Raises EnvironmentProblem for a file of another program or of a newer version of this one."""
    version = int(connection.pragma("user_version"))
    ours = int(connection.pragma("application_id")) == APPLICATION_ID
    if not ours and connection.execute("SELECT count(*) FROM sqlite_schema").get:
        raise EnvironmentProblem(f"“{path.name}” is a database of another program. Nothing was changed.")
    if version > VERSION:
        raise EnvironmentProblem(
            f"“{path.name}” was written by a newer CRM Desktop (schema {version}, this one knows {VERSION})."
            " Nothing was changed; install the newer program to open it.",
            Trouble.NEWER,
        )


def _run(connection: apsw.Connection, version: int) -> None:
    from crm_desktop.storage.migrations.steps import STEPS

    connection.execute("BEGIN EXCLUSIVE")
    try:
        for number, step in enumerate(STEPS[version:], start=version + 1):
            step(connection)
            connection.pragma("user_version", number)
        connection.pragma("application_id", APPLICATION_ID)
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keep_copy(connection: apsw.Connection, path: Path, key: str | None, name: str) -> None:
    """Before a step changes a file there is a copy of it among the backups."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    kept = folder / f"{path.stem}-{name}{path.suffix}"
    part = kept.with_name(f"{kept.name}.part")
    with explaining(kept):
        part.unlink(missing_ok=True)
    target = open_connection(part, key)
    try:
        backup(connection, target)
        target.pragma("journal_mode", "delete")
    finally:
        target.close()
    with explaining(kept):
        part.replace(kept)  # an older one may be under another key
