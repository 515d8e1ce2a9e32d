"""Work away from the window: one thread that writes, two that read, and answers in the GUI thread.

A work function takes a `Progress` and knows no Qt. `done` and `failed` are called in the GUI thread,
unless the job was cancelled or its owner is gone.
"""

import queue
import sys
import threading
import time
from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from crm_desktop.errors import CrmError
from crm_desktop.gui.errors import ErrorReporter
from crm_desktop.services.progress import Cancelled, Progress

T = TypeVar("T")
Work = Callable[[Progress], T]
Failed = Callable[[Exception], object]
READERS = 2
TURN = 0.0005
"""Seconds a thread may keep the interpreter while the window waits for it. Painting lets go of it at every call of
Qt: with the usual turns of 5 ms a page painted while a long list is read stands still for half a second."""


def _owner_of(*listeners: Callable[..., object] | None) -> QObject | None:
    """Who must still live to hear the answer: the object whose method listens."""
    for listener in listeners:
        while isinstance(listener, partial):
            listener = listener.func
        owner = getattr(listener, "__self__", None)
        if isinstance(owner, QObject):
            return owner
    return None


class Job:
    """One piece of work under way."""

    def __init__(self, work: Work[Any], done: Callable[[Any], object], failed: Failed | None) -> None:
        self.work = work
        self.done = done
        self.failed = failed
        self.owner: QObject | None = None
        self.writes = False
        self.patient = False
        self.title = ""
        self.progress = Progress()
        self.started = time.monotonic()

    def cancel(self) -> None:
        """Ask the work to stop, and hear nothing more of it."""
        self.progress.cancel()

    @property
    def wanted(self) -> bool:
        """Whether somebody still waits for the answer. What was written is told even after a late cancel."""
        if self.owner is not None and not isValid(self.owner):
            return False
        return self.writes or not self.progress.cancelled


class Runner(QObject):
    """What pages see of the threads. `busy_changed` tells whether anything is under way."""

    busy_changed = Signal(bool)
    progressed = Signal(object)  # the Job
    written = Signal(object)  # result of a write that was kept, before `done` hears of it

    def __init__(self, errors: ErrorReporter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errors = errors
        self.running: list[Job] = []

    def read(
        self,
        work: Work[T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
        patient: bool = False,
    ) -> Job:
        """Look something up. The answer goes to `done`; a job whose owner is destroyed is dropped.

        A `patient` one begins when the window has nothing left to paint: two threads slow each other.
        """
        job = self._job(work, done, failed, owner)
        job.patient = patient
        return self._begin(job)

    def write(
        self,
        work: Work[T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        title: str = "",
    ) -> Job:
        """Change records, after all writes begun before. `title` is shown while it takes long.

        Cancelled, it ends in `failed(Cancelled())`: nothing was changed.
        """
        job = self._job(work, done, failed, None)
        job.title, job.writes = title, True
        return self._begin(job)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self.running)

    def wait_idle(self, seconds: float = 30) -> bool:
        """Work through events until nothing is under way; for pictures, tests and the end of the program."""
        until = time.monotonic() + seconds
        while self.busy and time.monotonic() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.001)
        return not self.busy

    @abstractmethod
    def stop(self) -> None:
        """End the threads; what is being written is finished first."""

    @abstractmethod
    def _start(self, job: Job) -> None:
        """Let the work be done."""

    def _job(
        self, work: Work[T], done: Callable[[T], object], failed: Failed | None, owner: QObject | None
    ) -> Job:
        job = Job(work, done, failed)
        job.owner = owner if owner is not None else _owner_of(done, failed)
        return job

    def _begin(self, job: Job) -> Job:
        self.running.append(job)
        if len(self.running) == 1:
            self.busy_changed.emit(True)
        self._start(job)
        return job

    def _finish(self, job: Job, result: Any, error: Exception | None) -> None:
        self.running.remove(job)
        try:
            if error is not None:
                self._fail(job, error)
                return
            if job.writes:
                self.written.emit(result)
            if job.wanted:
                job.done(result)
        finally:
            if not self.running:
                self.busy_changed.emit(False)

    def _fail(self, job: Job, error: Exception) -> None:
        if job.failed is not None and job.wanted:
            job.failed(error)
        # What a page cannot explain is our bug and reaches the crash dialog even if the page heard of it; what was not
        # written is told by the window where the page is gone.
        explained = isinstance(error, CrmError) and job.failed is not None and (job.wanted or not job.writes)
        if not explained and not isinstance(error, Cancelled):
            self._errors.report(error)


class Latest:
    """Reads for one place of the window: only the last one asked for is answered."""

    def __init__(self, jobs: Runner, owner: QObject) -> None:
        self._jobs = jobs
        self._owner = owner
        self._job: Job | None = None

    def read(
        self, work: Work[T], done: Callable[[T], object], failed: Failed | None = None, patient: bool = False
    ) -> None:
        """Look something up, and forget what was asked before."""
        self.forget()
        self._job = self._jobs.read(work, done, failed, self._owner, patient)

    def forget(self) -> None:
        """Nothing that was asked is answered any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def asked(self, job: Job) -> bool:
        """Whether this is what was asked for last."""
        return job is self._job

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None and self._job in self._jobs.running


class JobRunner(Runner):
    """The threads of the running program."""

    _posted = Signal(object)

    def __init__(self, errors: ErrorReporter, parent: QObject | None = None) -> None:
        super().__init__(errors, parent)
        sys.setswitchinterval(TURN)
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._writes: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[tuple[threading.Thread, queue.SimpleQueue[Job | None]]] = []

    def stop(self) -> None:
        for job in self.running:
            if not job.writes:
                job.cancel()
        for _, jobs in self._threads:
            jobs.put(None)
        for thread, _ in self._threads:
            thread.join()

    def _staff(self, jobs: "queue.SimpleQueue[Job | None]", most: int, name: str) -> None:
        """Starts a thread more where there is work for one: starting them all at once held up the first page."""
        number = sum(1 for _, served in self._threads if served is jobs)
        if number < most:
            thread = threading.Thread(target=self._serve, args=(jobs,), name=f"{name} {number + 1}", daemon=True)
            self._threads.append((thread, jobs))
            thread.start()

    def _serve(self, jobs: "queue.SimpleQueue[Job | None]") -> None:
        while (job := jobs.get()) is not None:
            result, error = self._perform(job)
            self._posted.emit((self._finish, (job, result, error)))

    def _perform(self, job: Job) -> tuple[Any, Exception | None]:
        job.progress.listen(lambda _progress: self._posted.emit((self.progressed.emit, (job,))))
        try:
            job.progress.check_cancelled()
            return job.work(job.progress), None
        except Exception as error:
            return None, error

    def _start(self, job: Job) -> None:
        jobs = self._writes if job.writes else self._reads
        self._staff(jobs, 1, "writer") if job.writes else self._staff(jobs, READERS, "reader")
        put = partial(jobs.put, job)
        QTimer.singleShot(0, put) if job.patient else put()

    def _deliver(self, call: tuple[Callable[..., None], tuple[Any, ...]]) -> None:
        function, arguments = call
        function(*arguments)
