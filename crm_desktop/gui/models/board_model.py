"""The board: a list model for each stage over one store of cards, and the moves between them."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Filter
from crm_desktop.errors import CrmError
from crm_desktop.gui.jobs import Latest, Runner
from crm_desktop.gui.models.cards import CardStore
from crm_desktop.services.pipeline import Board, Card, Column
from crm_desktop.services.progress import Progress

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-crm-deal"
CARD = Qt.ItemDataRole.UserRole + 1
GAP = Qt.ItemDataRole.UserRole + 2
PAGE = 32
FIRST = 12
Say = Callable[[Card], str]


def mime_of(deal: int) -> QMimeData:
    """A deal as it is dragged."""
    data = QMimeData()
    data.setData(MIME, QByteArray(str(deal).encode()))
    return data


def deal_of(data: QMimeData) -> int | None:
    """The deal that is dragged; None where something else is."""
    return int(bytes(data.data(MIME).data())) if data.hasFormat(MIME) else None


class StageModel(QAbstractListModel):
    """The deals of one stage. While a card is dragged over it, `gap` is the row that shows where it would land."""

    def __init__(self, board: "BoardModel", column: Column) -> None:
        super().__init__(board)
        self._board = board
        self.column = column
        self.ids: array[int] = array("q", column.ids)
        self.gap: int | None = None

    def show(self, column: Column) -> bool:
        """Show the stage as it is now; answers whether cards came, went or moved."""
        self.column = column
        if column.ids == self.ids:
            self.tell()
            return False
        self.beginResetModel()
        self.ids, self.gap = array("q", column.ids), None
        self.endResetModel()
        return True

    def tell(self) -> None:
        """Let all that is shown be painted anew."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def set_gap(self, row: int | None) -> None:
        """Open the place where a card would land, or close it."""
        if row == self.gap:
            return
        if self.gap is not None:
            self.beginRemoveRows(QModelIndex(), self.gap, self.gap)
            self.gap = None
            self.endRemoveRows()
        if row is not None:
            self.beginInsertRows(QModelIndex(), row, row)
            self.gap = row
            self.endInsertRows()

    def deal_at(self, row: int) -> int | None:
        """The deal in a row; None where there is none."""
        if row == self.gap or not 0 <= row < self.rowCount():
            return None
        return self.ids[row - (self.gap is not None and row > self.gap)]

    def row_of(self, deal: int) -> int:
        """The row of a deal; -1 where it is not in this stage."""
        try:
            row = self.ids.index(deal)
        except ValueError:
            return -1
        return row + (self.gap is not None and row >= self.gap)

    def take(self, deal: int) -> None:
        """Remove a deal from what is shown."""
        row = self.ids.index(deal)
        self.beginRemoveRows(QModelIndex(), row, row)
        self.ids.pop(row)
        self.endRemoveRows()

    def put(self, row: int, deal: int) -> None:
        """Show a deal at a row."""
        self.beginInsertRows(QModelIndex(), row, row)
        self.ids.insert(row, deal)
        self.endInsertRows()

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids) + (self.gap is not None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == GAP:
            return index.row() == self.gap
        deal = self.deal_at(index.row())
        if deal is None or role not in (CARD, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        at = index.row() // PAGE * PAGE
        card = self._board.cards.get(deal, self.ids[at : at + PAGE])
        if role == CARD or card is None:
            return card
        return self._board.say(card) if role == Qt.ItemDataRole.AccessibleTextRole else card.company or card.name

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if index.row() == self.gap:
            return Qt.ItemFlag.ItemNeverHasChildren
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        deals = [deal for index in indexes if (deal := self.deal_at(index.row())) is not None]
        return mime_of(deals[0]) if deals else QMimeData()

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return data.hasFormat(MIME) and action == Qt.DropAction.MoveAction

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Move the dragged deal before the row; at the end where there is no such row."""
        deal = deal_of(data)
        if deal is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        self._board.move(deal, self.column.stage.id, row if 0 <= row <= len(self.ids) else len(self.ids))
        return True

    def removeRows(self, row: int, count: int, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Refused: after a drop Qt asks the source to remove what the target has moved already."""
        return False


class BoardModel(QObject):
    """The stages of a pipeline as models. Moves are shown at once and taken back if they are refused.

    `loaded` comes when what is shown was asked for anew, with whether cards came, went or moved; `moved` carries the
    deal, the stage model, the row and the Change; `failed` an error.
    """

    rebuilt = Signal()
    loaded = Signal(bool)
    placed = Signal(object)  # the deal, as soon as it is shown at its new place
    moved = Signal(object, object)  # the Card, the Change
    failed = Signal(object)

    def __init__(self, services: Any, jobs: Runner, say: Say, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._writing = 0
        self._missed = False
        self._asked = Latest(jobs, self)
        self._wanted: tuple[Filter | None, int | None] = (None, None)
        self.say = say
        self.stages: list[StageModel] = []
        self.cards = CardStore(services, jobs, self)
        self.cards.arrived.connect(self._tell)
        self.cards.failed.connect(self.failed)

    def load(self, wanted: Filter | None, pipeline: int | None = None) -> None:
        """Show the open deals that a filter means, of a pipeline."""
        self._wanted = wanted, pipeline
        self._asked.read(self._read, self._show, self.failed.emit)

    def refresh(self, change: Change | None = None) -> None:
        """Records have changed: ask again."""
        self.cards.renew(change)
        self.load(*self._wanted)

    def stage_of(self, deal: int) -> StageModel | None:
        """The model in which a deal is shown."""
        return next((model for model in self.stages if deal in model.ids), None)

    def model(self, stage: int) -> StageModel | None:
        """The model of a stage."""
        return next((model for model in self.stages if model.column.stage.id == stage), None)

    def move(self, deal: int, stage: int, row: int) -> None:
        """Put a deal into a stage before the deal that stands in a row now; at the end where there is none."""
        source, target = self.stage_of(deal), self.model(stage)
        if source is None or target is None:
            return
        target.set_gap(None)
        if source is target:
            at = source.ids.index(deal)
            row -= row > at
            if row == at:
                return
        source.take(deal)
        after = target.ids[row - 1] if row > 0 else None
        before = target.ids[row] if row < len(target.ids) else None
        target.put(row, deal)
        self.placed.emit(deal)
        work = partial(self._move, deal, stage, after, before)
        self._write(work)

    def _move(self, deal: int, stage: int, after: int | None, before: int | None, _progress: Progress) -> Any:
        change = self._services.pipeline.move(deal, stage, after=after, before=before)
        return self._services.pipeline.cards([deal])[0], change

    def _write(self, work: Callable[[Progress], Any]) -> None:
        self._writing += 1
        self._jobs.write(work, self._done, self._refused)

    def _done(self, result: tuple[Card, Change]) -> None:
        self._writing -= 1
        self.moved.emit(*result)
        if self._missed and not self._writing:
            self._missed = False
            self.load(*self._wanted)

    def _refused(self, error: Exception) -> None:
        self._writing -= 1
        self.refresh()
        if isinstance(error, CrmError):
            self.failed.emit(error)

    def _read(self, _progress: Progress) -> tuple[Board, list[Card]]:
        """The board with the cards at the head of each column, so that it appears as a whole."""
        wanted, pipeline = self._wanted
        board: Board = self._services.pipeline.board(wanted, pipeline)
        first = [deal for column in board.columns for deal in column.ids[:FIRST]]
        return board, self._services.pipeline.cards(first)

    def _show(self, found: tuple[Board, list[Card]]) -> None:
        if self._writing:
            self._missed = True  # read before a move that is shown already was written
            return
        board, cards = found
        self.cards.keep(cards)
        if [column.stage.id for column in board.columns] == [model.column.stage.id for model in self.stages]:
            changed = [model.show(column) for model, column in zip(self.stages, board.columns, strict=True)]
            self.loaded.emit(any(changed))
            return
        for model in self.stages:
            model.deleteLater()
        self.stages = [StageModel(self, column) for column in board.columns]
        self.rebuilt.emit()
        self.loaded.emit(True)

    def _tell(self) -> None:
        for model in self.stages:
            model.tell()
