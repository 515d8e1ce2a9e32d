"""Work is done away from the window and its answer arrives in the GUI thread, if anybody still wants it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from crm_desktop.errors import UserError
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.gui.jobs import Job, JobRunner, Runner
from crm_desktop.services.progress import Cancelled, Progress

from .conftest import destroy
from .immediate import ImmediateRunner


class Listener(QObject):
    """Somebody who waits for answers."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[QThread] = []

    def hear(self, result: object) -> None:
        """Note the answer and where it arrived."""
        self.heard.append(result)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def runner(errors: ErrorReporter) -> Iterator[JobRunner]:
    """Real threads."""
    made = JobRunner(errors)
    yield made
    made.stop()
    made.wait_idle(5)


@pytest.fixture(params=["threads", "immediate"])
def either(request: pytest.FixtureRequest, errors: ErrorReporter) -> Iterator[Runner]:
    """Both runners behave alike."""
    made: Runner = JobRunner(errors) if request.param == "threads" else ImmediateRunner(errors)
    yield made
    made.stop()
    made.wait_idle(5)


def test_answer_arrives(either: Runner) -> None:
    listener = Listener()
    either.read(lambda _: 42, listener.hear)
    either.write(lambda _: "kept", listener.hear)
    assert either.wait_idle()
    assert sorted(map(str, listener.heard)) == ["42", "kept"]


def test_patient_work_waits_for_the_window(runner: JobRunner) -> None:
    listener, begun = Listener(), threading.Event()
    runner.read(lambda _: begun.set(), listener.hear, patient=True)
    runner.read(lambda _: "at once", listener.hear)
    assert runner.busy
    assert not begun.wait(0.05)  # the window was not asked yet whether it has something to do
    assert runner.wait_idle()
    assert listener.heard == ["at once", None]


def test_answer_arrives_in_the_gui_thread(runner: JobRunner) -> None:
    listener = Listener()
    worked: list[str] = []
    runner.read(lambda _: worked.append(threading.current_thread().name), listener.hear)
    assert runner.wait_idle()
    assert worked[0].startswith("reader")
    assert listener.threads == [QCoreApplication.instance().thread()]  # type: ignore[union-attr]


def test_writes_keep_their_order(runner: JobRunner) -> None:
    order: list[int] = []
    listener = Listener()
    for number in range(20):
        runner.write(lambda _, n=number: order.append(n), listener.hear)  # type: ignore[misc]
    assert runner.wait_idle()
    assert order == list(range(20))
    assert len(listener.heard) == 20


def test_one_thread_writes_while_others_read(runner: JobRunner) -> None:
    gate = threading.Event()
    listener = Listener()
    runner.write(lambda _: gate.wait(5), lambda _: listener.hear("written"))
    runner.read(lambda _: "read", listener.hear)
    while not listener.heard:
        QCoreApplication.processEvents()
    assert listener.heard == ["read"]
    gate.set()
    assert runner.wait_idle()
    assert listener.heard == ["read", "written"]


def test_cancelled_read_is_dropped(runner: JobRunner) -> None:
    gate = threading.Event()
    listener = Listener()
    job = runner.read(lambda _: gate.wait(5), listener.hear, listener.hear)
    job.cancel()
    gate.set()
    assert runner.wait_idle()
    assert listener.heard == []


def test_answer_for_somebody_gone_is_dropped(runner: JobRunner) -> None:
    gate = threading.Event()
    listener = Listener()
    heard = listener.heard
    runner.read(lambda _: gate.wait(5), listener.hear)
    destroy(listener)
    gate.set()
    assert runner.wait_idle()
    assert heard == []


def test_owner_may_be_named(runner: JobRunner) -> None:
    gate = threading.Event()
    owner = QObject()
    heard: list[object] = []
    runner.read(lambda _: gate.wait(5), lambda result: heard.append(result), owner=owner)
    destroy(owner)
    gate.set()
    assert runner.wait_idle()
    assert heard == []


def test_what_was_written_is_announced_though_nobody_waits(runner: JobRunner) -> None:
    listener, announced = Listener(), Listener()
    runner.written.connect(announced.hear)
    gate = threading.Event()
    runner.write(lambda _: gate.wait(5) and "change", listener.hear)
    destroy(listener)
    gate.set()
    assert runner.wait_idle()
    assert announced.heard == ["change"]


