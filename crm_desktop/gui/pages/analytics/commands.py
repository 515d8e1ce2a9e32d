"""What can be done on the page, each with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.gui.actions import Command, Scope
from crm_desktop.gui.language import filled, tr

if TYPE_CHECKING:
    from crm_desktop.gui.pages.analytics.page import AnalyticsPage


def add_commands(page: AnalyticsPage) -> None:
    """Register them; those about a chart are about the one in which the focus was last."""
    shown, group, body, exporter = Scope.PAGE, tr("Analytics"), page.body, page.exporter
    for command in (
        Command("analytics.export", tr("Export chart"), lambda: exporter.open_menu(body.last_card), "Ctrl+E",
                "download", scope=shown, group=group, hint=tr("Export")),
        Command("analytics.export_all", tr("Export all"), lambda: exporter.save_all(body.shown_cards), "", "download",
                scope=shown, group=group),
        Command("analytics.split", tr("Split chart by a field"), lambda: page.offer_split(body.last_card), "Alt+G",
                "bars-decreasing", scope=shown, group=group, hint=tr("Split by a field")),
        Command("analytics.enlarge", tr("Enlarge chart"), lambda: body.enlarge(body.last_card), "", "maximize-2",
                scope=shown, group=group),
        Command("analytics.explain", tr("Explain this chart"), lambda: page.explain(body.last_card), "Shift+F1",
                "circle-question-mark", scope=shown, group=group),
        Command("analytics.period", tr("Change period"), page.period_chip.open_menu, "", "calendar-range", scope=shown,
                group=group),
        Command("analytics.earlier", tr("Earlier period"), partial(page.step, -1), "Shift+Left", "chevron-left",
                page.can_step, shown, group),
        Command("analytics.later", tr("Later period"), partial(page.step, 1), "Shift+Right", "chevron-right",
                page.can_step, shown, group),
        Command("analytics.table", tr("Show chart as table"), lambda: body.last_card.switch_table(), "V", "table-2",
                scope=Scope.VIEW, group=group, hint=tr("Show as table")),
    ):  # fmt: skip
        page.add_command(command, body)
    for name, words in body.tab_words.items():
        text, run = filled(tr("Analytics: %1"), words), partial(body.tabs_bar.choose, name)
        page.add_command(Command(f"analytics.tab.{name}", text, run, scope=shown, group=group))
