"""What can be done with all ticked rows at once: each is one step that one Undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Ordered, picked
from crm_desktop.gui.actions import Command, Scope

if TYPE_CHECKING:
    from crm_desktop.gui.records.bulk_edit import BulkEdit
    from crm_desktop.gui.records.list_page import ListPage
    from crm_desktop.gui.widgets.bulk_bar import BulkBar
    from crm_desktop.gui.widgets.buttons import Button
    from crm_desktop.services.merge_plan import Merged

MOST_MERGED = 20
"""Records that can be looked at side by side."""


class BulkActions(QObject):
    """Commands for the ticked rows, or without ticks for the current one; their bar is made with the first tick.

    `own` are commands that the page has already, by name: they work on ticked rows too.
    """

    def __init__(self, page: ListPage, own: Mapping[str, QAction] | None = None) -> None:
        super().__init__(page)
        self._page = page
        self._own = own or {}
        self._writable = True
        self._buttons: dict[QAction, Button] = {}
        self._status = None
        if page.has_statuses:
            self._status = self._add(self.tr("Set status"), "circle-check", "set_status", "S", self.ask_status)
        self._tag = self._add(self.tr("Tag"), "tag", "tag", "", self.ask_tag)
        self._add(self.tr("Take a tag off"), "tag", "untag", "", self.ask_untag)
        self._edit = self._add(self.tr("Edit field"), "pencil", "edit_many", "Ctrl+Shift+E", self.edit)
        self._merge = None
        kind = page.services.catalogue.kind
        if any(kind(listing.kind).mergeable for listing in page.listings):
            merge = Command(page.command_id("merge"), self.tr("Merge"), self.ask_merge, "M", "merge", self._can_merge,
                            Scope.VIEW, group=page.group)  # fmt: skip
            self._merge = page.add_command(merge, page.area)
        self._delete = self._add(self.tr("Delete"), "trash-2", "delete", "Del", self.delete)

    def _add(self, words: str, glyph: str, name: str, key: str, run: Callable[[], object]) -> QAction:
        if name in self._own:
            return self._own[name]
        page = self._page
        command = Command(page.command_id(name), words, run, key, glyph, self._can_write, Scope.VIEW, group=page.group)
        return page.add_command(command, page.area)

    @cached_property
    def _bar(self) -> BulkBar:
        from crm_desktop.gui.widgets.bulk_bar import BulkBar

        bar = BulkBar(self._page.context.theme, self._page.area, self._page.main, self._page.beside)
        offered = ((self._status, "circle-check"), (self._edit, "pencil"), (self._tag, "tag"), (self._merge, "merge"))
        for action, glyph in offered:
            if action is not None:
                self._offer(bar, action, glyph)
        export = bar.add(self.tr("Export"), "download")
        export.setToolTip(self.tr("Export the selected rows"))
        export.clicked.connect(self.export)
        self._offer(bar, self._delete, "trash-2")
        bar.cleared.connect(lambda: self._page.records.tick_all(False))
        self.allow(self._writable)
        return bar

    def _offer(self, bar: BulkBar, action: QAction, glyph: str) -> None:
        self._buttons[action] = bar.add(action.text(), glyph)
        self._buttons[action].follow(action)

    def show_count(self, count: int) -> None:
        """Tell how many rows are ticked; the bar shows while there are any, and the table leaves room for it."""
        if count or self._buttons:
            if not count and self._bar.isAncestorOf(self._bar.window().focusWidget()):
                self._page.table.setFocus()  # before its button goes, or the sidebar would get it
            self._bar.set_count(count)
        self._page.table.set_room_below(self._page.theme.current.px(self._bar.ROOM) if count else 0)

    def _can_write(self) -> bool:
        page = self._page
        return page.has_row() and page.services.catalogue.kind(page.listing.kind).writable

    def allow(self, writable: bool) -> None:
        """Derived lists, such as customers, can be looked at and not written."""
        self._writable = writable
        for button in self._buttons.values():
            button.setVisible(writable)

    def ids(self) -> Callable[[], Sequence[int]]:
        """The ticked records, else the current one; to be called where the work is done, since they may be many."""
        records = self._page.records
        if not records.ticked_count:
            current = self._page.table.current_id
            return lambda: [current]
        return partial(records.ticks.chosen, records.ids)

    def ask_status(self) -> None:
        """Choose the status that all of them get."""
        self._page.offer_statuses(self.ids(), self.popup)

    def popup(self, menu: QMenu) -> None:
        """Open the menu of statuses or stages: at its button, else at the current row."""
        anchor, part = self._place(self._status)
        mirrored = self._page.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = part or anchor.rect()
        if part is None:
            # Its button stands at the foot of the page.
            at = at.translated(0, -menu.sizeHint().height() - at.height())
        menu.popup(anchor.mapToGlobal(at.bottomRight() if mirrored else at.bottomLeft()))

    def _place(self, action: QAction | None) -> tuple[QWidget, QRect | None]:
        """Where something opens that asks more: at its button in the bar, else at the current row."""
        button, table = self._buttons.get(action) if action else None, self._page.table
        if button is not None and button.isVisible():
            return button, None
        if not table.isVisible():
            return self._page.anchor("tag"), None
        table.scrollTo(table.currentIndex())
        return table.viewport(), table.visualRect(table.currentIndex())

    def set(self, values: dict[str, Any]) -> None:
        """Give all of them these values."""
        page, kind, ids = self._page, self._page.listing.kind, self.ids()
        page.write_many(lambda progress: page.services.records.set(kind, ids(), values, progress))

    def ask_tag(self) -> None:
        """Ask for the tag that all of them get."""
        from crm_desktop.gui.records.name_popover import NamePopover

        popover = NamePopover(self._page.theme, self._page, self.tr("Add a tag"), "")
        popover.named.connect(self.tag)
        popover.open_at(*self._place(self._tag))

    def tag(self, name: str) -> None:
        """Give all of them a tag beside those they have."""
        page, kind, ids = self._page, self._page.listing.kind, self.ids()
        page.write_many(lambda progress: page.services.records.tag(kind, ids(), name, progress))

    def edit(self) -> None:
        """Change any field of all of them, after it is shown what would change."""
        self._ask_edit()

    def ask_untag(self) -> None:
        """Take a tag off all of them."""
        from crm_desktop.services.selections import How

        self._ask_edit().choose("tags", How.REMOVE)

    def _ask_edit(self) -> BulkEdit:
        from crm_desktop.gui.records.bulk_edit import BulkEdit

        page = self._page
        count = page.records.ticked_count or 1
        dialog = BulkEdit(page.context, page.listing.kind, self.ids(), count, page.window())
        dialog.done_with.connect(self._tell)
        dialog.open()
        return dialog

    def _can_merge(self) -> bool:
        kind = self._page.services.catalogue.kind(self._page.listing.kind)
        return self._can_write() and kind.mergeable and self._page.records.ticked_count > 1

    def ask_merge(self) -> None:
        """Ask how the ticked records become one."""
        from crm_desktop.gui.records.merge_dialog import MergeDialog

        page, kind = self._page, self._page.listing.kind
        if page.records.ticked_count > MOST_MERGED:
            words = self.tr("At most %1 records are merged by hand. The page Duplicates finds who belongs together.")
            page.say(words.replace("%1", str(MOST_MERGED)), kind="warn")
            return
        dialog = MergeDialog(page.context, page.window(), kind, page.records.ticked_count, self.ids())

        def merge(answer: tuple[int, Sequence[int], dict[str, int]]) -> None:
            survivor, losers, choices = answer
            dialog.accept()
            page.context.jobs.write(
                lambda _progress: page.services.merging.merge(kind, survivor, losers, choices),
                partial(self._merged, survivor), page.tell_refused, self.tr("Merging"),
            )  # fmt: skip

        dialog.answered.connect(merge)
        dialog.open()

    def _merged(self, survivor: int, merged: Merged) -> None:
        """What was ticked is one record now: that one is gone to, and nothing stays ticked."""
        self._page.records.tick_all(False)
        self._page.seek(survivor)
        self._page.tell_written("", merged)

    def _tell(self, change: Change) -> None:
        from crm_desktop.gui.deeds import Deed, describe

        self._page.tell_change(describe(Deed.of(change), self._page.services.labels.kind), change)

    def export(self) -> None:
        """Write the ticked records into a file, with the fields that are shown."""
        from crm_desktop.gui.exporting import export_records

        page, kind, ids, order = self._page, self._page.listing.kind, self.ids(), self._page.records.sort_by
        export_records(page.context, page, kind, lambda: Ordered(picked(kind, ids()), order), page.shown_fields)

    def delete(self) -> None:
        """Move all of them to the bin."""
        page, kind, ids = self._page, self._page.listing.kind, self.ids()
        page.write_many(lambda progress: page.services.records.delete(kind, ids(), progress))
