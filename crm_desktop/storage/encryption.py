"""Encryption of an existing base: SQLite rewrites every page under another key, in one step that survives a kill."""

import contextlib
from pathlib import Path

from crm_desktop.errors import EnvironmentProblem, Trouble, explaining
from crm_desktop.storage import vault as vaults
from crm_desktop.storage.database import open_connection, translated
from crm_desktop.storage.store import Store

_PLAIN = b"SQLite format 3\0"


def is_encrypted(path: Path) -> bool:
    """Whether a file holds something that is no plain database."""
    return _head(path) not in (b"", _PLAIN)


def is_plain(path: Path) -> bool:
    """Whether a file is a database that anybody can read."""
    return _head(path) == _PLAIN


def _head(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with explaining(path), path.open("rb") as file:
        return file.read(len(_PLAIN))


def data_key(database: Path, vault: Path, passphrase: str | None) -> str | None:
    """The key that opens a base, None for a plain one.

    A plain base beside a vault is one whose encryption was cut short; it opens as it is.
    """
    if database.exists() and not is_encrypted(database):
        return None
    if vault.exists():
        return vaults.unlock(vault, passphrase)
    if database.exists():
        raise EnvironmentProblem(
            f"“{database.name}” is not a base of CRM Desktop, or “{vault.name}” with its key is missing beside it."
            " Nothing was changed.",
            Trouble.DAMAGED,
        )
    return None


def decrypt(store: Store, vault: Path, passphrase: str) -> None:
    """Makes the open base a plain file; WrongPassphrase if it is not the one of its vault."""
    vaults.unlock(vault, passphrase)
    rekey(store, None)
    vaults.forget(vault)


def rekey(store: Store, key: str | None) -> None:
    """Rewrites the file under another key, or plain. Killed at any moment it is whole, under one key or the other."""
    with store.alone():
        rekey_file(store.path, store.database.key, key)
        store.database.key = key


def rekey_file(path: Path, old: str | None, new: str | None) -> None:
    """The same for a file that nobody has open."""
    with translated(path), contextlib.closing(open_connection(path, old)) as connection:
        connection.set_busy_timeout(5000)
        # Rewriting does not work on a file in WAL mode.
        connection.pragma("journal_mode", "delete")
        connection.pragma("rekey", f"raw:{new}" if new else "")
        connection.pragma("journal_mode", "wal")
