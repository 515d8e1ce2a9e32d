"""What can be done with a range of cells: copy, paste, fill down, empty; each a command with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.pages.page import Hint

if TYPE_CHECKING:
    from crm_desktop.gui.records.cell_work import CellWork
    from crm_desktop.gui.records.list_page import ListPage


class CellCommands(QObject):
    """Registers the commands of a page; the work is loaded with the first of them."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        tr, wanted = self.tr, self._can_write
        self._add("copy_cells", tr("Copy cells"), lambda: self.work.copy(), "Ctrl+C", "copy", page.has_row)
        self._add("copy_heads", tr("Copy cells with headers"), lambda: self.work.copy(heads=True), "Ctrl+Shift+C",
                  "copy", page.has_row)
        self._add("paste_cells", tr("Paste cells"), lambda: self.work.paste(), "Ctrl+V", "clipboard-check", wanted)
        self._add("fill_cells", tr("Fill down"), lambda: self.work.fill_down(), "Ctrl+D", "arrow-down", wanted)
        self._add("clear_cells", tr("Empty cells"), lambda: self.work.clear(), "Backspace", "x",
                  lambda: wanted() and self.spanning)
        self._add("refused_cells", tr("Cells that were not taken"), lambda: self.work.show_refused(), "Ctrl+Shift+V",
                  "circle-alert", self._has_refused)
        page.table.clear_wanted.connect(lambda: page.context.actions.trigger(page.command_id("clear_cells")))
        page.table.range_changed.connect(page.refresh_actions)

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
        empty = [Hint("Del", self.tr("Empty cells"))] if self._can_write() else []
        return [Hint("Shift+↑↓←→", self.tr("Select cells")), *ids, *empty]

    def _can_write(self) -> bool:
        page = self._page
        return page.has_row() and page.services.catalogue.kind(page.listing.kind).writable

    def _has_refused(self) -> bool:
        return "work" in self.__dict__ and self.work.has_refused
