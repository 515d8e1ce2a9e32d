"""Results as a table, and as the page that is kept beside the benchmarks."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import apsw

from benchmarks.measure import Result

FILE = Path(__file__).with_name("RESULTS.md")
_HEAD = ("name", "ours", "floor", "ratio", "spread", "cpu ratio", "bound", "verdict")


def text(results: Sequence[Result]) -> str:
    """A table in which columns stand below each other."""
    rows = [_HEAD, *(_cells(result) for result in results)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def write(results: Sequence[Result], leads: int) -> None:
    """Writes the page."""
    FILE.write_text("\n".join([
        "# How fast it is", "",
        f"{leads:,} leads in an encrypted file, {date.today():%d %B %Y}, by `python -m benchmarks`.", "",
        f"Machine: {machine()}.", "",
        "Both sides run in turn. The ratio is the median of the pairs, the spread their middle nine tenths; a bound is"
        " missed only when the whole spread lies above it.", "",
        text(results), "",
        *(f"- {result.name}: {result.note}; {result.pairs} runs" for result in results), "",
        *_missed(results),
    ]), "utf-8")  # fmt: skip


def machine() -> str:
    """What the figures were taken on."""
    from PySide6.QtCore import qVersion

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()},"
        f" Python {platform.python_version()}, Qt {qVersion()}, SQLite {apsw.sqlite_lib_version()}"
    )


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.name, f"{result.ours:,.1f} {result.unit}", f"{result.floor:,.1f} {result.unit}", f"{result.ratio:.2f}",
        f"{result.low:.2f} to {result.high:.2f}", "" if result.cpu_ratio is None else f"{result.cpu_ratio:.2f}",
        "" if result.bound is None else f"{result.bound:.2f}", result.verdict,
    )  # fmt: skip


def _missed(results: Sequence[Result]) -> list[str]:
    lines = [
        f"- {result.name}: {result.ratio:.2f} is {result.ratio / result.bound - 1:.0%} above {result.bound:.2f}"
        f" ({result.verdict}). {_WHY.get(result.name, 'The reason is not known yet.')}"
        for result in results
        if result.bound is not None and result.ratio > result.bound
    ]
    return ["Above their bounds:", "", *lines, ""] if lines else []


_WHY = {
    "start to the first painted page": "The bare window is Python and Qt alone. Ours imports some 130 modules of its"
    " own and Peewee, and builds window, actions and page, all of it Python; opening the base takes 6 ms of it.",
    "one edit with its undo record": "An edit writes seven enciphered pages where the floor writes one: record, list"
    " row, two or three of the index of the field, the line of the action, the history of the record. SQLite's own"
    " session takes a third of its processor time. A sync that costs next to nothing, as in a virtual machine, hides"
    " none of it.",
    "memory with the charts loaded too": "matplotlib and numpy are loaded once the window is idle, so that the first"
    " chart comes at once; the table alone is the line before.",
}
"""Where it goes, for what is known to lie above its bound."""
