"""A dialog whose work takes long tells how far it is; Cancel stops the work, and the dialog stays open."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.errors import UserError
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.jobs import JobRunner
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.services.progress import Progress


@pytest.fixture
def asking(context: AppContext, errors: ErrorReporter, qtbot: QtBot) -> Iterator[AskDialog]:
    """A dialog over real threads."""
    jobs, parent = JobRunner(errors), QWidget()
    qtbot.addWidget(parent)
    dialog = AskDialog(replace(context, jobs=jobs), parent)
    dialog.entitle("Convert 4 leads", "Convert")
    dialog.open()
    yield dialog
    jobs.wait_idle(5)
    for left in parent.findChildren(AskDialog):
        left.reject()
    jobs.stop()


@pytest.fixture
def work() -> tuple[Callable[[Progress], str], threading.Event]:
    """Work of four parts that waits after the second one until it may go on."""
    on = threading.Event()

    def doing(progress: Progress) -> str:
        for part in range(1, 5):
            progress.report(part, 4)
            if part == 2:
                on.wait(5)
        return "done"

    return doing, on


def test_long_work_is_told_and_cancelled(asking: AskDialog, work: Any, qtbot: QtBot) -> None:
    doing, on = work
    heard: list[str] = []
    asking.write(doing, heard.append)
    qtbot.waitUntil(lambda: asking.bar.value() == 2)
    assert asking.bar.isVisible() and asking.bar.maximum() == 4 and asking.bar.accessibleName() == "Convert 4 leads"
    assert not asking.ok_button.isEnabled()
    asking.cancel_button.click()
    assert asking.isVisible() and not asking.cancel_button.isEnabled()
    on.set()
    qtbot.waitUntil(asking.problem.isVisible)
    assert asking.problem.text() == "Cancelled. Nothing was changed."
    assert heard == [] and not asking.bar.isVisible() and asking.ok_button.isEnabled()
    asking.cancel_button.click()
    assert not asking.isVisible()


def test_work_that_ends_is_answered(asking: AskDialog, work: Any, qtbot: QtBot) -> None:
    doing, on = work
    heard: list[str] = []
    asking.write(doing, heard.append)
    on.set()
    qtbot.waitUntil(lambda: heard == ["done"])
    assert not asking.bar.isVisible() and asking.cancel_button.isEnabled()


def test_what_is_refused_is_said(asking: AskDialog, qtbot: QtBot) -> None:
    def refused(_progress: Progress) -> None:
        raise UserError("This cannot be.")

    asking.write(refused, lambda _result: asking.accept())
    qtbot.waitUntil(asking.problem.isVisible)
    assert asking.problem.text() == "This cannot be." and asking.isVisible()
