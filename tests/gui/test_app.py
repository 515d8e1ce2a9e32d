"""The program starts over a folder of data, once, and ends in order. The services are a stand-in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from crm_desktop import app, settings
from crm_desktop.app import Program, build, picture, run, self_test
from crm_desktop.domain.change import Change
from crm_desktop.domain.clock import Clock
from crm_desktop.errors import EnvironmentProblem, UserError
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.shot import Look, shot
from crm_desktop.gui.single import SingleInstance
from crm_desktop.paths import DataDir
from crm_desktop.services.lock import writing
from crm_desktop.settings import Settings

from .conftest import NOW, SPECS, PlainPage, a_change


class StandIn:
    """Services that do nothing but know whether they are open, and when a backup was made."""

    def __init__(self) -> None:
        self.open = True
        self.safety = self.ageing = self.history = self

    def backups(self) -> list[Any]:
        """None yet."""
        return []

    def daily(self, _progress: Any) -> None:
        """None is due."""

    def bring_up(self) -> None:
        """Nothing fades."""

    def peek_undo(self) -> None:
        """Nothing was done."""

    peek_redo = peek_undo

    def close(self) -> None:
        """Note it."""
        self.open = False


@dataclass
class Options:
    """What a command line would say."""

    data_dir: Path | None
    clock: Clock
    passphrase: str | None = None


def opener(_data: DataDir, _settings: Settings, _clock: Clock, _passphrase: str | None) -> Any:
    """Open the stand-in."""
    return StandIn()


@pytest.fixture(autouse=True)
def two_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pages of the tests; the font list of the charts stays where it is."""
    monkeypatch.setattr(app, "page_specs", lambda: SPECS)
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """A program that is built but not shown."""
    made = build(DataDir(tmp_path / "data"), Clock.fixed(NOW), opener)
    yield made
    made.close()


def test_building_makes_the_folder_and_the_window(program: Program, tmp_path: Path) -> None:
    assert (tmp_path / "data").is_dir()
    assert program.window.open("leads")
    assert program.context.clock.now() == NOW


def test_settings_dress_the_window(qapp: QApplication, tmp_path: Path) -> None:
    settings.save(tmp_path / "settings.json", Settings(theme="dark", text_scale=130, letter_keys=False))
    program = build(DataDir(tmp_path), Clock.fixed(NOW), opener)
    try:
        assert program.context.theme.current.dark
        assert program.context.theme.current.scale == 130
        program.window.open("leads")
        assert program.context.actions.action("Leads.log").shortcut().isEmpty()
    finally:
        program.close()


def test_settings_act_at_once(program: Program) -> None:
    program.window.open("leads")
    store = program.context.settings_store
    store.update(theme="dark", text_scale=120, reduced_motion=True)
    assert program.context.theme.current.dark
    assert program.context.theme.current.scale == 120
    assert program.context.theme.motion("toast") == 0
    store.update(letter_keys=False)
    assert program.context.actions.action("Leads.log").shortcut().isEmpty()


@pytest.mark.parametrize("shape", ["alone", "beside a result", "inside a result"])
def test_what_is_written_is_announced(shape: str, program: Program) -> None:
    change = a_change("lead")

    @dataclass
    class Outcome:
        change: Change

    results = {"alone": change, "beside a result": (7, change), "inside a result": Outcome(change)}
    heard: list[object] = []
    program.context.changes.changed.connect(heard.append)
    program.context.jobs.write(lambda _: results[shape], lambda _: None)
    assert program.context.jobs.wait_idle()
    assert heard == [change]


def test_problems_become_toasts_and_bugs_a_dialog(program: Program, qtbot: QtBot) -> None:
    def fail(_: object) -> None:
        raise EnvironmentProblem("The disk is full.")

    program.context.jobs.read(fail, lambda _: None)
    qtbot.waitUntil(lambda: program.window.toasts.current is not None)
    toast = program.window.toasts.current
    assert toast is not None and toast.sentence.text() == "The disk is full."


