"""The filter editor, as its user works it: by keys and by mouse."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from crm_desktop.domain.filter import (
    EVERYTHING,
    Compare,
    Days,
    Either,
    Exists,
    Filter,
    Months,
    Node,
    Not,
    Op,
    Span,
    Total,
    Words,
    between,
    both,
    is_,
    picked,
)
from crm_desktop.domain.filter_pieces import tidy
from crm_desktop.domain.money import Money
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.records.filter_editor import FilterEditor
from crm_desktop.gui.records.filter_items import ItemRow
from crm_desktop.gui.records.filter_rows import RelatedRow
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.chips import Chip
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.ticks_edit import TickList
from tests.gui.conftest import destroy
from tests.gui.pages.lists import Show, show
from tests.gui.pages.test_leads import leads

__all__ = ["leads", "show"]

Control = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier
Shift = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def edit(served: Any) -> Iterator[Any]:
    """Opens the editor on a filter of leads."""
    opened: list[QWidget] = []

    def make(node: Node = EVERYTHING, kind: str = "lead") -> FilterEditor:
        parent = QWidget()
        editor = FilterEditor(served, kind, node, parent)
        editor.show()
        editor.activateWindow()
        QApplication.processEvents()
        opened.append(parent)
        return editor

    yield make
    for parent in opened:
        destroy(parent)


Edit = Callable[..., FilterEditor]


def row_of(editor: FilterEditor, number: int) -> Any:
    return editor.desk.rows[list(editor.tree.walk())[number]]


def choose(box: QComboBox, words: str) -> None:
    """Choose from a list as a person does."""
    row = box.findText(words)
    assert row >= 0, [box.itemText(i) for i in range(box.count())]
    box.setCurrentIndex(row)
    box.activated.emit(row)


VISIT = is_("type", "visit")
NO_VISIT = Not(Exists("activities", both(VISIT, Compare("happened_on", Op.AT_LEAST, Days(-60)))))
FILTERS: list[Node] = [
    Compare("score", Op.MORE, 70),
    is_("source", "Website"),
    Compare("source", Op.ANY_OF, ("Website", "Fair")),
    Not(Compare("source", Op.CONTAINS, "fair")),
    Compare("source", Op.IS_NOT, "Web"),
    Compare("lifecycle", Op.ANY_OF, ("mql", "sql")),
    Not(is_("lifecycle", "mql")),
    Compare("tags", Op.CONTAINS, "hot"),
    Compare("opt_out", Op.IS, True),
    Compare("next_activity", Op.EMPTY, True),
    Compare("next_activity", Op.EMPTY, False),
    Not(Compare("next_activity", Op.EMPTY, True)),
    Compare("created_at", Op.IS, Span("month")),
    Compare("created_at", Op.AT_LEAST, Months(-12)),
    between("created_at", Days(-30), Days(0)),
    between("score", 40, 70),
    Compare("value", Op.MORE, Money.of(5000, "EUR")),
    Not(Compare("score", Op.AT_LEAST, 5)),
    Compare("company.industry", Op.CONTAINS, "hotel"),
    Words("whitlock"),
    Not(Words("whitlock")),
    Either((is_("source", "Web"), both(Compare("score", Op.LESS, 5), Words("a")))),
    Not(Either((is_("source", "Web"), Words("a")))),
    Exists("activities"),
    Not(Exists("activities", VISIT)),
    NO_VISIT,
    Total("activities", Op.MORE, 2),
    Total("deals", Op.AT_LEAST, Money.of(5000, "EUR"), "amount", Compare("closed_on", Op.AT_LEAST, Months(-12))),
    Not(Total("deals", Op.MORE, 2)),
    Exists("deals", Exists("activities", both(VISIT, Words("x")))),
    picked("lead", [1, 2]).where,
    is_("gone", "x"),
    both(Compare("score", Op.MORE, 70), Not(Exists("activities")), Either((Words("a"), Words("b")))),
]


@pytest.mark.parametrize("scale", [90, 100, 160])
def test_no_comparison_is_cut(edit: Edit, theme: ThemeManager, scale: int) -> None:
    theme.apply("light", scale)
    editor = edit()
    editor.begin_condition()
    [row] = [row for row in editor.findChildren(ItemRow) if row.isVisible()]
    choose(row.name_box, "Added")
    QApplication.processEvents()
    for words in (row.sign_box.itemText(number) for number in range(row.sign_box.count())):
        choose(row.sign_box, words)
        QApplication.processEvents()
        assert row.sign_box.width() > row.sign_box.fontMetrics().horizontalAdvance(words) + 20, words


def test_tab_goes_from_the_comparison_to_its_value_and_on(edit: Edit, qtbot: Any) -> None:
    editor = edit()
    editor.begin_condition()
    [row] = [row for row in editor.findChildren(ItemRow) if row.isVisible()]
    choose(row.name_box, "Added")
    QApplication.processEvents()
    row.name_box.setFocus()
    stops = [row.name_box, row.sign_box, row.box.focusProxy(), row.menu_button]
    qtbot.waitUntil(row.name_box.hasFocus)
    for stop in stops[1:]:
        QTest.keyClick(QApplication.focusWidget() or editor, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is stop
    for stop in reversed(stops[:-1]):
        QTest.keyClick(QApplication.focusWidget() or editor, Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is stop


def test_a_day_is_chosen_from_the_calendar_by_keys(edit: Edit, qtbot: Any) -> None:
    editor = edit(Compare("created_at", Op.AT_LEAST, date(2026, 11, 12)))
    line = row_of(editor, 0).box.line
    line.setFocus()
    for key, modifier in ((Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, Alt)):
        QTest.keyClick(line, key, modifier)
        calendar = QApplication.focusWidget()
        assert isinstance(QApplication.activePopupWidget(), Popover) and calendar is not None
        QTest.keyClick(calendar, Qt.Key.Key_Right)
        QTest.keyClick(calendar, Qt.Key.Key_Return)
        assert QApplication.activePopupWidget() is None
        qtbot.waitUntil(line.hasFocus)
    assert line.text() == "2026-11-14"
    assert editor.node == Compare("created_at", Op.AT_LEAST, date(2026, 11, 14))


def test_every_filter_is_shown_and_answered_the_same(edit: Edit) -> None:
    for node in FILTERS:
        editor = edit(node)
        assert editor.node == tidy(node)
        heard: list[Node] = []
        editor.made.connect(heard.append)
        editor.apply()
        assert heard == [tidy(node)]


def test_the_controls_say_what_they_show(edit: Edit) -> None:
    same = {
        Compare("source", Op.IS_NOT, "Web"): Not(is_("source", "Web")),
        Not(Compare("next_activity", Op.EMPTY, True)): Compare("next_activity", Op.EMPTY, False),
    }
    for node in FILTERS:
        editor = edit(node)
        for row in list(editor.desk.rows.values()):
            if isinstance(row, ItemRow | RelatedRow):
                row._read()
                assert not row.fault
        assert editor.node == same.get(node, tidy(node))
        editor.reject()


def test_whether_there_is_a_value_is_said_as_it_is(edit: Edit) -> None:
    is_empty, is_set = Compare("next_activity", Op.EMPTY, True), Compare("next_activity", Op.EMPTY, False)
    words = {node: row_of(edit(node), 0).sign_box.currentText() for node in (is_empty, is_set, Not(is_empty))}
    assert words == {is_empty: "is empty", is_set: "is not empty", Not(is_empty): "is not empty"}


def test_a_condition_is_made_by_keys_alone(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    chip = shown.page.filter_bar.add_chip
    chip.setFocus()
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    shown.type("Score")
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    editor = shown.page.filters.editor
    row = row_of(editor, 0)
    assert row.box.hasFocus() or row.box.line.hasFocus()
    shown.type("70")
    shown.press(Qt.Key.Key_Return, Control)
    assert shown.chips() == ["Score 70 or more"]
    assert len(shown.names()) == 2


def test_a_condition_is_made_by_mouse_alone(edit: Edit, leads: list[int]) -> None:
    editor = edit()
    QTest.mouseClick(row_of_tree(editor).add_button, Qt.MouseButton.LeftButton)
    row = row_of(editor, 0)
    choose(row.name_box, "Lifecycle")
    assert [sign.words for sign in row._signs][:2] == ["is one of", "is none of"]
    QTest.mouseClick(row.box.button, Qt.MouseButton.LeftButton)
    ticks = editor.findChildren(TickList)[-1]
    for words in ("MQL", "SQL"):
        ticks.findItems(words, Qt.MatchFlag.MatchExactly)[0].setCheckState(Qt.CheckState.Checked)
    assert row.box.button.text() == "MQL, SQL"
    assert editor.node == Compare("lifecycle", Op.ANY_OF, ("mql", "sql"))
    assert editor.typed.text() == "lifecycle=mql,sql"


def row_of_tree(editor: FilterEditor) -> Any:
    return editor.desk.rows[editor.tree]


def test_no_visit_in_the_last_days_is_made_with_controls(edit: Edit) -> None:
    editor = edit()
    editor.begin_condition()
    choose(row_of(editor, 0).name_box, "Activities")
    row = row_of(editor, 0)
    choose(row.how_box, "has none")
    choose(row.when_box, "in the last")
    row.days.setValue(60)
    QTest.mouseClick(row.inner.add_button, Qt.MouseButton.LeftButton)
    inner = row_of(editor, 1)
    choose(inner.name_box, "Type")
    inner.box.show_values(("visit",))
    inner.box.changed.emit()
    assert editor.node == NO_VISIT


def test_a_sum_of_related_records_is_made_with_controls(edit: Edit) -> None:
    editor = edit(kind="company")
    editor.begin_condition()
    choose(row_of(editor, 0).name_box, "Purchases")
    row = row_of(editor, 0)
    choose(row.how_box, "sum of")
    choose(row.of_box, "Amount")
    row.number.setFocus()
    QTest.keyClicks(row.number, "5,000 EUR")
    choose(row.when_box, "in the last")
    row.days.setValue(365)
    within = Compare("bought_on", Op.AT_LEAST, Days(-365))
    assert editor.node == Total("purchases", Op.MORE, Money.of(5000, "EUR"), "amount", within)


def test_typed_and_shown_stay_in_step(edit: Edit, leads: list[int], qtbot: Any) -> None:
    editor = edit()
    editor.typed.setFocus()
    QTest.keyClicks(editor.typed, "score>70 (source:web OR -activities:any)")
    assert editor.read_typed()
    assert len(editor.tree.items) == 2
    QTest.keyClicks(editor.typed, " colour:blue")
    assert not editor.read_typed()
    assert "colour" in editor.complaint.text()
    assert editor.typed.text().endswith("colour:blue")
    editor.apply()
    assert editor.isVisible()
    assert len(editor.tree.items) == 2
    row_of(editor, 0).start()
    editor._act_here("remove")
    assert editor.typed.text() == "(source:web OR -activities())"


def test_the_count_follows(edit: Edit, leads: list[int], qtbot: Any) -> None:
    editor = edit()
    qtbot.waitUntil(lambda: editor.count.text() == "3 of 3")
    editor.show_node(Compare("score", Op.MORE, 70))
    assert editor.count.property("tone") == "muted"
    qtbot.waitUntil(lambda: editor.count.text() == "2 of 3")
    assert editor.count.property("tone") == ""


def test_keys_add_group_move_and_remove(edit: Edit) -> None:
    editor = edit(both(Words("a"), Words("b")))
    row_of(editor, 0).start()
    QTest.keyClick(focus(), Qt.Key.Key_Down, Control | Shift)
    assert editor.node == both(Words("b"), Words("a"))
    QTest.keyClick(focus(), Qt.Key.Key_G, Control)
    assert editor.node == both(Words("b"), Either((Words("a"),)))
    QTest.keyClick(focus(), Qt.Key.Key_N, Control | Shift)
    assert len(list(editor.tree.walk())) == 4
    QTest.keyClick(focus(), Qt.Key.Key_Backspace, Control)
    QTest.keyClick(focus(), Qt.Key.Key_Up, Control | Shift)
    assert editor.node == both(Words("b"), Words("a"))
    QTest.keyClick(focus(), Qt.Key.Key_G, Control | Shift)
    assert editor.tree.items[2].items  # type: ignore[union-attr]


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_group_of_none_is_made(edit: Edit) -> None:
    editor = edit(both(Words("a"), Words("b")))
    choose(row_of_tree(editor).mode_box, "None of these")
    assert editor.node == Not(Either((Words("a"), Words("b"))))


def test_what_is_missing_is_said_where_it_is(edit: Edit) -> None:
    editor = edit(Words("a"))
    editor.begin_condition()
    editor.apply()
    row = row_of(editor, 1)
    assert editor.isVisible()
    assert row.complaint.text() == "A value is missing."
    assert row.complaint.isVisible()
    choose(row.name_box, "Score")
    QTest.keyClicks(focus(), "much")
    editor.apply()
    assert "Needs a number" in row_of(editor, 1).complaint.text()


@pytest.mark.parametrize(("typed", "name"), [("SCORE", "Score"), ("segm", "Segment"), ("no such field", "")])
def test_a_part_of_a_name_is_enough(edit: Edit, typed: str, name: str) -> None:
    editor = edit(Words("a"))
    editor.begin_condition()
    box = row_of(editor, 1).name_box
    box.setFocus()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert row_of(editor, 1).name_box.currentText() == name


def test_a_filter_line_that_is_left_without_a_match_gives_the_focus_on(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    page = shown.page
    page._put_filter(Filter("lead", Words("nobody")))
    page.context.actions.trigger("leads.filter")
    shown.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.empty.way_out


def test_a_chip_opens_the_editor_at_its_part(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    page = shown.page
    nodes = both(Compare("score", Op.MORE, 70), NO_VISIT)
    page._put_filter(Filter("lead", both(nodes, Either((Words("noor"), Words("luca"), Words("x"))))))
    assert shown.chips() == [
        "Score more than 70", "No visit in the last 60 days", "Any of: “noor”; “luca”; “x”"
    ]  # fmt: skip
    chips = [chip for chip in page.filter_bar.findChildren(Chip) if chip.text() == shown.chips()[0]]
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    editor = page.filters.editor
    line = row_of(editor, 0).box.line
    assert editor.focusWidget() is line
    line.selectAll()
    QTest.keyClicks(line, "80")
    editor.activateWindow()
    QApplication.processEvents()
    editor.apply()
    assert shown.chips()[0] == "Score more than 80"
    assert shown.names() == ["Noor Haddad"]
    window = page.window()
    window.activateWindow()
    assert window.focusWidget() is page.filter_bar.strip.chips[0]  # the dialog returned it where it came from


def test_every_control_has_a_name(edit: Edit) -> None:
    editor = edit(both(*FILTERS))
    parts = [
        part
        for part in editor.findChildren(QWidget)
        if part.window() is editor and not part.objectName().startswith("qt_")
        if part.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    named = [p for p in parts if p.accessibleName() or (isinstance(p, QAbstractButton) and p.text())]
    assert parts and [part for part in parts if part not in named] == []


def test_names_and_values_are_completed_while_typing(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    typed = shown.page.filters.typed
    shown.page.context.actions.trigger("leads.filter")
    shown.type("sour")
    popup = typed._names.popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    assert typed.text() == "source"
    shown.type("=")
    assert popup.isVisible()
    offered = typed._names.completionModel()
    values = [offered.index(row, 0).data() for row in range(offered.rowCount())]
    assert values == ["Website", "Campaign", "none", "any"]
    shown.type("Cam")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert typed.text() == "source=Campaign"
    shown.press(Qt.Key.Key_Return)
    assert shown.chips() == ["Source: Campaign"]


def test_what_is_wrong_stands_under_what_is_typed_and_keeps_it(show: Show, leads: list[int]) -> None:
    shown = show(LeadsPage)
    shown.page.context.actions.trigger("leads.filter")
    shown.type("score>much")
    shown.press(Qt.Key.Key_Return)
    assert "not a number" in shown.page.filters.typed.complaint.text()
    assert shown.page.filters.typed.text() == "score>much"
    assert len(shown.names()) == 3


def test_a_condition_added_at_related_records_is_about_them(edit: Edit) -> None:
    editor = edit(Exists("activities"))
    row_of(editor, 0).start()
    QTest.keyClick(focus(), Qt.Key.Key_N, Control | Shift)
    assert [entry.kind for entry in editor.tree.walk()] == ["lead", "activity"]
    choose(row_of(editor, 1).name_box, "Type")
    QTest.keyClick(focus(), Qt.Key.Key_G, Control | Shift)
    row_of(editor, 0).start()
    QTest.keyClick(focus(), Qt.Key.Key_G, Control | Shift)
    assert {entry.kind for entry in list(editor.tree.walk())[1:]} == {"activity"}


def test_the_focus_stays_when_what_a_condition_is_about_is_chosen_by_keys(edit: Edit) -> None:
    """Its list closes after the rows were made anew."""
    editor = edit()
    editor.begin_condition()
    box = row_of(editor, 0).name_box
    QTest.keyClicks(box, "Activities")
    popup = box.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    editor.activateWindow()
    assert isinstance(row_of(editor, 0), RelatedRow) and row_of(editor, 0).how_box.hasFocus()


def test_the_editor_is_no_larger_than_the_window(show: Show, leads: list[int], theme: ThemeManager) -> None:
    shown = show(LeadsPage)
    shown.page.resize(1024, 680)
    theme.apply(scale=160)
    shown.page.filters.ask(None)
    editor = shown.page.filters.editor
    assert editor.width() <= 1024 and editor.height() <= 680
    choose(row_of(editor, 0).name_box, "Score")
    QApplication.processEvents()
    assert editor.area.widget().minimumSizeHint().width() <= editor.area.viewport().width()
    editor.reject()


def test_a_number_that_is_none_is_said_at_its_place(edit: Edit) -> None:
    editor = edit(Total("deals", Op.MORE, 1000, "amount"), "company")
    row = row_of(editor, 0)
    row.number.setFocus()
    row.number.selectAll()
    QTest.keyClicks(row.number, "10,00,0")
    editor.apply()
    assert editor.isVisible() and "Needs a number" in row.complaint.text() and row.number.hasFocus()
    row.number.selectAll()
    QTest.keyClicks(row.number, "10,000.00")
    assert editor.typed.text() == "sum(deals.amount)>10000"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_is_inside_stands_further_in(edit: Edit, direction: Qt.LayoutDirection, qapp: QApplication) -> None:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(direction)
    try:
        editor = edit(both(Words("a"), Either((Words("b"), Exists("activities", both(VISIT, Words("c")))))))
        QApplication.processEvents()
        starts = []
        for number in (0, 2, 5):
            first = row_of(editor, number).name_box
            rect = QRect(first.mapTo(editor, QPoint()), first.size())
            starts.append(rect.left() if direction is Qt.LayoutDirection.LeftToRight else editor.width() - rect.right())
        assert starts == sorted(set(starts)) and len(starts) == 3
    finally:
        qapp.setLayoutDirection(before)
