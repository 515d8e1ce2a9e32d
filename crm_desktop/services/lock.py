"""One writer at a time: the window for as long as it is open, a command of the command line while it writes.

The system lets go of the lock when a process ends, however it ends; what the file then still says is that it was not
closed in peace.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from crm_desktop.errors import EnvironmentProblem, Trouble, explaining
from crm_desktop.paths import DataDir

_OPEN = b"open"


class Writer(NamedTuple):
    """Who may write. `unclean`: the last writer was cut short, so the base deserves a check."""

    unclean: bool


@contextmanager
def writing(data: DataDir) -> Iterator[Writer]:
    """Holds the right to write to a data folder; EnvironmentProblem while another process has it."""
    data.create()
    with explaining(data.root):
        file = data.lock.open("a+b")
    with file:
        if not _take(file):
            raise EnvironmentProblem(
                "CRM Desktop is open with this data already. Nothing was changed; close it there, or write there.",
                Trouble.LOCKED,
            )
        try:
            with explaining(data.root):
                file.seek(1)
                unclean = file.read() == _OPEN
                _note(file, _OPEN)
            yield Writer(unclean)
            with explaining(data.root):
                _note(file, b"")
        finally:
            _release(file)


def is_held(data: DataDir) -> bool:
    """Whether another process writes to a data folder, as far as the system says."""
    try:
        with data.lock.open("r+b") as file:
            if not _take(file):
                return True
            _release(file)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _note(file: IO[bytes], word: bytes) -> None:
    """Writes behind the first byte, which is the one that is locked."""
    file.truncate(0)
    file.write(b" " + word)
    file.flush()
    os.fsync(file.fileno())


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
