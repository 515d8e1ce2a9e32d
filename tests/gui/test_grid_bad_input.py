"""What a cell cannot take: it stays open with the sentence under it, and what was typed stays in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.widgets.value_edit import LineEdit
from crm_desktop.services import Services
from tests.gui.grid import CTRL, Grid, grid, leads, served, services, show

__all__ = ["grid", "leads", "served", "services", "show"]

K = Qt.Key
SHOWN = ("name", "source", "return_on", "value", "email", "score", "website")
MANY = "x" * 1_000_000


def opened(grid: Grid, name: str) -> LineEdit:
    """The editor of a cell in the first row."""
    grid.page.set_columns(SHOWN, {})
    grid.at(0, name)
    grid.press(K.Key_F2)
    found = grid.table.viewport().findChild(LineEdit)
    assert found is not None
    return found


@pytest.mark.parametrize("leaving", [K.Key_Return, K.Key_Tab])
@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("return_on", "31 Feb 2026", "Needs a date like"),
        ("return_on", "soon", "Needs a date like"),
        ("value", "1,2,3", "Needs a number like 1,234.50"),
        ("score", "1,2,3", "Needs a whole number like 1,200"),
        ("score", "101", "0 to 100"),
        ("email", "ada.example.org", "needs an @"),
        ("email", "اختبار", "needs an @"),
        ("value", "א1", "Needs an amount like"),
        ("website", "a b", "Needs a web address like example.com"),
    ],
)
def test_the_cell_stays_open_with_its_sentence(grid: Grid, name: str, text: str, said: str, leaving: Qt.Key) -> None:
    editor = opened(grid, name)
    editor.setText(text)
    grid.press(leaving)
    QApplication.processEvents()
    assert grid.table.editing
    assert editor.text() == text
    assert said in editor.complaint.text() and editor.complaint.isVisible()
    assert editor.accessibleDescription() == editor.complaint.text()
    grid.press(K.Key_Escape)
    assert not grid.table.editing and not editor.complaint.isVisible()


def test_a_million_letters_are_refused_and_stay(grid: Grid) -> None:
    editor = opened(grid, "source")
    QGuiApplication.clipboard().setText(MANY)
    grid.press(K.Key_V, CTRL)
    grid.press(K.Key_Return)
    QApplication.processEvents()
    assert grid.table.editing
    assert "longer than 100,000 characters" in editor.complaint.text()
    assert len(editor.text()) > 100_000
    grid.press(K.Key_Escape)


def test_a_million_letters_pasted_over_cells_are_told(grid: Grid) -> None:
    QGuiApplication.clipboard().setText(f"{MANY}\tRetail")
    grid.at(0, "source")
    grid.press(K.Key_V, CTRL)
    assert grid.said.startswith("1 of 2 cells were not taken: row 1, Source: This is longer than 100,000 characters")
    assert (grid.cell(0, "source"), grid.cell(0, "segment")) == ("S0", "Retail")


@pytest.mark.parametrize(
    "text", ["متجر الزهور", "cafe\u0301 \u0928\u093f", "\u202eabc\u202c", "👩\u200d👧 family", "Zoë\u200d"]
)
def test_every_writing_is_kept_as_it_is(grid: Grid, services: Services, leads: list[int], text: str) -> None:
    editor = opened(grid, "source")
    editor.setText(text)
    grid.press(K.Key_Return)
    QApplication.processEvents()
    assert services.records.show("lead", leads[0]).values["source"] == text
    QGuiApplication.clipboard().clear()
    grid.at(0, "source")
    grid.press(K.Key_C, CTRL)
    grid.at(1, "source")
    grid.press(K.Key_V, CTRL)
    assert services.records.show("lead", leads[1]).values["source"] == text
