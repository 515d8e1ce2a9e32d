"""Undo, backups and search of the window over a real base with sample data."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages import specs as pages
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.shell.link import ServicesLink
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings

from .conftest import NOW, SPECS, PlainPage, destroy


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A base with the sample data."""
    made = open_services(DataDir(tmp_path / "data"), Settings(currency="EUR"), Clock.fixed(NOW))
    made.demo.fill()
    yield made
    made.close()


@pytest.fixture
def linked(context: AppContext, services: Services) -> Iterator[MainWindow]:
    """A window over that base."""
    window = MainWindow(replace(context, services=services), SPECS)
    window.open("leads")
    window.show()
    yield window
    window.close()
    destroy(window)


@pytest.fixture
def link(linked: MainWindow) -> ServicesLink:
    """What connects the two."""
    return ServicesLink(linked)


def said(window: MainWindow) -> str:
    """The sentence of the toast."""
    assert window.toasts.current is not None
    return window.toasts.current.sentence.text()


def test_undo_and_redo_by_key(linked: MainWindow, link: ServicesLink, services: Services, qtbot: QtBot) -> None:
    lead = services.lists.ids(pages._COUNTED["leads"][0], limit=1)[0]
    services.records.delete("lead", [lead])
    count = services.base.counts()["lead"]
    qtbot.keyClick(linked, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert services.base.counts()["lead"] == count + 1
    assert said(linked).startswith("Taken back")
    qtbot.keyClick(linked, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert services.base.counts()["lead"] == count
    assert said(linked).startswith("Done again")


def test_nothing_to_redo_is_said_in_a_sentence(
    linked: MainWindow, link: ServicesLink, context: AppContext, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(context.jobs._errors.problem) as told:
        link.redo()
    assert told.args is not None and told.args[0]


def test_backup_is_told(linked: MainWindow, link: ServicesLink, services: Services) -> None:
    link.look_at_backups()
    assert "No backup yet" in linked.saved_note.accessibleName()
    services.safety.backup()
    link.look_at_backups()
    assert "Backup " in linked.saved_note.accessibleName()


def test_palette_finds_records_and_opens_their_page(linked: MainWindow, link: ServicesLink) -> None:
    found = link.find("astoria", "")
    assert found
    # Of the pages of this window only those of leads and deals can show something.
    deal = next(item for item in found if item.icon == "square-kanban")
    assert "Astoria" in deal.detail
    deal.run()
    assert linked.pages.current_id == "pipeline"
    page = linked.pages.current
    assert isinstance(page, PlainPage) and isinstance(page.heard[-1], RecordTarget)
    assert page.heard[-1].kind == "deal"


def test_palette_asks_for_people_only(linked: MainWindow, link: ServicesLink) -> None:
    assert not [item for item in link.find("astoria", "@") if item.icon == "square-kanban"]
    assert link.find("", "") == []


@pytest.mark.parametrize(("page", "count"), [("leads", 248), ("pipeline", 25), ("customers", 132)])
def test_counts_of_the_sidebar(page: str, count: int, context: AppContext, services: Services) -> None:
    counter = pages._counter(page)
    assert counter is not None
    assert counter(replace(context, services=services)) == count


def test_pages_without_records_have_no_count() -> None:
    assert pages._counter("settings") is None
