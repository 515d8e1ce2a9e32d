"""The window over a base and the barest window Qt can show, in this process or each in a fresh one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Sample

if TYPE_CHECKING:
    from crm_desktop.app import Program

SIZE = (1440, 900)


def fresh(work: str, *arguments: str) -> tuple[Sample, float]:
    """Runs a function of this module in a process of its own until it tells: time since the process began, and MB.

    Nothing after the telling counts: the process is killed where it stands.
    """
    code = f"from benchmarks.windows import {work}; {work}{arguments!r}"
    start, environment = time.perf_counter(), _environment()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        wall = time.perf_counter() - start
        process.kill()
    cpu, resident = (float(word) for word in line.split())
    return Sample(wall, cpu), resident


def _environment() -> dict[str, str]:
    """Off the screen, and with compiled code kept, as it is where the program is installed."""
    found = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": f"{gettempdir()}/crm-benchmarks-code"}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def bare() -> None:
    """A window with an empty table; tells as soon as it is painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window, table = QMainWindow(), QTableView()
    window.setCentralWidget(table)
    window.resize(*SIZE)
    keep = _on_paint(table.viewport(), lambda: True, _tell)
    window.show()
    app.exec()
    del keep


def started(folder: str) -> None:
    """The program over a base; tells when its first page is painted with its records in it."""
    _run(folder, lambda page: _on_paint(_face(page), lambda: _filled(page), _tell))


def opened(folder: str) -> None:
    """The same; tells when the whole list is known and nothing is under way any more."""
    from PySide6.QtCore import QTimer

    def watch(page: Any) -> object:
        timer = QTimer(page, interval=50)
        quiet = iter(range(1 << 30))

        def look() -> None:
            # Panels follow the current row after a short pause.
            if not page.context.jobs.busy and _filled(page) and next(quiet) > 20:
                _tell()

        timer.timeout.connect(look)
        timer.start()
        return timer

    _run(folder, watch)


def program(folder: Path) -> "Program":
    """The window over the base of a folder, shown and settled, in this process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks.bases import open_base
    from crm_desktop.app import build
    from crm_desktop.domain.clock import Clock
    from crm_desktop.paths import DataDir

    made = build(DataDir(folder), Clock(), lambda *_: open_base(folder))
    made.window.resize(*SIZE)
    made.window.show()
    return made


def settle(made: "Program") -> None:
    """Waits until all that was asked for is there and painted."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        made.context.jobs.wait_idle(300)
        QApplication.processEvents()


def _run(folder: str, watch: Callable[[Any], object]) -> None:
    """Starts the program as its user does, but with the key given, and watches its first page."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from benchmarks.bases import open_base
    from crm_desktop.app import run
    from crm_desktop.cli.session import _Start
    from crm_desktop.domain.clock import Clock
    from crm_desktop.gui.shell.window import MainWindow

    kept: list[object] = []

    def look() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        kept.append(watch(window.pages.current))

    def opener(*_: object) -> object:
        QTimer.singleShot(0, look)
        return open_base(Path(folder))

    run(_Start(Path(folder), Clock()), opener)


def _face(page: Any) -> Any:
    table = getattr(page, "table", None)
    return page if table is None else table.viewport()


def _filled(page: Any) -> bool:
    records = getattr(page, "records", None)
    return records is None or records.rowCount() > 0


def _on_paint(widget: Any, ready: Callable[[], bool], then: Callable[[], None]) -> object:
    """Calls when a widget was painted that is ready; the answer must be kept."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and ready():
                QTimer.singleShot(0, then)
            return False

    watch = Watch()
    widget.installEventFilter(watch)
    return watch


def _tell() -> None:
    print(time.process_time(), resident_mb(), flush=True)


def resident_mb() -> float:
    """The resident set of this process, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
