"""The program with its window: what `bootstrap` built, and Qt on top of it."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog

from crm_desktop import __version__, log, paths
from crm_desktop.domain.change import Change
from crm_desktop.domain.clock import Clock
from crm_desktop.errors import CrmError, UserError
from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.changes import ChangeNotifier
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.fonts import load_fonts
from crm_desktop.gui.jobs import JobRunner
from crm_desktop.gui.language import speak
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.settings_store import SettingsStore
from crm_desktop.gui.shell.link import ServicesLink
from crm_desktop.gui.shell.opening import Opening
from crm_desktop.gui.shell.term_help import TermHelp
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.single import STARTING, SingleInstance
from crm_desktop.gui.theme import ThemeManager, fusion
from crm_desktop.paths import DataDir
from crm_desktop.services.lock import is_held, writing
from crm_desktop.settings import Settings

SHOWN_AFTER = 150  # milliseconds after which the first page counts as painted
IDLE_AFTER = 1500  # milliseconds after which the window counts as settled
Opener = Callable[[DataDir, Settings, Clock, str | None], Any]


class Options(Protocol):
    """What the command line says of a start."""

    @property
    def data_dir(self) -> Path | None:
        """The folder of the user; None is the system's place."""

    @property
    def clock(self) -> Clock:
        """The clock, which a demonstration may have set."""

    @property
    def passphrase(self) -> str | None:
        """The passphrase of an encrypted base, where it is given; else it is asked for."""


@dataclass
class Program:
    """Everything that runs, and how to end it in reverse order."""

    app: QApplication
    context: AppContext
    window: MainWindow
    link: ServicesLink
    errors: ErrorReporter
    restore_hooks: Callable[[], None]

    def close(self) -> None:
        """Finish what is being written, then close the base; questions that are still open go with the window."""
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.close()
        self.context.jobs.stop()
        self.context.services.close()
        self.restore_hooks()
        # Now, not with the process: what lives on would be styled anew with each other window.
        for thing in (self.window, self.context.theme):
            thing.deleteLater()
            QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)


def _open_services(data: DataDir, settings: Settings, clock: Clock, passphrase: str | None) -> Any:
    from crm_desktop import bootstrap

    return bootstrap.open_services(data, settings, clock, passphrase=passphrase)