def test_late_cancel_of_a_write_still_tells_what_was_kept(either: Runner) -> None:
    listener = Listener()

    def work(progress: Progress) -> str:
        progress.cancel()
        return "kept"

    either.write(work, listener.hear)
    assert either.wait_idle()
    assert listener.heard == ["kept"]


def test_cancelled_write_ends_in_failed(either: Runner, errors: ErrorReporter, qtbot: QtBot) -> None:
    listener, failed = Listener(), Listener()

    def work(progress: Progress) -> str:
        progress.cancel()
        progress.report(1, 10)
        return "never"

    with qtbot.assertNotEmitted(errors.crashed, wait=50):
        either.write(work, listener.hear, failed.hear, "Importing")
        assert either.wait_idle()
    assert listener.heard == []
    assert isinstance(failed.heard[0], Cancelled)


def test_explained_error_goes_to_the_page(either: Runner, errors: ErrorReporter, qtbot: QtBot) -> None:
    failed = Listener()

    def work(_: Progress) -> None:
        raise UserError("Needs a name.")

    with qtbot.assertNotEmitted(errors.problem, wait=50):
        either.write(work, failed.hear, failed.hear)
        assert either.wait_idle()
    assert [str(error) for error in failed.heard] == ["Needs a name."]


def test_explained_error_nobody_takes_becomes_a_sentence(either: Runner, errors: ErrorReporter, qtbot: QtBot) -> None:
    def work(_: Progress) -> None:
        raise UserError("The disk is full.")

    with qtbot.waitSignal(errors.problem) as shown:
        either.read(work, lambda _: None)
    assert shown.args == ["The disk is full."]
    assert either.wait_idle()


def test_a_write_refused_after_its_page_is_gone_is_told_by_the_window(
    runner: JobRunner, errors: ErrorReporter, qtbot: QtBot
) -> None:
    listener, gate = Listener(), threading.Event()
    heard = listener.heard

    def work(_: Progress) -> None:
        gate.wait(5)
        raise UserError("Needs a name.")

    runner.write(work, lambda _: None, listener.hear)
    destroy(listener)
    with qtbot.waitSignal(errors.problem) as shown:
        gate.set()
    assert runner.wait_idle()
    assert (shown.args, heard) == (["Needs a name."], [])


def test_bug_reaches_the_crash_dialog_and_the_page(either: Runner, errors: ErrorReporter, qtbot: QtBot) -> None:
    failed = Listener()

    def work(_: Progress) -> None:
        raise KeyError("oops")

    with qtbot.waitSignal(errors.crashed) as shown:
        either.read(work, lambda _: None, failed.hear)
    assert either.wait_idle()
    assert "KeyError" in shown.args[0]
    assert isinstance(failed.heard[0], KeyError)


def test_progress_is_told_in_the_gui_thread(runner: JobRunner) -> None:
    steps: list[tuple[int, int, str]] = []
    threads: list[QThread] = []

    def told(job: Job) -> None:
        steps.append((job.progress.step, job.progress.total, job.progress.message))
        threads.append(QThread.currentThread())

    runner.progressed.connect(told)
    runner.write(lambda progress: progress.report(3, 10, "Importing"), lambda _: None)
    assert runner.wait_idle()
    assert steps == [(3, 10, "Importing")]
    assert threads == [runner.thread()]


def test_busy_is_told_once_each_way(runner: JobRunner) -> None:
    told: list[bool] = []
    runner.busy_changed.connect(told.append)
    for _ in range(3):
        runner.read(lambda _: None, lambda _: None)
    assert runner.wait_idle()
    assert told == [True, False]


def test_stopping_finishes_what_is_written(errors: ErrorReporter) -> None:
    runner = JobRunner(errors)
    done: list[int] = []
    for number in range(5):
        runner.write(lambda _, n=number: done.append(n), lambda _: None)  # type: ignore[misc]
    runner.stop()
    assert done == [0, 1, 2, 3, 4]


def test_error_of_a_listener_does_not_stop_the_runner(errors: ErrorReporter) -> None:
    runner = ImmediateRunner(errors)

    def bad(_: object) -> None:
        raise RuntimeError("bug in a page")

    with pytest.raises(RuntimeError):
        runner.read(lambda _: 1, bad)
    assert not runner.busy
