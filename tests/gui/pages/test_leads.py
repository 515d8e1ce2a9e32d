"""The page of leads, as its user sees it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from crm_desktop.domain.filter import Filter, Sort, is_
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.body import NARROW
from crm_desktop.gui.records.chosen import FOLLOW_AFTER
from crm_desktop.gui.records.columns_popover import ColumnsPopover
from crm_desktop.gui.records.name_popover import NamePopover
from crm_desktop.gui.shell.commands import focus_pane
from crm_desktop.gui.widgets.bulk_bar import BulkBar
from crm_desktop.gui.widgets.buttons import Button, IconButton, KeyButton
from crm_desktop.gui.widgets.record_table import RecordTable
from crm_desktop.gui.widgets.tabs import TabButton
from crm_desktop.gui.widgets.value_edit import LineEdit
from crm_desktop.services import Services
from crm_desktop.services.conversion_plan import Choices
from crm_desktop.services.views import View
from tests.gui.pages.lists import Show, show

__all__ = ["show"]

PEOPLE = (
    ("Noor Haddad", "Brightwater Offices", "sql", "86", "Website", "24000"),
    ("Luca Ferrante", "Trattoria Ferrante", "mql", "76", "Campaign", "4200"),
    ("Amara Diallo", "Lumen Dental", "lead", "38", "Website", "6300"),
)


@pytest.fixture
def leads(services: Services) -> list[int]:
    """Three leads, the hottest first."""
    return [
        services.records.add("lead", {"name": name, "company_name": company, "lifecycle": step, "score": score,
                                      "source": source, "value": value}).id
        for name, company, step, score, source, value in PEOPLE
    ]  # fmt: skip


def test_an_empty_list_offers_ways_in(show: Show) -> None:
    page = show(LeadsPage).page
    assert page.pile.currentWidget() is page.empty
    assert page.empty.accessibleName() == "No leads yet."
    assert focus_pane(page.panes()[0]) and QApplication.focusWidget() is page.empty.way_out


def test_a_list_that_becomes_empty_keeps_the_focus(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    shown.press(Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert QApplication.focusWidget() is shown.page.empty.way_out
    shown.undo()
    QApplication.processEvents()
    assert QApplication.focusWidget() is shown.page.table


def test_the_first_lead_is_current_and_has_the_focus(show: Show) -> None:
    shown = show(LeadsPage)
    page = shown.page
    next(button for button in page.empty.findChildren(Button) if button.isVisible()).setFocus()
    page.add_record()
    assert page.form.dialog is not None
    QTest.keyClicks(page.form.dialog.editors["name"], "Noor Haddad")
    page.form.dialog.ok_button.click()
    QApplication.processEvents()
    assert page.window().focusWidget() is page.table and page.table.current_row == 0


def test_leads_stand_by_score_with_what_is_next(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    assert shown.names() == ["Noor Haddad", "Luca Ferrante", "Amara Diallo"]
    assert shown.cell(0, "value") == format.money(Money.of(24_000, "EUR"))
    assert shown.cell(1, "lifecycle") == "MQL"
    assert shown.cell(2, "next_step") == "No next step"
    assert shown.page.filter_bar.summary.text() == "3 of 3 · sorted by score"


def test_who_is_put_aside_or_converted_misses_no_next_step(show: Show, services: Services, leads: list[int]) -> None:
    services.leads.disqualify(leads[1:2], "No budget")
    services.conversion.convert(leads[2:], Choices())
    renamed = next(each for each in services.statuses.all() if each.type == "converted")
    services.records.set("lead_status", [renamed.id], {"name": "Ours"})
    shown = show(LeadsPage)
    assert [shown.cell(row, "next_step") for row in range(3)] == ["No next step", "Disqualified", "Ours"]


def test_a_typed_filter_narrows_and_becomes_a_chip(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.context.actions.trigger("leads.filter")
    assert [hint.text for hint in page.hints()] == ["Keep as a filter", "Back to the list"]
    shown.type("score>70 source:web")
    shown.press(Qt.Key.Key_Return)
    assert shown.names() == ["Noor Haddad"]
    assert page.filter_bar.summary.text().startswith("1 of 3")
    assert shown.chips() == ["Score more than 70", "Source has “web”"]


def test_a_condition_that_is_typed_again_stays_one(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    page = shown.page
    said: list[str] = []
    page.noticed.connect(lambda notice: said.append(notice.text))
    for typed in ("score>70 source:web", "source:web"):
        page.context.actions.trigger("leads.filter")
        shown.type(typed)
        shown.press(Qt.Key.Key_Return)
    assert shown.chips() == ["Score more than 70", "Source has “web”"]
    assert page.filter_bar.strip.chips[1].hasFocus() and said == ["Is among the filters already: Source has “web”"]
    page.context.actions.trigger("leads.filter")
    shown.type("score>70 name:noor")
    shown.press(Qt.Key.Key_Return)
    assert shown.chips() == ["Score more than 70", "Source has “web”", "Name has “noor”"]


def test_what_is_not_understood_is_said_in_place(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.context.actions.trigger("leads.filter")
    shown.type("colour:blue")
    shown.press(Qt.Key.Key_Return)
    assert "colour" in shown.page.filters.typed.complaint.text()
    assert len(shown.names()) == 3
    shown.press(Qt.Key.Key_Escape)
    assert shown.page.filters.typed.complaint.text() == ""


def test_no_match_offers_to_clear(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.filters.show(Filter("lead", is_("source", "Mars")))
    shown.page.filters.changed.emit(shown.page.filters.filter)
    assert shown.page.empty.accessibleName() == "No lead matches."
    shown.page.filters.clear()
    assert len(shown.names()) == 3


def test_an_edited_cell_is_stored_and_undone(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    table = shown.page.table
    table.setCurrentIndex(shown.page.records.index(1, shown.column("source")))
    shown.press(Qt.Key.Key_F2)
    shown.type("Referral")
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert shown.cell(1, "source") == "Referral"
    assert services.records.show("lead", leads[1]).values["source"] == "Referral"
    shown.page.context.jobs.write(lambda _progress: services.history.undo(), lambda _change: None)
    assert shown.cell(1, "source") == "Campaign"


def test_a_name_is_edited_as_one(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    shown.press(Qt.Key.Key_F2)
    shown.type("Nora Haddad")
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert services.records.show("lead", leads[0]).values["first_name"] == "Nora"
    assert shown.names()[0] == "Nora Haddad"


def test_a_name_cannot_be_emptied(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.press(Qt.Key.Key_F2)
    shown.press(Qt.Key.Key_Delete)
    shown.press(Qt.Key.Key_Return)
    assert shown.page.table.editing
    shown.press(Qt.Key.Key_Escape)
    assert shown.names()[0] == "Noor Haddad"


def test_a_bad_value_keeps_the_cell_open(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    table = shown.page.table
    table.setCurrentIndex(shown.page.records.index(0, shown.column("value")))
    shown.press(Qt.Key.Key_F2)
    shown.type("much")
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    editor = table.viewport().findChild(LineEdit)
    assert table.editing
    assert editor.complaint.text()
    assert editor.accessibleDescription() == editor.complaint.text()
    shown.press(Qt.Key.Key_Escape)
    assert not table.editing
    assert services.records.show("lead", leads[0]).values["value"].minor == 2_400_000


def test_tab_opens_the_next_cell_that_can_be_edited(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    table = shown.page.table
    table.setCurrentIndex(shown.page.records.index(0, shown.column("source")))
    shown.press(Qt.Key.Key_F2)
    shown.press(Qt.Key.Key_Tab)
    assert table.editing
    assert table.current_column == shown.column("segment")


def test_keys_tick_rows(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    records = shown.page.records
    shown.press(Qt.Key.Key_Space)
    shown.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    shown.press(Qt.Key.Key_Space)
    assert records.ticked_count == 2
    shown.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert records.ticked_count == 3
    assert shown.page.on_escape()
    assert shown.page.table.ranges.spans is None
    assert shown.page.on_escape()
    assert records.ticked_count == 0


def test_letters_do_not_jump(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.press(Qt.Key.Key_X)
    assert shown.page.table.current_row == 0


def test_ticked_leads_are_deleted_and_brought_back_as_one(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.records.tick(0, 1, True)
    shown.page.context.actions.trigger("leads.delete")
    assert shown.names() == ["Amara Diallo"]
    assert shown.said == "2 leads deleted"
    shown.undo()
    assert len(shown.names()) == 3
    assert shown.page.records.ticked_count == 0


def test_ticked_leads_get_a_status_in_one_step(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.records.tick_all(True)
    shown.page.bulk.set({"lifecycle": "customer"})
    assert {shown.cell(row, "lifecycle") for row in range(3)} == {"Customer"}
    assert shown.said == "3 leads changed"
    shown.undo()
    assert shown.cell(1, "lifecycle") == "MQL"


def test_a_tag_is_added_beside_those_there_are(show: Show, leads: list[int], services: Services) -> None:
    services.records.set("lead", [leads[0]], {"tags": "Fair"})
    shown = show(LeadsPage)
    shown.page.records.tick(0, 1, True)
    shown.page.bulk.tag("Key account")
    assert set(services.records.show("lead", leads[0]).values["tags"]) == {"Fair", "Key account"}
    assert services.records.show("lead", leads[1]).values["tags"] == ("Key account",)
    shown.undo()
    assert services.records.show("lead", leads[1]).values["tags"] == ()


def test_a_new_lead_needs_only_a_name(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.context.actions.trigger("leads.new")
    dialog = shown.page.form.dialog
    dialog.ok_button.click()
    assert "name" in dialog.problem.text().lower()
    dialog.editors["name"].setText("Yuki Tanabe")
    dialog.ok_button.click()
    assert "Yuki Tanabe" in shown.names()
    assert shown.said == "Lead added"


def test_tab_goes_through_a_form_and_then_to_its_buttons(show: Show) -> None:
    shown = show(LeadsPage)
    shown.page.context.actions.trigger("leads.new")
    dialog = shown.page.form.dialog
    passed = []
    for _ in range(len(dialog.editors) + 2):
        passed.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert passed == [*dialog.editors.values(), dialog.cancel_button, dialog.ok_button]
    assert dialog.focusWidget() is passed[0]
    dialog.reject()


def test_the_list_keeps_its_place_when_records_change(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    shown.page.table.go_to(leads[1])
    jobs = shown.page.context.jobs
    jobs.write(lambda _progress: services.records.set("lead", [leads[2]], {"score": "99"}), lambda _change: None)
    assert shown.names()[0] == "Amara Diallo"
    assert shown.page.table.current_id == leads[1]


def test_a_view_is_saved_changed_and_restored(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.filters.show(services.lists.parse("lead", "score>70"))
    page.filters.changed.emit(page.filters.filter)
    page.views._named(None, "Hot")
    assert [view.name for view in services.views.list("lead")] == ["", "Hot"]
    assert not page.views.changed
    page.table.sort_by_column(shown.column("name"))
    assert page.views.changed
    page.context.actions.trigger("leads.save_view")
    saved = services.views.list("lead")[1]
    assert saved.sort == Sort("name")
    page.tabs.choose("0")
    assert len(shown.names()) == 3
    page.tabs.choose(str(saved.id))
    assert shown.names() == ["Luca Ferrante", "Noor Haddad"]


def test_a_figure_opens_its_rows(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.open_filter(Filter("lead", is_("lifecycle", "sql")))
    assert shown.names() == ["Noor Haddad"]


def test_a_record_from_elsewhere_becomes_the_current_one(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.open_filter(RecordTarget("lead", leads[2]))
    assert page.table.current_id == leads[2]
    page.filters.show(Filter("lead", is_("lifecycle", "sql")))
    page._filter_changed(page.filters.filter)
    assert shown.names() == ["Noor Haddad"]
    page.open_filter(RecordTarget("lead", leads[1]))
    assert page.table.current_id == leads[1]
    assert len(shown.names()) == 3


def test_what_was_opened_is_told(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    told: list[RecordTarget] = []
    shown.page.visited.connect(told.append)
    shown.page.chosen.open()
    assert told == [RecordTarget("lead", leads[0])]


def test_the_panel_shows_and_edits_the_current_lead(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.chosen.open()
    assert page.panel.body.name_label.text() == "Noor Haddad"
    page.panel.body.details.edit("source")
    editor = page.panel.body.details.editor
    editor.setText("Fair")
    shown.press(Qt.Key.Key_Return)
    assert services.records.show("lead", leads[0]).values["source"] == "Fair"
    assert shown.cell(0, "source") == "Fair"


def test_a_follow_up_becomes_the_next_step(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.context.actions.trigger("leads.follow_up")
    dialog = shown.page.form.dialog
    dialog.editors["title"].setText("Call her")
    dialog.ok_button.click()
    assert shown.cell(0, "next_step") == "Call her today"


def test_columns_are_chosen(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.choose_columns()
    popover = shown.page.findChild(ColumnsPopover)
    popover.chosen.emit(("name", "value"))
    popover.close()
    assert [column.name for column in shown.page.records.columns] == ["name", "value"]
    assert shown.names()[0] == "Noor Haddad"
    assert shown.page.views.changed


def test_each_row_is_a_sentence_for_screen_readers(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    said = shown.page.records.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Noor Haddad Brightwater Offices, Score 86, SQL, Source Website, No next step, Value " + shown.cell(
        0, "value"
    )


def test_everything_has_a_name(show: Show, leads: list[int]) -> None:
    page = show(LeadsPage).page
    for view in (page.table, page.filters.typed, page.panel, *page.tabs.findChildren(IconButton)):
        assert view.accessibleName()


def test_only_the_ticked_rows_are_exported(
    show: Show, leads: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show(LeadsPage)
    out = tmp_path / "some.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    shown.page.records.tick(1, 2, True)
    next(b for b in shown.page.findChild(BulkBar).findChildren(Button) if b.text() == "Export").click()
    written = out.read_text("utf-8-sig")
    first, *others = shown.names()
    assert first not in written and all(name in written for name in others)
    assert shown.said.startswith("2 leads exported to some.csv")
    assert written.startswith('"Name","Company",')  # the second line of the first column, too


def test_the_table_has_the_focus_when_the_bar_of_the_ticked_rows_goes(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.records.tick(1, 2, True)
    bar = shown.page.findChild(BulkBar)
    button = next(b for b in bar.findChildren(Button) if b.text() == "Delete")
    button.setFocus()
    button.click()
    QApplication.processEvents()
    assert not bar.isVisible() and shown.page.window().focusWidget() is shown.page.table


def test_the_panel_begins_at_the_top_for_another_record_and_stays_for_the_same(
    show: Show, leads: list[int], services: Services
) -> None:
    def shows(record: int) -> None:
        page.table.go_to(record)
        page.chosen.show()
        QApplication.processEvents()

    page = show(LeadsPage).page
    page.resize(1300, 480)
    for record in leads[:2]:
        services.records.set("lead", [record], {"industry": "Hotels", "city": "Kiel", "department": "Bar"})
    shows(leads[0])
    bar = page.panel.body.scroll_area.verticalScrollBar()
    assert bar.maximum() > 60
    bar.setValue(60)
    page.panel.body.details.edit("department")
    page.panel.body.details.editor.setText("Kitchen")
    QTest.keyClick(page.panel.body.details.editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert services.records.show("lead", leads[0]).values["department"] == "Kitchen"
    assert bar.value() == 60
    shows(leads[1])
    assert bar.value() == 0
    bar.setValue(60)
    shows(leads[0])
    assert bar.value() == 0


def test_a_panel_closed_by_its_cross_leaves_the_keys_to_the_list(show: Show, leads: list[int]) -> None:
    page = show(LeadsPage).page
    page.chosen.open()
    QApplication.processEvents()
    cross = next(known for known in page.panel.findChildren(IconButton) if known.accessibleName() == "Close")
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert not page.panel.isVisible() and page.table.hasFocus()


def test_a_window_made_wide_again_shows_the_chosen_record_in_the_panel(show: Show, leads: list[int]) -> None:
    page = show(LeadsPage).page
    QTest.qWait(2 * FOLLOW_AFTER)
    window = page.window()
    wide, narrow = window.size(), page.context.theme.current.px(NARROW) - 1
    window.resize(narrow, wide.height())
    QApplication.processEvents()
    page.chosen.step(1)
    QTest.qWait(2 * FOLLOW_AFTER)
    window.resize(narrow + 100, wide.height())
    QTest.qWait(2 * FOLLOW_AFTER)
    assert page.panel.isVisible() and page.panel.record == page.table.current_id


def test_smaller_text_that_gives_the_panel_room_shows_the_chosen_record_in_it(show: Show, leads: list[int]) -> None:
    page = show(LeadsPage).page
    QTest.qWait(2 * FOLLOW_AFTER)
    page.theme.apply(scale=160)
    page.window().resize(page.theme.current.px(NARROW) - 1, 700)
    QApplication.processEvents()
    page.chosen.step(1)
    QTest.qWait(2 * FOLLOW_AFTER)
    page.theme.apply(scale=100)
    QTest.qWait(2 * FOLLOW_AFTER)
    assert page.panel.isVisible() and page.panel.record == page.table.current_id


def test_keys_walk_from_record_to_record_in_list_and_panel(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    page = shown.page
    shown.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.table.current_row == 1
    page.chosen.open()
    QApplication.processEvents()
    shown.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    assert page.panel.record == page.table.current_id == page.records.id_at(2)
    assert page.panel.isAncestorOf(QApplication.focusWidget())
    shown.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    shown.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    assert page.panel.record == page.records.id_at(1)


def test_the_panel_shows_the_keys_of_its_buttons(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    buttons = shown.page.panel.body.actions_by_name
    assert {name: button.key for name, button in buttons.items()} == {
        "call": "C", "email": "E", "log": "L", "follow_up": "F",
    }  # fmt: skip
    wide = buttons["log"].sizeHint().width()
    shown.page.context.actions.set_letter_keys(False)
    assert isinstance(buttons["log"], KeyButton)
    assert buttons["log"].key == "" and buttons["log"].sizeHint().width() < wide


def test_a_lead_with_a_phone_can_be_called(
    show: Show, leads: list[int], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    shown = show(LeadsPage)
    page = shown.page
    page.chosen.open()
    assert page.panel.body.actions_by_name["call"].isHidden()
    page.table.setFocus()
    shown.press(Qt.Key.Key_C)
    assert shown.said == "There is no phone number here yet."
    page.write(lambda: services.records.set("lead", [leads[0]], {"phone": "+44 20 7946 0182"}))
    assert not page.panel.body.actions_by_name["call"].isHidden()
    shown.press(Qt.Key.Key_C)
    assert asked == ["tel:+442079460182"]
    page.records.tick(0, 1, True)
    shown.press(Qt.Key.Key_C)
    assert shown.said == f"Only {shown.names()[0]} is meant, not all that are selected."


def test_widths_of_columns_are_kept_with_the_view(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    page = shown.page
    source = shown.column("source")
    page.table.header.resizeSection(source, 230)
    assert page.views.changed
    page.views.ask_name(None)
    popover = page.findChild(NamePopover)
    popover.named.emit("Wide")
    popover.close()
    assert services.views.list("lead")[1].widths == (("source", 230),)
    page.views.step(-1)
    assert page.table.columnWidth(source) != 230
    page.views.step(1)
    assert page.table.columnWidth(source) == 230


def test_a_pencil_opens_the_cell_under_the_mouse(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    table = shown.page.table
    cell = table.visualRect(shown.page.records.index(1, shown.column("source")))
    place = QPoint(cell.right() - 10, cell.center().y())
    QTest.mouseMove(table.viewport(), QPoint(1, 1))  # a mouse that is there already does not move
    QTest.mouseMove(table.viewport(), place)
    assert table.mouse.pencil_in(1, shown.column("source"))
    assert not table.mouse.pencil_in(1, shown.column("next_step"))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.editing and table.current_row == 1


def test_titles_of_columns_are_never_cut(show: Show, leads: list[int]) -> None:
    page = show(LeadsPage).page
    page.set_columns(("name", "customer_on", "last_outreach", "opt_out", "created_at"), {})
    for section, column in enumerate(page.records.columns, 1):
        assert page.table.columnWidth(section) >= page.table.header.title_width(column)


@pytest.mark.parametrize("scale", [100, 160])
def test_views_without_room_are_in_a_menu_and_never_cut(
    show: Show, leads: list[int], services: Services, scale: int
) -> None:
    for name in ("Hot leads", "Trade fair in Nuremberg", "No next step", "Going cold"):
        services.views.save(View(0, name, "lead", Filter("lead")))
    shown = show(LeadsPage)
    page = shown.page
    page.theme.apply("light", scale)
    page.resize(760, 600)
    QApplication.processEvents()
    tabs = [tab for tab in page.tabs.findChildren(TabButton) if tab.isVisible()]
    assert len(tabs) < 5
    assert all(tab.width() >= tab.minimumSizeHint().width() for tab in tabs)
    page.tabs.open_more()
    last = page.tabs.findChild(QMenu).actions()[-1]
    last.trigger()
    assert page.views.now.name == "Going cold"
    assert any(tab.isVisible() and tab.tab.text == "Going cold" for tab in page.tabs.findChildren(TabButton))
    page.resize(2600, 600)
    QApplication.processEvents()
    assert all(tab.isVisible() for tab in page.tabs.findChildren(TabButton))
    page.theme.apply("light", 100)


def test_a_list_goes_out_as_shown_or_with_all_fields(
    show: Show, leads: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(LeadsPage).page
    asked: list[str] = []

    def choose(_parent: object, _title: str, _place: str, patterns: str) -> tuple[str, str]:
        asked.append(patterns)
        return str(tmp_path / f"{len(asked)}.csv"), patterns.split(";;")[len(asked) - 1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.toolbar.export()
    page.toolbar.export()
    shown, whole = ((tmp_path / f"{n}.csv").read_text("utf-8-sig").splitlines()[:2] for n in (1, 2))
    assert shown[0].startswith('"Name","Company",') and '"SQL"' in shown[1]
    assert whole[0].startswith('"ID",') and '"sql"' in whole[1]


def test_an_open_menu_keeps_its_keys(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    shown.page.table.setFocus()
    shown.page.context.actions.trigger("leads.set_status")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    count = services.lists.count(Filter("lead"))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Q, Qt.Key.Key_L):
        QTest.keyClick(menu, key)
    assert services.lists.count(Filter("lead")) == count and QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is menu
    menu.close()


def right_click(table: RecordTable, row: int, column: int) -> QMenu:
    """The menu that a right click on a cell opens."""
    at = table.visualRect(table.records.index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=at)
    place = table.viewport().mapToGlobal(at)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_right_click_offers_what_can_be_done_with_that_row(show: Show, leads: list[int], services: Services) -> None:
    table = show(LeadsPage).page.table
    table.setCurrentIndex(table.records.index(0, 1))
    menu = right_click(table, 2, 0)
    record = table.current_id
    assert (table.current_row, table.records.ticked_count) == (2, 0)
    words = [action.text() for action in menu.actions() if action.text()]
    assert {"Open", "Log", "Copy cells", "Delete"} < set(words) and "Make it a lead again" not in words
    assert all(action.isEnabled() for action in menu.actions())
    next(action for action in menu.actions() if action.text() == "Delete").trigger()
    menu.close()
    assert services.lists.ids(Filter("lead")).tolist().count(record) == 0 and len(leads) == 3


def test_a_right_click_inside_a_range_is_about_the_range(show: Show, leads: list[int]) -> None:
    table = show(LeadsPage).page.table
    table.setCurrentIndex(table.records.index(0, 1))
    table.ranges.extend_to(1, 2)
    right_click(table, 0, 2).close()
    assert table.ranges.spans is not None and len(leads) == 3
    right_click(table, 2, 2).close()
    assert table.ranges.spans is None and table.current_row == 2


def test_the_menu_key_opens_the_menu_at_the_row(show: Show, leads: list[int]) -> None:
    table = show(LeadsPage).page.table
    table.setCurrentIndex(table.records.index(1, 1))
    nowhere = QPoint(0, 0)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, nowhere, nowhere))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and menu.pos().y() > table.viewport().mapToGlobal(nowhere).y() and leads
    menu.close()
