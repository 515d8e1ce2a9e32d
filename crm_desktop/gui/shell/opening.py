"""The start over a base that is locked, damaged or out of reach: asks until it opens or the user gives up.

The questions are loaded when there is one to ask, for nearly every start goes well.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from crm_desktop.domain.clock import Clock
from crm_desktop.errors import CrmError, PassphraseNeeded, WrongPassphrase
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.paths import DataDir

T = TypeVar("T")


class _GivenUp(Exception):
    """The user closed the question."""


class Opening:
    """Does what opening needs, in the thread and at the time it is asked; there is no window yet that could wait."""

    def __init__(self, theme: ThemeManager, data: DataDir, clock: Clock, passphrase: str | None = None) -> None:
        self._theme = theme
        self._data = data
        self._clock = clock
        self._passphrase = passphrase

    def through(self, work: Callable[[str | None], T]) -> T | None:
        """The answer of `work`, which is told the passphrase as far as it is known; None if the user gave up."""
        while True:
            try:
                return self._unlocked(work)
            except _GivenUp:
                return None
            except CrmError as problem:
                if not self._rescued(problem):
                    return None

    def _rescued(self, problem: CrmError) -> bool:
        from crm_desktop.gui.shell.rescue import RescueDialog

        return _accepted(RescueDialog(self._theme, problem, self._data, self._clock, self._restore))

    def _restore(self, backup: Path) -> None:
        from crm_desktop.services.safety import rescue

        try:
            self._unlocked(lambda passphrase: rescue(self._data, backup, passphrase))
        except _GivenUp:
            raise PassphraseNeeded("The backup is encrypted. Its passphrase is needed to open it.") from None

    def _unlocked(self, work: Callable[[str | None], T]) -> T:
        """Asks for the passphrase where it is needed."""
        try:
            return work(self._passphrase)
        except PassphraseNeeded:
            problem = ""
        except WrongPassphrase as error:
            problem = error.sentence
        answers: list[T] = []

        def attempt(passphrase: str) -> None:
            # Known from now on even if the base behind it is damaged: a backup may open with it.
            self._passphrase = passphrase
            answers.append(work(passphrase))

        from crm_desktop.gui.shell.unlock import UnlockDialog

        dialog = UnlockDialog(self._theme, attempt, problem)
        if _accepted(dialog):
            return answers[0]
        raise dialog.error or _GivenUp


def _accepted(dialog: QDialog) -> bool:
    answer = dialog.exec()
    dialog.deleteLater()
    return answer == QDialog.DialogCode.Accepted
