"""The cards of the board: one store for all columns, read in batches when somebody looks at them."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.domain.change import Change
from crm_desktop.gui.jobs import Runner
from crm_desktop.services.pipeline import Card
from crm_desktop.services.progress import Progress

KEPT = 4_000


class CardStore(QObject):
    """Cards by id of the deal. `arrived` comes when some that were asked for are there, `failed` when they are not."""

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, services: Any, jobs: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._known: dict[int, Card] = {}
        self._old: set[int] = set()
        self._wanted: dict[int, None] = {}
        self._asked: set[int] = set()
        # Cards painted in one turn of the event loop are asked for together.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def get(self, deal: int, page: Sequence[int]) -> Card | None:
        """The card of a deal as it was last known; where it is missing or old, it and its page are asked for."""
        card = self._known.get(deal)
        if card is None or deal in self._old:
            self._want(page)
        return card

    def __len__(self) -> int:
        return len(self._known)

    def known(self, deal: int) -> Card | None:
        """The card of a deal, if it was read already."""
        return self._known.get(deal)

    def renew(self, change: Change | None = None) -> None:
        """Cards may show something old: those that a change touched, else all. They stay until new ones are there."""
        if change is None:
            self._old = set(self._known)
        else:
            self._old |= {deal for deal in self._known if change.covers("deal", deal)}

    def keep(self, cards: Iterable[Card]) -> None:
        """Take in cards that were read just now."""
        if len(self._known) > KEPT:
            self._known.clear()
            self._old.clear()
        for card in cards:
            self._known[card.id] = card
            self._old.discard(card.id)

    def _want(self, page: Iterable[int]) -> None:
        for deal in page:
            if deal not in self._asked and (deal in self._old or deal not in self._known):
                self._wanted[deal] = None
        if self._wanted and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        ids, self._wanted = list(self._wanted), {}
        self._asked.update(ids)
        self._jobs.read(partial(self._read, ids), partial(self._take, ids), partial(self._fail, ids), self)

    def _read(self, ids: Sequence[int], _progress: Progress) -> list[Card]:
        cards: list[Card] = self._services.pipeline.cards(ids)
        return cards

    def _take(self, ids: Sequence[int], cards: list[Card]) -> None:
        self._asked.difference_update(ids)
        self._old.difference_update(ids)
        self.keep(cards)
        self.arrived.emit()

    def _fail(self, ids: Sequence[int], error: Exception) -> None:
        self._asked.difference_update(ids)
        self.failed.emit(error)
