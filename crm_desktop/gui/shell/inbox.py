"""The inbox folder in the window: told when something lies in it, taken in by one command."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from crm_desktop.gui.actions import Command
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.services.inbox import TakenIn, Waiting

QUIET_FOR = 1000  # milliseconds without a change after which what came counts as whole


class InboxWatch(QObject):
    """Looks into the folder at the start and whenever something comes; nothing is taken in unasked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._told: frozenset[Path] = frozenset()
        self._begun: list[Path] = []
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self, interval=QUIET_FOR, singleShot=True)
        self._watcher.directoryChanged.connect(lambda _folder: self._pause.start())
        self._pause.timeout.connect(self.look)
        self._context.settings_store.changed.connect(self._settings_changed)
        self._context.actions.add(
            Command("inbox.take", self.tr("Take in from the inbox folder"), self.take, icon="file-input",
                    when=lambda: self.folder is not None, group=self.tr("Leads"))
        )  # fmt: skip
        self._follow()

    @property
    def folder(self) -> Path | None:
        """The folder that is set."""
        name = self._context.settings_store.current.inbox_folder
        return Path(name) if name else None

    def look(self) -> None:
        """Tell what lies in the folder, unless it was told before."""
        folder, inbox = self.folder, self._context.services.inbox
        if folder is not None:
            self._context.jobs.read(lambda _progress: inbox.waiting(folder), self._tell, owner=self)

    def take(self) -> None:
        """Make leads of cards and mails; where there are none, begin the import of a table."""
        folder, inbox = self.folder, self._context.services.inbox
        if folder is not None:
            self._context.jobs.read(lambda _progress: inbox.waiting(folder), self._take, owner=self)

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "inbox_folder" in names:
            self._follow()

    def _follow(self) -> None:
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        if self.folder is not None and self.folder.is_dir():
            self._watcher.addPath(str(self.folder))
        self._told = frozenset()
        self._context.actions.refresh()
        self.look()

    def _tell(self, waiting: Waiting) -> None:
        if not waiting.files <= self._told:
            words = self.tr("%Ln files lie in the inbox folder.", "", len(waiting.files))
            self._window.toasts.show(words, None, "info", (self.tr("Take in"), self.take))
        self._told = waiting.files

    def _take(self, waiting: Waiting) -> None:
        inbox = self._context.services.inbox
        if waiting.people:
            title = self.tr("Taking in from the inbox folder")
            done = partial(self._taken, waiting.tables)
            self._context.jobs.write(lambda progress: inbox.take(waiting.people, progress), done, title=title)
        elif waiting.tables:
            self._import(self._next(waiting.tables))
        elif waiting.problem:
            self._window.say(waiting.problem, kind="bad")
        else:
            self._window.say(self.tr("Nothing lies in the inbox folder."), kind="info")

    def _next(self, tables: Sequence[Path]) -> Path:
        """The oldest table; one whose import was begun and left comes after the others."""
        return min(tables, key=self._begun.count)

    def _import(self, table: Path) -> None:
        self._begun.append(table)
        self._remember_rest()
        self._window.open("importing", table)

    def _taken(self, tables: Sequence[Path], taken: TakenIn) -> None:
        self._remember_rest()
        words = []
        if taken.leads or not (taken.known or taken.refused):
            words.append(self.tr("%Ln leads added from the inbox folder.", "", len(taken.leads)))
        if taken.known:
            words.append(self.tr("%Ln leads of the inbox folder were there already.", "", taken.known))
        words += taken.refused[:1]
        if others := len(taken.refused[1:]):
            words.append(self.tr("%Ln other files stay there as well.", "", others))
        undo = partial(self._undo, taken.change.action) if taken.change.action else None
        more = None
        if tables:
            table = self._next(tables)
            more = self.tr("Import %1").replace("%1", table.name), partial(self._import, table)
        self._window.toasts.show(" ".join(words), undo, "warn" if taken.refused else "ok", more)

    def _undo(self, action: int) -> None:
        history = self._context.services.history
        self._context.jobs.write(lambda progress: history.undo(action, progress), lambda _change: None)

    def _remember_rest(self) -> None:
        """What stays there was seen just now."""
        folder, inbox = self.folder, self._context.services.inbox

        def remember(waiting: Waiting) -> None:
            self._told = waiting.files

        if folder is not None:
            self._context.jobs.read(lambda _progress: inbox.waiting(folder), remember, owner=self)
