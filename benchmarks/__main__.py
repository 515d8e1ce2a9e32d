"""One command for all figures; see the package."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import board, bulk, doubles, importing, pages, painting, reading, report, start
from benchmarks.measure import Result

FEW, MANY = 5, 15
"""Pairs of runs: of those that take long, and of the others."""

Benchmark = Callable[[Path, int], list[Result]]
READERS: dict[str, Benchmark] = {
    "start": start.start,
    "page": painting.page,
    "scroll": painting.scroll,
    "search": reading.search,
    "sort": reading.sort,
    "groups": reading.groups,
    "absence": pages.absence,
    "growth": pages.growth,
    "edit": reading.edit,
    "board": lambda folder, pairs: board.board(folder.parent, pairs),
    "doubles": lambda folder, pairs: doubles.search(folder.parent, pairs),
    "look": doubles.look,
    "memory": start.memory,
    "bulk": bulk.bulk,
}
"""What is measured with the base that the import left; the last one leaves it changed."""


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and writes the results."""
    options = _options(arguments)
    if shutil.which("sqlite3") is None:
        print("The import is measured against the sqlite3 shell; install the package sqlite3.", file=sys.stderr)
        return 1
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with TemporaryDirectory() as folder:
        results = measure(Path(folder), options.names, options.leads, options.pairs)
    print(report.text(results))
    if not options.print:
        report.write(results, options.leads)
    return 0


def measure(folder: Path, names: list[str], leads: int, pairs: int | None = None) -> list[Result]:
    """Makes the base in a folder, by import, and runs what is asked for."""
    if "import" in names:
        found = importing.run(folder, leads, pairs or FEW)
    else:
        found = []
        importing.make(folder, leads)
    for name in READERS:
        if name in names:
            print(f"{name} ...", file=sys.stderr)
            found += READERS[name](folder / "base", pairs or MANY)
    return found


def _options(arguments: list[str] | None) -> argparse.Namespace:
    known = ["import", *READERS]
    parser = argparse.ArgumentParser("python -m benchmarks", description="Measures the program against its floors.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"only these: {', '.join(known)}")
    parser.add_argument("--leads", type=int, default=1_000_000, help="leads in the base (1,000,000)")
    parser.add_argument("--pairs", type=int, help=f"pairs of runs ({FEW} of the import, {MANY} of the others)")
    parser.add_argument("--print", action="store_true", help="leave benchmarks/RESULTS.md as it is")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    options.names = options.names or known
    return options


if __name__ == "__main__":
    sys.exit(main())
