"""The history page: what was done, in words, and taken back one by one."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.filter import Filter
from crm_desktop.gui.pages.history import HistoryPage
from crm_desktop.gui.pages.history.model import PAGE
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from crm_desktop.settings import Settings
from tests.gui.conftest import NOW
from tests.gui.pages.lists import Show, Shown, held, show
from tests.gui.test_records_model import Held

__all__ = ["held", "show"]


@pytest.fixture
def shown(show: Show) -> Shown:
    return show(HistoryPage)


@pytest.fixture
def page(shown: Shown) -> HistoryPage:
    made: HistoryPage = shown.page
    return made


def lines(page: HistoryPage) -> list[str]:
    found = []
    for row in range(page.model.rowCount()):
        line = page.model.line(row)
        assert line is not None
        found.append(", ".join(part for part in (line.told, line.about, line.state) if part))
    return found


def lead(services: Services, name: str) -> int:
    return services.records.add("lead", {"last_name": name}).id


def told_then(page: HistoryPage) -> list[str]:
    lines = page.then.view.lines
    return [lines.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(lines.rowCount())]


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
        "Undone: Adler deleted, Lead",
        "Adler deleted, Lead, Undone",
        "2 leads changed",
        "Bach added, Lead",
        "Adler added, Lead",
    ]
    spoken = page.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Adler deleted, Lead, Today") and spoken.endswith("Undone")


def test_the_last_action_is_taken_back_by_key_and_the_list_follows(
    shown: Shown, page: HistoryPage, services: Services
) -> None:
    lead(services, "Adler")
    page.on_shown()
    page.view.setFocus()
    shown.press(Qt.Key.Key_Delete)
    assert services.lists.count(Filter("lead")) == 0
    assert lines(page)[-1] == "Adler added, Lead, Undone"
    assert [notice.text for notice in shown.notices] == ["Undone: Adler added"]


def test_an_older_action_is_taken_back_alone(page: HistoryPage, services: Services) -> None:
    first = lead(services, "Adler")
    services.records.set("lead", [first], {"segment": "Office"})
    lead(services, "Bach")
    page.on_shown()
    choose(page, 1)
    page.revert()
    assert services.records.show("lead", first).values["segment"] is None
    assert services.lists.count(Filter("lead")) == 2


def test_values_changed_since_stay_and_are_named(shown: Shown, page: HistoryPage, services: Services) -> None:
    first = lead(services, "Adler")
    services.records.set("lead", [first], {"segment": "Office", "industry": "Health"})
    services.records.set("lead", [first], {"segment": "Hotel"})
    page.on_shown()
    choose(page, 1)
    page.revert()
    values = services.records.show("lead", first).values
    assert (values["segment"], values["industry"]) == ("Hotel", None)
    assert shown.said == "Undone: Adler changed. Later work stays: Segment"


def test_what_was_taken_back_is_not_taken_back_again(page: HistoryPage, services: Services) -> None:
    lead(services, "Adler")
    services.history.undo()
    page.on_shown()
    for row in range(2):
        choose(page, row)
        assert not page.context.actions.trigger("history.revert")


def test_whatever_was_undone_is_told_in_one_word(page: HistoryPage, services: Services) -> None:
    first = lead(services, "Adler")
    lead(services, "Bach")
    services.history.undo()
    number = services.records.set("lead", [first], {"segment": "Office"}).action
    lead(services, "Costa")
    services.history.revert(number)
    lead(services, "Diaz")
    services.history.undo()
    page.on_shown()
    assert lines(page) == [
        "Undone: Diaz added, Lead",
        "Diaz added, Lead, Undone",
        "Undone: Adler changed, Lead",
        "Costa added, Lead",
        "Adler changed, Lead, Undone",
        "Undone: Bach added, Lead",
        "Bach added, Lead, Undone",
        "Adler added, Lead",
    ]


def test_the_history_of_one_record_is_shown_and_left(page: HistoryPage, services: Services) -> None:
    first, _ = lead(services, "Adler"), lead(services, "Bach")
    page.open_filter(("lead", first))
    assert lines(page) == ["Adler added, Lead"]
    assert page.on_escape() and not page.on_escape()
    assert len(lines(page)) == 2
    page.open_filter(("lead", first))
    assert page.record == ("lead", first)


def test_it_opens_at_its_newest_line_and_stays_where_one_works(page: HistoryPage, services: Services) -> None:
    first, _ = lead(services, "Adler"), lead(services, "Bach")
    page.on_shown()
    choose(page, 1)
    page.revert()
    assert page.current is not None and page.current.told == "Adler added"
    page.hide()
    page.context.changes.announce(services.records.set("lead", [first + 1], {"segment": "Office"}))
    page.show()
    assert page.view.currentIndex().row() == 0
    page.open_filter(("lead", first))
    choose(page, 1)
    page.on_escape()
    assert page.view.currentIndex().row() == 0


def test_called_anew_it_is_everything_from_the_newest_line_on(page: HistoryPage, services: Services) -> None:
    first, _ = lead(services, "Adler"), lead(services, "Bach")
    page.open_filter(("lead", first))
    page.on_called()
    assert lines(page) == ["Bach added, Lead", "Adler added, Lead"]
    choose(page, 1)
    page.on_called()
    assert page.view.currentIndex().row() == 0


def test_a_record_that_is_no_more_still_has_its_name(shown: Shown, page: HistoryPage, services: Services) -> None:
    first = lead(services, "Adler")
    services.history.undo()
    page.open_filter(("lead", first))
    assert shown.chips() == ["Lead: Adler"] and shown.notices == []
    assert lines(page) == ["Adler added, Lead, Undone"]


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
    then = told_then(page)
    assert "Source: Fair (today: Web)" in then[:2] and "Last name: Adler" in then[2:]
    assert page.then.isVisible() and page.then.title.text().startswith("As of today")
    choose(page, 0)
    page._follow.timeout.emit()
    assert page.then.sub_line.text() == "As it is today"
    services.records.delete("lead", [first])
    page.on_shown()
    assert "In the bin: Today " in page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    page.on_escape()
    assert not page.then.isVisible()


@pytest.fixture
def yesterday(tmp_path: Path) -> int:
    """A lead who came yesterday."""
    services = open_services(DataDir(tmp_path / "data"), Settings(currency="EUR"), Clock.fixed(NOW - timedelta(days=1)))
    first = lead(services, "Adler")
    services.records.set("lead", [first], {"source": "Fair", "city": "Ulm"})
    services.close()
    return first


@pytest.fixture
def adler(yesterday: int, services: Services) -> int:
    """A lead who came yesterday and was changed today."""
    services.records.set("lead", [yesterday], {"source": "Web", "city": "Bonn", "email": "a@b.example"})
    return yesterday


def test_a_record_is_shown_as_of_a_day(adler: int, shown: Shown, page: HistoryPage) -> None:
    page.open_filter(("lead", adler))
    page.view.setFocus()
    shown.press(Qt.Key.Key_D)
    assert page.day_edit.hasFocus()
    page.day_edit.setDate(QDate(2026, 11, 11))
    assert shown.chips() == ["Lead: Adler", "Until 11 Nov 2026"]
    assert [line.split(",")[0] for line in lines(page)] == ["Adler changed", "Adler added"]
    assert page.then.title.text() == "As of the end of 11 Nov 2026"
    told = {"Source: Fair (today: Web)", "City: Ulm (today: Bonn)", "Email: – (today: a@b.example)"}
    assert set(told_then(page)[:3]) == told
    page.day_edit.setDate(QDate(2026, 11, 1))
    assert page.empty.isVisible() and page.empty.sentence.text() == "Nothing was done until then."
    assert page.on_escape() and page.record is not None and len(lines(page)) == 3
    assert page.on_escape() and page.record is None and not page.on_escape()


def test_a_chip_taken_away_by_key_hands_the_focus_on(adler: int, shown: Shown, page: HistoryPage) -> None:
    page.open_filter(("lead", adler))
    page.show_day(date(2026, 11, 11))
    page.filter_bar.strip.chips[1].setFocus()
    for _ in shown.chips():
        shown.press(Qt.Key.Key_Delete)
        assert page.day_edit.hasFocus()
        if shown.chips():
            page.filter_bar.strip.chips[0].setFocus()
    assert page.record is None and page.day is None


def test_values_are_put_back_one_by_one_and_whole(
    adler: int, shown: Shown, page: HistoryPage, services: Services
) -> None:
    page.open_filter(("lead", adler))
    page.show_day(date(2026, 11, 11))
    page.then.view.setFocus()
    [row] = [row for row, words in enumerate(told_then(page)) if words.startswith("City")]
    page.then.view.selectRow(row)
    shown.press(Qt.Key.Key_P)
    values = services.records.show("lead", adler).values
    assert (values["city"], values["source"]) == ("Ulm", "Web")
    assert shown.notices[-1].text == "Adler changed" and shown.notices[-1].undo is not None
    assert page.context.actions.trigger("history.put_back_all")
    values = services.records.show("lead", adler).values
    assert (values["source"], values["email"]) == ("Fair", ())
    assert page.then.sub_line.text() == "As it is today"
    assert not page.context.actions.trigger("history.put_back_all")
    assert not page.context.actions.trigger("history.put_back")


def test_the_history_of_one_record_takes_only_its_own_merge_apart(
    shown: Shown, page: HistoryPage, services: Services
) -> None:
    groups = [[lead(services, name), lead(services, name)] for name in ("Adler", "Bach")]
    services.merging.merge_groups("lead", groups)
    page.open_filter(("lead", groups[1][1]))
    page.revert()
    assert services.lists.count(Filter("lead")) == 3
    assert shown.said == "Undone: Bach merged"
    page.open_filter(None)
    choose(page, 1)
    page.revert()
    assert services.lists.count(Filter("lead")) == 4


def test_the_history_of_one_lead_takes_only_its_own_conversion_back(
    shown: Shown, page: HistoryPage, services: Services
) -> None:
    leads = [lead(services, name) for name in ("Adler", "Bach")]
    services.conversion.convert(leads)
    page.open_filter(("lead", leads[1]))
    page.revert()
    assert shown.said == "Undone: Bach converted"
    assert [services.history.entries(2)[n].undone for n in range(2)] == [False, False]
    assert [services.records.show("lead", each).values["status_type"] for each in leads] == ["converted", "open"]
    page.open_filter(None)
    choose(page, 1)
    page.revert()
    assert "2 leads converted, Undone" in lines(page)
    services.history.undo()
    page.on_shown()
    assert "2 leads converted" in lines(page)


def test_a_conversion_taken_back_tells_what_stays(shown: Shown, page: HistoryPage, services: Services) -> None:
    first = services.records.add("lead", {"name": "Ann Adler", "company_name": "Adler Ltd"}).id
    done = services.conversion.convert([first])
    person = done.leads[0].person
    assert person is not None
    services.records.set("person", [person], {"job_title": "Buyer"})
    page.on_shown()
    choose(page, 1)
    page.revert()
    assert shown.said == "Undone: Ann Adler converted. Later work stays: company Adler Ltd, person Ann Adler"


def test_all_that_stays_is_told(shown: Shown, page: HistoryPage, services: Services) -> None:
    first = services.records.add("lead", {"name": "Ann Adler", "company_name": "Adler Ltd"}).id
    done = services.conversion.convert([first])
    person = done.leads[0].person
    services.records.add("task", {"title": "Call her", "person": person})
    page.open_filter(("lead", first))
    choose(page, page.model.row_of(done.change.action))
    page.revert()
    stays = "company Adler Ltd, person Ann Adler, Call her"
    assert shown.said == f"Undone: Ann Adler converted. Later work stays: {stays}"
    assert shown.notices[-1].undo is not None


def test_changed_values_and_later_work_are_told_together(shown: Shown, page: HistoryPage, services: Services) -> None:
    first, other = lead(services, "Adler"), lead(services, "Adler")
    services.records.set("lead", [other], {"segment": "Office"})
    merged = services.merging.merge("lead", first, [other])
    services.records.add("task", {"title": "Call", "lead": first})
    services.records.set("lead", [first], {"segment": "Hotel"})
    page.open_filter(("lead", first))
    choose(page, page.model.row_of(merged.change.action))
    page.revert()
    assert shown.said == "Undone: Adler merged. Later work stays: Call, Segment"


def test_only_what_was_asked_for_last_is_shown(adler: int, show: Show, held: Held, services: Services) -> None:
    other = lead(services, "Bach")
    shown = show(HistoryPage, held)
    page = shown.page
    held.holding = True
    page.open_filter(("lead", adler))
    page.open_filter(("lead", other))
    held.waiting.reverse()
    held.holding = False
    held.go_on()
    assert shown.chips() == ["Lead: Bach"] and len(lines(page)) == 1


def test_older_actions_of_a_list_that_was_left_do_not_come(show: Show, held: Held, services: Services) -> None:
    for number in range(PAGE + 2):
        lead(services, f"Lead {number}")
    page = show(HistoryPage, held).page
    held.holding = True
    page.model.fetchMore(page.model.index(-1, -1))
    page.show_day(date(2026, 11, 1))
    held.waiting.reverse()
    held.holding = False
    held.go_on()
    assert page.model.rowCount() == 0


def test_older_actions_come_when_the_list_nears_its_end(page: HistoryPage, services: Services) -> None:
    for number in range(PAGE + 20):
        lead(services, f"Lead {number}")
    page.on_shown()
    assert page.model.rowCount() == PAGE
    page.model.fetchMore(page.model.index(-1, -1))
    assert page.model.rowCount() == PAGE + 20
    assert not page.model.canFetchMore(page.model.index(-1, -1))


def test_enter_opens_the_records_of_a_deed(shown: Shown, page: HistoryPage, services: Services) -> None:
    gone: list[tuple[str, object]] = []
    page.opened.connect(lambda name, target: gone.append((name, target)))
    first, second, _ = (lead(services, name) for name in ("Bauer", "Costa", "Diaz"))
    services.records.tag("lead", [first, second], "Fair")
    page.on_shown()
    page.view.setFocus()
    choose(page, 0)
    shown.press(Qt.Key.Key_Return)
    name, wanted = gone[-1]
    assert name == "leads" and isinstance(wanted, Filter)
    assert set(services.lists.ids(wanted)) == {first, second}
    services.records.delete("lead", [first])
    page.on_shown()
    choose(page, 0)
    shown.press(Qt.Key.Key_Return)
    assert gone[-1][0] == "bin"


def test_nothing_is_put_back_into_another_record(show: Show, held: Held, services: Services) -> None:
    first, other = lead(services, "Adler"), lead(services, "Bach")
    services.records.set("lead", [first], {"segment": "Office"})
    shown = show(HistoryPage, held)
    shown.page.open_filter(("lead", first))
    choose(shown.page, 1)
    shown.page._follow.timeout.emit()
    assert shown.page.then.found.back == {"segment": None}
    held.holding = True
    shown.page.open_filter(("lead", other))
    shown.page._follow.timeout.emit()
    assert not shown.page.context.actions.trigger("history.put_back_all")
    shown.page.put_back(["segment"])
    held.holding = False
    for _ in range(5):
        held.go_on()
    assert [services.records.show("lead", each).values["segment"] for each in (first, other)] == ["Office", None]
    assert shown.said == "" and shown.page.then.record == ("lead", other)


@pytest.mark.parametrize("late", [True, False])
def test_before_everything_there_is_nothing_to_put_back(
    show: Show, held: Held, services: Services, *, late: bool
) -> None:
    first = lead(services, "Adler")
    services.records.set("lead", [first], {"segment": "Office"})
    page = show(HistoryPage, held).page
    page.open_filter(("lead", first))
    choose(page, 1)
    held.holding = late
    page._follow.timeout.emit()
    page.show_day(date(2020, 1, 1))
    held.waiting.reverse()
    held.holding = False
    held.go_on()
    assert page.empty.sentence.text() == "Nothing was done until then."
    assert not page.context.actions.trigger("history.put_back_all")
    assert services.records.show("lead", first).values["segment"] == "Office"


def test_a_line_is_taken_back_for_the_record_whose_lines_are_shown(
    show: Show, held: Held, services: Services
) -> None:
    groups = [[lead(services, name), lead(services, name)] for name in ("Adler", "Bach")]
    services.merging.merge_groups("lead", groups)
    shown = show(HistoryPage, held)
    shown.page.open_filter(("lead", groups[0][1]))
    held.holding = True
    shown.page.open_filter(("lead", groups[1][1]))
    shown.page.revert()
    held.holding = False
    for _ in range(5):
        held.go_on()
    assert shown.said == "Undone: Adler merged"


def test_a_single_likelihood_goes_back_with_whose_it_was(page: HistoryPage, services: Services) -> None:
    deal = services.records.add("deal", {"name": "Offices"})
    services.records.set("deal", [deal.id], {"probability": 77})
    page.open_filter(("deal", deal.id))
    choose(page, 1)
    page._follow.timeout.emit()
    [row] = [row for row, words in enumerate(told_then(page)) if "(today: 77" in words]
    page.then.view.selectRow(row)
    assert page.context.actions.trigger("history.put_back")
    assert services.records.show("deal", deal.id).values["probability_source"] == "stage"


def test_the_button_that_puts_back_keeps_the_focus(show: Show, held: Held, services: Services) -> None:
    first = services.records.add("lead", {"last_name": "Adler", "segment": "Office", "source": "Fair"}).id
    services.records.set("lead", [first], {"segment": "Hotel", "source": "Web"})
    page = show(HistoryPage, held).page
    page.open_filter(("lead", first))
    choose(page, 1)
    page._follow.timeout.emit()
    [button] = [each for each in page.then.findChildren(Button) if each.text() == "Put this value back"]
    button.setFocus()
    held.holding = True
    button.click()
    for _ in range(4):
        held.go_on()
    assert button.hasFocus() and len(page.then.found.back) == 1
