"""Shows one deal where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.domain.terms import StageCategory
from crm_desktop.gui.jobs import Latest
from crm_desktop.services.records import Record

if TYPE_CHECKING:
    from crm_desktop.gui.pages.pipeline.page import PipelinePage


class Seeker(QObject):
    """Chooses a deal on the board of its pipeline; one that no board shows opens in its dialog."""

    def __init__(self, page: PipelinePage) -> None:
        super().__init__(page)
        self._page = page
        self._asked = Latest(page.context.jobs, self)
        self._sought: int | None = None  # to choose once the board shows it
        page.model.loaded.connect(self._board_loaded)

    def seek(self, deal: int) -> None:
        """Show this deal."""
        show = self._page.context.services.records.show
        self._asked.read(lambda _progress: show("deal", deal), self._found, self._page.tell_refused)

    def _found(self, record: Record) -> None:
        values, today = record.values, self._page.context.clock.today()
        asleep = values["snoozed_until"] is not None and values["snoozed_until"] > today
        if asleep or values["status"] != StageCategory.OPEN.value:
            self._page.deals.open(record.id)
        else:
            self._sought = record.id
            self._page.show_board(values["pipeline"].id)

    def _board_loaded(self, _changed: bool) -> None:
        if self._sought is not None and self._page.board.choose(self._sought):
            self._sought = None
            self._page.panes()[0].setFocus()
