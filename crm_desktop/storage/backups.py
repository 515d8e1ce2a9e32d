"""Backups: whole copies of the base under the same key, each with a copy of the vault that opens it."""

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import apsw

from crm_desktop.errors import EnvironmentProblem, Trouble, UserError, explaining
from crm_desktop.storage import migrations
from crm_desktop.storage import vault as vaults
from crm_desktop.storage.check import integrity
from crm_desktop.storage.database import backup, open_connection, translated
from crm_desktop.storage.encryption import is_encrypted, is_plain, rekey_file
from crm_desktop.storage.store import Store

Step = Callable[[int, int], None]
DAYS, WEEKS, MONTHS = 7, 5, 12


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the base: when it was made and how many bytes it has.

    `schema` is the older one of a copy that was kept before an update of the program changed the base.
    """

    path: Path
    at: datetime
    size: int
    schema: int | None = None

    @property
    def vault(self) -> Path:
        """The copy of the vault that opens it, where it is encrypted."""
        return _vault_of(self.path)


def _vault_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.vault")


def make(store: Store, vault: Path, target: Path, step: Step | None = None) -> Backup:
    """Copies the open base to a file, which appears there only when it is whole and sound."""
    if target.exists():
        raise UserError(f"“{target.name}” is there already; choose another name.")
    part = target.with_name(f"{target.name}.part")
    try:
        with explaining(target):
            part.write_bytes(b"")  # what forbids it is said of the file the user chose
        with store.apart() as source:
            _copy(source, part, store.database.key, step)
        if integrity(part, store.database.key):
            raise EnvironmentProblem(
                f"“{store.path.name}” is damaged, so no backup was made; go back to the last one.",
                Trouble.DAMAGED,
            )
        with explaining(target):
            part.replace(target)
            made = Backup(target, store.clock.now(), target.stat().st_size)
            if store.database.key is not None:
                shutil.copyfile(vault, made.vault)
    finally:
        part.unlink(missing_ok=True)
    return made


def name_for(store: Store, folder: Path) -> Path:
    """A free name in a folder that says when the backup was made (UTC)."""
    with explaining(folder):
        folder.mkdir(parents=True, exist_ok=True)
    stem = f"{store.path.stem}-{store.clock.now().strftime(migrations.STAMP)}"
    names = (folder / f"{stem}{f'-{n}' if n else ''}{store.path.suffix}" for n in count())
    return next(path for path in names if not path.exists())


def listed(folder: Path, base: Path) -> list[Backup]:
    """The backups of a base in a folder, the newest first."""
    found = []
    for path in folder.glob(f"{base.stem}-*{base.suffix}"):
        with contextlib.suppress(ValueError, FileNotFoundError):
            found.append(_listed(path, path.stem.removeprefix(f"{base.stem}-").split("-")))
    # Of several in one second the later have a number behind it; that before an update was the first.
    return sorted(found, key=lambda one: (one.at, one.schema is None, len(one.path.name), one.path.name), reverse=True)


def _listed(path: Path, parts: Sequence[str]) -> Backup:
    at = datetime.strptime("-".join(parts[:2]), migrations.STAMP).replace(tzinfo=UTC)
    schema = int(parts[3]) if parts[2:3] == ["schema"] else None
    return Backup(path, at, path.stat().st_size, schema)


def superfluous(backups: Sequence[Backup]) -> list[Backup]:
    """Those to let go: of older ones the newest of each day, week and month is enough.

    Kept are the newest of each of the last 7 days that have one, of 5 weeks and of 12 months, all of the last day, and
    what was there before the last update.
    """
    newest_first = sorted(backups, key=lambda one: one.at, reverse=True)
    kept = {one.path for one in newest_first if one.at.date() == newest_first[0].at.date()}
    kept.update([one.path for one in newest_first if one.schema is not None][:1])
    for most, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        newest: dict[str, Path] = {}
        for one in newest_first:
            newest.setdefault(one.at.strftime(period), one.path)
        kept |= set(list(newest.values())[:most])
    return [one for one in newest_first if one.path not in kept]


def remove(backups: Iterable[Backup]) -> None:
    """Deletes backups with their vaults."""
    for one in backups:
        with explaining(one.path):
            one.path.unlink(missing_ok=True)
            one.vault.unlink(missing_ok=True)


def encrypt(folder: Path, base: Path, vault: Path, key: str) -> list[str]:
    """Encrypts the plain copies of a base under a key, with a copy of its vault; answers the names of what resists.

    Copies are its backups, what was kept of it before its schema grew, and damaged ones that were put aside.
    """
    left = []
    for path in (*folder.glob(f"{base.stem}*"), *base.parent.glob(f"{base.stem}-*{base.suffix}")):
        if not is_plain(path):
            continue
        try:
            with explaining(path):
                shutil.copyfile(vault, _vault_of(path))
            rekey_file(path, None, key)
            with translated(path), contextlib.closing(open_connection(path, key)) as connection:
                connection.pragma("journal_mode", "delete")
        except EnvironmentProblem:
            left.append(path.name)
    return left


def key_of(path: Path, known: str | None, passphrase: str | None) -> str | None:
    """The key of a backup: the present one, or that of the vault beside it; None where it is plain."""
    with explaining(path):
        if not path.is_file():
            raise FileNotFoundError(2, "no such file", str(path))
    if not is_encrypted(path):
        return None
    if known is not None:
        with contextlib.suppress(EnvironmentProblem), contextlib.closing(_opened(path, known)):
            return known
    beside = _vault_of(path)
    if not beside.exists():
        raise EnvironmentProblem(
            f"“{path.name}” is not a backup of CRM Desktop, or “{beside.name}” with its key is not beside it."
            " Nothing was changed."
        )
    return vaults.unlock(beside, passphrase)


@contextmanager
def prepared(path: Path, key: str | None, store: Store) -> Iterator[Path]:
    """A copy of a backup as it would be put in place: under the present key, of the present schema, found sound."""
    copy = store.path.with_name(f"{store.path.name}.restoring")
    try:
        copy.unlink(missing_ok=True)
        with contextlib.closing(_opened(path, key)) as source:
            _copy(source, copy, key)
        _refuse_damaged(copy, key, path.name)
        if key != store.database.key:
            rekey_file(copy, key, store.database.key)
        migrations.bring_up(copy, store.database.key, store.clock, keep=False)
        yield copy
    finally:
        for end in ("", "-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def put_in_place(copy: Path, store: Store) -> None:
    """Writes a prepared copy over the open base, in one transaction: whole or not at all."""
    with (
        store.alone(),
        contextlib.closing(open_connection(copy, store.database.key)) as source,
        contextlib.closing(open_connection(store.path, store.database.key)) as target,
    ):
        target.set_busy_timeout(5000)
        target.pragma("synchronous", "full")
        backup(source, target)


def _opened(path: Path, key: str | None) -> apsw.Connection:
    return open_connection(path, key, apsw.SQLITE_OPEN_READONLY)


def _copy(source: apsw.Connection, path: Path, key: str | None, step: Step | None = None) -> None:
    with translated(path), contextlib.closing(open_connection(path, key)) as target:
        backup(source, target, step)
        # A copy of one file only, that can be read where nothing can be written.
        target.pragma("journal_mode", "delete")


def replace_damaged(base: Path, vault: Path, path: Path, key: str | None) -> Path:
    """Puts a backup that is sound, with its vault, in the place of a damaged base; answers where that is kept."""
    _refuse_damaged(path, key, path.name)
    with translated(path), contextlib.closing(_opened(path, key)) as source:
        migrations.refuse_foreign(source, path)
    kept = _name_for_damaged(base)
    beside = _vault_of(path)
    new = base.with_name(f"{base.name}.new")
    with explaining(base):
        shutil.copyfile(path, new)
        for end in ("", "-wal", "-shm"):
            old = base.with_name(base.name + end)
            if old.exists():
                old.replace(kept.with_name(kept.name + end))
        if beside.exists():
            shutil.copyfile(beside, vault)
        new.replace(base)
    return kept


def keep_damaged(store: Store) -> Path:
    """Copies the open base as it is, damage and all; answers where to."""
    kept = _name_for_damaged(store.path)
    with store.alone(), explaining(kept):
        for end in ("", "-wal"):
            file = store.path.with_name(store.path.name + end)
            if file.exists():
                shutil.copyfile(file, kept.with_name(kept.name + end))
    return kept


def _name_for_damaged(base: Path) -> Path:
    names = (base.with_name(f"{base.stem}-damaged-{n}{base.suffix}") for n in count(1))
    return next(path for path in names if not path.exists())


def _refuse_damaged(path: Path, key: str | None, name: str) -> None:
    if integrity(path, key):
        raise EnvironmentProblem(f"“{name}” is damaged. Nothing was changed; choose an older backup.", Trouble.DAMAGED)
