"""A page that changes records: it says what was done and offers to take it back."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.change import Change
from crm_desktop.gui.jobs import Work
from crm_desktop.gui.pages.page import Notice, Page
from crm_desktop.services.progress import Cancelled

if TYPE_CHECKING:
    from crm_desktop.gui.records.record_form import RecordForm


_NAMED = 3
"""Names that a toast lists."""


class WritingPage(Page):
    """Writes in the thread for it; every toast about a change has its Undo."""

    def write(self, work: Callable[[], Any], words: str = "") -> None:
        """Change records, then say what was done, in these words or its usual ones; what is refused is said too."""
        self.write_many(lambda _progress: work(), words)

    def write_many(self, work: Work[Any], words: str = "") -> None:
        """Change many records, as `write` does: the work tells its progress and ends when it is cancelled."""
        title = words or self.tr("Changing records")
        self.context.jobs.write(work, partial(self.tell_written, words), self.tell_refused, title)

    def tell_written(self, words: str, result: Any) -> None:
        """Say what was written, in these words or its usual ones, and what stays as somebody left it since.

        Those are records that were made and worked on, the later work itself, and fields that were changed.
        """
        change = getattr(result, "change", result)
        from crm_desktop.gui.deeds import Deed, describe
        from crm_desktop.gui.language import inside

        words = words or describe(Deed.of(change), self.context.services.labels.kind)
        labels = self.context.services.labels
        made = [f"{inside(labels.kind(each.kind))} {each.name}" for each in getattr(result, "kept", ())]
        later = [each.name for each in getattr(result, "later", ()) if each.name]
        changed = [labels.field(each.kind, each.field) for each in getattr(result, "conflicts", ())]
        stays = list(dict.fromkeys((*made, *later, *changed)))
        most = len(made) + _NAMED
        if stays:
            told = self.tr("%1. Later work stays: %2")
            words = told.replace("%1", words).replace("%2", ", ".join(stays[:most]) + " ..." * (len(stays) > most))
        self.tell_change(words, change)

    def tell_change(
        self, words: str, change: Change | None, more: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """A toast with Undo for a change; without one the words tell what went wrong. `more` is another button."""
        undo = partial(self._undo, change) if change is not None and change.action else None
        self.noticed.emit(Notice(words, undo, "bad" if change is None else "warn" if more else "ok", more))

    def tell_refused(self, error: Exception) -> None:
        """Say why nothing was changed."""
        self.say(str(error), kind="warn" if isinstance(error, Cancelled) else "bad")

    @cached_property
    def form(self) -> "RecordForm":
        """Asks for new records."""
        from crm_desktop.gui.records.record_form import RecordForm

        return RecordForm(self.context, self)

    def _undo(self, change: Change) -> None:
        history = self.context.services.history
        self.context.jobs.write(
            lambda progress: history.undo(change.action, progress), lambda _change: None, self.tell_refused,
            self.tr("Undoing"),
        )  # fmt: skip
