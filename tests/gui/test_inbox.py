"""The inbox folder in the window: what comes is told, and taken in by one command."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.settings.data import InboxPanel
from crm_desktop.gui.shell import inbox
from crm_desktop.gui.shell.inbox import InboxWatch
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

from .conftest import NOW, SPECS, destroy

CARD = "BEGIN:VCARD\nFN:Ada King\nEMAIL:ada@king.example\nEND:VCARD\n"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = open_services(DataDir(tmp_path / "data"), Settings(currency="EUR"), Clock.fixed(NOW))
    yield made
    made.close()


@pytest.fixture
def box(tmp_path: Path, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "box"
    made.mkdir()
    context.settings_store.update(inbox_folder=str(made))
    monkeypatch.setattr(inbox, "QUIET_FOR", 1)
    return made


@pytest.fixture
def window(context: AppContext, services: Services) -> Iterator[MainWindow]:
    made = MainWindow(replace(context, services=services), SPECS)
    made.open("leads")
    made.show()
    yield made
    made.close()
    destroy(made)


def _said(window: MainWindow) -> str:
    return window.toasts.current.sentence.text() if window.toasts.current else ""


def _leads(services: Services) -> int:
    return services.lists.count(Filter("lead"))


def test_a_card_that_comes_is_told_and_taken_in(
    box: Path, window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    watch = InboxWatch(window)
    assert not _said(window)
    (box / "card.vcf").write_text(CARD)
    qtbot.waitUntil(lambda: _said(window) == "1 file lies in the inbox folder.")
    toast = window.toasts.current
    assert toast is not None
    toast.more_button.click()
    qtbot.waitUntil(lambda: _said(window) == "1 lead added from the inbox folder.")
    assert _leads(services) == 1
    assert window.toasts.current is not None
    window.toasts.current.undo_button.click()
    qtbot.waitUntil(lambda: _leads(services) == 0)
    watch.look()
    window.context.jobs.wait_idle()
    assert not _said(window)


def test_what_lies_there_at_the_start_is_told(box: Path, window: MainWindow, qtbot: QtBot) -> None:
    (box / "card.vcf").write_text(CARD)
    (box / "table.csv").write_text("Name\nBo\n")
    InboxWatch(window)
    qtbot.waitUntil(lambda: _said(window) == "2 files lie in the inbox folder.")


def test_a_table_begins_the_import(box: Path, window: MainWindow, qtbot: QtBot) -> None:
    (box / "table.csv").write_text("Name\nBo\n")
    InboxWatch(window)
    window.context.actions.trigger("inbox.take")
    qtbot.waitUntil(lambda: (box / "Taken in" / "table.csv").exists())


def test_tables_come_after_the_cards(box: Path, window: MainWindow, services: Services, qtbot: QtBot) -> None:
    (box / "card.vcf").write_text(CARD)
    (box / "table.csv").write_text("Name\nBo\n")
    InboxWatch(window).take()
    qtbot.waitUntil(lambda: _leads(services) == 1)
    qtbot.waitUntil(lambda: _said(window) == "1 lead added from the inbox folder.")
    assert window.toasts.current is not None
    assert window.toasts.current.more_button.text() == "Import table.csv"
    window.toasts.current.more_button.click()
    assert (box / "Taken in" / "table.csv").exists()


def test_a_file_that_tells_of_nobody_is_said_once(box: Path, window: MainWindow, qtbot: QtBot) -> None:
    (box / "bad.vcf").write_text("hello")
    watch = InboxWatch(window)
    watch.take()
    qtbot.waitUntil(lambda: "no card in “bad.vcf”" in _said(window))
    watch.look()
    window.context.jobs.wait_idle()
    assert "no card" in _said(window)


def test_an_empty_folder_and_none_are_said(box: Path, window: MainWindow, context: AppContext, qtbot: QtBot) -> None:
    InboxWatch(window)
    take = context.actions.find("inbox.take")
    assert take is not None
    assert take.usable
    take.action.trigger()
    qtbot.waitUntil(lambda: _said(window) == "Nothing lies in the inbox folder.")
    context.settings_store.update(inbox_folder="")
    assert not take.usable


def test_the_folder_is_chosen_in_the_settings(
    context: AppContext, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = InboxPanel(replace(context, services=services))
    notices: list[object] = []
    panel.said.connect(notices.append)
    monkeypatch.setattr("crm_desktop.gui.pages.settings.data.folder_to_use", lambda *_: tmp_path)
    panel.choose_button.click()
    assert context.settings_store.current.inbox_folder == str(tmp_path)
    panel.stop_button.click()
    assert context.settings_store.current.inbox_folder == ""
    assert len(notices) == 2
