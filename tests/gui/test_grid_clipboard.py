"""Copy, paste, fill down and empty, as somebody who comes from a spreadsheet works."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Sort
from crm_desktop.gui.records.refused_cells import RefusedCells
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from tests.gui.grid import CTRL, SHIFT, Grid, grid, leads, served, services, show, shown_refused

__all__ = ["grid", "leads", "served", "services", "show"]

K = Qt.Key


def clip() -> str:
    return QGuiApplication.clipboard().text()


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def test_the_range_is_copied_as_a_table(grid: Grid) -> None:
    grid.select((0, "source"), (1, "value"))
    grid.press(K.Key_C, CTRL)
    assert clip() == "S0\t\t90\t0.00\nS1\t\t89\t100.00"
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<td>S1</td>" in html and "<th>" not in html
    grid.press(K.Key_C, CTRL | SHIFT)
    assert clip().splitlines()[0] == "Source\tSegment\tScore\tValue"
    assert "<th>Score</th>" in QGuiApplication.clipboard().mimeData().html()


def test_without_a_range_ticked_rows_are_copied_else_the_cell(grid: Grid) -> None:
    grid.press(K.Key_C, CTRL)
    assert clip() == "S0"
    grid.page.records.tick(1, 2, True)
    grid.press(K.Key_C, CTRL)
    assert clip() == "Lead 1\tS1\t\t89\t100.00\nLead 2\tS2\t\t88\t200.00"


def test_a_block_goes_in_from_the_current_cell_and_out_with_one_undo(grid: Grid) -> None:
    grid.at(1, "source")
    put("Fair\tRetail\r\nExpo\tHealth\r\n")
    grid.press(K.Key_V, CTRL)
    assert grid.values("source") == ["S0", "Fair", "Expo", "S3", "S4", "S5"]
    assert grid.cell(2, "segment") == "Health"
    assert grid.said == "Pasted into 2 leads"
    grid.undo()
    assert grid.values("source") == [f"S{n}" for n in range(6)]


def test_one_value_fills_the_range_and_a_block_repeats_in_it(grid: Grid) -> None:
    grid.select((0, "source"), (3, "segment"))
    put("X")
    grid.press(K.Key_V, CTRL)
    assert grid.values("source")[:5] == ["X"] * 4 + ["S4"]
    assert grid.values("segment")[:5] == ["X"] * 4 + [""]
    put("1\n2\n")
    grid.press(K.Key_V, CTRL)
    assert grid.values("segment")[:5] == ["1", "2", "1", "2", ""]


def test_rows_that_the_order_puts_elsewhere_are_told_and_shown(grid: Grid, leads: list[int]) -> None:
    grid.page.sort(Sort("source"))
    QApplication.processEvents()
    grid.at(0, "source")
    put("S7\nS6")
    grid.press(K.Key_V, CTRL)
    QApplication.processEvents()
    assert grid.values("name") == [f"Lead {n}" for n in (2, 3, 4, 5, 1, 0)]
    assert grid.said == "Pasted into 2 leads. Sorted anew by source."
    words, run = grid.notices[-1].more or ("", lambda: None)
    assert words == "Show them"
    run()
    QApplication.processEvents()
    assert grid.values("name") == ["Lead 1", "Lead 0"]
    assert grid.page.on_escape()
    QApplication.processEvents()
    assert len(grid.values("name")) == len(leads)


def test_cells_that_do_not_fit_are_told_and_shown(grid: Grid) -> None:
    grid.at(0, "segment")
    put("A\t50\nB\tmuch\nC\t101")
    grid.press(K.Key_V, CTRL)
    assert grid.said == "2 of 6 cells were not taken: row 2, Score: Needs a whole number like 1,200."
    assert "50" in grid.values("score")
    lines = [line[:4] for line in shown_refused(grid)]
    assert lines == [["2", "Lead 1", "Score", "much"], ["3", "Lead 2", "Score", "101"]]
    dialog = grid.page.window().findChild(RefusedCells)
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert clip().splitlines()[1].startswith("2\tLead 1\tScore\tmuch\t")
    dialog.accept()
    assert grid.page.context.actions.find("leads.refused_cells").usable


def test_what_is_worked_out_is_skipped_and_named(grid: Grid) -> None:
    grid.page.set_columns(("name", "source", "next_step", "segment"), {})
    grid.at(0, "source")
    put("Web\tCall\tRetail")
    grid.press(K.Key_V, CTRL)
    assert grid.said == "Pasted into Lead 0. Cannot be set and was skipped: Next step."
    assert grid.cell(0, "segment") == "Retail"


def test_what_has_no_place_is_left_out_and_told(grid: Grid) -> None:
    grid.at(5, "value")
    put("1\t2\n3\t4")
    grid.press(K.Key_V, CTRL)
    assert grid.said == "Pasted into Lead 5. Rows without a place in the list: 1, columns: 1."
    assert grid.page.records.rowCount() == 6
    assert [line[::3] for line in shown_refused(grid)] == [["1", "2"], ["2", "3"], ["2", "4"]]


def test_many_faults_leave_room_for_what_has_no_place(grid: Grid) -> None:
    grid.at(4, "score")
    put("much\t1\tx\nmore\t2\ty\n3\t4\t5")
    grid.press(K.Key_V, CTRL)
    assert grid.said == "2 of 4 cells were not taken. Rows without a place in the list: 1, columns: 1."
    assert [line[3] for line in shown_refused(grid)] == ["much", "more", "x", "y", "3", "4", "5"]


def test_nothing_to_paste_is_said(grid: Grid) -> None:
    QGuiApplication.clipboard().clear()
    grid.press(K.Key_V, CTRL)
    assert grid.said == "There is no text on the clipboard."


def test_lines_and_quotes_stay_in_their_cell(grid: Grid) -> None:
    put('"two\r\nlines"\t"say ""hi"""')
    grid.press(K.Key_V, CTRL)
    assert (grid.cell(0, "source"), grid.cell(0, "segment")) == ("two\nlines", 'say "hi"')


