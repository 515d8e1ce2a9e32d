"""The board with many deals: painting what is in sight, against plain lists of as many rows."""

import os
from pathlib import Path

from benchmarks.measure import Result, compared, paired

DEALS = 10_000
SIZE = (230, 640)  # of one column, in pixels


def board(folder: Path, pairs: int, deals: int = DEALS) -> list[Result]:
    """Five columns of cards, against five lists with Qt's own delegate and rows of the same height."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSize, QStringListModel
    from PySide6.QtWidgets import QApplication, QListView

    from crm_desktop.app import build
    from crm_desktop.domain.clock import Clock
    from crm_desktop.paths import DataDir

    program = build(DataDir(folder / "board"), Clock())
    _fill(program.context.services, deals)
    program.window.resize(1440, 900)
    program.window.show()
    program.window.open("pipeline")
    _settle(program)
    views = [column.view for column in program.window.pages.current.board.columns]  # type: ignore[union-attr]
    names = QStringListModel([f"Deal {number}" for number in range(deals // len(views))])
    plain = []
    for view in views:
        bare = QListView()
        bare.setModel(names)
        bare.setUniformItemSizes(True)
        bare.setGridSize(QSize(view.width(), view.step))
        bare.resize(view.size())
        bare.show()
        plain.append(bare)
    QApplication.processEvents()
    samples = paired(
        lambda: [view.viewport().grab() for view in views], lambda: [view.viewport().grab() for view in plain], pairs
    )
    program.close()
    return [compared(f"board of {deals:,} deals painted", samples, 3.0, "floor: as many rows with Qt's own delegate")]


def _fill(services: object, deals: int) -> None:
    from crm_desktop.domain.money import Money
    from crm_desktop.services import Services

    assert isinstance(services, Services)
    store, stages = services._store, services.pipeline.stages()
    columns = ["name", "stage", "pipeline", "amount", "probability"]
    with store.action("add", "deal", "many") as action:
        rows = (
            [f"Deal {number}", stages[number % 5].id, stages[0].pipeline, Money(number * 1000, "EUR"), 30]
            for number in range(deals)
        )
        action.inserted("deal", store.records.insert_many("deal", columns, rows))


def _settle(program: object) -> None:
    from PySide6.QtWidgets import QApplication

    from crm_desktop.app import Program

    assert isinstance(program, Program)
    for _ in range(3):
        program.context.jobs.wait_idle()
        QApplication.processEvents()
