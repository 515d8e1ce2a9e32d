"""The list of deals is worked on as the other lists are: ranges, paste, fill, columns, many at once; each undone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton

from crm_desktop.domain.catalogue import FieldType
from crm_desktop.domain.filter import Filter, Sort
from crm_desktop.gui.pages.page import Hint, Page
from crm_desktop.gui.pages.pipeline import PipelinePage
from crm_desktop.gui.records.bulk_edit import BulkEdit
from crm_desktop.gui.widgets.bulk_bar import BulkBar
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.services import Services
from crm_desktop.services.views import View
from tests.gui.grid import CTRL, SHIFT, Grid, served, services, shown_refused
from tests.gui.pages.lists import Show, Shown, held, show
from tests.gui.test_records_model import Held

__all__ = ["held", "served", "services", "show"]

K = Qt.Key


class Deals(Grid):
    """The page with its list shown."""

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()


@pytest.fixture
def deals(services: Services) -> list[int]:
    """Four deals in the order of their close dates."""
    made = []
    for n in range(4):
        values = {"name": f"Deal {n}", "amount": f"{n + 1}00", "expected_close": f"2026-12-0{n + 1}"}
        made.append(services.records.add("deal", values).id)
    return made


@pytest.fixture
def grid(show: Callable[[type[Page]], Shown], deals: list[int]) -> Deals:
    made = Deals(show(PipelinePage).page)
    made.page.switcher.choose("list")
    made.settle()
    made.at(0, "amount")
    made.table.setFocus()
    made.settle()
    return made


def test_a_range_is_copied_and_pasted_elsewhere_with_one_undo(grid: Deals) -> None:
    before = grid.values("amount")
    grid.select((0, "amount"), (1, "amount"))
    grid.press(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "100.00\n200.00"
    grid.at(2, "amount")
    grid.press(K.Key_V, CTRL)
    assert grid.values("amount") == [*before[:2], *before[:2]]
    grid.undo()
    assert grid.values("amount") == before


def test_what_cannot_be_set_is_skipped_and_told(grid: Deals) -> None:
    QGuiApplication.clipboard().setText("much\t40\t99")
    grid.press(K.Key_V, CTRL)
    assert grid.said == "1 of 2 cells were not taken. Cannot be set and was skipped: Weighted."
    assert [line[2:4] for line in shown_refused(grid)] == [["Amount", "much"]]
    assert grid.cell(0, "probability") == "40"


def test_the_first_row_is_filled_down_and_cells_are_emptied(grid: Deals) -> None:
    before = grid.values("expected_close")
    grid.select((0, "expected_close"), (2, "expected_close"))
    grid.press(K.Key_D, CTRL)
    assert grid.values("expected_close")[:3] == [before[0]] * 3
    grid.undo()
    grid.select((0, "expected_close"), (1, "expected_close"))
    assert [hint.keys for hint in grid.page.hints() if isinstance(hint, Hint)] == ["Shift+↑↓←→", "Del"]
    grid.press(K.Key_Delete)
    assert sorted(grid.values("expected_close"))[:2] == ["", ""]
    grid.undo()
    assert grid.values("expected_close") == before


def test_escape_gives_up_the_range_then_the_ticks_then_what_is_narrowed(grid: Deals) -> None:
    grid.page.view.chips["no_step"].setChecked(True)
    grid.press(K.Key_Space)
    grid.select((0, "amount"), (1, "amount"))
    for left in ((None, 1, True), (None, 0, True), (None, 0, False)):
        assert grid.page.on_escape()
        narrowed = grid.page.view.chips["no_step"].isChecked()
        assert (grid.range, grid.page.records.ticked_count, narrowed) == left
    assert not grid.page.on_escape()


def test_ticked_deals_change_their_stage_together(grid: Deals, services: Services, deals: list[int]) -> None:
    grid.page.records.tick(0, 2, True)
    [bar] = grid.page.findChildren(BulkBar)
    assert bar.isVisible()
    grid.press(K.Key_S)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    button = next(known for known in bar.findChildren(Button) if known.text() == "Move to a stage")
    corner = button.mapToGlobal(QPoint())
    assert menu.x() == corner.x() and menu.geometry().bottom() < corner.y()
    next(action for action in menu.actions() if action.text() == "Negotiation").trigger()
    menu.close()
    held = [str(row[1]) for row in services.lists.rows("deal", deals, ["stage"])]
    assert held == ["Negotiation"] * 3 + ["Lead generation"]
    grid.undo()
    assert {str(row[1]) for row in services.lists.rows("deal", deals, ["stage"])} == {"Lead generation"}


def test_a_shown_field_leaves_with_an_undo_and_comes_back(grid: Deals, services: Services) -> None:
    services.fields.add("deal", "Machines", FieldType.TEXT)
    page = grid.page
    page.show_columns(("name", "machines"))
    for take, shown in ((services.history.undo, ("name",)), (services.history.redo, ("name", "machines"))):
        page.context.changes.announce(take())
        QApplication.processEvents()
        assert page.shown_fields == shown and len(grid.names()) == 4


def test_a_field_of_ticked_deals_is_edited_after_a_preview(grid: Deals, services: Services, deals: list[int]) -> None:
    grid.page.records.tick(0, 1, True)
    grid.press(K.Key_E, CTRL | SHIFT)
    form = grid.page.window().findChild(BulkEdit)
    form.choose("source")
    assert isinstance(form.editor, QLineEdit)
    form.editor.setText("Fair")
    form.look()
    form.answer()
    assert [row[1] for row in services.lists.rows("deal", deals, ["source"])] == ["Fair", "Fair", None, None]
    grid.undo()


def test_ticked_deals_go_to_the_bin_together(grid: Deals, services: Services, deals: list[int]) -> None:
    grid.press(K.Key_A, CTRL)
    assert grid.page.records.ticked_count == 4
    grid.press(K.Key_Delete)
    assert services.lists.count(Filter("deal")) == 0
    grid.undo()
    assert services.lists.count(Filter("deal")) == 4


def test_columns_are_moved_hidden_and_kept(grid: Deals, services: Services) -> None:
    grid.press(K.Key_Right, Qt.KeyboardModifier.AltModifier | SHIFT)
    grid.page.column_menu.open(grid.column("weighted"), QPoint())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Hide").trigger()
    menu.close()
    grid.page.sort(Sort("amount", descending=True))
    wanted = grid.page.shown_fields
    assert wanted[:4] == ("name", "stage", "probability", "amount") and "weighted" not in wanted
    grid.page.views.keep()
    kept = services.views.drafts("deal")[0]
    assert (kept.columns, kept.sort) == (wanted, Sort("amount", descending=True))
    assert grid.names()[0] == "Deal 3"


def test_a_cell_is_edited_by_key_and_the_board_follows(grid: Deals, services: Services, deals: list[int]) -> None:
    grid.at(0, "name")
    grid.press(K.Key_F2)
    grid.type("Renamed")
    assert [hint.text for hint in grid.page.hints() if isinstance(hint, Hint)] == ["Keep", "Keep, next cell", "Discard"]
    grid.press(K.Key_Return)
    grid.settle()
    assert services.records.show("deal", deals[0]).title == "Renamed"
    assert grid.names()[0] == "Renamed"


def tab_words(grid: Deals) -> list[tuple[str, str, bool]]:
    """The tabs: name, count, and whether they show a dot."""
    return [(button.tab.text, button.tab.count, button.tab.changed) for button in grid.page.tabs._tabs]


def test_deals_have_views_that_keep_everything(grid: Deals, services: Services) -> None:
    page = grid.page
    assert page.tabs.isVisible() and tab_words(grid) == [("Open deals", "4", False)]
    assert page.filter_bar.summary.text() == "4 of 4 · sorted by expected close"
    page.filters.show(services.lists.parse("deal", "amount>200"))
    page.filters.changed.emit(page.filters.filter)
    page.toolbar.next_density()
    page.sort(Sort("amount", descending=True))
    page.show_columns(("name", "amount"))
    page.views._named(None, "Big")
    grid.settle()
    assert tab_words(grid) == [("Open deals", "4", False), ("Big", "2", False)]
    assert grid.names() == ["Deal 3", "Deal 2"] and page.filter_bar.summary.text().startswith("2 of 4")
    page.tabs.choose("0")
    grid.settle()
    assert grid.names() == [f"Deal {n}" for n in range(4)] and "stage" in page.shown_fields
    page.tabs.choose(str(services.views.find("deal", "Big").id))
    grid.settle()
    assert (grid.names(), page.shown_fields) == (["Deal 3", "Deal 2"], ("name", "amount"))
    assert page.views.now.density == "comfortable" and not page.views.changed
    page.table.setFocus()
    QTest.mouseClick(page.tabs._tabs[1], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.table
    QTest.mouseClick(page.switcher.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    grid.settle()
    assert QApplication.focusWidget() is page.panes()[0] is not page.table
    assert not page.tabs.isVisible() and page.view.figures["open_value"].text() == "Open · 2 deals"


def test_a_view_of_deals_means_the_same_elsewhere(grid: Deals, services: Services, deals: list[int]) -> None:
    services.pipeline.won(deals[3])
    grid.page.filters.ask(None)
    assert grid.page.filters.editor is not None
    grid.page.filters.editor._count()
    assert grid.page.filters.editor.count.text() == "3 of 3"
    grid.page.filters.editor.close()
    grid.page.filters.show(services.lists.parse("deal", "amount>200"))
    grid.page.filters.changed.emit(grid.page.filters.filter)
    grid.page.views._named(None, "Big")
    grid.settle()
    assert services.lists.count(services.views.find("deal", "Big").filter) == 1
    assert tab_words(grid)[1] == ("Big", "1", False) and len(grid.page.filter_bar.conditions) == 1
    closed = View(0, "Won", "deal", services.lists.parse("deal", "status:won"), position=2)
    services.views.save(closed)
    grid.page.views.refresh()
    grid.settle()
    assert tab_words(grid)[2] == ("Won", "1", False)


def test_a_filter_seen_in_passing_is_left_when_the_page_is_called_anew(grid: Deals, services: Services) -> None:
    page = grid.page
    page.open_filter(services.lists.parse("deal", "amount>200"))
    grid.settle()
    assert len(grid.names()) == 2
    page.on_called()
    grid.settle()
    assert len(grid.names()) == 4 and services.views.drafts("deal") == {}
    page.switcher.choose("board")
    page.open_filter(services.lists.parse("deal", "amount>200"))
    page.on_called()
    grid.settle()
    assert page.view.figures["open_value"].text() == "Open · 4 deals" and not page.filter_bar.isVisible()


def test_a_filter_holds_though_deals_change_while_it_is_asked_for(
    show: Show, deals: list[int], services: Services, held: Held
) -> None:
    grid = Deals(show(PipelinePage, held).page)
    grid.page.switcher.choose("list")
    held.holding = True
    grid.page.open_filter(services.lists.parse("deal", "amount>200"))
    grid.page.on_change(services.records.set("deal", [deals[3]], {"note": "Called"}))
    held.holding = False
    held.go_on()
    grid.settle()
    assert grid.names() == ["Deal 2", "Deal 3"]


def test_tabs_count_the_deals_of_the_pipeline_that_is_shown(grid: Deals, services: Services) -> None:
    other = services.records.add("pipeline", {"name": "Renewals", "position": 2}).id
    values = {"name": "Due", "pipeline": other, "category": "open", "probability": 60, "position": 1}
    stage = services.records.add("stage", values).id
    services.records.add("deal", {"name": "Renewal", "stage": stage})
    grid.page.on_shown()
    grid.settle()
    assert tab_words(grid) == [("Open deals", "4", False)]
    grid.page.view.pipelines.setCurrentIndex(1)
    grid.settle()
    assert tab_words(grid) == [("Open deals", "1", False)] and grid.names() == ["Renewal"]


def test_deals_of_a_figure_are_shown_in_the_pipelines_where_they_are(grid: Deals, services: Services) -> None:
    page = grid.page
    other = services.records.add("pipeline", {"name": "Renewals", "position": 2}).id
    values = {"name": "Due", "pipeline": other, "category": "open", "probability": 60, "position": 1}
    stage = services.records.add("stage", values).id
    services.records.add("deal", {"name": "Renewal", "stage": stage, "amount": "900"})
    page.on_shown()
    page.switcher.choose("board")
    grid.settle()
    for typed, pipeline, listed in (
        ("amount>800", "Renewals", False), ("amount>300", "All pipelines", True), ("amount<200", "New business", True),
    ):  # fmt: skip
        page.open_filter(services.lists.parse("deal", typed))
        grid.settle()
        assert (page.sub_line, page.listed) == (pipeline, listed), typed
        assert page.view.pipelines.currentText() == pipeline
        if pipeline == "All pipelines":
            assert sorted(grid.names()) == ["Deal 3", "Renewal"] and tab_words(grid)[0][1] == "5"
    page.open_filter(Filter("deal"))
    grid.settle()
    assert page.sub_line == "All pipelines" and len(grid.names()) == 5
    grid.table.setCurrentIndex(page.records.index(grid.names().index("Renewal"), 1))
    grid.table.setFocus()
    grid.press(K.Key_S)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and [action.text() for action in menu.actions()] == ["Due"]
    menu.close()
    page.on_called()
    grid.settle()
    assert page.sub_line == "New business" and len(grid.names()) == 4
    page.view.pipelines.setCurrentIndex(2)
    grid.settle()
    assert len(grid.names()) == 5
    page.switcher.choose("board")
    grid.settle()
    assert page.sub_line == "New business"
    page.view.pipelines.setCurrentIndex(2)
    grid.settle()
    assert page.listed and page.sub_line == "All pipelines"


def test_where_nothing_matches_the_way_out_has_the_focus(grid: Deals) -> None:
    grid.table.setFocus()
    grid.page.view.chips["at_risk"].setChecked(True)
    grid.settle()
    assert grid.page.list.empty.isVisible() and QApplication.focusWidget() is grid.page.list.empty.way_out
    assert grid.page.panes()[0] is grid.page.list.empty
    grid.press(K.Key_Return)
    grid.settle()
    assert len(grid.names()) == 4 and QApplication.focusWidget() is grid.table
