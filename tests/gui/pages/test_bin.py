"""The page of the bin: found by words and kind, restored by key, merges taken apart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.filter import Filter
from crm_desktop.gui.deeds import Deed, describe
from crm_desktop.gui.pages.bin import BinPage
from crm_desktop.services import Services
from crm_desktop.services.bin import MOST
from tests.gui.pages.lists import Show, Shown, show

__all__ = ["show"]


@pytest.fixture
def shown(show: Show) -> Shown:
    return show(BinPage)


@pytest.fixture
def page(shown: Shown) -> BinPage:
    made: BinPage = shown.page
    return made


def spoken(page: BinPage) -> list[str]:
    rows = range(page.model.rowCount())
    return [page.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]


def deleted(services: Services, kind: str, name: str) -> int:
    record = services.records.add(kind, {"name": name}).id
    services.records.delete(kind, [record])
    return record


def test_an_empty_bin_says_so(page: BinPage) -> None:
    assert page.empty.isVisible() and page.empty.sentence.text() == "The bin is empty."
    assert not page.context.actions.trigger("bin.restore")
    assert page.panes()[0] is page.empty


def test_a_record_is_restored_by_key_with_what_went_along(shown: Shown, page: BinPage, services: Services) -> None:
    lead = services.records.add("lead", {"name": "Ann Fenwick"}).id
    services.records.add("activity", {"type": "note", "subject": "Call", "lead": lead})
    change = services.records.delete("lead", [lead])
    told = describe(Deed.of(change), services.labels.kind)
    assert told == "Ann Fenwick deleted, with 1 activity"
    page.on_shown()
    [line] = spoken(page)
    assert line.startswith("Ann Fenwick, Lead deleted, Today")
    page.view.setFocus()
    shown.press(Qt.Key.Key_R)
    assert services.lists.count(Filter("lead")) == services.lists.count(Filter("activity")) == 1
    assert shown.said == "Ann Fenwick restored, with 1 activity" and shown.notices[0].undo is not None
    assert spoken(page) == []


def test_the_bin_is_searched_and_several_are_restored(page: BinPage, services: Services) -> None:
    deleted(services, "lead", "Ann Fenwick")
    deleted(services, "company", "Fenwick Ltd")
    deleted(services, "company", "Bolt")
    page.search.setText("fenwick")
    page._typing.timeout.emit()
    assert page.model.rowCount() == 2
    page.kind_box.setCurrentIndex(page.kind_box.findData("company"))
    assert [line.split(",")[0] for line in spoken(page)] == ["Fenwick Ltd"]
    assert page.on_escape() and page.model.rowCount() == 3 and not page.on_escape()
    page.view.selectAll()
    assert page.context.actions.trigger("bin.restore")
    assert services.bin.entries() == []
    services.history.undo()
    assert len(services.bin.entries()) == 3


def test_what_an_undo_put_there_says_of_what(page: BinPage, services: Services) -> None:
    added = services.records.add("lead", {"name": "Ann Fenwick"}).change.action
    services.records.add("lead", {"name": "Later"})
    services.history.revert(added)
    page.on_shown()
    assert spoken(page)[0].startswith("Ann Fenwick, Undone: Lead added, Today")


def test_what_no_search_finds_leads_back_to_all(shown: Shown, page: BinPage, services: Services) -> None:
    """The focus goes along, so that Space shows everything again."""
    deleted(services, "lead", "Ann Fenwick")
    deleted(services, "lead", "Bo Long")
    page.search.setText("fenwick")
    page._typing.timeout.emit()
    page.view.setFocus()
    shown.press(Qt.Key.Key_R)
    assert page.empty.isVisible() and page.empty.way_out is QApplication.focusWidget()
    shown.press(Qt.Key.Key_Space)
    assert [line.split(",")[0] for line in spoken(page)] == ["Bo Long"] and page.view.hasFocus()


def test_a_bin_with_more_than_it_lists_says_so(page: BinPage, services: Services) -> None:
    deleted(services, "lead", "Ann Fenwick")
    page.on_shown()
    assert page.sub_line == ""
    leads = [services.records.add("lead", {"name": f"Lead {n}"}).id for n in range(MOST)]
    services.records.delete("lead", leads)
    page.on_shown()
    assert page.model.rowCount() == MOST and page.sub_line == "The last 200; words find older ones"
    page.search.setText("fenwick")
    page._typing.timeout.emit()
    assert (page.model.rowCount(), page.sub_line) == (1, "")


def test_a_merged_record_is_taken_out_by_taking_the_merge_apart(
    shown: Shown, page: BinPage, services: Services
) -> None:
    stays = services.records.add("company", {"name": "Acme"}).id
    goes = services.records.add("company", {"name": "Acme Ltd"}).id
    services.merging.merge("company", stays, [goes])
    for title in "abcd":
        services.records.add("task", {"title": title, "company": stays})
    page.on_shown()
    [line] = spoken(page)
    assert line.startswith("Acme Ltd, Company, merged into Acme")
    assert not page.context.actions.trigger("bin.restore")
    page.view.setFocus()
    shown.press(Qt.Key.Key_U)
    assert services.lists.count(Filter("company")) == 2
    assert shown.said.startswith("Undone: ") and shown.said.endswith(" merged. Later work stays: a, b, c ...")


def test_history_and_bin_lead_to_each_other(shown: Shown, page: BinPage, services: Services) -> None:
    opened: list[tuple[str, object]] = []
    page.opened.connect(lambda name, target: opened.append((name, target)))
    page.switch.choose("history")
    record = deleted(services, "company", "Bolt")
    page.on_shown()
    page.view.setFocus()
    shown.press(Qt.Key.Key_H)
    assert opened == [("history", None), ("history", ("company", record))]
