"""Which installation writes: each gives ids of a range of its own, so that two copies of a base never give the same."""

import os
from pathlib import Path

from crm_desktop.errors import EnvironmentProblem, explaining
from crm_desktop.storage.store import Store

DEVICES = 8192
_SCOPES = ("record", "part")


def installation(file: Path) -> str:
    """The random name of this installation, made once."""
    with explaining(file):
        if not file.exists():
            file.write_text(os.urandom(16).hex(), "ascii")
        return file.read_text("ascii")


def settle(store: Store, installed: str) -> None:
    """Gives a base that comes from another installation a device number of its own."""
    known = store.meta("installation")
    if known == installed:
        return
    if known is not None:
        renumber(store)
    store.set_meta("installation", installed)


def renumber(store: Store) -> None:
    """Takes a device number that this base never used: what is written from now on has ids no other copy gives."""
    used = {int(row[0]) for row in store.database.execute_sql("SELECT device FROM counter").fetchall()}
    free = [number for number in range(1, DEVICES) if number not in used]
    if not free:
        raise EnvironmentProblem("This base was moved too often to count new records safely. Nothing was changed.")
    number = free[int.from_bytes(os.urandom(4), "big") % len(free)]
    with store.keeping():
        for scope in _SCOPES:
            store.database.execute_sql("INSERT INTO counter (device, scope, last) VALUES (?, ?, 0)", (number, scope))
        store.set_meta("device", str(number))
