"""One writer at a time: the window holds a lock on its data folder, a command line that writes holds it while it does.

The system frees the lock of a program that ended in any way, so a crash never leaves a folder locked.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from crm_desktop.errors import EnvironmentProblem, Trouble, explaining
from crm_desktop.paths import DataDir

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def hold(data: DataDir) -> IO[bytes]:
    """Takes the lock of a data folder until the answer is closed; EnvironmentProblem while another program has it."""
    with explaining(data.lock):
        file = data.lock.open("ab")
    try:
        file.seek(0, os.SEEK_SET)
        _take(file)
    except OSError as error:
        file.close()
        raise EnvironmentProblem(
            "CRM Desktop is open with this data. Nothing was changed; close it, or do this in its window.",
            Trouble.LOCKED,
        ) from error
    return file


@contextmanager
def writing(data: DataDir) -> Iterator[None]:
    """Holds the lock inside the block."""
    with hold(data):
        yield
