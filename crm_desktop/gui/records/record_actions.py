"""What can be done with the current record, wherever in list or panel the focus is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.domain.filter import Ref
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.services.progress import Progress

if TYPE_CHECKING:
    from crm_desktop.domain.change import Added
    from crm_desktop.domain.contact import ContactPoint
    from crm_desktop.gui.records.page import RecordsPage


class RecordActions(QObject):
    """Calls, mail, logging and follow-ups."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        self._add("call", self.tr("Call"), self.call, "C", "phone")
        self._add("log", self.tr("Log"), self.log, "L", "notebook-pen")
        self._add("follow_up", self.tr("Follow-up"), self.follow_up, "F", "bell-plus")
        self._add("email", self.tr("Email"), self.write_email, "E", "mail")
        self._add("history", self.tr("History of this record"), self.show_history, "H", "history")

    def _add(self, name: str, text: str, run: Callable[[], object], key: str, icon: str) -> None:
        page = self._page

        def has_row() -> bool:
            return page.table.current_row >= 0

        command = Command(page.command_id(name), text, run, key, icon, has_row, Scope.VIEW, page.group)
        page.add_command(command, page.body)

    def log(self) -> None:
        """Ask what happened with the current record."""
        self._page.form.log(self._told, self._owner())

    def follow_up(self) -> None:
        """Ask for the next step with the current record."""
        self._page.form.follow_up(self._told, self._owner())

    def _owner(self) -> dict[str, Ref]:
        page = self._page
        record, values = page.table.current_id, page.records.values_at(page.table.current_row) or {}
        return {page.record_kind(record): Ref(record, str(values.get("name") or ""))}

    def _told(self, words: str, added: Added) -> None:
        self._page.tell_change(words, added.change)

    def show_history(self) -> None:
        """Open the history of the current record."""
        page, record = self._page, self._page.table.current_id
        page.go("history", (page.record_kind(record), record))

    def call(self) -> None:
        """Hand the first phone number that may be used to the program that calls."""
        self._reach("phone", "tel", self.tr("There is no phone number here yet."))

    def write_email(self) -> None:
        """Open the mail program with the first address that may be used."""
        self._reach("email", "mailto", self.tr("There is no email address here yet."))

    def _reach(self, way: str, scheme: str, nothing: str) -> None:
        page = self._page
        record = page.table.current_id
        kind, points = page.record_kind(record), page.services.contact_points

        def look_up(_progress: Progress) -> tuple[ContactPoint | None, int]:
            found: tuple[ContactPoint | None, int] = points.usable(kind, record, way)
            return found

        def reach(found: tuple[ContactPoint | None, int]) -> None:
            point, barred = found
            if point is not None:
                from PySide6.QtCore import QUrl
                from PySide6.QtGui import QDesktopServices

                QDesktopServices.openUrl(QUrl(f"{scheme}:{''.join(point.value.split())}"))
                self._tell_alone()
            else:
                page.say(self._barred(way) if barred else nothing, kind="info")

        page.context.jobs.read(look_up, reach, page.tell_refused, page)

    def _tell_alone(self) -> None:
        """One is called or written to at a time, also where several are ticked."""
        page = self._page
        if page.records.ticked_count:
            values = page.records.values_at(page.table.current_row) or {}
            words = self.tr("Only %1 is meant, not all that are selected.")
            page.say(words.replace("%1", str(values.get("name") or "")), kind="info")

    def _barred(self, way: str) -> str:
        if way == "phone":
            return self.tr("Every phone number here is invalid or opted out.")
        return self.tr("Every email address here is invalid or opted out.")
