"""Keeping data safe: backups, going back to one, checks, encryption."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crm_desktop.domain.clock import stamp
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import EnvironmentProblem, Trouble, UserError
from crm_desktop.paths import DataDir
from crm_desktop.services.progress import Progress
from crm_desktop.storage import backups, check, device, encryption, vault
from crm_desktop.storage.backups import Backup
from crm_desktop.storage.bin import KINDS
from crm_desktop.storage.store import Store

__all__ = ["Backup", "CheckResult", "Restored", "Safety", "backups_of", "rescue"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What going back to a backup did or would do: how many records there are now and were then, by kind.

    What is too damaged to be read counts as none. `saved` is the backup made of what was there before, or the damaged
    file itself; none in a dry run.
    """

    path: Path
    now: dict[str, int]
    then: dict[str, int]
    saved: Path | None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, as sentences, and whether it was mended."""

    sound: bool
    problems: tuple[str, ...]
    repaired: bool = False


class Safety:
    """What keeps the base and its copies safe."""

    def __init__(self, store: Store, data: DataDir) -> None:
        self._store = store
        self._data = data

    @property
    def encrypted(self) -> bool:
        """Whether the base is encrypted."""
        return self._store.database.key is not None

    def backup(self, out: Path | None = None, progress: Progress | None = None) -> Path:
        """Copies the base into the backups, where older ones are thinned, or to a file; answers where it is."""
        target = out or backups.name_for(self._store, self._data.backups)
        step = (lambda done, pages: progress.report(done, pages)) if progress else None
        made = backups.make(self._store, self._data.vault, target, step)
        if out is None:
            # Even after the clock was set back, the copy just made is not one of the old ones.
            backups.remove(one for one in backups.superfluous(self.backups()) if one.path != made.path)
        return made.path

    def daily(self, progress: Progress | None = None) -> Path | None:
        """A backup, unless the last one is younger than a day or nothing was written since; answers where it is."""
        written = self._store.journal.entries(1)
        made = self.backups()
        last = stamp(made[0].at) if made else ""
        fresh = bool(made) and self._store.clock.now() - made[0].at < timedelta(days=1)
        if fresh or not written or written[0].at <= last:
            return None
        return self.backup(progress=progress)

    def backups(self) -> list[Backup]:
        """The backups there are, the newest first."""
        return backups_of(self._data)

    def restore_backup(self, path: Path, dry_run: bool = False, *, passphrase: str | None = None) -> Restored:
        """Goes back to a backup; what is there now is backed up first. A dry run only says what would be.

        `passphrase` is that of the backup, where it is not the present one.
        """
        key = backups.key_of(path, self._store.database.key, passphrase)
        with backups.prepared(path, key, self._store) as copy:
            now, then = self._counts(self._store), self._counts_of(copy)
            if dry_run:
                return Restored(path, now, then, None)
            saved = self._set_aside()
            backups.put_in_place(copy, self._store)
        # Records written since the backup may live on elsewhere, so their ids are never given again.
        device.renumber(self._store)
        self._store.set_meta("installation", device.installation(self._data.device))
        return Restored(path, now, then, saved)

    def check(self, repair: bool = False, progress: Progress | None = None) -> CheckResult:
        """Looks whether everything is sound; `repair` makes anew what is derived, which harms nothing of yours."""
        step = (lambda done, kinds: progress.report(done, kinds)) if progress else None
        found = check.look(self._store, step)
        problems = _sentences(found)
        if not repair or found.faults:
            return CheckResult(found.sound, problems)
        self._store.rebuild()
        left = check.look(self._store, step)
        return CheckResult(left.sound, problems, repaired=bool(problems) and left.sound)

    def encrypt(self, passphrase: str) -> None:
        """Encrypts the base under a passphrase, after a backup, and all its copies.

        The key is safe in the vault before the first page is written, and the base comes last: cut short, what is left
        plain is encrypted by the next attempt. EnvironmentProblem names copies that resist.
        """
        if self.encrypted:
            raise UserError("This base is encrypted already.")
        self.backup()
        data, key = self._data, vault.new_key()
        vault.lock(data.vault, passphrase, key)
        data.begun_import.unlink(missing_ok=True)  # it holds texts of what comes in
        left = backups.encrypt(data.backups, data.database, data.vault, key)
        encryption.rekey(self._store, key)
        if left:
            names = ", ".join(f"“{name}”" for name in left)
            raise EnvironmentProblem(f"Your base is encrypted, but {names} beside it is not encrypted; delete it.")

    def decrypt(self, passphrase: str) -> None:
        """Makes the base a plain file again, after a backup."""
        if not self.encrypted:
            raise UserError("This base is not encrypted.")
        self.backup()
        encryption.decrypt(self._store, self._data.vault, passphrase)

    def _counts_of(self, path: Path) -> dict[str, int]:
        then = Store.open(path, key=self._store.database.key, clock=self._store.clock)
        try:
            return self._counts(then)
        finally:
            then.close()

    def _counts(self, store: Store) -> dict[str, int]:
        counts = dict.fromkeys(KINDS, 0)
        for kind in KINDS:
            with _bearing_damage():
                counts[kind] = store.lists.count(Filter(kind))
        return counts

    def _set_aside(self) -> Path:
        """Keeps what is there now: as a backup, or where that is too damaged as the file it is."""
        with _bearing_damage():
            return self.backup()
        return backups.keep_damaged(self._store)


@contextmanager
def _bearing_damage() -> Iterator[None]:
    """Goes on where the base is damaged: a backup is the way out of that."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.trouble is not Trouble.DAMAGED:
            raise


def backups_of(data: DataDir) -> list[Backup]:
    """The backups there are, the newest first, whether or not the base can be opened."""
    return backups.listed(data.backups, data.database)


def rescue(data: DataDir, path: Path, passphrase: str | None = None) -> Path:
    """Puts a sound backup in the place of a base that cannot be opened any more; answers where that one was kept.

    `passphrase` is that of the backup, where it is encrypted and the system does not know its key.
    """
    if not path.is_file():
        raise EnvironmentProblem(f"“{path.name}” was not found. Nothing was changed.", Trouble.MISSING)
    known = None
    if data.vault.exists():
        # A backup older than the present key has its own vault beside it.
        with contextlib.suppress(UserError):
            known = vault.unlock(data.vault, passphrase)
    return backups.replace_damaged(data.database, data.vault, path, backups.key_of(path, known, passphrase))


def _sentences(found: check.Findings) -> tuple[str, ...]:
    faults = [f"The file is damaged: {fault}. Restore the last backup." for fault in found.faults]
    broken = [f"{table} {record} names a record that is not there." for table, record in found.broken]
    stale = [f"{number} rows of {name} are not as they should be." for name, number in found.stale.items()]
    return (*faults, *broken, *stale)
