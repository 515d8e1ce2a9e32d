"""A cell is left by mouse, key or window: a value is kept, and what is none stays open with its sentence."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.money import Money
from crm_desktop.gui.shell.sidebar import NavList
from crm_desktop.gui.widgets.value_edit import ChoiceEdit, LineEdit, LinkEdit
from crm_desktop.services import Services
from crm_desktop.services.fields import Holds
from tests.gui.conftest import SPECS
from tests.gui.grid import CTRL, Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def title(grid: Grid, name: str) -> QPoint:
    header = grid.table.header
    return QPoint(header.sectionViewportPosition(grid.column(name)) + 30, header.height() // 2)


WAYS: dict[str, Callable[[Grid], object]] = {
    "another row": lambda grid: click(grid.table.viewport(), grid.place(2, "value")),
    "another cell": lambda grid: click(grid.table.viewport(), grid.place(0, "source")),
    "its tick box": lambda grid: click(grid.table.viewport(), QPoint(20, grid.place(0, "value").y())),
    "a title": lambda grid: click(grid.table.header.viewport(), title(grid, "source")),
    "all tick boxes": lambda grid: click(grid.table.header.viewport(), QPoint(20, 12)),
    "a button": lambda grid: click(grid.page.filter_bar.add_chip),
    "a tab": lambda grid: click(grid.page.tabs),
    "the panel": lambda grid: click(grid.page.panel),
    "the next view": lambda grid: grid.press(K.Key_PageDown, CTRL),
    "the next record": lambda grid: grid.press(K.Key_Down, ALT),
    "the order": lambda grid: grid.table.sort_by_column(grid.column("source")),
    "the window": lambda grid: grid.page.window().close(),
    "Enter": lambda grid: grid.press(K.Key_Return),
    "Tab": lambda grid: grid.press(K.Key_Tab),
    "Ctrl+Tab": lambda grid: grid.press(K.Key_Tab, CTRL),
}


def opened(grid: Grid, text: str) -> LineEdit:
    """The value of the first row, with this typed."""
    grid.at(0, "value")
    grid.press(K.Key_F2)
    found = grid.table.viewport().findChild(LineEdit)
    assert found is not None
    found.selectAll()
    grid.type(text)
    return found


def held(services: Services, lead: int) -> Money | None:
    value: Money | None = services.records.show("lead", lead).values["value"]
    return value


@pytest.mark.parametrize("way", [way for way in WAYS if way != "the order"])
@pytest.mark.parametrize("text", ["9,9,9", "abc"])
def test_what_is_no_value_holds_one_up(grid: Grid, services: Services, leads: list[int], way: str, text: str) -> None:
    before = grid.cell(0, "value")
    editor = opened(grid, text)
    WAYS[way](grid)
    QApplication.processEvents()
    assert grid.table.editing and grid.table.current_row == 0
    assert editor.text() == text and editor.hasFocus()
    assert editor.complaint.isVisible() and editor.complaint.text().startswith("Needs a")
    assert (held(services, leads[0]), grid.cell(0, "value")) == (Money.of("0", "EUR"), before)
    assert grid.page.isVisible() and not grid.page.records.ticked_count
    grid.press(K.Key_Escape)
    assert not grid.table.editing and grid.cell(0, "value") == before


@pytest.mark.parametrize("way", WAYS)
def test_a_value_is_kept_however_one_leaves(grid: Grid, services: Services, leads: list[int], way: str) -> None:
    opened(grid, "24000")
    WAYS[way](grid)
    QApplication.processEvents()
    assert held(services, leads[0]) == Money.of("24000", "EUR")


def test_one_may_look_around_before_typing_on(grid: Grid, services: Services, leads: list[int]) -> None:
    grid.page.resize(900, 300)
    QApplication.processEvents()
    editor = opened(grid, "abc")
    grid.press(K.Key_Return)
    below = editor.complaint.y() - editor.mapTo(editor.window(), QPoint()).y()
    turn = QWheelEvent(
        QPointF(grid.place(2, "source")), QPointF(0, 0), QPoint(0, -40), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(grid.table.viewport(), turn)
    QApplication.processEvents()
    assert grid.table.verticalScrollBar().value() > 0
    assert grid.table.editing and editor.text() == "abc"
    assert editor.complaint.y() - editor.mapTo(editor.window(), QPoint()).y() == below
    bar = grid.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert editor.visibleRegion().isEmpty() and not editor.complaint.isVisible()
    bar.setValue(0)
    assert editor.complaint.isVisible()
    grid.press(K.Key_Escape)
    assert held(services, leads[0]) == Money.of("0", "EUR")


@pytest.mark.parametrize("laid_out", [False, True])
@pytest.mark.parametrize("way", ["a title", "a button", "the next view", "Enter"])
def test_a_cell_out_of_sight_comes_back_and_says_why(grid: Grid, way: str, laid_out: bool) -> None:
    grid.page.resize(900, 300)
    QApplication.processEvents()
    editor = opened(grid, "abc")
    bar = grid.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert editor.visibleRegion().isEmpty()
    if laid_out:
        grid.table.updateEditorGeometries()  # as after any change of the list
    WAYS[way](grid)
    QApplication.processEvents()
    assert editor.visibleRegion().boundingRect() == editor.rect()
    assert editor.complaint.isVisible() and editor.complaint.y() > editor.mapTo(editor.window(), QPoint()).y()
    grid.press(K.Key_Escape)


@pytest.mark.parametrize("press", [QTest.mouseClick, QTest.mouseDClick])
def test_the_list_of_pages_gets_nothing_of_a_refused_click(grid: Grid, press: Callable[..., object]) -> None:
    pages = NavList(grid.page.context.theme, grid.page)
    pages.set_specs(SPECS)
    pages.resize(200, 200)
    pages.show()
    gone: list[str] = []
    pages.chosen.connect(gone.append)
    editor, first = opened(grid, "abc"), pages.visualRect(pages.model().index(0, 0)).center()
    press(pages.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert not gone and grid.table.editing and editor.complaint.isVisible()
    grid.press(K.Key_Escape)
    click(pages.viewport(), first)
    assert gone == [SPECS[0].id]


def test_the_sentence_goes_with_its_page(grid: Grid) -> None:
    editor = opened(grid, "abc")
    grid.table.hide()  # as under another page: the editor is hidden first and loses the focus then
    QApplication.processEvents()
    assert not editor.complaint.isVisible()
    grid.table.show()
    assert editor.text() == "abc" and editor.complaint.isVisible()
    grid.press(K.Key_Escape)


def test_a_hidden_page_shows_the_sentence_again(grid: Grid) -> None:
    editor = opened(grid, "abc")
    grid.press(K.Key_Return)
    grid.page.hide()
    assert not editor.complaint.isVisible()
    grid.page.show()
    assert grid.table.editing and editor.text() == "abc" and editor.complaint.isVisible()
    grid.press(K.Key_Escape)


def test_a_value_of_the_panel_holds_one_up_too(grid: Grid, services: Services, leads: list[int]) -> None:
    grid.page.chosen.show()
    details = grid.page.panel.body.details
    details.edit("value")
    details.editor.setText("abc")
    grid.page.chosen.show()  # as after a change of the list
    click(grid.table.viewport(), grid.place(2, "source"))
    QApplication.processEvents()
    assert grid.table.current_row == 0 and details.editor.text() == "abc" and details.editor.complaint.isVisible()
    details.editor.setText("24000")
    click(grid.table.viewport(), grid.place(2, "source"))
    assert grid.table.current_row == 2 and held(services, leads[0]) == Money.of("24000", "EUR")


def test_a_value_of_the_panel_out_of_sight_comes_back(grid: Grid) -> None:
    grid.page.resize(1440, 300)
    grid.page.chosen.show()
    body = grid.page.panel.body
    body.details.edit("value")
    editor = body.details.editor
    QApplication.processEvents()
    editor.setText("abc")
    bar = body.scroll_area.verticalScrollBar()
    assert not editor.accept() and editor.complaint.isVisible()
    bar.setValue(0 if bar.value() else bar.maximum())
    assert editor.visibleRegion().isEmpty() and not editor.complaint.isVisible()
    click(grid.table.viewport(), grid.place(2, "source"))
    QApplication.processEvents()
    assert editor.visibleRegion().boundingRect() == editor.rect() and editor.complaint.isVisible()


@pytest.mark.parametrize(("key", "beside"), [(K.Key_Tab, "score"), (K.Key_Backtab, "source")])
def test_tab_in_the_list_of_a_choice_takes_it_and_goes_on(
    grid: Grid, services: Services, leads: list[int], key: Qt.Key, beside: str
) -> None:
    grid.page.set_columns(("name", "source", "lifecycle", "score"), {})
    grid.at(0, "lifecycle")
    grid.press(K.Key_F2)
    QTest.qWait(1)
    choice = grid.table.viewport().findChild(ChoiceEdit)
    assert choice is not None and choice.view().isVisible()
    QTest.keyClick(choice.view(), K.Key_Down)
    QTest.keyClick(choice.view(), key)
    QTest.qWait(1)
    assert services.records.show("lead", leads[0]).values["lifecycle"] == "mql"
    assert grid.cell(0, "lifecycle") == "MQL"
    assert grid.table.editing and grid.table.currentIndex().column() == grid.column(beside)


def test_a_choice_that_is_kept_opens_its_list_no_more(
    grid: Grid, services: Services, leads: list[int], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[ChoiceEdit] = []

    def open_list(choice: ChoiceEdit) -> None:
        opened.append(choice)
        QComboBox.showPopup(choice)

    monkeypatch.setattr(ChoiceEdit, "showPopup", open_list)
    grid.page.set_columns(("name", "lifecycle", "opt_out", "source"), {})
    grid.at(0, "lifecycle")
    grid.press(K.Key_F2)
    for name in ("lifecycle", "opt_out"):
        qtbot.waitUntil(lambda: bool(opened))
        assert [choice.accessibleName() for choice in opened] == [grid.page.title_of(name)]
        choice = opened.pop()
        QTest.keyClick(choice.view(), K.Key_Down if name == "lifecycle" else K.Key_Up)
        QTest.keyClick(choice.view(), K.Key_Tab)
    QTest.qWait(1)
    values = services.records.show("lead", leads[0]).values
    assert (values["lifecycle"], values["opt_out"], opened) == ("mql", True, [])
    assert grid.table.editing and grid.table.currentIndex().column() == grid.column("source")


def test_nothing_is_wrong_while_records_are_offered(grid: Grid, services: Services) -> None:
    services.records.add("company", {"name": "Northgate"})
    services.fields.add("lead", "Supplier", Holds(FieldType.LINK, target="company"))
    grid.page.set_columns(("name", "supplier"), {})
    grid.at(0, "supplier")
    grid.press(K.Key_F2)
    editor = grid.table.viewport().findChild(LinkEdit)
    assert editor is not None
    grid.type("north")
    QTest.qWait(250)
    popup = QApplication.activePopupWidget()
    assert popup is not None and grid.table.editing
    assert not editor.complaint.text()
    popup.hide()
