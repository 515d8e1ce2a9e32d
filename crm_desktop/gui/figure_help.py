"""What a figure or chart means, told at its "?" with the numbers that are shown and the way to their records."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.term_teller import CHANGEABLE
from crm_desktop.gui.terms import glossary
from crm_desktop.gui.widgets.kpi_strip import KpiButton
from crm_desktop.gui.widgets.term_popover import TermPopover


def explain(
    page: Page, name: str, mark: QWidget, numbers: Sequence[tuple[str, str]], see: Callable[[], object]
) -> None:
    """Open the popover of a term at a mark; `see` shows what was counted."""
    term = glossary(page.context.settings_store.current)[name]
    popover = TermPopover(page.theme, page, term.title, term.text)
    popover.about.show_numbers(numbers, term.counted)
    ways = {tr("See the numbers"): see}
    if name in CHANGEABLE:
        ways[tr("Change the formula")] = lambda: page.go("settings", "terms")
    ways[tr("All terms")] = lambda: page.go("glossary", name)
    for words, way in ways.items():
        link = popover.about.add_link(words, way)
        link.clicked.connect(popover.close)
    popover.open_at(mark)


def explain_figure(page: Page, button: KpiButton) -> None:
    """Explain a figure of a strip; its own press shows its records."""
    kpi = button.kpi
    explain(page, kpi.term, button.help_mark, ((kpi.name, kpi.value), *kpi.numbers), button.click)
