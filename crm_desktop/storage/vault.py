"""The vault: the random data key of an encrypted base, under the passphrase and, where there is one, in the system.

The vault is a small database encrypted with AEGIS, its key derived from the passphrase by Argon2id (3 passes, 64 MB).
The base itself opens with the data key at once, so that a connection costs nothing and a new passphrase rewrites only
the vault.
"""

import contextlib
import hashlib
import os
import unicodedata
from pathlib import Path
from typing import Any

import apsw

from crm_desktop.errors import PassphraseNeeded, UserError, WrongPassphrase, explaining
from crm_desktop.storage.database import translated

KEY_BYTES = 32
_PASSES, _MEMORY_KB = 3, 65536
_SERVICE = "CRM Desktop"


def new_key() -> str:
    """A random data key, as hex digits."""
    return os.urandom(KEY_BYTES).hex()


def lock(vault: Path, passphrase: str, key: str) -> None:
    """Writes the vault with the key under the passphrase, whole or not at all."""
    if not passphrase:
        raise UserError("The passphrase is empty; choose one that only you know.")
    new = vault.with_name(f"{vault.name}.new")
    new.unlink(missing_ok=True)
    with translated(vault), contextlib.closing(_opened(new, passphrase, create=True)) as connection:
        connection.execute("CREATE TABLE vault (key TEXT NOT NULL)")
        connection.execute("INSERT INTO vault VALUES (?)", (key,))
    with explaining(vault):
        new.replace(vault)
    _remember(vault, key)


def unlock(vault: Path, passphrase: str | None) -> str:
    """The data key; without a passphrase the system's own vault is asked. PassphraseNeeded or WrongPassphrase."""
    if passphrase is None:
        found = _remembered(vault)
        if found is None:
            raise PassphraseNeeded("This base is encrypted. Give its passphrase to open it.")
        return found
    if not passphrase:
        raise WrongPassphrase
    with translated(vault), contextlib.closing(_opened(vault, passphrase)) as connection:
        key = str(connection.execute("SELECT key FROM vault").get)
    _remember(vault, key)
    return key


def forget(vault: Path) -> None:
    """Removes the vault and what the system remembers of it."""
    keyring = _keyring()
    if keyring is not None:
        with contextlib.suppress(keyring.errors.KeyringError):
            keyring.delete_password(_SERVICE, _entry(vault))
    vault.unlink(missing_ok=True)


def _opened(path: Path, passphrase: str, *, create: bool = False) -> apsw.Connection:
    more = apsw.SQLITE_OPEN_CREATE if create else 0
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE | more)
    try:
        connection.pragma("cipher", "aegis")
        connection.pragma("tcost", _PASSES)
        connection.pragma("mcost", _MEMORY_KB)
        # One spelling for each passphrase, whichever system it is typed on; hex, so that no spelling has a meaning.
        connection.pragma("hexkey", unicodedata.normalize("NFC", passphrase).encode().hex())
        connection.pragma("user_version")
    except apsw.NotADBError as error:
        connection.close()
        raise WrongPassphrase from error
    except BaseException:
        connection.close()
        raise
    return connection


def _remember(vault: Path, key: str) -> None:
    """Puts the key into the system's vault, with a mark of the file that it belongs to."""
    keyring = _keyring()
    if keyring is not None:
        with contextlib.suppress(keyring.errors.KeyringError):
            keyring.set_password(_SERVICE, _entry(vault), f"{_mark(vault)}:{key}")


def _remembered(vault: Path) -> str | None:
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        kept = keyring.get_password(_SERVICE, _entry(vault)) or ""
    except keyring.errors.KeyringError:
        return None
    mark, _, key = kept.partition(":")
    return key if mark == _mark(vault) and key else None


def _entry(vault: Path) -> str:
    return str(vault.resolve())


def _mark(vault: Path) -> str:
    with explaining(vault):
        return hashlib.sha256(vault.read_bytes()).hexdigest()


def _keyring() -> Any:
    """The system's vault; None where there is none, as without a desktop."""
    # Imported here: a plain base never needs it, and looking for a vault takes a while.
    import keyring
    from keyring.backends import fail

    return None if isinstance(keyring.get_keyring(), fail.Keyring) else keyring
