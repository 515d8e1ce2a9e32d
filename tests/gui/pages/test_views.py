"""Saved views as their user works with them: nothing of what was changed is lost."""

import threading
import traceback
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Filter, Sort, both, is_
from crm_desktop.errors import UserError
from crm_desktop.gui.actions import ActionRegistry
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.jobs import JobRunner
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.records.columns_popover import ColumnsPopover
from crm_desktop.gui.records.merge_dialog import MergeDialog
from crm_desktop.gui.records.name_popover import NamePopover
from crm_desktop.gui.widgets.chips import Chip
from crm_desktop.gui.widgets.tabs import TabButton
from crm_desktop.services import Services
from crm_desktop.services.views import View
from crm_desktop.storage.database import Database
from tests.gui.conftest import destroy
from tests.gui.pages.conftest import announce
from tests.gui.pages.lists import Show, Shown, show
from tests.gui.pages.test_leads import leads

__all__ = ["leads", "show"]

Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def save(services: Services, name: str, typed: str = "", **more: object) -> int:
    wanted = services.lists.parse("lead", typed)
    position = len(services.views.list("lead"))
    return services.views.save(View(0, name, "lead", wanted, position=position, **more)).id  # type: ignore[arg-type]


def dots(shown: Shown) -> list[str]:
    """The names of the tabs that show a dot."""
    return [button.tab.text for button in tabs(shown) if button.tab.changed]


def tabs(shown: Shown) -> list[TabButton]:
    return list(shown.page.tabs._tabs)


def names(shown: Shown) -> list[str]:
    return [button.tab.text for button in tabs(shown)]


def kept(shown: Shown) -> None:
    """Wait until the drafts are kept."""
    shown.page.views.keep()


def test_sorting_hiding_and_widths_show_a_dot(show: Show, leads: list[int], services: Services) -> None:
    view = save(services, "Web", "source:web")
    shown = show(LeadsPage)
    page = shown.page
    for change in (
        lambda: page.table.sort_by_column(shown.column("name")),
        lambda: hide(shown, "Source"),
        lambda: page.table.horizontalHeader().resizeSection(shown.column("score"), 222),
        page.toolbar.next_density,
        page.filters.clear,
    ):
        page.tabs.choose(str(view))
        assert dots(shown) == []
        change()
        QApplication.processEvents()
        assert dots(shown) == ["Web"]
        page.context.actions.trigger("leads.reset_view")
        assert dots(shown) == []


def hide(shown: Shown, label: str) -> None:
    shown.page.choose_columns()
    popover = shown.page.findChildren(ColumnsPopover)[-1]
    item = popover.list.findItems(label, Qt.MatchFlag.MatchExactly)[0]
    item.setCheckState(Qt.CheckState.Unchecked)
    popover.close()


