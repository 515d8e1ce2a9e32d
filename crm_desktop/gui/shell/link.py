"""What the window itself asks of the services: undo and redo, the last backup, the search of the palette."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crm_desktop.domain.change import Change
from crm_desktop.gui.actions import Command
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.services import Services
from crm_desktop.services.progress import Progress

if TYPE_CHECKING:
    from crm_desktop.gui.shell.found_records import FoundRecords
    from crm_desktop.gui.shell.palette import RecordSource
    from crm_desktop.services.history import Entry

BACKUP_EVERY = 5 * 60 * 1000  # milliseconds between looks at the backups: "2 h ago" grows old
FOLLOWED = frozenset(
    {"currency", "language", "week_start", "gap_factor", "gap_days_min", "gap_days_single", "at_risk_days"}
)
"""The settings that services go by."""


class ServicesLink(QObject):
    """Connects a window with the services of its context."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._services: Services = window.context.services
        self._add_undo()
        self._add_backups()
        self._context.settings_store.changed.connect(self._follow)
        window.let_find(self._record_source)
        window.visited.connect(lambda target: self.found.remember(target))
        self._timer = QTimer(self, interval=BACKUP_EVERY)
        self._timer.timeout.connect(self.begin_day)
        self._timer.start()

    @cached_property
    def found(self) -> "FoundRecords":
        """The records that the palette finds, and those that were opened last."""
        from crm_desktop.gui.shell.found_records import FoundRecords

        return FoundRecords(self._window)

    def _record_source(self) -> "RecordSource":
        from crm_desktop.gui.shell.palette import RecordSource

        return RecordSource(self.found.find, self.found.total)

    def look_at_backups(self) -> None:
        """Show anew when the last backup was made."""
        self._context.jobs.read(self._last_backup, self._window.show_backup)

    def begin_day(self) -> None:
        """Do what each day needs once: bring what fades to today, and make the backup of the day where it is due.

        Both are heard of only in the lists and in the note at the foot.
        """
        safety, ageing = self._services.safety, self._services.ageing
        self.name_steps()
        self._context.jobs.write(lambda _progress: ageing.bring_up(), lambda _change: None)
        self._context.jobs.write(lambda progress: safety.daily(progress), lambda _made: self.look_at_backups())

    def watch_inbox(self) -> None:
        """Look from now on for what is put into the inbox folder."""
        from crm_desktop.gui.shell.inbox import InboxWatch

        self.inbox = InboxWatch(self._window)

    def undo(self) -> None:
        """Take the last action back."""
        history = self._services.history
        self._context.jobs.write(lambda progress: history.undo(None, progress), self._tell, title=self.tr("Undoing"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._context.jobs.write(self._services.history.redo, self._tell, title=self.tr("Redoing"))

    def back_up(self) -> None:
        """Make a backup now."""
        safety = self._services.safety

        def told(path: Path) -> None:
            self._window.say(self.tr("Backed up as %1").replace("%1", path.name))
            self.look_at_backups()

        self._context.jobs.write(lambda progress: safety.backup(progress=progress), told, title=self.tr("Backing up"))

    def _add_undo(self) -> None:
        group = self.tr("Edit")
        for command in (
            Command("edit.undo", self.tr("Undo"), self.undo, "Ctrl+Z", "undo-2", group=group,
                    hint=self.tr("Undo")),
            Command("edit.redo", self.tr("Redo"), self.redo, "Ctrl+Y; Ctrl+Shift+Z", "redo-2", group=group,
                    hint=self.tr("Redo")),
        ):  # fmt: skip
            self._context.actions.add(command)
        self._context.changes.changed.connect(lambda _change: self.name_steps())
        # Imports, encryption and going back make backups of their own.
        self._context.changes.changed.connect(lambda _change: self.look_at_backups())

    def name_steps(self) -> None:
        """Let menu and palette say what would be taken back or done again."""
        history = self._services.history
        self._context.jobs.read(lambda _progress: (history.peek_undo(), history.peek_redo()), self._name, owner=self)

    def _name(self, steps: "tuple[Entry | None, Entry | None]") -> None:
        from crm_desktop.gui.deeds import describe

        plain, named = (self.tr("Undo"), self.tr("Redo")), (self.tr("Undo: %1"), self.tr("Redo: %1"))
        for name, step, alone, words in zip(("edit.undo", "edit.redo"), steps, plain, named, strict=True):
            if step is not None:
                alone = words.replace("%1", describe(step.deed, self._services.labels.kind))
            self._context.actions.action(name).setText(alone.replace("&", "&&"))

    def _add_backups(self) -> None:
        group, window = self.tr("Backups"), self._window
        for command in (
            Command("backups.open", self.tr("Show backups"), lambda: window.open("settings", "backups"),
                    icon="database-backup", group=group),
            Command("backups.make", self.tr("Back up now"), self.back_up, icon="database-backup", group=group),
        ):  # fmt: skip
            self._context.actions.add(command)

    def _follow(self, names: frozenset[str]) -> None:
        """Let the services count and read as the settings say; what shows it hears of the change."""
        if names & FOLLOWED:
            settings = self._context.settings_store.current
            self._context.jobs.write(lambda _: self._services.follow(settings), lambda _change: None)

    def _tell(self, change: Change) -> None:
        from crm_desktop.gui.deeds import Deed, describe

        deed = Deed.of(change)
        deed = deed.undone if change.undone else deed.redone
        self._window.say(describe(deed, self._services.labels.kind), kind="info")

    def _last_backup(self, _progress: Progress) -> datetime | None:
        made = self._services.safety.backups()
        return made[0].at if made else None
