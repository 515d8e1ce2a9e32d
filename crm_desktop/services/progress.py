"""How long work tells the person waiting how far it is, and learns that they no longer want it."""

from collections.abc import Callable


class Cancelled(Exception):
    """The person asked to stop; whoever catches it has undone what was begun."""

    def __str__(self) -> str:
        return "Cancelled. Nothing was changed."


class Progress:
    """Handed to every piece of work; its listener hears each step, on the thread that does the work."""

    def __init__(self, listener: Callable[["Progress"], object] | None = None) -> None:
        self.step = 0
        self.total = 0
        self.message = ""
        self._listener = listener
        self._cancelled = False

    def listen(self, listener: Callable[["Progress"], object]) -> None:
        """Let this one hear each step from now on."""
        self._listener = listener

    def report(self, step: int, total: int, message: str = "") -> None:
        """Say that `step` of `total` parts are done; raises `Cancelled` when nobody waits any more."""
        self.check_cancelled()
        self.step, self.total = step, total
        self.message = message or self.message
        if self._listener is not None:
            self._listener(self)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; safe from any thread."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled

    def check_cancelled(self) -> None:
        """Raise `Cancelled` when somebody asked to stop."""
        if self._cancelled:
            raise Cancelled


class Steps:
    """Counts the parts of work as they are done, of `total`, and tells so. It is called with how many more are."""

    def __init__(self, progress: Progress | None, total: int, checkpoint: Callable[[], object]) -> None:
        self._progress = progress or Progress()
        self._total = total
        self._checkpoint = checkpoint
        self._done = 0

    def __call__(self, count: int) -> None:
        """So many more are done; raises `Cancelled` when nobody waits any more."""
        self._checkpoint()
        self._done += count
        self._progress.report(self._done, self._total)
