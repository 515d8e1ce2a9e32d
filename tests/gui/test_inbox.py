"""The inbox folder in the window: what comes is told, and taken in by one command."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing import ImportPage
from crm_desktop.gui.pages.importing.wizard import Step
from crm_desktop.gui.pages.page import PageSpec
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
    importing = PageSpec("importing", "Import & export", "arrow-down-up", ImportPage, "foot", "Ctrl+I")
    made = MainWindow(replace(context, services=services), (*SPECS, importing))
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


def _import_page(window: MainWindow) -> ImportPage:
    page = window.pages.current
    assert isinstance(page, ImportPage)
    return page


def _leave_import(window: MainWindow) -> None:
    """Cancel, and look at another page meanwhile."""
    _import_page(window).wizard.cancel_button.click()
    window.open("leads")


def test_a_table_is_taken_in_once_its_rows_are_imported(box: Path, window: MainWindow, services: Services) -> None:
    table = box / "leads.csv"
    table.write_text("First name,Last name\nBo,Lind\n")
    watch = InboxWatch(window)
    watch.take()
    page = _import_page(window)
    page.wizard.advance()
    _leave_import(window)
    window.say("Something else")
    watch.look()
    assert (table.exists(), _leads(services), _said(window)) == (True, 0, "Something else")
    watch.take()
    for _ in range(5):
        page.wizard.advance()
    assert (table.exists(), _leads(services)) == (False, 1)
    assert (box / "Taken in" / "leads.csv").exists()
    assert page.wizard.tally_label.text() == "1 new"


def test_a_table_of_which_nothing_is_new_is_taken_in(box: Path, window: MainWindow, services: Services) -> None:
    services.records.add("lead", {"first_name": "Bo", "last_name": "Lind"})
    table = box / "leads.csv"
    table.write_text("First name,Last name\nBo,Lind\n")
    watch = InboxWatch(window)
    watch.take()
    page = _import_page(window)
    for _ in range(4):
        page.wizard.advance()
    assert (page.wizard.next_button.text(), table.exists()) == ("Close", True)
    page.wizard.advance()
    assert (table.exists(), _leads(services)) == (False, 1)
    assert (box / "Taken in" / "leads.csv").exists()


def test_a_table_whose_rows_are_all_refused_stays(box: Path, window: MainWindow) -> None:
    table = box / "purchases.csv"
    table.write_text("Customer,Order date,Quantity,Amount\n,2026-01-02,1,5\n")
    InboxWatch(window).take()
    page = _import_page(window)
    for _ in range(5):
        page.wizard.advance()
    assert table.exists()


def test_a_table_that_cannot_be_put_aside_is_told(box: Path, window: MainWindow, services: Services) -> None:
    (box / "Taken in").write_text("a file in its place")
    (box / "leads.csv").write_text("First name,Last name\nBo,Lind\n")
    InboxWatch(window).take()
    page = _import_page(window)
    for _ in range(5):
        page.wizard.advance()
    assert _leads(services) == 1
    assert "the file stays in the inbox folder: “leads.csv”" in page.wizard.tally_label.text()


def test_the_way_back_to_an_import_goes_on_with_it(box: Path, window: MainWindow) -> None:
    (box / "leads.csv").write_text("First name,Last name\nBo,Lind\n")
    InboxWatch(window).take()
    page = _import_page(window)
    page.wizard.advance()
    window.open("leads")
    window.pages.step(-1)
    assert page.wizard.step is Step.MATCH


def test_a_table_whose_import_was_left_comes_after_the_others(box: Path, window: MainWindow) -> None:
    for number in (1, 2):
        (box / f"{number}.csv").write_text("First name,Last name\nBo,Lind\n")
        os.utime(box / f"{number}.csv", (number, number))
    watch = InboxWatch(window)
    begun = []
    for _ in range(3):
        watch.take()
        begun.append(_import_page(window).task.path)
        _leave_import(window)
    assert begun == [box / "1.csv", box / "2.csv", box / "1.csv"]


def test_only_what_is_new_is_told(box: Path, window: MainWindow) -> None:
    watch = InboxWatch(window)
    for name, told in (("1.csv", "1 file lies in the inbox folder."), ("2.csv", "2 files lie in the inbox folder.")):
        (box / name).write_text("Name\nBo\n")
        watch.look()
        assert _said(window) == told
    window.say("Something else")
    (box / "1.csv").unlink()
    watch.look()
    assert _said(window) == "Something else"


def test_tables_come_after_the_cards(box: Path, window: MainWindow, services: Services, qtbot: QtBot) -> None:
    (box / "card.vcf").write_text(CARD)
    (box / "table.csv").write_text("Name\nBo\n")
    InboxWatch(window).take()
    qtbot.waitUntil(lambda: _leads(services) == 1)
    qtbot.waitUntil(lambda: _said(window) == "1 lead added from the inbox folder.")
    assert window.toasts.current is not None
    assert window.toasts.current.more_button.text() == "Import table.csv"
    window.toasts.current.more_button.click()
    assert _import_page(window).task.path == box / "table.csv"


def test_how_many_files_stay_is_told(box: Path, window: MainWindow, qtbot: QtBot) -> None:
    for number in (1, 2, 3):
        (box / f"{number}.vcf").write_text("hello")
        os.utime(box / f"{number}.vcf", (number, number))
    InboxWatch(window).take()
    qtbot.waitUntil(lambda: _said(window) == "There is no card in “1.vcf”. 2 other files stay there as well.")


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
    box.rmdir()
    take.action.trigger()
    qtbot.waitUntil(lambda: "“box” was not found" in _said(window))
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
