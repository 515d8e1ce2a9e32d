"""What can be done with a range of cells: copy, paste, fill down, empty; each a command with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.gui import format
from crm_desktop.gui.actions import Command, Scope, native_key
from crm_desktop.gui.language import inside, tr
from crm_desktop.gui.models.cells import Column, Style
from crm_desktop.gui.pages.page import Hint

if TYPE_CHECKING:
    from crm_desktop.gui.records.cell_work import CellWork
    from crm_desktop.gui.records.list_page import ListPage


class CellCommands(QObject):
    """Registers the commands of a page; the work is loaded with the first of them."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        wanted = self._can_write
        self._add("copy_cells", tr("Copy cells"), lambda: self.work.copy(), "Ctrl+C", "copy", page.has_row)
        self._add("copy_heads", tr("Copy cells with headers"), lambda: self.work.copy(heads=True), "Ctrl+Shift+C",
                  "copy", page.has_row)
        self._add("paste_cells", tr("Paste cells"), lambda: self.work.paste(), "Ctrl+V", "clipboard-check", wanted)
        self._add("fill_cells", tr("Fill down"), lambda: self.work.fill_down(), "Ctrl+D", "arrow-down", wanted)
        self._add("clear_cells", tr("Empty cells"), lambda: self.work.clear(), "Backspace", "x",
                  lambda: wanted() and (self.spanning or self._one_cell))
        self._add("refused_cells", tr("Cells that were not taken"), lambda: self.work.show_refused(), "Ctrl+Shift+V",
                  "circle-alert", self._has_refused)
        page.table.clear_wanted.connect(lambda: page.context.actions.trigger(page.command_id("clear_cells")))
        page.table.range_changed.connect(page.refresh_actions)
        page.table.edit_refused.connect(self._tell_origin)

    def _add(self, name: str, words: str, run: Callable[[], object], key: str, *rest: object) -> None:
        page, (icon, when) = self._page, rest
        command = Command(page.command_id(name), words, run, key, icon, when, Scope.VIEW, page.group)  # type: ignore[arg-type]
        page.add_command(command, page.table)

    @cached_property
    def work(self) -> CellWork:
        """What they do."""
        from crm_desktop.gui.records.cell_work import CellWork

        return CellWork(self._page)

    @property
    def spanning(self) -> bool:
        """Whether a range of several cells is chosen."""
        return self._page.table.ranges.spans is not None

    def hints(self) -> Sequence[Hint | str]:
        """The keys that a range has."""
        ids = [self._page.command_id(name) for name in ("tick", "copy_cells", "paste_cells", "fill_cells")]
        return [Hint("Shift+↑↓←→", self.tr("Select cells")), *self.taking_hints(), *ids]

    def taking_hints(self) -> Sequence[Hint]:
        """What Delete and Backspace take away now: cells, a cell or records."""
        if not self._can_write():
            return []
        deleting = native_key("Del")
        if self.spanning:
            return [Hint(deleting, self.tr("Empty cells"))]
        taking = [Hint(deleting, self._told_deleting())]
        if self._one_cell and not self._column.field.required:
            words = self.tr("Empty “%1”").replace("%1", self._column.title)
            taking.append(Hint(self._key("clear_cells"), words))
        return taking

    def _told_deleting(self) -> str:
        page = self._page
        count, kind = page.records.ticked_count, page.listing.kind
        noun = inside(page.services.labels.kind(kind, plural=count > 1))
        if count:
            words = self.tr("Delete %1 %2").replace("%1", format.count_text(count))
            return words.replace("%2", noun)
        return self.tr("Delete %1").replace("%1", noun)

    @property
    def _column(self) -> Column:
        """That of the current cell."""
        records, table = self._page.records, self._page.table
        return records.columns[max(1, table.current_column) - 1]

    @property
    def _one_cell(self) -> bool:
        return bool(self._page.records.columns) and self._column.editable and self._column.style is not Style.NAME

    def _tell_origin(self, name: str) -> None:
        from crm_desktop.gui.records.origins import origin

        page = self._page
        if page.records.settled(page.table.current_row):
            words = self.tr("A converted lead stays as it is; “Make it a lead again” takes its conversion back.")
            page.say(words, kind="info")
            return
        keys = {command: self._key(command) for command in ("follow_up", "log", "open")}
        words = origin(page.services.catalogue.kind(page.listing.kind), name, keys)
        page.say(words.replace("%1", self._column.title), kind="info")

    def _key(self, name: str) -> str:
        entry = self._page.context.actions.find(self._page.command_id(name))
        return entry.key_text if entry is not None else ""

    def _can_write(self) -> bool:
        page = self._page
        return page.has_row() and page.services.catalogue.kind(page.listing.kind).writable

    def _has_refused(self) -> bool:
        return "work" in self.__dict__ and self.work.has_refused
