"""A base that cannot be opened: what happened, what is safe, and the way on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel

from crm_desktop.domain.clock import Clock
from crm_desktop.errors import CrmError, EnvironmentProblem, PassphraseNeeded, Trouble
from crm_desktop.gui import format
from crm_desktop.gui.errors import crash_report
from crm_desktop.gui.file_choice import file_to_open
from crm_desktop.gui.forms import Form
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import set_tone
from crm_desktop.paths import DataDir
from crm_desktop.services.safety import backups_of


class RescueDialog(Form, QDialog):
    """Offers the last backup where the base is damaged, and to try again; accepted, it is worth another attempt.

    `restore` puts a backup in the place of the base; what it raises is said here.
    """

    ui = "rescue"
    sentence_label: QLabel
    backup_label: QLabel
    backup_button: Button
    kept_label: QLabel
    file_button: Button
    copy_button: Button
    quit_button: Button
    again_button: Button

    def __init__(
        self, theme: ThemeManager, problem: CrmError, data: DataDir, clock: Clock, restore: Callable[[Path], object]
    ) -> None:
        super().__init__(theme)
        self._problem: Exception = problem
        self._data = data
        self._clock = clock
        self._restore = restore
        damaged = isinstance(problem, EnvironmentProblem) and problem.trouble is Trouble.DAMAGED
        self._backups = backups_of(data) if damaged else []
        for part in (self.backup_label, self.backup_button, self.kept_label):
            part.setVisible(damaged)
        self.sentence_label.setText(problem.sentence)
        self.backup_button.clicked.connect(self._open_backup)
        self.file_button.clicked.connect(self._show_file)
        self.copy_button.clicked.connect(self._copy)
        self.quit_button.clicked.connect(self.reject)
        self.again_button.clicked.connect(self.accept)
        self._tell_backup(self.tr("Your last backup is from %1."))
        first = self.backup_button if damaged else self.again_button
        set_tone(self.again_button, "kind", "secondary" if damaged else "primary")
        first.setDefault(True)
        first.setFocus()

    def _tell_backup(self, words: str) -> None:
        if not self._backups:
            self.backup_label.setText(self.tr("There is no backup in the folder of the program."))
            self.backup_button.setText(self.tr("Choose a backup ..."))
            return
        made = format.local(self._backups[0].at)
        today = self._clock.today()
        when = self.tr("%1 today").replace("%1", format.clock_time(made))
        self.backup_label.setText(words.replace("%1", when if made.date() == today else format.moment(made, today)))

    def _open_backup(self) -> None:
        chosen = self._backups[0].path if self._backups else self._chosen()
        if chosen is None:
            return
        try:
            self._restore(chosen)
        except CrmError as error:
            self._problem = error
            self.sentence_label.setText(error.sentence)
            if not isinstance(error, PassphraseNeeded):
                del self._backups[:1]
                self._tell_backup(self.tr("The backup before it is from %1."))
        else:
            self.accept()

    def _chosen(self) -> Path | None:
        return file_to_open(self, self.tr("Choose a backup"), self.tr("Backups (*.crm)"))

    def _show_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data.root)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._problem}\n\n{crash_report(self._problem)}")
        self.copy_button.setText(self.tr("Copied"))
