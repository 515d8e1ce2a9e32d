"""The page of duplicates, and merging of ticked rows, as their user works them."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.pages.duplicates import DuplicatesPage
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.records.merge_box import MergeBox
from crm_desktop.gui.records.merge_dialog import MergeDialog
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services import Services
from tests.gui.pages.lists import Show, Shown, held, show
from tests.gui.test_records_model import Held

__all__ = ["held", "show"]


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
    box.show_records("lead", lambda: doubles[:2])
    jobs.holding = True
    box.show_records("lead", lambda: doubles[1:])
    box.table.setCurrentIndex(box.table.lines.index(0, 1))
    QTest.keyClick(box.table, Qt.Key.Key_Space)
    assert len(jobs.waiting) == 1 and box.choices == {}
    box.show_records("lead", lambda: doubles[:2])
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


@pytest.fixture
def many(services: Services) -> list[list[int]]:
    """Five groups of two leads each."""
    return [
        [services.records.add("lead", {"name": name, "email": f"{n}@x.example"}).id for name in (f"Ada {n}", f"A. {n}")]
        for n in range(5)
    ]


def groups(shown: Shown) -> list[set[int]]:
    return [set(line.group.ids) for line in shown.page.groups.lines]


def test_groups_are_settled_one_after_another_by_keys(show: Show, many: list[list[int]], services: Services) -> None:
    """No key has to wait for anything: what comes next is shown at once."""
    shown = show(DuplicatesPage)
    _, second, third, fourth, fifth = groups(shown)
    for key, after in (
        (Qt.Key.Key_M, [second, third, fourth, fifth]),
        (Qt.Key.Key_N, [third, fourth, fifth]),
        (Qt.Key.Key_S, [third, fourth, fifth]),
        (Qt.Key.Key_Down, [third, fourth, fifth]),
        (Qt.Key.Key_M, [third, fourth]),
    ):
        shown.press(key)
        assert groups(shown) == after and shown.page.view.hasFocus()
    assert shown.page.current.group == shown.page.groups.lines[1].group
    shown.press(Qt.Key.Key_S)
    kept = shown.page.box.ids[0]
    shown.press(Qt.Key.Key_K)
    assert shown.page.box.ids[1] == kept
    other = shown.page.box.ids[0]
    shown.press(Qt.Key.Key_M)
    assert groups(shown) == [fourth]
    assert services.records.show("lead", kept).values["merged_into"].id == other
    assert services.lists.count(Filter("lead")) == 7


def test_what_is_undone_or_redone_comes_and_goes_where_it_stood(
    show: Show, many: list[list[int]], services: Services
) -> None:
    shown = show(DuplicatesPage)
    before = groups(shown)
    jobs = shown.page.context.jobs
    for key in (Qt.Key.Key_S, Qt.Key.Key_M, Qt.Key.Key_N):
        shown.press(key)
    assert groups(shown) == [before[0], *before[3:]]
    for step, after in (
        (services.history.undo, [before[0], *before[2:]]),
        (services.history.undo, before),
        (services.history.redo, [before[0], *before[2:]]),
    ):
        jobs.write(lambda _progress, step=step: step(), lambda _change: None)
        assert groups(shown) == after


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("key", [Qt.Key.Key_M, Qt.Key.Key_N])
def test_what_the_history_takes_back_is_a_group_again(
    show: Show, many: list[list[int]], services: Services, key: Qt.Key, hidden: bool
) -> None:
    """Also where something was done since, and whichever page is shown then."""
    shown = show(DuplicatesPage)
    before, jobs = groups(shown), shown.page.context.jobs
    shown.press(Qt.Key.Key_S)
    shown.press(key)
    settled = services.history.entries(1)[0].action
    services.records.add("lead", {"name": "Noor Haddad"})
    shown.page.setVisible(not hidden)
    for step, after in (
        (partial(services.history.revert, settled), before),
        (services.history.undo, [before[0], *before[2:]]),
        (services.history.redo, before),
    ):
        jobs.write(lambda _progress, step=step: step(), lambda _change: None)
        assert groups(shown) == after


@pytest.mark.parametrize("hidden", [False, True])
def test_a_merge_of_before_the_search_is_a_group_once_it_is_taken_apart(
    show: Show, many: list[list[int]], services: Services, hidden: bool
) -> None:
    merged = services.merging.merge("lead", many[0][0], many[0][1:]).change.action
    shown = show(DuplicatesPage)
    assert len(groups(shown)) == 4
    shown.page.setVisible(not hidden)
    shown.page.context.jobs.write(lambda _progress: services.merging.unmerge(merged), lambda _done: None)
    shown.page.setVisible(True)
    assert set(many[0]) in groups(shown)


def test_a_merge_that_ends_during_a_search_leaves_its_result_right(
    show: Show, many: list[list[int]], held: Held
) -> None:
    shown = show(DuplicatesPage, held)
    page, before = shown.page, groups(shown)
    held.holding = True
    page.merge()
    assert groups(shown) == before[1:]
    page.search("lead")
    held.go_on()
    assert page.empty.isVisible() and page.empty.accessibleName() == "Searching for duplicates"
    held.holding = False
    held.go_on()
    assert page.both.isVisible() and groups(shown) == before[1:]


def test_no_duplicates_are_left_only_once_all_are_merged(show: Show, many: list[list[int]], held: Held) -> None:
    shown = show(DuplicatesPage, held)
    held.holding = True
    shown.page.context.actions.trigger("duplicates.merge_sure")
    for _ in groups(shown):
        shown.press(Qt.Key.Key_M)
    assert groups(shown) == [] and shown.page.empty.accessibleName() == "Merging"
    held.holding = False
    held.go_on()
    assert shown.page.empty.accessibleName() == "No duplicates."


def test_a_merge_that_ends_after_another_kind_was_asked_for_changes_nothing_there(
    show: Show, many: list[list[int]], held: Held, services: Services
) -> None:
    for _ in range(2):
        services.records.add("company", {"name": "King Ltd", "website": "king.example"})
    shown = show(DuplicatesPage, held)
    held.holding = True
    shown.page.merge()
    waiting, held.waiting, held.holding = held.waiting, [], False
    shown.page.search("company")
    [companies] = groups(shown)
    held.waiting = waiting
    held.go_on()
    assert groups(shown) == [companies] and shown.page.kind == "company"
    shown.undo()
    assert groups(shown) == [companies]


def test_a_merge_that_is_refused_brings_its_group_back(show: Show, many: list[list[int]], held: Held) -> None:
    shown = show(DuplicatesPage, held)
    before = groups(shown)
    shown.press(Qt.Key.Key_S)
    held.holding = True
    gone = shown.page.box.ids[1]
    shown.page.merge()
    held.holding = False
    shown.page.context.services.records.delete("lead", [gone])
    held.go_on()
    assert groups(shown) == before and shown.notices[-1].kind == "bad"


def test_a_search_is_given_up_and_begun_again(show: Show, many: list[list[int]], held: Held) -> None:
    shown = show(DuplicatesPage, held)
    held.holding = True
    shown.page.search("lead")
    shown.page.empty.findChildren(Button)[-1].click()
    held.holding = False
    held.go_on()
    assert shown.page.empty.accessibleName().startswith("The search was stopped") and groups(shown) == []
    shown.page.empty.findChildren(Button)[-1].click()
    assert len(groups(shown)) == 5


def test_keys_that_come_before_the_plan_are_not_lost(
    show: Show, many: list[list[int]], held: Held, services: Services
) -> None:
    shown = show(DuplicatesPage, held)
    before, other = groups(shown), shown.page.box.ids[1]
    held.holding = True
    for key in (Qt.Key.Key_K, Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_M, Qt.Key.Key_M):
        shown.press(key)
    assert groups(shown) == [before[1], before[4]]
    held.holding = False
    held.go_on()
    assert groups(shown) == [before[1], before[4]] and services.lists.count(Filter("lead")) == 7
    assert services.records.show("lead", other).values["merged_into"] is None


def test_who_is_gone_meanwhile_is_left_out(show: Show, many: list[list[int]], services: Services) -> None:
    third = services.records.add("lead", {"name": "Ada the third", "email": "3@x.example"}).id
    shown = show(DuplicatesPage)
    services.records.delete("lead", [third, *many[1][:1]])
    services.merging.merge("lead", many[2][0], many[2][1:])
    shown.page.on_shown()
    assert sorted(map(sorted, groups(shown))) == [many[0], many[3], many[4]]
    assert shown.page.box.plan is not None and shown.page.view.hasFocus()
    delete = partial(services.records.delete, "lead", many[0][:1])
    shown.page.context.jobs.write(lambda _progress: delete(), lambda _change: None)
    assert sorted(map(sorted, groups(shown))) == [many[3], many[4]]


def test_where_there_were_none_those_that_came_are_found(show: Show, services: Services) -> None:
    shown = show(DuplicatesPage)
    assert shown.page.empty.accessibleName() == "No duplicates."
    [entry] = shown.page.panes()
    assert any(button.text() == "Leads" for button in entry.findChildren(QAbstractButton)), "keys have no place to go"
    shown.page.hide()
    for name in ("Ada King", "Ada M. King"):
        values = {"name": name, "email": "ada@king.example"}
        add = partial(services.records.add, "lead", values)
        shown.page.context.jobs.write(lambda _progress, add=add: add(), lambda _change: None)
    shown.page.show()
    shown.page.on_shown()
    assert len(shown.page.groups.lines) == 1


def test_other_kinds_are_searched_too(show: Show, doubles: list[int]) -> None:
    shown = show(DuplicatesPage)
    shown.page.on_called()
    shown.page.open_filter("company")
    assert shown.page.kind == "company" and shown.page.groups.lines == []


def test_on_the_way_back_everything_stands_as_it_was_left(show: Show, many: list[list[int]]) -> None:
    """Also where other records are searched by now than those that the page was called for."""
    page = show(DuplicatesPage).page
    page.skip()
    for target in ("lead", "company"):
        page.open_filter(target)
        assert page.kind == "lead" and page.view.currentIndex().row() == 1


def test_ticked_rows_become_one(show: Show, doubles: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    page, records = shown.page, shown.page.records
    for number in doubles[:2]:
        row = records.row_of(number)
        records.tick(row, row, True)
    page.table.setFocus()
    shown.press(Qt.Key.Key_M)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog) and w.isVisible())
    assert dialog.ok_button.isEnabled()
    survivor, *losers = dialog.box.ids
    page.table.go_to(losers[0])
    dialog.answer()
    assert services.lists.count(Filter("lead")) == 2
    assert (page.table.current_id, records.ticked_count) == (survivor, 0)
    shown.undo()
    assert services.lists.count(Filter("lead")) == 3


def test_who_is_ticked_is_looked_up_beside_the_window(show: Show, doubles: list[int], held: Held) -> None:
    shown = show(LeadsPage, held)
    shown.page.records.tick_all(True)
    look_up, asked = shown.page.bulk.ids(), list[int]()

    def ids() -> list[int]:
        asked.extend(look_up())
        return asked

    shown.page.bulk.ids = lambda: ids
    held.holding = True
    shown.page.context.actions.trigger("leads.merge")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MergeDialog) and w.isVisible())
    assert dialog.windowTitle() == "Merge 3 records" and asked == []
    held.go_on()
    assert set(dialog.box.ids) == set(asked) == set(doubles)
    dialog.reject()


def test_a_search_is_seen_followed_and_left_by_keys(show: Show, many: list[list[int]], held: Held) -> None:
    """The focus is on what can be pressed, whatever the search finds."""
    shown = show(DuplicatesPage, held)
    page = shown.page
    held.holding = True
    shown.press(Qt.Key.Key_F5)
    assert page.empty.isAncestorOf(QApplication.focusWidget()) and "Cancel" in [hint.text for hint in page.hints()]
    assert not page.context.actions.action("duplicates.merge_sure").isEnabled() and page.sub_line == ""
    assert page.on_escape() and not page.on_escape()
    held.holding = False
    held.go_on()
    assert page.empty.accessibleName().startswith("The search was stopped")
    assert page.empty.isAncestorOf(QApplication.focusWidget())
    shown.press(Qt.Key.Key_Space)
    assert len(groups(shown)) == 5 and page.view.hasFocus()


def test_a_search_tells_how_far_it_is(show: Show, many: list[list[int]], held: Held) -> None:
    shown = show(DuplicatesPage, held)
    told: list[str] = []
    held.progressed.connect(lambda _job: told.append(shown.page.empty.sentence.text()))
    held.holding = True
    shown.page.search("lead")
    held.holding = False
    held.go_on()
    assert told[0] == "Searching for duplicates" and told[-1] == "Searching for duplicates: 100 %"


def test_who_walks_the_kinds_by_keys_stays_among_them(show: Show, many: list[list[int]]) -> None:
    shown = show(DuplicatesPage)
    switch = shown.page.header_actions()[0]
    switch.setParent(shown.page)
    switch.show()
    switch.focus_chosen()
    for kind in ("company", "person"):
        shown.press(Qt.Key.Key_Right)
        assert shown.page.kind == switch.current == kind and switch.isAncestorOf(QApplication.focusWidget())
    shown.press(Qt.Key.Key_Left)
    shown.press(Qt.Key.Key_Left)
    assert len(groups(shown)) == 5 and shown.page.view.hasFocus()


def test_what_is_filled_is_previewed_and_two_of_one_name_are_told_apart(show: Show, services: Services) -> None:
    for values in ({"job_title": "Buyer", "segment": "Office"}, {"phone": "020 7946 0182"}):
        services.records.add("lead", {"name": "Ada King", "email": "ada@king.example", **values})
    shown = show(DuplicatesPage)
    chosen(shown)
    box = shown.page.box
    assert [line.field for line in box.table.lines.lines] == ["phone"]
    assert box.table.lines.records == ["Stays: Ada King", "Ada King"]
    told = [box.survivor.itemText(row) for row in range(2)]
    assert told[0].startswith("Ada King, ") and told[0] != told[1] and all("added" in words for words in told)


def test_everything_has_a_name(show: Show, doubles: list[int]) -> None:
    page = show(DuplicatesPage).page
    parts = [p for p in page.findChildren(QWidget) if p.focusPolicy() & Qt.FocusPolicy.TabFocus and p.isVisible()]
    assert parts and [part for part in parts if not (part.accessibleName() or getattr(part, "text", str)())] == []
