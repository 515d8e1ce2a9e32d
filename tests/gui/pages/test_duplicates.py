"""The page of duplicates, and merging of ticked rows, as their user works them."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.pages.duplicates import DuplicatesPage
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.records.merge_box import MergeBox
from crm_desktop.gui.records.merge_dialog import MergeDialog
from crm_desktop.services import Services
from tests.gui.pages.lists import Show, Shown, show
from tests.gui.test_records_model import Held

__all__ = ["show"]


@pytest.fixture
def doubles(services: Services) -> list[int]:
    """Two leads who are one, told by their address, and one who is nobody else."""
    people: list[dict[str, Any]] = [
        {"name": "Ada King", "email": "ada@king.example", "job_title": "Buyer", "company_name": "King Ltd"},
        {"name": "Ada M. King", "email": "ada@king.example", "job_title": "Head of buying", "phone": "020 7946 0182"},
        {"name": "Noor Haddad", "email": "noor@brightwater.example"},
    ]
    return [services.records.add("lead", values).id for values in people]


def chosen(shown: Shown) -> None:
    """The panel follows the chosen row after a moment."""
    QTest.qWait(200)


def test_a_group_says_who_why_and_how_sure(show: Show, doubles: list[int]) -> None:
    shown = show(DuplicatesPage)
    [line] = shown.page.groups.lines
    assert set(line.group.ids) == set(doubles[:2])
    assert "Ada King" in line.names and "same email" in line.reasons
    assert line.group.confidence >= 80


def test_a_group_is_merged_by_key_and_apart_again_by_undo(show: Show, doubles: list[int], services: Services) -> None:
    shown = show(DuplicatesPage)
    chosen(shown)
    assert shown.page.box.plan is not None
    shown.press(Qt.Key.Key_M)
    assert services.lists.count(Filter("lead")) == 2
    assert shown.page.groups.lines == []
    assert shown.page.empty.accessibleName() == "No duplicates."
    shown.undo()
    assert services.lists.count(Filter("lead")) == 3
    assert len(shown.page.groups.lines) == 1


def test_another_value_is_kept_by_key(show: Show, doubles: list[int], services: Services) -> None:
    shown = show(DuplicatesPage)
    chosen(shown)
    table = shown.page.box.table
    [row] = [n for n, line in enumerate(table.lines.lines) if line.field == "job_title"]
    line = table.lines.lines[row]
    other = 2 if line.kept == 0 else 1
    table.setFocus()
    table.setCurrentIndex(table.lines.index(row, other))
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.lines.lines[row].result == line.texts[other - 1]
    survivor = shown.page.box.ids[0]
    shown.page.merge()
    assert services.records.show("lead", survivor).values["job_title"] == line.texts[other - 1]


def test_only_the_records_asked_for_last_are_shown(
    served: AppContext, errors: ErrorReporter, doubles: list[int], qtbot: Any
) -> None:
    jobs, parent = Held(errors), QWidget()
    qtbot.addWidget(parent)
    box = MergeBox(replace(served, jobs=jobs), parent)
    box.show_records("lead", doubles[:2])
    jobs.holding = True
    box.show_records("lead", doubles[1:])
    box.table.setCurrentIndex(box.table.lines.index(0, 1))
    QTest.keyClick(box.table, Qt.Key.Key_Space)
    assert len(jobs.waiting) == 1 and box.choices == {}
    box.show_records("lead", doubles[:2])
    jobs.waiting.reverse()
    jobs.go_on()
    assert set(box.ids) == set(doubles[:2])


def test_who_is_not_the_same_is_never_told_again(show: Show, doubles: list[int], services: Services) -> None:
    shown = show(DuplicatesPage)
    shown.press(Qt.Key.Key_N)
    assert shown.page.groups.lines == []
    shown.page.search("lead")
    assert shown.page.groups.lines == []
    services.history.undo()
    shown.page.search("lead")
    assert len(shown.page.groups.lines) == 1


def test_all_that_are_sure_are_merged_as_one(show: Show, doubles: list[int], services: Services) -> None:
    shown = show(DuplicatesPage)
    shown.page.context.actions.trigger("duplicates.merge_sure")
    assert services.lists.count(Filter("lead")) == 2
    services.history.undo()
    assert services.lists.count(Filter("lead")) == 3


def test_other_kinds_are_searched_too(show: Show, doubles: list[int]) -> None:
    shown = show(DuplicatesPage)
    shown.page.open_filter("company")
    assert shown.page.kind == "company" and shown.page.groups.lines == []


def test_ticked_rows_become_one(show: Show, doubles: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    for number in doubles[:2]:
        row = shown.page.records.row_of(number)
        shown.page.records.tick(row, row, True)
    shown.page.table.setFocus()
    shown.press(Qt.Key.Key_M)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog) and w.isVisible())
    assert dialog.ok_button.isEnabled()
    dialog.answer()
    assert services.lists.count(Filter("lead")) == 2
    shown.undo()
    assert services.lists.count(Filter("lead")) == 3


def test_everything_has_a_name(show: Show, doubles: list[int]) -> None:
    page = show(DuplicatesPage).page
    parts = [p for p in page.findChildren(QWidget) if p.focusPolicy() & Qt.FocusPolicy.TabFocus and p.isVisible()]
    assert parts and [part for part in parts if not (part.accessibleName() or getattr(part, "text", str)())] == []
