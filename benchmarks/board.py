"""The board with many deals: painting what is in sight, against plain lists of as many rows."""

from pathlib import Path
from typing import Any

from benchmarks.measure import Result, compared, paired
from benchmarks.windows import program, settle

DEALS = 10_000


def board(folder: Path, pairs: int, deals: int = DEALS) -> list[Result]:
    """Five columns of cards, against five lists with Qt's own delegate and rows of the same height."""
    made = program(folder / "board")
    _fill(made.context.services, deals)
    made.window.open("pipeline")
    settle(made)
    views = [column.view for column in made.window.pages.current.board.columns]  # type: ignore[union-attr]
    plain = _plain(views, deals)
    samples = paired(
        lambda: [view.viewport().grab() for view in views], lambda: [view.viewport().grab() for view in plain], pairs
    )
    for view in plain:
        view.close()
    made.close()
    return [compared(f"board of {deals:,} deals painted", samples, 3.0, "floor: as many rows with Qt's own delegate")]


def _plain(views: list[Any], deals: int) -> list[Any]:
    from PySide6.QtCore import QSize, QStringListModel
    from PySide6.QtWidgets import QApplication, QListView

    names = QStringListModel([f"Deal {number}" for number in range(deals // len(views))])
    found = []
    for view in views:
        bare = QListView()
        bare.setModel(names)
        bare.setUniformItemSizes(True)
        bare.setGridSize(QSize(view.width(), view.step))
        bare.resize(view.size())
        bare.show()
        found.append(bare)
    QApplication.processEvents()
    return found


def _fill(services: Any, deals: int) -> None:
    from crm_desktop.domain.money import Money

    store, stages = services._store, services.pipeline.stages()
    columns = ["name", "stage", "pipeline", "amount", "probability"]
    with store.action("add", "deal", "many") as action:
        rows = (
            [f"Deal {number}", stages[number % 5].id, stages[0].pipeline, Money(number * 1000, "EUR"), 30]
            for number in range(deals)
        )
        action.inserted("deal", store.records.insert_many("deal", columns, rows))
