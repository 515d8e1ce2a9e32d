"""What is done with the customer who is shown, and with the chosen line of the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crm_desktop.domain.change import Added
from crm_desktop.domain.filter import Ref
from crm_desktop.errors import UserError
from crm_desktop.gui.pages.customer_360 import log_line
from crm_desktop.services.timeline import Moment

if TYPE_CHECKING:
    from crm_desktop.gui.pages.customer_360.page import Customer360Page


class Deeds(QObject):
    """Asks for what each needs, and writes."""

    def __init__(self, page: Customer360Page) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        page.left.edited.connect(self._keep)
        page.timeline.logged.connect(self._log)

    def new_deal(self) -> None:
        """Ask for a deal with this customer."""
        fields = ("name", "amount", "stage", "expected_close")
        self._page.form.ask("deal", fields, self._page.tell_written, self._owner())

    def follow_up(self) -> None:
        """Ask for the next step with this customer."""
        self._page.form.follow_up(self._page.tell_written, self._owner())

    def on(self, kind: str) -> bool:
        """Whether a line of this kind is chosen."""
        return self._line is not None and self._line.kind == kind

    def pin(self) -> None:
        """Keep the chosen line at the top, or let it go."""
        line = self._line
        if line is not None:
            timeline = self._context.services.timeline
            self._page.write(lambda: timeline.pin(line.id, pinned=not line.pinned))

    def finish(self) -> None:
        """Mark the chosen task as done, or as still to do."""
        line = self._line
        if line is not None:
            done = self._context.clock.now() if line.open else None
            records = self._context.services.records
            words = self.tr("%1 done") if line.open else self.tr("%1 to do again")
            self._page.write(lambda: records.set("task", [line.id], {"done_at": done}), words.replace("%1", line.title))

    @property
    def _line(self) -> Moment | None:
        return self._page.timeline.view.current

    def _owner(self) -> dict[str, Any]:
        """The customer, as the field that names it in what is added."""
        if self._page.answer is None:
            return {}
        record = self._page.answer.record
        return {record.kind: Ref(record.id, str(record.values.get("name") or record.title))}

    def _log(self, text: str) -> None:
        services, clock = self._context.services, self._context.clock
        logged, records = log_line.read(text, services.values.past), services.records
        now = clock.now() if logged.day in (None, clock.today()) else None
        values = {"type": logged.type.value, "subject": logged.subject, "note": logged.note,
                  "happened_on": logged.day, "happened_at": now} | self._owner()  # fmt: skip
        given = {name: value for name, value in values.items() if value}

        def kept(added: Added) -> None:
            self._page.timeline.log_edit.setText("")  # unlike clear(), leaves nothing for Ctrl+Z to bring back
            kind = str(self._context.services.labels.choice("activity", "type", logged.type.value))
            self._page.tell_written(self.tr("%1 logged").replace("%1", kind), added)

        self._context.jobs.write(lambda _progress: records.add("activity", given), kept, self._page.tell_refused)

    def _keep(self, name: str, value: Any) -> None:
        if self._page.target is None:
            return
        kind, record = target = self._page.target
        records = self._context.services.records

        def refused(error: Exception) -> None:
            here = isinstance(error, UserError) and self._page.target == target
            if not (here and self._page.left.details.refuse(name, value, str(error))):
                self._page.take_back(error)

        self._context.jobs.write(
            lambda _progress: records.set(kind, [record], {name: value}), lambda _change: None, refused
        )
