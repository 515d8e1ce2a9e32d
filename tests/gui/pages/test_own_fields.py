"""Own fields are edited where they stand: in the table and in the panel, each type in its own way."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from crm_desktop.domain.filter import Filter, is_
from crm_desktop.gui.pages.leads import LeadsPage
from crm_desktop.gui.pages.page import Hint
from crm_desktop.gui.records.record_form import RecordDialog
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.ticks_edit import TickList, TicksEdit
from crm_desktop.gui.widgets.value_edit import LineEdit, LinkEdit, NoteEdit
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds

from .lists import Show, Shown, show

__all__ = ["show"]
FIELDS = ("name", "wants", "met", "referrer", "memo")


@pytest.fixture
def lead(services: Services) -> int:
    """A lead with own fields of every kind of editor."""
    for label, holds in (
        ("Wants", Holds("choice", ("Roof", "Solar", "Heat pump"), several=True)), ("Met", Holds("anniversary")),
        ("Referrer", Holds("link", target="person")), ("Memo", Holds("long_text")),
    ):  # fmt: skip
        services.fields.add("lead", label, holds)
    services.records.add("person", {"name": "Ann Beck"})
    return services.records.add("lead", {"name": "Noor Haddad", "wants": "Solar"}).id


@pytest.fixture
def shown(show: Show, lead: int) -> Shown:
    found = show(LeadsPage)
    found.page.set_columns(FIELDS, {})
    found.page.records.refresh()
    return found


def edit(shown: Shown, name: str) -> None:
    shown.page.table.setCurrentIndex(shown.page.records.index(0, shown.column(name)))
    shown.press(Qt.Key.Key_F2)
    QApplication.processEvents()


def held(services: Services, lead: int, name: str) -> object:
    return services.records.show("lead", lead).values[name]


def test_several_choices_are_ticked(shown: Shown, services: Services, lead: int) -> None:
    edit(shown, "wants")
    ticks = QApplication.focusWidget()
    assert isinstance(ticks, TickList) and ticks.ticked == ("Solar",)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    QTest.keyClick(ticks, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert held(services, lead, "wants") == ("Solar", "Roof")
    assert shown.cell(0, "wants") == "Solar, Roof"
    assert not shown.page.table.editing


def test_a_new_record_is_asked_for_them_too(shown: Shown, services: Services, lead: int) -> None:
    shown.page.context.actions.trigger("leads.new")
    dialog = shown.page.findChild(RecordDialog) or QApplication.activeModalWidget()
    assert isinstance(dialog, RecordDialog)
    assert list(dialog.editors)[-4:] == ["wants", "met", "referrer", "memo"]
    name, met = dialog.editors["name"], dialog.editors["met"]
    assert isinstance(name, LineEdit) and isinstance(met, LineEdit)
    name.setText("Bo Lind")
    met.setText("12 April")
    dialog.answer()
    QApplication.processEvents()
    [added] = services.lists.ids(Filter("lead", is_("name", "Bo Lind")))
    assert str(held(services, added, "met")) == "--04-12"


def test_several_choices_are_typed(shown: Shown, services: Services, lead: int) -> None:
    edit(shown, "wants")
    ticks = QApplication.focusWidget()
    assert isinstance(ticks, TickList)
    QTest.keyClick(ticks.window(), Qt.Key.Key_Escape)
    QApplication.processEvents()
    editor = shown.page.table.findChild(TicksEdit)
    assert editor is not None and shown.page.table.editing
    editor.setText("heat pump; oven")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.complaint.text() == "“oven” is none of: Roof, Solar, Heat pump."
    assert editor.text() == "heat pump; oven" and shown.page.table.editing
    editor.setText("heat pump, roof")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert held(services, lead, "wants") == ("Heat pump", "Roof")


def test_a_day_of_the_year_is_typed(shown: Shown, services: Services, lead: int) -> None:
    edit(shown, "met")
    shown.type("15 Jun")
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert str(held(services, lead, "met")) == "--06-15"
    assert shown.cell(0, "met") == "15 Jun"


def test_a_link_is_picked_by_its_name(shown: Shown, services: Services, lead: int) -> None:
    edit(shown, "referrer")
    editor = shown.page.table.findChild(LinkEdit)
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Down)
    editor.setText("ann beck")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert str(held(services, lead, "referrer")) == "Ann Beck"
    assert shown.cell(0, "referrer") == "Ann Beck"


def note(shown: Shown) -> NoteEdit:
    """The open cell of the long text."""
    edit(shown, "memo")
    editor: NoteEdit = shown.page.table.findChildren(NoteEdit)[-1]
    assert editor.height() > shown.page.table.rowHeight(0)
    return editor


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier])
def test_in_long_text_enter_keeps_and_with_alt_or_shift_makes_a_line(
    shown: Shown, services: Services, lead: int, modifier: Qt.KeyboardModifier
) -> None:
    editor = note(shown)
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return, modifier)
    QTest.keyClicks(editor, "two")
    assert shown.page.table.editing
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert held(services, lead, "memo") == "one\ntwo" and not shown.page.table.editing


def test_tab_keeps_long_text_and_goes_on_and_escape_discards_it(shown: Shown, services: Services, lead: int) -> None:
    shown.page.set_columns(("name", "memo", "source"), {})
    QTest.keyClicks(note(shown), "kept")
    shown.press(Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert held(services, lead, "memo") == "kept"
    assert shown.page.table.editing and shown.page.table.current_column == shown.column("source")
    shown.press(Qt.Key.Key_Escape)
    editor = note(shown)
    QTest.keyClicks(editor, " not")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert held(services, lead, "memo") == "kept" and not shown.page.table.editing


def test_leaving_the_cell_keeps_long_text(shown: Shown, services: Services, lead: int) -> None:
    QTest.keyClicks(note(shown), "kept")
    shown.page.tabs.setFocus()
    shown.page.table.setFocus()
    QApplication.processEvents()
    assert held(services, lead, "memo") == "kept"


def test_the_hint_bar_says_how_a_cell_is_kept(shown: Shown) -> None:
    def hinted() -> list[tuple[str, str]]:
        return [(hint.keys, hint.text) for hint in shown.page.hints() if isinstance(hint, Hint)]

    note(shown)
    assert hinted() == [("Enter", "Keep"), ("Alt+Enter", "New line"), ("Tab", "Keep, next cell"), ("Esc", "Discard")]
    shown.press(Qt.Key.Key_Escape)
    edit(shown, "met")
    assert ("Alt+Enter", "New line") not in hinted() and ("Enter", "Keep") in hinted()
    shown.press(Qt.Key.Key_Escape)
    assert ("Enter", "Keep") not in hinted()
    shown.page.chosen.open()
    shown.page.panel.body.details.edit("memo")
    assert hinted() == [("Enter", "Keep"), ("Alt+Enter", "New line"), ("Esc", "Discard")]


def test_long_text_that_is_too_long_stays_to_be_cut(shown: Shown, services: Services, lead: int) -> None:
    edit(shown, "memo")
    editor = shown.page.table.findChild(NoteEdit)
    assert editor is not None
    editor.setPlainText("x\n" * 60_000)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "longer than 100,000 characters" in editor.complaint.text()
    assert len(editor.toPlainText()) == 120_000 and shown.page.table.editing
    assert held(services, lead, "memo") is None


def test_the_panel_edits_each_type_too(shown: Shown, services: Services, lead: int) -> None:
    shown.page.chosen.open()
    details = shown.page.panel.body.details
    details.edit("wants")
    QApplication.processEvents()
    ticks = QApplication.focusWidget()
    assert isinstance(ticks, TickList)
    QTest.keyClick(ticks, Qt.Key.Key_Down)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    QTest.keyClick(ticks, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert held(services, lead, "wants") == () and not details.editing
    details.edit("memo")
    details.editor.setPlainText("x" * 200_000)
    QTest.keyClick(details.editor, Qt.Key.Key_Return)
    assert details.editing and len(details.editor.toPlainText()) == 200_000
    details.editor.setPlainText("short")
    details.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(details.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(details.editor, "too")
    QTest.keyClick(details.editor, Qt.Key.Key_Return)
    assert held(services, lead, "memo") == "short\ntoo"


def test_lists_are_ordered_by_own_fields(shown: Shown, services: Services, lead: int) -> None:
    services.records.add("lead", {"name": "Bo Early", "met": "4 Jan"})
    services.records.set("lead", [lead], {"met": "15 Jun 1985"})
    for down, names in ((False, ["Bo Early", "Noor Haddad"]), (True, ["Noor Haddad", "Bo Early"])):
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        shown.page.records.sort(shown.column("met"), order)
        assert shown.names() == names


def test_a_word_of_a_million_letters_is_not_pasted(shown: Shown) -> None:
    edit(shown, "memo")
    editor = shown.page.table.findChild(NoteEdit)
    assert editor is not None
    for text, taken in (("x" * 1_000_000, ""), ("line\n" * 5_000, "line\n" * 5_000)):
        pasted = QMimeData()
        pasted.setText(text)
        editor.insertFromMimeData(pasted)
        assert editor.toPlainText() == taken
        assert ("longer than 100,000" in editor.complaint.text()) is not bool(taken)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("met", "31 Feb", "Needs a day like 15 Jun, 15 Jun 1985 or 20/11/2026."),
        ("value", "1,2,3", "Needs a number like 1,234.50."),
        ("email", "ann.example.com", "An email address needs an @."),
        ("source", "x" * 1_000_000, "This is longer than 100,000 characters; keep it in a file."),
        ("tags", ",".join(map(str, range(10_000))), "These are 10,000 values; a record holds at most 500 here."),
        ("referrer", "Nobody", "Choose one from the list."),
        ("wants", "Oven", "“Oven” is none of: Roof, Solar, Heat pump."),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    show: Show, lead: int, services: Services, name: str, text: str, said: str
) -> None:
    shown = show(LeadsPage)
    shown.page.set_columns(("name", name), {})
    shown.page.records.refresh()
    edit(shown, name)
    while isinstance(popup := QApplication.activePopupWidget(), Popover):
        popup.close()
    editor = shown.page.table.findChild(LineEdit)
    assert editor is not None
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.complaint.text() == said
    assert editor.text() == text and shown.page.table.editing


def chosen_by_keys(*keys: Qt.Key) -> None:
    """Press these in the list that is open, and choose."""
    QApplication.processEvents()
    for key in (*keys, Qt.Key.Key_Return):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QAbstractItemView)
        QTest.keyClick(focus, key)
    QApplication.processEvents()


def test_a_choice_is_made_in_its_list(shown: Shown, services: Services, lead: int) -> None:
    shown.page.set_columns(("name", "lifecycle"), {})
    edit(shown, "lifecycle")
    chosen_by_keys(Qt.Key.Key_Down)
    assert held(services, lead, "lifecycle") == "mql" and not shown.page.table.editing
    shown.page.chosen.open()
    details = shown.page.panel.body.details
    details.edit("opt_out")
    chosen_by_keys(Qt.Key.Key_Up)
    assert held(services, lead, "opt_out") is True and not details.editing


def test_tab_keeps_a_value_of_the_panel_and_goes_on(shown: Shown, services: Services, lead: int) -> None:
    services.records.set("lead", [lead], {"source": "Fair", "segment": "Hotels"})
    shown.page.chosen.open()
    details = shown.page.panel.body.details
    window = shown.page.window()
    for key, name in ((Qt.Key.Key_Tab, "segment"), (Qt.Key.Key_Backtab, "source")):
        other = "source" if name == "segment" else "segment"
        window.activateWindow()
        QApplication.processEvents()
        details.edit(other)
        details.editor.setText(f"{other} of keys")
        QTest.keyClick(details.editor, key)
        QApplication.processEvents()
        assert held(services, lead, other) == f"{other} of keys"
        assert window.focusWidget() is details._rows[name]


def test_escape_in_a_new_detail_goes_back_to_its_button(shown: Shown) -> None:
    shown.page.chosen.open()
    details = shown.page.panel.body.details
    details.edit("industry")
    QTest.keyClick(details.editor, Qt.Key.Key_Escape)
    assert shown.page.window().focusWidget() is details._more


def test_a_value_typed_after_a_press_beside_it_is_still_looked_at(shown: Shown, services: Services, lead: int) -> None:
    services.records.set("lead", [lead], {"source": "Fair", "score": 5})
    shown.page.chosen.open()
    shown.page.window().activateWindow()
    QApplication.processEvents()
    details = shown.page.panel.body.details
    details.edit("score")
    editor = details.editor
    QTest.mouseClick(details, Qt.MouseButton.LeftButton, pos=details.rect().bottomRight())
    assert editor.isVisible()
    editor.setText("nonsense")
    QTest.mouseClick(details._rows["source"], Qt.MouseButton.LeftButton)
    assert editor.isVisible() and editor.complaint.text() and details.editor is editor
    editor.setText("7")
    QTest.mouseClick(details._rows["source"], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert held(services, lead, "score") == 7 and details.editor is not editor
