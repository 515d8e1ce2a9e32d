"""The history page: what was done, in words, and taken back one by one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.history import HistoryPage
from crm_desktop.gui.pages.history.model import PAGE
from crm_desktop.gui.pages.page import Notice
from crm_desktop.services import Services

from ..conftest import destroy, press_ready


@pytest.fixture
def page(served: AppContext) -> Iterator[HistoryPage]:
    made = HistoryPage(served)
    made.resize(900, 600)
    made.show()
    made.on_shown()
    yield made
    made.close()
    destroy(made)


def lines(page: HistoryPage) -> list[str]:
    found = []
    for row in range(page.model.rowCount()):
        line = page.model.line(row)
        assert line is not None
        found.append(", ".join(part for part in (line.told, line.about, line.state) if part))
    return found


def said(page: HistoryPage) -> list[Notice]:
    found: list[Notice] = []
    page.noticed.connect(found.append)
    return found


def lead(services: Services, name: str) -> int:
    return services.records.add("lead", {"last_name": name}).id


def choose(page: HistoryPage, row: int) -> None:
    page.view.setCurrentIndex(page.model.index(row, 0))


def test_nothing_was_done_yet(page: HistoryPage) -> None:
    assert page.empty.isVisible() and page.empty.sentence.text() == "Nothing was done yet."
    assert not page.context.actions.trigger("history.revert")


def test_actions_are_told_in_words_the_newest_first(page: HistoryPage, services: Services) -> None:
    ids = [lead(services, "Adler"), lead(services, "Bach")]
    services.records.set("lead", ids, {"segment": "Office"})
    services.records.delete("lead", ids[:1])
    services.history.undo()
    page.on_shown()
    assert lines(page) == [
        "Deletion of Adler undone, Lead",
        "Adler deleted, Lead, Undone",
        "2 leads changed",
        "Bach added, Lead",
        "Adler added, Lead",
    ]
    spoken = page.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Adler deleted, Lead, Today") and spoken.endswith("Undone")


def test_the_last_action_is_taken_back_by_key_and_the_list_follows(page: HistoryPage, services: Services) -> None:
    lead(services, "Adler")
    page.on_shown()
    notices = said(page)
    press_ready(page.view)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert services.lists.count(Filter("lead")) == 0
    assert lines(page)[-1] == "Adler added, Lead, Undone"
    assert [notice.text for notice in notices] == ["Adding Adler undone"]


def test_an_older_action_is_taken_back_alone(page: HistoryPage, services: Services) -> None:
    first = lead(services, "Adler")
    services.records.set("lead", [first], {"segment": "Office"})
    lead(services, "Bach")
    page.on_shown()
    choose(page, 1)
    page.revert()
    assert services.records.show("lead", first).values["segment"] is None
    assert services.lists.count(Filter("lead")) == 2


def test_values_changed_since_stay_and_are_named(page: HistoryPage, services: Services) -> None:
    first = lead(services, "Adler")
    services.records.set("lead", [first], {"segment": "Office", "industry": "Health"})
    services.records.set("lead", [first], {"segment": "Hotel"})
    page.on_shown()
    notices = said(page)
    choose(page, 1)
    page.revert()
    values = services.records.show("lead", first).values
    assert (values["segment"], values["industry"]) == ("Hotel", None)
    assert notices[0].kind == "warn" and notices[0].text.endswith(": Segment")


def test_what_was_taken_back_is_not_taken_back_again(page: HistoryPage, services: Services) -> None:
    lead(services, "Adler")
    services.history.undo()
    page.on_shown()
    for row in range(2):
        choose(page, row)
        assert not page.context.actions.trigger("history.revert")


def test_the_history_of_one_record_is_shown_and_left(page: HistoryPage, services: Services) -> None:
    first, _ = lead(services, "Adler"), lead(services, "Bach")
    page.open_filter(Filter("lead", is_("id", first)))
    assert lines(page) == ["Adler added, Lead"]
    assert page.on_escape() and not page.on_escape()
    assert len(lines(page)) == 2
    page.open_filter(("lead", first))
    assert page.record == ("lead", first)


def test_the_history_of_one_record_says_what_changed_and_shows_it_as_it_was(
    page: HistoryPage, services: Services
) -> None:
    first = services.records.add("lead", {"last_name": "Adler", "source": "Fair", "lifecycle": "lead"}).id
    services.records.set("lead", [first], {"source": "Web", "lifecycle": "mql"})
    page.open_filter(("lead", first))
    spoken = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Source: Fair → Web" in spoken and "mql" not in spoken
    choose(page, 1)
    page._follow.timeout.emit()
    then = [page.then.lines.index(row, 0).data() for row in range(page.then.lines.rowCount())]
    assert "Source: Fair (today: Web)" in then and "Last name: Adler" in then
    assert page.then.isVisible() and page.then.title.text().startswith("As of Today")
    choose(page, 0)
    page._follow.timeout.emit()
    assert page.then.sub_line.text() == "As it is today"
    page.on_escape()
    assert not page.then.isVisible()


def test_a_conversion_taken_back_tells_what_stays(page: HistoryPage, services: Services) -> None:
    first = services.records.add("lead", {"name": "Ann Adler", "company_name": "Adler Ltd"}).id
    done = services.conversion.convert([first])
    person = done.leads[0].person
    assert person is not None
    services.records.set("person", [person], {"job_title": "Buyer"})
    page.on_shown()
    notices = said(page)
    choose(page, 1)
    page.revert()
    assert notices[0].kind == "warn" and "Ann Adler" in notices[0].text


def test_older_actions_come_when_the_list_nears_its_end(page: HistoryPage, services: Services) -> None:
    for number in range(PAGE + 20):
        lead(services, f"Lead {number}")
    page.on_shown()
    assert page.model.rowCount() == PAGE
    page.model.fetchMore(page.model.index(-1, -1))
    assert page.model.rowCount() == PAGE + 20
    assert not page.model.canFetchMore(page.model.index(-1, -1))
