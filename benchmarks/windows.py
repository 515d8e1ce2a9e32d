"""The window over a base, and the barest window Qt can show.

What runs in a fresh process imports nothing here that the bare window does not need, for that would count for both.
"""

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_desktop.app import Program

SIZE = (1440, 900)


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
    """The same; tells when the whole list is known and the panel beside it shows its first record."""

    def watch(page: Any) -> object:
        from PySide6.QtCore import QTimer

        def look() -> None:
            if _filled(page) and not page.context.jobs.busy:
                _tell()

        return _every(QTimer(page, interval=500), look)

    _run(folder, watch)


def idle(folder: str) -> None:
    """The same; tells when all that the program does by itself is done: it loads its charts beforehand."""

    def watch(page: Any) -> object:
        import sys

        from PySide6.QtCore import QTimer

        def look() -> None:
            if hasattr(sys.modules.get("crm_desktop.gui.charts.canvas"), "ChartCanvas") and not page.context.jobs.busy:
                _tell()

        return _every(QTimer(page, interval=500), look)

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
    gc.disable()  # as the program does before it loads itself
    from benchmarks.bases import open_base
    from crm_desktop import bootstrap
    from crm_desktop.cli import main

    kept: list[object] = []

    def look() -> None:
        from PySide6.QtWidgets import QApplication

        window: Any = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")
        kept.append(watch(window.pages.current))

    def opened(*_: object, **_more: object) -> object:
        # Only now: the program loads Qt behind its own parts, too.
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, look)
        return open_base(Path(folder))

    bootstrap.open_services = opened  # type: ignore[assignment]
    main(["--data-dir", folder])


def _every(timer: Any, look: Callable[[], None]) -> object:
    timer.timeout.connect(look)
    timer.start()
    return timer


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
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and ready():
                watched.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    watch = Watch()
    widget.installEventFilter(watch)
    return watch


def _tell() -> None:
    """Says what it took so far and ends, for a start after a run cut short looks the base over."""
    from PySide6.QtWidgets import QApplication

    print(time.process_time(), resident_mb(), flush=True)
    QApplication.quit()


def resident_mb() -> float:
    """The resident set of this process, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
