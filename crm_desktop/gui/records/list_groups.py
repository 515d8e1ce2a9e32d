"""The groups of a list: a tab for each with its number, which leads to its rows."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crm_desktop.domain.catalogue import Field
from crm_desktop.gui import format
from crm_desktop.gui.jobs import Latest
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.gui.widgets.tabs import Tab, TabsBar
from crm_desktop.services.progress import Progress

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage

Part = tuple[Any, int]
MOST = 60
"""Groups that the bar shows at a time."""


class ListGroups(QObject):
    """Shows the groups of a page's list while it is grouped, and offers what it can be grouped by."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._asked = Latest(page.context.jobs, self)
        self._parts: list[Part] = []
        self._of = ""  # the field whose groups these are
        self._firsts: list[int] = []  # the row in which each group begins
        self._told = -1  # the group that is marked in the bar
        self.bar = TabsBar(page.theme, page)
        self.bar.setAccessibleName(self.tr("Groups"))
        self.bar.name_more(self.tr("More groups"))
        self.bar.allow_add(False)
        self.bar.hide()
        self.bar.chosen.connect(lambda number: self.go_to(int(number)))
        page.place_groups(self.bar)
        page.records.shown.connect(self.refresh)
        page.records.renewed.connect(self.refresh)
        page.table.current_changed.connect(lambda _record: self._tell())
        page.table.verticalScrollBar().valueChanged.connect(lambda _place: self._tell())

    @property
    def field(self) -> Field | None:
        """What the list is grouped by."""
        page = self._page
        order = page.records.sort_by
        known = page.services.catalogue.kind(page.listing.kind).fields
        return known.get(order.group) if order is not None and order.group else None

    def refresh(self) -> None:
        """The list is another one: ask for its groups anew."""
        field, wanted, lists = self.field, self._page.records.wanted, self._page.services.lists
        if field is None or wanted is None or field.name != self._of:
            self._show([])  # groups of another field would lead to wrong rows
        self._of = field.name if field is not None else ""
        if field is None or wanted is None:
            self._asked.forget()
            return

        def read(progress: Progress) -> list[Part]:
            return list(lists.parts(wanted, field.name, progress))

        self._asked.read(read, self._show)

    def _show(self, parts: list[Part]) -> None:
        self._parts = parts
        self._firsts = [0, *accumulate(count for _, count in parts)][: len(parts)]
        self._page.table.set_groups(self._firsts)
        self._told = -1
        self._tell()

    def _tell(self) -> None:
        """Mark the current group, with those around it where there are too many for a bar."""
        current = self.current
        if current == self._told and self._parts:
            return
        self._told = current
        first = max(0, current - MOST // 2)
        tabs = [
            Tab(str(number), self._words(held), format.count_text(count))
            for number, (held, count) in enumerate(self._parts[first : first + MOST], start=first)
        ]
        self.bar.set_tabs(tabs, str(current))
        self.bar.setVisible(bool(tabs))

    def _words(self, held: Any) -> str:
        page, field = self._page, self.field
        if held in (None, "") or field is None:
            return self.tr("None")
        return format.value(field, held, page.context.clock.today(), partial(page.choice_words, field.name))

    @property
    def current(self) -> int:
        """The group in which the current row is, or the first row on screen where that is out of sight."""
        row, (first, last) = self._page.table.current_row, self._page.records.visible
        return bisect_right(self._firsts, max(0, row if first <= row <= last else first)) - 1

    def go_to(self, number: int) -> None:
        """Make the first row of a group the current one."""
        table = self._page.table
        row = self._firsts[number]
        if row < table.records.rowCount():
            table.setCurrentIndex(table.records.index(row, max(1, table.current_column)))
            table.scrollTo(table.currentIndex(), table.ScrollHint.PositionAtTop)

    def step(self, by: int) -> None:
        """Go to the group after or before the current one."""
        if 0 <= self.current + by < len(self._parts):
            self.go_to(self.current + by)

    # choosing

    def offer(self) -> None:
        """Offer what the list can be grouped by: the columns that are shown, then all others."""
        page, menu = self._page, Menu(self._page)
        fields = [f for f in page.services.catalogue.kind(page.listing.kind).fields.values() if groups(f)]
        self._add(menu, None, self.tr("No groups"))
        menu.addSeparator()
        for field in fields:
            if field.name in page.shown_fields:
                self._add(menu, field.name, page.title_of(field.name))
        more = menu.addMenu(self.tr("Another field"))
        for field in fields:
            if field.name not in page.shown_fields:
                self._add(more, field.name, page.title_of(field.name))
        button = page.toolbar.group_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _add(self, menu: Any, name: str | None, words: str) -> None:
        field = self.field
        action = menu.addAction(words, partial(self.by, name))
        action.setCheckable(True)
        action.setChecked(name == (field.name if field is not None else None))

    def by(self, name: str | None) -> None:
        """Group the list by a field from now on, or no more."""
        page = self._page
        order = page.records.sort_by or page.listing.sort
        page.sort(replace(order, group=name))


def groups(field: Field) -> bool:
    """Whether lists are grouped by a field: each record has its own name."""
    return field.groupable and field.name != "name"
