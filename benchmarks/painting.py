"""A page of the table painted where nobody looked before, against a bare table of strings."""

import random
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import Result, Sample, compared, timed
from benchmarks.windows import program, settle


def page(folder: Path, pairs: int) -> list[Result]:
    """Both scroll to a random place and paint it; its rows were read before, but nothing was made of them yet."""
    made = program(folder)
    made.window.open("leads")
    settle(made)
    table = made.window.pages.current.table  # type: ignore[union-attr]
    plain = _plain(table)
    dice = random.Random(11)
    samples: list[tuple[Sample, Sample]] = []
    for number in range(pairs + 1):
        top = dice.randrange(max(1, table.verticalScrollBar().maximum()))
        _read(made, table, top)
        pair = timed(partial(_paint, table, top)), timed(partial(_paint, plain, top))
        samples += [pair] if number else []
    plain.close()
    made.close()
    note = "floor: a QTableView of the same size, rows and columns whose model answers ready strings"
    return [compared("a page of the table painted", samples, 1.5, note)]


FRAMES = 120
"""Steps of one scroll, three rows each, as a wheel makes them."""


def scroll(folder: Path, pairs: int) -> list[Result]:
    """Both scroll from a random place; what counts is the slowest frame, with the rows that arrive meanwhile."""
    made = program(folder)
    made.window.open("leads")
    settle(made)
    table = made.window.pages.current.table  # type: ignore[union-attr]
    plain = _plain(table)
    dice = random.Random(12)
    samples: list[tuple[Sample, Sample]] = []
    for number in range(pairs + 1):
        top = dice.randrange(max(1, table.verticalScrollBar().maximum() * 9 // 10))
        pair = _slowest(table, top), _slowest(plain, top)
        made.context.jobs.wait_idle()
        samples += [pair] if number else []
    plain.close()
    made.close()
    note = f"of {FRAMES} frames, three rows apart; floor: the same of a QTableView whose model answers ready strings"
    return [compared("slowest frame of a scroll", samples, 2.5, note)]


def _slowest(table: Any, top: int) -> Sample:
    step = 3 * table.verticalHeader().defaultSectionSize()
    _frame(table, top)
    frames = [timed(partial(_frame, table, top + n * step)) for n in range(1, FRAMES + 1)]
    return max(frames, key=lambda frame: frame.wall)


def _frame(table: Any, top: int) -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    _paint(table, top)


def _read(made: Any, table: Any, top: int) -> None:
    """Has the rows read that will be in sight, while the table still shows others."""
    height = table.verticalHeader().defaultSectionSize()
    first = top // height
    for row in range(first, min(first + table.viewport().height() // height + 2, table.records.rowCount())):
        table.records.values_at(row)
    made.context.jobs.wait_idle()


def _paint(table: Any, top: int) -> None:
    table.verticalScrollBar().setValue(top)
    table.viewport().grab()


def _plain(table: Any) -> Any:
    """The bare table: Qt's own delegate and style, the same geometry."""
    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QApplication, QTableView

    rows, columns = table.records.rowCount(), table.records.columnCount()
    words = [[f"Value {row} of {column}" for column in range(columns)] for row in range(1000)]

    class Strings(QAbstractTableModel):
        def rowCount(self, _parent: Any = None) -> int:
            return int(rows)

        def columnCount(self, _parent: Any = None) -> int:
            return int(columns)

        def data(self, index: Any, role: int = 0) -> str | None:
            return words[index.row() % 1000][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    plain = QTableView()
    plain.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    plain.verticalHeader().hide()
    plain.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    plain.setModel(Strings(plain))
    plain.resize(table.size())
    for column in range(columns):
        plain.setColumnWidth(column, table.columnWidth(column))
    plain.show()
    QApplication.processEvents()
    return plain
