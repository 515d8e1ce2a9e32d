"""What happens to exceptions nobody expected: they reach the user as a report, never as silence."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from crm_desktop import __version__, log
from crm_desktop.errors import CrmError

_log = log.named("gui")


def crash_report(error: BaseException) -> str:
    """What a developer needs: versions, places in the code and the last lines of the log, no records."""
    import platform  # only crashes ask for it

    head = f"CRM Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return "\n\n".join([head, log.mask(log.describe(error)), *log.tail()])


class ErrorReporter(QObject):
    """Takes exceptions from any thread to the GUI thread and shows them.

    `problem` carries the sentence of an error the user can act on, `crashed` the report of a bug.
    """

    problem = Signal(str)
    crashed = Signal(str)
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> Callable[[], None]:
        """Become the last catcher of this process; answers the function that takes it back."""
        before = sys.excepthook, threading.excepthook
        sys.excepthook = self._main_thread
        threading.excepthook = lambda caught: self.report(caught.exc_value or caught.exc_type())

        def restore() -> None:
            sys.excepthook, threading.excepthook = before

        return restore

    def report(self, error: BaseException) -> None:
        """Show this error as its family demands; safe from any thread."""
        self._caught.emit(error)

    def _main_thread(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.exit(130)
        self.report(error)

    def _show(self, error: BaseException) -> None:
        _log.error("not done", exc_info=error)
        if isinstance(error, CrmError):
            self.problem.emit(error.sentence)
        else:
            self.crashed.emit(crash_report(error))