def test_the_first_row_is_filled_down(grid: Grid) -> None:
    grid.select((1, "source"), (4, "source"))
    grid.press(K.Key_D, CTRL)
    assert grid.values("source") == ["S0", "S1", "S1", "S1", "S1", "S5"]
    assert grid.said == "Filled down in 3 leads"
    grid.undo()
    assert grid.values("source")[2] == "S2"


def test_a_cell_alone_is_filled_from_above(grid: Grid) -> None:
    grid.at(3, "source")
    grid.press(K.Key_D, CTRL)
    assert grid.values("source")[3] == "S2"
    grid.at(0, "source")
    grid.press(K.Key_D, CTRL)
    assert grid.said == "There is no row above to fill from."


def test_ticked_rows_get_the_current_value_after_the_count_is_shown(grid: Grid) -> None:
    grid.page.records.tick(2, 5, True)
    grid.press(K.Key_D, CTRL)
    menu = grid.page.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Source of 4 leads: set to “S0”"]
    QTest.keyClick(menu, K.Key_Return)
    assert grid.values("source") == ["S0", "S1", "S0", "S0", "S0", "S0"]


@pytest.mark.parametrize("key", [K.Key_Delete, K.Key_Backspace])
def test_delete_empties_a_range_and_deletes_only_a_row(grid: Grid, key: Qt.Key) -> None:
    grid.select((0, "source"), (1, "segment"))
    assert any(getattr(hint, "keys", "") == "Del" for hint in grid.page.hints())
    grid.press(key)
    assert grid.values("source")[:3] == ["", "", "S2"]
    assert grid.page.records.rowCount() == 6
    grid.undo()
    assert grid.values("source")[0] == "S0"
    grid.page.on_escape()
    grid.press(K.Key_Delete)
    assert grid.page.records.rowCount() == 5


def test_lists_that_are_worked_out_take_nothing(grid: Grid) -> None:
    actions = grid.page.context.actions
    assert actions.find("leads.paste_cells").usable and actions.find("leads.clear_cells").usable
    grid.at(0, "name")
    assert not actions.find("leads.clear_cells").usable
    assert not actions.find("leads.refused_cells").usable


def test_the_dialog_can_be_closed_by_key(grid: Grid) -> None:
    grid.at(0, "score")
    put("none")
    grid.press(K.Key_V, CTRL)
    grid.press(K.Key_V, CTRL | SHIFT)
    QApplication.processEvents()
    dialog = grid.page.window().findChild(RefusedCells)
    assert dialog.isVisible() and all(b.accessibleName() or b.text() for b in dialog.findChildren(QPushButton))
    QTest.keyClick(dialog, K.Key_Escape)
    QApplication.processEvents()
    assert grid.page.window().findChild(RefusedCells) is None


VALUES: dict[FieldType, Any] = {
    FieldType.TEXT: 'tab\tand “quotes” "so"',
    FieldType.LONG_TEXT: "two\nlines\n\tmore",
    FieldType.EMAIL: "a@b.example",
    FieldType.PHONE: "+49 30 123456",
    FieldType.URL: "https://example.org/a?b=1",
    FieldType.INTEGER: "-1200",
    FieldType.NUMBER: "1234.125",
    FieldType.MONEY: "1234.50 USD",
    FieldType.DATE: "2026-11-20",
    FieldType.INSTANT: "2026-11-20 14:05",
    FieldType.YES_NO: "yes",
    FieldType.CHOICE: "Two, three",
    FieldType.ANNIVERSARY: "15 Jun 1985",
    FieldType.LINK: "Brightwater",
}


def test_every_type_of_value_is_the_same_after_copy_and_paste(grid: Grid, services: Services, leads: list[int]) -> None:
    services.records.add("company", {"name": "Brightwater"})
    names = []
    for type_ in FieldType:
        choices = ("One", "Two, three") if type_ is FieldType.CHOICE else ()
        target = "company" if type_ is FieldType.LINK else None
        services.fields.add("lead", f"Own {type_}", Holds(type_, choices, target=target))
        names.append(services.fields.find("lead", f"Own {type_}").name)
    for name, type_ in zip(names, FieldType, strict=True):
        services.records.set("lead", leads[:1], {name: VALUES[type_]})
    services.records.set("lead", leads[:1], {"tags": "A, B", "email": "a@b.example, c@d.example", "value": "7.10"})
    names += ["tags", "email", "value", "lifecycle", "status"]
    grid.page.set_columns(("name", *names), {})
    grid.page.records.refresh()
    grid.at(0, names[0])
    grid.press(K.Key_End, SHIFT)
    grid.press(K.Key_C, CTRL)
    grid.at(3, names[0])
    grid.press(K.Key_V, CTRL)
    assert grid.said == "Pasted into Lead 3"
    first, fourth = (services.records.show("lead", leads[row]).values for row in (0, 3))
    assert {name: fourth[name] for name in names} == {name: first[name] for name in names}
    assert first[names[[*FieldType].index(FieldType.DATE)]] == date(2026, 11, 20)