def test_back_to_the_usual_order_is_no_change(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    shown.page.table.sort_by_column(shown.column("name"))
    assert dots(shown) == ["All leads"]
    shown.page.records.sort(shown.column("score"), Qt.SortOrder.DescendingOrder)
    assert dots(shown) == []


def test_what_was_changed_survives_other_tabs_and_a_restart(
    show: Show, leads: list[int], services: Services, served: AppContext
) -> None:
    view = save(services, "Web", "source:web")
    shown = show(LeadsPage)
    page = shown.page
    page.tabs.choose(str(view))
    page.filters.show(services.lists.parse("lead", "source:web score>70"))
    page.filters.changed.emit(page.filters.filter)
    page.toolbar.next_density()
    hide(shown, "Source")
    page.tabs.choose("0")
    assert dots(shown) == ["Web"]
    page.tabs.choose(str(view))
    assert shown.names() == ["Noor Haddad"]
    kept(shown)
    again = Shown(LeadsPage(replace(served, actions=ActionRegistry(served.theme))))
    again.page.on_shown()
    assert dots(again) == ["Web"]
    again.page.tabs.choose(str(view))
    assert again.chips() == ["Source has “web”", "Score more than 70"]
    assert again.page.views.now.density == "comfortable"
    assert "source" not in again.page.shown_fields
    again.page.context.actions.trigger("leads.save_view")
    kept(again)
    assert services.views.drafts("lead") == {}
    assert services.views.list("lead")[1].density == "comfortable"
    destroy(again.page)


def test_what_was_changed_is_kept_a_moment_later(
    show: Show, leads: list[int], services: Services, qtbot: QtBot
) -> None:
    shown = show(LeadsPage)
    shown.page.toolbar.next_density()
    qtbot.waitUntil(lambda: bool(services.views.drafts("lead")), timeout=5000)
    assert services.views.drafts("lead")[0].density == "comfortable"


def test_a_figure_looked_at_leaves_the_draft_alone(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.filters.show(services.lists.parse("lead", "score>70"))
    page.filters.changed.emit(page.filters.filter)
    page.open_filter(Filter("lead", is_("lifecycle", "lead")))
    assert shown.names() == ["Amara Diallo"]
    page.toolbar.next_density()
    page.tabs.choose("0")
    assert shown.chips() == ["Score more than 70"]
    assert page.views.now.density == "comfortable"


def test_a_figure_looked_at_is_left_when_the_page_is_called_anew(
    show: Show, leads: list[int], services: Services
) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.open_filter(Filter("lead", is_("lifecycle", "lead")))
    page.on_called()
    assert shown.chips() == [] and len(shown.names()) == 3
    page.filters.show(services.lists.parse("lead", "score>70"))
    page.filters.changed.emit(page.filters.filter)
    page.on_called()
    assert shown.chips() == ["Score more than 70"]


def test_escape_gives_the_filter_back_and_can_be_undone(show: Show, leads: list[int], services: Services) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page.toolbar.next_density()
    page.filters.show(services.lists.parse("lead", "score>70"))
    page.filters.changed.emit(page.filters.filter)
    assert page.on_escape()
    assert shown.chips() == []
    assert page.views.now.density == "comfortable"
    shown.undo()
    assert shown.chips() == ["Score more than 70"]


def test_views_are_renamed_doubled_and_deleted(show: Show, leads: list[int], services: Services) -> None:
    save(services, "Web", "source:web")
    shown = show(LeadsPage)
    shown.press(Qt.Key.Key_PageDown, Control)
    assert shown.page.views.now.name == "Web"
    actions = shown.page.context.actions
    actions.trigger("leads.rename_view")
    popover = shown.page.findChildren(NamePopover)[-1]
    first = tabs(shown)[0]
    assert popover.x() > first.mapToGlobal(first.rect().bottomRight()).x()  # below its own tab
    said: list[str] = []
    shown.page.noticed.connect(lambda notice: said.append(notice.text))
    popover.name_edit.setText("Website")
    popover.name_edit.returnPressed.emit()
    assert said == ["View renamed “Website”"]
    actions.trigger("leads.duplicate_view")
    assert names(shown) == ["All leads", "Website", "Website, copy"]
    assert shown.page.views.now.name == "Website, copy"
    tabs(shown)[2].setFocus()
    actions.trigger("leads.delete_view")
    assert names(shown) == ["All leads", "Website"]
    assert QApplication.focusWidget() is tabs(shown)[0] and tabs(shown)[0].isChecked()
    shown.undo()
    assert names(shown) == ["All leads", "Website", "Website, copy"]


def test_no_two_views_have_the_same_name(show: Show, leads: list[int], services: Services) -> None:
    save(services, "Hot", "score>40")
    shown = show(LeadsPage)
    shown.page.views.ask_name(None)
    popover = shown.page.findChildren(NamePopover)[-1]
    assert popover.name_edit.accessibleDescription() == ""
    popover.name_edit.returnPressed.emit()
    assert popover.isVisible()
    popover.name_edit.setText("höt ")
    popover.name_edit.returnPressed.emit()
    assert popover.isVisible() and "already" in popover.name_edit.accessibleDescription()
    popover.name_edit.setText("Hotter")
    popover.name_edit.returnPressed.emit()
    assert names(shown) == ["All leads", "Hot", "Hotter"]
    with pytest.raises(UserError, match="already"):
        save(services, "HÓT")
    for _ in range(2):
        shown.page.views.duplicate(shown.page.views.saved)
    assert names(shown)[-2:] == ["Hotter, copy", "Hotter, copy, copy"]
    shown.page.views.duplicate(shown.page.views._views[2])
    assert names(shown)[-1] == "Hotter, copy 2"


def test_only_so_many_records_are_merged_by_hand(show: Show, services: Services) -> None:
    for number in range(21):
        services.records.add("lead", {"name": f"Lead {number}"})
    shown = show(LeadsPage)
    shown.page.records.tick_all(True)
    shown.page.bulk.ask_merge()
    assert "Duplicates" in shown.said and "20" in shown.said
    assert not shown.page.window().findChildren(MergeDialog)


def test_a_rename_keeps_what_is_not_saved(show: Show, leads: list[int], services: Services) -> None:
    view = save(services, "Web", "source:web")
    shown = show(LeadsPage)
    shown.page.tabs.choose(str(view))
    shown.page.toolbar.next_density()
    shown.page.views._named(shown.page.views.saved, "Website")
    assert dots(shown) == ["Website"]
    assert services.views.list("lead")[1].density == "normal"


def test_views_are_put_in_order_by_keys_and_by_mouse(show: Show, leads: list[int], services: Services) -> None:
    for name in ("A", "B", "C"):
        save(services, name)
    shown = show(LeadsPage)
    page = shown.page
    page.tabs.choose(str(services.views.list("lead")[1].id))
    page.table.setFocus()
    shown.press(Qt.Key.Key_PageDown, Control | Shift)
    assert names(shown) == ["All leads", "B", "A", "C"]
    shown.press(Qt.Key.Key_PageUp, Control | Shift)
    assert names(shown) == ["All leads", "A", "B", "C"]
    first, last = tabs(shown)[1], tabs(shown)[3]
    QTest.mousePress(first, Qt.MouseButton.LeftButton)
    end = first.mapFromGlobal(last.mapToGlobal(QPoint(last.width() - 2, 5)))
    QTest.mouseMove(first, end)
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert names(shown) == ["All leads", "B", "C", "A"]
    assert [view.name for view in services.views.list("lead")[1:]] == ["B", "C", "A"]
    services.history.undo()
    assert [view.name for view in services.views.list("lead")[1:]] == ["A", "B", "C"]


def test_each_tab_has_its_count(show: Show, leads: list[int], services: Services) -> None:
    save(services, "Hot", "score>70")
    assert [button.tab.count for button in tabs(show(LeadsPage))] == ["3", "2"]


def test_a_field_that_is_gone_is_said_and_comes_back(show: Show, leads: list[int], services: Services) -> None:
    hobby = services.fields.add("lead", "Hobby", FieldType.TEXT)
    services.records.set("lead", [leads[2]], {"hobby": "golf"})
    wanted = both(is_("hobby", "golf"), is_("source", "Website"))
    view = services.views.save(
        View(0, "Golf", "lead", Filter("lead", wanted), ("name", "hobby", "score"), Sort("hobby"))
    ).id
    services.fields.delete(hobby.id)
    shown = show(LeadsPage)
    page = shown.page
    assert [button.tab.count for button in tabs(shown)] == ["3", "2"]
    page.tabs.choose(str(view))
    assert shown.names() == ["Noor Haddad", "Amara Diallo"]
    assert shown.chips() == ["The column “Hobby” is gone", "The field “Hobby” is gone", "Source: Website"]
    shown_chips = [chip for chip in page.filter_bar.findChildren(Chip) if not chip.isHidden()]
    assert sorted(chip.text() for chip in shown_chips if chip.bad) == shown.chips()[:2]
    page.table.horizontalHeader().resizeSection(shown.column("score"), 150)
    assert dots(shown) == ["Golf"]
    page.context.jobs.write(lambda _progress: services.history.undo(), lambda _change: None)
    page.context.changes.announce(services.history.redo())
    page.context.changes.announce(services.history.undo())
    QApplication.processEvents()
    page.tabs.choose("0")
    page.tabs.choose(str(view))
    assert shown.names() == ["Amara Diallo"]
    assert shown.chips() == ["Hobby: golf", "Source: Website"]
    assert page.shown_fields == ("name", "hobby", "score")
    assert page.records.sort_by == Sort("hobby")


def test_a_shown_field_leaves_with_an_undo_and_comes_back(show: Show, leads: list[int], services: Services) -> None:
    services.fields.add("lead", "Hobby", FieldType.TEXT)
    page = show(LeadsPage).page
    page.show_columns(("name", "hobby"))
    page.sort(Sort("hobby"))
    QApplication.processEvents()
    page.context.changes.announce(services.history.undo())
    QApplication.processEvents()
    assert page.shown_fields == ("name",) and page.records.rowCount() == 3
    assert page.records.sort_by == page.listing.sort
    page.context.changes.announce(services.history.redo())
    QApplication.processEvents()
    assert page.shown_fields == ("name", "hobby") and page.records.sort_by == Sort("hobby")


def test_a_chip_of_a_gone_field_is_taken_away(show: Show, leads: list[int], services: Services) -> None:
    view = services.views.save(View(0, "Golf", "lead", Filter("lead", is_("hobby", "x")), ("name", "hobby"))).id
    shown = show(LeadsPage)
    shown.page.tabs.choose(str(view))
    bar = shown.page.filter_bar
    QApplication.processEvents()
    while gone := [chip for chip in bar.findChildren(Chip) if chip.bad and not chip.isHidden()]:
        QTest.keyClick(gone[0], Qt.Key.Key_Delete)
        QApplication.processEvents()
    assert shown.chips() == []
    assert dots(shown) == ["Golf"]
    assert shown.page.views.now.columns == ("name",)


def test_the_window_never_waits_for_the_base(
    served: AppContext, services: Services, leads: list[int], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    firm = services.records.add("company", {"name": "Acme"}).id
    services.fields.delete(services.fields.add("lead", "Wants", "text").id)
    gone = Filter("lead", both(is_("wants", "tea"), is_("company", firm)))
    view = services.views.save(View(0, "Gone", "lead", gone, ("name", "wants"))).id
    services.views.keep_drafts("lead", [replace(services.views.list("lead")[1], density="compact")])
    jobs = JobRunner(ErrorReporter())
    context = replace(served, jobs=jobs, actions=ActionRegistry(served.theme))
    jobs.written.connect(partial(announce, context))
    asked_here: list[str] = []
    connection = Database.connection

    def watched(database: Database) -> Any:
        if threading.current_thread() is threading.main_thread():
            asked_here.append("".join(traceback.format_stack(limit=14)))
        return connection(database)

    monkeypatch.setattr(Database, "connection", watched)
    page = LeadsPage(context)
    page.resize(1300, 700)
    context.changes.changed.connect(page.on_change)
    try:
        page.on_shown()
        page.show()
        assert jobs.wait_idle()
        shown = Shown(page)
        assert dots(shown) == ["Gone"]
        page.tabs.choose(str(view))
        assert jobs.wait_idle()
        assert shown.chips() == [
            "The column “Wants” is gone", "The field “Wants” is gone", "Became company: Acme"
        ]  # fmt: skip
        assert page.views.now.density == "compact"
        page.filters.ask(1)
        assert jobs.wait_idle()
        editor = page.filters.editor
        assert editor is not None
        assert "Acme" in {line.text() for line in editor.findChildren(QLineEdit)}
        editor.reject()
        page.views._named(page.views.saved, "Went")
        page.views.duplicate(page.views.now)
        page.views.move(-1)
        assert jobs.wait_idle()
        page.filters.start_typing()
        page.filters.typed.setText("no visit in 60 days")
        qtbot.waitUntil(lambda: "no visit in the last 60 days" in page.filters.words.say("lead", page.filters._typed))
        assert jobs.wait_idle()
        assert asked_here == []
    finally:
        page.close()
        jobs.stop()
        destroy(page)


def test_a_renamed_choice_reaches_views_and_drafts(
    show: Show, served: AppContext, leads: list[int], services: Services
) -> None:
    number = services.fields.add("lead", "Drinks", "choice", ["Tea", "Coffee", "Milk"]).id
    services.records.set("lead", leads[:1], {"drinks": "Tea"})
    view = save(services, "Tea", "drinks:Tea")
    save(services, "Others", "drinks=Coffee,Milk score>5")
    shown = show(LeadsPage)
    page = shown.page
    served.changes.changed.connect(page.on_change)
    page.filters.show(services.lists.parse("lead", "-drinks:Tea"))
    page.filters.changed.emit(page.filters.filter)
    kept(shown)
    served.jobs.write(
        lambda _progress: services.fields.set_choices(number, ["Herbal tea", "Coffee"], {"Tea": "Herbal tea"}), print
    )
    assert shown.chips() == ["Not Drinks: Herbal tea"]
    page.tabs.choose(str(view))
    assert shown.chips() == ["Drinks: Herbal tea"] and dots(shown) == ["All leads"]
    assert shown.names() == [services.lists.rows("lead", leads[:1], ["name"])[0][1]]
    assert services.lists.text(services.views.drafts("lead")[0].filter) == '-drinks="Herbal tea"'
    others = services.views.find("lead", "Others")
    page.tabs.choose(str(others.id))
    assert shown.chips() == ["“Milk” is no longer a choice of Drinks", "Score more than 5"]
    assert [chip.bad for chip in page.filter_bar.findChildren(Chip) if chip.text() in shown.chips()] == [True, False]
    page.filters.ask(0)
    editor = page.filters.editor
    (row,) = [row for row in editor.desk.rows.values() if row.complaint.text()]
    assert row.complaint.text() == "“Milk” is no longer a choice of Drinks" and row.complaint.isVisible()
    editor.reject()
    served.jobs.write(lambda _progress: services.history.undo(), print)
    assert shown.chips() == ["Drinks: Coffee or Milk", "Score more than 5"]
    page.tabs.choose("0")
    assert shown.chips() == ["Not Drinks: Tea"]
    served.jobs.write(lambda _progress: services.history.redo(), print)
    assert shown.chips() == ["Not Drinks: Herbal tea"]
    page.tabs.choose(str(view))
    assert shown.chips() == ["Drinks: Herbal tea"]


def test_a_renamed_status_reaches_views(show: Show, leads: list[int], services: Services) -> None:
    working = services.statuses.all()[1]
    view = save(services, "Working", f'status="{working.name}"')
    found = services.lists.ids(services.views.list("lead")[1].filter)
    services.statuses.rename(working.id, "In the works")
    shown = show(LeadsPage)
    shown.page.tabs.choose(str(view))
    assert shown.chips() == ["Status: In the works"]
    assert services.lists.ids(services.views.list("lead")[1].filter) == found
    services.history.undo()
    assert services.lists.text(services.views.list("lead")[1].filter) == f"status={working.name}"


def test_a_renamed_stage_reaches_views(services: Services) -> None:
    def said() -> str:
        return services.lists.text(services.views.list("deal")[1].filter)

    def stages() -> dict[str, int]:
        return {name: number for number, name in services.lists.values(Filter("stage"), ["name"])}

    services.views.save(View(0, "Near", "deal", services.lists.parse("deal", "stage:Closing,Won -stage.name=Closing")))
    services.records.set("stage", [stages()["Closing"]], {"name": "Signing"})
    assert said() == "(stage:Signing OR stage:Won) -stage.name=Signing"
    other = services.records.add("pipeline", {"name": "Renewals"}).id
    services.records.add("stage", {"name": "Signing", "pipeline": other, "category": "open", "probability": 50})
    services.records.set("stage", [stages()["Signing"]], {"name": "At the notary"})
    assert said() == "(stage:Signing OR stage:Won) -stage.name=Signing"
    services.history.undo()
    services.history.undo()
    services.history.undo()
    services.history.undo()
    assert said() == "(stage:Closing OR stage:Won) -stage.name=Closing"
