"""The pipeline page over a real base: what the board shows, and every way to move a deal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QMenu, QWidget

from crm_desktop.bootstrap import open_services
from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.change import Change
from crm_desktop.domain.deals import OPEN
from crm_desktop.domain.filter import Filter
from crm_desktop.domain.money import Money
from crm_desktop.domain.rotting import Risk
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.delegates.card_delegate import risk_words, step_of, tip
from crm_desktop.gui.models.board_model import CARD, GAP, StageModel, mime_of
from crm_desktop.gui.pages.history.then import words_of
from crm_desktop.gui.pages.page import Notice, RecordTarget
from crm_desktop.gui.pages.pipeline import PipelinePage
from crm_desktop.gui.pages.pipeline.asking import LostDialog, SnoozeDialog, WonDialog
from crm_desktop.gui.pages.pipeline.deal_dialog import DealDialog
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.records.record_form import value_editor
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.value_edit import ChoiceEdit, LineEdit, LinkEdit
from crm_desktop.paths import DataDir
from crm_desktop.services import Services
from tests.gui.conftest import destroy

TODAY = date(2026, 11, 12)
DEALS = (
    ("Fenwick Schools Trust", "14 sites", "Negotiation", 31000),
    ("Hotel Astoria Park", "Grinders", "Negotiation", 18400),
    ("Northgate Conference", "Full fit-out", "Closing", 42000),
    ("Lumen Dental Group", "Waiting room", "Lead generation", 6300),
)


@pytest.fixture
def office(context: AppContext, tmp_path: Path) -> Iterator[AppContext]:
    """A context over a base with four deals; what is written is announced, as in the program."""
    services = open_services(DataDir(tmp_path / "data"), context.settings_store.current, context.clock)
    stages = {stage.name: stage.id for stage in services.pipeline.stages()}
    for company, title, stage, amount in DEALS:
        owner = services.records.add("company", {"name": company}).id
        values = {"name": title, "company": owner, "stage": stages[stage], "amount": Money(amount * 100, "EUR")}
        services.records.add("deal", values)
    made = replace(context, services=services)

    def tell(result: object) -> None:
        for part in result if isinstance(result, tuple) else (result, getattr(result, "change", None)):
            if isinstance(part, Change):
                made.changes.announce(part)

    made.jobs.written.connect(tell)
    yield made
    services.close()


@pytest.fixture
def page(office: AppContext, qtbot: object) -> Iterator[PipelinePage]:
    """The page on screen, with its first card chosen and the focus on it."""
    made = PipelinePage(office)
    made.resize(1231, 780)
    made.show()
    made.activateWindow()
    made.on_shown()
    settle()
    choose(made, "Fenwick Schools Trust")
    yield made
    destroy(made)


def settle() -> None:
    """Let timers and paint events run."""
    for _ in range(3):
        QApplication.processEvents()


def column(page: PipelinePage, name: str) -> StageModel:
    return next(model for model in page.model.stages if model.column.stage.name == name)


def names(page: PipelinePage, stage: str) -> list[str]:
    model = column(page, stage)
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def deal(page: PipelinePage, company: str) -> int:
    services: Services = page.context.services
    rows = services.lists.values(Filter("deal"), ("company",))
    found: int = next(row[0] for row in rows if row[1] is not None and row[1].name == company)
    return found


def choose(page: PipelinePage, company: str) -> QListView:
    """Choose a card and give it the focus."""
    assert page.board.choose(deal(page, company))
    assert page.board.column is not None
    view = page.board.column.view
    view.setFocus()
    settle()
    return view


def known(page: PipelinePage, company: str, *fields: str) -> tuple[object, ...]:
    services: Services = page.context.services
    (row,) = services.lists.rows("deal", [deal(page, company)], fields)
    return row[1:]


def press(page: PipelinePage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    page.activateWindow()
    settle()
    QTest.keyClick(page.window().focusWidget(), key, modifier)
    settle()


def test_columns_show_cards_counts_and_sums(page: PipelinePage) -> None:
    assert [model.column.stage.name for model in page.model.stages] == [
        "Lead generation", "Qualification", "Proposal", "Negotiation", "Closing",
    ]  # fmt: skip
    assert names(page, "Negotiation") == ["Fenwick Schools Trust", "Hotel Astoria Park"]
    head = page.board.columns[3].head
    assert (head.name.text(), head.count.text(), head.sum.text(), head.likely.text()) == (
        "Negotiation", "2", "€49,400", "50 % likely",
    )  # fmt: skip
    assert page.sub_line == "New business"


def test_figures_say_what_they_count(page: PipelinePage) -> None:
    figures = page.view.figures
    assert figures["open_value"].accessibleName() == "Open · 4 deals: €97,700"
    assert figures["weighted_value"].accessibleName() == "Weighted · by stage: €54,415"
    assert figures["at_risk"].accessibleName() == "At risk · 3 deals: €91,400"


def test_dropping_a_card_moves_it_and_the_heads_follow(page: PipelinePage) -> None:
    closing = column(page, "Closing")
    data = mime_of(deal(page, "Fenwick Schools Trust"))
    assert closing.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert names(page, "Closing") == ["Fenwick Schools Trust", "Northgate Conference"]
    assert names(page, "Negotiation") == ["Hotel Astoria Park"]
    assert page.board.columns[4].head.sum.text() == "€73,000"
    assert page.board.columns[3].head.sum.text() == "€18,400"
    assert known(page, "Fenwick Schools Trust", "probability") == (70,)


def test_the_source_refuses_to_remove_what_was_dropped(page: PipelinePage) -> None:
    source = column(page, "Negotiation")
    assert not source.removeRows(0, 1)
    assert source.rowCount() == 2
    index = source.index(0)
    assert source.mimeData([index]).hasFormat("application/x-crm-deal")
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled


def test_foreign_data_is_not_dropped(page: PipelinePage) -> None:
    data = mime_of(1)
    data.removeFormat("application/x-crm-deal")
    closing = column(page, "Closing")
    assert not closing.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_a_drop_event_lands_where_the_gap_opens(page: PipelinePage) -> None:
    target = page.board.columns[3]
    data = mime_of(deal(page, "Northgate Conference"))
    low = QPointF(60, target.view.y() + target.view.step * 1.5)
    target._open(low)
    assert (target.model.gap, target.model.rowCount()) == (1, 3)
    assert target.model.index(1).data(GAP) and target.model.index(1).data(CARD) is None
    event = QDropEvent(low, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    target.dropEvent(event)
    assert target.model.gap is None
    assert names(page, "Negotiation") == ["Fenwick Schools Trust", "Northgate Conference", "Hotel Astoria Park"]


def test_keys_move_a_card_two_stages_and_the_focus_stays_on_it(page: PipelinePage) -> None:
    choose(page, "Lumen Dental Group")
    for _ in range(2):
        press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert names(page, "Proposal") == ["Lumen Dental Group"]
    assert page.board.deal == deal(page, "Lumen Dental Group")
    assert page.window().focusWidget() is page.board.columns[2].view
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert names(page, "Qualification") == ["Lumen Dental Group"]


def test_keys_change_the_order(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert names(page, "Negotiation") == ["Hotel Astoria Park", "Fenwick Schools Trust"]
    press(page, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert names(page, "Negotiation") == ["Fenwick Schools Trust", "Hotel Astoria Park"]


def test_arrows_choose_cards_across_columns(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_Left)
    assert page.board.deal == deal(page, "Lumen Dental Group")
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Down)
    assert page.board.deal == deal(page, "Hotel Astoria Park")
    selected = [c.view for c in page.board.columns if c.view.selectionModel().hasSelection()]
    assert selected == [page.board.columns[3].view]


def test_in_a_language_from_right_to_left_the_keys_follow_what_one_sees(page: PipelinePage) -> None:
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert "Fenwick Schools Trust" in names(page, "Closing")
    settle()
    assert page.board.columns[0].x() > page.board.columns[4].x()


def test_a_move_is_told_with_undo(page: PipelinePage) -> None:
    told: list[Notice] = []
    page.noticed.connect(told.append)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told[0].text == "Fenwick Schools Trust moved to Closing"
    assert told[0].undo is not None
    told[0].undo()
    settle()
    assert names(page, "Negotiation") == ["Fenwick Schools Trust", "Hotel Astoria Park"]


def test_winning_asks_amount_and_day_filled_in(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_W)
    dialog = page.deals.asking
    assert isinstance(dialog, WonDialog)
    assert Money(3100000, "EUR") == page.context.services.records.parse("deal", "amount", dialog.amount_edit.text())
    assert dialog.day_edit.text()
    dialog.day_edit.setText("never")
    dialog.ok_button.click()
    assert dialog.isVisible() and dialog.day_edit.accessibleDescription()
    dialog.day_edit.setText("2026-11-11")
    dialog.amount_edit.setText("30000")
    dialog.ok_button.click()
    settle()
    assert names(page, "Negotiation") == ["Hotel Astoria Park"]
    assert known(page, "Fenwick Schools Trust", "status", "amount", "closed_on") == (
        "won", Money(3000000, "EUR"), date(2026, 11, 11),
    )  # fmt: skip
    assert page.board.deal == deal(page, "Hotel Astoria Park")


def test_losing_asks_a_reason_one_can_type_to_find(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_X)
    dialog = page.deals.asking
    assert isinstance(dialog, LostDialog)
    dialog.ok_button.click()
    assert dialog.problem_label.text() == "Choose a reason."
    QTest.keyClicks(dialog.find_edit, "compet")
    QTest.keyClick(dialog.find_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert known(page, "Fenwick Schools Trust", "status", "lost_reason") == ("lost", "competition")


def test_a_reason_of_ones_own_is_kept_and_offered_again(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_X)
    assert isinstance(page.deals.asking, LostDialog)
    page.deals.asking.find_edit.setText("Moved abroad")
    page.deals.asking.note_edit.setText("To Oslo")
    page.deals.asking.ok_button.click()
    settle()
    assert known(page, "Fenwick Schools Trust", "lost_reason", "lost_note") == ("Moved abroad", "To Oslo")
    choose(page, "Hotel Astoria Park")
    press(page, Qt.Key.Key_X)
    assert isinstance(page.deals.asking, LostDialog)
    reasons = page.deals.asking.reason_list
    assert "Moved abroad" in [reasons.item(row).text() for row in range(reasons.count())]
    QTest.keyClick(page.deals.asking.find_edit, Qt.Key.Key_Down)
    assert reasons.currentRow() == 0
    QTest.keyClick(page.deals.asking.find_edit, Qt.Key.Key_Tab)
    assert page.deals.asking.note_edit.hasFocus()  # passing by the list chooses no reason


def test_the_sidebar_counts_the_deals_of_the_board(page: PipelinePage) -> None:
    count = next(spec.count for spec in page_specs() if spec.id == "pipeline")
    assert count is not None
    services = page.context.services
    deals = services.lists.ids(Filter("deal") & OPEN)
    assert count(page.context) == len(deals)
    services.pipeline.snooze(deals[0], date(2030, 1, 1))
    assert count(page.context) == len(deals) - 1


def test_snoozing_takes_a_deal_off_the_board_until_it_is_woken(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_Z)
    dialog = page.deals.asking
    assert isinstance(dialog, SnoozeDialog)
    assert dialog.choices_layout.count() == 5
    dialog.day_edit.setText("")
    dialog.ok_button.click()
    assert dialog.problem_label.isVisible()
    dialog.day_edit.setText("2026-12-01")
    dialog.ok_button.click()
    settle()
    assert names(page, "Negotiation") == ["Hotel Astoria Park"]
    assert page.view.figures["open_value"].text() == "Open · 3 deals"
    page.view.chips["snoozed"].setChecked(True)
    settle()
    assert names(page, "Negotiation") == ["Fenwick Schools Trust"]
    press(page, Qt.Key.Key_Z)
    assert known(page, "Fenwick Schools Trust", "snoozed_until") == (None,)


def test_three_steps_are_taken_back(page: PipelinePage) -> None:
    fields = ("stage", "status", "probability", "amount", "closed_on", "lost_reason", "snoozed_until")
    before = known(page, "Fenwick Schools Trust", *fields)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(page, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(page, Qt.Key.Key_X)
    assert isinstance(page.deals.asking, LostDialog)
    page.deals.asking.reason_list.setCurrentRow(0)
    page.deals.asking.ok_button.click()
    settle()
    for _ in range(3):
        page.context.jobs.write(lambda _progress: page.context.services.history.undo(), lambda _change: None)
    settle()
    assert known(page, "Fenwick Schools Trust", *fields) == before
    assert names(page, "Negotiation") == ["Fenwick Schools Trust", "Hotel Astoria Park"]
    assert page.board.columns[3].head.sum.text() == "€49,400"


def test_the_stage_menu_moves_with_a_single_pointer(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_S)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(action for action in menu.actions() if action.text() == "Proposal")
    entry.trigger()
    menu.close()
    settle()
    assert names(page, "Proposal") == ["Fenwick Schools Trust"]


def test_figures_and_chips_narrow_the_board(page: PipelinePage) -> None:
    page.view.figures["at_risk"].click()
    settle()
    assert page.view.chips["at_risk"].isChecked()
    assert names(page, "Lead generation") == []
    assert page.board.columns[0].head.count.text() == "0"
    assert page.on_escape()
    settle()
    assert names(page, "Lead generation") == ["Lumen Dental Group"]
    assert not page.view.chips["at_risk"].isChecked() and not page.on_escape()


def test_a_filter_from_another_page_is_shown(page: PipelinePage) -> None:
    services: Services = page.context.services
    page.open_filter(services.pipeline.board().columns[4].filter)
    settle()
    assert [model.rowCount() for model in page.model.stages] == [0, 0, 0, 0, 1]
    page.view.figures["open_value"].click()
    settle()
    assert [model.rowCount() for model in page.model.stages] == [1, 0, 0, 2, 1]


def test_a_new_deal_stands_in_the_column_whose_plus_was_pressed(page: PipelinePage) -> None:
    page.board.columns[2].head.add.click()
    dialog = page.deals.asking
    assert isinstance(dialog, DealDialog)
    assert dialog.stage_box.currentText() == "Proposal"
    dialog.ok_button.click()
    assert dialog.name_edit.accessibleDescription() == "A deal needs a title."
    dialog.name_edit.setText("Second shop")
    QTest.keyClicks(dialog.company_edit, "Hotel Astoria Park")
    dialog.amount_edit.setText("1200")
    dialog.ok_button.click()
    settle()
    assert names(page, "Proposal") == ["Hotel Astoria Park"]
    assert page.board.column is page.board.columns[2]


def test_enter_opens_a_deal_to_change_it(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_Return)
    dialog = page.deals.asking
    assert isinstance(dialog, DealDialog)
    assert (dialog.name_edit.text(), dialog.company_edit.text()) == ("14 sites", "Fenwick Schools Trust")
    dialog.ok_button.click()
    settle()
    last = page.context.services.history.peek_undo()
    assert last is not None and last.verb == "add"  # nothing was changed, so nothing was written
    press(page, Qt.Key.Key_Return)
    assert isinstance(page.deals.asking, DealDialog)
    page.deals.asking.amount_edit.setText("32000")
    page.deals.asking.ok_button.click()
    settle()
    assert page.board.columns[3].head.sum.text() == "€50,400"


def test_a_deal_shows_fields_of_ones_own_and_keeps_what_is_changed(page: PipelinePage) -> None:
    services: Services = page.context.services
    services.fields.add("deal", "Floors", FieldType.INTEGER)
    services.fields.add("deal", "Night shift", FieldType.YES_NO)
    press(page, Qt.Key.Key_Return)
    dialog = page.deals.asking
    assert isinstance(dialog, DealDialog)
    floors = dialog.own["floors"]
    assert isinstance(floors, LineEdit) and floors.accessibleName() == "Floors" and not floors.text()
    dialog.note_edit.setFocus()
    QTest.keyClick(dialog.note_edit, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is floors
    floors.setText("many")
    dialog.ok_button.click()
    assert dialog.isVisible() and floors.text() == "many" and dialog.problem_label.text().startswith("Needs a whole")
    floors.setText("9")
    dialog.ok_button.click()
    settle()
    change = services.history.peek_undo()
    assert change is not None and change.verb == "set"
    press(page, Qt.Key.Key_Return)
    again = page.deals.asking
    assert isinstance(again, DealDialog) and isinstance(again.own["floors"], LineEdit)
    assert again.own["floors"].text() == "9"
    again.ok_button.click()
    settle()
    last = services.history.peek_undo()
    assert last == change  # nothing was changed, so nothing was written


def test_a_deal_shows_who_decides_and_leads_to_them(page: PipelinePage) -> None:
    services: Services = page.context.services
    person = services.records.add("person", {"name": "Ingrid Solberg"}).id
    gone: list[tuple[str, object]] = []
    page.opened.connect(lambda place, target: gone.append((place, target)))
    press(page, Qt.Key.Key_Return)
    dialog = page.deals.asking
    assert isinstance(dialog, DealDialog)
    buyers = dialog.buyers
    assert buyers is not None and not buyers.lines
    buyers.offer()
    form = buyers.form.dialog
    assert form is not None
    who, role = form.editors["person"], form.editors["role"]
    assert isinstance(who, LinkEdit) and isinstance(role, ChoiceEdit)
    who.offer(services.records.links("person", "Ingrid"))
    who.setText("Ingrid Solberg")
    role.setCurrentIndex(role.findData("decides"))
    form.ok_button.click()
    settle()
    assert [line.sentence for line in buyers.lines] == ["Decides: Ingrid Solberg"]
    buyers.do(0, "Approves")
    settle()
    assert [line.sentence for line in buyers.lines] == ["Approves: Ingrid Solberg"]
    buyers.do(0, "Open")
    assert gone == [("customers", RecordTarget("person", person))]


def test_what_fails_is_said_and_taken_back(page: PipelinePage) -> None:
    told: list[Notice] = []
    page.noticed.connect(told.append)
    services: Services = page.context.services
    services.records.delete("deal", [deal(page, "Fenwick Schools Trust")])
    page.model.move(page.board.deal or 0, column(page, "Closing").column.stage.id, 0)
    settle()
    assert told[-1].kind == "bad"
    assert names(page, "Closing") == ["Northgate Conference"]
    assert names(page, "Negotiation") == ["Hotel Astoria Park"]


def test_everything_has_a_name_and_cards_are_sentences(page: PipelinePage) -> None:
    parts = [*page.findChildren(QAbstractButton), *page.findChildren(QListView), *page.findChildren(QLineEdit)]
    ours = [part for part in parts if type(part).__name__ != "QToolButton" and not part.objectName().startswith("qt_")]
    assert [part.objectName() or type(part).__name__ for part in ours if not part.accessibleName()] == []
    model = column(page, "Negotiation")
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Fenwick Schools Trust, 14 sites, €31,000, No next step, 0 days in this stage, At risk: no next step"


def test_a_card_tells_in_full_what_was_cut_and_why_it_is_at_risk(page: PipelinePage) -> None:
    (card,) = page.context.services.pipeline.cards([deal(page, "Fenwick Schools Trust")])
    lines = ["Fenwick Schools Trust", "14 sites", "No next step", "0 days in this stage, usually 14"]
    assert tip(card, TODAY).split("\n") == [*lines, "At risk: no next step"]
    assert all(risk_words(code).startswith("At risk") for code in Risk)


def test_a_move_is_announced_with_its_place(page: PipelinePage, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("crm_desktop.gui.pages.pipeline.moves.announce", lambda _widget, text: heard.append(text))
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert heard == ["Fenwick Schools Trust, moved to Closing, 1 of 2"]


def test_the_model_keeps_the_rules_of_qt(page: PipelinePage) -> None:
    model = column(page, "Negotiation")
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_gap(1)
    model.set_gap(2)
    model.set_gap(None)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    tester.deleteLater()
    assert model.rowCount() == 1


def test_the_next_step_says_how_it_stands(page: PipelinePage) -> None:
    services: Services = page.context.services
    (card,) = services.pipeline.cards([deal(page, "Fenwick Schools Trust")])
    assert step_of(card, TODAY).glyph == "circle-dashed"
    for day, glyph, text in (
        (date(2026, 11, 10), "clock-alert", "Call · 2 days late"), (TODAY, "calendar-check", "Call today"),
        (date(2026, 11, 13), "calendar", "Call tomorrow"), (date(2026, 11, 17), "calendar", "Call Tue 17 Nov"),
        (date(2026, 12, 24), "calendar", "Call 24 Dec"), (None, "calendar", "Call"),
    ):  # fmt: skip
        step = step_of(replace(card, next_step="Call", next_activity=day), TODAY)
        assert (step.glyph, step.text) == (glyph, text)
    assert step_of(replace(card, next_step="Call", next_activity=TODAY, next_time="10:30"), TODAY).text.endswith(
        "today 10:30"
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [90, 160])
def test_it_can_be_painted_in_every_look(page: PipelinePage, theme: ThemeManager, mode: str, scale: int) -> None:
    theme.apply("dark" if mode == "dark" else "light", scale)
    page.resize(800, 520)
    settle()
    assert not page.grab().isNull()
    assert page.board.horizontalScrollBar().maximum() > 0
    fits = all(button.width() >= button.sizeHint().width() for button in page.view.findChildren(QAbstractButton)
               if button in page.view.chips.values() and button.isVisible())  # fmt: skip
    assert fits or scale == 160


def test_nothing_is_there_yet(context: AppContext, tmp_path: Path, qtbot: object) -> None:
    services = open_services(DataDir(tmp_path / "empty"), context.settings_store.current, context.clock)
    made = PipelinePage(replace(context, services=services))
    made.resize(1231, 780)
    made.show()
    made.on_shown()
    settle()
    assert isinstance(made.grab().size().width(), int)
    assert made.board.deal is None
    assert not context.actions.action("pipeline.won").isEnabled()
    assert isinstance(made.panes()[0], QWidget)
    destroy(made)
    services.close()


def listed(page: PipelinePage) -> list[str]:
    """The titles in the list, from top to bottom."""
    records = page.list.records
    return [str((records.values_at(row) or {}).get("name")) for row in range(records.rowCount())]


def test_the_list_shows_the_same_deals_and_acts_on_its_row(page: PipelinePage) -> None:
    page.context.actions.trigger("pipeline.switch")
    settle()
    assert page.switcher.current == "list" and sorted(listed(page)) == sorted(deal[1] for deal in DEALS)
    row = page.list.records.row_of(deal(page, "Northgate Conference"))
    page.list.table.setCurrentIndex(page.list.records.index(row, 1))
    page.list.table.setFocus()
    press(page, Qt.Key.Key_X)
    assert isinstance(page.deals.asking, LostDialog)
    page.deals.asking.reason_list.setCurrentRow(0)
    page.deals.asking.ok_button.click()
    settle()
    assert known(page, "Northgate Conference", "status") == ("lost",)
    assert "Full fit-out" not in listed(page)
    press(page, Qt.Key.Key_S)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Closing").trigger()
    menu.close()
    settle()
    assert page.deal is not None
    assert page.context.services.pipeline.cards([page.deal])[0].stage == column(page, "Closing").column.stage.id


def test_an_empty_list_says_so_and_offers_the_way_back(page: PipelinePage) -> None:
    page.switcher.choose("list")
    page.view.chips["closing_this_month"].setChecked(True)
    settle()
    assert page.list.empty.isVisible()
    page.list.cleared.emit()
    settle()
    assert len(listed(page)) == 4 and not page.list.empty.isVisible()


def test_closed_deals_of_a_figure_are_shown_in_the_list(page: PipelinePage) -> None:
    services: Services = page.context.services
    services.pipeline.won(deal(page, "Northgate Conference"))
    page.open_filter(services.reports.sales().figures["won_value"].filter)
    settle()
    assert page.listed and listed(page) == ["Full fit-out"]
    assert page.view.filter_bar.isVisible()
    assert not page.view.figures["open_value"].isVisible()  # "Open · 0 deals" says nothing of them
    page.show_all()
    settle()
    assert page.view.figures["open_value"].isVisible()


def test_closed_deals_asked_for_on_the_board_are_shown_in_the_list(page: PipelinePage) -> None:
    page.context.services.pipeline.won(deal(page, "Northgate Conference"))
    page.context.actions.trigger("pipeline.filter")
    page.filters.typed.setText("status:won")
    QTest.keyClick(page.filters.typed, Qt.Key.Key_Return)
    settle()
    assert page.listed and listed(page) == ["Full fit-out"]
    assert page.filter_bar.summary.text() == "1 · sorted by expected close"


def test_why_a_deal_was_lost_is_told_in_words(page: PipelinePage) -> None:
    services: Services = page.context.services
    number, field = deal(page, "Northgate Conference"), services.catalogue.field("deal", "lost_reason")
    services.records.set("deal", [number], {"stage": "Lost", "lost_reason": "something is missing"})
    held = services.records.show("deal", number).values["lost_reason"]
    assert held == "missing_feature"
    name = partial(services.labels.choice, "deal", "lost_reason")
    assert format.value(field, held, date(2026, 11, 12), name) == "Something is missing"
    assert words_of(page.context).value("deal", "lost_reason", held) == "Something is missing"
    editor = value_editor(page.context, "deal", field, held, page)
    assert isinstance(editor, QLineEdit) and editor.text() == "Something is missing"


def test_what_the_typed_field_proposes_can_be_typed(page: PipelinePage) -> None:
    example = page.filters.typed.placeholderText().removeprefix("Words or ")
    assert page.context.services.lists.parse("deal", example).kind == "deal"


def test_typed_filters_narrow_figures_and_cards(page: PipelinePage) -> None:
    page.context.actions.trigger("pipeline.filter")
    page.filters.typed.setText("amount>30000")
    QTest.keyClick(page.filters.typed, Qt.Key.Key_Return)
    settle()
    assert page.view.figures["open_value"].text() == "Open · 2 deals"
    assert names(page, "Negotiation") == ["Fenwick Schools Trust"]
    assert page.on_escape()
    settle()
    assert not page.view.filter_bar.isVisible() or page.filters.typed.isVisible()
    assert page.view.figures["open_value"].text() == "Open · 4 deals"


def test_a_follow_up_is_asked_for_the_chosen_deal(page: PipelinePage) -> None:
    press(page, Qt.Key.Key_F)
    form = page.form.dialog
    assert form is not None
    title = form.editors["title"]
    assert isinstance(title, QLineEdit)
    title.setText("Send the quote")
    form.ok_button.click()
    settle()
    model = column(page, "Negotiation")
    assert model.data(model.index(0), CARD).next_step == "Send the quote"


def test_a_deleted_deal_leaves_the_board_and_comes_back(page: PipelinePage) -> None:
    told: list[Notice] = []
    page.noticed.connect(told.append)
    press(page, Qt.Key.Key_Delete)
    assert names(page, "Negotiation") == ["Hotel Astoria Park"]
    assert told[-1].undo is not None
    told[-1].undo()
    settle()
    assert names(page, "Negotiation") == ["Fenwick Schools Trust", "Hotel Astoria Park"]


@pytest.mark.parametrize("shown", ["board", "list"])
def test_the_history_of_a_deal_is_a_key_away(shown: str, page: PipelinePage) -> None:
    asked: list[tuple[str, object]] = []
    page.opened.connect(lambda there, target: asked.append((there, target)))
    page.switcher.choose(shown)
    settle()
    if shown == "list":
        page.list.table.setFocus()
    press(page, Qt.Key.Key_H)
    assert asked == [("history", ("deal", page.deal))]


def test_zones_take_dropped_cards(page: PipelinePage) -> None:
    zone = page.view.drop_strip.zones["lost"]
    data = mime_of(deal(page, "Hotel Astoria Park"))
    at, move, left = QPointF(5, 5), Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    zone.dropEvent(QDropEvent(at, move, data, left, Qt.KeyboardModifier.NoModifier))
    assert isinstance(page.deals.asking, LostDialog)
    assert "Hotel Astoria Park" in page.deals.asking.title_label.text()


def test_the_context_menu_offers_the_stages(page: PipelinePage) -> None:
    page.board.menu_wanted.emit(page.board.deal, page.mapToGlobal(page.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Open the deal", "Move to", "Follow-up", "Won", "Lost", "Snooze until a date", "History of this record",
        "Delete",
    ]  # fmt: skip
    menu.close()


def test_several_pipelines_are_offered(page: PipelinePage) -> None:
    services: Services = page.context.services
    assert not page.view.pipelines.isVisible()
    other = services.records.add("pipeline", {"name": "Renewals", "position": 2}).id
    for number, (name, category) in enumerate((("Due", "open"), ("Kept", "won")), 1):
        values = {"name": name, "pipeline": other, "category": category, "probability": 60, "position": number}
        services.records.add("stage", values)
    page.on_shown()
    settle()
    assert page.view.pipelines.isVisible()
    page.view.pipelines.setCurrentIndex(1)
    settle()
    assert [model.column.stage.name for model in page.model.stages] == ["Due"]
    assert (page.sub_line, page.board.deal) == ("Renewals", None)
    assert page.view.figures["open_value"].text() == "Open · 0 deals"


def test_ten_thousand_deals_are_read_only_as_far_as_one_looks(office: AppContext, qtbot: object) -> None:
    stage = office.services.pipeline.stages()[0]
    columns = ["name", "stage", "pipeline", "probability"]
    with office.services._store.action("add", "deal", "many") as action:
        rows = ([f"Deal {number}", stage.id, stage.pipeline, 5] for number in range(10_000))
        action.inserted("deal", office.services._store.records.insert_many("deal", columns, rows))
    page = PipelinePage(office)
    page.resize(1231, 780)
    page.show()
    page.on_shown()
    settle()
    view = page.board.columns[0].view
    assert page.board.columns[0].head.count.text() == "10,001"
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    settle()
    last = view.stage.index(view.stage.rowCount() - 1)
    assert last.data(CARD).name == "Deal 9999"
    assert len(page.model.cards) < 200
    destroy(page)


def test_a_drag_starts_after_six_pixels(page: PipelinePage, monkeypatch: pytest.MonkeyPatch) -> None:
    view = page.board.columns[3].view
    lifted: list[int | None] = []
    monkeypatch.setattr(view, "_drag", lambda index, _start: lifted.append(view.stage.deal_at(index.row())))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    start = view.visualRect(view.stage.index(1)).center()
    QTest.mousePress(view.viewport(), left, none, start)
    for distance, expected in (
        (5, []),
        (7, [deal(page, "Hotel Astoria Park")]),
        (9, [deal(page, "Hotel Astoria Park")]),
    ):
        at = QPointF(start) + QPointF(distance, 0)
        QApplication.sendEvent(
            view.viewport(), QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), left, left, none)
        )
        assert lifted == expected
    QTest.mouseRelease(view.viewport(), left, none, start)


def test_a_lifted_card_leaves_its_place_pale_and_scrolls_at_the_edge(
    page: PipelinePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.resize(700, 500)
    settle()
    edge = page.board.viewport().mapToGlobal(QPoint(page.board.viewport().width() - 20, 200))
    monkeypatch.setattr("crm_desktop.gui.widgets.board.QCursor.pos", lambda: edge)
    before = page.board.horizontalScrollBar().value()
    page.board.columns[0].view.lifted.emit(deal(page, "Lumen Dental Group"))
    page.board._scroll_at_edge()
    assert page.board.horizontalScrollBar().value() > before
    page.board.columns[0].view.lifted.emit(None)
    assert not page.board._edge.isActive()
    index = page.board.columns[0].view.stage.index(0)
    assert not page.board.columns[0].view._lifted_picture(index, QRect(0, 0, 200, 84)).isNull()


def test_a_deal_from_elsewhere_is_chosen(page: PipelinePage, office: AppContext) -> None:
    lumen = next(deal for deal in office.services.lists.ids(Filter("deal")) if deal != page.deal)
    page.filters.show(office.services.lists.parse("deal", "amount>30000"))
    page.open_filter(RecordTarget("deal", lumen))
    assert page.deal == lumen and page.filters.filter == Filter("deal")


def test_a_closed_deal_from_elsewhere_opens(page: PipelinePage, office: AppContext) -> None:
    deal = office.services.lists.ids(Filter("deal"))[0]
    office.services.pipeline.won(deal)
    told: list[RecordTarget] = []
    page.visited.connect(told.append)
    page.open_filter(RecordTarget("deal", deal))
    assert isinstance(page.deals.asking, DealDialog)
    assert told == [RecordTarget("deal", deal)]
    page.deals.asking.reject()
