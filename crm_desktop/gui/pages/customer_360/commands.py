"""What can be done on the page, each with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import tr

if TYPE_CHECKING:
    from crm_desktop.gui.pages.customer_360.page import Customer360Page


def add_commands(page: Customer360Page) -> None:
    """Register them: letters work wherever on the page the focus is, but in text that is typed."""
    group, view, deeds = page.title, Scope.VIEW, page.deeds
    for command in (
        Command("customer_360.log", tr("Log"), page.log, "L", "notebook-pen", page.has_record, view, group),
        Command("customer_360.new_deal", tr("New deal"), deeds.new_deal, "D", "plus", page.has_record, view, group),
        Command("customer_360.follow_up", tr("Follow-up"), deeds.follow_up, "F", "bell-plus", page.has_record, view,
                group),
        Command("customer_360.edit", tr("Edit details"), page.edit, "F2", "pencil", page.has_record, view, group,
                hint=tr("Edit")),
        Command("customer_360.history", tr("History of this record"), page.show_history, "H", "history",
                page.has_record, view, group),
        Command("customer_360.previous", tr("Previous record"), partial(page.step, -1), "Alt+Up", "chevron-up",
                lambda: page.can_step(-1), Scope.PAGE, group),
        Command("customer_360.next", tr("Next record"), partial(page.step, 1), "Alt+Down", "chevron-down",
                lambda: page.can_step(1), Scope.PAGE, group),
        Command("customer_360.search", tr("Search the timeline"), page.search, "Ctrl+F", "search", page.has_record,
                Scope.PAGE, group, hint=tr("Search")),
    ):  # fmt: skip
        page.add_command(command, page.body)
    lines = page.timeline
    for command in (
        Command("customer_360.open", tr("Open this line"), lines.open_current, "Return; Enter", "maximize-2",
                lambda: lines.view.current is not None, view, group, hint=tr("Open")),
        Command("customer_360.pin", tr("Pin or unpin"), deeds.pin, "P", "pin", partial(deeds.on, "activity"), view,
                group, hint=tr("Pin")),
        Command("customer_360.done", tr("Mark the task as done"), deeds.finish, "Space", "check",
                partial(deeds.on, "task"), view, group, hint=tr("Done")),
    ):  # fmt: skip
        page.add_command(command, lines.view)
