"""A window with small stand-in pages, so that the frame can be tried without any records."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from crm_desktop import paths
from crm_desktop.bootstrap import open_services
from crm_desktop.domain.change import Change, Touched
from crm_desktop.domain.clock import Clock
from crm_desktop.gui.actions import ActionRegistry, Command, Scope
from crm_desktop.gui.changes import ChangeNotifier
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.fonts import load_fonts
from crm_desktop.gui.language import speak
from crm_desktop.gui.pages.page import Hint, Page, PageSpec
from crm_desktop.gui.settings_store import SettingsStore
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.theme import ThemeManager, fusion
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

from .immediate import ImmediateRunner

NOW = datetime(2026, 11, 12, 9, 5, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the platform without a screen cannot do is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A base with the sample data, which no test changes."""
    made = open_services(DataDir(tmp_path_factory.mktemp("sample")), Settings(currency="EUR"), Clock.fixed(NOW))
    made.demo.fill()
    yield made
    made.close()


def a_change(*kinds: str) -> Change:
    """An action that touched one record of each kind."""
    return Change(1, "edit", kinds[0], "x", tuple(Touched(kind, 1, ((1, 1),)) for kind in kinds))


def destroy(thing: QObject) -> None:
    """Let Qt delete it now; what lives on is restyled by every later test."""
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)


class PlainPage(Page):
    """A page that notes what the shell tells it."""

    kinds = frozenset({"lead"})

    def __init__(self, context: AppContext, name: str) -> None:
        super().__init__(context)
        self.title = name
        self.heard: list[object] = []
        layout = QVBoxLayout(self)
        self.view = QPushButton(name, self)
        layout.addWidget(self.view)
        self.chosen = False
        self.add_command(Command(f"{name}.new", f"New {name}", lambda: self.heard.append("new"), "Ctrl+N",
                                 "plus", scope=Scope.PAGE))
        self.add_command(
            Command(f"{name}.log", "Log visit", lambda: self.heard.append("log"), "L", "notebook-pen",
                    lambda: self.chosen, Scope.VIEW, hint="Log"),
            self.view,
        )

    def header_actions(self) -> list[str]:
        return [f"{self.title}.new"]

    def hints(self) -> list[Hint | str]:
        return [Hint("↑↓", "Move"), f"{self.title}.log"]

    def on_shown(self) -> None:
        self.heard.append("shown")

    def open_filter(self, target: object) -> None:
        self.heard.append(target)

    def on_escape(self) -> bool:
        self.heard.append("escape")
        return True


SPECS = (
    PageSpec("today", "Today", "sun", lambda c: PlainPage(c, "Today"), key="Ctrl+1", count=lambda _: 2, alert=True),
    PageSpec("leads", "Leads", "user-plus", lambda c: PlainPage(c, "Leads"), "Sell", "Ctrl+2", lambda _: 248),
    PageSpec("pipeline", "Pipeline", "square-kanban", lambda c: PlainPage(c, "Pipeline"), "Sell", "Ctrl+4"),
    PageSpec("settings", "Settings", "settings", lambda c: PlainPage(c, "Settings"), "foot", "Ctrl+,"),
)


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    """The window speaks the English of the mock-ups, as it does once started, whatever an earlier test let it speak."""
    speak(qapp, "en_GB", paths.resource("translations"))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[ThemeManager]:
    """The light theme, worn by the application."""
    fusion(qapp)
    manager = ThemeManager(paths.resource("styles"), load_fonts(paths.resource("fonts")))
    manager.apply("light", 100)
    yield manager
    destroy(manager)


@pytest.fixture
def errors(qapp: QApplication) -> ErrorReporter:
    """What caught errors reach."""
    return ErrorReporter()


@pytest.fixture
def context(theme: ThemeManager, errors: ErrorReporter, tmp_path: Path) -> AppContext:
    """A context without services; work is done at once."""
    return AppContext(
        services=cast(Services, None),  # the frame itself asks nothing of them
        settings_store=SettingsStore(tmp_path / "settings.json"),
        theme=theme,
        jobs=ImmediateRunner(errors),
        actions=ActionRegistry(theme),
        changes=ChangeNotifier(),
        clock=Clock.fixed(NOW),
    )


@pytest.fixture
def window(context: AppContext, qtbot: object) -> Iterator[MainWindow]:
    """The main window on its first page."""
    made = MainWindow(context, SPECS)
    made.open("today")
    made.show()
    made.activateWindow()
    yield made
    made.close()
    destroy(made)


def press_ready(widget: QWidget) -> None:
    """Make sure keys reach the widget."""
    widget.window().activateWindow()
    widget.setFocus()
    QApplication.processEvents()
