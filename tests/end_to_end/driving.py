"""A person before the window: waits for what appears and answers it; the real program over a real base."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.app import run
from crm_desktop.domain.clock import Clock
from crm_desktop.gui.shell.window import MainWindow
from tests.end_to_end.bad_files import NOW

W = TypeVar("W", bound=QWidget)
PATIENCE = 30_000  # milliseconds


@dataclass
class Start:
    """What a command line would say."""

    data_dir: Path | None
    clock: Clock
    passphrase: str | None = None


class Person(QObject):
    """Answers windows and dialogs in their order; one that does not come ends the program."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: list[tuple[type[QWidget], Callable[[Any], object]]] = []
        self._look = QTimer(self, interval=20)
        self._look.timeout.connect(self._see)

    def when(self, kind: type[W], answer: Callable[[W], object]) -> None:
        """Do this once a window of that kind is seen."""
        self._answers.append((kind, answer))

    def starts(self, root: Path, passphrase: str | None = None) -> int:
        """Start the program and stay until it ends; answers its exit code."""
        self._look.start()
        giving_up = QTimer(self, interval=PATIENCE, singleShot=True)
        giving_up.timeout.connect(_close_everything)
        giving_up.start()
        code = run(Start(root, Clock.fixed(NOW), passphrase))
        giving_up.stop()
        self._look.stop()
        left = [kind.__name__ for kind, _ in self._answers]
        self._answers.clear()
        assert not left, f"{left[0]} was never seen"
        return code

    def _see(self) -> None:
        kind, answer = self._answers[0]
        modal = QApplication.activeModalWidget()
        seen = [modal] if modal else QApplication.topLevelWidgets()
        widget = next((each for each in seen if isinstance(each, kind) and each.isVisible()), None)
        if widget is None:
            return
        del self._answers[0]
        if not self._answers:
            self._look.stop()
        # Out of this look: the answer may open another dialog, which is then looked for.
        QTimer.singleShot(0, self, lambda: self._answer(widget, answer))

    def _answer(self, widget: QWidget, answer: Callable[[Any], object]) -> None:
        try:
            answer(widget)
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        self._answers.clear()
        self._look.stop()
        _close_everything()


def _close_everything() -> None:
    for widget in QApplication.topLevelWidgets():
        widget.close()


def close(window: MainWindow) -> None:
    """Close the window: the program ends."""
    window.close()
