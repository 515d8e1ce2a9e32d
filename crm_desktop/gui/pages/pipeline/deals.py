"""What can be done with one deal: each asks for what it needs, writes, and offers to take it back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.change import Added, Change
from crm_desktop.domain.filter import Ref
from crm_desktop.domain.terms import LostReason
from crm_desktop.gui import format
from crm_desktop.gui.deeds import Deed, describe
from crm_desktop.gui.pages.pipeline.asking import Asking, LostDialog, SnoozeDialog, WonDialog
from crm_desktop.gui.pages.pipeline.deal_dialog import DealDialog, typed
from crm_desktop.gui.records.writing_page import WritingPage
from crm_desktop.services.records import Record

_USED = 20


class Deals(QObject):
    """What is done with deals.

    `added` carries the id of a new deal, `opened` that of one which the user looks at, `left` a person whom its dialog
    led to.
    """

    added = Signal(object)
    opened = Signal(object)
    left = Signal(object)

    def __init__(self, page: WritingPage) -> None:
        super().__init__(page)
        self._context = page.context
        self._services = page.context.services
        self._page = page
        self.asking: Asking | None = None

    # asking

    def win(self, deal: int) -> None:
        """Ask for amount and day."""
        self._look(deal, self._ask_win)

    def lose(self, deal: int) -> None:
        """Ask for the reason, offering those used before."""
        read = self._services.lists.values_in_use
        self._context.jobs.read(
            lambda _progress: (self._show(deal), read("deal", "lost_reason", _USED)), self._ask_lose,
            self._page.tell_refused, self,
        )  # fmt: skip

    def snooze(self, deal: int) -> None:
        """Ask for a day."""
        self._look(deal, self._ask_snooze)

    def wake(self, deal: int) -> None:
        """Bring a snoozed deal back."""
        self._write(partial(self._services.pipeline.snooze, deal, None))

    def open(self, deal: int) -> None:
        """Show a deal to look at and change."""
        self.opened.emit(deal)
        self._look(deal, self._edit)

    def move(self, deal: int, stage: int) -> None:
        """Put a deal at the end of a stage."""
        self._write(partial(self._services.pipeline.move, deal, stage))

    def delete(self, deal: int) -> None:
        """Put a deal in the bin."""
        self._write(partial(self._services.records.delete, "deal", [deal]))

    def follow_up(self, deal: int) -> None:
        """Ask for the next step."""
        self._look(deal, self._ask_follow_up)

    def new(self, stage: int | None, pipeline: int | None) -> None:
        """Ask for a new deal, in a stage of a pipeline."""
        dialog = DealDialog(self._context, self._page)
        dialog.fill_new(stage, pipeline)
        dialog.answered.connect(self._add)
        self._open(dialog)

    def _look(self, deal: int, done: Callable[[Record], None]) -> None:
        self._context.jobs.read(lambda _progress: self._show(deal), done, self._page.tell_refused, self)

    def _show(self, deal: int) -> Record:
        record: Record = self._services.records.show("deal", deal)
        return record

    def _ask_win(self, record: Record) -> None:
        dialog = WonDialog(self._context.theme, self._parse, self._page)
        dialog.fill(
            _title(record), typed(self._services, "amount", record.values["amount"]),
            typed(self._services, "closed_on", self._today()),
        )
        dialog.answered.connect(partial(self._win, record.id))
        self._open(dialog)

    def _win(self, deal: int, read: dict[str, Any]) -> None:
        self._write(partial(self._services.pipeline.won, deal, read["amount"], read["closed_on"]))

    def _ask_lose(self, found: tuple[Record, list[str]]) -> None:
        record, used = found
        dialog = LostDialog(self._context.theme, self._parse, self._page)
        name = self._services.labels.choice
        codes = dict.fromkeys([*(reason.value for reason in LostReason), *used])
        dialog.fill(_title(record), [(code, name("deal", "lost_reason", code)) for code in codes])
        dialog.answered.connect(partial(self._lose, record.id))
        self._open(dialog)

    def _lose(self, deal: int, read: dict[str, Any]) -> None:
        self._write(partial(self._services.pipeline.lost, deal, read["lost_reason"], read["lost_note"]))

    def _ask_snooze(self, record: Record) -> None:
        dialog = SnoozeDialog(self._context.theme, self._parse, self._page)
        dialog.fill(_title(record), self._today(), partial(typed, self._services, "snoozed_until"))
        dialog.answered.connect(partial(self._snooze, record.id))
        self._open(dialog)

    def _snooze(self, deal: int, read: dict[str, Any]) -> None:
        until = read["snoozed_until"]
        self._write(partial(self._services.pipeline.snooze, deal, until), format.day(until, self._today()))

    def _ask_follow_up(self, record: Record) -> None:
        self._page.form.follow_up(self._page.tell_written, {"deal": Ref(record.id, record.title)})

    def _edit(self, record: Record) -> None:
        dialog = DealDialog(self._context, self._page)
        dialog.fill(record)
        dialog.answered.connect(partial(self._set, record))
        dialog.left.connect(self.left)
        self._open(dialog)

    def _set(self, record: Record, read: dict[str, Any]) -> None:
        """Keep what is different; a stage is moved to, so that it is dated."""
        values = {name: value for name, value in read.items() if value != record.values.get(name)}
        stage = values.pop("stage", None)
        if values:
            self._write(partial(self._services.records.set, "deal", [record.id], values))
        if stage is not None:
            self._write(partial(self._services.pipeline.move, record.id, stage.id), stage.name)

    def _add(self, read: dict[str, Any]) -> None:
        values = {name: value for name, value in read.items() if value not in (None, "")}
        add = self._services.records.add
        self._context.jobs.write(lambda _progress: add("deal", values), self._added, self._page.tell_refused)

    def _added(self, added: Added) -> None:
        self.tell(added.change)
        self.added.emit(added.id)

    # writing

    def tell(self, change: Change, to: str = "") -> None:
        """Say what was done, and to where, with the way to take it back."""
        self._page.tell_written(describe(Deed.of(change, to), self._services.labels.kind), change)

    def _write(self, work: Callable[[], Change], to: str = "") -> None:
        def told(change: Change) -> None:
            self.tell(change, to)

        self._context.jobs.write(lambda _progress: work(), told, self._page.tell_refused)

    def _open(self, dialog: Asking) -> None:
        self.asking = dialog
        dialog.finished.connect(self._close)
        dialog.open()

    def _close(self) -> None:
        self.asking = None

    def _parse(self, name: str, text: str) -> Any:
        return self._services.records.parse("deal", name, text)

    def _today(self) -> Any:
        return self._context.clock.today()


def _title(record: Record) -> str:
    owner = record.values.get("company") or record.values.get("person")
    return owner.name if owner else record.title
