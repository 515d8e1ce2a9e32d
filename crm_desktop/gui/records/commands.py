"""What can be done on every page that lists records: each a command with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.views_bar import ALL

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage
    from crm_desktop.gui.records.page import RecordsPage


def add_view_commands(page: ListPage) -> None:
    """Register what is done with the views of a list, while that is shown."""
    views = page.views

    def is_saved() -> bool:
        return views.now is not None and views.now.id != ALL

    def always() -> bool:
        return True

    for name, text, run, key, icon, when in (
        ("save_view", tr("Save view"), views.save, "Ctrl+S", "bookmark", always),
        ("reset_view", tr("Reset this view"), views.reset, "", "rotate-ccw", lambda: views.changed),
        ("next_view", tr("Next view"), partial(views.step, 1), "Ctrl+PgDown", "", always),
        ("previous_view", tr("Previous view"), partial(views.step, -1), "Ctrl+PgUp", "", always),
        ("move_view_left", tr("Move view left"), partial(views.move, -1), "Ctrl+Shift+PgUp", "", always),
        ("move_view_right", tr("Move view right"), partial(views.move, 1), "Ctrl+Shift+PgDown", "", always),
        ("duplicate_view", tr("Duplicate this view"), lambda: views.duplicate(views.now), "", "copy", always),
        ("rename_view", tr("Rename this view"), lambda: views.ask_name(views.saved), "", "pencil", is_saved),
        ("delete_view", tr("Delete this view"), lambda: views.delete(views.saved), "", "trash-2", is_saved),
        ("columns", tr("Columns"), page.choose_columns, "", "columns-3", always),
        ("group_by", tr("Group by"), lambda: page.groups.offer(), "Alt+G", "table-2", always),
        ("next_group", tr("Next group"), lambda: page.groups.step(1), "Alt+PgDown", "", lambda: page.grouped),
        ("previous_group", tr("Previous group"), lambda: page.groups.step(-1), "Alt+PgUp", "", lambda: page.grouped),
        ("density", tr("Row height"), page.toolbar.next_density, "", "rows-3", always),
    ):
        page.add_command(Command(page.command_id(name), text, run, key, icon, partial(_both, page.shows_list, when),
                                 Scope.PAGE, page.group))  # fmt: skip


def _both(one: Callable[[], bool], other: Callable[[], bool]) -> bool:
    return one() and other()


def add_list_commands(page: RecordsPage) -> None:
    """Register what can be done with the list of a page with views, filters and a panel."""
    table, group, has_row = page.table, page.group, page.has_row

    def add(name: str, text: str, run: Callable[[], object], key: str, icon: str = "", **more: object) -> None:
        command = Command(page.command_id(name), text, run, key, icon, group=group, **more)  # type: ignore[arg-type]
        page.add_command(command, table)

    view, shown = Scope.VIEW, Scope.PAGE
    add("filter", tr("Filter this page"), page.filters.start_typing, "Ctrl+F", "list-filter", scope=shown,
        hint=tr("Filter"))
    add_view_commands(page)
    add("export", tr("Export this view"), page.toolbar.export, "Ctrl+E", "download", scope=shown)
    add("panel", tr("Side panel"), page.chosen.toggle_panel, "Ctrl+Shift+B", "panel-right", scope=shown)
    add("open", tr("Open"), page.open_current, "Return; Enter", "maximize-2", scope=view, when=has_row)
    add("peek", tr("Open in the panel"), page.chosen.open, "Ctrl+Return; Ctrl+Enter", "panel-right", scope=view,
        when=has_row)


def add_row_commands(page: ListPage) -> None:
    """Register what the table of any list can do."""
    table, has_row = page.table, page.has_row
    for name, text, run, key, icon, hint in (
        ("tick", tr("Select row"), table.tick_current, "Space", "", tr("Select")),
        ("tick_all", tr("Select all in this view"), table.tick_every_row, "Ctrl+A", "list-checks", ""),
        ("edit", tr("Edit cell"), table.edit_current, "F2; Shift+Return", "pencil", ""),
        ("sort", tr("Sort by this column"), page.sort_current_column, "Shift+S", "arrow-down-up", ""),
    ):
        page.add_command(
            Command(page.command_id(name), text, run, key, icon, has_row, Scope.VIEW, page.group, hint), table
        )
