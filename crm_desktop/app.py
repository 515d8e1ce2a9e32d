"""The program with its window: what `bootstrap` built, and Qt on top of it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from crm_desktop import __version__, paths
from crm_desktop.domain.change import Change
from crm_desktop.domain.clock import Clock
from crm_desktop.errors import CrmError
from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.changes import ChangeNotifier
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.fonts import load_fonts
from crm_desktop.gui.jobs import JobRunner
from crm_desktop.gui.language import speak
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.settings_store import SettingsStore
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.single import SingleInstance
from crm_desktop.gui.theme import ThemeManager, fusion
from crm_desktop.paths import DataDir
from crm_desktop.services.lock import writing
from crm_desktop.settings import Settings

IDLE_AFTER = 1500  # milliseconds after which the window counts as settled
Opener = Callable[[DataDir, Settings, Clock], Any]


class Options(Protocol):
    """What the command line says of a start."""

    @property
    def data_dir(self) -> Path | None:
        """The folder of the user; None is the system's place."""

    @property
    def clock(self) -> Clock:
        """The clock, which a demonstration may have set."""


@dataclass
class Program:
    """Everything that runs, and how to end it in reverse order."""

    app: QApplication
    context: AppContext
    window: MainWindow
    restore_hooks: Callable[[], None]

    def close(self) -> None:
        """Finish what is being written, then close the base."""
        self.window.close()
        self.context.jobs.stop()
        self.context.services.close()
        self.restore_hooks()


def _open_services(data: DataDir, settings: Settings, clock: Clock) -> Any:
    from crm_desktop import bootstrap

    return bootstrap.open_services(data, settings, clock)


def make_app() -> QApplication:
    """The one QApplication, in our style and with our icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("CRM Desktop")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(paths.resource("icons", "app.png"))))
    fusion(app)
    return app


def build(data: DataDir, clock: Clock, opener: Opener = _open_services) -> Program:
    """Open the base and build the window over it, without showing it; `CrmError` if the base cannot be opened."""
    app = make_app()
    data.create()
    store = SettingsStore(data.settings)
    speak(app, store.current.language, paths.resource("translations"))
    theme = ThemeManager(paths.resource("styles"), load_fonts(paths.resource("fonts")), app)
    _follow_settings(theme, store)
    services = opener(data, store.current, clock)
    errors = ErrorReporter(app)
    restore = errors.install()
    context = AppContext(
        services, store, theme, JobRunner(errors), ActionRegistry(theme), ChangeNotifier(), clock
    )
    window = MainWindow(context, page_specs())
    context.jobs.written.connect(lambda result: _announce(context.changes, result))
    context.actions.set_letter_keys(store.current.letter_keys)
    store.changed.connect(lambda _names: context.actions.set_letter_keys(store.current.letter_keys))
    errors.problem.connect(lambda sentence: window.say(sentence, kind="bad"))
    errors.crashed.connect(window.show_crash)
    return Program(app, context, window, restore)


def run(options: Options, opener: Opener = _open_services) -> int:
    """Show the window until it is closed; answers the exit code."""
    data = DataDir(options.data_dir) if options.data_dir is not None else DataDir.default()
    app = make_app()
    single = SingleInstance(data.root, app)
    if single.call_first():
        return 0
    # The charts keep their list of fonts here; without it each start of a packaged program builds it anew.
    os.environ.setdefault("MPLCONFIGDIR", str(data.cache))
    try:
        # Held for the life of the window, so that no command of the command line writes beside it.
        with writing(data):
            return _show(build(data, options.clock, opener), single)
    except CrmError as error:
        QMessageBox.critical(None, app.applicationName(), error.sentence)
        return 1


def _show(program: Program, single: SingleInstance) -> int:
    single.listen()
    single.raised.connect(lambda: _to_front(program.window))
    _show_first(program.window)
    QTimer.singleShot(IDLE_AFTER, _preload_charts)
    try:
        return program.app.exec()
    finally:
        single.close()
        program.close()


def _show_first(window: MainWindow) -> None:
    first = next(iter(window.pages.specs), None)
    if first is not None:
        window.open(first)
    window.count_pages()
    window.show()


def _to_front(window: MainWindow) -> None:
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def _preload_charts() -> None:
    from crm_desktop.gui.charts.preload import preload

    preload()


def _follow_settings(theme: ThemeManager, store: SettingsStore) -> None:
    def wear(names: frozenset[str]) -> None:
        theme.reduced_motion = store.current.reduced_motion
        if names & {"theme", "text_scale"}:
            theme.apply(store.current.theme, store.current.text_scale)

    store.changed.connect(wear)
    wear(frozenset({"theme"}))


def _announce(changes: ChangeNotifier, result: object) -> None:
    """Services answer a write with its Change, alone or beside a result; every page hears of it here."""
    parts = result if isinstance(result, tuple) else (result, getattr(result, "change", None))
    for part in parts:
        if isinstance(part, Change):
            changes.announce(part)
