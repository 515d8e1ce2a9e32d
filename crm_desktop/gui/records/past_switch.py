"""From the history to the bin and back."""

from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import Page
from crm_desktop.gui.widgets.segmented import Segmented


class PastSwitch(Segmented):
    """Stands in the header of both pages; `here` is the id of the one it stands on."""

    def __init__(self, page: Page, here: str) -> None:
        super().__init__(page.theme)
        self._page = page
        self._here = here
        self.setAccessibleName(tr("History or bin"))
        self.chosen.connect(self._go)
        self.stay()

    def stay(self) -> None:
        """Say again on which page one is: on the way there the other one was chosen."""
        self.set_parts([("history", tr("History"), "history"), ("bin", tr("Bin"), "trash-2")], self._here)

    def _go(self, page: str) -> None:
        if page != self._here:
            self._page.go(page)
