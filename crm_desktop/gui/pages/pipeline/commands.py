"""What can be done on the pipeline page, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import tr

if TYPE_CHECKING:
    from crm_desktop.gui.pages.pipeline.page import PipelinePage


def add_page_commands(page: PipelinePage) -> None:
    """What needs no deal."""
    group, shown = page.title, Scope.PAGE
    filters = page.filters
    for command in (
        Command("pipeline.new", tr("New deal"), page.new, "Ctrl+N", "plus", scope=shown, group=group),
        Command("pipeline.filter", tr("Filter this page"), page.start_typing, "Ctrl+F", "list-filter",
                scope=shown, group=group, hint=tr("Filter")),
        Command("pipeline.add_filter", tr("Add a filter"), lambda: filters.ask(None), "", "plus", scope=shown,
                group=group),
        Command("pipeline.export", tr("Export"), page.toolbar.export, "Ctrl+E", "download", scope=shown, group=group,
                tip=tr("Export this view")),
        Command("pipeline.switch", tr("Board or list"), page.switch, "", "list", scope=shown, group=group),
    ):  # fmt: skip
        page.add_command(command)


def add_deal_commands(page: PipelinePage) -> None:
    """What is done with the chosen deal, in board or list."""
    deals, pile = page.deals, page.view.pile

    def with_deal(run: Callable[[int], object]) -> None:
        if page.deal is not None:
            run(page.deal)

    def has_deal() -> bool:
        return page.deal is not None

    for name, words, run, key, icon, hint in (
        ("open", tr("Open the deal"), deals.open, "Return; Enter", "pencil", tr("Open")),
        ("won", tr("Won"), deals.win, "W", "trophy", ""),
        ("lost", tr("Lost"), deals.lose, "X", "circle-x", ""),
        ("snooze", tr("Snooze until a date"), page.snooze, "Z", "alarm-clock", tr("Snooze")),
        ("follow_up", tr("Follow-up"), deals.follow_up, "F", "bell-plus", ""),
        ("stage", tr("Move to a stage"), page.menus.show_stages, "S", "square-kanban", tr("Stage")),
        ("history", tr("History of this record"), lambda deal: page.go("history", ("deal", deal)), "H", "history", ""),
        ("delete", tr("Delete"), page.delete, "Del", "trash-2", ""),
    ):
        command = Command(f"pipeline.{name}", words, partial(with_deal, run), key, icon, has_deal, Scope.VIEW,
                          page.title, hint)  # fmt: skip
        page.add_command(command, pile)


def add_move_commands(page: PipelinePage) -> None:
    """Moves of the chosen card on the board."""
    board = page.board
    for name, words, key, run in (
        ("left", tr("Move a stage to the left"), "Shift+Left", partial(page.moves.sideways, -1)),
        ("right", tr("Move a stage to the right"), "Shift+Right", partial(page.moves.sideways, 1)),
        ("up", tr("Move up in its stage"), "Shift+Up", partial(page.moves.along, -1)),
        ("down", tr("Move down in its stage"), "Shift+Down", partial(page.moves.along, 1)),
    ):
        command = Command(f"pipeline.{name}", words, run, key, f"arrow-{name}", lambda: board.deal is not None,
                          Scope.VIEW, page.title)  # fmt: skip
        page.add_command(command, board)