def make_app() -> QApplication:
    """The one QApplication, in our style and with our icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("CRM Desktop")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(paths.resource("icons", "app.png"))))
    fusion(app)
    return app


def build(
    data: DataDir,
    clock: Clock,
    opener: Opener = _open_services,
    language: str = "",
    passphrase: str | None = None,
) -> Program:
    """Open the base and build the window over it, without showing it; `CrmError` if the base cannot be opened.

    `language` is used instead of the one that is set.
    """
    store, theme = _dress(data, language)
    program = _assemble(store, theme, opener(data, store.current, clock, passphrase), clock)
    program.link.look_at_backups()
    return program


def _dress(data: DataDir, language: str = "") -> tuple[SettingsStore, ThemeManager]:
    """The application as the settings want it to look and speak."""
    app = make_app()
    data.create()
    store = SettingsStore(data.settings)
    speak(app, language or store.current.language, paths.resource("translations"))
    theme = ThemeManager(paths.resource("styles"), load_fonts(paths.resource("fonts")), app)
    _follow_settings(theme, store)
    return store, theme


def _assemble(store: SettingsStore, theme: ThemeManager, services: Any, clock: Clock) -> Program:
    app = make_app()
    errors = ErrorReporter(app)
    restore = errors.install()
    context = AppContext(
        services, store, theme, JobRunner(errors), ActionRegistry(theme), ChangeNotifier(), clock
    )
    window = MainWindow(context, page_specs())
    link = ServicesLink(window)
    TermHelp(window)
    context.jobs.written.connect(lambda result: _announce(context.changes, result))
    context.actions.set_letter_keys(store.current.letter_keys)
    store.changed.connect(lambda _names: context.actions.set_letter_keys(store.current.letter_keys))
    store.changed.connect(partial(_speak_again, app, store))
    errors.problem.connect(lambda sentence: window.say(sentence, kind="bad"))
    errors.crashed.connect(window.show_crash)
    return Program(app, context, window, link, errors, restore)


def run(options: Options, opener: Opener = _open_services) -> int:
    """Show the window until it is closed; answers the exit code."""
    data = DataDir(options.data_dir) if options.data_dir is not None else DataDir.default()
    app = make_app()
    single = SingleInstance(data.root, app)
    if is_held(data) and single.call_first(STARTING):
        return 0
    # The charts keep their list of fonts here; without it each start of a packaged program builds it anew.
    os.environ.setdefault("MPLCONFIGDIR", str(data.cache))
    try:
        store, theme = _dress(data)
    except CrmError as error:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.critical(None, app.applicationName(), error.sentence)
        return 1
    opening = Opening(theme, data, options.clock, options.passphrase)
    with ExitStack() as held:
        log.start(data.logs)
        held.callback(log.stop)
        # Held for the life of the window, so that no command of the command line writes beside it.
        writer = opening.through(lambda _none: held.enter_context(writing(data)))
        if writer is None:
            return 1
        services = opening.through(partial(opener, data, store.current, options.clock))
        if services is None:
            return 1
        program = _assemble(store, theme, services, options.clock)
        if writer.unclean:
            _look_over(program)
        return _show(program, single)


def _look_over(program: Program) -> None:
    """The last run was cut short: the base is checked while work goes on, and heard of only if something is wrong."""
    safety, window = program.context.services.safety, program.window

    def told(result: Any) -> None:
        if not result.sound:
            window.say(result.problems[0], kind="bad")

    program.context.jobs.read(lambda progress: safety.check(progress=progress), told, owner=window)


def picture(
    data: DataDir, clock: Clock, options: Any, opener: Opener = _open_services, passphrase: str | None = None
) -> None:
    """Write a picture of a page as the command line asks for it; `UserError` where there is no such page."""
    from crm_desktop.gui.shot import Look, shot

    program = build(data, clock, opener, options.locale or "", passphrase)
    try:
        look = Look(options.theme, options.size, options.text_scale)
        if not shot(program.window, options.page, options.out, look):
            pages = ", ".join(program.window.pages.specs)
            raise UserError(f"There is no page “{options.page}”. There are: {pages}.")
    finally:
        program.close()


def self_test(opener: Opener = _open_services) -> list[str]:
    """Try the program on a base of its own: sample data, a file in, each page, undo. Answers what it did, or raises."""
    from crm_desktop.gui.shot import Look, shot

    with TemporaryDirectory() as folder:
        program = build(DataDir(Path(folder)), Clock(), opener)
        crashes: list[str] = []
        program.errors.crashed.connect(crashes.append)
        services, done = program.context.services, ["open"]
        try:
            _do(program, lambda: services.demo.fill(), done, "sample data")
            _do(program, lambda: _import_one(services, Path(folder)), done, "import")
            for page_id in program.window.pages.specs:
                shot(program.window, page_id, Path(folder) / f"{page_id}.png", Look())
                done.append(page_id)
            _do(program, lambda: services.history.undo(), done, "undo")
        finally:
            program.close()
        if crashes:
            raise RuntimeError(crashes[0])
        return done


def _do(program: Program, work: Callable[[], Any], done: list[str], name: str) -> None:
    """Runs a step of the test as the window does: on the thread that writes."""
    program.context.jobs.write(lambda _: work(), lambda _: done.append(name))
    program.context.jobs.wait_idle()
    QApplication.processEvents()
    if done[-1] != name:
        raise RuntimeError(f"The step “{name}” did not end well.")


def _import_one(services: Any, folder: Path) -> None:
    from crm_desktop.services.importing import ImportOptions

    file = folder / "leads.csv"
    file.write_text("First name,Last name,E-mail\nJoanna,Whitlock,joanna@fenwick.example\n", "utf-8")
    answer = services.importing.from_files("lead", [file], ImportOptions())
    if answer["new"] != 1:
        raise RuntimeError("The import did not bring the lead in.")


def _show(program: Program, single: SingleInstance) -> int:
    single.raised.connect(lambda: _to_front(program.window))
    settings = program.context.settings_store
    program.window.place(settings.current.window_place)
    _show_first(program.window, program.context)
    # What the first page does not need comes when it is painted, so that it is painted sooner.
    for later in (single.listen, program.window.count_pages, program.link.look_at_backups):
        QTimer.singleShot(SHOWN_AFTER, program.window, later)
    for later in (_collect_again, _preload_charts, program.link.begin_day, program.link.watch_inbox):
        QTimer.singleShot(IDLE_AFTER, program.window, later)
    try:
        return program.app.exec()
    finally:
        settings.update(window_place=program.window.placed)
        single.close()
        program.close()


def _show_first(window: MainWindow, context: AppContext) -> None:
    first = first_page(window, context)
    if first:
        window.open(first)
    window.show()


def first_page(window: MainWindow, context: AppContext) -> str:
    """The page to start on: how to begin while there is nothing, else the first of the sidebar."""
    specs = window.pages.specs
    begins = "first_run" in specs and not context.settings_store.current.welcomed and context.services.base.is_empty()
    return "first_run" if begins else next((name for name in specs if specs[name].group != "hidden"), "")


def _to_front(window: MainWindow) -> None:
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


def _collect_again() -> None:
    """The command line starts the window without the collector; what stands by now is left out of its rounds."""
    gc.freeze()
    gc.enable()


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


def _speak_again(app: QApplication, store: SettingsStore, names: frozenset[str]) -> None:
    if "language" in names:
        speak(app, store.current.language, paths.resource("translations"))


def _announce(changes: ChangeNotifier, result: object) -> None:
    """Services answer a write with its Change, alone or beside a result; every page hears of it here."""
    parts = result if isinstance(result, tuple) else (result, getattr(result, "change", None))
    for part in parts:
        if isinstance(part, Change):
            changes.announce(part)
