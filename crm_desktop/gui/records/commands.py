"""What can be done on every page that lists records: each a command with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_desktop.gui.actions import Command, Scope

if TYPE_CHECKING:
    from crm_desktop.gui.records.list_page import ListPage
    from crm_desktop.gui.records.page import RecordsPage


def add_list_commands(page: RecordsPage) -> None:
    """Register what can be done with the list of a page with views, filters and a panel."""
    table, tr = page.table, page.tr
    group = page.group

    has_row = page.has_row

    def add(name: str, text: str, run: Callable[[], object], key: str, icon: str = "", **more: object) -> None:
        command = Command(page.command_id(name), text, run, key, icon, group=group, **more)  # type: ignore[arg-type]
        page.add_command(command, table)

    view, shown = Scope.VIEW, Scope.PAGE
    add("filter", tr("Filter this page"), page.filters.start_typing, "Ctrl+F", "list-filter", scope=shown,
        hint=tr("Filter"))
    add("save_view", tr("Save view"), page.views.save, "Ctrl+S", "bookmark", scope=shown)
    add("reset_view", tr("Reset this view"), page.views.reset, "", "rotate-ccw", scope=shown,
        when=lambda: page.views.changed)
    add("next_view", tr("Next view"), lambda: page.views.step(1), "Ctrl+PgDown", scope=shown)
    add("previous_view", tr("Previous view"), lambda: page.views.step(-1), "Ctrl+PgUp", scope=shown)
    add("move_view_left", tr("Move view left"), lambda: page.views.move(-1), "Ctrl+Shift+PgUp", scope=shown)
    add("move_view_right", tr("Move view right"), lambda: page.views.move(1), "Ctrl+Shift+PgDown", scope=shown)
    add("duplicate_view", tr("Duplicate this view"), lambda: page.views.duplicate(page.views.now), "", "copy",
        scope=shown)
    add("rename_view", tr("Rename this view"), lambda: page.views.ask_name(page.views.saved), "", "pencil",
        scope=shown, when=lambda: page.views.now is not None and page.views.now.id != 0)
    add("delete_view", tr("Delete this view"), lambda: page.views.delete(page.views.saved), "", "trash-2",
        scope=shown, when=lambda: page.views.now is not None and page.views.now.id != 0)
    add("columns", tr("Columns"), page.choose_columns, "", "columns-3", scope=shown)
    add("density", tr("Row height"), page.toolbar.next_density, "", "rows-3", scope=shown)
    add("duplicates", tr("Find duplicates"), lambda: page.go("duplicates", page.record_kind(table.current_id)), "",
        "merge", scope=shown)
    add("export", tr("Export this view"), page.toolbar.export, "Ctrl+E", "download", scope=shown)
    add("panel", tr("Side panel"), page.chosen.toggle_panel, "Ctrl+Shift+B", "panel-right", scope=shown)
    add("open", tr("Open"), page.open_current, "Return; Enter", "maximize-2", scope=view, when=has_row)
    add("peek", tr("Open in the panel"), page.chosen.open, "Ctrl+Return; Ctrl+Enter", "panel-right", scope=view,
        when=has_row)


def add_row_commands(page: ListPage) -> None:
    """Register what the table of any list can do."""
    table, tr, has_row = page.table, page.tr, page.has_row
    for name, text, run, key, icon, hint in (
        ("tick", tr("Select row"), table.tick_current, "Space", "", tr("Select")),
        ("tick_all", tr("Select all in this view"), table.tick_every_row, "Ctrl+A", "list-checks", ""),
        ("edit", tr("Edit cell"), table.edit_current, "F2; Shift+Return", "pencil", ""),
        ("sort", tr("Sort by this column"), page.sort_current_column, "Shift+S", "arrow-down-up", ""),
    ):
        page.add_command(
            Command(page.command_id(name), text, run, key, icon, has_row, Scope.VIEW, page.group, hint), table
        )
