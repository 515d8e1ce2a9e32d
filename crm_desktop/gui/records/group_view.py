"""The group of a company: the companies above and below it, and what is open in all of them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import ID, Filter, any_of
from crm_desktop.domain.money import Money
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.line_button import Line, Mark
from crm_desktop.gui.records.lines import LinesList
from crm_desktop.services.hierarchy import Branch, Rollup

MOST = 60
"""Companies that are shown line by line."""
DEEPEST = 8
"""From here on a line is not indented further."""


class GroupView(LinesList):
    """The tree, and below it the open deals of the company and all that belong to it; each line opens its records."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Group"))

    def show_group(self, company: int, tree: Sequence[Branch], rollup: Rollup) -> None:
        """Show the group of a company; of a large one the part around it, and a line that opens all."""
        here = next(at for at, branch in enumerate(tree) if branch.id == company)
        first = max(0, min(here - MOST // 2, len(tree) - MOST))
        lines = [self._company(branch, here=branch.id == company) for branch in tree[first : first + MOST]]
        if len(tree) > MOST:
            words = self.tr("All %1 companies").replace("%1", format.count_text(len(tree)))
            every = Filter("company", any_of(ID, [branch.id for branch in tree]))
            lines.append(Line(words, link=True, run=partial(self.opened.emit, every)))
        # The lines above are of the whole group; the sums are of the company and those below it.
        of = self.tr("Here and below") if here else self.tr("Together")
        self.show_lines([*lines, *self._sums(rollup, of)])

    def _company(self, branch: Branch, *, here: bool) -> Line:
        deals = Mark("square-kanban", self._open(branch.open_deals)) if branch.open_deals else None
        run = None if here else partial(self.opened.emit, RecordTarget("company", branch.id))
        return Line(
            branch.name, glyph="building-2", marks=(deals,) if deals else (), depth=min(branch.depth, DEEPEST),
            link=not here, strong=here, run=run,
        )  # fmt: skip

    def _sums(self, rollup: Rollup, of: str) -> list[Line]:
        """One line for each currency; without any amount one that counts."""
        if not rollup.value:
            count, run = rollup.count, partial(self.opened.emit, rollup.count.filter)
            return [Line(self._open(count.n), of, link=bool(count.n), run=run)]
        found = []
        for currency, value in rollup.value.items():
            weighted = rollup.weighted.get(currency)
            assert isinstance(value.value, Money)
            words = format.money(value.value)
            likely = format.money(weighted.value) if weighted and isinstance(weighted.value, Money) else format.DASH
            detail = self.tr("%1, weighted %2").replace("%1", self._open(value.n)).replace("%2", likely)
            run = partial(self.opened.emit, value.filter)
            found.append(Line(words, of, detail, strong=True, link=True, run=run))
        return found

    def _open(self, count: int) -> str:
        return self.tr("%1 open").replace("%1", format.count_text(count))
