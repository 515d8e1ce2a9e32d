"""What can be done with one column: sort, move, width, hide. By the menu of its title, by dragging it, and by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from crm_desktop.domain.filter import Sort
from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import tr
from crm_desktop.gui.models.cells import Style
from crm_desktop.gui.widgets.menu import Menu

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage

STEP = 16
"""Pixels of normal text size by which a key changes a width."""


class ColumnMenu(QObject):
    """Works on the column of the current cell, or on that whose title was clicked."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        header = page.table.header
        header.move_wanted.connect(self.move)
        header.menu_wanted.connect(self.open)
        self._add("column_menu", tr("This column…"), self._open_here, "Ctrl+Shift+M")
        self._add("column_back", tr("Move column left"), lambda: self._move_on_screen(-1), "Alt+Shift+Left")
        self._add("column_on", tr("Move column right"), lambda: self._move_on_screen(1), "Alt+Shift+Right")
        self._add("column_wider", tr("Make column wider"), lambda: self._widen(STEP), "Alt+Shift+Up")
        self._add("column_narrower", tr("Make column narrower"), lambda: self._widen(-STEP), "Alt+Shift+Down")
        self._add("column_hide", tr("Hide column"), lambda: self.hide(self._section), "")

    def _add(self, name: str, words: str, run: Callable[[], object], key: str) -> None:
        page = self._page
        command = Command(
            page.command_id(name), words, run, key, "columns-3", page.has_row, Scope.VIEW, page.group
        )
        page.add_command(command, page.table)

    @property
    def _section(self) -> int:
        return max(1, self._page.table.current_column)

    # the menu

    def _open_here(self) -> None:
        table = self._page.table
        rect = table.visualRect(table.records.index(max(0, table.current_row), self._section))
        self.open(self._section, table.header.mapToGlobal(QPoint(rect.left(), table.header.height())))

    def open(self, section: int, at: QPoint) -> None:
        """Offer what can be done with a column."""
        page = self._page
        column = page.records.columns[section - 1]
        menu = Menu(page)
        if column.field.sortable:
            menu.addAction(tr("Sort ascending"), partial(self._sort, column.name, descending=False))
            menu.addAction(tr("Sort descending"), partial(self._sort, column.name, descending=True))
        if column.field.groupable and column.style is not Style.NAME:
            menu.addAction(tr("Group by this"), partial(page.groups.by, column.name))
        menu.addSeparator()
        for words, step in ((tr("Move left"), -1), (tr("Move right"), 1)):
            to = section + (-step if page.table.mirrored else step)
            menu.addAction(words, partial(self.move, section, to)).setEnabled(self._can_move(section, to))
        menu.addSeparator()
        change = page.table.column_widths.change
        menu.addAction(tr("Wider"), partial(change, column.name, STEP))
        menu.addAction(tr("Narrower"), partial(change, column.name, -STEP))
        menu.addAction(tr("Usual width"), partial(change, column.name, None))
        menu.addSeparator()
        menu.addAction(tr("Hide"), partial(self.hide, section)).setEnabled(column.style is not Style.NAME)
        menu.addAction(tr("Columns…"), page.choose_columns)
        menu.popup(at)

    # what it does

    def _sort(self, name: str, *, descending: bool) -> None:
        before = self._page.records.sort_by
        self._page.sort(Sort(name, descending, before.group if before is not None else None))

    def _can_move(self, section: int, to: int) -> bool:
        first = self._page.table.frozen.last + 1
        return first <= section and first <= to <= len(self._page.records.columns)

    def _move_on_screen(self, step: int) -> None:
        self.move(self._section, self._section + (-step if self._page.table.mirrored else step))

    def move(self, section: int, to: int) -> None:
        """Put a column at the place of another one; the name stays the first."""
        page = self._page
        to = max(page.table.frozen.last + 1, to)
        if not self._can_move(section, to):
            return
        names = list(page.shown_fields)
        names.insert(to - 1, names.pop(section - 1))
        follows = page.table.current_column == section
        page.show_columns(tuple(names))
        if follows:
            page.table.setCurrentIndex(page.records.index(page.table.current_row, to))

    def _widen(self, by: int) -> None:
        page = self._page
        page.table.column_widths.change(page.records.columns[self._section - 1].name, by)

    def hide(self, section: int) -> None:
        """Show the others only; the name stays."""
        page = self._page
        if page.records.columns[section - 1].style is not Style.NAME:
            page.show_columns(page.shown_fields[: section - 1] + page.shown_fields[section:])
