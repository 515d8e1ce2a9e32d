"""The page of a customer, as its user sees it."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop.domain.filter import Compare, Filter, Op, Ref, is_
from crm_desktop.domain.terms import ActivityType
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.customer_360 import Customer360Page, log_line
from crm_desktop.gui.pages.customers import CustomersPage
from crm_desktop.gui.pages.page import RecordTarget, Walk
from crm_desktop.gui.pages.specs import page_specs
from crm_desktop.gui.records.line_button import LineButton
from crm_desktop.gui.shell.link import ServicesLink
from crm_desktop.gui.shell.window import MainWindow
from crm_desktop.gui.terms import glossary
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.term_popover import TermPopover
from crm_desktop.services import Services
from crm_desktop.services.timeline import Group
from tests.gui.conftest import destroy
from tests.gui.pages.lists import Show, Shown, show

__all__ = ["show"]

K = Qt.Key


@pytest.fixture
def hotel(services: Services) -> int:
    """A company with people, deals, tasks and purchases."""
    add = services.records.add
    found: int = add("company", {"name": "Hotel Astoria", "segment": "Hospitality", "city": "Kiel"}).id
    add("person", {"name": "Mina Castell", "company": found, "role": "uses", "job_title": "Bar lead"})
    ingrid = add("person", {"name": "Ingrid Solberg", "company": found, "role": "decides"}).id
    add("deal", {"name": "Grinders", "company": found, "amount": "18400", "expected_close": "2026-11-20"})
    add("activity", {"type": "call", "subject": "Noise at breakfast", "person": ingrid, "happened_on": "2026-11-09",
                     "outcome": "positive", "note": "Worries about the grinder"})
    add("activity", {"type": "note", "subject": "Prefers mornings", "company": found, "happened_on": "2026-03-01"})
    add("task", {"title": "Send quote", "type": "email", "company": found, "due_on": "2026-11-10"})
    for day in ("2026-09-01", "2026-10-01", "2026-11-01"):
        add("purchase", {"company": found, "amount": "1000", "bought_on": day})
    return found


@pytest.fixture
def page(show: Show, hotel: int) -> Shown:
    """The page of the hotel."""
    shown = show(Customer360Page)
    shown.page.open_filter(RecordTarget("company", hotel))
    QApplication.processEvents()
    shown.page.timeline.view.setFocus()
    return shown


@pytest.fixture
def window(served: AppContext, hotel: int) -> Iterator[MainWindow]:
    """The whole window over the same base, on the list of companies."""
    made = MainWindow(served, page_specs())
    ServicesLink(made)
    made.open("customers", Filter("company"))
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()
    destroy(made)


def titles(page: Any) -> list[str]:
    """The lines of the timeline with their headings."""
    return [row.title for row in page.timeline.model.rows]


def choose(page: Any, title: str) -> None:
    """Make a line of the timeline the current one."""
    page.timeline.view.choose(titles(page).index(title))
    page.timeline.view.setFocus()


def tabs(page: Any) -> dict[str, str]:
    """The tabs of the timeline with their counts."""
    return {button.tab.text: button.tab.count for button in page.timeline.tabs._tabs}


def test_the_head_says_who_it_is(page: Shown) -> None:
    head = page.page.head
    assert head.name_label.text() == "Hotel Astoria"
    assert head.sub_label.text() == "Hospitality · Kiel"
    assert head.up.isHidden() and head.place_label.text() == ""


def test_another_customer_is_shown_from_the_top_and_the_same_where_it_was(page: Shown, services: Services) -> None:
    other = services.records.add("company", {"name": "Linden Clinic"}).id
    page.page.resize(1200, 420)
    QApplication.processEvents()
    bar = page.page.left.verticalScrollBar()
    bar.setValue(60)
    page.page.on_shown()
    assert bar.value() == 60
    page.page.open_filter(RecordTarget("company", other))
    assert bar.value() == 0


def test_the_timeline_of_another_begins_at_its_top_and_letters_do_not_jump(page: Shown, services: Services) -> None:
    ingrid = services.lists.ids(Filter("person", is_("name", "Ingrid Solberg")))[0]
    services.records.add("task", {"title": "Send samples", "person": f"person:{ingrid}", "due_on": "2026-11-13"})
    page.page.on_shown()
    view, shared = page.page.timeline.view, "Noise at breakfast · Ingrid Solberg"
    choose(page.page, shared)
    before = view.currentIndex().row()
    QTest.keyClicks(view, "ns")
    assert view.currentIndex().row() == before
    page.page.open_filter(RecordTarget("person", ingrid))
    assert titles(page.page) == ["To do", "Send samples", "This week", "Noise at breakfast"]  # and not whose page it is
    assert view.currentIndex().row() == 1


def test_a_loss_says_why_in_words(page: Shown, services: Services, hotel: int) -> None:
    deal = services.records.add("deal", {"name": "Ice machine", "company": hotel}).id
    services.pipeline.lost(deal, "missing_feature", "")
    page.page.on_shown()
    lost = next(row for row in page.page.timeline.model.rows if row.title.startswith("Deal lost · Ice machine"))
    assert lost.text == "Something is missing"


def test_every_figure_is_explained_with_its_value(page: Shown) -> None:
    terms = glossary(page.page.context.settings_store.current)
    buttons = page.page.strip.buttons
    assert [b.kpi.name for b in buttons] == ["Revenue", "Open deals", "Last purchase", "Strength", "Buys every"]
    for button in buttons:
        assert button.help_mark.isVisible() and button.kpi.name in button.help_mark.accessibleName()
        button.help_mark.setFocus()
        page.press(K.Key_Space)
        popover = page.page.findChildren(TermPopover)[-1]
        said = [found.text() for found in popover.findChildren(QLabel)]
        assert {terms[button.kpi.term].counted, button.kpi.value} <= set(said)
        popover.close()


@pytest.mark.parametrize(
    ("deal", "value", "line"),
    [({}, "1", "No amount yet"), ({"amount": "900"}, "€900", "1 open deal"), (None, "0", "None open")],
)
def test_open_deals_say_nothing_twice(
    page: Shown, services: Services, deal: dict[str, str] | None, value: str, line: str
) -> None:
    company = services.records.add("company", {"name": "Adler"}).id
    if deal is not None:
        services.records.add("deal", {"name": "Grinders", "company": company, **deal})
    page.page.open_filter(RecordTarget("company", company))
    kpi = next(button.kpi for button in page.page.strip.buttons if button.kpi.name == "Open deals")
    assert (kpi.value, kpi.line) == (value, line)


@pytest.mark.parametrize(
    ("close", "line"), [("2026-11-13", "1 · next close tomorrow"), ("2025-06-08", "1 · close overdue since 8 Jun 2025")]
)
def test_a_close_date_that_passed_is_no_next_one(page: Shown, services: Services, close: str, line: str) -> None:
    deal = services.lists.ids(Filter("deal"))
    page.page.write(lambda: services.records.set("deal", deal, {"expected_close": close}))
    assert next(button.kpi.line for button in page.page.strip.buttons if button.kpi.name == "Open deals") == line


def test_the_help_of_a_figure_leads_to_its_records(page: Shown) -> None:
    button = page.page.strip.buttons[-1]
    button.help_mark.click()
    [link] = [b for b in page.page.findChildren(TermPopover)[-1].findChildren(Button) if b.text() == "See the numbers"]
    link.click()
    assert tabs(page.page)["Buys every"] == "3"


def test_every_figure_opens_the_records_it_counts(page: Shown, services: Services) -> None:
    went: list[Any] = []
    page.page.opened.connect(lambda place, target: went.append((place, target)))
    said = {button.kpi.name: button.kpi.value for button in page.page.strip.buttons}
    assert said["Revenue"] == "€3,000" and said["Open deals"] == "€18,400" and said["Last purchase"] == "€1,000"
    for button in page.page.strip.buttons:
        button.click()
        if button.kpi.filter.kind == "deal":
            assert went == [("pipeline", button.kpi.filter)]
        else:
            assert tabs(page.page)[button.kpi.name] == str(len([r for r in page.page.timeline.model.rows if r.moment]))
    assert services.lists.sum(went[0][1], "amount") == {"EUR": 1840000}


def test_what_to_know_before_one_goes_in_says_why(page: Shown) -> None:
    lines = page.page.left.warnings.lines
    assert (lines[0].text, lines[0].detail) == ("Send quote", "%n days late".replace("%n", "2"))
    lines[0].run()
    assert page.page.dialog.title.text() == "Send quote"
    page.page.dialog.reject()


def test_a_long_next_step_has_two_lines(page: Shown, services: Services, hotel: int) -> None:
    page.page.resize(1300, 500)
    QApplication.processEvents()
    short = page.page.left.steps._rows[0].button.height()
    title = "Call Ingrid Solberg about the grinder quote before it expires"
    services.records.add("task", {"title": title, "company": hotel, "due_on": "2026-11-01"})
    page.page.on_shown()
    for _ in range(3):
        QApplication.processEvents()
    heights = [row.button.height() for row in page.page.left.steps._rows]
    assert heights[0] > heights[1] == short


def test_those_who_decide_stand_first_and_open(page: Shown) -> None:
    went: list[Any] = []
    page.page.opened.connect(lambda place, target: went.append((place, target.kind)))
    lines = page.page.left.roles.lines
    assert [(line.text, line.pill[0]) for line in lines] == [("Ingrid Solberg", "Decides"), ("Mina Castell", "Uses")]
    lines[0].run()
    assert went == [("customer_360", "person")]


def test_the_timeline_is_grouped_by_when(page: Shown) -> None:
    found = titles(page.page)
    assert found[:7] == [
        "To do", "Send quote", "Today", "New deal · Grinders · €18,400", "This week",
        "Noise at breakfast · Ingrid Solberg", "Earlier",
    ]  # fmt: skip
    assert found[-1] == "Prefers mornings"
    assert tabs(page.page) == {"All": "7", "Calls": "1", "Notes": "1", "Deals": "1", "Purchases": "3", "Tasks": "1"}


def test_a_tab_shows_its_group_and_escape_all_of_it(page: Shown) -> None:
    page.page.timeline.tabs.choose("calls")
    assert titles(page.page) == ["This week", "Noise at breakfast · Ingrid Solberg"]
    assert page.page.on_escape()
    assert len(titles(page.page)) > 5


def test_words_are_searched_in_the_timeline(page: Shown) -> None:
    page.page.timeline.search_edit.setText("grinder")
    page.page.timeline._search()
    assert [title for title in titles(page.page) if "·" in title] == [
        "New deal · Grinders · €18,400", "Noise at breakfast · Ingrid Solberg",
    ]  # fmt: skip
    assert tabs(page.page) == {"All": "2", "Calls": "1", "Deals": "1"}
    page.page.timeline.search_edit.setText("nobody")
    page.page.timeline._search()
    assert page.page.timeline.empty.sentence.text() == "Nothing here matches."
    page.page.timeline.step_back()
    assert len(titles(page.page)) > 5


@pytest.mark.parametrize("key", [K.Key_Down, K.Key_Return, K.Key_Enter])
def test_from_the_search_the_keys_go_into_the_lines(page: Shown, key: Qt.Key) -> None:
    edit, view = page.page.timeline.search_edit, page.page.timeline.view
    edit.setFocus()
    edit.setText("grinder")
    QTest.keyClick(edit, key)
    QApplication.processEvents()
    assert view.hasFocus() and len([row for row in page.page.timeline.model.rows if row.moment]) == 2


def test_a_line_that_is_pinned_stays_in_sight(page: Shown, services: Services, hotel: int) -> None:
    for number in range(30):
        services.records.add("activity", {"type": "note", "subject": f"Note {number}", "company": hotel})
    page.page.on_shown()
    view = page.page.timeline.view
    choose(page.page, "Prefers mornings")
    QApplication.processEvents()
    for _ in range(2):
        page.press(K.Key_P)
        QApplication.processEvents()
        assert view.current.title == "Prefers mornings"
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_p_pins_a_note_and_lets_it_go(page: Shown) -> None:
    choose(page.page, "Prefers mornings")
    page.press(K.Key_P)
    assert titles(page.page)[:2] == ["Pinned", "Prefers mornings"]
    assert page.said == "Prefers mornings pinned"
    assert page.page.timeline.view.current.title == "Prefers mornings"
    page.press(K.Key_P)
    assert titles(page.page)[0] == "To do"
    page.undo()
    assert titles(page.page)[0] == "Pinned"


def test_space_marks_a_task_as_done(page: Shown, services: Services) -> None:
    choose(page.page, "Send quote")
    page.press(K.Key_Space)
    done = Filter("task") & Compare("done_at", Op.EMPTY, False)
    assert services.lists.count(done) == 1 and page.said == "Send quote done"
    assert "To do" not in titles(page.page)
    assert not page.page.left.nothing.isHidden()
    page.undo()
    assert services.lists.count(done) == 0


def test_h_leads_to_the_history_of_the_record(page: Shown, hotel: int) -> None:
    asked: list[tuple[str, object]] = []
    page.page.opened.connect(lambda name, target: asked.append((name, target)))
    page.press(K.Key_H)
    assert asked == [("history", ("company", hotel))]


def test_a_key_that_does_not_fit_the_line_does_nothing(page: Shown, services: Services) -> None:
    choose(page.page, "Send quote")
    page.press(K.Key_P)
    choose(page.page, "Prefers mornings")
    page.press(K.Key_Space)
    assert page.notices == []


def test_a_typed_line_is_kept_as_what_it_says(page: Shown, services: Services) -> None:
    page.press(K.Key_L)
    page.type("visit price ok")
    page.press(K.Key_Return)
    found = services.lists.values(Filter("activity", is_("subject", "Price ok")), ["type", "company", "happened_at"])
    now = page.page.context.clock.now()
    assert [(row[1], row[2].name, row[3]) for row in found] == [("visit", "Hotel Astoria", now)]
    assert page.said == "Visit logged" and page.page.timeline.log_edit.text() == ""
    assert "Price ok" in titles(page.page)
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(page.page.timeline.log_edit, asked)
    assert not asked.isAccepted()  # Ctrl+Z takes the visit back, not the emptying of the line
    page.undo()
    assert "Price ok" not in titles(page.page)


@pytest.mark.parametrize(
    ("text", "day", "subject"),
    [
        ("visit yesterday", "2026-11-11", None), ("call today price ok", "2026-11-12", "Price ok"),
        ("visit monday price ok", "2026-11-09", "Price ok"), ("visit on fri price ok", "2026-11-06", "Price ok"),
        ("visit fri", "2026-11-06", None), ("call 3 days ago price ok", "2026-11-09", "Price ok"),
        ("mail 20 oct price ok", "2026-10-20", "Price ok"), ("visit 2026-11-02", "2026-11-02", None),
        ("call sat with them", "2026-11-12", "Sat with them"), ("call tomorrow", "2026-11-12", "Tomorrow"),
        ("call last month's bill", "2026-11-12", "Last month's bill"),
        ("call 20/10/2026 10:00 ok", "2026-10-20", "10:00 ok"),
    ],
)  # fmt: skip
def test_a_line_tells_its_day(page: Shown, services: Services, text: str, day: str, subject: str | None) -> None:
    page.press(K.Key_L)
    page.type(text)
    page.press(K.Key_Return)
    newest = Filter("activity", is_("company", "Hotel Astoria")), ["happened_on", "subject", "happened_at"]
    _, when, said, at = max(services.lists.values(*newest))
    now = page.page.context.clock.now()
    assert (str(when), said, at) == (day, subject, now if day == "2026-11-12" else None)


def test_what_is_typed_waits_where_it_was_typed(page: Shown, hotel: int, services: Services) -> None:
    person = services.lists.ids(Filter("person"))[0]
    page.press(K.Key_L)
    page.type("half a sen")
    page.press(K.Key_Escape)
    page.page.on_escape()
    page.page.open_filter(RecordTarget("person", person))
    assert page.page.timeline.log_edit.text() == ""
    page.page.open_filter(RecordTarget("company", hotel))
    assert page.page.timeline.log_edit.text() == "half a sen"


@pytest.mark.parametrize(
    ("text", "type_", "subject"),
    [
        ("visit price ok", ActivityType.VISIT, "Price ok"), ("Call: later", ActivityType.CALL, "Later"),
        ("mail", ActivityType.EMAIL_OUT, ""), ("meeting all", ActivityType.MEETING, "All"),
        ("note to self", ActivityType.NOTE, "To self"), ("visitors came", ActivityType.NOTE, "Visitors came"),
    ],
)  # fmt: skip
def test_the_first_word_says_what_it_was(text: str, type_: ActivityType, subject: str) -> None:
    assert log_line.read(text, lambda words: (None, words)) == (type_, subject, "", None)


def test_a_long_line_is_a_note() -> None:
    read = log_line.read("call " + "word " * 40, lambda words: (None, words))
    assert read.type is ActivityType.CALL and read.subject == "" and len(read.note) > 100


def test_d_and_f_ask_for_a_deal_and_a_task_of_the_customer(page: Shown, services: Services) -> None:
    page.press(K.Key_D)
    dialog = page.page.form.dialog
    dialog.editors["name"].setText("Terrace bar")
    dialog.ok_button.click()
    deal = services.lists.values(Filter("deal", is_("name", "Terrace bar")), ["company"])
    assert deal[0][1].name == "Hotel Astoria"
    assert any(card.deal.name == "Terrace bar" for card in page.page.right._buttons if hasattr(card, "deal"))
    page.page.timeline.view.setFocus()
    page.press(K.Key_F)
    page.page.form.dialog.editors["title"].setText("Call again")
    page.page.form.dialog.ok_button.click()
    assert "Call again" in titles(page.page)


def test_enter_opens_a_line_in_place(page: Shown, services: Services) -> None:
    choose(page.page, "Prefers mornings")
    page.press(K.Key_Return)
    dialog = page.page.dialog
    assert dialog.title.text() == "Prefers mornings"
    assert dialog.focusWidget() is next(iter(dialog.details._rows.values()))
    dialog.details.edit("subject")
    dialog.details.editor.setText("Prefers evenings")
    QTest.keyClick(dialog.details.editor, K.Key_Return)
    assert "Prefers evenings" in titles(page.page) and dialog.isVisible()
    dialog._delete()
    assert "Prefers evenings" not in titles(page.page) and not dialog.isVisible()


def test_a_detail_is_edited_where_it_stands(page: Shown, services: Services, hotel: int) -> None:
    details = page.page.left.details
    details.edit("segment")
    details.editor.setText("Wellness")
    QTest.keyClick(details.editor, K.Key_Return)
    assert services.records.show("company", hotel).values["segment"] == "Wellness"
    assert page.page.head.sub_label.text() == "Wellness · Kiel"


def test_a_value_that_is_refused_stays_where_it_was_given_with_the_reason(
    page: Shown, services: Services, hotel: int
) -> None:
    over = services.records.add("company", {"name": "Holding"}).id
    services.records.set("company", [hotel], {"parent": over})
    below = services.records.add("company", {"name": "Kiosk", "parent": hotel}).id
    page.page.on_shown()
    details, said = page.page.left.details, "“Kiosk” belongs to “Hotel Astoria” already, so it cannot stand above it."
    kiosk = Ref(below, "Kiosk")
    details.edit("parent")
    details.editor.offer([kiosk])
    details.editor.completer().popup().hide()
    details.editor.setText("Kiosk")
    before = len(page.notices)
    for _ in range(2):
        QTest.keyClick(details.editor, K.Key_Return)
        QApplication.processEvents()
        assert details.editor.text() == "Kiosk" and page.page.window().focusWidget() is details.editor
        assert details.editor.complaint.text() == said and details.editor.complaint.isVisible()
    assert len(page.notices) == before
    QTest.keyClick(details.editor, K.Key_Escape)
    assert not details.editing and details._rows["parent"].text() == "Holding"


def test_a_record_of_which_only_the_name_is_known_is_edited_by_keys(page: Shown, services: Services) -> None:
    page.page.open_filter(RecordTarget("company", services.records.add("company", {"name": "Linden"}).id))
    assert page.page.head.sub_label.isHidden()
    page.page.context.actions.trigger("customer_360.edit")
    assert page.page.window().focusWidget() is page.page.left.details._more


def test_f2_brings_what_is_edited_into_sight(page: Shown) -> None:
    for width, height in ((700, 320), (1300, 420), (700, 320)):
        page.page.resize(width, height)
        QApplication.processEvents()
        page.page.timeline.take_focus()
        page.page.context.actions.trigger("customer_360.edit")
        QApplication.processEvents()
        first = page.page.left.details._rows["segment"]
        assert first.hasFocus() and not first.visibleRegion().isEmpty()
        assert page.page.left.isAncestorOf(page.page.strip) is (width == 700)
    assert page.page.left.widget().layout().indexOf(page.page.strip) == 0


def test_deals_and_purchases_are_told_in_words(page: Shown) -> None:
    right = page.page.right
    told = [button.accessibleName() for button in right._buttons]
    assert told[0].startswith("Grinders, €18,400, ") and told[1] == "Purchase, 1 Nov, €1,000"
    assert right.bars.accessibleDescription().endswith("Nov 2026: €1,000")
    assert len(right.bars.months) == 12
    right.all_bought.click()
    assert page.page.timeline.now.group is Group.PURCHASES and len(titles(page.page)) == 4


@pytest.mark.parametrize(("width", "shown"), [(1300, "ltr"), (1000, "lt"), (700, "t")])
def test_columns_stand_behind_a_switch_where_room_is_short(page: Shown, width: int, shown: str) -> None:
    parts = {"l": page.page.left, "t": page.page.timeline, "r": page.page.right}
    page.page.resize(width, 700)
    QApplication.processEvents()
    assert {name for name, part in parts.items() if part.isVisible()} == {*shown}
    assert page.page.strip.isVisible() is ("l" in shown)
    if width < 1300:
        page.page.switch.choose("right")
        assert page.page.right.isVisible() and not page.page.timeline.isVisible()
        page.page.log()
        assert page.page.timeline.isVisible() and page.page.switch.current == "timeline"


def test_who_chooses_another_column_by_mouse_goes_on_there(page: Shown) -> None:
    page.page.resize(700, 700)
    QApplication.processEvents()
    page.page.timeline.view.setFocus()
    for part, column in enumerate((page.page.timeline, page.page.left, page.page.right)):
        QTest.mouseClick(page.page.switch._group.button(part), Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert column.isVisible() and column.isAncestorOf(QApplication.focusWidget())


def test_many_lines_are_read_as_they_are_scrolled_to(page: Shown, services: Services, hotel: int) -> None:
    for number in range(120):
        services.records.add("activity", {"type": "note", "subject": f"Note {number}", "company": hotel})
    page.page.on_shown()
    before = len(titles(page.page))
    page.page.timeline.view.scrollToBottom()
    QApplication.processEvents()
    assert before < len(titles(page.page))


def test_a_record_that_is_gone_is_told(page: Shown, services: Services, hotel: int) -> None:
    page.page.write(lambda: services.records.delete("company", [hotel]))
    assert page.page.empty.isVisible() and page.page.empty.sentence.text()
    page.undo()
    page.page.open_filter(RecordTarget("company", hotel))
    assert page.page.body.isVisible()


def test_a_person_has_their_roles_in_deals_and_one_button_to_add_each(page: Shown, services: Services) -> None:
    ingrid = services.lists.ids(Filter("person", is_("name", "Ingrid Solberg")))[0]
    deal = services.lists.ids(Filter("deal"))[0]
    services.buyers.set(deal, ingrid, "approves")
    page.page.open_filter(RecordTarget("person", ingrid))
    left = page.page.left
    assert [line.sentence for line in left.buyers.lines] == ["Approves: Grinders"]
    names = [button.accessibleName() or button.text() for button in left.findChildren(Button) if not button.isHidden()]
    assert sorted(name for name in names if name.startswith("Add a")) == [
        "Add a date", "Add a detail", "Add a relation", "Add a role", "Add a role in a deal",
        "Add an address or number",
    ]  # fmt: skip
    page.page.open_filter(RecordTarget("company", services.records.show("person", ingrid).values["company"].id))
    assert not left.buyers_card.isVisibleTo(left)


def test_where_somebody_is_reached_is_seen_without_scrolling(page: Shown, services: Services, hotel: int) -> None:
    """Also beside the most that there is to warn of and to do."""
    person = services.records.add("person", {"name": "Ann Beck", "company": hotel}).id
    services.records.set("person", [person], {"email": "ann@beck.example", "phone": "+49 431 5555"})
    for number in range(4):
        task = {"title": f"Call about the quote number {number} of this year", "person": person, "due_on": "2026-11-01"}
        services.records.add("task", task)
    shown = page.page
    shown.resize(1232, 832)
    shown.open_filter(RecordTarget("person", person))
    QApplication.processEvents()
    area = shown.left.viewport()
    assert [line.text for line in shown.left.points.lines][:2] == ["ann@beck.example", "+49 431 5555"]
    for line in shown.left.points.findChildren(LineButton)[:2]:
        assert area.rect().contains(QRect(line.mapTo(area, QPoint()), line.size()))


def test_a_converted_lead_is_only_read(page: Shown, services: Services) -> None:
    lead = services.records.add("lead", {"name": "Rosa Blum", "company_name": "Blum", "email": "rosa@blum.example"}).id
    services.conversion.convert([lead])
    page.page.open_filter(RecordTarget("lead", lead))
    left = page.page.left
    assert [line.text for line in left.became.lines][:2] == ["Rosa Blum", "Blum"]
    assert [line.sentence for line in left.points.lines] == ["rosa@blum.example, Email"]
    assert not left.details.isEnabled() and not left.points.lines[0].choices
    assert not left.points.add_button.isVisibleTo(left)


def test_a_lead_is_shown_as_well(page: Shown, services: Services) -> None:
    lead = services.records.add("lead", {"name": "Noor Haddad", "company_name": "Bay School"}).id
    page.page.open_filter(RecordTarget("lead", lead))
    assert page.page.head.name_label.text() == "Noor Haddad"
    assert page.page.left.roles_card.isHidden() and not page.page.left.points_card.isHidden()


def test_lines_read_aloud_say_all_of_it(page: Shown) -> None:
    view = page.page.timeline.view
    spoken = QAccessible.queryAccessibleInterface(view)
    row = titles(page.page).index("Noise at breakfast · Ingrid Solberg")
    name = spoken.child(row).text(QAccessible.Text.Name)
    assert "Worries about the grinder" in name and "Mon 9 Nov" in name and "positive" in name


def current(window: MainWindow) -> Any:
    """The page in front."""
    QApplication.processEvents()
    return window.pages.current


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def test_enter_opens_the_page_and_escape_returns_to_the_row(window: MainWindow, services: Services) -> None:
    for name in ("Linden Clinic", "Aster Bakery"):
        services.records.add("company", {"name": name})
    table = current(window)
    table.on_shown()
    table.table.go_to(services.lists.ids(Filter("company", is_("name", "Aster Bakery")))[0])
    table.table.setFocus()
    press(window, K.Key_Return)
    page = current(window)
    assert isinstance(page, Customer360Page) and page.head.name_label.text() == "Aster Bakery"
    assert (page.head.place_label.text(), page.head.list_button.text()) == ("1 of 3", "Customers")
    assert page.head.isVisible() and not window.header.isVisible()
    press(window, K.Key_Down, Qt.KeyboardModifier.AltModifier)
    press(window, K.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert (page.head.name_label.text(), page.head.place_label.text()) == ("Linden Clinic", "3 of 3")
    assert not page.head.down.isEnabled() and page.head.up.isEnabled()
    press(window, K.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.head.place_label.text() == "3 of 3"
    press(window, K.Key_Escape)
    assert isinstance(current(window), CustomersPage) and window.header.isVisible()
    assert page.target is not None and table.records.id_at(table.table.current_row) == page.target.id


def test_the_window_is_named_after_whom_it_shows(window: MainWindow, services: Services, hotel: int) -> None:
    window.open("customer_360", RecordTarget("company", hotel))
    QApplication.processEvents()
    assert window.windowTitle() == "Hotel Astoria – CRM Desktop"
    window.open("customer_360", RecordTarget("company", services.records.add("company", {"name": "Linden"}).id))
    QApplication.processEvents()
    assert window.windowTitle() == "Linden – CRM Desktop"
    current(window).show_rows(Filter("deal"))
    assert window.header.back_button.accessibleName() == "Back to Linden"


def test_letters_work_where_nothing_happened_yet(window: MainWindow, services: Services, hotel: int) -> None:
    linden = services.records.add("company", {"name": "Linden"}).id
    for target in (linden, hotel, linden):
        window.open("customer_360", RecordTarget("company", target))
        page = current(window)
        press(window, K.Key_L)
        assert QApplication.focusWidget() is page.timeline.log_edit
        press(window, K.Key_Escape)
        assert QApplication.focusWidget() is (page.timeline.view if target == hotel else page.timeline.empty.way_out)


def test_ctrl_enter_peeks_in_the_panel(window: MainWindow) -> None:
    page = current(window)
    page.table.setFocus()
    press(window, K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert current(window) is page and page.panel.isVisible()


def test_the_way_back_leads_through_the_records(window: MainWindow, hotel: int, services: Services) -> None:
    window.open("customer_360", RecordTarget("company", hotel))
    page = current(window)
    page.left.roles.lines[0].run()
    assert page.head.name_label.text() == "Ingrid Solberg"
    assert page.left.roles_card.title_label.text() == "Companies"
    press(window, K.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.head.name_label.text() == "Hotel Astoria"


def test_the_walk_keeps_the_order_of_its_list(page: Shown, services: Services, hotel: int) -> None:
    people = [*services.lists.ids(Filter("person"))]
    followed: list[int] = []
    page.page.open_filter(
        Walk(RecordTarget("person", people[0]), people, "Everyone", "customers", lambda _: "person", followed.append)
    )
    assert page.page.head.view_label.text().endswith("Everyone")
    page.page.step(1)
    assert page.page.target == RecordTarget("person", people[1]) and followed == [people[1]]
    assert not page.page.can_step(1) and page.page.can_step(-1)
