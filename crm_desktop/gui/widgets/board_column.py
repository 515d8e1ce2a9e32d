"""One column of the board: its head, its list of cards, and what happens when a card is dragged over it."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.money import Money
from crm_desktop.gui import format, paint
from crm_desktop.gui.delegates.card_delegate import CardDelegate
from crm_desktop.gui.models.board_model import MIME, StageModel
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.stage_view import StageView
from crm_desktop.gui.widgets.text import ElidedLabel, label

RAMP = (0.25, 0.40, 0.58, 0.78, 1.0)


def sums_text(sums: Mapping[str, int], currency: str) -> str:
    """Amounts by currency, that of the base first: they are never added to each other."""
    order = sorted(sums, key=lambda code: (code != currency, code))
    return " + ".join(format.money(Money(sums[code], code)) for code in order) or format.money(Money(0, currency))


class ColumnHead(QWidget):
    """Ramp bar, name, count, sum, likelihood and the "+" of a stage."""

    def __init__(self, theme: ThemeManager, share: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = share
        self.name = ElidedLabel(theme, self)
        self.name.setProperty("role", "bodyStrong")
        self.count = label(role="small", tone="muted")
        self.sum = ElidedLabel(theme, self)
        self.sum.setProperty("role", "small")
        self.sum.setProperty("tone", "secondary")
        self.likely = label(role="small", tone="muted")
        self.add = IconButton(theme, self, "plus")
        self.add.setProperty("kind", "mini")
        layout = QGridLayout(self)
        layout.setContentsMargins(13, 18, 8, 8)
        layout.setHorizontalSpacing(7)
        layout.setVerticalSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(7)
        top.addWidget(self.name)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.add)
        foot = QHBoxLayout()
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.likely)
        foot.addSpacing(5)
        layout.addLayout(top, 0, 0)
        layout.addLayout(foot, 1, 0)

    def show_stage(self, model: StageModel, currency: str) -> None:
        """Show what the stage holds as a whole."""
        column = model.column
        self.name.setText(column.stage.name)
        self.count.setText(format.count_text(column.count))
        self.sum.setText(sums_text(column.sums, currency))
        self.likely.setText(self.tr("%1 likely").replace("%1", format.percent(column.stage.probability / 100)))
        deals = self.tr("%Ln deals", "", column.count)
        self.setAccessibleName(", ".join((column.stage.name, deals, self.sum.text(), self.likely.text())))
        self.add.set_name(self.tr("New deal in %1").replace("%1", column.stage.name))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        bar = QRectF(13, 11, self.width() - 26, 4)
        paint.panel(QPainter(self), bar, theme.mixed("accent", self._share, "canvas"), None, 2)


class BoardColumn(QWidget):
    """A stage: cards dragged over it open a place, and are moved where they are dropped."""

    add_wanted = Signal(object)  # id of the stage

    def __init__(self, theme: ThemeManager, model: StageModel, delegate: CardDelegate, share: float) -> None:
        super().__init__()
        self._theme = theme
        self.model = model
        self._target = False
        self.head = ColumnHead(theme, share, self)
        self.view = StageView(theme, delegate, self)
        self.view.setModel(model)
        self.head.add.clicked.connect(lambda: self.add_wanted.emit(model.column.stage.id))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addSpacing(9)
        row.addWidget(self.view)
        row.addSpacing(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addLayout(row, 1)
        self.setAcceptDrops(True)

    def tell(self, currency: str) -> None:
        """Show what the stage is and holds now."""
        self.head.show_stage(self.model, currency)
        self.setAccessibleName(self.model.column.stage.name)
        self.view.setAccessibleName(self.head.accessibleName())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self._open(event.position())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._open(event.position())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.close_gap()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self._row(event.position())
        self.close_gap()
        if self.model.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, row, 0, QModelIndex()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()

    def close_gap(self) -> None:
        """Nothing is dragged over it any more."""
        self.model.set_gap(None)
        self._target = False
        self.update()

    def _open(self, at: QPointF) -> None:
        words = self.tr("Drop to move to %1").replace("%1", self.model.column.stage.name)
        delegate = self.view.itemDelegate()
        assert isinstance(delegate, CardDelegate)
        delegate.drop_text = words
        self.model.set_gap(self._row(at))
        self._target = True
        self.update()

    def _row(self, at: QPointF) -> int:
        return self.view.row_at(self.view.viewport().mapFrom(self, at.toPoint()).y())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme.current
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), theme.radius("column")
        paint.panel(painter, box, theme.color("sunken"), theme.color("divider"), radius)
        if self._target:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
