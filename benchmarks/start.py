"""From nothing to the first page, and the memory with the list open: fresh processes against the barest window."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import gettempdir

from benchmarks.bases import KEY
from benchmarks.measure import Result, Sample, compared, sizes, timed


def start(folder: Path, pairs: int) -> list[Result]:
    """Start to the first painted page, with the key of the base given; and what deriving that key takes."""
    samples: list[tuple[Sample, Sample]] = []
    for number in range(pairs + 1):
        pair = _fresh("started", str(folder))[0], _fresh("bare")[0]
        samples += [pair] if number else []  # the first fills the caches of the system
    found = compared("start to the first painted page", samples, 2.0, "floor: a window with an empty QTableView")
    return [found, _unlocking(folder, samples)]


def memory(folder: Path, pairs: int) -> list[Result]:
    """The resident set once the whole list is known, and again once the charts are loaded too."""
    opened, idle = [], []
    for _ in range(pairs):
        bare = _fresh("bare")[1]
        opened.append((_fresh("opened", str(folder))[1], bare))
        idle.append((_fresh("idle", str(folder))[1], bare))
    note = "resident set; floor: a window with an empty QTableView"
    return [
        sizes("memory with the table open", opened, 2.5, note),
        sizes("memory with the charts loaded too", idle, 2.5, note),
    ]


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


def _fresh(work: str, *arguments: str) -> tuple[Sample, float]:
    """Runs a function of `windows` in a process of its own until it tells: time since it began, and megabytes."""
    code = f"from benchmarks.windows import {work}; {work}{arguments!r}"
    start, environment = time.perf_counter(), _environment()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        wall = time.perf_counter() - start
    cpu, resident = (float(word) for word in line.split())
    return Sample(wall, cpu), resident


def _environment() -> dict[str, str]:
    """Off the screen, and with compiled code kept, as it is where the program is installed."""
    found = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": f"{gettempdir()}/crm-benchmarks-code"}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found
