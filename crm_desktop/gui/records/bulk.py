"""What can be done with all ticked rows at once: each is one step that one Undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.filter import Ordered, picked
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.exporting import export_records
from crm_desktop.gui.records.name_popover import NamePopover
from crm_desktop.gui.widgets.buttons import Button

if TYPE_CHECKING:
    from crm_desktop.gui.records.page import RecordsPage
    from crm_desktop.gui.widgets.bulk_bar import BulkBar


class BulkActions(QObject):
    """The buttons of the bulk bar. Without ticks the keys work on the current row."""

    def __init__(self, page: RecordsPage, bar: BulkBar) -> None:
        super().__init__(page)
        self._page = page
        self._bar = bar
        self._writing: list[Button] = []
        self._status = self._button(self.tr("Set status"), "circle-check", "set_status", "S", self.ask_status)
        self._button(self.tr("Tag"), "tag", "tag", "", self.ask_tag)
        self._export = bar.add(self.tr("Export"), "download")
        self._export.setToolTip(self.tr("Export the selected rows"))
        self._export.clicked.connect(self.export)
        self._button(self.tr("Delete"), "trash-2", "delete", "Del", self.delete)
        bar.cleared.connect(lambda: page.records.tick_all(False))

    def _button(self, words: str, glyph: str, name: str, key: str, run: Callable[[], object]) -> Button:
        page = self._page
        command = Command(
            page.command_id(name), words, run, key, glyph, self._can_write, Scope.VIEW, group=page.group
        )
        action = page.add_command(command, page.body)
        button = self._bar.add(words, glyph)
        button.follow(action)
        self._writing.append(button)
        return button

    def _can_write(self) -> bool:
        page = self._page
        return page.table.current_row >= 0 and page.services.catalogue.kind(page.listing.kind).writable

    def allow(self, writable: bool) -> None:
        """Derived lists, such as customers, can be looked at and not written."""
        for button in self._writing:
            button.setVisible(writable)
        self._status.setVisible(writable and bool(self._states()))

    def ids(self) -> Callable[[], Sequence[int]]:
        """The ticked records, else the current one; to be called where the work is done, since they may be many."""
        records = self._page.records
        if not records.ticked_count:
            current = self._page.table.current_id
            return lambda: [current]
        return partial(records.ticks.chosen, records.ids)

    def _states(self) -> Sequence[str]:
        field = self._page.services.catalogue.kind(self._page.listing.kind).fields.get("lifecycle")
        return field.choices if field is not None else ()

    def ask_status(self) -> None:
        """Choose the state that all of them get."""
        if not self._states():
            return
        page = self._page
        menu = QMenu(page)
        for code in self._states():
            words = page.services.labels.choice(page.listing.kind, "lifecycle", code)
            menu.addAction(words, partial(self.set, {"lifecycle": code}))
        anchor = self._status if self._bar.isVisible() else page.table
        menu.popup(anchor.mapToGlobal(QPoint(0, -menu.sizeHint().height() if anchor is self._status else 0)))

    def set(self, values: dict[str, Any]) -> None:
        """Give all of them these values."""
        page, kind, ids = self._page, self._page.listing.kind, self.ids()
        page.write(lambda: page.services.records.set(kind, ids(), values))

    def ask_tag(self) -> None:
        """Ask for the tag that all of them get."""
        popover = NamePopover(self._page.theme, self._page, self.tr("Add a tag"), "")
        popover.named.connect(self.tag)
        popover.open_at(self._page.filter_bar.add_chip)

    def tag(self, name: str) -> None:
        """Give all of them a tag beside those they have."""
        page, kind, ids = self._page, self._page.listing.kind, self.ids()
        page.write(lambda: page.services.records.tag(kind, ids(), name))

    def export(self) -> None:
        """Write the ticked records into a file, with the fields that are shown."""
        page, kind, ids, order = self._page, self._page.listing.kind, self.ids(), self._page.records.sort_by
        export_records(page.context, page, kind, lambda: Ordered(picked(kind, ids()), order), page.shown_fields)

    def delete(self) -> None:
        """Move all of them to the bin."""
        page, kind, ids = self._page, self._page.listing.kind, self.ids()
        page.write(lambda: page.services.records.delete(kind, ids()))
