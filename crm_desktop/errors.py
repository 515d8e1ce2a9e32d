"""The families of errors. What the user can act on, what the environment did; every other exception is our bug.

A sentence says what happened, what is safe and what to do next. It is shown as it stands, so it
holds no code, no class name and no path the user did not choose.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path


class CrmError(Exception):
    """Anything we can explain in one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UserError(CrmError):
    """The user can mend it: a wrong value, an unknown name, a missing choice."""


class Trouble(StrEnum):
    """What the environment did."""

    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read-only"
    MISSING = "missing"
    DAMAGED = "damaged"
    NEWER = "newer"
    OTHER = "other"


class PassphraseNeeded(UserError):
    """The base is encrypted and this system does not know its key."""


class WrongPassphrase(UserError):
    """The passphrase does not open the vault."""

    def __init__(self) -> None:
        super().__init__("This is not the passphrase of the base. Nothing was changed; try again.")


class EnvironmentProblem(CrmError):
    """The disk, the file or the system failed us; nothing that was saved before is lost."""

    def __init__(self, sentence: str, trouble: Trouble = Trouble.OTHER) -> None:
        super().__init__(sentence)
        self.trouble = trouble


_WINDOWS_FILE_IN_USE = {32, 33}
_TROUBLES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EBUSY: Trouble.LOCKED,
    errno.EAGAIN: Trouble.LOCKED,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.ENOENT: Trouble.MISSING,
}
_SENTENCES = {
    Trouble.FULL: "There is no room left on the disk for “{name}”. Free some space and try again.",
    Trouble.LOCKED: "“{name}” is in use by another program. Close it there and try again.",
    Trouble.READ_ONLY: "“{name}” may not be opened or changed by this account. Choose another place.",
    Trouble.MISSING: "“{name}” was not found. Check the name and the folder.",
    Trouble.OTHER: "“{name}” could not be used: {reason}.",
}


def file_problem(error: OSError, path: Path) -> EnvironmentProblem:
    """Say in one sentence what the system refused to do with `path`."""
    trouble = _TROUBLES.get(error.errno or 0, Trouble.OTHER)
    if getattr(error, "winerror", None) in _WINDOWS_FILE_IN_USE:
        trouble = Trouble.LOCKED
    reason = (error.strerror or type(error).__name__).rstrip(".")
    return EnvironmentProblem(_SENTENCES[trouble].format(name=path.name, reason=reason), trouble)


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn an `OSError` of the block into an `EnvironmentProblem` about `path`."""
    try:
        yield
    except OSError as error:
        raise file_problem(error, path) from error
