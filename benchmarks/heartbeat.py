"""The longest time in which the window answers nobody, while a long list is opened, listed anew and ticked.

`python -m benchmarks.heartbeat FOLDER` works on the base of a folder, such as an import of a benchmark leaves.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_desktop.app import Program

EVERY = 2  # milliseconds between two beats


class Heartbeat:
    """Beats as often as the event loop lets it; `longest` is the longest pause in milliseconds."""

    def __init__(self, parent: Any) -> None:
        from PySide6.QtCore import QTimer

        self._timer = QTimer(parent, interval=EVERY)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer.start()

    def during(self, work: Callable[[], object], done: Callable[[], bool]) -> float:
        """The longest pause from the start of something until it is done and painted."""
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        self._last, self.longest = time.perf_counter(), 0.0
        work()
        quiet = 0
        while quiet < 20:  # a few beats more, for what is painted at last
            QApplication.processEvents()
            time.sleep(0.001)
            quiet = quiet + 1 if done() else 0
        self._beat()
        return self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, (now - self._last) * 1000), now


def measure(folder: Path) -> dict[str, float]:
    """The longest pause of each thing one does with the list of leads."""
    from benchmarks.windows import program

    made = program(folder)
    beat = Heartbeat(made.window)
    found: dict[str, float] = {}

    def idle() -> bool:
        return not made.context.jobs.busy

    found["open"] = beat.during(lambda: made.window.open("leads"), idle)
    page = made.window.pages.current
    for name, work in _works(made, page).items():
        found[name] = beat.during(work, idle)
    made.window.close()
    made.context.jobs.stop()
    return found


def _works(made: "Program", page: Any) -> dict[str, Callable[[], object]]:
    from crm_desktop.domain.filter import Sort

    records, table = page.records, page.table
    last = records.rowCount() - 1
    return {
        "list anew": records.refresh,
        "sort": lambda: records.show(page.filters.filter, Sort("name")),
        "tick a range": lambda: records.tick(10, records.rowCount() - 10, True),
        "list anew, ticked": lambda: _delete_first(page),
        "go to the last row": lambda: table.setCurrentIndex(records.index(last - 5, 1)),
        "go to a record": lambda: table.go_to(records.id_at(last // 2)),
        "tick all": lambda: records.tick_all(True),
    }


def _delete_first(page: Any) -> None:
    record = page.records.id_at(0)
    page.write(lambda: page.services.records.delete("lead", [record]))


def main() -> None:
    """Measures and prints."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name, longest in measure(Path(sys.argv[1])).items():
        print(f"{name:24}{longest:8.0f} ms")


if __name__ == "__main__":
    main()
