"""The current record: the panel follows it, and keys go from one to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.pages.page import RecordTarget

if TYPE_CHECKING:
    from crm_desktop.gui.records.page import RecordsPage

FOLLOW_AFTER = 120  # milliseconds on a row before the panel shows it
_ICONS = {"previous": "chevron-up", "next": "chevron-down"}


class ChosenRecord(QObject):
    """Keeps the panel at the current row of the list."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        self._follow = QTimer(self, interval=FOLLOW_AFTER, singleShot=True)
        self._follow.timeout.connect(self.show)
        page.table.current_changed.connect(self._changed)
        page.panel.closed.connect(self._close)
        page.body.uncovered.connect(self._follow.start)
        for name, words, key, step in (
            ("previous", self.tr("Previous record"), "Alt+Up", -1), ("next", self.tr("Next record"), "Alt+Down", 1),
        ):  # fmt: skip
            command = Command(page.command_id(name), words, partial(self.step, step), key, _ICONS[name], self._has_row,
                              Scope.VIEW, page.group)  # fmt: skip
            page.add_command(command, page.body)

    def show(self) -> None:
        """Show it in the panel, if the panel can be seen."""
        page = self._page
        record = page.table.current_id
        if page.panel.open_editor is not None and record == page.panel.record:
            return
        if page.panel.isVisible() or not page.body.overlaid:
            page.panel.show_record(page.record_kind(record) if record >= 0 else "", record)

    def _close(self) -> None:
        self._page.body.show_panel(False)
        self._page.table.setFocus()

    def open(self) -> None:
        """Show it in the panel and go there."""
        page = self._page
        page.body.show_panel(True)
        self.show()
        page.panel.take_focus()
        record = page.table.current_id
        page.visited.emit(RecordTarget(page.record_kind(record), record))

    def step(self, by: int) -> None:
        """Go to the record below or above, in the panel too if the keys are there."""
        table, panel = self._page.table, self._page.panel
        row = table.current_row + by
        if not 0 <= row < table.records.rowCount():
            return
        in_panel = panel.isAncestorOf(QApplication.focusWidget() or table)
        table.setCurrentIndex(table.records.index(row, table.current_column))
        if in_panel:
            self.show()
            panel.take_focus()

    def toggle_panel(self) -> None:
        """Show or hide the panel."""
        page = self._page
        page.body.show_panel(not page.panel.isVisible())
        self.show()

    def _has_row(self) -> bool:
        return self._page.table.current_row >= 0

    def _changed(self, _record: int) -> None:
        self._follow.start()
        self._page.refresh_actions()
