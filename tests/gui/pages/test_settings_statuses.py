"""Statuses of leads in the settings: named, ordered, added and dropped, each step undone."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crm_desktop.domain.terms import LeadStatus
from crm_desktop.gui.pages.settings import SettingsPage
from crm_desktop.gui.pages.settings.ordered import NameEdit, OrderedPanel
from crm_desktop.gui.pages.settings.statuses import StatusesPanel
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.services import Services
from tests.gui.pages.lists import Show, Shown, show

__all__ = ["show"]


def panel(shown: Shown) -> StatusesPanel:
    shown.page.open_filter("leads")
    found = shown.page.groups["leads"]
    assert isinstance(found, StatusesPanel)
    found.refresh()
    return found


def seen(statuses: OrderedPanel, kind: type[QWidget], name: str) -> Any:
    """The part of that name as it was made last: lines that were replaced go when the window has time."""
    return statuses.findChildren(kind, name)[-1]


def names(services: Services) -> list[str]:
    return [status.name for status in services.statuses.all()]


def test_a_status_gets_another_name(show: Show, services: Services) -> None:
    statuses = panel(show(SettingsPage))
    contacted = statuses.things[1]
    edit = seen(statuses, QLineEdit, f"name{contacted.id}")
    edit.setText("Called twice")
    edit.editingFinished.emit()
    assert names(services)[1] == "Called twice"
    services.history.undo()
    assert names(services)[1] == "Contacted"


def test_a_status_is_added_moved_and_dropped(show: Show, services: Services) -> None:
    statuses = panel(show(SettingsPage))
    before = names(services)
    statuses.type_choice.setCurrentIndex(statuses.type_choice.findData(LeadStatus.WORKING))
    statuses.add_button.click()
    assert names(services) == [*before, "New status"]
    statuses.refresh()
    made = statuses.things[-1]
    up = seen(statuses, IconButton, f"arrow-up{made.id}")
    up.click()
    assert names(services)[-2] == "New status"
    statuses.refresh()
    gone = seen(statuses, IconButton, f"trash-2{made.id}")
    gone.click()
    assert names(services) == before


def test_the_last_status_of_a_type_stays(show: Show, services: Services) -> None:
    statuses = panel(show(SettingsPage))
    bin_ = seen(statuses, IconButton, f"trash-2{statuses.things[0].id}")
    assert not bin_.isEnabled()


def test_leads_of_a_dropped_status_are_counted(show: Show, services: Services) -> None:
    shown = show(SettingsPage)
    statuses = panel(shown)
    number = services.statuses.add("Waiting", LeadStatus.WORKING).id
    for name in ("Ann", "Bo"):
        services.records.add("lead", {"name": name, "status": "Waiting"})
    statuses.refresh()
    seen(statuses, IconButton, f"trash-2{number}").click()
    assert shown.said == "Status Waiting deleted; its %n leads have another one of its type".replace("%n", "2")
    shown.undo()
    assert "Waiting" in names(services)


@pytest.mark.parametrize(
    ("group", "text", "said"),
    [
        ("leads", "  ", "needs a name"), ("leads", "contacted", "There is a status “contacted” already"),
        ("leads", "x" * 300, "at most 100 characters"), ("pipeline", " ", "needs a name"),
        ("pipeline", "proposal", "There is a stage “proposal” already"), ("pipeline", "x" * 300, "at most 100"),
        ("fields", "", "needs a name"), ("fields", "COLOUR", "already has a field"),
        ("fields", "x" * 300, "at most 100"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_stays_to_be_mended(
    show: Show, services: Services, group: str, text: str, said: str
) -> None:
    for name in ("Size", "Colour"):
        services.fields.add(services.fields.kinds()[0], name, "text")
    shown = show(SettingsPage)
    shown.page.open_filter(group)
    named = shown.page.groups[group]
    assert isinstance(named, OrderedPanel)
    named.refresh()
    first = named.things[0]
    edit = seen(named, NameEdit, f"name{first.id}")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text) if text else edit.clear()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not shown.notices and edit.text() == text and said in edit.complaint.text()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    named.refresh()
    edit = seen(named, NameEdit, f"name{first.id}")
    assert edit.text() == text and said in edit.complaint.text() and edit.accessibleDescription()
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == first.name and not edit.complaint.text()
    named.refresh()
    assert seen(named, NameEdit, f"name{first.id}").text() == first.name == named.things[0].name


def test_the_keys_go_on_in_a_name_that_cannot_be(show: Show, services: Services) -> None:
    statuses = panel(show(SettingsPage))
    edit = seen(statuses, NameEdit, f"name{statuses.things[0].id}")
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "Contacted")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert statuses.focusWidget() == edit
    QTest.keyClicks(edit, " again")
    assert not edit.complaint.text()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert names(services)[0] == "Contacted again"


def test_the_name_of_a_new_status_is_typed_at_once(show: Show, services: Services) -> None:
    statuses = panel(show(SettingsPage))
    statuses.add_button.setFocus()
    statuses.add_button.click()
    focus = statuses.focusWidget()
    assert isinstance(focus, QLineEdit) and focus.selectedText() == "New status"
    QTest.keyClicks(focus, "Waiting")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert names(services)[-1] == "Waiting"
    statuses.add_button.click()
    assert names(services)[-2:] == ["Waiting", "New status"]


def test_undo_is_for_the_name_first_and_then_for_what_was_done(show: Show) -> None:
    statuses = panel(show(SettingsPage))
    edit = seen(statuses, QLineEdit, f"name{statuses.things[0].id}")
    undo = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier

    def takes() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, *undo)
        event.ignore()
        QApplication.sendEvent(edit, event)
        return event.isAccepted()

    assert not takes()
    QTest.keyClicks(edit, "x")
    assert takes()
    QTest.keyClick(edit, *undo)
    assert edit.text() == statuses.things[0].name and not takes()
