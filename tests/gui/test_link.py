"""Undo, backups and search of the window over a real base with sample data."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Compare, Filter, Op
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages import specs as pages
from crm_desktop.gui.pages.duplicates import DuplicatesPage
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.shell.found_records import FoundRecords
from crm_desktop.gui.shell.link import ServicesLink
from crm_desktop.gui.shell.palette import ActionSource
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
    assert said(linked).startswith("Undone: ")
    qtbot.keyClick(linked, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert services.base.counts()["lead"] == count
    assert said(linked).startswith("Redone: ")


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
    linked.context.changes.announce(services.records.add("lead", {"name": "Noor"}).change)
    assert "Backup " in linked.saved_note.accessibleName()


def test_the_backup_of_the_day_is_made_and_told(linked: MainWindow, link: ServicesLink, services: Services) -> None:
    link.begin_day()
    assert len(services.safety.backups()) == 1
    assert "Backup " in linked.saved_note.accessibleName()
    link.begin_day()
    assert len(services.safety.backups()) == 1


def test_relations_are_as_strong_as_they_are_today(linked: MainWindow, link: ServicesLink, services: Services) -> None:
    strong = Filter("person", Compare("strength", Op.AT_LEAST, 10))
    before, store = services.lists.count(strong), services._store
    with store.keeping():
        store.rows.age(NOW.date() + timedelta(200))
    assert services.lists.count(strong) < before
    link.begin_day()
    assert services.lists.count(strong) == before


@pytest.fixture
def found(link: ServicesLink) -> FoundRecords:
    """What looks records up for the palette."""
    return link.found


def test_palette_finds_records_and_opens_their_page(linked: MainWindow, found: FoundRecords) -> None:
    items = found.find("astoria", "")
    assert items
    # Of the pages of this window only those of leads and deals can show something.
    deal = next(item for item in items if item.icon == "square-kanban")
    assert "Astoria" in deal.detail
    deal.run()
    assert linked.pages.current_id == "pipeline"
    page = linked.pages.current
    assert isinstance(page, PlainPage) and isinstance(page.heard[-1], RecordTarget)
    assert page.heard[-1].kind == "deal"


def test_an_activity_without_a_subject_is_called_by_its_type(found: FoundRecords, services: Services) -> None:
    lead = services.lists.ids(Filter("lead"), limit=1)[0]
    services.records.add("activity", {"type": "email_out", "lead": lead, "note": "Zirbenholz"})
    assert [item.title for item in found.find("zirbenholz", "")] == ["Email sent"]
    told = services.history.peek_undo()
    assert told is not None and told.deed.subject == "Email sent"


def test_duplicates_are_looked_for_among_the_records_of_the_page(context: AppContext, services: Services) -> None:
    window = MainWindow(replace(context, services=services), pages.page_specs())
    window.show()
    source = ActionSource(window.context.actions)
    for page_id, kind in (("customers", "company"), ("leads", "lead"), ("analytics", "lead"), ("customers", "company")):
        window.open(page_id)
        for typed in ("duplicates", "find dup"):
            assert [item.title for item in source.search(typed, "")] == ["Go to Duplicates"]
        source.search("duplicates", "")[0].run()
        assert window.pages.current_id == "duplicates"
        shown = window.pages.current
        assert isinstance(shown, DuplicatesPage) and shown.kind == kind
    window.close()
    destroy(window)


def test_palette_asks_for_people_only(found: FoundRecords) -> None:
    assert not [item for item in found.find("astoria", "@") if item.icon == "square-kanban"]


def test_what_was_opened_last_is_offered_first(linked: MainWindow, found: FoundRecords, services: Services) -> None:
    assert found.find("", "") == []
    leads = list(services.lists.ids(Filter("lead"), limit=2))
    for lead in leads:
        linked.visited.emit(RecordTarget("lead", lead))
    names = [row[1] for row in services.lists.rows("lead", leads[::-1], ["name"])]
    assert [item.title for item in found.find("", "")] == names
    assert [item.title for item in FoundRecords(linked).find("", "@")] == names
    services.records.delete("lead", leads[:1])
    assert [item.title for item in found.find("", "")] == names[:1]


def test_names_that_begin_so_come_first(found: FoundRecords, services: Services) -> None:
    services.records.add("lead", {"name": "Park Anna", "company_name": "x"})
    assert found.find("park", "")[0].title == "Park Anna"
    assert found.total() > 400


def test_undo_tells_what_was_taken_back(linked: MainWindow, link: ServicesLink, services: Services) -> None:
    lead = services.records.add("lead", {"name": "Adler", "company_name": "x"}).id
    link.undo()
    assert said(linked) == "Undone: Adler added"
    link.redo()
    assert said(linked) == "Redone: Adler added"
    services.records.set("lead", [lead, *services.lists.ids(Filter("lead"), limit=2)][-2:], {"segment": "Office"})
    link.undo()
    assert said(linked) == "Undone: 2 leads changed"


@pytest.mark.parametrize(("page", "count"), [("leads", 248), ("pipeline", 25), ("customers", 132)])
def test_counts_of_the_sidebar(page: str, count: int, context: AppContext, services: Services) -> None:
    counter = pages._counter(page)
    assert counter is not None
    assert counter(replace(context, services=services)) == count


def test_pages_without_records_have_no_count() -> None:
    assert pages._counter("settings") is None


def test_undo_and_redo_say_what_they_are_about(linked: MainWindow, link: ServicesLink, services: Services) -> None:
    ids = list(services.lists.ids(Filter("lead"), None, 3))
    services.records.set("lead", ids, {"segment": "R&D"})
    link.name_steps()
    assert linked.context.jobs.wait_idle()
    undo, redo = (linked.context.actions.action(f"edit.{name}") for name in ("undo", "redo"))
    assert (undo.text(), redo.text()) == ("Undo: 3 leads changed", "Redo")
    linked.context.actions.trigger("edit.undo")
    assert linked.context.jobs.wait_idle()
    link.name_steps()
    assert linked.context.jobs.wait_idle()
    assert redo.text() == "Redo: 3 leads changed"