def test_closing_ends_the_services(qapp: QApplication, tmp_path: Path) -> None:
    program = build(DataDir(tmp_path / "data"), Clock.fixed(NOW), opener)
    services = program.context.services
    assert isinstance(services, StandIn) and services.open
    program.close()
    assert not services.open
    assert not any(isinstance(widget, MainWindow) for widget in QApplication.topLevelWidgets())


def test_run_shows_the_first_page_until_it_is_closed(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[str] = []

    def look() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        if not SingleInstance(tmp_path).call_first():
            QTimer.singleShot(20, look)  # it listens once its first page is painted
            return
        seen.append(window.pages.current_id)
        window.close()

    QTimer.singleShot(0, look)
    assert run(Options(tmp_path, Clock.fixed(NOW)), opener) == 0
    assert seen == ["today"]


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[tuple[bool, int]] = []

    def look() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        seen.append((window.isMaximized(), window.width()))
        window.showNormal()
        window.resize(window.minimumSize())
        QApplication.processEvents()
        window.close()

    for _ in range(2):
        QTimer.singleShot(0, look)
        assert run(Options(tmp_path, Clock.fixed(NOW)), opener) == 0
    # The screen of the tests has no room for its usual size.
    assert seen[0][0] and seen[1] == (False, 1024)


def test_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.listen()
    try:
        with writing(DataDir(tmp_path)), qtbot.waitSignal(first.raised):
            assert run(Options(tmp_path, Clock()), opener) == 0
    finally:
        first.close()


def test_other_folders_are_other_programs(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "one")
    assert first.listen()
    assert not SingleInstance(tmp_path / "two").call_first()
    first.close()
    assert not SingleInstance(tmp_path / "one").call_first()


def test_a_place_that_cannot_be_used_is_explained(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, text: told.append(text))
    (tmp_path / "file").touch()
    assert run(Options(tmp_path / "file", Clock()), opener) == 1
    assert told == ["“file” is a file, not a folder for your data. Nothing was changed; choose another place."]


@pytest.mark.parametrize("look", [Look(), Look("dark", (1024, 680), 130)])
def test_picture_of_a_page(look: Look, program: Program, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    out = tmp_path / "page.png"
    assert shot(program.window, "leads", out, look)
    image = QImage(str(out))
    assert (image.width(), image.height()) == look.size
    corner = image.pixelColor(image.width() - 4, image.height() // 2)
    assert (corner.lightness() < 80) == (look.theme == "dark")
    assert program.context.settings_store.current.theme == "system"


def test_no_picture_of_a_page_that_is_not_there(program: Program, tmp_path: Path) -> None:
    assert not shot(program.window, "nowhere", tmp_path / "page.png", Look())


@dataclass
class PictureOptions:
    """What the command line says of a picture."""

    page: str
    out: Path
    theme: str = "dark"
    size: tuple[int, int] = (1200, 700)
    text_scale: int = 100
    locale: str | None = None


def test_pictures_by_command(qapp: QApplication, tmp_path: Path) -> None:
    out = tmp_path / "leads.png"
    picture(DataDir(tmp_path / "data"), Clock.fixed(NOW), PictureOptions("leads", out), opener)
    assert out.is_file()
    with pytest.raises(UserError, match="today, leads, pipeline, settings"):
        picture(DataDir(tmp_path / "data"), Clock(), PictureOptions("nowhere", out), opener)


def test_the_program_tests_itself(qapp: QApplication) -> None:
    assert self_test() == ["open", "sample data", "import", "today", "leads", "pipeline", "settings", "undo"]


def test_self_test_raises_what_failed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_page: PlainPage) -> None:
        raise KeyError("broken page")

    monkeypatch.setattr(PlainPage, "on_shown", lambda page: page.context.jobs.read(lambda _: broken(page), print))
    with pytest.raises(RuntimeError, match="KeyError"):
        self_test()
    assert QApplication.activeModalWidget() is None
