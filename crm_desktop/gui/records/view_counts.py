"""How many records the views of a list find."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.filter import Filter
from crm_desktop.domain.filter_names import usable
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.jobs import Latest
from crm_desktop.services.views import View


class ViewCounts(QObject):
    """Counts one view after the other, so that rows on screen never wait behind them for a reader.

    `counted` is what a page counts of a filter.
    """

    changed = Signal()

    def __init__(self, context: AppContext, counted: Callable[[Filter], Filter], parent: QObject) -> None:
        super().__init__(parent)
        self._services = context.services
        self._counted = counted
        self._asked = Latest(context.jobs, self)
        self._known: dict[int, int] = {}
        self._waiting: list[View] = []

    def of(self, number: int) -> int | None:
        """How many a view finds; None while that is being counted."""
        return self._known.get(number)

    def clear(self) -> None:
        """The views are those of another kind."""
        self._asked.forget()
        self._known = {}

    def count(self, views: Sequence[View]) -> None:
        """Count these anew."""
        self._asked.forget()
        self._waiting = list(views)
        self._count_next()

    def _count_next(self) -> None:
        if self._waiting:
            view = self._waiting.pop(0)
            work = partial(self._services.lists.count, self._counted(usable(self._services.catalogue, view.filter)))
            self._asked.read(work, partial(self._heard, view.id), partial(self._failed, view.id), patient=True)

    def _heard(self, number: int, count: int) -> None:
        self._known[number] = count
        self.changed.emit()
        self._count_next()

    def _failed(self, number: int, _error: Exception) -> None:
        # The list says what is wrong with its filter; the tab only has no number.
        self._known.pop(number, None)
        self._count_next()
