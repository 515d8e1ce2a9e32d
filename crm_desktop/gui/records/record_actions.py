"""What can be done with the current record, wherever in list or panel the focus is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from crm_desktop.domain.filter import Ref
from crm_desktop.gui.actions import Command, Scope

if TYPE_CHECKING:
    from crm_desktop.gui.records.page import RecordsPage


class RecordActions(QObject):
    """Logging, follow-ups and mail."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        self._add("log", self.tr("Log"), self.log, "L", "notebook-pen")
        self._add("follow_up", self.tr("Follow-up"), self.follow_up, "F", "bell-plus")
        self._add("email", self.tr("Email"), self.write_email, "E", "mail")

    def _add(self, name: str, text: str, run: Callable[[], object], key: str, icon: str) -> None:
        page = self._page

        def has_row() -> bool:
            return page.table.current_row >= 0

        command = Command(page.command_id(name), text, run, key, icon, has_row, Scope.VIEW, page.all_words())
        page.add_command(command, page.body)

    def log(self) -> None:
        """Ask what happened with the current record."""
        today = self._page.context.clock.today()
        fields = ("type", "subject", "note", "outcome", "happened_on")
        self._ask("activity", fields, {"type": "call", "happened_on": today})

    def follow_up(self) -> None:
        """Ask for the next step with the current record."""
        today = self._page.context.clock.today()
        self._ask("task", ("title", "type", "due_on", "note"), {"type": "call", "due_on": today})

    def _ask(self, kind: str, fields: Sequence[str], preset: dict[str, Any]) -> None:
        page = self._page
        record = page.table.current_id
        values = page.records.values_at(page.table.current_row) or {}
        owner = {page.record_kind(record): Ref(record, str(values.get("name") or ""))}
        page.form.ask(kind, fields, lambda words, added: page.tell_change(words, added.change), owner | preset)

    def write_email(self) -> None:
        """Open the mail program with the address of the current record."""
        page = self._page
        record = page.table.current_id
        kind = page.record_kind(record)
        rows = page.services.lists.rows
        page.context.jobs.read(lambda _progress: rows(kind, [record], ["email"]), self._open_mail, page.tell_refused)

    def _open_mail(self, rows: list[tuple[Any, ...]]) -> None:
        addresses = rows[0][1] if rows else ()
        if addresses:
            QDesktopServices.openUrl(QUrl(f"mailto:{addresses[0]}"))
        else:
            self._page.say(self.tr("There is no email address here yet."), kind="info")
