"""A runner without threads."""

from crm_desktop.gui.jobs import Job, Runner


class ImmediateRunner(Runner):
    """Does everything at once in the calling thread, so that a test need not wait."""

    def stop(self) -> None:
        pass

    def _start(self, job: Job) -> None:
        job.progress.listen(lambda _progress: self.progressed.emit(job))
        try:
            result, error = job.work(job.progress), None
        except Exception as caught:
            result, error = None, caught
        self._finish(job, result, error)
