"""Moves of cards on the board by keys, and what is said of a card that moved."""

from PySide6.QtCore import QObject, Qt

from crm_desktop.domain.change import Change
from crm_desktop.gui.models.board_model import BoardModel
from crm_desktop.gui.pages.pipeline.deals import Deals
from crm_desktop.gui.widgets.announce import announce
from crm_desktop.gui.widgets.board import Board
from crm_desktop.services.pipeline import Card


class BoardMoves(QObject):
    """Moves the chosen card of a board."""

    def __init__(self, board: Board, model: BoardModel, deals: Deals) -> None:
        super().__init__(board)
        self._board = board
        self._model = model
        self._deals = deals
        model.moved.connect(self._moved)

    def sideways(self, step: int) -> None:
        """To the top of the stage beside it; left and right are what one sees, whatever the language."""
        deal, stages = self._board.deal, self._model.stages
        mirrored = self._board.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = self._board.index + (-step if mirrored else step)
        if deal is not None and 0 <= at < len(stages):
            self._model.move(deal, stages[at].column.stage.id, 0)

    def along(self, step: int) -> None:
        """So many places down in its stage, up where negative."""
        deal = self._board.deal
        stage = self._model.stage_of(deal) if deal is not None else None
        if deal is None or stage is None:
            return
        row = stage.ids.index(deal)
        if 0 <= row + step < len(stage.ids):
            self._model.move(deal, stage.column.stage.id, row + step + (step > 0))

    def _moved(self, card: Card, change: Change) -> None:
        stage = self._model.model(card.stage)
        if stage is None:
            return
        name = stage.column.stage.name
        row, count = stage.row_of(card.id) + 1, len(stage.ids)
        words = self.tr("%1, moved to %2, %3 of %4").replace("%2", name).replace("%3", str(row))
        announce(self._board, words.replace("%4", str(count)).replace("%1", change.subject))
        self._deals.tell(change, name)
