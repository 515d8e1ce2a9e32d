"""From nothing to the first page, and the memory with the list open: fresh processes against the barest window."""

from pathlib import Path

from benchmarks.bases import KEY
from benchmarks.measure import Result, Sample, compared, sizes, timed
from benchmarks.windows import fresh


def start(folder: Path, pairs: int) -> list[Result]:
    """Start to the first painted page, with the key of the base given; and what deriving that key takes."""
    samples: list[tuple[Sample, Sample]] = []
    for number in range(pairs + 1):
        pair = fresh("started", str(folder))[0], fresh("bare")[0]
        samples += [pair] if number else []  # the first fills the caches of the system
    found = compared("start to the first painted page", samples, 2.0, "floor: a window with an empty QTableView")
    return [found, _unlocking(folder, samples)]


def memory(folder: Path, pairs: int) -> list[Result]:
    """The resident set once the whole list is known."""
    found = [(fresh("opened", str(folder))[1], fresh("bare")[1]) for _ in range(pairs)]
    return [sizes("memory with the table open", found, 2.5, "resident set; floor: a window with an empty QTableView")]


def _unlocking(folder: Path, samples: list[tuple[Sample, Sample]]) -> Result:
    """The passphrase is stretched on purpose, so that guessing is slow; it comes on top of the start."""
    import keyring
    from keyring.backends.null import Keyring

    from crm_desktop.storage.vault import lock, unlock

    # Not that of whoever measures.
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    vault = folder / "measured.vault"
    lock(vault, "correct horse", KEY)
    found = [(timed(lambda: unlock(vault, "correct horse")), floor) for _, floor in samples]
    vault.unlink()
    return compared("unlocking the vault, on top", found, None, "floor: the same window")
