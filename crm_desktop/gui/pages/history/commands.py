"""What can be done on the page, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import tr

if TYPE_CHECKING:
    from crm_desktop.gui.pages.history.page import HistoryPage


def add_commands(page: HistoryPage) -> None:
    """Register them: what is done with an action, and, as buttons too, with the record as it was."""
    group, then, view = page.title, page.then, Scope.VIEW
    for command in (
        Command("history.revert", tr("Undo this"), page.revert, "Del", "undo-2", page.can_revert, Scope.PAGE, group),
        Command("history.open", tr("Open these records"), page.open_records, "Return; Enter", "list", page.can_open,
                view, group, hint=tr("Open")),
        Command("history.as_of", tr("Show it as of a day"), page.day_edit.setFocus, "D", "calendar", scope=view,
                group=group, hint=tr("As of a day")),
    ):  # fmt: skip
        page.add_command(command, page.both)
    for command in (
        Command("history.put_back", tr("Put this value back"), lambda: page.put_back(then.chosen), "P", "rotate-ccw",
                lambda: bool(then.chosen), view, group),
        Command("history.put_back_all", tr("Put all values back"), lambda: page.put_back([*then.found.back]), "",
                "rotate-ccw", lambda: bool(then.found.back), Scope.PAGE, group),
    ):  # fmt: skip
        then.add_button(page.add_command(command, then))
