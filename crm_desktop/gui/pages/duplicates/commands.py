"""What can be done on the page, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import tr

if TYPE_CHECKING:
    from crm_desktop.gui.pages.duplicates.page import DuplicatesPage


def add_commands(page: DuplicatesPage) -> dict[str, QAction]:
    """Register them, those about a group for where the groups are; answers these by name."""
    group, both = page.title, page.both

    def has_group() -> bool:
        return page.current is not None

    for command in (
        Command("duplicates.merge_sure", tr("Merge the sure ones"), page.merge_sure, "", "merge",
                lambda: bool(page.sure), Scope.PAGE, group),
        Command("duplicates.search", tr("Search again"), lambda: page.search(page.kind), "F5", "rotate-ccw",
                scope=Scope.PAGE, group=group),
    ):  # fmt: skip
        page.add_command(command)
    return {
        name: page.add_command(
            Command(f"duplicates.{name}", words, run, key, icon, has_group, Scope.VIEW, group), both
        )
        for name, words, run, key, icon in (
            ("distinct", tr("Not the same"), page.set_apart, "N", "git-compare"),
            ("merge", tr("Merge"), page.merge, "M", "merge"),
            ("open", tr("Open these records"), page.open_records, "O", "external-link"),
            ("skip", tr("Skip"), page.skip, "S", "chevron-down"),
            ("keep_other", tr("Keep the other one"), page.box.keep_other, "K", "repeat"),
        )
    }
