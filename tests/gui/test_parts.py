"""Smaller shared parts: settings, language, list of pages, long work in the hint bar, announcements."""

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop import settings
from crm_desktop.gui.changes import ChangeNotifier
from crm_desktop.gui.charts.preload import preload
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.format import count_text
from crm_desktop.gui.jobs import JobRunner
from crm_desktop.gui.language import locale_of, speak
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.settings_store import SettingsStore
from crm_desktop.gui.shell import hint_bar
from crm_desktop.gui.shell.hint_bar import HintBar
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.progress import Progress

from .conftest import a_change


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    """Settings in a file of their own."""
    return SettingsStore(tmp_path / "settings.json")


def test_settings_are_kept_at_once(store: SettingsStore, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.changed) as told:
        store.update(density="compact", text_scale=120, hint_bar=True)
    assert told.args == [frozenset({"density", "text_scale"})]
    assert settings.load(tmp_path / "settings.json").density == "compact"


def test_nothing_new_is_not_told(store: SettingsStore, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(store.changed):
        store.update(density=store.current.density)
    assert not (tmp_path / "settings.json").exists()


def test_a_wrong_setting_changes_nothing(store: SettingsStore) -> None:
    before = store.current
    with pytest.raises(ValueError, match="text_scale"):
        store.update(text_scale=999)
    assert store.current is before


def test_changes_reach_everybody(qtbot: QtBot) -> None:
    notifier = ChangeNotifier()
    change = a_change("lead", "task")
    with qtbot.waitSignal(notifier.changed) as told:
        notifier.announce(change)
    assert told.args == [change]


@pytest.mark.parametrize(
    ("language", "direction"), [("de", "LeftToRight"), ("ar", "RightToLeft"), ("en_GB", "LeftToRight")]
)
def test_language_sets_direction_and_numbers(language: str, direction: str, qapp: QApplication, tmp_path: Path) -> None:
    speak(qapp, language, tmp_path)
    assert qapp.layoutDirection() == Qt.LayoutDirection[direction]
    assert QLocale().name().startswith(language)


def test_country_comes_from_the_computer_where_the_language_agrees() -> None:
    system = QLocale.system()
    language = QLocale.languageToCode(system.language())
    if language and language != "C":
        assert locale_of(language).name() == system.name()
    assert locale_of("en_GB").name() == "en_GB"


def test_pages_that_are_not_there_are_not_shown() -> None:
    specs = page_specs()
    assert len({spec.id for spec in specs}) == len(specs)
    keys = [spec.key for spec in specs if spec.key]
    assert len(set(keys)) == len(keys)
    assert all(spec.title and spec.icon for spec in specs)


def test_charts_are_loaded_beside_the_window() -> None:
    preload()
    loading = [thread for thread in threading.enumerate() if thread.name == "charts"]
    for thread in loading:
        thread.join(60)
    assert not any(thread.is_alive() for thread in loading)


def test_announcement_without_a_listener_does_nothing(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, "Saved")


def test_announcement_reaches_a_screen_reader(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    announce(widget, "Fenwick Schools Trust, moved to Closing, 2 of 4")
    assert said == ["Fenwick Schools Trust, moved to Closing, 2 of 4"]


def bar_of(bar: HintBar) -> QProgressBar:
    """The progress bar in the hint bar."""
    return bar.findChildren(QProgressBar)[0]


def test_long_work_is_told_and_can_be_cancelled(
    theme: ThemeManager, errors: ErrorReporter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hint_bar, "_LONG", 0.05)
    jobs = JobRunner(errors)
    bar = HintBar(theme)
    qtbot.addWidget(bar)
    bar.watch(jobs)
    bar.allow_keys(False)
    bar.show()
    assert not bar_of(bar).isVisible()
    started = threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.report(1240, 5000, "Importing")
            time.sleep(0.01)

    ended: list[Exception] = []
    jobs.write(work, lambda _: None, ended.append, title="Importing")
    qtbot.waitUntil(lambda: bar_of(bar).isVisible(), timeout=3000)
    assert bar_of(bar).accessibleName() == f"Importing: {count_text(1240)} of {count_text(5000)}"
    assert (bar_of(bar).value(), bar_of(bar).maximum()) == (1240, 5000)
    cancel = next(button for button in bar.findChildren(Button) if button.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ended), timeout=3000)
    assert not bar_of(bar).isVisible()
    jobs.stop()


def test_all_keys_are_one_click_away(theme: ThemeManager, qtbot: QtBot) -> None:
    bar = HintBar(theme)
    qtbot.addWidget(bar)
    bar.resize(900, 32)
    bar.show()
    button = next(b for b in bar.findChildren(QPushButton) if b.text().startswith("F1"))
    with qtbot.waitSignal(bar.keys_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_labels_begin_where_reading_begins_whatever_their_letters(qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = label("New relation", "heading")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.resize(400, 40)
    picture = made.grab().toImage()
    ground = picture.pixel(0, 0)
    columns = [x for x in range(400) if any(picture.pixel(x, y) != ground for y in range(40))]
    assert columns and columns[0] > 200 and columns[-1] > 390
